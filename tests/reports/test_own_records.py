"""One unit and one member: team, visits, contact points, bulletins, honours, calls, phases, focus."""

from __future__ import annotations

import pytest

from tests.support import Cli, kept

A, A1, A11, B = "330304-A", "330304-A1", "330304-A1-1", "330304-B"


@pytest.fixture
@kept
def busy(filled: Cli) -> Cli:
    """A file in which everything is on record of A1."""
    for words in (
        "team add --code D01 --name 第一督导组 --kind supervision",
        "team cover D01 330304-A --on 2005-01-01",
        "visit add 330304-A1 --team D01 --visited-on 2005-02-05",
        "visit add 330304-A1-1 --team D01 --visited-on 2005-03-05",
        "suggestion add --visit 1 --text 补记学习笔记 --deadline 2005-03-01",
        "contact-point add 330304-A1 --member P000001 --from-on 2005-02-01",
        "bulletin add 330304-A1 --title 动员情况 --drafted-on 2005-02-01",
        "bulletin issue 1 --on 2005-02-10",
        "bulletin add 330304-A1 --title 学习情况 --drafted-on 2005-03-01",
        "model add 330304-A1 --member P000002 --deeds 扎根山区三十年 --found-on 2005-03-01",
        "publicity add 330304-A1 --channel newspaper --published-on 2005-03-01 --count 3",
        "commendation propose 330304-A1 --honour 先进基层党组织 --on 2005-03-01 --override --reason 事迹突出",
        "training add --member P000002 --reason 考核末位 --from-on 2005-03-01 --to-on 2005-03-20",
        "chase log 330304-A1 --said 月底前开会 --again-on 2005-03-31 --on 2005-03-20",
        "phase open 330304-A1 study --on 2005-01-10",
    ):
        filled.ok(*words.split())
    return filled


def test_a_unit_shows_everything_that_is_its_own(busy: Cli) -> None:
    shown = busy.json("unit", "show", A1)
    assert (shown["team"], shown["team_name"], shown["last_visit"]) == ("D01", "第一督导组", "2005-02-05")
    assert [each["text"] for each in shown["suggestions"]] == ["补记学习笔记"]
    assert [each["member"] for each in shown["contact_points"]] == ["P000001"]
    assert [each["running"] for each in shown["bulletins"]] == [1, None]
    assert [each["count"] for each in shown["publicity"]] == [3]
    assert [each["overridden"] for each in shown["commendations"]] == [True]
    assert [each["again_on"] for each in shown["calls"]] == ["2005-03-31"]
    assert [(each["phase"], each["state"]) for each in shown["phases"]][0] == ("study", "open")
    out = " ".join(busy.ok("unit", "show", A1).split())
    for words in (
        "Team D01 第一督导组 · last visit 2005-02-05",
        "Suggestions of the team 1: 1 not verified, 1 late",
        "Contact points 周正 2005-02-01–",
        "Bulletins 1 went out, 1 drafts",
        "Models 吴敏 扎根山区三十年",
        "Publicity items: 3",
        "! by override: 事迹突出",
        "Last call 2005-03-20: 月底前开会; again on 2005-03-31",
        "Phases",
    ):
        assert words in out, words


def test_it_shows_them_as_of_a_day(busy: Cli) -> None:
    early = busy.json("unit", "show", A1, "--as-of", "2005-01-04")
    assert early["team"] == "D01"
    for key in ("visits", "contact_points", "bulletins", "models", "publicity", "commendations", "calls"):
        assert early[key] == [], key
    assert "! never visited" in busy.ok("unit", "show", A1, "--as-of", "2005-01-04")
    assert busy.json("unit", "show", A1, "--as-of", "2004-12-31")["team"] is None


def test_what_is_below_is_not_its_own(busy: Cli) -> None:
    shown = busy.json("unit", "show", A)
    assert shown["team"] == "D01"
    assert shown["visits"] == shown["bulletins"] == shown["calls"] == []


def test_a_unit_of_nothing_says_nothing(filled: Cli) -> None:
    out = filled.ok("unit", "show", B)
    assert not any(word in out for word in ("Team", "Contact points", "Phases", "Last call"))


def test_an_overridden_phase_stays_in_sight(busy: Cli) -> None:
    busy.ok("phase", "close", A1, "study", "--on", "2005-02-20", "--override", "--reason", "时间紧")
    assert "! 时间紧" in busy.ok("unit", "show", A1)
    study = busy.json("unit", "show", A1)["phases"][0]
    assert (study["state"], study["overridden"], study["reason"]) == ("closed", True, "时间紧")
    # Neither is it forgotten when the phase goes on.
    busy.ok("phase", "reopen", A1, "study", "--on", "2005-02-25", "--reason", "走过场")
    assert busy.json("unit", "show", A1)["phases"][0]["overridden"] is True
    assert busy.json("unit", "show", A1, "--as-of", "2005-02-19")["phases"][0]["overridden"] is False


def test_a_member_shows_contact_points_models_honours_and_training(busy: Cli) -> None:
    leader = busy.json("member", "show", "P000001")
    assert [(each["unit"], each["from_on"]) for each in leader["contact_points"]] == [(A1, "2005-02-01")]
    shown = busy.json("member", "show", "P000002")
    assert [each["deeds"] for each in shown["models"]] == ["扎根山区三十年"]
    assert [each["reason"] for each in shown["trainings"]] == ["考核末位"]
    out = " ".join(busy.ok("member", "show", "P000002").split())
    assert "Remedial training 考核末位 2005-03-01–2005-03-20 not done yet" in out
    assert busy.json("member", "show", "P000002", "--as-of", "2005-02-01")["trainings"] == []
    busy.ok("training", "done", "1", "--on", "2005-03-20")
    assert "done on 2005-03-20" in busy.ok("member", "show", "P000002")


# ── contact points ──


def n5(cli: Cli, *words: str) -> list[str | None]:
    """The first day of N5 of P000001 as three reports have it, and the count of status."""
    status = cli.rows("nine", "status", *words)
    own = next(row for row in status if row["member"] == "P000001")
    item = next(row for row in cli.rows("nine", "show", "P000001", *words) if row["item"] == "N5")
    shown = next(row for row in cli.json("member", "show", "P000001", *words)["items"] if row["item"] == "N5")
    total = cli.json("status", *words)["total"]["nine_ones_done"]
    assert total == sum(row["done"] for row in status)
    assert shown["done_on"][:1] == [item["done_on"]] * bool(item["done_on"])
    return [own["N5"], item["done_on"]]


def test_registering_one_fulfils_the_item_and_taking_it_back_takes_that_away(filled: Cli) -> None:
    assert n5(filled) == [None, None]
    filled.ok("contact-point", "add", A11, "--member", "P000001", "--from-on", "2005-02-01")
    assert n5(filled) == ["2005-02-01"] * 2
    assert filled.json("status")["total"]["nine_ones_done"] == 1
    assert n5(filled, "--as-of", "2005-01-31") == [None, None]
    # A second one, and a tick, count once; the item stays done when one has ended.
    filled.ok("contact-point", "add", B, "--member", "P000001", "--from-on", "2005-03-01")
    filled.ok("nine", "tick", "P000001", "N5", "--on", "2005-02-15")
    assert filled.json("status")["total"]["nine_ones_done"] == 1
    filled.ok("contact-point", "edit", "1", "--to-on", "2005-03-01")
    assert n5(filled) == ["2005-02-01"] * 2
    filled.ok("contact-point", "remove", "1")
    assert n5(filled) == ["2005-02-15"] * 2
    filled.ok("nine", "untick", "P000001", "N5")
    filled.ok("contact-point", "remove", "2")
    assert n5(filled) == [None, None]
    filled.ok("undo")
    assert n5(filled) == ["2005-03-01"] * 2


def test_leaders_alone_have_one(filled: Cli) -> None:
    words = ("contact-point", "add", A11, "--member", "P000003", "--from-on", "2005-02-01")
    assert "not marked as a leader" in filled.refused(*words)
    document = filled.imported("contact-points", f"联系点,领导,建立日期\n{A11},P000003,2005-02-01\n", code=3)
    assert [error["code"] for error in document["errors"]] == ["not_applicable"]


def test_a_visit_names_the_leader_or_the_number(filled: Cli) -> None:
    filled.ok("contact-point", "add", A11, "--member", "P000001", "--from-on", "2005-02-01")
    filled.ok("contact-point", "add", B, "--member", "P000001", "--from-on", "2005-02-01")
    several = filled.refused("contact-visit", "add", "--contact-point", "周正", "--visited-on", "2005-03-01", code=2)
    assert "number 1, 2" in several
    filled.ok("contact-visit", "add", "--contact-point", "2", "--visited-on", "2005-03-01")
    filled.imported("contact-visits", f"单位,领导,走访日期,走访内容\n{A11},周正,2005-03-02,慰问\n")
    assert filled.query("SELECT contact_point, what FROM contact_visit ORDER BY 1") == [(1, "慰问"), (2, None)]
    assert "contact-visit list" in filled.refused("contact-point", "remove", "1")


# ── the focus of a sector ──


def test_the_focus_of_a_sector_is_shown_and_set(filled: Cli) -> None:
    rows = filled.rows("campaign", "focus")
    assert {"code", "name", "study", "problems"} == set(rows[0])
    assert len(rows) > 5
    before = filled.rows("campaign", "focus", "rural")
    filled.ok("campaign", "focus", "rural", "--study", "农村政策", "--problems", "村务公开")
    assert filled.rows("campaign", "focus", "农村")[0]["study"] == "农村政策"
    filled.ok("unit", "edit", A11, "--sector", "rural")
    assert filled.json("unit", "show", A11)["focus"] == {"study": "农村政策", "problems": "村务公开"}
    assert "村务公开" in filled.ok("unit", "show", A11)
    assert "村务公开" in filled.ok("campaign", "show")
    assert "农村政策" in filled.ok("log", "--operation", str(len(filled.rows("log")) - 1))
    filled.ok("campaign", "focus", "rural", "--problems", "")
    assert filled.rows("campaign", "focus", "rural")[0]["problems"] in ("", None)
    filled.ok("undo")
    filled.ok("undo", str(filled.query("SELECT max(id) - 3 FROM operation")[0][0]))
    assert filled.rows("campaign", "focus", "rural") == before


def test_the_same_focus_changes_nothing_and_a_wrong_sector_is_named(filled: Cli) -> None:
    filled.ok("campaign", "focus", "rural", "--study", "农村政策")
    number = filled.query("SELECT max(id) FROM operation")
    filled.ok("campaign", "focus", "rural", "--study", "农村政策")
    filled.ok("campaign", "focus", "rural", "--study", "别的", "--dry-run")
    assert filled.query("SELECT max(id) FROM operation") == number
    assert "rural" in filled.refused("campaign", "focus", "rurl", "--study", "x")
    assert "SECTOR" in filled.refused("campaign", "focus", "--study", "x", code=2)

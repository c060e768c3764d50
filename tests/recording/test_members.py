"""Rules about members: codes and ID numbers of their own, dated transfers, leaving."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support import Cli, id_number

NOTHING = "Nothing to change"
A, A1, A11, A2, B1 = "330304-A", "330304-A1", "330304-A1-1", "330304-A2", "330304-B1"


def member(cli: Cli, code: str) -> dict[str, Any]:
    return cli.json("member", "show", code, "--reveal")


def unchanged(cli: Cli, *argv: str) -> None:
    before = cli.everything()
    assert NOTHING in cli.ok(*argv)
    document = cli.json(*argv)
    assert (document["operation"], document["changed"], document["rows"]) == (None, 0, [])
    assert cli.everything() == before


def refused(cli: Cli, *argv: str, code: int = 1) -> str:
    before = cli.everything()
    message = cli.refused(*argv, code=code)
    assert cli.everything() == before
    return message


def members_of(cli: Cli, unit: str, day: str) -> int:
    total: int = cli.json("status", unit, "--as-of", day)["total"]["members"]
    return total


# ── adding ──


def test_a_member_is_added_with_the_next_code(filled: Cli) -> None:
    filled.ok("member", "add", "--name", "新人", "--unit", "繁荣社区党总支")
    filled.ok("member", "add", "P000020", "--name", "又一人", "--unit", B1)
    filled.ok("member", "add", "--name", "第三人", "--unit", B1)
    codes = {row["name"]: row["code"] for row in filled.rows("member", "list", B1)}
    assert codes["新人"] == "P000013"
    assert codes["第三人"] == "P000021"


def test_all_that_is_known_of_a_member_is_kept(filled: Cli) -> None:
    number = id_number(77, "1985-03-02")
    words = ("--sex", "女", "--born-on", "1985年3月2日", "--id-number", f" {number[:6]} {number[6:]} ")
    words += ("--joined-on", "2004-07", "--status", "预备党员", "--post", "干事", "--rank", "科员", "--leader")
    filled.ok("member", "add", "N1", "--name", "欧阳 春", "--unit", A1, *words, "--category", "教师", "--phone", "139")
    found = member(filled, "N1")
    assert {name: found[name] for name in ("sex", "born_on", "id_number", "joined_on", "status", "leader")} == {
        "sex": "female",
        "born_on": "1985-03-02",
        "id_number": number,
        "joined_on": "2004-07",
        "status": "probationary",
        "leader": True,
    }
    assert filled.json("member", "show", number)["code"] == "N1"


def test_a_code_belongs_to_one_member(filled: Cli) -> None:
    assert "周正" in refused(filled, "member", "add", "P000001", "--name", "新人", "--unit", A1)


def test_an_id_number_belongs_to_one_member_and_is_masked_in_the_message(filled: Cli) -> None:
    number = member(filled, "P000001")["id_number"]
    for argv in (
        ("member", "add", "--name", "新人", "--unit", A1, "--id-number", number),
        ("member", "edit", "P000002", "--id-number", number.lower()),
    ):
        message = refused(filled, *argv)
        assert number not in message
        assert f"{number[:6]}********{number[-4:]}" in message
        assert "周正" in message
    unchanged(filled, "member", "edit", "P000001", "--id-number", number)


@pytest.mark.parametrize(
    ("number", "why"),
    [("33030419800101001", "18 digits"), (id_number(1)[:-1] + "Y", "18 digits"), ("330304198013010011", "birth")],
)
def test_a_wrong_id_number_is_refused_and_never_repeated(filled: Cli, number: str, why: str) -> None:
    message = refused(filled, "member", "edit", "P000002", "--id-number", number, code=2)
    assert why in message
    assert number not in message


def test_a_wrong_check_digit_is_refused(filled: Cli) -> None:
    number = id_number(5)
    wrong = number[:-1] + ("0" if number[-1] != "0" else "1")
    assert "check digit" in refused(filled, "member", "edit", "P000002", "--id-number", wrong, code=2)


def test_nobody_joins_a_closed_unit(filled: Cli) -> None:
    filled.ok("unit", "close", B1, "--on", "2005-03-01")
    refused(filled, "member", "add", "--name", "新人", "--unit", B1)


@pytest.mark.parametrize("option", ["--born-on", "--joined-on"])
def test_nothing_lies_in_the_future(filled: Cli, option: str) -> None:
    assert "future" in refused(filled, "member", "edit", "P000001", option, "2005-04-01", code=2)


@pytest.mark.parametrize("name", ["", "   "])
def test_a_member_has_a_name(filled: Cli, name: str) -> None:
    for argv in (("member", "add", "--name", name, "--unit", A1), ("member", "edit", "P000001", "--name", name)):
        answer = filled(*argv)
        assert answer.code in (1, 2), answer
        assert answer.err.count("\n") == 1
    assert member(filled, "P000001")["name"] == "周正"


@pytest.mark.parametrize("code", ["", " "])
def test_a_code_is_no_empty_text(filled: Cli, code: str) -> None:
    answer = filled("member", "add", code, "--name", "新人", "--unit", A1)
    codes = {row["code"] for row in filled.rows("member", "list")}
    assert (answer.code, "P000013" in codes) in ((0, True), (1, False), (2, False))
    assert code not in codes


# ── editing ──


def test_editing_changes_what_is_given_and_an_empty_value_clears(filled: Cli) -> None:
    before = member(filled, "P000001")
    filled.ok("member", "edit", "P000001", "--post", "", "--phone", "", "--no-leader", "--rank", "副处级")
    after = member(filled, "P000001")
    assert {name: after[name] for name in before if after[name] != before[name] and name != "history"} == {
        "post": None,
        "phone": None,
        "leader": False,
        "rank": "副处级",
        "items": [],
    }


def test_editing_to_the_same_is_nothing_to_change(filled: Cli) -> None:
    unchanged(
        filled, "member", "edit", "P000001", "--post", "书记", "--leader", "--sex", "男", "--born-on", "1955.2.11"
    )
    unchanged(filled, "member", "edit", "P000004", "--post", "")


def test_editing_without_a_value_is_refused(filled: Cli) -> None:
    refused(filled, "member", "edit", "P000001")


def test_namesakes_are_listed_and_told_apart_by_unit(filled: Cli) -> None:
    message = refused(filled, "member", "edit", "王小明", "--post", "x")
    assert "P000004" in message
    assert "P000005" in message
    filled.ok("member", "edit", "王小明", "--unit", A11, "--post", "x")
    assert member(filled, "P000004")["post"] == "x"
    assert member(filled, "P000005")["post"] is None


def test_a_misspelt_name_gets_a_suggestion(filled: Cli) -> None:
    assert "P000010 陈建国" in refused(filled, "member", "show", "陈健国")


def test_a_receipt_masks_numbers(filled: Cli) -> None:
    number = id_number(99)
    out = filled.ok("member", "edit", "P000001", "--id-number", number, "--phone", "13905779999")
    assert number not in out
    assert "13905779999" not in out
    assert "330304********" in out
    log = filled.ok("log", "P000001") + filled.ok("log") + filled.ok("log", "--format", "json")
    assert number not in log
    assert "13905779999" not in log


# ── transfers ──


def test_a_transfer_is_dated_and_earlier_days_keep_their_figures(filled: Cli) -> None:
    filled.ok("member", "transfer", "P000004", B1, "--on", "2005-02-10", "--reason", "调动")
    assert [members_of(filled, A11, day) for day in ("2005-02-09", "2005-02-10")] == [2, 1]
    assert [members_of(filled, B1, day) for day in ("2005-02-09", "2005-02-10")] == [2, 3]
    (transfer,) = member(filled, "P000004")["transfers"]
    assert transfer["on"] == "2005-02-10"
    unchanged(filled, "member", "transfer", "P000004", B1, "--on", "2005-03-01")


def test_transfers_of_a_member_follow_one_another(filled: Cli) -> None:
    filled.ok("member", "transfer", "P000004", B1, "--on", "2005-02-10")
    for day in ("2005-02-09", "2005-02-10"):
        assert "2005-02-10" in refused(filled, "member", "transfer", "P000004", A2, "--on", day)
    filled.ok("member", "transfer", "P000004", A11, "--on", "2005-02-11")
    assert [members_of(filled, A11, day) for day in ("2005-02-09", "2005-02-10", "2005-02-11")] == [2, 1, 2]


def test_a_transfer_in_the_future_is_refused(filled: Cli) -> None:
    refused(filled, "member", "transfer", "P000004", B1, "--on", "2005-04-01")


def test_nobody_is_transferred_to_a_closed_unit(filled: Cli) -> None:
    filled.ok("unit", "close", B1, "--on", "2005-03-01")
    refused(filled, "member", "transfer", "P000004", B1, "--on", "2005-03-01")
    filled.ok("member", "transfer", "P000004", B1, "--on", "2005-02-28")


def test_people_leave_a_closed_unit(filled: Cli) -> None:
    filled.ok("unit", "close", B1, "--on", "2005-03-01")
    filled.ok("member", "transfer", "P000009", A2, "--on", "2005-03-15")


# ── leaving ──


def test_who_has_left_is_no_longer_counted(filled: Cli) -> None:
    filled.ok("member", "leave", "P000010", "--on", "2005-03-01", "--reason", "病故")
    assert [members_of(filled, B1, day) for day in ("2005-02-28", "2005-03-01")] == [2, 1]
    assert "P000010" not in [row["code"] for row in filled.rows("member", "list")]
    gone = {row["code"]: row["left_on"] for row in filled.rows("member", "list", "--left")}
    assert gone["P000010"] == "2005-03-01"


def test_leaving_again_is_nothing_to_change_and_on_another_day_refused(filled: Cli) -> None:
    filled.ok("member", "leave", "P000010", "--on", "2005-03-01")
    unchanged(filled, "member", "leave", "P000010", "--on", "2005-03-01")
    assert "2005-03-01" in refused(filled, "member", "leave", "P000010", "--on", "2005-03-02")


def test_leaving_and_transfers_keep_their_order(filled: Cli) -> None:
    filled.ok("member", "transfer", "P000010", A2, "--on", "2005-02-10")
    refused(filled, "member", "leave", "P000010", "--on", "2005-02-09")
    filled.ok("member", "leave", "P000010", "--on", "2005-02-20")
    refused(filled, "member", "transfer", "P000010", B1, "--on", "2005-02-20")
    filled.ok("member", "transfer", "P000010", B1, "--on", "2005-02-19")


# ── dry runs ──


@pytest.mark.parametrize(
    "argv",
    [
        ("member", "add", "--name", "新人", "--unit", A1),
        ("member", "edit", "P000001", "--post", "x"),
        ("member", "transfer", "P000004", B1),
        ("member", "leave", "P000004"),
    ],
)
def test_a_dry_run_shows_what_would_change_and_writes_nothing(filled: Cli, argv: tuple[str, ...]) -> None:
    before = filled.everything()
    document = filled.json(*argv, "--dry-run")
    assert filled.everything() == before
    assert (document["operation"], document["dry_run"]) == (None, True)
    changed = filled.json(*argv)
    assert [row | {"operation": None} for row in changed["rows"]] == document["rows"] != []


# ── arriving, being missing, coming back ──


def test_a_member_counts_from_the_day_of_arrival_on(filled: Cli) -> None:
    before = members_of(filled, A2, "2005-02-28")
    filled.ok("member", "add", "N1", "--name", "新人", "--unit", A2, "--arrived-on", "2005年3月1日")
    assert members_of(filled, A2, "2005-02-28") == before
    assert members_of(filled, A2, "2005-03-01") == before + 1
    filled.ok("member", "edit", "N1", "--arrived-on", "")
    assert members_of(filled, A2, "2005-02-28") == before + 1


def test_nothing_happens_to_a_member_before_arriving(filled: Cli) -> None:
    filled.ok("member", "add", "N1", "--name", "新人", "--unit", A2, "--arrived-on", "2005-03-01")
    assert "2005-03-01" in refused(filled, "member", "transfer", "N1", A1, "--on", "2005-02-28")
    assert "2005-03-01" in refused(filled, "member", "leave", "N1", "--on", "2005-02-28")
    filled.ok("member", "transfer", "N1", A1, "--on", "2005-03-05")
    assert "2005-03-05" in refused(filled, "member", "edit", "N1", "--arrived-on", "2005-03-06")
    filled.ok("member", "leave", "N1", "--on", "2005-03-10")
    assert "2005-03-10" in refused(filled, "member", "edit", "N1", "--arrived-on", "2005-03-11")
    refused(filled, "member", "add", "--name", "未来", "--unit", A2, "--arrived-on", "2005-04-01", code=2)


def test_a_missing_member_stays_counted(filled: Cli) -> None:
    before = members_of(filled, A2, "2005-03-31")
    filled.ok("member", "missing", "P000007", "--since", "2005-02-01")
    unchanged(filled, "member", "missing", "P000007", "--since", "2005-02-01")
    assert member(filled, "P000007")["missing_since"] == "2005-02-01"
    assert members_of(filled, A2, "2005-03-31") == before
    filled.ok("member", "missing", "P000007", "--found")
    assert member(filled, "P000007")["missing_since"] is None
    refused(filled, "member", "missing", "P000007", code=2)
    refused(filled, "member", "missing", "P000007", "--found", "--since", "2005-02-01", code=2)


def test_who_comes_back_gets_a_record_of_the_second_stay(filled: Cli) -> None:
    filled.ok("task", "mark", "P000007", "T1", "--on", "2005-01-20", "--mode", "集中")
    filled.ok("nine", "tick", "P000007", "N1", "--on", "2005-01-21")
    number = member(filled, "P000007")["id_number"]
    days = ("2005-01-31", "2005-02-01", "2005-02-28")
    filled.ok("member", "leave", "P000007", "--on", "2005-02-01", "--reason", "调出")
    before = [members_of(filled, "330304", day) for day in days]
    assert "2005-02-01" in refused(filled, "member", "rejoin", "P000007", A1, "--on", "2005-01-31")
    filled.ok("member", "rejoin", "P000007", A1, "--on", "2005-03-01")
    assert [members_of(filled, "330304", day) for day in days] == before
    assert members_of(filled, "330304", "2005-03-01") == before[0]
    old, new = member(filled, "P000007"), member(filled, "P000013")
    assert (old["id_number"], old["left_on"], old["unit"]) == (None, "2005-02-01", A2)
    assert old["leave_reason"] == "调出; back on 2005-03-01 as P000013"
    assert (new["id_number"], new["arrived_on"], new["left_on"], new["unit"]) == (number, "2005-03-01", None, A1)
    assert (new["name"], new["leader"], new["post"]) == (old["name"], old["leader"], old["post"])
    assert [(task["done_on"], task["mode"]) for task in new["tasks"]][0] == ("2005-01-20", "集中")
    assert new["items"][0]["done_on"] == ["2005-01-21"]
    filled.ok("undo")
    assert member(filled, "P000007")["id_number"] == number


def test_where_a_leader_of_district_rank_sits(filled: Cli) -> None:
    filled.ok("member", "edit", "P000001", "--district-body", "区政协")
    assert member(filled, "P000001")["district_body"] == "consultative"
    filled.ok("member", "edit", "P000001", "--district-body", "government")
    assert filled.rows("member", "list", "--leaders")[0]["district_body"] == "government"
    refused(filled, "member", "edit", "P000001", "--district-body", "工会", code=2)

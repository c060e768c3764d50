"""What the demonstration district keeps beside milestones and tasks: counts, states, and what `check` says of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from advedu.demo import DAYS
from tests.support import Cli

Row = Mapping[str, Any]
PINNED_DAY = DAYS[0]

# Each stands for something that a demonstration is to show; nothing else is an error in the whole district.
ERRORS = {
    "body_head_not_chief": 2,  # a deputy heads one; a new chief has not taken over another
    "meeting_before_plan": 2,
    "reporter_not_chief": 9,
    "unit_without_batch": 6,  # founded during the campaign
}
WARNINGS = {
    "body_without_staff": 2,
    "chief_away_long": 1,
    "chief_away_unapproved": 1,
    "contact_not_in_organ": 6,
    "contact_unregistered": 5,
    "never_visited": 3,
    "not_visited": 6,
    "phase_overridden": 3,
    "session_missed": 14,
}
NOTED = {"body_none": 5, "model_untold": 1, "opinions_none": 4, "opinions_one_channel": 6, "problems_none": 4}


@pytest.fixture(scope="module")
def found(demo: Cli) -> Counter[str]:
    return Counter(row["code"] for row in demo.json("check", code=4)["rows"])


def listed(demo: Cli, noun: str) -> list[Row]:
    return demo.rows(noun, "list")


def test_check_shows_what_is_meant(demo: Cli, found: Counter[str]) -> None:
    levels = {row["code"]: row["level"] for row in demo.json("check", code=4)["rows"]}
    assert {code: count for code, count in found.items() if levels[code] == "error"} == ERRORS
    assert {code: found[code] for code in WARNINGS} == WARNINGS
    assert {code: found[code] for code in NOTED} == NOTED
    assert 1 <= found["call_due"] <= 12
    assert 10 <= found["suggestion_late"] <= 40
    assert not found.keys() & {
        "team_none",
        "team_head_unqualified",
        "bulletin_gap",
        "sign_off_missing",
        "training_open",
    }
    # The phase of the surveys has not come.
    assert not [code for code in found if code.startswith("survey")]
    assert listed(demo, "survey") == []


def test_ten_teams_of_three_cover_the_first_batch(demo: Cli) -> None:
    teams, cadres = listed(demo, "team"), listed(demo, "cadre")
    assert len(teams) == 10
    assert Counter(each["team"] for each in cadres) == dict.fromkeys((team["code"] for team in teams), 3)
    assert Counter(each["role"] for each in cadres) == {"head": 10, "deputy": 10, "member": 10}
    assert len({(each["name"], each["home"]) for each in cadres}) == 30
    assert {each["rank"] for each in cadres if each["role"] == "head"} <= {"副科级", "正科级"}
    looked_after = [unit["unit"] for team in teams for unit in demo.json("team", "show", team["code"])["units"]]
    assert max(Counter(looked_after).values()) == 1
    begun = {row["unit"] for row in demo.rows("phase", "list", "--phase", "study") if row["opened_on"]}
    assert begun <= set(looked_after)
    municipal = {row["code"] for row in demo.rows("unit", "list") if row["municipal"]}
    assert len(municipal) > 30
    assert municipal <= set(looked_after)
    gaps = Counter(row["gap"] for row in demo.rows("team", "gaps"))
    assert gaps == {"never_visited": 3, "not_visited": 6}


def test_visits_and_what_came_of_them(demo: Cli) -> None:
    visits = listed(demo, "visit")
    assert 500 < len(visits) < 700
    assert {way for each in visits for way in each["how"].split("、")} == {"听", "查", "看"}
    states = Counter(_state(each) for each in listed(demo, "suggestion"))
    assert states.keys() == {"verified", "done", "late", "open"}
    assert min(states.values()) >= 20
    assert Counter(each["kind"] for each in listed(demo, "suggestion")).keys() == {"finding", "suggestion"}


def _state(each: Row) -> str:
    if each["done_on"]:
        return "verified" if each["verified_on"] else "done"
    return "late" if each["deadline"] < PINNED_DAY else "open"


def test_leaders_of_district_rank(demo: Cli) -> None:
    bodies = Counter(row["district_body"] for row in demo.rows("member", "list") if row["district_body"])
    assert bodies == {"committee": 9, "congress": 6, "government": 8, "consultative": 6}
    points = listed(demo, "contact-point")
    assert len(points) > 60
    assert len({each["member"] for each in points}) == len(points)


def test_bodies_with_their_heads(demo: Cli) -> None:
    bodies = listed(demo, "body")
    assert Counter(each["role"] for each in bodies).keys() == {"head", "deputy", "member", "staff"}
    headed = {each["unit"] for each in bodies if each["role"] == "head"}
    marked = demo.query(
        "SELECT u.code FROM milestone_done d JOIN milestone m ON m.id = d.milestone_id AND m.code = 'M101'"
        " JOIN unit u ON u.id = d.unit_id"
    )
    assert len({code for (code,) in marked} - headed) == 5
    assert len([each for each in bodies if each["role"] == "head" and each["to_on"]]) == 2


def test_study_opinions_and_problems(demo: Cli) -> None:
    assert len(listed(demo, "session")) > 350
    missed = listed(demo, "missed")
    assert len(missed) > 90
    assert sum(each["made_up_on"] is None for each in missed) == 14
    assert len({each["channel"] for each in listed(demo, "opinion")}) > 6
    problems = listed(demo, "rectification")
    assert len(problems) > 300
    assert any(each["done_on"] for each in problems)
    assert any(each["measures_on"] and not each["done_on"] for each in problems)
    own = listed(demo, "own-milestone")
    assert {bool(each["done_on"]) for each in own} == {True, False}


def test_phases(demo: Cli) -> None:
    study = demo.rows("phase", "list", "--phase", "study")
    assert Counter(row["state"] for row in study).keys() >= {"open", "closed"}
    closed = {row["unit"] for row in study if row["state"] == "closed"}
    assert 120 < len(closed) < 200
    analysis = {row["unit"] for row in demo.rows("phase", "list", "--phase", "analysis") if row["state"] == "open"}
    assert analysis == closed
    assert len(demo.rows("phase", "list", "--overridden")) == 3
    # What a later operation touches is looked at again: nothing that was closed may be found broken then.
    demo.ok("phase", "sign-off", "A24", "study", "--on", PINNED_DAY, "--dry-run")


def test_office(demo: Cli) -> None:
    bulletins = listed(demo, "bulletin")
    assert [each["issue"] for each in bulletins] == [1, 2, 3, 4, 5, None]
    assert [each["running"] for each in bulletins] == [1, 2, 3, 4, 5, None]
    assert len(listed(demo, "model")) == 4
    assert {each["channel"] for each in listed(demo, "publicity")} >= {"newspaper", "radio", "television", "internet"}
    assert [bool(each["done_on"]) for each in listed(demo, "training")].count(False) == 1
    calls = listed(demo, "call")
    assert len(calls) > 20
    assert any(each["again_on"] == PINNED_DAY for each in calls)
    promised = {row["unit"] for row in demo.rows("chase") if row["promised"]}
    assert 1 <= len(promised) <= 12


def test_nothing_is_undone_and_the_chain_holds(demo: Cli) -> None:
    demo.ok("verify")


def test_the_same_file_twice(demo: Cli, tmp_path: Path) -> None:
    again = Cli(tmp_path)
    again.ok("demo", "--output", again.db)
    assert json.dumps(again.tables()) == json.dumps(demo.tables())

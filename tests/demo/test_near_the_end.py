"""The demonstration on 20 June 2006: the same district near the end of its campaign, with every state that comes late."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from datetime import date
from typing import Any

import pytest

from advedu.demo import DAYS, TOTALS
from tests.independent import count
from tests.independent.count import DEFAULT_CAMPAIGN
from tests.independent.model import District
from tests.independent.reading import district
from tests.support import Cli
from tests.test_figures import compare_answers

FIRST, LAST = DAYS

Row = Mapping[str, Any]

# Each is meant; nothing else is an error in the whole district.
ERRORS = {
    "body_head_not_chief": 6,  # those of the spring, and two streets whose deputy heads the body, then and now
    "meeting_before_plan": 2,
    "remedy_late": 2,  # a unit of the city and an association let their deadline pass
    "reporter_not_chief": 9,
    "survey_failed": 7,  # no further round yet
    "unit_without_batch": 1,  # founded in the spring, and nobody has decided
}
WARNINGS = {"chief_unknown": 8, "not_visited": 4, "own_milestone_late": 4, "phase_overridden": 7, "phase_short": 1}


@pytest.fixture(scope="module")
def plain(near_the_end: Cli) -> District:
    with closing(sqlite3.connect(f"{near_the_end.db.as_uri()}?mode=ro", uri=True)) as file:
        return district(file)


def test_the_figures_are_those_of_the_independent_count(near_the_end: Cli, plain: District) -> None:
    for day in (LAST, "2006-01-31", "2005-07-15", FIRST):
        got = near_the_end.json("status", "--as-of", day)
        expected = count.status(plain, DEFAULT_CAMPAIGN, as_of=date.fromisoformat(day))
        compare_answers(expected, got, ("code", "name", "own"))


def test_it_goes_on_with_the_district_of_the_spring(demo: Cli, near_the_end: Cli) -> None:
    then, now = demo.json("status"), near_the_end.json("status", "--as-of", FIRST)
    assert (then["rows"], then["total"]) == (now["rows"], now["total"])


def test_totals_and_the_way_there(near_the_end: Cli) -> None:
    total = near_the_end.json("status")["total"]
    assert (total["units"], total["members"]) == TOTALS[LAST]
    assert total["milestones_done"] > 0.97 * total["milestones_expected"]
    assert 15 < total["units_overdue"] < 60
    assert 0.95 < total["members_covered"] / total["members_due"] < 1
    assert 0.95 < total["nine_ones_done"] / total["nine_ones_expected"] < 1


def test_check_shows_what_is_meant(near_the_end: Cli) -> None:
    rows = near_the_end.json("check", code=4)["rows"]
    assert Counter(row["code"] for row in rows if row["level"] == "error") == ERRORS
    found = Counter(row["code"] for row in rows)
    assert {code: found[code] for code in WARNINGS} == WARNINGS
    assert 1 <= found["call_due"] <= 40
    assert 10 <= found["members_uncovered"] <= 60
    assert 20 <= found["late_entry"] <= 90
    absent = {
        "gate_broken",
        "phase_out_of_order",
        "results_unpublished",
        "measures_unpublished",
        "team_none",
        "bulletin_gap",
    }
    absent |= {"team_head_unqualified", "inspection_none", "commendation_unfinished", "summary_before_survey"}
    assert not found.keys() & absent


def test_phases(near_the_end: Cli) -> None:
    states = {
        phase: Counter(row["state"] for row in near_the_end.rows("phase", "list", "--phase", phase))
        for phase in ("study", "analysis", "improvement")
    }
    assert states["study"]["closed"] > 815
    assert states["analysis"]["open"] == 6
    assert states["improvement"]["closed"] > 780
    assert 20 < states["improvement"]["open"] < 45
    assert len(near_the_end.rows("phase", "list", "--overridden")) == 7
    reopened = near_the_end.query("SELECT count(*) FROM phase_event WHERE event = 'reopen' AND reason IS NOT NULL")
    assert reopened == [(1,)]


def test_surveys_and_remedial_work(near_the_end: Cli) -> None:
    sheets = near_the_end.rows("survey", "list")
    assert {row["method"] for row in sheets} == {"representatives", "sample"}
    rounds = Counter((row["unit"], row["round"]) for row in sheets)
    assert set(rounds.values()) == {2}
    again = {unit for unit, number in rounds if number == 2}
    remedies = {row["unit"]: row for row in near_the_end.rows("remedial", "list")}
    assert all(row["plan"] and row["deadline"] for row in remedies.values())
    done = {unit for unit, row in remedies.items() if row["done_on"]}
    assert again == done
    assert len(again) > 10
    assert len(remedies.keys() - done) == ERRORS["survey_failed"]
    late = {unit for unit in remedies.keys() - done if remedies[unit]["deadline"] < LAST}
    assert len(late) == ERRORS["remedy_late"]
    closed = {
        row["unit"] for row in near_the_end.rows("phase", "list", "--phase", "improvement") if row["state"] == "closed"
    }
    assert again <= closed
    assert not closed & (remedies.keys() - done)


def test_from_opinions_to_rules(near_the_end: Cli) -> None:
    opinions = near_the_end.rows("opinion", "list")
    assert any(row["rectification"] for row in opinions)
    items = near_the_end.rows("rectification", "list")
    states = Counter((bool(row["measures_on"]), bool(row["done_on"]), bool(row["results_on"])) for row in items)
    assert states.keys() >= {(True, True, True), (True, True, False), (True, False, False), (False, False, False)}
    assert states[True, True, True] > 0.9 * len(items)
    assert len({row["unit"] for row in near_the_end.rows("regulation", "list")}) > 780


def test_teams_of_district_and_towns(near_the_end: Cli) -> None:
    teams = near_the_end.rows("team", "list")
    assert Counter(team["kind"] for team in teams) == {"supervision": 15, "inspection": 11}
    assert all(team["sender"] for team in teams if team["kind"] == "inspection")
    cadres = Counter(row["team"] for row in near_the_end.rows("cadre", "list"))
    assert set(cadres.values()) == {3}
    visits = Counter(row["team"] for row in near_the_end.rows("visit", "list"))
    assert visits.keys() == {team["code"] for team in teams}
    assert any(row["done_on"] and not row["verified_on"] for row in near_the_end.rows("suggestion", "list"))


def test_office_and_honours(near_the_end: Cli) -> None:
    bulletins = near_the_end.rows("bulletin", "list")
    assert {row["issued_on"][:4] for row in bulletins if row["issued_on"]} == {"2005", "2006"}
    assert {row["kind"] for row in bulletins} == {"bulletin", "report"}
    assert any(row["issued_on"] is None for row in bulletins)
    honours = near_the_end.rows("commendation", "list")
    states = {(bool(row["member"]), bool(row["awarded_on"]), bool(row["overridden"])) for row in honours}
    assert states == {
        (True, True, False),
        (True, False, False),
        (False, True, False),
        (False, False, False),
        (False, False, True),
    }
    trainings = near_the_end.rows("training", "list")
    assert Counter(bool(row["done_on"]) for row in trainings) == {True: 5, False: 1}
    assert any(row["called_on"] > "2006-06" for row in near_the_end.rows("call", "list"))


def test_the_chain_holds(near_the_end: Cli) -> None:
    near_the_end.ok("verify")

"""Commendation: who is proposed has finished, and in time; an override carries its reason and stays."""

from __future__ import annotations

import pytest

from tests.fulfilling import milestones
from tests.support import Cli, counts, errors, kept

A1, A11, B = "330304-A1", "330304-A1-1", "330304-B"
NAME = ("--honour", "优秀共产党员")
BALLOTS = "--held-on 2005-03-10 --issued 10 --returned 10 --valid 10"
HEAD = "单位,党员,表彰名称,推荐日期,破例,破例原因\n"


def propose(*words: str, unit: str = A11, member: str = "P000003", day: str = "2005-03-20") -> tuple[str, ...]:
    return ("commendation", "propose", unit, *(("--member", member) if member else ()), *NAME, "--on", day, *words)


@pytest.fixture
@kept
def finished(filled: Cli) -> Cli:
    """A file in which P000003 has done all tasks."""
    for task in ("T1", "T2", "T3"):
        filled.ok("task", "mark", "P000003", task, "--on", "2005-03-01")
    return filled


def test_who_has_finished_is_proposed_and_awarded(finished: Cli) -> None:
    finished.ok(*propose())
    finished.ok("commendation", "award", "1", "--on", "2005-03-31")
    (row,) = finished.rows("commendation", "list")
    assert (row["member"], row["awarded_on"], row["overridden"], row["missing"]) == (
        "P000003",
        "2005-03-31",
        False,
        None,
    )
    assert finished.rows("commendation", "list", "--open") == []
    assert "before" in finished.refused("commendation", "edit", "1", "--awarded-on", "2005-03-01")


def test_the_refusal_names_what_is_missing(filled: Cli) -> None:
    assert "tasks not done: T1 T2 T3" in filled.refused(*propose())
    out = filled.refused(*propose(unit=A1, member="P000002"))
    assert "personal items not done: N1 N2" in out
    assert "required milestones not reached: M103 M104" in filled.refused(*propose(member=""))
    assert filled.query("SELECT * FROM commendation") == []


def test_a_missed_session_and_a_failed_survey_are_missing(finished: Cli) -> None:
    finished.ok("session", "add", A11, "--held-on", "2005-02-05", "--topic", "党章")
    finished.ok("session", "absent", "1", "P000003", "--reason", "病")
    assert "tasks not done: T1" in finished.refused(*propose())
    finished.ok("session", "make-up", "1", "P000003", "--mode", "送学上门", "--on", "2005-02-10")
    finished.ok(*f"survey add {A11} --round 1 --method sample {BALLOTS} --satisfied 4 --dissatisfied 6".split())
    assert "the last survey round did not pass" in finished.refused(*propose())
    # It had not been held before.
    finished.ok(*propose(day="2005-03-09"))


def test_an_exempt_task_is_not_missing(filled: Cli) -> None:
    for task in ("T1", "T2", "T3"):
        filled.ok("task", "exempt", "P000003", task, "--reason", "病重", "--on", "2005-03-01")
    filled.ok(*propose())


def test_a_unit_is_measured_by_its_milestones(filled: Cli) -> None:
    for phase in ("study", "analysis", "improvement"):
        milestones(filled, [A11], phase, "2005-03-15")
    filled.ok(*propose(member="", day="2005-03-20"))
    assert filled.query("SELECT overridden FROM commendation") == [(0,)]


def test_it_comes_before_the_day_of_the_rule_in_the_last_year(finished: Cli) -> None:
    finished.ok("pin", "2006-07-01")
    assert "comes before 2006-07-01" in finished.refused(*propose(day="2006-07-01"))
    finished.ok(*propose(day="2006-06-30"))
    finished.ok("commendation", "remove", "1")
    finished.ok("campaign", "rule", "commendation_before", "315")
    assert "comes before 2006-03-15" in finished.refused(*propose(day="2006-03-15"))


def test_a_member_belongs_to_the_unit_on_that_day(finished: Cli) -> None:
    finished.ok("member", "transfer", "P000003", A1, "--on", "2005-03-15")
    assert "was no member of this unit" in finished.refused(*propose(day="2005-03-20"))
    finished.ok(*propose(day="2005-03-10"))
    finished.ok(*propose(unit=A1, day="2005-03-20"))


def test_an_override_needs_its_reason_and_stays_whatever_happens(filled: Cli) -> None:
    assert "carries its reason" in filled.refused(*propose("--override"), code=2)
    assert "carries its reason" in filled.refused(*propose("--override", "--reason", " "), code=2)
    filled.ok(*propose("--override", "--reason", "事迹突出"))
    for task in ("T1", "T2", "T3"):
        filled.ok("task", "mark", "P000003", task, "--on", "2005-03-01")
    stays = "by override, which stays on record"
    for words in (
        ("remove", "1"),
        ("edit", "1", "--overridden", "否"),
        ("edit", "1", "--overridden", ""),
        ("edit", "1", "--missing", ""),
        ("edit", "1", "--reason", "别的"),
        ("edit", "1", "--member", "P000004"),
        ("edit", "1", "--proposed-on", "2005-03-21"),
    ):
        assert stays in filled.refused("commendation", *words), words
    filled.ok("commendation", "award", "1", "--on", "2005-03-31")
    (row,) = filled.rows("commendation", "list")
    assert (row["overridden"], row["missing"], row["reason"]) == (True, "tasks not done: T1 T2 T3", "事迹突出")
    assert [each["member"] for each in filled.rows("check", "--code", "commendation_overridden")] == ["P000003"]
    for place in (("unit", "show", A11), ("member", "show", "P000003")):
        assert "! by override: 事迹突出; was missing: tasks not done: T1 T2 T3" in " ".join(filled.ok(*place).split())
    assert "✓" in filled.ok("commendation", "list")


def test_an_override_that_overrides_nothing_is_none(finished: Cli) -> None:
    finished.ok(*propose("--override", "--reason", "以防万一"))
    assert finished.query("SELECT overridden, missing FROM commendation") == [(0, None)]


def test_a_sheet_is_held_to_the_same(filled: Cli) -> None:
    row = f"{A11},郑重,优秀共产党员,2005-03-20"
    document = filled.imported("commendations", f"{HEAD}{row},,\n", code=3)
    assert errors(document) == [(2, "破例", "unfinished")]
    assert errors(filled.imported("commendations", f"{HEAD}{row},是,\n", code=3)) == [
        (2, "破例原因", "required_missing")
    ]
    assert counts(filled.imported("commendations", f"{HEAD}{row},是,事迹突出\n"))[1] == 1
    assert filled.query("SELECT missing FROM commendation") == [("tasks not done: T1 T2 T3",)]
    # A member's proposal is not the unit's.
    unit = f"{A11},,优秀共产党员,2005-03-20,是,带头好\n"
    assert counts(filled.imported("commendations", HEAD + unit))[1] == 1


def test_proposing_is_undone(filled: Cli) -> None:
    filled.ok(*propose("--override", "--reason", "事迹突出"))
    filled.ok("undo")
    assert filled.query("SELECT * FROM commendation") == []

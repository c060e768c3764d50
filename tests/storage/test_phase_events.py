"""What happened to phases, read: where each stands on a day, who signs off, what gates look at."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from advedu.storage import phase_events, units
from advedu.storage.phase_events import PhaseClosing, PhaseEvent
from tests.fulfilling import run_through
from tests.support import Cli

A, A1, A11 = "330304-A", "330304-A1", "330304-A1-1"


def event(number: int, what: str, on: str, phase: int = 1) -> PhaseEvent:
    return PhaseEvent(number, 1, phase, what, on, None, 0, None, None, on)


LIFE = [
    event(1, "open", "2005-01-05"),
    event(2, "sign_off", "2005-02-10"),
    event(3, "close", "2005-02-14"),
    event(4, "open", "2005-02-15", phase=2),
    event(5, "reopen", "2005-02-20"),
]


@pytest.mark.parametrize(("so_far", "state"), [(0, "not_opened"), (1, "open"), (2, "open"), (3, "closed"), (5, "open")])
def test_the_latest_event_but_a_sign_off_says_where_a_phase_stands(so_far: int, state: str) -> None:
    assert phase_events.state(LIFE[:so_far], 1) == state


def test_a_sign_off_counts_until_the_phase_is_opened_again() -> None:
    assert [phase_events.signed(LIFE[:number], 1) for number in range(6)] == [False, False, True, True, True, False]
    assert not phase_events.signed(LIFE, 2)
    assert phase_events.signed([*LIFE, event(6, "sign_off", "2005-02-21")], 1)


def test_days_of_study_count_from_the_first_opening() -> None:
    assert phase_events.days_of_study(LIFE, "2005-04-05") == 90
    assert phase_events.days_of_study([], "2005-04-05") == 0


@pytest.fixture
def connection(filled: Cli) -> Iterator[sqlite3.Connection]:
    run_through(filled, [A11], ["2005-01-05", "2005-02-14"])
    filled.ok("unit", "move", A1, "330304", "--on", "2005-03-01")
    with closing(sqlite3.connect(filled.db)) as file:
        yield file


def unit(connection: sqlite3.Connection, code: str) -> int:
    found = units.by_code(connection, code)
    assert found is not None
    return found.id


def test_events_are_those_up_to_a_day(connection: sqlite3.Connection) -> None:
    id_ = unit(connection, A11)
    assert [each.event for each in phase_events.events(connection, id_)] == ["open", "sign_off", "close"]
    assert [each.event for each in phase_events.events(connection, id_, "2005-02-13")] == ["open"]
    assert list(phase_events.all_events(connection, "2005-02-14")) == [id_]
    assert phase_events.all_events(connection, "2005-01-04") == {}


def test_who_has_phases(connection: sqlite3.Connection) -> None:
    assert phase_events.owing(connection, unit(connection, A11))
    assert not phase_events.owing(connection, unit(connection, "330304"))


def test_the_signer_is_that_of_the_day(connection: sqlite3.Connection) -> None:
    a1 = unit(connection, A1)
    assert phase_events.signer(connection, a1, "2005-02-28") == unit(connection, A)
    assert phase_events.signer(connection, a1, "2005-03-01") == unit(connection, "330304")
    assert phase_events.signer(connection, unit(connection, "330304"), "2005-03-01") is None


def test_closings_that_stand_are_those_of_the_units_asked_for(connection: sqlite3.Connection) -> None:
    id_ = unit(connection, A11)
    assert [each.unit_id for each in phase_events.closed(connection)] == [id_]
    assert [each.unit_id for each in phase_events.closed(connection, [id_])] == [id_]
    assert phase_events.closed(connection, [unit(connection, A)]) == []


def test_facts_are_gathered_for_many_and_as_of_each_ones_day(connection: sqlite3.Connection) -> None:
    study = phase_events.phases(connection)[0].id
    a11, a1 = unit(connection, A11), unit(connection, A1)
    early, late, above = (
        PhaseClosing(a11, study, "2005-02-13"),
        PhaseClosing(a11, study, "2005-02-14"),
        PhaseClosing(a1, study, "2005-02-14"),
    )
    facts = phase_events.facts(connection, [early, late, above])
    assert [len(facts[each].milestones) for each in (early, late, above)] == [2, 0, 4]
    assert [len(facts[each].members) for each in (early, late, above)] == [2, 0, 1]
    assert facts[late].signer is None
    assert facts[above].below == ["330304-A1-2 第一党支部"]
    assert facts[above].days is None

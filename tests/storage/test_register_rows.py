"""The statements of the registers: one set for all declarations."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from advedu.nouns import registers
from advedu.nouns.declaration import Register
from advedu.storage import connection, members, register_rows, study, survey_rounds, units
from advedu.storage.history import operation
from tests.storage.test_history import AUTHOR, DAY, full_file  # noqa: F401 (a fixture)
from tests.support import Cli

each = pytest.mark.parametrize("register", registers.everyone(), ids=lambda register: register.noun)


@pytest.fixture
def file(full_file: Any, tmp_path: Any) -> Iterator[sqlite3.Connection]:  # noqa: F811
    copy = tmp_path / "full.db"
    copy.write_bytes(full_file.read_bytes())
    with closing(connection.connect(copy)) as opened, operation(opened, AUTHOR, DAY, dry_run=True):
        yield opened


@each
def test_a_record_is_found_by_its_number_and_by_its_key(file: sqlite3.Connection, register: Register) -> None:
    number = register_rows.numbers(file, register)[0]
    values = register_rows.get(file, register, number)
    assert values is not None
    assert list(values) == [field.name for field in register.stored]
    assert register_rows.find(file, register, values) == number
    assert register_rows.get(file, register, 999) is None
    if register.owner:
        assert units.by_id(file, register_rows.unit_of(file, register, values)).code == "330304-A1"
    else:
        assert register_rows.unit_of(file, register, values) is None


@each
def test_a_record_that_is_taken_away_can_be_added_again(file: sqlite3.Connection, register: Register) -> None:
    file.execute("PRAGMA defer_foreign_keys = ON")
    number = register_rows.numbers(file, register)[-1]
    values = register_rows.get(file, register, number)
    assert values is not None
    register_rows.remove(file, register, number)
    assert register_rows.find(file, register, values) is None
    again = register_rows.insert(file, register, values, DAY)
    assert register_rows.get(file, register, again) == values


@each
def test_a_list_is_of_a_unit_and_all_below_it(file: sqlite3.Connection, register: Register) -> None:
    def listed(code: str) -> list[int]:
        unit = units.by_code(file, code)
        assert unit is not None
        return [row.number for row in register_rows.listed(file, register, unit.id)]

    everything = [row.number for row in register_rows.listed(file, register, None)]
    assert everything == listed("330304-A") == listed("330304-A1") == list(register_rows.numbers(file, register))
    # What belongs to the whole file is everywhere.
    assert listed("330304-B") == listed("330304-A1-1") == ([] if register.owner else everything)


@each
def test_a_day_that_changes_is_entered_anew_and_no_other(file: sqlite3.Connection, register: Register) -> None:
    number = register_rows.numbers(file, register)[0]
    for field in register.stored:
        if field.entered:
            if register.noun == "bulletin":
                # It has its numbers from the day on which it went out.
                continue
            register_rows.update(file, register, number, {field.name: "2005-03-30"}, "2005-04-09")
            query = f"SELECT {field.entered}, entered_on FROM {register.table} WHERE number = ?"
            try:
                assert file.execute(query, (number,)).fetchone() == ("2005-04-09", DAY)
            finally:
                register_rows.update(file, register, number, {field.name: None}, "2005-04-10")
            assert file.execute(query, (number,)).fetchone() == (None, DAY)


def test_what_stands_on_a_record_is_counted(file: sqlite3.Connection) -> None:
    standing = register_rows.standing_on(file, registers.named("session"), 1)
    assert [(other.noun, count) for other, count in standing] == [("missed", 1)]
    standing = register_rows.standing_on(file, registers.named("rectification"), 1)
    assert [(other.noun, count) for other, count in standing] == [("opinion", 1)]
    assert register_rows.standing_on(file, registers.named("survey"), 1) == []


def test_results_owed_are_read_by_unit(file: sqlite3.Connection) -> None:
    (items,) = register_rows.results_owed(file).values()
    assert items == [(1, "2005-02-20", None, None)]


def test_missed_sessions_stand_as_of_a_day(file: sqlite3.Connection) -> None:
    unit = units.by_code(file, "330304-A1")
    assert unit is not None
    assert study.missed(file, "2005-02-04", unit_id=unit.id) == []
    for found in (study.missed(file, DAY, session=1), study.missed(file, DAY, member_id=3)):
        assert [(each.member, each.reason, each.made_up_on) for each in found] == [("P000003", "病", None)]


def test_a_round_has_its_verdict_as_of_a_day(file: sqlite3.Connection) -> None:
    unit = units.by_code(file, "330304-A1")
    assert unit is not None
    assert survey_rounds.verdict(file, unit.id, 1, DAY) == "failed"
    assert survey_rounds.verdict(file, unit.id, 1, "2005-02-28") is None
    assert survey_rounds.held_on(file, unit.id, 2) is None
    assert survey_rounds.rules(file) == (50, 0, 3, 30)


def test_where_a_member_was_on_a_day(filled: Cli) -> None:
    filled.ok("member", "transfer", "P000003", "330304-A", "--on", "2005-02-01")
    filled.ok("member", "transfer", "P000003", "330304-B", "--on", "2005-03-01")
    filled.ok("member", "leave", "P000003", "--on", "2005-03-20")
    with closing(connection.connect(filled.db)) as opened:
        codes = dict(opened.execute("SELECT id, code FROM unit"))
        days = ("2005-01-31", "2005-02-01", "2005-02-28", "2005-03-01", "2005-03-19", "2005-03-20")
        found = [members.unit_on(opened, 3, day) for day in days]
        assert [codes.get(unit) for unit in found] == ["330304-A1-1", *["330304-A"] * 2, *["330304-B"] * 2, None]

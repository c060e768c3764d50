"""From which day on a change can change figures: the table is whole, and it is right on any history."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from advedu.naming import resolve
from advedu.reports import ledger_page, nine, overdue, status
from advedu.storage import changes, connection, effects, history
from advedu.storage.changes import Change
from advedu.storage.effects import BEGINNING, EFFECTS, first_day
from advedu.storage.migrations import schema_text
from tests.support import Cli


def columns() -> dict[str, list[str]]:
    """The tables of the schema that history follows, and their columns."""
    with closing(sqlite3.connect(":memory:")) as plain:
        plain.executescript(schema_text())
        return {table: history.columns(plain, table)[0] for table in history.tracked_tables(plain)}


COLUMNS = columns()


# ── the table ──


def test_every_table_has_an_entry() -> None:
    assert set(EFFECTS) == set(COLUMNS), "a new table needs a line in EFFECTS: from which day do its rows count?"


@pytest.mark.parametrize("table", EFFECTS)
def test_every_column_is_of_one_sort(table: str) -> None:
    effect = EFFECTS[table]
    named = [*effect.facts, *effect.events, *effect.silent, *([effect.since] if effect.since else [])]
    assert sorted(named) == sorted(COLUMNS[table])


def changed(table: str, old: dict[str, object] | None, new: dict[str, object] | None) -> str | None:
    row = dict.fromkeys(COLUMNS[table])
    sides = [None if side is None else {**row, **side} for side in (old, new)]
    return first_day(Change(1, table, (1,), *sides), {7: "2005-02-01"})


@pytest.mark.parametrize(
    ("table", "old", "new", "day"),
    [
        ("unit", None, {}, BEGINNING),
        ("unit", None, {"opened_on": "2005-03-01"}, "2005-03-01"),
        ("unit", {"phone": "1"}, {"phone": "2"}, None),
        ("unit", {"batch_id": 1}, {"batch_id": 2}, BEGINNING),
        ("unit", {"batch_id": 1, "opened_on": "2005-03-01"}, {"batch_id": 2, "opened_on": "2005-03-01"}, "2005-03-01"),
        ("unit", {"opened_on": "2005-03-01"}, {"opened_on": "2005-02-01"}, "2005-02-01"),
        ("unit", {"opened_on": "2005-03-01"}, {}, BEGINNING),
        ("unit", {}, {"closed_on": "2005-03-01"}, "2005-03-01"),
        ("unit", {"closed_on": "2005-03-01"}, {"closed_on": "2005-02-01"}, "2005-02-01"),
        ("unit", {"parent_id": 1}, {"parent_id": 2}, None),
        ("unit_move", None, {"moved_on": "2005-03-01"}, "2005-03-01"),
        ("member", None, {"arrived_on": "2005-03-01"}, "2005-03-01"),
        ("member", {"leader": 0}, {"leader": 1}, BEGINNING),
        ("member", {}, {"left_on": "2005-03-01", "leave_reason": "x"}, "2005-03-01"),
        ("member", {}, {"joined_on": "1985-03"}, None),
        ("member", {}, {"missing_since": "2005-01-01"}, "2005-01-01"),
        (
            "member",
            {"arrived_on": "2005-02-01"},
            {"arrived_on": "2005-02-01", "missing_since": "2005-01-01"},
            "2005-02-01",
        ),
        ("transfer", {"moved_on": "2005-03-01"}, None, "2005-03-01"),
        ("milestone_done", {"done_on": "2005-03-01"}, {"done_on": "2005-02-01"}, "2005-02-01"),
        ("milestone_done", {"done_on": "2005-03-01"}, {"done_on": "2005-03-01", "head": "x"}, None),
        ("task_done", {"done_on": "2005-03-01"}, {"done_on": "2005-03-01", "mode": "电话"}, "2005-03-01"),
        ("task_exemption", None, {"exempt_on": "2005-03-01", "reason": "x"}, "2005-03-01"),
        ("task_exemption", {"exempt_on": "2005-03-01"}, {"exempt_on": "2005-03-01", "reason": "x"}, None),
        ("milestone", {"due_day": 1}, {"due_day": 2}, BEGINNING),
        ("campaign", {}, {"pinned_on": "2005-03-01"}, None),
        ("baseline", None, {"set_on": "2005-03-01"}, "2005-03-01"),
        ("survey", None, {"held_on": "2005-03-01"}, "2005-03-01"),
        ("remedial", None, {"done_on": "2005-03-01"}, None),
        ("contact_point", None, {"from_on": "2005-03-01"}, "2005-03-01"),
        ("contact_point", {"from_on": "2005-03-01"}, {"from_on": "2005-03-01", "to_on": "2005-04-01"}, None),
        ("coverage", None, {}, BEGINNING),
        ("coverage", {"from_on": "2005-02-01"}, {"from_on": "2005-02-01", "to_on": "2005-03-01"}, "2005-03-01"),
        ("team", {"kind": "inspection"}, {"kind": "supervision"}, BEGINNING),
        ("team", {"phone": "1"}, {"phone": "2"}, None),
        ("visit", None, {"visited_on": "2005-03-01"}, None),
        ("sector", {"study": "a"}, {"study": "b"}, None),
        ("study_session", {"held_on": "2005-03-01"}, {"held_on": "2005-03-02"}, "2005-03-01"),
        ("study_absence", None, {"session": 7}, "2005-02-01"),
        ("study_absence", {"session": 7}, {"session": 7, "made_up_on": "2005-03-01"}, "2005-03-01"),
        ("study_absence", None, {"session": 8}, BEGINNING),
    ],
)
def test_the_first_day(
    table: str, old: dict[str, object] | None, new: dict[str, object] | None, day: str | None
) -> None:
    assert changed(table, old, new) == day


def test_a_session_that_was_put_off_counts_from_its_first_day() -> None:
    sides = {"held_on": "2005-03-01"}, {"held_on": "2005-02-01"}
    assert effects.session_days([Change(1, "study_session", (7,), *sides)]) == {7: "2005-02-01"}


# ── on any history ──

DAYS = ("2004-12-31", "2005-01-10", "2005-01-31", "2005-02-01", "2005-02-15", "2005-03-01", "2005-03-30")
UNITS = ("330304-A", "330304-A1", "330304-A1-1", "330304-A1-2", "330304-A2", "330304-B", "330304-B1", "N0", "N1")
MEMBERS = (*(f"P{number:06}" for number in range(1, 14)), "M0", "M1")
# Every column with a day that places something in time.
DATED = (
    *("done_on", "exempt_on", "moved_on", "opened_on", "closed_on", "arrived_on", "left_on", "missing_since"),
    *("set_on", "held_on", "made_up_on", "from_on", "to_on"),
)

TEACHERS = ("教师", "工人")
# Words, choices of words, and options that are there or not. Drawn evenly: a search that prefers simple cases would hardly
# ever let anybody leave.
OPERATIONS: tuple[tuple[str | tuple[str, ...] | dict[str, tuple[str, ...]], ...], ...] = (
    (
        *("unit", "add", ("N0", "N1"), "--kind", "党支部", "--name", ("新一", "新二")),
        *("--parent", UNITS, {"--opened-on": DAYS}),
    ),
    ("unit", "edit", UNITS, "--opened-on", (*DAYS, ""), {"--phone": ("1", "2")}),
    ("unit", "edit", UNITS, "--kind", ("党支部", "党总支", "分组"), {"--chief": ("甲", "乙")}),
    ("unit", "edit", UNITS, "--batch", ("1", "2", ""), {"--starts-on": (*DAYS, "")}),
    ("unit", "edit", UNITS, "--declared-members", ("1", "2")),
    ("unit", "edit", UNITS, "--chief", ("甲", "乙")),
    ("unit", "move", UNITS, UNITS, "--on", DAYS),
    ("unit", "close", UNITS, "--on", DAYS),
    ("unit", "merge", UNITS, "--into", UNITS, "--on", DAYS),
    ("unit", "split", UNITS, "N1", "--name", "分出", "--on", DAYS, {"--member": MEMBERS}),
    ("member", "add", ("M0", "M1"), "--name", "新人", "--unit", UNITS, {"--arrived-on": DAYS}),
    ("member", "edit", MEMBERS, "--arrived-on", (*DAYS, "")),
    ("member", "edit", MEMBERS, ("--leader", "--no-leader"), {"--category": TEACHERS}),
    ("member", "edit", MEMBERS, "--phone", ("1", "2")),
    ("member", "transfer", MEMBERS, UNITS, "--on", DAYS),
    ("member", "leave", MEMBERS, "--on", DAYS),
    ("member", "rejoin", MEMBERS, UNITS, "--on", DAYS),
    ("member", "missing", MEMBERS, "--since", DAYS),
    ("member", "missing", MEMBERS, "--found"),
    ("milestone", "mark", UNITS, ("M103", "M104"), "--on", DAYS),
    ("milestone", "unmark", UNITS, ("M103", "M104")),
    ("milestone", "exempt", UNITS, ("M103", "M104"), "--reason", "x", "--on", DAYS),
    ("task", "mark", MEMBERS, ("T1", "T2"), "--on", DAYS, {"--mode": ("电话", "邮寄")}),
    ("task", "unmark", MEMBERS, ("T1", "T2")),
    ("task", "exempt", MEMBERS, ("T1", "T2"), "--reason", "x", "--on", DAYS),
    ("nine", "tick", MEMBERS, ("N1", "N2", "L1"), "--on", DAYS),
    ("nine", "untick", MEMBERS, ("N1", "N2", "L1")),
    ("ledger", "set", "--units", "6", "--members", ("12", "13"), "--on", DAYS),
    ("coverage", "add", UNITS, "--team", ("D1", "X1"), {"--from-on": DAYS, "--to-on": ("2005-03-31",)}),
    ("coverage", "remove", ("1", "2")),
    ("team", "edit", "2", "--kind", ("inspection", "supervision")),
    ("contact-point", "add", UNITS, "--member", ("P000001", "P000002"), "--from-on", DAYS),
    ("contact-point", "edit", "1", "--to-on", "2005-03-31"),
    ("contact-point", "remove", "1"),
    ("undo",),
)


def drawn(chance: random.Random) -> list[str]:
    """One call."""
    words: list[str] = []
    for part in chance.choice(OPERATIONS):
        if isinstance(part, str):
            words.append(part)
        elif isinstance(part, tuple):
            words.append(chance.choice(part))
        elif chance.random() < 0.5:
            words += [word for name, values in part.items() for word in (name, chance.choice(values))]
    return words


NAMES = ("name", "unit_name", "chief", "phone", "reason", "leave_reason", "entered_on", "category_name", "task_name")


def figures(cli: Cli, day: str) -> list[Any]:
    """Every figure as of a day, without what only names things."""
    with closing(connection.connect(cli.db)) as file:
        top = resolve.root_or(file, None)
        reports = [status.status(file, top, day, by=by, depth=3) for by in ("tree", "batch", "sector", "team")]
        reports += [overdue.overdue(file, top, day), nine.status(file, top, day)]
        found: list[Any] = [
            [{key: value for key, value in row.items() if key not in NAMES} for row in report.records()]
            for report in reports
        ]
        return [*found, _bare(ledger_page.ledger(file, top, day).document)]


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _bare(each) for key, each in value.items() if key not in NAMES}
    return [_bare(each) for each in value] if isinstance(value, list) else value


def latest(cli: Cli) -> int:
    return int(cli.query("SELECT max(id) FROM operation")[0][0])


def is_dated_later(cli: Cli, number: int, day: str) -> bool:
    """Whether all rows that an operation changed have days of their own, before and after, all of them later."""
    with closing(connection.connect(cli.db)) as file:
        where = changes.span(file, number)
        assert where is not None
        rows = [side for each in changes.changes(file, *where) for side in (each.old, each.new) if side is not None]
    for row in rows:
        start = row.get("opened_on", row.get("arrived_on"))
        of_its_own = [str(row[name]) for name in DATED if row.get(name) is not None]
        # A unit or a member without a first day is there from the beginning.
        if not of_its_own or min(of_its_own) <= day or ("name" in row and start is None):
            return False
    return True


@pytest.mark.parametrize("seed", range(12))
def test_what_changed_figures_is_listed_and_what_is_dated_later_is_not(filled: Cli, seed: int) -> None:
    chance = random.Random(seed)
    filled.ok("team", "add", "--code", "D1", "--name", "督导组", "--kind", "supervision")
    filled.ok("team", "add", "--code", "X1", "--name", "检查组", "--kind", "inspection", "--sender", "330304")
    asked = chance.sample(DAYS, 3)
    before = {day: figures(filled, day) for day in asked}
    number, said = latest(filled), []
    for _ in range(45):
        argv = drawn(chance)
        answer = filled(*argv)
        assert answer.code in (0, 1), (argv, answer)
        if latest(filled) == number:
            continue
        number = latest(filled)
        said.append(f"{number}: {' '.join(argv)}")
        for day in asked:
            after = figures(filled, day)
            with closing(connection.connect(filled.db)) as file:
                listed = number in effects.affecting(file, day)
            assert listed or after == before[day], (day, "changed and not listed", said)
            assert not (listed and is_dated_later(filled, number, day)), (day, "listed", said)
            before[day] = after


def test_the_log_lists_them(filled: Cli) -> None:
    filled.ok("milestone", "mark", "330304-A", "M103", "--on", "2005-03-10")
    filled.ok("unit", "edit", "330304-A", "--phone", "1")
    filled.ok("member", "leave", "P000010", "--on", "2005-02-01")

    def listed(day: str) -> list[int]:
        return [row["operation"] for row in filled.rows("log", "--affects", day)]

    last = latest(filled)
    everyone = [row["operation"] for row in filled.rows("log")]
    early = [number for number in everyone if number < last - 2]
    assert set(early) - set(listed("2004-12-31")) == {early[-2]}, "the pin alone changes no figure"
    assert listed("2005-02-01")[0] == last
    assert listed("2005-03-10")[:2] == [last, last - 2]
    assert listed("2005-01-31")[0] < last - 2
    assert filled("log", "--affects", "soon").code == 2

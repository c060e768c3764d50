"""The grid of `advedu tick`: who × what, what is stored, and what shall be written. No terminal here."""

import sqlite3
from typing import NamedTuple

from advedu import errors
from advedu.i18n import N_, _
from advedu.nouns.model import Entry
from advedu.recording import done
from advedu.recording.ticks import Tick
from advedu.rules import progress
from advedu.storage import campaign, figures, members, units
from advedu.storage.figures import Scope

KINDS = {"milestone": N_("Milestones"), "task": N_("Tasks"), "item": N_("Nine ones")}
# What each state looks like, without colour.
SIGNS = {
    "on_time": ("✓", "green"),
    "ahead": ("✓", "green"),
    "done": ("✓", "green"),
    "done_late": ("~", "yellow"),
    "overdue": ("!", "bold red"),
    "open": ("·", "dim"),
    "unplanned": ("·", "dim"),
    "exempt": ("—", "dim"),
}
STATES = {
    "on_time": N_("done on {done}, in time"),
    "ahead": N_("done on {done}"),
    "done": N_("done on {done}"),
    "done_late": N_("done on {done}, late"),
    "overdue": N_("{days} days overdue"),
    "open": N_("due on {due}"),
    "unplanned": N_("no day planned"),
    "exempt": N_("exempt"),
}
# More members than this are no grid for a keyboard.
MOST_MEMBERS = 1500


class Stored(NamedTuple):
    """What stands in a cell."""

    due_on: str | None
    done_on: str | None
    exempt_on: str | None
    required: bool = True


class GridLine(NamedTuple):
    """A unit or a member with its cells, by entry; a cell that is not there does not apply."""

    code: str
    label: str
    cells: dict[int, Stored]


class Grid:
    """The grid of one unit or leader, and the changes to it that are not written yet.

    Attributes:
        kind: "milestone", "task" or "item".
        entries: the columns.
        lines: the rows.
        cut: whether there are more rows than are shown.
        pending: (row, entry) → the day to write, or None where the stored one is to be taken back.
    """

    def __init__(
        self, kind: str, entries: list[Entry], lines: list[GridLine], today: str, *, cut: bool = False
    ) -> None:
        self.kind = kind
        self.entries = entries
        self.lines = lines
        self.today = today
        self.cut = cut
        self.pending: dict[tuple[int, int], str | None] = {}

    def stored(self, row: int, column: int) -> Stored | None:
        """Return what stands in a cell; None where nothing can."""
        return self.lines[row].cells.get(self.entries[column].id)

    def tick(self, row: int, column: int, day: str) -> None:
        """Intend a day for a cell; a second time takes the intention away."""
        stored = self.stored(row, column)
        if stored is None:
            return
        key = (row, column)
        if key in self.pending or stored.done_on == day:
            self.pending.pop(key, None)
        else:
            self.pending[key] = day

    def take_back(self, row: int, column: int) -> None:
        """Take an intention away, or intend to take the stored day back."""
        stored = self.stored(row, column)
        if self.pending.pop((row, column), "") != "" or stored is None or stored.done_on is None:
            return
        self.pending[row, column] = None

    def ticks(self) -> list[Tick]:
        """Return what is to be written."""
        found = []
        for (row, column), wanted in self.pending.items():
            stored = self.stored(row, column)
            assert stored is not None
            found.append(Tick(self.kind, self.lines[row].code, self.entries[column], stored.done_on, wanted))
        return found

    def state(self, row: int, column: int) -> str | None:
        """Return the state of a cell as it is stored."""
        stored = self.stored(row, column)
        if stored is None:
            return None
        return progress.state(*stored[:3], self.today, required=stored.required)

    def sign(self, row: int, column: int) -> tuple[str, str]:
        """Return what a cell shows, and its colour; an intention stands in brackets."""
        if (row, column) in self.pending:
            return ("[✓]", "bold cyan") if self.pending[row, column] else ("[ ]", "bold magenta")
        state = self.state(row, column)
        if state is None:
            return "", ""
        sign, style = SIGNS[state]
        stored = self.stored(row, column)
        if state == "overdue" and stored is not None and stored.due_on is not None:
            sign += str(progress.days_late(stored.due_on, self.today))
        return sign, style

    def described(self, row: int, column: int) -> str:
        """Return what a cell is about and how it stands."""
        line, entry = self.lines[row], self.entries[column]
        stored, state = self.stored(row, column), self.state(row, column)
        if stored is None or state is None:
            said = _("does not apply")
        else:
            days = progress.days_late(stored.due_on, self.today) if stored.due_on else 0
            said = _(STATES[state]).format(done=stored.done_on, due=stored.due_on, days=days)
        return f"{line.label.strip()} · {entry.label} · {said}"

    def intended(self, row: int, column: int, day: str) -> str:
        """Return what would be written: of this cell if something is intended, else what the space bar would do."""
        stored = self.stored(row, column)
        if stored is None:
            return ""
        if (row, column) in self.pending:
            return self._pending(stored, self.pending[row, column])
        if stored.done_on == day:
            return _("u takes {day} back").format(day=day)
        if stored.done_on and self.kind != "item":
            return _("space changes it to {day}; u takes it back").format(day=day)
        return _("space ticks it on {day}").format(day=day)

    def _pending(self, stored: Stored, wanted: str | None) -> str:
        if wanted is None:
            return _("will be written: {day} is taken back").format(day=stored.done_on)
        if stored.done_on and self.kind != "item":
            return _("will be written: {old} becomes {day}").format(old=stored.done_on, day=wanted)
        return _("will be written: done on {day}").format(day=wanted)


# ── what stands in the file ──


def of_unit(connection: sqlite3.Connection, kind: str, code: str, day: str) -> Grid:
    """Return the grid of a unit and all below it."""
    unit = units.by_code(connection, code)
    if unit is None:
        raise errors.NoSuchUnit(wanted=code, nearest="")
    scope = Scope(unit.id, day)
    if kind == "milestone":
        return _milestones(connection, scope)
    if kind == "task":
        return _tasks(connection, scope)
    return _items(connection, scope)


def of_leader(connection: sqlite3.Connection, code: str, day: str) -> Grid:
    """Return the grid of one leader's items."""
    member = members.by_code(connection, code)
    if member is None:
        raise errors.NoSuchMember(wanted=code, nearest="")
    return _items(connection, Scope(member.unit_id, day), code)


def _milestones(connection: sqlite3.Connection, scope: Scope) -> Grid:
    required = campaign.required_milestones(connection)
    not_by_date = campaign.not_by_date(connection)
    entries = [each for each in campaign.entries(connection, "milestone") if each.id not in not_by_date]
    lines: dict[str, GridLine] = {}
    for code, name, milestone, due_on, done_on, exempt_on in figures.matrix(connection, scope, optional=True):
        line = lines.setdefault(code, GridLine(code, f"{code} {name}", {}))
        line.cells[milestone] = Stored(due_on, done_on, exempt_on, milestone in required)
    return Grid("milestone", entries, list(lines.values()), scope.day)


def _tasks(connection: sqlite3.Connection, scope: Scope) -> Grid:
    entries = campaign.entries(connection, "task")
    lines: dict[str, GridLine] = {}
    most = MOST_MEMBERS * max(1, len(entries))
    rows = figures.tasks_below(connection, scope, most + 1)
    for code, name, unit, task, due_on, done_on, exempt_on in rows[:most]:
        line = lines.setdefault(code, GridLine(code, f"{code} {name}  {unit}", {}))
        line.cells[task] = Stored(due_on, done_on, exempt_on)
    return Grid("task", entries, list(lines.values()), scope.day, cut=len(rows) > most)


def _items(connection: sqlite3.Connection, scope: Scope, only: str | None = None) -> Grid:
    entries = campaign.entries(connection, "item")
    lines: dict[str, GridLine] = {}
    for code, name, unit, item, first in figures.ticked_items(connection, scope):
        if only is not None and code != only:
            continue
        empty = {entry.id: Stored(None, None, None) for entry in entries}
        line = lines.setdefault(code, GridLine(code, f"{code} {name}  {unit}", empty))
        if item is not None:
            line.cells[item] = Stored(None, first, None)
    return Grid("item", entries, list(lines.values()), scope.day)


def refused(connection: sqlite3.Connection, board: Grid, row: int, column: int, day: str) -> errors.AdveduError | None:
    """Return why a day cannot stand in a cell, while somebody can still choose another."""
    unit = units.by_code(connection, board.lines[row].code) if board.kind == "milestone" else None
    if unit is None:
        return None
    try:
        done.check_milestone(done.RecordRules(connection), unit.id, board.entries[column].id, day)
    except errors.AdveduError as error:
        return error
    return None

"""Cells → values, one column at a time.

A column of fifteen thousand cells has a few hundred different ones, or is read by a function that costs a
microsecond: each different cell is read once and looked up from then on.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from advedu import fields, vocabulary
from advedu.fields import Problem
from advedu.i18n import N_
from advedu.identity import is_masked
from advedu.text import normalise_name


class Clear:
    """What `<清空>` asks for: nothing shall stand here any more."""


CLEAR: Final = Clear()
CLEAR_WORDS = ("<清空>", "<clear>", "＜清空＞")


class Bad:
    """A cell that cannot be read."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


class Reading(dict[Any, Any]):
    """Cell → value for the cells of one column: None where nothing shall change, `CLEAR`, `Bad`, or the value."""

    def __init__(self, read: Callable[[object], object]) -> None:
        super().__init__()
        self.read = read
        self.any_bad = False

    def __missing__(self, cell: object) -> object:
        value = self[cell] = self._value(cell)
        return value

    def _value(self, cell: object) -> object:
        if cell is None:
            return None
        if isinstance(cell, str):
            cell = cell.strip()
            if not cell:
                return None
            if cell[0] in "<＜" and cell.lower() in CLEAR_WORDS:
                return CLEAR
        try:
            return self.read(cell)
        except Problem as problem:
            self.any_bad = True
            return Bad(problem)


def readers(connection: sqlite3.Connection, today: str) -> Mapping[str, Callable[[], Callable[[object], object]]]:
    """Return, by the names that `columns` uses, what makes the reader of a column."""

    def listed(name: str) -> Callable[[], Callable[[object], object]]:
        return lambda: vocabulary.listed(connection, name)

    return {
        "text": lambda: fields.text,
        "member": lambda: _member,
        "phone": lambda: _unless_masked(fields.text),
        "id_number": lambda: _unless_masked(fields.id_number),
        "day": lambda: fields.day,
        "past_day": lambda: fields.past(fields.day, today),
        "past_month": lambda: fields.past(fields.month_or_day, today),
        "count": lambda: fields.count,
        "tick": lambda: fields.tick,
        "kind": vocabulary.kinds,
        "sex": vocabulary.sexes,
        "status": vocabulary.statuses,
        "rank": lambda: _rank(connection),
        **{name: listed(name) for name in ("sector", "batch", "category", "milestone", "task", "item")},
    }


def _member(cell: object) -> str:
    # An ID number in a number cell has lost its last digits and may name somebody else.
    if isinstance(cell, float) and cell >= 1e14:  # noqa: PLR2004 (fifteen digits)
        raise Problem("id_number_cell", fields.ID_PROBLEMS["id_number_cell"])
    return fields.text(cell)


def _unless_masked(read: Callable[[object], str]) -> Callable[[object], str | None]:
    """Return a reader for which a cell with stars, as we print it, changes nothing."""

    def reader(cell: object) -> str | None:
        return None if isinstance(cell, str) and "*" in cell and is_masked(cell) else read(cell)

    return reader


def _rank(connection: sqlite3.Connection) -> Callable[[object], str]:
    known = vocabulary.ranks(connection)
    return lambda cell: known.get(normalise_name(fields.as_text(cell)), fields.text(cell))


def column(rows: Sequence[Sequence[object]], index: int) -> list[object]:
    """Return one column of cells; a short row has nothing there."""
    try:
        return [row[index] for row in rows]
    except IndexError:
        return [row[index] if index < len(row) else None for row in rows]


def shifted(rows: Iterable[Sequence[object]], width: int) -> list[int]:
    """Return the indices of rows that have content to the right of the header."""
    return [
        number
        for number, row in enumerate(rows)
        if len(row) > width and any(cell is not None and str(cell).strip() for cell in row[width:])
    ]


REQUIRED = Problem("required_missing", N_("this cell must not be empty"))

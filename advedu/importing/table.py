"""Cells → values, one column at a time.

A column of fifteen thousand cells has a few hundred different ones, or is read by a function that costs a
microsecond: each different cell is read once and looked up from then on.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, TypeGuard, cast

from advedu import fields, vocabulary
from advedu.dates import parse_month_or_day
from advedu.fields import Problem
from advedu.identity import is_masked, parse_id_number
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


class Reader:
    """Reads the cells of a column.

    Args:
        read: cell → value, for one cell of any type that is not empty; raises `Problem`.
        quick: the same for a tidy text, without wrapping; raises ValueError. For columns in which nearly every cell
            differs, where looking each up costs more than reading it.
        last: the last day that `quick` may find.
    """

    def __init__(
        self, read: Callable[[object], object], quick: Callable[[str], str] | None = None, last: str | None = None
    ) -> None:
        self.read = read
        self.quick = quick
        self.last = last

    def values(self, cells: Sequence[object]) -> tuple[list[object], bool]:
        """Return the values of a column, and whether some of them are `Bad`."""
        if self.quick is not None and _tidy(cells):
            values = _quickly(cells, self.quick, self.last)
            if values is not None:
                return values, False
        reading = Reading(self.read)
        return list(map(reading.__getitem__, cells)), reading.any_bad


def _tidy(cells: Sequence[object]) -> TypeGuard[Sequence[str]]:
    """Tell whether all cells are texts without anything that needs a closer look, at the cost of a few passes in C."""
    if set(map(type, cells)) != {str}:
        return False
    texts = cast("Sequence[str]", cells)
    joined = "".join(texts)
    return (
        joined.isprintable()
        and not any(mark in joined for mark in ("<", "＜", "*", "＊", "  "))
        and list(map(str.strip, texts)) == list(texts)
    )


def _quickly(texts: Sequence[str], quick: Callable[[str], str], last: str | None) -> list[object] | None:
    """Return the values, or None when some cell is wrong: reading one by one will say which."""
    if quick is str:
        return [text or None for text in texts]
    try:
        values: list[object] = [quick(text) if text else None for text in texts]
    except ValueError:
        return None
    if last is not None and any(value > last for value in set(values) if isinstance(value, str)):
        return None
    return values


def readers(connection: sqlite3.Connection, today: str) -> Mapping[str, Callable[[], Reader]]:
    """Return, by the names that `columns` uses, what makes the reader of a column."""

    def listed(name: str) -> Callable[[], Reader]:
        return lambda: Reader(vocabulary.listed(connection, name))

    return {
        "text": lambda: Reader(fields.text, str),
        "member": lambda: Reader(_member, str),
        "phone": lambda: Reader(unless_masked(fields.text), str),
        "id_number": lambda: Reader(unless_masked(fields.id_number), parse_id_number),
        "day": lambda: Reader(fields.day),
        "past_day": lambda: Reader(fields.past(fields.day, today)),
        "past_month": lambda: Reader(fields.past(fields.month_or_day, today), parse_month_or_day, today),
        "count": lambda: Reader(fields.count),
        "tick": lambda: Reader(fields.tick),
        "kind": lambda: Reader(vocabulary.kinds()),
        "sex": lambda: Reader(vocabulary.sexes()),
        "status": lambda: Reader(vocabulary.statuses()),
        "district_body": lambda: Reader(vocabulary.district_bodies()),
        "rank": lambda: Reader(_rank(connection)),
        **{name: listed(name) for name in ("sector", "batch", "category", "milestone", "task", "item")},
    }


def _member(cell: object) -> str:
    # An ID number in a number cell has lost its last digits and may name somebody else.
    if isinstance(cell, float) and cell >= 1e14:  # noqa: PLR2004 (fifteen digits)
        raise Problem("id_number_cell", fields.ID_PROBLEMS["id_number_cell"])
    return fields.text(cell)


def unless_masked(read: Callable[[object], str]) -> Callable[[object], str | None]:
    """Return a reader for which a cell with stars, as we print it, changes nothing."""

    def reader(cell: object) -> str | None:
        return None if isinstance(cell, str) and ("*" in cell or "＊" in cell) and is_masked(cell) else read(cell)

    return reader


def _rank(connection: sqlite3.Connection) -> Callable[[object], str]:
    known = vocabulary.ranks(connection)
    return lambda cell: known.get(normalise_name(fields.as_text(cell)), fields.text(cell))


def turned(rows: Sequence[Sequence[object]], width: int) -> list[Sequence[object]]:
    """Return the first `width` columns of rows; a short row has nothing on its right."""
    if all(len(row) == width for row in rows):
        return list(zip(*rows, strict=True)) or [()] * width
    return [[row[index] if index < len(row) else None for row in rows] for index in range(width)]


def shifted(rows: Iterable[Sequence[object]], width: int) -> list[int]:
    """Return the indices of rows that have content to the right of the header."""
    return [
        number
        for number, row in enumerate(rows)
        if len(row) > width and any(cell is not None and str(cell).strip() for cell in row[width:])
    ]

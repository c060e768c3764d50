"""Cells → values, one column at a time.

A column of fifteen thousand cells has a few hundred different ones, or is read by a function that costs a
microsecond: each different cell is read once and looked up from then on.
"""

import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple, cast

from advedu.i18n import N_
from advedu.importing.cells import ERRORS, Flaw
from advedu.naming import vocabulary
from advedu.values import readers
from advedu.values.dates import are_iso
from advedu.values.identity import are_id_numbers, is_masked
from advedu.values.readers import Problem
from advedu.values.text import normalise_name

# A name of so many characters with a star in it was masked; longer ones may have a star of their own.
MASKED_NAME = 4


class Clear:
    """What `<清空>` asks for: nothing shall stand here any more."""


CLEAR: Final = Clear()
FLAW = N_("the value is missing in the spreadsheet; open it, mend the formula and save it")
CLEAR_WORDS = ("<清空>", "<clear>", "＜清空＞")


class Bad:
    """A cell that cannot be read."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


class Reading(dict[Any, Any]):
    """Cell → value for the cells of one column: None where nothing shall change, `CLEAR`, `Bad`, or the value."""

    def __init__(self, read: Callable[[object], object], *, corrects: bool = False) -> None:
        super().__init__()
        self.read = read
        self.corrects = corrects
        self.any_bad = False
        self.any_cleared = False
        self.any_corrected = False

    def __missing__(self, cell: object) -> object:
        value = self[cell] = self._value(cell)
        return value

    def _value(self, cell: object) -> object:
        if cell is None:
            return None
        if isinstance(cell, str):
            cell = cell if isinstance(cell, Flaw) else cell.strip()
            if not cell:
                return None
            if cell[0] in "<＜" and cell.lower() in CLEAR_WORDS:
                self.any_cleared = True
                return CLEAR
        if isinstance(cell, Flaw) or cell in ERRORS:
            self.any_bad = True
            return Bad(Problem("value_invalid", FLAW))
        try:
            value = self.read(cell)
        except Problem as problem:
            self.any_bad = True
            return Bad(problem)
        self.any_corrected |= self.corrects and isinstance(cell, str) and value is not None and value != cell
        return value


class ColumnValues(NamedTuple):
    """The values of a column, and whether some of them are `Bad`, `CLEAR`, or other than what stands in the cell."""

    values: list[object]
    any_bad: bool = False
    any_cleared: bool = False
    any_corrected: bool = False


class Reader:
    """Reads the cells of a column.

    Args:
        read: cell → value, for one cell of any type that is not empty; raises `Problem`.
        kept: tells of the texts of a column, none of them empty, whether all are stored as they stand. For columns in
            which nearly every cell differs, where looking each up costs more than a few passes in C over all of them.
        corrects: whether a value other than the text is a correction, to be listed, and not another way to write it.
        days: whether a day of a spreadsheet is looked at as the text that it is stored as.
    """

    def __init__(
        self,
        read: Callable[[object], object],
        kept: Callable[[Sequence[str]], bool] | None = None,
        *,
        corrects: bool = False,
        days: bool = False,
    ) -> None:
        self.read = read
        self.kept = kept
        self.corrects = corrects
        self.days = days

    def values(self, cells: Sequence[object]) -> ColumnValues:
        """Return the values of a column."""
        if self.kept is not None and (found := self._as_text(cells)) is not None:
            texts = found if "" not in found else list(filter(None, found))
            if not texts or self.kept(texts):
                return ColumnValues([text or None for text in found] if len(texts) < len(found) else list(found))
        reading = Reading(self.read, corrects=self.corrects)
        values = list(map(reading.__getitem__, cells))
        return ColumnValues(values, reading.any_bad, reading.any_cleared, reading.any_corrected)

    def _as_text(self, cells: Sequence[object]) -> Sequence[str] | None:
        """Return cells of which all are texts, or days where these are meant; None for others."""
        types = set(map(type, cells))
        if types == {str}:
            return cast("Sequence[str]", cells)
        return list(map(str, cells)) if self.days and types <= {str, date} else None


def _tidy(odd: Callable[[str], object] | None = None) -> Callable[[Sequence[str]], bool]:
    """Return what tells whether texts hold nothing that needs a closer look.

    Args:
        odd: what makes all texts of this column, side by side, need one beside what makes any.
    """

    def tidy(texts: Sequence[str]) -> bool:
        joined = "".join(texts)
        return (
            joined.isprintable()
            and not any(mark in joined for mark in ("<", "＜", "*", "＊", "  ", "#"))
            and not (odd and odd(joined))
            and list(map(str.strip, texts)) == list(texts)
        )

    return tidy


_FULL_WIDTH = re.compile(r"[\uff01-\uff5e]").search


def _full_width(joined: str) -> object:
    return not joined.isascii() and _FULL_WIDTH(joined)


def _shortened(joined: str) -> object:
    return _full_width(joined) or "E+" in joined or "e+" in joined


def _spaced(joined: str) -> object:
    return " " in joined


def by_name(connection: sqlite3.Connection, today: str) -> Mapping[str, Callable[[], Reader]]:
    """Return, by the names that `columns` uses, what makes the reader of a column."""

    def listed(name: str) -> Callable[[], Reader]:
        return lambda: Reader(vocabulary.listed(connection, name))

    return {
        "text": lambda: Reader(readers.text, _tidy()),
        "name": lambda: Reader(unless_starred(readers.name), _tidy(_spaced), corrects=True),
        "code": lambda: Reader(readers.code, _tidy(_shortened), corrects=True),
        "member": lambda: Reader(_member, _tidy(lambda text: _spaced(text) or _shortened(text)), corrects=True),
        "phone": lambda: Reader(unless_masked(readers.phone), _tidy(_shortened), corrects=True),
        "id_number": lambda: Reader(
            unless_masked(readers.born_by(readers.id_number, today)),
            lambda texts: are_id_numbers(texts, today),
            corrects=True,
        ),
        "day": lambda: Reader(readers.day),
        "past_day": lambda: Reader(readers.past(readers.day, today)),
        "past_month": lambda: Reader(
            readers.past(readers.month_or_day, today), lambda texts: are_iso(texts, today), days=True
        ),
        "aliases": lambda: Reader(readers.aliases),
        "count": lambda: Reader(readers.count),
        "tick": lambda: Reader(readers.tick),
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
        raise Problem("id_number_cell", readers.ID_PROBLEMS["id_number_cell"])
    if isinstance(cell, str) and readers.is_shortened(cell):
        raise Problem("id_number_cell", readers.ID_PROBLEMS["id_number_cell"])
    return readers.name(cell)


def unless_masked(read: Callable[[object], str]) -> Callable[[object], str | None]:
    """Return a reader for which a cell with stars, as we print it, changes nothing."""

    def reader(cell: object) -> str | None:
        return None if isinstance(cell, str) and ("*" in cell or "＊" in cell) and is_masked(cell) else read(cell)

    return reader


def unless_starred(read: Callable[[object], str]) -> Callable[[object], str | None]:
    """Return a reader of names for which 王** and 王*明 change nothing: they were masked before they were handed on."""

    def reader(cell: object) -> str | None:
        if isinstance(cell, str) and ("*" in cell or "＊" in cell):
            stars = cell.strip().replace("＊", "*")
            if "**" in stars or len(stars) <= MASKED_NAME:
                return None
        return read(cell)

    return reader


def _rank(connection: sqlite3.Connection) -> Callable[[object], str]:
    known = vocabulary.ranks(connection)
    return lambda cell: known.get(normalise_name(readers.as_text(cell)), readers.text(cell))


def turned(rows: Sequence[Sequence[object]], width: int) -> list[Sequence[object]]:
    """Return the first `width` columns of rows; a short row has nothing on its right."""
    if set(map(len, rows)) <= {width}:
        return list(zip(*rows, strict=True)) or [()] * width
    return [[row[index] if index < len(row) else None for row in rows] for index in range(width)]


def shifted(rows: Iterable[Sequence[object]], width: int) -> list[int]:
    """Return the indices of rows that have content to the right of the header."""
    return [
        number
        for number, row in enumerate(rows)
        if len(row) > width and any(cell is not None and str(cell).strip() for cell in row[width:])
    ]

"""Cells → values, one column at a time.

A column of fifteen thousand cells has a few hundred different ones, or is read by a function that costs a
microsecond: each different cell is read once and looked up from then on.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, Final, NamedTuple, cast

from advedu.i18n import N_
from advedu.importing.cells import ERRORS, Flaw
from advedu.nouns.declaration import Field
from advedu.values import kinds
from advedu.values.kinds import Lists
from advedu.values.readers import Problem


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


def of(field: Field, lists: Lists) -> Reader:
    """Return the reader of a column."""
    kind = field.of_kind
    kept = None if kind.kept is None else kind.kept(lists.today)
    return Reader(kinds.celled(field.kind, lists, field.words), kept, corrects=kind.corrects, days=kind.days)


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

"""Some rows of one sheet: their cells read column by column, and what is wrong with them said."""

from collections.abc import Callable, Mapping, Sequence

from advedu.i18n import _
from advedu.importing import column_reader, shifts
from advedu.importing.batch import Import
from advedu.importing.cells import is_ditto, may_repeat
from advedu.importing.column_reader import CLEAR, Bad, Reader
from advedu.importing.columns import DAY
from advedu.importing.issues import WHY, Issue
from advedu.importing.layout import Layout
from advedu.importing.sources import Row
from advedu.nouns.declaration import Field
from advedu.values import readers
from advedu.values.cell_names import column_letters
from advedu.values.identity import mask_phone, scrub
from advedu.values.readers import Problem
from advedu.values.text import normalise_name

# Shorter cells in a column of telephones are no numbers that could be rung.
LEAST_PHONE = 7
# Number cells keep fifteen digits.
_EXACT = 1e15


class Above:
    """What the next rows of a sheet must know of those above: the last cells, and which columns were spoken of."""

    def __init__(self) -> None:
        self.cells: dict[int, object] = {}
        self.untitled: set[int] = set()


class Chunk:
    """Some rows of one sheet, their cells read column by column.

    Attributes:
        layout: the sheet's layout.
        numbers: the rows' numbers in the sheet.
        bad: the indices of rows that are rejected.
        slipped: the indices of rows whose cells have slipped, of which nothing else is said.
        clears: the columns, by identifier, in which some cell asks to be cleared; among those that were read.
    """

    def __init__(
        self,
        batch: Import,
        file: str,
        layout: Layout,
        columns: Sequence[Field],
        rows: Sequence[tuple[int, Row]],
        above: Above | None = None,
    ) -> None:
        self.batch = batch
        self.file = file
        self.layout = layout
        self.numbers = [number for number, row in rows]
        self.cells = [row for number, row in rows]
        self.columns = column_reader.turned(self.cells, len(layout.titles))
        self.bad: set[int] = set()
        self.clears: set[str] = set()
        self.slipped: set[int] = set()
        self._names = {index: name for name, index in layout.columns.items()}
        self._declared = {column.name: column for column in columns}
        # (row, cell) → the cell that was read instead because that one is empty.
        self._instead: dict[tuple[int, int], int] = {}
        above = above or Above()
        self._read_instead()
        self._warn_untitled(above)
        self._copy_down(above)
        self._check_slipped()

    def _warn_untitled(self, above: Above) -> None:
        """Say once where cells have content and the column has no heading."""
        for index in self.layout.untitled:
            if index in above.untitled or index >= len(self.columns):
                continue
            i = next((i for i, cell in enumerate(self.columns[index]) if cell is not None and str(cell).strip()), None)
            if i is not None:
                above.untitled.add(index)
                self._issue(self.batch.warnings, i, index, "column_unknown", WHY["column_untitled"], {})

    def _read_instead(self) -> None:
        """Put what stands in a column that means the same where the one that is read has nothing."""
        for other, index in self.layout.twice.items():
            if any(map(_empty, self.columns[index])):
                self.columns[index] = column = list(self.columns[index])
                for i, cell in enumerate(self.columns[other]):
                    if _empty(column[i]) and not _empty(cell):
                        column[i] = cell
                        self._instead[i, index] = other

    def _copy_down(self, above: Above) -> None:
        """Put what stands above where a cell says that it is the same, and say so."""
        for index in (*self.layout.columns.values(), *self.layout.entries):
            column = self.columns[index]
            if may_repeat(column) and any(map(is_ditto, column)):
                self.columns[index] = column = list(column)
                last = above.cells.get(index)
                for i, cell in enumerate(column):
                    if not is_ditto(cell):
                        last = cell
                    elif last is None or not str(last).strip():
                        self._issue(self.batch.errors, i, index, "value_invalid", WHY["nothing_above"], {})
                        self.bad.add(i)
                        column[i] = None
                    else:
                        column[i] = last
                        shown = {"new": self._shown(index, str(last))}
                        self._issue(self.batch.warnings, i, index, "copied_down", WHY["copied_down"], shown)
            if column:
                above.cells[index] = column[-1]

    def _check_slipped(self) -> None:
        """Refuse rows whose cells stand in the wrong columns; nothing else is said of them."""
        for i, signs in shifts.find(self.columns, self.layout.columns).items():
            texts = (_(why).format(column=self.layout.titles[index]) for why, index in signs)
            self._issue(self.batch.errors, i, signs[0][1], "row_shifted", WHY["slipped"], {"signs": "; ".join(texts)})
            self.slipped.add(i)
        for i in column_reader.shifted(self.cells, len(self.layout.titles)):
            if i not in self.slipped:
                self.error(i, None, "row_shifted")
        self.bad |= self.slipped

    def __len__(self) -> int:
        return len(self.numbers)

    def values(self, name: str) -> list[object] | None:
        """Return the values of a column, or None when the sheet has no such column. Bad cells become errors."""
        index = self.layout.columns.get(name)
        return None if index is None else self._read(index, column_reader.of(self._declared[name], self.batch.lists))

    def entry_values(self, index: int) -> list[object]:
        """Return the days in one column of a wide sheet."""
        return self._read(index, column_reader.of(DAY, self.batch.lists))

    def or_nothing(self, name: str) -> list[object]:
        """Return the values of a column; a missing column has nothing in any row."""
        return self.values(name) or [None] * len(self)

    def read(self, name: str, read: Callable[[object], object]) -> list[object] | None:
        """Return the values of a column by a reader of the caller's, or None when the sheet has no such column."""
        index = self.layout.columns.get(name)
        return None if index is None else self._read(index, Reader(read))

    def refuse(self, i: int, column: str, problem: Problem) -> None:
        """Reject a row because its values do not go together."""
        self._issue(self.batch.errors, i, self._index(column), problem.code, problem.why, problem.values)
        self.bad.add(i)

    def _read(self, index: int, reader: Reader) -> list[object]:
        values, any_bad, any_cleared, any_corrected = reader.values(self.columns[index])
        if any_cleared:
            self.clears.add(self._names.get(index, ""))
        if any_corrected:
            self._list_corrected(index, values)
        if any_bad:
            for i, value in enumerate(values):
                if isinstance(value, Bad):
                    problem = value.problem
                    if i not in self.slipped:
                        self._issue(self.batch.errors, i, index, problem.code, problem.why, problem.values)
                    self.bad.add(i)
                    values[i] = None
        return values

    def _list_corrected(self, index: int, values: Sequence[object]) -> None:
        for i, (cell, value) in enumerate(zip(self.columns[index], values, strict=True)):
            if isinstance(cell, str) and isinstance(value, str) and value != cell.strip():
                shown = {"new": self._shown(index, value)}
                self._issue(self.batch.corrections, i, index, "corrected", WHY["corrected"], shown)

    def cleared(self, i: int, index: int) -> bool:
        """Tell whether a cell asks to be cleared."""
        cell = self.columns[index][i]
        return isinstance(cell, str) and cell.strip().lower() in column_reader.CLEAR_WORDS

    def duplicate(self, i: int, column: str | int | None, earlier: tuple[str, int]) -> None:
        """Reject a row whose record stands in an earlier one, of this file or of another."""
        file, number = earlier
        why = "duplicate_in_file" if file == self.file else "duplicate_in_files"
        self.error(i, column, "duplicate_in_file", why, file=file, row=number)

    def others(self, name: str) -> list[int]:
        """Return the indices of further columns that mean the same as the one that is read."""
        read = self.layout.columns.get(name)
        return [other for other, index in self.layout.twice.items() if index == read]

    def compare(self, i: int, name: str, known: Sequence[str]) -> None:
        """Warn where a further column that means the same says something else than the one that was read.

        `known` is what the thing that was found is called: its code, its name, and whatever else.
        """
        label = " ".join(known[:2])
        for other in self.others(name):
            cell = self.columns[other][i]
            if _empty(cell) or "*" in (text := readers.as_text(cell)):
                # Masked before it was handed on: it says neither the one nor the other.
                continue
            if normalise_name(text) not in map(normalise_name, (*known, label)):
                self._issue(self.batch.warnings, i, other, "names_differ", WHY["names_differ"], {"read": label})

    def error(self, i: int, column: str | int | None, code: str, why: str = "", /, **values: object) -> None:
        """Reject a row: `column` is an identifier or the index of a cell; `why` a key of `WHY` other than the code."""
        self._issue(self.batch.errors, i, self._index(column), code, WHY[why or code], values)
        self.bad.add(i)

    def correct(self, i: int, column: str, new: str) -> None:
        """List that a cell was read as something that is not quite what stands there."""
        self._issue(self.batch.corrections, i, self._index(column), "corrected", WHY["corrected"], {"new": new})

    def warn(self, i: int, column: str | None, code: str, /, **values: object) -> None:
        """Say something about a row that is imported all the same."""
        self._issue(self.batch.warnings, i, self._index(column), code, WHY[code], values)

    def _index(self, column: str | int | None) -> int | None:
        return self.layout.columns.get(column) if isinstance(column, str) else column

    def _issue(
        self, where: list[Issue], i: int, index: int | None, code: str, why: str, values: Mapping[str, object]
    ) -> None:
        row = self.cells[i]
        index = index if index is None else self._instead.get((i, index), index)
        title = self.layout.titles[index] if index is not None and index < len(self.layout.titles) else None
        if title == "" and index is not None:
            title = column_letters(index + 1)
        cell = row[index] if index is not None and index < len(row) else None
        value = None if cell is None or cell == "" else self._shown(index, _as_seen(cell))
        found = Issue(self.file, self.layout.sheet, self.numbers[i], title, value, code, why, dict(values), index)
        where.append(found)

    def _shown(self, index: int | None, text: str) -> str:
        """Return a cell as messages may show it: personal numbers masked however wrong they are."""
        name = None if index is None else self._names.get(index)
        mask = None if name is None else self._declared[name].of_kind.mask
        short = mask is mask_phone and len(text) < LEAST_PHONE
        return scrub(text) if mask is None or short else mask(text)


def _empty(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _as_seen(cell: object) -> str:
    """Return a cell as the sender sees it: a whole number has no decimal point, unless it was rounded anyhow."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT else str(cell)


def stored(value: object) -> object:
    """Return what is stored for a value that was read: nothing for `CLEAR`."""
    return None if value is CLEAR else value

"""One import under way: what it has read, counted, found wrong."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple, cast

from advedu.fields import Problem
from advedu.identity import mask_id_number, mask_phone, scrub
from advedu.importing import table
from advedu.importing.columns import Column
from advedu.importing.issues import WHY, Issue
from advedu.importing.layout import Layout
from advedu.importing.sources import Row
from advedu.importing.table import CLEAR, Bad, Reader
from advedu.recording import done
from advedu.recording.codes import MemberCodes
from advedu.storage import campaign, members, units

# Shorter cells in a column of telephones are no numbers that could be rung.
LEAST_PHONE = 7


class MemberNames(NamedTuple):
    """Ways to name a member: code, ID number, and name with unit."""

    codes: dict[str, int]
    numbers: dict[str, int]
    by_name: dict[tuple[str, int], list[int]]


class Import:
    """What one import works with, whatever the number of its files.

    Attributes:
        connection: the file, inside the operation.
        today: the file's day; nothing later is accepted.
        entered: the day of entry.
        moves_on: the day of moves and transfers, or None when nothing may move.
        partial: whether good records are kept beside bad ones.
        counts: "read", "dropped", "inserted", "updated", "unchanged", "rejected".
        errors, warnings: what was found, in the order of the rows.
        assigned: (row, name, code) of records that came without a code.
    """

    def __init__(
        self, connection: sqlite3.Connection, *, today: str, entered: str, moves_on: str | None, partial: bool
    ) -> None:
        self.connection = connection
        self.today = today
        self.entered = entered
        self.moves_on = moves_on
        self.partial = partial
        self.counts: Counter[str] = Counter()
        self.errors: list[Issue] = []
        self.warnings: list[Issue] = []
        self.assigned: list[tuple[int, str, str]] = []
        self.tick: Callable[[int], None] = lambda _count: None
        self.seen_members: dict[int, tuple[str, int]] = {}
        self.seen_records: dict[tuple[object, ...], tuple[str, int]] = {}
        self.member_codes: MemberCodes | None = None
        # Whether anybody was stored before this import: only then can somebody new be somebody old.
        self.had_members = members.any_stored(connection)
        self._ranks: set[str] | None = None
        self._closed: dict[int | None, str] | None = None
        self._rules: done.Rules | None = None
        self._member_names: MemberNames | None = None
        self._units: tuple[dict[str, int], dict[str, list[int]]] | None = None

    def unit_names(self) -> tuple[dict[str, int], dict[str, list[int]]]:
        """Return code → unit and full name → units, read once."""
        if self._units is None:
            codes: dict[str, int] = {}
            names: dict[str, list[int]] = {}
            for id_, code, name in units.names(self.connection):
                codes[code] = id_
                names.setdefault(name, []).append(id_)
            self._units = codes, names
        return self._units

    def rank_names(self) -> set[str]:
        """Return the ranks of the campaign."""
        if self._ranks is None:
            self._ranks = {entry.name for entry in campaign.entries(self.connection, "rank")}
        return self._ranks

    def closed_units(self) -> dict[int | None, str]:
        """Return the closed units and the day of closing."""
        if self._closed is None:
            self._closed = units.closed(self.connection)
        return self._closed

    def rules(self) -> done.Rules:
        """Return the rules about records, read once."""
        if self._rules is None:
            self._rules = done.Rules(self.connection)
        return self._rules

    def member_names(self) -> MemberNames:
        """Return the ways to name a member, read once."""
        if self._member_names is None:
            self._member_names = MemberNames(*members.all_names(self.connection))
        return self._member_names

    def forget_units(self) -> None:
        """Read the units' names anew next time: some were added."""
        self._units = None


class Chunk:
    """Some rows of one sheet, their cells read column by column.

    Attributes:
        layout: the sheet's layout.
        numbers: the rows' numbers in the sheet.
        bad: the indices of rows that are rejected.
    """

    def __init__(
        self,
        batch: Import,
        file: str,
        layout: Layout,
        columns: Sequence[Column],
        rows: Sequence[tuple[int, Row]],
    ) -> None:
        self.batch = batch
        self.file = file
        self.layout = layout
        self.numbers = [number for number, _ in rows]
        self.cells = [row for _, row in rows]
        self.columns = table.turned(self.cells, len(layout.titles))
        self.bad: set[int] = set()
        self._declared = {column.name: column for column in columns}
        self._readers = table.readers(batch.connection, batch.today)
        for index in table.shifted(self.cells, len(layout.titles)):
            self.error(index, None, "row_shifted")

    def __len__(self) -> int:
        return len(self.numbers)

    def values(self, name: str) -> list[object] | None:
        """Return the values of a column, or None when the sheet has no such column. Bad cells become errors."""
        index = self.layout.columns.get(name)
        return None if index is None else self._read(index, self._readers[self._declared[name].reader]())

    def entry_values(self, index: int) -> list[object]:
        """Return the days in one column of a wide sheet."""
        return self._read(index, self._readers["past_day"]())

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
        values, any_bad = reader.values(self.columns[index])
        if any_bad:
            for i, value in enumerate(values):
                if isinstance(value, Bad):
                    problem = value.problem
                    self._issue(self.batch.errors, i, index, problem.code, problem.why, problem.values)
                    self.bad.add(i)
                    values[i] = None
        return values

    def cleared(self, i: int, index: int) -> bool:
        """Tell whether a cell asks to be cleared."""
        cell = self.columns[index][i]
        return isinstance(cell, str) and cell.strip().lower() in table.CLEAR_WORDS

    def named(self, row: tuple[str, int]) -> str:
        """Return how a message names a row: with its file when that is another one."""
        file, number = row
        return str(number) if file == self.file else f"{file}: {number}"

    def error(self, i: int, column: str | int | None, code: str, why: str = "", /, **values: object) -> None:
        """Reject a row: `column` is an identifier or the index of a cell; `why` a key of `WHY` other than the code."""
        self._issue(self.batch.errors, i, self._index(column), code, WHY[why or code], values)
        self.bad.add(i)

    def warn(self, i: int, column: str | None, code: str, /, **values: object) -> None:
        """Say something about a row that is imported all the same."""
        self._issue(self.batch.warnings, i, self._index(column), code, WHY[code], values)

    def _index(self, column: str | int | None) -> int | None:
        return self.layout.columns.get(column) if isinstance(column, str) else column

    def _issue(
        self, where: list[Issue], i: int, index: int | None, code: str, why: str, values: dict[str, object]
    ) -> None:
        row = self.cells[i]
        title = self.layout.titles[index] if index is not None and index < len(self.layout.titles) else None
        cell = row[index] if index is not None and index < len(row) else None
        value = None if cell is None or cell == "" else self._shown(index, str(cell))
        where.append(Issue(self.file, self.layout.sheet, self.numbers[i], title, value, code, why, values))

    def _shown(self, index: int | None, text: str) -> str:
        """Return a cell as messages may show it: personal numbers masked however wrong they are."""
        name = next((name for name, place in self.layout.columns.items() if place == index), None)
        if name == "id_number":
            return mask_id_number(text)
        return mask_phone(text) if name == "phone" and len(text) >= LEAST_PHONE else scrub(text)

    def unit_ids(self, name: str = "unit") -> list[int | None]:
        """Return the units that a column names by code or full name; None where it is empty or wrong."""
        codes, names = self.batch.unit_names()
        texts = self.values(name)
        if texts is None:
            return [None] * len(self)
        found: dict[object, int | _Unfound | None] = {None: None, CLEAR: None}
        for text in set(texts) - {None, CLEAR}:
            found[text] = codes.get(str(text)) or _only(names.get(str(text), ())) or self._forgiving(str(text))
        ids = list(map(found.__getitem__, texts))
        if any(isinstance(id_, _Unfound) for id_ in found.values()):
            for i, id_ in enumerate(ids):
                if isinstance(id_, _Unfound):
                    self.error(i, name, id_.code, id_.why, **id_.values)
                    ids[i] = None
        return cast("list[int | None]", ids)

    def _forgiving(self, text: str) -> int | _Unfound:
        """Return the unit whose name is the same but for spaces and width, or what is wrong."""
        from advedu import errors, naming

        try:
            return naming.unit(self.batch.connection, text).id
        except errors.AmbiguousUnit as error:
            return _Unfound("unit_ambiguous", "unit_ambiguous", {"candidates": error.values["candidates"]})
        except errors.NoSuchUnit as error:
            nearest = error.values["nearest"]
            return _Unfound("unit_unknown", "unit_misspelt" if nearest else "", {"nearest": nearest})


class _Unfound(NamedTuple):
    code: str
    why: str
    values: dict[str, object]


def _only(ids: Sequence[int]) -> int | None:
    return ids[0] if len(ids) == 1 else None


def stored(value: object) -> object:
    """Return what is stored for a value that was read: nothing for `CLEAR`."""
    return None if value is CLEAR else value

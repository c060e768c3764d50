"""Rows → records of the registers: one way for all of them, from their declarations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from advedu import errors
from advedu.i18n import N_
from advedu.importing import unit_cells
from advedu.importing.batch import Import
from advedu.importing.chunk import Chunk, stored
from advedu.importing.column_reader import CLEAR
from advedu.importing.records import member_owners
from advedu.nouns import registers
from advedu.nouns.declaration import Field, Register, Wrong
from advedu.recording import register_records
from advedu.storage import members, register_rows, units
from advedu.values import readers
from advedu.values.readers import Problem


def apply(batch: Import, chunks: Sequence[Chunk], register: Register) -> None:
    """Write the records of chunks of rows."""
    for chunk in chunks:
        _Rows(batch, chunk, register).write()


class _Rows:
    """The rows of one chunk, their cells read."""

    def __init__(self, batch: Import, chunk: Chunk, register: Register) -> None:
        self.batch = batch
        self.chunk = chunk
        self.register = register
        self.values: dict[str, list[Any]] = {}
        self.units = unit_cells.unit_ids(chunk)
        for field in register.fields:
            found = self._column(field)
            if found is not None:
                self.values[field.name] = found
        self.numbers = chunk.read("number", readers.number) or [None] * len(chunk)
        self.above: dict[int, tuple[int, ...]] = {}

    def _column(self, field: Field) -> list[Any] | None:
        if field.name not in self.chunk.layout.columns:
            return self.units if field.name == "unit" else None
        if field.kind == "unit":
            return self.units if field.name == "unit" else list(unit_cells.unit_ids(self.chunk, field.name))
        if field.kind == "member":
            homes: list[int | None] = [None] * len(self.chunk) if field.anywhere else self.units
            return member_owners(self.chunk, homes, optional=not field.required)
        if field.kind == "units":
            return self.chunk.read(field.name, self._unit_codes)
        if field.is_record:
            return self.chunk.read(field.name, _reader(registers.named(field.kind)))
        return self.chunk.values(field.name)

    def write(self) -> None:
        """Write them one after the other."""
        for i in range(len(self.chunk)):
            if i not in self.chunk.bad:
                try:
                    self._write(i)
                except Wrong as problem:
                    self.chunk.refuse(i, problem.field, problem)
                except errors.UnitClosed as error:
                    self.chunk.error(i, "unit", "value_invalid", "unit_closed", day=error.values["closed_on"])
        self.batch.tick(len(self.chunk))

    def _write(self, i: int) -> None:
        connection, register = self.batch.connection, self.register
        given = {name: stored(values[i]) for name, values in self.values.items() if values[i] is not None}
        for field in register.fields:
            if field.is_record and given.get(field.name) is not None:
                given[field.name] = self._record(i, field, str(given[field.name]))
            cell = self.values.get(field.name, [None] * len(self.chunk))[i]
            if field.key and field.required and cell in (None, CLEAR) and field.default is None:
                raise Wrong(field.name, "required_missing", N_("this cell must not be empty"))
        number = self._number(i, given)
        key = (
            register.table,
            number or tuple(register_records.with_defaults(register, given)[f.name] for f in register.key),
        )
        here = (self.chunk.file, self.chunk.numbers[i])
        earlier = self.batch.seen_records.setdefault(key, here)
        if earlier != here:
            self.chunk.duplicate(i, register.key[0].name, earlier)
            return
        self.batch.count(self.chunk.file, register_records.put(connection, register, given, self.batch.entered, number))

    def _number(self, i: int, given: dict[str, Any]) -> int | None:
        """Return the number that a row names, which must be that very record: the row may come from another file."""
        number = self.numbers[i]
        if not isinstance(number, int):
            return None
        there = register_rows.get(self.batch.connection, self.register, number)
        if there is None or (self.register.has_unit and there["unit"] != given.get("unit")):
            why = N_("the unit has no record of this number; leave the cell empty for a new one")
            raise Wrong("number", "value_invalid", why)
        if any(given.get(field.name) not in (None, there[field.name]) for field in self.register.key):
            why = N_("number {number} is another record; leave the cell empty, or change that one with `edit`")
            raise Wrong("number", "value_invalid", why, number=number)
        return number

    def _record(self, i: int, field: Field, label: str) -> int:
        """Return the record of another register that a cell names, by its number or its label.

        It is looked for in the row's unit (that of its member when no unit is named), then in the units above: who
        belongs to a branch may have missed a session of the committee.
        """
        near = () if field.anywhere else self._near(i)
        if near and self.units[i] is None and not label.isdigit():
            # The member may have moved since: then it is the one record anywhere that bears the label.
            try:
                return register_records.reference(self.batch.connection, field, near, label)
            except Wrong:
                near = ()
        return register_records.reference(self.batch.connection, field, near, label)

    def _unit_codes(self, cell: object) -> str:
        """Read a list of units: codes or full names separated by 、 or commas; stored as codes."""
        return register_records.unit_codes(self.batch.lookup(), readers.text(cell), by_sound=False)

    def _near(self, i: int) -> tuple[int, ...]:
        """Return the unit that a row names and, where its records are those of a member, those above it."""
        unit_id = self.units[i]
        if self.register.has_unit or "member" not in self.values:
            return () if unit_id is None else (unit_id,)
        member_id = self.values.get("member", [None] * len(self.chunk))[i]
        if unit_id is None and isinstance(member_id, int):
            unit_id = members.unit_on(self.batch.connection, member_id, self.batch.today)
        if unit_id is None:
            return ()
        if unit_id not in self.above:
            self.above[unit_id] = (unit_id, *units.ancestors(self.batch.connection, unit_id, self.batch.today))
        return self.above[unit_id]


def _reader(other: Register) -> Callable[[object], str]:
    """Return the reader of what names a record: its number, a day where it is known by one, or a text."""
    dated = any("day" in other.field(name).kind for name in other.labels)

    def read(cell: object) -> str:
        text = readers.as_text(cell)
        if (dated and not text.isdigit()) or len(text) == len("20050131"):
            try:
                return readers.day(cell)
            except Problem:
                return readers.text(cell)
        return readers.text(cell)

    return read

"""The kinds of files: the columns of each, and what writes it."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from advedu import registers as declared
from advedu.importing import columns, members, records, registers, units
from advedu.importing.batch import Import
from advedu.importing.chunk import Chunk
from advedu.importing.columns import Column
from advedu.registers.shape import Register


class Kind(NamedTuple):
    """A kind of file: its columns, the list that a wide one has columns for, and what writes it."""

    columns: Sequence[Column]
    entry: str | None
    apply: Callable[[Import, Sequence[Chunk]], None]
    # Whether all rows of all files must be known before the first is written.
    whole: bool = False


def _records(name: str) -> Callable[[Import, Sequence[Chunk]], None]:
    return lambda batch, chunks: records.apply(batch, chunks, records.KINDS[name])


def _register(register: Register) -> Kind:
    return Kind(registers.columns(register), None, lambda batch, chunks: registers.apply(batch, chunks, register))


KINDS: Mapping[str, Kind] = {
    "units": Kind(columns.UNITS, None, units.apply, whole=True),
    "members": Kind(columns.MEMBERS, None, members.apply),
    "milestones": Kind(columns.MILESTONES, "milestone", _records("milestones")),
    "tasks": Kind(columns.TASKS, "task", _records("tasks")),
    "nine-ones": Kind(columns.ITEMS, "item", _records("nine-ones")),
    **{register.kind: _register(register) for register in declared.everyone()},
}

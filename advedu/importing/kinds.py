"""The kinds of files: the columns of each, and what writes it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from advedu.importing import columns
from advedu.importing.batch import Import
from advedu.importing.chunk import Chunk
from advedu.nouns import index, registers
from advedu.nouns.declaration import Field, Register


class FileKind(NamedTuple):
    """A kind of file: its columns, the list that a wide one has columns for, and what writes it."""

    columns: Sequence[Field]
    entry: str | None
    apply: Callable[[Import, Sequence[Chunk]], None]
    # Whether all rows of all files must be known before the first is written.
    whole: bool = False


def _units(register: Register) -> FileKind:
    from advedu.importing import unit_sheets

    return FileKind(columns.of(register), None, unit_sheets.apply, whole=True)


def _members(register: Register) -> FileKind:
    from advedu.importing import member_sheets

    return FileKind(columns.of(register), None, member_sheets.apply)


def _marks(register: Register) -> FileKind:
    from advedu.importing import records

    kind = records.KINDS[register.noun]
    return FileKind(columns.of(register), kind.entry, lambda batch, chunks: records.apply(batch, chunks, kind))


def _records(register: Register) -> FileKind:
    from advedu.importing import register_sheets

    return FileKind(columns.of(register), None, lambda batch, chunks: register_sheets.apply(batch, chunks, register))


_OWN = {"unit": _units, "member": _members, "milestone": _marks, "task": _marks, "nine": _marks}


class _Kinds(Mapping[str, FileKind]):
    """Name → kind, made when it is asked for: an import loads what writes its own kind alone."""

    def __init__(self) -> None:
        self._made: dict[str, FileKind] = {}

    def __getitem__(self, name: str) -> FileKind:
        if name not in self._made:
            register = registers.of_file(name)
            self._made[name] = _OWN.get(register.noun, _records)(register)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(index.FILES)

    def __len__(self) -> int:
        return len(index.FILES)


KINDS: Mapping[str, FileKind] = _Kinds()

"""The kinds of files: the columns of each, and what writes it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from advedu.importing import columns
from advedu.importing.batch import Import
from advedu.importing.chunk import Chunk
from advedu.importing.columns import Column
from advedu.nouns import registers as declared


class FileKind(NamedTuple):
    """A kind of file: its columns, the list that a wide one has columns for, and what writes it."""

    columns: Sequence[Column]
    entry: str | None
    apply: Callable[[Import, Sequence[Chunk]], None]
    # Whether all rows of all files must be known before the first is written.
    whole: bool = False


def _units() -> FileKind:
    from advedu.importing import units

    return FileKind(columns.UNITS, None, units.apply, whole=True)


def _members() -> FileKind:
    from advedu.importing import members

    return FileKind(columns.MEMBERS, None, members.apply)


def _records(name: str, declared: Sequence[Column]) -> FileKind:
    from advedu.importing import records

    kind = records.KINDS[name]
    return FileKind(declared, kind.entry, lambda batch, chunks: records.apply(batch, chunks, kind))


def _register(noun: str) -> FileKind:
    from advedu.importing import registers

    register = declared.named(noun)
    return FileKind(registers.columns(register), None, lambda batch, chunks: registers.apply(batch, chunks, register))


class _Kinds(Mapping[str, FileKind]):
    """Name → kind, made when it is asked for: an import loads what writes its own kind alone."""

    def __init__(self) -> None:
        self._made: dict[str, FileKind] = {}
        self._makers: dict[str, Callable[[], FileKind]] = {
            "units": _units,
            "members": _members,
            "milestones": lambda: _records("milestones", columns.MILESTONES),
            "tasks": lambda: _records("tasks", columns.TASKS),
            "nine-ones": lambda: _records("nine-ones", columns.ITEMS),
        } | {name: lambda noun=noun: _register(noun) for name, noun in declared.FILES.items()}

    def __getitem__(self, name: str) -> FileKind:
        if name not in self._made:
            self._made[name] = self._makers[name]()
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)


KINDS: Mapping[str, FileKind] = _Kinds()

"""Rows that may be about one and the same person: said, never decided."""

from __future__ import annotations

from collections.abc import Sequence

from advedu.importing.chunk import Chunk
from advedu.nouns.model import Member
from advedu.values import identity
from advedu.values.text import normalise_name


def same_day(one: str, other: str) -> bool:
    """Tell whether two days, either of which may be a month, may be the same."""
    return one.startswith(other) or other.startswith(one)


def warn_of_stored(
    chunk: Chunk,
    new: Sequence[int],
    names: Sequence[object],
    units: Sequence[int | None],
    numbers: Sequence[object],
    members: Sequence[Member],
) -> None:
    """Warn where somebody new bears the name of somebody in the unit whose ID number is not known on both sides."""
    namesakes: dict[tuple[int, str], list[Member]] = {}
    for member in members:
        namesakes.setdefault((member.unit_id, normalise_name(member.name)), []).append(member)
    for i in new:
        unit_id = units[i]
        for member in namesakes.get((unit_id, normalise_name(str(names[i]))), ()) if unit_id else ():
            if (member.id_number is None or numbers[i] is None) and i not in chunk.bad:
                chunk.warn(i, "name", "look_alike", who=member.label)


def warn_of_rows(
    chunk: Chunk,
    new: Sequence[int],
    names: Sequence[object],
    units: Sequence[int | None],
    numbers: Sequence[object],
    born: Sequence[object],
) -> None:
    """Warn where two new rows bear one name in one unit and may be born on one day."""
    keys = list(zip(units, names, strict=True))
    if len(set(keys)) == len(keys):
        # Nearly always, and found out in C.
        return
    first: dict[tuple[int | None, object], int] = {}
    for i in new:
        earlier = first.setdefault(keys[i], i)
        if earlier == i or i in chunk.bad or earlier in chunk.bad:
            continue
        one, other = (_birth(numbers[row], born[row]) for row in (i, earlier))
        if one is None or other is None or same_day(one, other):
            chunk.warn(i, "name", "look_alike_row", row=chunk.numbers[earlier])


def _birth(number: object, born: object) -> str | None:
    if isinstance(born, str):
        return born
    return identity.born_on(number) if isinstance(number, str) else None

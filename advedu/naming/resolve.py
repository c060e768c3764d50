"""From what a person calls something to the thing itself, with candidates and suggestions where it fails."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import cached_property
from typing import TypeVar

from advedu import errors
from advedu.nouns.model import Entry, Member, Unit
from advedu.storage import aliases, campaign, members, units
from advedu.values.identity import parse_id_number, scrub
from advedu.values.pinyin import Sound, typed
from advedu.values.text import normalise_name, shortened, suggestions

Named = TypeVar("Named", Unit, Member)

# A message that lists candidates stays readable up to here.
# Shorter beginnings of codes say nothing.
LEAST_CODE = 4


class Lookup:
    """Units and members by what people call them. What is read of the file for it is read once, however many follow."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    @cached_property
    def _units(self) -> list[tuple[int, str, str]]:
        return units.names(self.connection)

    @cached_property
    def _unit_keys(self) -> dict[str, list[int]]:
        """Normalised names and codes → units."""
        keys: dict[str, list[int]] = {}
        for id_, code, name in self._units:
            for key in {normalise_name(name), code.casefold()}:
                keys.setdefault(key, []).append(id_)
        return keys

    @cached_property
    def _aliases(self) -> list[tuple[int, str]]:
        return aliases.everyone(self.connection)

    @cached_property
    def _members(self) -> list[tuple[int, str, str, int]]:
        return members.names(self.connection)

    @cached_property
    def _member_keys(self) -> dict[str, list[tuple[int, str, str, int]]]:
        """Normalised names and codes → members."""
        keys: dict[str, list[tuple[int, str, str, int]]] = {}
        for row in self._members:
            for key in {normalise_name(row[2]), row[1].casefold()}:
                keys.setdefault(key, []).append(row)
        return keys

    def unit(self, wanted: str, *, by_sound: bool = True) -> Unit:
        """Return the unit with that code, full name or other name, or whose name has these initials or this pinyin.

        Initials are for people at a keyboard, who see at once what they have named; for the cells of a file they are
        too little (`by_sound`).

        Raises:
            NoSuchUnit: with the nearest names.
            AmbiguousUnit: with the units that bear the name.
        """
        wanted = wanted.strip()
        if found := units.by_code(self.connection, wanted) or _labelled(self.connection, wanted, units.by_code):
            return found
        named = [unit.id for unit in units.by_name(self.connection, wanted)]
        if not named:
            key = normalise_name(wanted)
            named = self._unit_keys.get(key) or self._called(key, by_sound=by_sound)
        if len(named) == 1:
            return units.by_id(self.connection, named[0])
        if named:
            candidates = [units.by_id(self.connection, id_).label for id_ in named]
            raise errors.AmbiguousUnit(wanted=wanted, candidates=shortened(candidates))
        raise errors.NoSuchUnit(wanted=wanted, nearest=nearest(wanted, [(code, name) for _, code, name in self._units]))

    def _called(self, key: str, *, by_sound: bool) -> list[int]:
        """Return the units that have another name like this; else those of which a name sounds like it."""
        named = [id_ for id_, alias in self._aliases if normalise_name(alias) == key]
        sound = _sound(key) if by_sound and not named else None
        if sound is not None:
            every = [*((id_, name) for id_, _, name in self._units), *self._aliases]
            named = [id_ for id_, name in every if sound.is_whole(name)]
        return list(dict.fromkeys(named))

    def member(self, wanted: str, within: Unit | None = None, *, by_sound: bool = True) -> Member:
        """Return the member with that code, ID number or name, or whose name has these initials or this pinyin.

        `within` narrows a name down to a unit and all below it; for `by_sound` see `unit`.

        Raises:
            NoSuchMember: with the nearest names.
            AmbiguousMember: with the namesakes, their units and days of birth.
        """
        wanted = wanted.strip()
        connection = self.connection
        if found := members.by_code(connection, wanted) or _by_id_number(connection, wanted):
            return found
        if labelled := _labelled(connection, wanted, members.by_code):
            return labelled
        key = normalise_name(wanted)
        below = None if within is None else {id_ for id_, _ in units.subtree(connection, within.id)}
        named = [row for row in self._member_keys.get(key, ()) if below is None or row[3] in below]
        known = named or [row for row in self._members if below is None or row[3] in below]
        sound = _sound(key) if by_sound and not named else None
        if sound is not None:
            named = [row for row in known if sound.is_whole(row[2], person=True)]
        if len(named) == 1:
            return members.by_id(connection, named[0][0])
        if named:
            candidates = shortened(named, lambda row: _told_apart(connection, row[0]))
            raise errors.AmbiguousMember(wanted=wanted, candidates=candidates)
        close = nearest(wanted, [(code, name) for _, code, name, _ in known])
        raise errors.NoSuchMember(wanted=scrub(wanted), nearest=close)


def unit(connection: sqlite3.Connection, wanted: str, *, by_sound: bool = True) -> Unit:
    """Return one unit; see `Lookup.unit`."""
    return Lookup(connection).unit(wanted, by_sound=by_sound)


def member(connection: sqlite3.Connection, wanted: str, within: Unit | None = None, *, by_sound: bool = True) -> Member:
    """Return one member; see `Lookup.member`."""
    return Lookup(connection).member(wanted, within, by_sound=by_sound)


def root_or(connection: sqlite3.Connection, wanted: str | None) -> Unit | None:
    """Return the named unit, or the file's root when none is named; None in an empty file."""
    return unit(connection, wanted) if wanted else units.root(connection)


def _sound(key: str) -> Sound | None:
    """Return what letters mean as pinyin or initials; None for anything else."""
    letters = typed(key)
    return Sound(letters) if letters else None


def _told_apart(connection: sqlite3.Connection, id_: int) -> str:
    """Return a member with what tells namesakes apart: the unit, and the day of birth."""
    found = members.by_id(connection, id_)
    where = units.by_id(connection, found.unit_id).name
    return f"{found.label} ({where}, {found.born_on})" if found.born_on else f"{found.label} ({where})"


def _labelled(
    connection: sqlite3.Connection, wanted: str, by_code: Callable[[sqlite3.Connection, str], Named | None]
) -> Named | None:
    """Return the thing that a word names by code and name, as our own lists and messages do."""
    code, _, name = wanted.partition(" ")
    found = by_code(connection, code) if name else None
    return found if found is not None and " ".join(found.name.split()) == " ".join(name.split()) else None


def _by_id_number(connection: sqlite3.Connection, wanted: str) -> Member | None:
    try:
        return members.by_id_number(connection, parse_id_number(wanted))
    except ValueError:
        # What is no ID number may still be a name.
        return None


_MISSING = {
    "batch": errors.NoSuchBatch,
    "phase": errors.NoSuchPhase,
    "sector": errors.NoSuchSector,
    "milestone": errors.NoSuchMilestone,
    "task": errors.NoSuchTask,
    "item": errors.NoSuchItem,
}


def entry(connection: sqlite3.Connection, kind: str, wanted: str) -> Entry:
    """Return the milestone, task, item or batch with that code or name.

    Raises:
        NotFound: with the nearest names.
    """
    from advedu.naming.vocabulary import listed

    known = campaign.entries(connection, kind)
    id_ = listed(connection, kind).find(wanted)
    for each in known:
        if each.id == id_:
            return each
    close = nearest(wanted, [(each.code, each.name) for each in known]) or ", ".join(each.label for each in known)
    raise _MISSING[kind](wanted=wanted, nearest=close)


def nearest(wanted: str, known: list[tuple[str, str]]) -> str:
    """Return the things (code, name) that a misspelt word may mean, for a message.

    A mistyped code is only taken for one that it begins, or that begins it: among thousands of codes in a row every
    one is near to every other.
    """
    if wanted.isascii():
        close = [f"{code} {name}" for code, name in known if code.startswith(wanted) or wanted.startswith(code)]
        return shortened(close) if len(wanted) >= LEAST_CODE else ""
    # People leave the end of a long name away, so its beginning counts as a name too.
    labels = {name[: len(wanted)]: [f"{code} {name}"] for code, name in reversed(known)}
    # One name may be borne by many; which of them is meant, only whoever wrote it knows.
    bearers: dict[str, list[str]] = {}
    for code, name in known:
        bearers.setdefault(name, []).append(f"{code} {name}")
    labels |= bearers
    return shortened(list(dict.fromkeys(label for word in suggestions(wanted, labels) for label in labels[word])))

"""From what a person calls something to the thing itself, with candidates and suggestions where it fails."""

from __future__ import annotations

import sqlite3

from advedu import errors
from advedu.identity import parse_id_number, scrub
from advedu.model import Entry, Member, Unit
from advedu.storage import campaign, members, units
from advedu.text import normalise_name, suggestions

# A message that lists candidates stays readable up to here.
SHOWN = 6
# Shorter beginnings of codes say nothing.
LEAST_CODE = 4


def unit(connection: sqlite3.Connection, wanted: str) -> Unit:
    """Return the unit with that code or full name.

    Raises:
        NoSuchUnit: with the nearest names.
        AmbiguousUnit: with the units that bear the name.
    """
    wanted = wanted.strip()
    if found := units.by_code(connection, wanted):
        return found
    named = units.by_name(connection, wanted)
    known: list[tuple[int, str, str]] = []
    if not named:
        known = units.names(connection)
        key = normalise_name(wanted)
        named = [
            units.by_id(connection, id_) for id_, code, name in known if key in (normalise_name(name), code.casefold())
        ]
    if len(named) == 1:
        return named[0]
    if named:
        raise errors.AmbiguousUnit(wanted=wanted, candidates=_shortened([each.label for each in named]))
    raise errors.NoSuchUnit(wanted=wanted, nearest=nearest(wanted, [(code, name) for _, code, name in known]))


def root_or(connection: sqlite3.Connection, wanted: str | None) -> Unit | None:
    """Return the named unit, or the file's root when none is named; None in an empty file."""
    return unit(connection, wanted) if wanted else units.root(connection)


def member(connection: sqlite3.Connection, wanted: str, within: Unit | None = None) -> Member:
    """Return the member with that code, ID number or name; `within` narrows a name down to a unit and all below it.

    Raises:
        NoSuchMember: with the nearest names.
        AmbiguousMember: with the namesakes and their units.
    """
    wanted = wanted.strip()
    if found := members.by_code(connection, wanted) or _by_id_number(connection, wanted):
        return found
    key = normalise_name(wanted)
    below = None if within is None else {id_ for id_, _ in units.subtree(connection, within.id)}
    known = [row for row in members.names(connection) if below is None or row[3] in below]
    named = [row for row in known if key in (normalise_name(row[2]), row[1].casefold())]
    if len(named) == 1:
        return members.by_id(connection, named[0][0])
    if named:
        labels = [f"{code} {name} ({units.by_id(connection, unit_id).name})" for _, code, name, unit_id in named]
        raise errors.AmbiguousMember(wanted=wanted, candidates=_shortened(labels))
    close = nearest(wanted, [(code, name) for _, code, name, _ in known])
    raise errors.NoSuchMember(wanted=scrub(wanted), nearest=close)


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
    from advedu.vocabulary import listed

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
        return _shortened(close[:SHOWN]) if len(wanted) >= LEAST_CODE else ""
    # People leave the end of a long name away, so its beginning counts as a name too.
    labels = {name[: len(wanted)]: f"{code} {name}" for code, name in reversed(known)}
    labels |= {name: f"{code} {name}" for code, name in known}
    return ", ".join(dict.fromkeys(labels[word] for word in suggestions(wanted, labels)))


def _shortened(labels: list[str]) -> str:
    more = "" if len(labels) <= SHOWN else f", … ({len(labels)})"
    return ", ".join(labels[:SHOWN]) + more

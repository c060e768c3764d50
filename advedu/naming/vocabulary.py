"""The words of the campaign's lists, as people write them, and what they stand for; readers of fields.

Batches, sectors, categories, ranks, milestones, tasks and items are data of the campaign in the file; what is part of
the program stands in `nouns.words`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from advedu.nouns.declaration import Field
from advedu.storage import campaign
from advedu.values import kinds
from advedu.values.readers import Choice, Read


class FileLists:
    """What a file adds to the kinds of value: its day, and the lists of its campaign's definition, each read once."""

    def __init__(self, connection: sqlite3.Connection, today: str) -> None:
        self.today = today
        self._connection = connection
        self._choices: dict[str, Choice] = {}

    def choice(self, name: str) -> Choice:
        """Return the reader of one of the definition's lists: code or name → key."""
        if name not in self._choices:
            self._choices[name] = listed(self._connection, name)
        return self._choices[name]

    def usual(self, name: str) -> Mapping[str, str]:
        """Return the usual form of every known name of one of the lists, keyed as `normalise_name` gives it."""
        names = {entry.id: entry.name for entry in campaign.entries(self._connection, name)}
        return {word: names[int(str(id_))] for word, id_ in self.choice(name).words.items()}


def typed(connection: sqlite3.Connection, field: Field, today: str) -> Read:
    """Return what reads a typed word of a field, unless that names a unit, a member or a record."""
    return kinds.typed(field.kind, FileLists(connection, today), field.words)


def celled(connection: sqlite3.Connection, field: Field, today: str) -> Read:
    """Return what reads a cell of a field, unless that names a unit, a member or a record."""
    return kinds.celled(field.kind, FileLists(connection, today), field.words)


def listed(connection: sqlite3.Connection, name: str) -> Choice:
    """Return the reader of one of the definition's lists ("batch", "sector", …): code or name → key."""
    entries = campaign.entries(connection, name)
    words: list[tuple[str, object]] = [(entry.label, entry.id) for entry in entries]
    words += [(word, entry.id) for entry in entries for word in (entry.code, entry.name)]
    if name in ("sector", "category", "rank"):
        # A name of one entry wins over another name of a different one.
        words = [(alias, id_) for id_, alias in campaign.aliases(connection, name)] + words
    if name == "batch":
        words += [
            (f"{prefix}{entry.code}{suffix}", entry.id) for entry in entries for prefix, suffix in (("第", "批"),)
        ]
        words += [(f"{entry.code}批", entry.id) for entry in entries]
    return Choice(words, [f"{entry.code} {entry.name}" if name != "rank" else entry.name for entry in entries])


_NUMBERED = ("milestone", "task", "item")


def offered(connection: sqlite3.Connection, field: Field) -> tuple[str, ...]:
    """Return the words that a form offers for a field; none where anything may stand."""
    if field.kind == "tick":
        return kinds.TICKS
    if field.words:
        return tuple(word.headings[0] for word in field.words.values())
    list_ = field.of_kind.listed
    return tuple(words_of(connection, list_).values()) if list_ else ()


def words_of(connection: sqlite3.Connection, name: str) -> dict[int | None, str]:
    """Return how a form writes the entries of one of the definition's lists: what has a number by it and the name."""
    entries = campaign.entries(connection, name)
    names = [entry.name for entry in entries]
    numbered = name in _NUMBERED or len(set(names)) < len(names)
    return {entry.id: entry.label if numbered else entry.name for entry in entries}

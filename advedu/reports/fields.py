"""Fields of units and members in lists and pages: the column, the value for scripts, the words for people."""

import sqlite3
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from advedu.i18n import _
from advedu.nouns.declaration import Field, Register
from advedu.nouns.model import Entry
from advedu.output.report import Cell, Column
from advedu.storage import campaign, units


def column(field: Field) -> Column:
    """Return the column of a list."""
    words = {value: word.name for value, word in field.words.items()} if field.kind == "word" else {}
    return Column(field.name, field.title, words, "right" if field.of_kind.right else "left")


def columns(register: Register) -> tuple[Column, ...]:
    """Return the columns of a register's list."""
    return tuple(map(column, register.in_lists))


class Names:
    """Codes and names of what fields name: units, and entries of the definition's lists; each list is read once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lists: dict[str, dict[int, Entry]] = {}

    @cached_property
    def units(self) -> dict[int, tuple[str, str]]:
        """Key → code and name of every unit."""
        return {id_: (code, name) for id_, code, name in units.names(self._connection)}

    def entries(self, list_: str) -> dict[int, Entry]:
        """Return key → entry of one of the definition's lists."""
        if list_ not in self._lists:
            self._lists[list_] = {entry.id: entry for entry in campaign.entries(self._connection, list_)}
        return self._lists[list_]

    def value(self, field: Field, stored: Any, *, reveal: bool) -> Any:
        """Return a value as scripts get it: other things by code, ticks as truth values, personal numbers masked."""
        if field.kind == "tick":
            return bool(stored)
        if stored is None:
            return None
        if field.kind == "unit":
            return self.units[stored][0]
        if field.of_kind.names:
            entry = self.entries(field.of_kind.listed).get(stored)
            return None if entry is None else entry.code
        return stored if reveal else field.masked(stored)

    def row(self, fields: Sequence[Field], stored: Mapping[str, Any], *, reveal: bool = True) -> tuple[Any, ...]:
        """Return the values of a row of a table, by column, in the order of fields."""
        return tuple(self.value(field, stored.get(field.column), reveal=reveal) for field in fields)

    def spoken(self, field: Field, stored: Any, *, reveal: bool) -> str:
        """Return a value as people read it on a page; "" where nothing stands."""
        if stored is None or (field.kind == "tick" and not stored):
            return ""
        if field.kind == "unit":
            return " ".join(self.units[stored])
        if field.of_kind.names:
            entry = self.entries(field.of_kind.listed).get(stored)
            return "" if entry is None else entry.name
        if field.kind == "word":
            return _(field.words[stored].name)
        return field.of_kind.shown(stored if reveal else field.masked(stored))

    def facts(self, fields: Sequence[Field], stored: Mapping[str, Any], *, reveal: bool = True) -> list[list[Cell]]:
        """Return a line per field in which something stands: what it is called, what it says."""
        said = ((field, self.spoken(field, stored.get(field.column), reveal=reveal)) for field in fields)
        return [[Cell(_(field.title), "dim"), Cell(text)] for field, text in said if text]

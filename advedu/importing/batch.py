"""One import under way: what it has read, counted, found wrong."""

import sqlite3
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from advedu.importing.issues import Issue
from advedu.importing.layout import Dropped
from advedu.importing.seen import Seen
from advedu.naming.resolve import Lookup
from advedu.naming.vocabulary import FileLists
from advedu.recording import done
from advedu.recording.codes import MemberCodes
from advedu.storage import aliases, campaign, members, units


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
        errors, warnings, corrections: what was found, in the order of the rows; a correction is a value that is stored
            otherwise than it stands in the file.
        dropped_rows: (file, sheet, row or run of blank rows) of what is no data.
        files: the counts of each file.
        assigned: (row, name, code) of records that came without a code.
    """

    def __init__(
        self, connection: sqlite3.Connection, *, today: str, entered: str, moves_on: str | None, partial: bool
    ) -> None:
        self.connection = connection
        self.today = today
        self.lists = FileLists(connection, today)
        self.entered = entered
        self.moves_on = moves_on
        self.partial = partial
        self.counts: Counter[str] = Counter()
        self.errors: list[Issue] = []
        self.warnings: list[Issue] = []
        self.corrections: list[Issue] = []
        self.dropped_rows: list[tuple[str, str | None, Dropped]] = []
        self.files: dict[str, Counter[str]] = {}
        self.assigned: list[tuple[int, str, str]] = []
        self.tick: Callable[[int], None] = lambda _count: None
        self.seen_members = Seen()
        self.seen_records: dict[tuple[object, ...], tuple[str, int]] = {}
        self.member_codes: MemberCodes | None = None
        # Whether anybody was stored before this import: only then can somebody new be somebody old.
        self.had_members = members.any_stored(connection)
        self._ranks: set[str] | None = None
        self._closed: dict[int | None, str] | None = None
        self._rules: done.RecordRules | None = None
        self._member_names: MemberNames | None = None
        self._units: tuple[dict[str, int], dict[str, list[int]]] | None = None
        self._lookup: Lookup | None = None
        self._member_labels: dict[str, int] | None = None
        self._below: dict[str, set[int]] = {}
        self._unit_words: dict[int, tuple[str, ...]] = {}
        self._homes: dict[int, int] | None = None
        self._subtrees: dict[int, set[int]] = {}
        # The stored members that the rows speak of, also rows that are rejected for something else.
        self.matched: set[int] = set()

    def member_labels(self) -> dict[str, int]:
        """Return code and name, as templates write a member, → member; read once."""
        if self._member_labels is None:
            rows = members.names(self.connection)
            self._member_labels = {" ".join(f"{code} {name}".split()): id_ for id_, code, name, _ in rows}
        return self._member_labels

    def below(self, unit: str) -> set[int]:
        """Return a unit, by its code, and all below it; nothing when there is none."""
        if unit not in self._below:
            found = units.by_code(self.connection, unit)
            self._below[unit] = {id_ for id_, _ in units.subtree(self.connection, found.id)} if found else set()
        return self._below[unit]

    def unit_words(self, id_: int) -> tuple[str, ...]:
        """Return what a unit is called: its code, its name, its other names."""
        if id_ not in self._unit_words:
            unit = units.by_id(self.connection, id_)
            self._unit_words[id_] = (unit.code, unit.name, *aliases.of_unit(self.connection, id_))
        return self._unit_words[id_]

    def belongs(self, member_id: int, unit_id: int) -> bool:
        """Tell whether a member belongs, or ever belonged, to a unit or to one below it."""
        if self._homes is None:
            self._homes = {id_: home for id_, _code, _name, home in members.names(self.connection)}
        if self._homes[member_id] == unit_id:
            return True
        if unit_id not in self._subtrees:
            self._subtrees[unit_id] = {id_ for id_, _ in units.subtree(self.connection, unit_id)}
        return not self._subtrees[unit_id].isdisjoint(members.units_ever(self.connection, [member_id]))

    def count(self, file: str, what: str, number: int = 1) -> None:
        """Count records, or rows, of a file."""
        self.counts[what] += number
        self.files.setdefault(file, Counter())[what] += number

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

    def rules(self) -> done.RecordRules:
        """Return the rules about records, read once."""
        if self._rules is None:
            self._rules = done.RecordRules(self.connection)
        return self._rules

    def member_names(self) -> MemberNames:
        """Return the ways to name a member, read once."""
        if self._member_names is None:
            self._member_names = MemberNames(*members.all_names(self.connection))
        return self._member_names

    def lookup(self) -> Lookup:
        """Return the look-up that forgives spaces and widths; what it reads is read once, not once per name."""
        if self._lookup is None:
            self._lookup = Lookup(self.connection)
        return self._lookup

    def forget_units(self) -> None:
        """Read the units' names anew next time: some were added."""
        self._units = self._lookup = None

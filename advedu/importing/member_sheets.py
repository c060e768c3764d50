"""Rows → members.

A row's key is its code, else its ID number, else name and unit (and birth date). Fifteen thousand rows come in at
once, so the store is asked once per chunk and not once per row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from advedu.errors import AdveduError
from advedu.importing import likeness, unit_cells
from advedu.importing.batch import Import
from advedu.importing.chunk import Chunk, stored
from advedu.importing.column_reader import CLEAR
from advedu.importing.likeness import same_day
from advedu.importing.seen import Seen
from advedu.nouns.declaration import Field, Wrong
from advedu.nouns.members import MEMBER, completed
from advedu.nouns.model import Member
from advedu.recording import members as recording
from advedu.recording.codes import MemberCodes
from advedu.storage import members, units
from advedu.values import identity
from advedu.values.text import normalise_name
from advedu.values.wording import error_lines

# Column of the file → column of the table, in the order of the INSERT below.
FIELDS = {field.name: field.column for field in MEMBER.in_sheets if field.name not in ("code", "unit")}
# A month of theirs changes no day that is known.
_MONTHS = tuple(field.name for field in MEMBER.in_sheets if field.kind == "past_month")
_MASKED = tuple(field.name for field in MEMBER.in_sheets if field.is_private)
# Longer codes than these digits are not put together from zeros.
_LONGEST = 12
_OF_TODAY = 18
_NOT_NULL = {"name": ""} | {field.column: field.default for field in MEMBER.stored if field.default is not None}


def apply(batch: Import, chunks: Sequence[Chunk]) -> None:
    """Write the members of chunks of rows."""
    for chunk in chunks:
        _Members(batch, chunk).apply()


class _Members:
    def __init__(self, batch: Import, chunk: Chunk) -> None:
        self.batch = batch
        self.chunk = chunk
        self.codes = chunk.or_nothing("code")
        self.values = {name: values for name in FIELDS if (values := chunk.values(name)) is not None}
        self.names = self.values["name"]
        self.numbers = self.values.get("id_number") or [None] * len(chunk)
        self.born = self.values.get("born_on") or [None] * len(chunk)
        self.units = unit_cells.unit_ids(chunk)
        if "code" in chunk.clears:
            for i, code in enumerate(self.codes):
                if code is CLEAR:
                    chunk.error(i, "code", "value_invalid", "code_cleared")

    def apply(self) -> None:
        stored_before = members.any_stored(self.batch.connection)
        found = self._found() if stored_before else [None] * len(self.chunk)
        self.batch.matched.update(member.id for member in found if member is not None)
        self._check_twice(found)
        new = [i for i, member in enumerate(found) if member is None and i not in self.chunk.bad]
        self._check_zeros(new)
        if self.batch.had_members:
            likeness.warn_of_stored(
                self.chunk, new, self.names, self.units, self.numbers, self._matching("unit_id", set(self.units))
            )
        likeness.warn_of_rows(self.chunk, new, self.names, self.units, self.numbers, self.born)
        self._check_required(new)
        self._check_closed(new)
        self._check_births()
        self._check_kept(new)
        self._check_together(new)
        self._insert([i for i in new if i not in self.chunk.bad] if self.chunk.bad else new)
        self.batch.tick(len(new))
        for i, member in enumerate(found):
            if member is not None and i not in self.chunk.bad:
                self._update(i, member)
                self.batch.tick(1)

    # ── who is who ──

    def _matching(self, column: str, wanted: Iterable[object]) -> list[Member]:
        texts = [value for value in wanted if value is not None and value is not CLEAR]
        return members.matching(self.batch.connection, column, texts)

    def _found(self) -> list[Member | None]:
        """Return, per row, the stored member that it speaks of."""
        by_code = {member.code: member for member in self._matching("code", self.codes)}
        # The old 15 digits and the 18 of today may both be somebody's.
        wanted = [form for number in self.numbers if isinstance(number, str) for form in identity.forms(number)]
        by_number = {
            form: member
            for member in self._matching("id_number", wanted)
            for form in identity.forms(str(member.id_number))
        }
        by_name: dict[tuple[int, str], list[Member]] | None = None
        found: list[Member | None] = []
        for i, (code, number) in enumerate(zip(self.codes, self.numbers, strict=True)):
            member = None
            if isinstance(code, str):
                member = by_code.get(code)
                owner = by_number.get(number) if isinstance(number, str) else None
                if owner is not None and owner is not member and (member is None or owner.id != member.id):
                    self.chunk.error(i, "id_number", "duplicate_id", owner=owner.label)
            elif isinstance(number, str):
                member = by_number.get(number)
            elif isinstance(self.names[i], str) and self.units[i] is not None:
                if by_name is None:
                    by_name = {}
                    for each in self._matching("unit_id", set(self.units)):
                        by_name.setdefault((each.unit_id, normalise_name(each.name)), []).append(each)
                member = self._by_name(i, by_name)
            found.append(member)
        return found

    def _by_name(self, i: int, by_name: dict[tuple[int, str], list[Member]]) -> Member | None:
        unit_id = self.units[i]
        assert unit_id is not None
        namesakes = by_name.get((unit_id, normalise_name(str(self.names[i]))), [])
        born = self.born[i]
        if isinstance(born, str):
            same = [member for member in namesakes if member.born_on and same_day(member.born_on, born)]
            namesakes = same or [member for member in namesakes if member.born_on is None]
        if len(namesakes) > 1:
            candidates = ", ".join(f"{member.label} ({member.born_on or '—'})" for member in namesakes)
            self.chunk.error(i, "name", "member_ambiguous", candidates=candidates)
            return None
        return namesakes[0] if namesakes else None

    def _check_zeros(self, new: list[int]) -> None:
        """Refuse new codes that are known ones without the zeros in front, which spreadsheets take away."""
        codes = self.codes
        digits = {i: code for i in new if isinstance(code := codes[i], str) and code.isdigit()}
        if not digits:
            return
        longer = {code.zfill(length): code for code in digits.values() for length in range(len(code) + 1, _LONGEST + 1)}
        known: dict[str, list[str]] = {}
        for member in self._matching("code", longer):
            known.setdefault(longer[member.code], []).append(member.label)
        for i, code in digits.items():
            if code in known:
                self.chunk.error(i, "code", "member_unknown", "zeros_lost", nearest=", ".join(known[code]))

    def _check_twice(self, found: Sequence[Member | None]) -> None:
        """Refuse a second row with the same key, whatever the key is made of."""
        seen = self.batch.seen_members
        for i, member in enumerate(found):
            if member is not None and i not in self.chunk.bad:
                self._once(i, seen, member.id, "code" if self.codes[i] else "name")
        for values, column, code in (
            (self.codes, "code", "duplicate_in_file"),
            (_of_today(self.numbers), "id_number", "duplicate_id"),
        ):
            texts = [value for value in values if isinstance(value, str)]
            if len(set(texts)) < len(texts):
                self._same_twice(values, column, code)
        self._same_names(found)

    def _once(self, i: int, seen: Seen, key: int, column: str) -> None:
        here = (self.chunk.file, self.chunk.numbers[i])
        earlier = seen.first(key, *here)
        if earlier != here:
            self.chunk.duplicate(i, column, earlier)

    def _same_twice(self, values: Sequence[object], column: str, code: str) -> None:
        first: dict[str, int] = {}
        for i, value in enumerate(values):
            if not isinstance(value, str):
                continue
            earlier = first.setdefault(value, i)
            if earlier == i or i in self.chunk.bad:
                continue
            if code == "duplicate_id" and self.codes[i] and self.codes[i] != self.codes[earlier]:
                row = self.chunk.numbers[earlier]
                self.chunk.error(i, column, code, owner=f"{self.codes[earlier] or ''} {self.names[earlier]} ({row})")
            else:
                self.chunk.error(i, column, "duplicate_in_file", row=self.chunk.numbers[earlier])

    def _same_names(self, found: Sequence[Member | None]) -> None:
        """Refuse a row that only name and unit tell apart when another row of the file fits it too."""
        named = [i for i, code in enumerate(self.codes) if code is None and self.numbers[i] is None]
        if not named:
            return
        rows: dict[tuple[object, str], list[int]] = {}
        for i, name in enumerate(self.names):
            if isinstance(name, str):
                rows.setdefault((self.units[i], normalise_name(name)), []).append(i)
        for i in named:
            if i in self.chunk.bad or not isinstance(self.names[i], str):
                continue
            others = [
                j for j in rows[self.units[i], normalise_name(str(self.names[i]))] if j != i and self._may_be_same(i, j)
            ]
            if others and found[i] is None:
                candidates = ", ".join(f"{self.names[j]} ({self.chunk.numbers[j]})" for j in others)
                self.chunk.error(i, "name", "member_ambiguous", candidates=candidates)

    def _may_be_same(self, i: int, j: int) -> bool:
        one, other = self.born[i], self.born[j]
        return not isinstance(one, str) or not isinstance(other, str) or same_day(one, other)

    # ── writing ──

    def _check_required(self, new: list[int]) -> None:
        """Refuse new members without a name or a unit."""
        for column, values in (("name", self.names), ("unit", self.units)):
            if None in values or column in self.chunk.clears:
                for i in new:
                    if values[i] in (None, CLEAR) and i not in self.chunk.bad:
                        self.chunk.error(i, column, "required_missing")

    def _check_closed(self, new: list[int]) -> None:
        """Refuse new members of closed units."""
        closed = self.batch.closed_units()
        for i in new if closed else ():
            if self.units[i] in closed and i not in self.chunk.bad and closed[self.units[i]] <= self.batch.today:
                self.chunk.error(i, "unit", "value_invalid", "unit_closed", day=closed[self.units[i]])

    def _check_births(self) -> None:
        """Warn where the cell and the ID number name different days of birth; which is right only the sender knows."""
        for i, (number, born) in enumerate(zip(self.numbers, self.born, strict=True)):
            # Nearly always the eight digits of a number of today are the day.
            if type(number) is str and type(born) is str and number[6:14] != born.replace("-", ""):
                there = identity.born_on(number)
                if not there.startswith(born) and i not in self.chunk.bad:
                    self.chunk.warn(i, "born_on", "birth_differs", there=there, here=born)

    def _check_kept(self, new: list[int]) -> None:
        """Warn of ranks that nobody knows and of masked cells that hold nothing to store."""
        for field in MEMBER.in_sheets:
            if field.kind in ("rank", "usual"):
                self._warn_unusual(field, self.batch.rank_names() if field.kind == "rank" else set(field.words))
        for name in _MASKED:
            index = self.chunk.layout.columns.get(name)
            if index is not None and None in self.values[name]:
                for i in new:
                    if self.values[name][i] is None and "*" in str(self.chunk.columns[index][i]):
                        self.chunk.warn(i, name, "masked_new")

    def _check_together(self, new: list[int]) -> None:
        """Refuse new members whose days and status contradict each other."""
        full = self.values.get("joined_full_on", ())
        for i in new if any(full) else ():
            if full[i] and i not in self.chunk.bad:
                self._goes_together(i, {name: stored(values[i]) for name, values in self.values.items()})

    def _warn_unusual(self, field: Field, known: set[str]) -> None:
        """Warn of words that are not among the usual ones: kept, and counted on their own."""
        values = self.values.get(field.name, ())
        strange = {word for word in values if isinstance(word, str)} - known
        for i, word in enumerate(values if strange else ()):
            if word in strange and i not in self.chunk.bad:
                self.chunk.warn(i, field.name, "rank_unknown" if field.kind == "rank" else "word_unknown")

    def _insert(self, rows: list[int]) -> None:
        if not rows:
            return
        first = members.next_id(self.batch.connection)
        whole = len(rows) == len(self.chunk)

        def picked(values: Sequence[Any]) -> Sequence[Any]:
            return values if whole else [values[i] for i in rows]

        columns = {"code": self._codes(rows), "unit_id": picked(self.units)}
        for name, values in self.values.items():
            chosen = picked(values)
            field = FIELDS[name]
            if name in self.chunk.clears or (field in _NOT_NULL and None in chosen):
                chosen = [_NOT_NULL.get(field) if value in (None, CLEAR) else value for value in chosen]
            columns[field] = chosen
        members.insert_many(self.batch.connection, list(columns), zip(*columns.values(), strict=True))
        self.batch.count(self.chunk.file, "inserted", len(rows))
        numbers = self.chunk.numbers
        self.batch.seen_members.added(first, self.chunk.file, numbers if whole else [numbers[i] for i in rows])

    def _codes(self, rows: list[int]) -> list[Any]:
        codes = [self.codes[i] for i in rows]
        if None not in codes and "code" not in self.chunk.clears:
            return codes
        taken = set(self.codes)
        assign = self.batch.member_codes = self.batch.member_codes or MemberCodes(self.batch.connection)
        for place, i in enumerate(rows):
            if not isinstance(codes[place], str):
                codes[place] = code = assign.next(taken)
                self.batch.assigned.append((self.chunk.numbers[i], str(self.names[i]), code))
        return codes

    def _update(self, i: int, member: Member) -> None:
        given = {FIELDS[name]: values[i] for name, values in self.values.items() if values[i] is not None}
        if given.get("name") is CLEAR:
            self.chunk.error(i, "name", "required_missing")
            return
        unit_index = self.chunk.layout.columns.get("unit")
        if unit_index is not None and self.chunk.cleared(i, unit_index):
            self.chunk.error(i, "unit", "required_missing")
            return
        _keep_days(given, member)
        _keep_number(given, member)
        given |= {name: default for name, default in _NOT_NULL.items() if given.get(name) is CLEAR}
        unit_id = self.units[i]
        moved = unit_id is not None and unit_id != member.unit_id
        if moved and not self._transfer(i, member, unit_id):
            return
        if member.left_on is not None:
            self.chunk.warn(i, "name", "no_longer_member", day=member.left_on)
        row = member._asdict()
        if follows := completed({name: stored(value) for name, value in given.items()}, row):
            given |= follows
            self.chunk.warn(i, "joined_full_on", "became_full")
        if not self._goes_together(i, {**row, **{name: stored(value) for name, value in given.items()}}):
            return
        changed = {field: stored(value) for field, value in given.items() if row[field] != stored(value)}
        if "name" in changed:
            self.chunk.warn(i, "name", "name_changed", old=member.name, new=changed["name"])
        if not self._number_free(i, member, changed.get("id_number")):
            return
        if not self._arrival_possible(i, member, changed.get("arrived_on")):
            return
        members.update(self.batch.connection, member.id, changed)
        self.batch.count(self.chunk.file, "updated" if changed or moved else "unchanged")

    def _goes_together(self, i: int, values: Mapping[str, Any]) -> bool:
        """Tell whether the values of a member contradict each other nowhere; else the row is an error."""
        assert MEMBER.check is not None
        try:
            MEMBER.check(values)
        except Wrong as problem:
            self.chunk.refuse(i, problem.field, problem)
            return False
        return True

    def _number_free(self, i: int, member: Member, number: object) -> bool:
        """Tell whether nobody else bears a new ID number; else the row is an error."""
        owner = members.by_id_number(self.batch.connection, number) if isinstance(number, str) else None
        if owner is None or owner.id == member.id:
            return True
        self.chunk.error(i, "id_number", "duplicate_id", owner=owner.label)
        return False

    def _arrival_possible(self, i: int, member: Member, day: object) -> bool:
        """Tell whether a member may have arrived on a day; else the row is an error."""
        try:
            if isinstance(day, str):
                recording.check_arrival(self.batch.connection, member, day)
        except AdveduError as error:
            self.chunk.error(i, "arrived_on", "value_invalid", "unreadable", why="; ".join(error_lines(error)))
            return False
        return True

    def _transfer(self, i: int, member: Member, unit_id: int | None) -> bool:
        """Record a dated transfer if --moves-on allows it; else the row is an error."""
        assert unit_id is not None
        target = units.by_id(self.batch.connection, unit_id)
        if self.batch.moves_on is None:
            now = units.by_id(self.batch.connection, member.unit_id)
            self.chunk.error(i, "unit", "would_move", now=now.label, then=target.label)
            return False
        try:
            recording.transfer(self.batch.connection, member, target, self.batch.moves_on, None, self.batch.entered)
        except AdveduError as error:
            self.chunk.error(i, "unit", "would_move", "unreadable", why="; ".join(error_lines(error)))
            return False
        return True


def _of_today(numbers: Sequence[object]) -> Sequence[object]:
    """Return ID numbers with the old ones of 15 digits as the 18 that the same person bears today."""
    return [
        identity.forms(number)[-1] if type(number) is str and len(number) != _OF_TODAY else number for number in numbers
    ]


def _keep_number(given: dict[str, Any], member: Member) -> None:
    """Leave a known number of 18 digits alone when only its old form of 15 is given."""
    known, wanted = member.id_number, given.get("id_number")
    if isinstance(wanted, str) and known is not None and len(wanted) < len(known) and known in identity.forms(wanted):
        del given["id_number"]


def _keep_days(given: dict[str, Any], member: Member) -> None:
    """Leave a known day alone when only the month that it lies in is given."""
    for field in _MONTHS:
        known, wanted = getattr(member, field), given.get(field)
        if isinstance(wanted, str) and known is not None and known.startswith(wanted):
            del given[field]

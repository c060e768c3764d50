"""Rows → what was done: milestones of units, tasks and personal items of members.

All three have the same shape: an owner, an entry of one of the definition's lists, a day, and a few words; long (a
row per record) or wide (a column of days per entry).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from advedu import errors
from advedu.importing import unit_cells
from advedu.importing.batch import Import
from advedu.importing.chunk import Chunk, stored
from advedu.importing.column_reader import CLEAR
from advedu.nouns import marks
from advedu.nouns.declaration import Register
from advedu.recording import done
from advedu.storage import members, records, units
from advedu.storage.records import Record
from advedu.values import identity


class MarkKind(NamedTuple):
    """One kind of record.

    Attributes:
        entry: the list that its entries are in: "milestone", "task" or "item".
        record: the table.
        extras: the columns that go with the day.
        day_in_key: whether records on different days stand beside one another.
        owners: finds the owners of a chunk's rows.
        check: raises when an owner cannot have such a record; None where every owner can. See `recording.done`.
    """

    entry: str
    record: Record
    extras: tuple[str, ...]
    day_in_key: bool
    owners: Callable[[Chunk], list[int | None]]
    check: Callable[[done.RecordRules, int, int, str], None] | None
    owner_column: str


def unit_owners(chunk: Chunk) -> list[int | None]:
    """Return the units that the rows name."""
    owners = unit_cells.unit_ids(chunk)
    _require(chunk, "unit", owners)
    return owners


def member_owners(
    chunk: Chunk, unit_ids: list[int | None] | None = None, *, optional: bool = False
) -> list[int | None]:
    """Return the members that the rows name by code, ID number or name (and unit).

    `unit_ids` are the rows' units when they are read already; an `optional` member may be left out.
    """
    texts = chunk.values("member") or []
    unit_ids = unit_cells.unit_ids(chunk) if unit_ids is None else unit_ids
    codes = members.with_codes(chunk.batch.connection, {text for text in texts if isinstance(text, str)})
    found: dict[tuple[object, object], int | errors.AdveduError | None] = {}
    owners: list[int | None] = []
    for i, text in enumerate(texts):
        if not isinstance(text, str):
            owners.append(None)
            continue
        key = (text, unit_ids[i])
        if key not in found:
            found[key] = codes.get(text) or _labelled(chunk, text) or _named(chunk, text, unit_ids[i])
        owner = found[key]
        if isinstance(owner, errors.AmbiguousMember):
            chunk.error(i, "member", "member_ambiguous", candidates=owner.values["candidates"])
        elif isinstance(owner, errors.AdveduError):
            nearest = owner.values["nearest"]
            chunk.error(i, "member", "member_unknown", "member_misspelt" if nearest else "", nearest=nearest)
        owners.append(owner if isinstance(owner, int) else None)
    _compare(chunk, owners, unit_ids)
    if not optional:
        _require(chunk, "member", owners)
    return owners


def _compare(chunk: Chunk, owners: Sequence[int | None], unit_ids: Sequence[int | None]) -> None:
    """Warn of rows in which other cells speak of another member, or of a unit that the member never belonged to."""
    batch, twice = chunk.batch, chunk.others("member")
    for i, (owner, unit_id) in enumerate(zip(owners, unit_ids, strict=True)):
        if owner is None or i in chunk.bad:
            continue
        if twice:
            member = members.by_id(batch.connection, owner)
            numbers = identity.forms(member.id_number) if member.id_number else ()
            chunk.compare(i, "member", (member.code, member.name, *numbers))
        if unit_id is not None and not batch.belongs(owner, unit_id):
            member = members.by_id(batch.connection, owner)
            now = units.by_id(batch.connection, member.unit_id).label
            chunk.warn(i, "unit", "not_of_unit", who=member.label, now=now)


def _labelled(chunk: Chunk, text: str) -> int | None:
    """Return the member with that code and name, as templates write them."""
    return chunk.batch.member_labels().get(text) if " " in text else None


def _named(chunk: Chunk, text: str, unit_id: int | None) -> int | errors.AdveduError:
    """Return the member with that ID number, else with that name in the unit, else below it, else anywhere.

    What is returned is the error that says why not, where there is none or several.
    """
    connection = chunk.batch.connection
    # Everybody's names are read only when a sheet does not go by codes.
    known = chunk.batch.member_names()
    if text in known.numbers:
        return known.numbers[text]
    if unit_id is not None:
        here = known.by_name.get((text, unit_id), [])
        if len(here) == 1:
            return here[0]
    try:
        within = None if unit_id is None else units.by_id(connection, unit_id)
        return chunk.batch.lookup().member(text, within, by_sound=False).id
    except (errors.AmbiguousMember, errors.NoSuchMember) as error:
        return error


def _require(chunk: Chunk, column: str, owners: list[int | None]) -> None:
    for i, owner in enumerate(owners):
        if owner is None and i not in chunk.bad:
            chunk.error(i, column, "required_missing")


def _kind(
    register: Register,
    owners: Callable[[Chunk], list[int | None]],
    check: Callable[[done.RecordRules, int, int, str], None] | None,
) -> MarkKind:
    owner, entry, *_day = register.key
    extras = tuple(field.name for field in register.stored if not field.key and field.name != register.dated)
    return MarkKind(
        entry.kind, records.DONE[entry.kind], extras, register.field(register.dated).key, owners, check, owner.name
    )


KINDS: Mapping[str, MarkKind] = {
    "milestone": _kind(marks.MILESTONE, unit_owners, done.check_milestone),
    "task": _kind(marks.TASK, member_owners, None),
    "nine": _kind(marks.ITEM, member_owners, done.check_item),
}


class _Line(NamedTuple):
    """One record that a row asks for; `column` is where its day stands."""

    i: int
    owner: int
    entry: int
    day: Any
    extras: dict[str, Any]
    column: str | int


def apply(batch: Import, chunks: Sequence[Chunk], kind: MarkKind) -> None:
    """Write the records of chunks of rows."""
    for chunk in chunks:
        _apply(batch, chunk, kind)


def _apply(batch: Import, chunk: Chunk, kind: MarkKind) -> None:
    rules = batch.rules()
    seen = batch.seen_records
    rejected = 0
    for line in _lines(chunk, kind):
        if not isinstance(line, _Line):
            rejected += 1
            continue
        if line.day is None:
            batch.count(chunk.file, "unchanged")
            continue
        key: tuple[Any, ...] = (line.owner, line.entry)
        if kind.day_in_key:
            key += (line.day if isinstance(line.day, str) else "",)
        here = (chunk.file, chunk.numbers[line.i])
        # The earlier one may stand in the same row: a wide sheet may have two columns for one entry.
        earlier = seen.get(key)
        if earlier is not None:
            chunk.duplicate(line.i, line.column, earlier)
            rejected += 1
            continue
        seen[key] = here
        if isinstance(line.day, str) and not _allowed(chunk, kind, rules, line):
            rejected += 1
            continue
        batch.count(chunk.file, _write(batch, kind, key, line))
        batch.tick(0)
    batch.count(chunk.file, "rejected", rejected)
    batch.tick(len(chunk))


def _lines(chunk: Chunk, kind: MarkKind) -> Iterator[_Line | None]:
    """Yield the records that the rows ask for, and None for each that cannot be read."""
    owners = kind.owners(chunk)
    extras = {name: values for name in kind.extras if (values := chunk.values(name)) is not None}
    if chunk.layout.entries:
        yield from _wide_lines(chunk, owners, extras)
        return
    entries, days = chunk.or_nothing(kind.entry), chunk.or_nothing("done_on")
    for i, entry in enumerate(entries):
        if entry in (None, CLEAR) and i not in chunk.bad:
            chunk.error(i, kind.entry, "required_missing")
        owner = owners[i]
        if i in chunk.bad or owner is None:
            yield None
        else:
            given = {name: values[i] for name, values in extras.items() if values[i] is not None}
            if days[i] is None:
                _warn_unrecorded(chunk, i, given)
            yield _Line(i, owner, int(str(entry)), days[i], given, "done_on")


def _wide_lines(chunk: Chunk, owners: list[int | None], extras: dict[str, list[object]]) -> Iterator[_Line | None]:
    known = set(chunk.bad)
    days: dict[int, list[object]] = {}
    bad_cells: set[tuple[int, int]] = set()
    for index in chunk.layout.entries:
        before = len(chunk.batch.errors)
        days[index] = chunk.entry_values(index)
        rows = {number: i for i, number in enumerate(chunk.numbers)}
        bad_cells |= {(rows[issue.row], index) for issue in chunk.batch.errors[before:] if issue.row in rows}
    for i, owner in enumerate(owners):
        if i in known or owner is None:
            # As many records are rejected as the row has days.
            filled = sum(days[index][i] is not None or (i, index) in bad_cells for index in days)
            yield from [None] * max(1, filled)
            continue
        given = {name: values[i] for name, values in extras.items() if values[i] is not None}
        if all(values[i] is None and (i, index) not in bad_cells for index, values in days.items()):
            _warn_unrecorded(chunk, i, given)
        for index, entry in chunk.layout.entries.items():
            if (i, index) in bad_cells:
                yield None
            elif days[index][i] is not None:
                yield _Line(i, owner, entry, days[index][i], given, index)


def _warn_unrecorded(chunk: Chunk, i: int, given: Mapping[str, object]) -> None:
    """Warn of words in a row without a day, which are recorded nowhere."""
    for name in given:
        chunk.warn(i, name, "not_recorded")


def _allowed(chunk: Chunk, kind: MarkKind, rules: done.RecordRules, line: _Line) -> bool:
    if kind.check is None:
        return True
    try:
        kind.check(rules, line.owner, line.entry, line.day)
    except errors.NotApplicable as error:
        chunk.error(
            line.i,
            line.column,
            "not_applicable",
            milestone=error.values["milestone"],
            kind=error.values["kind"],
        )
    except errors.NotByDate as error:
        chunk.error(line.i, line.column, "not_by_date", milestone=error.values["milestone"])
    except errors.UnitClosed as error:
        chunk.error(line.i, line.column, "value_invalid", "unit_closed", day=error.values["closed_on"])
    except errors.UnitNotOpen as error:
        chunk.error(line.i, line.column, "value_invalid", "unit_not_open", day=error.values["opened_on"])
    except errors.UnpublishedItems as error:
        chunk.error(line.i, line.column, "unpublished_items", day=line.day, numbers=error.values["numbers"])
    except errors.NotALeader:
        chunk.error(line.i, kind.owner_column, "not_applicable", "not_a_leader")
    else:
        return True
    return False


def _write(batch: Import, kind: MarkKind, key: tuple[Any, ...], line: _Line) -> str:
    if line.day is CLEAR:
        if kind.day_in_key:
            days = records.item_days(batch.connection, line.owner, line.entry)
            removed = [records.remove(batch.connection, kind.record, (line.owner, line.entry, day)) for day in days]
            return "updated" if any(removed) else "unchanged"
        return "updated" if records.remove(batch.connection, kind.record, key) else "unchanged"
    values = {name: stored(value) for name, value in line.extras.items()}
    if not kind.day_in_key:
        values = {"done_on": line.day, **values}
    return records.put(batch.connection, kind.record, key, values, batch.entered)  # type: ignore[arg-type]

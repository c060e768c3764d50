"""What changed: old → new, field by field, in words.

Receipts of single commands and the history both come from the rows of `change`, so a receipt says what was written,
not what was meant to be.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from advedu.i18n import N_, _
from advedu.nouns import index
from advedu.nouns.declaration import Register
from advedu.nouns.index import REGISTER_TABLES
from advedu.output.report import Cell, Column, Head, Report, Table
from advedu.storage import campaign, members, register_rows, units
from advedu.storage import changes as history
from advedu.storage.changes import Change
from advedu.storage.history import Operation

# What rows of each table are called.
TABLES = {
    "unit_move": N_("unit moved"),
    "unit_alias": N_("other name"),
    "transfer": N_("member transferred"),
    "milestone_exemption": N_("milestone exempted"),
    "task_exemption": N_("task exempted"),
    "campaign": N_("campaign"),
    "rule": N_("rule of the campaign"),
    "phase_event": N_("phase"),
    "baseline": N_("control totals"),
    "campaign_text": N_("goal or principle"),
    "batch": N_("batch"),
    "phase": N_("phase"),
    "milestone": N_("milestone (definition)"),
    "milestone_scope": N_("milestone applies to"),
    "task": N_("task (definition)"),
    "item": N_("item (definition)"),
    "sector": N_("sector"),
    "category": N_("category"),
    "rank": N_("rank"),
    "heading_memory": N_("heading remembered"),
}
# Columns of the tables that are not declared, in words.
FIELDS = {
    "record": N_("new record"),
    "heading": N_("heading"),
    "field": N_("column"),
    "code": N_("code"),
    "name": N_("name"),
    "alias": N_("other name"),
    "batch": N_("batch"),
    "exempt_on": N_("exempt from"),
    "reason": N_("reason"),
    "moved_on": N_("moved on"),
    "from_parent": N_("from below"),
    "to_parent": N_("to below"),
    "from_unit": N_("from"),
    "to_unit": N_("to"),
    "pinned_on": N_("pinned day"),
    "value": N_("value"),
    "text": N_("words"),
    "event": N_("event"),
    "happened_on": N_("on"),
    "by_unit": N_("by the unit"),
    "overridden": N_("overridden"),
    "missing": N_("what was missing"),
    "set_on": N_("set on"),
    "units": N_("units"),
    "members": N_("members"),
}
# Entries of the definition, which bear a code and a name like units and members.
_DEFINED = ("batch", "phase", "milestone", "task", "item", "sector", "category")
# A receipt lists the changes of so many rows; of more it gives the numbers, and `log --operation` has them all.
LISTED = 100
# Columns that need no line of their own: keys, and what stands in the operation already.
_SILENT = ("id", "number", "entered_on")
COLUMNS = (
    Column("operation", N_("Operation"), align="right"),
    Column("what", N_("What"), TABLES),
    Column("unit", N_("Unit")),
    Column("member", N_("Member")),
    Column("entry", N_("Entry")),
    Column("field", N_("Field")),
    Column("old", N_("Before")),
    Column("new", N_("After")),
)


class ChangedField(NamedTuple):
    """One changed field of one row; `unit`, `member` and `entry` say whose, by code and name (records by number)."""

    operation: int
    what: str
    unit: str | None
    member: str | None
    entry: str | None
    field: str
    old: str | None
    new: str | None


class Words:
    """Keys of the file → codes and names, read when first needed."""

    def __init__(self, connection: sqlite3.Connection, *, reveal: bool = False) -> None:
        self.connection = connection
        self.reveal = reveal
        self.records: dict[tuple[str, object], Mapping[str, Any]] = {}
        self._lists: dict[str, dict[int, str]] = {}
        self._known: dict[tuple[str, object], str] = {}

    def learn(self, changes: Iterable[Change]) -> None:
        """Take the codes and names of units and members from what changed: some are gone by now."""
        for change in changes:
            row = change.new or change.old or {}
            if change.table in ("unit", "member", *_DEFINED):
                self._known[change.table, change.key[0]] = f"{row['code']} {row['name']}"
            elif change.table in REGISTER_TABLES:
                self.records[change.table, change.key[0]] = row

    def record(self, register: Register, number: Any) -> Mapping[str, Any]:
        """Return a row of a register: as it changed last, else as it is stored; nothing when it is gone."""
        known = self.records.get((register.table, number))
        if known is None:
            stored = register_rows.get(self.connection, register, number) or {}
            known = {register.field(name).column: value for name, value in stored.items()}
        return known

    def label(self, table: str, id_: Any) -> str | None:
        """Return code and name of a unit, a member or an entry of a list."""
        if id_ is None:
            return None
        if (table, id_) in self._known:
            return self._known[table, id_]
        if table == "unit":
            return units.label(self.connection, id_) or str(id_)
        if table == "member":
            return members.label(self.connection, id_) or str(id_)
        if table not in self._lists:
            self._lists[table] = {entry.id: entry.label for entry in campaign.entries(self.connection, table)}
        return self._lists[table].get(id_, str(id_))

    def value(self, table: str, column: str, value: Any) -> str | None:
        """Return a value of a column: other things by code and name, personal numbers masked."""
        if value is None:
            return None
        if table in index.TABLES:
            from advedu.reports import register_words

            return register_words.value(self, table, column, value)
        if column == "definition":
            # A text of hundreds of lines: what is said is which one.
            import hashlib

            return f"SHA-256 {hashlib.sha256(str(value).encode()).hexdigest()[:12]}"
        other = _REFERENCES.get(column)
        return self.label(other, value) if other else str(value)


def spoken(table: str, field: str, value: str | None) -> str:
    """Return a value as people read it: identifiers of fixed lists in their language."""
    if value is None:
        return "—"
    if table in index.TABLES:
        from advedu.reports import register_words

        words: Mapping[str, str] = register_words.words(table, field)
    else:
        words = _FIXED.get(field, {})
    return _(words[value]) if value in words else value


_YES_NO = {"1": N_("yes"), "0": N_("no")}
_FIXED: dict[str, dict[str, str]] = {
    "overridden": _YES_NO,
    "event": {
        "open": N_("phase opened"),
        "sign_off": N_("signed off"),
        "close": N_("phase closed"),
        "reopen": N_("reopened"),
    },
}
_REFERENCES = {
    "from_parent_id": "unit",
    "to_parent_id": "unit",
    "unit_id": "unit",
    "from_unit_id": "unit",
    "to_unit_id": "unit",
    "by_unit_id": "unit",
}
_ENTRIES = {"milestone_id": "milestone", "task_id": "task", "item_id": "item", "phase_id": "phase"}


def lines(changes: Sequence[Change], words: Words) -> list[ChangedField]:
    """Return one line per changed field."""
    found: list[ChangedField] = []
    words.learn(changes)
    for change in changes:
        found += _lines(change, words)
    return found


def _lines(change: Change, words: Words) -> Iterator[ChangedField]:
    row = change.new or change.old or {}
    unit, member, entry = _whose(change, row, words)
    for column in row:
        if _silent(change.table, column):
            continue
        old, new = (None if side is None else side.get(column) for side in (change.old, change.new))
        # A record that is new and has an empty text there says nothing.
        if old != new and {old, new} != {None, ""}:
            yield ChangedField(
                change.operation,
                change.table,
                unit,
                member,
                entry,
                column.removesuffix("_id"),
                words.value(change.table, column, old),
                words.value(change.table, column, new),
            )


def _silent(table: str, column: str) -> bool:
    """Tell whether a column says whose the row is, or which, and not what changed."""
    if column in _SILENT or column.endswith("_entered_on") or column in _ENTRIES:
        return True
    return column in ("unit_id", "member_id") and table != "member"


def _whose(change: Change, row: Mapping[str, Any], words: Words) -> tuple[str | None, str | None, str | None]:
    """Return the unit, the member and the entry that a row is about."""
    # A unit or member that is gone by now is still in what changed.
    own = f"{row['code']} {row['name']}" if change.table in ("unit", "member") else None
    unit = own if change.table == "unit" else words.label("unit", row.get("unit_id"))
    member = own if change.table == "member" else words.label("member", row.get("member_id"))
    if change.table in REGISTER_TABLES:
        from advedu.reports import register_words

        return register_words.unit(words, change.table, row), member, register_words.entry(words, change.table, row)
    if change.table in (*_DEFINED, "rule"):
        return unit, member, " ".join(str(row[column]) for column in ("code", "name") if column in row)
    entry = next((words.label(table, row[column]) for column, table in _ENTRIES.items() if column in row), None)
    return unit, member, entry


def receipt(connection: sqlite3.Connection, operation: Operation, *, whole: bool = False) -> Callable[[], Report]:
    """Return what makes the receipt of an operation, once it is known whether it was kept.

    Call it inside the operation: a dry run's changes are gone afterwards. `whole` lists them however many they are.
    """
    changed = history.changes(connection, operation.first_change)
    summary = summary_of(changed) if len(changed) > LISTED and not whole else []
    found = [] if summary else lines(changed, Words(connection))

    def make() -> Report:
        number = operation.number if operation.written else None
        return Report(
            COLUMNS,
            [line._replace(operation=number) for line in found],  # type: ignore[arg-type]
            head={"operation": number, "dry_run": operation.dry_run, "changed": len(changed)},
            tail={"summary": [dict(zip(COUNTED, row, strict=True)) for row in summary]} if summary else {},
            tables=lambda: [summary_table(summary)] if summary else [lines_table(found)] if found else [],
            title=_receipt_title(operation, changed),
        )

    return make


COUNTED = ("what", "added", "changed", "removed")


def summary_of(changed: list[Change]) -> list[tuple[str, int, int, int]]:
    """Return, per table, how many rows were added, changed and removed."""
    counts: dict[str, list[int]] = {}
    for change in changed:
        counts.setdefault(change.table, [0, 0, 0])[0 if change.old is None else 2 if change.new is None else 1] += 1
    return [(table, *three) for table, three in counts.items()]  # type: ignore[misc]


def summary_table(summary: list[tuple[str, int, int, int]]) -> Table:
    """Return the numbers of changed rows, per table, as a person sees them."""
    heads = (Head(_("What")), Head(_("Added"), "right"), Head(_("Changed"), "right"), Head(_("Removed"), "right"))
    return Table(heads, [[Cell(_(called(table))), *(Cell(str(n)) for n in three)] for table, *three in summary])


def _receipt_title(operation: Operation, changed: list[Change]) -> str:
    if not changed:
        return _("Nothing to change: it is stored like this already.")
    if operation.dry_run:
        return _("Dry run: nothing was written. This would change:")
    return _("Done, as operation {number}:").format(number=operation.number)


def lines_table(found: Sequence[ChangedField]) -> Table:
    """Return changed fields as people read them."""
    heads = (Head(_("Whose")), Head(_("What")), Head(_("Field")), Head(_("Before")), Head(_("After")))
    return Table(heads, [row(line) for line in found])


def row(line: ChangedField) -> list[Cell]:
    """Return the cells of one line."""
    whose = line.member or line.unit or ""
    return [
        Cell(whose),
        Cell(_what(line)),
        Cell(_(_field(line))),
        Cell(spoken(line.what, line.field, line.old), "dim"),
        Cell(spoken(line.what, line.field, line.new)),
    ]


def _what(line: ChangedField) -> str:
    name = _(called(line.what))
    return f"{name} {line.entry}" if line.entry and line.what in _NUMBERED else line.entry or name


def _field(line: ChangedField) -> str:
    return title(line.what, line.field)


def title(table: str, column: str) -> str:
    """Return what a column is called, as a text for the catalogue."""
    if table in index.TABLES:
        from advedu.reports import register_words

        return register_words.title(table, column)
    return FIELDS.get(column, column)


def called(table: str) -> str:
    """Return what a row of a table is called, as a text for the catalogue."""
    if table in index.TABLES:
        from advedu.reports import register_words

        return register_words.one(table)
    return TABLES.get(table, table)


# Where the entry is a number or a code that says nothing by itself.
_NUMBERED = (*REGISTER_TABLES, "rule")

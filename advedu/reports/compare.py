"""A list of members beside ours: whom only we have, whom only they list, and what differs. Nothing is written."""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from advedu.i18n import N_, _
from advedu.importing.batch import Import
from advedu.nouns.model import Unit
from advedu.output.report import Cell, Column, Head, Report, Table
from advedu.reports.change_lines import Words, lines, spoken, title
from advedu.reports.importing import REJECTED
from advedu.storage import changes, members
from advedu.storage.history import Operation
from advedu.values.identity import mask_id_number

SIDES = {"here": N_("only here"), "file": N_("only in the file"), "differs": N_("differs")}
COLUMNS = (
    Column("side", N_("Side"), SIDES),
    Column("code", N_("Code")),
    Column("name", N_("Full name")),
    Column("id_number", N_("ID number")),
    Column("unit", N_("Unit")),
    Column("field", N_("Field")),
    Column("old", N_("Here")),
    Column("new", N_("In the file")),
)


class Difference(NamedTuple):
    """One difference; `field`, `old` and `new` are empty where somebody stands on one side alone."""

    side: str
    code: str | None
    name: str
    id_number: str | None
    unit: str | None
    field: str | None = None
    old: str | None = None
    new: str | None = None


def differences(connection: sqlite3.Connection, operation: Operation, batch: Import, top: Unit) -> list[Difference]:
    """Return how a file differs from the members of a unit and all below it.

    Call it inside the operation that imported the file and will not be kept: what the import changed are the
    differences.
    """
    changed = [each for each in changes.changes(connection, operation.first_change) if each.table == "member"]
    words = Words(connection)
    words.learn(changed)
    assigned = {code for _row, _name, code in batch.assigned}
    new = {each.key[0] for each in changed if each.old is None}
    found = [
        _somebody("here", member._asdict(), words)
        for member in members.of_units(connection, top.id)
        if member.left_on is None and member.id not in batch.matched and member.id not in new
    ]
    differing: list[Difference] = []
    for change in changed:
        if change.old is None and change.new is not None:
            who = _somebody("file", change.new, words)
            # A code that would be assigned on import says nothing about the list.
            found.append(who._replace(code=None) if who.code in assigned else who)
        elif change.old is not None and change.new is not None:
            who = _somebody("differs", change.old, words)
            differing += [who._replace(field=line.field, old=line.old, new=line.new) for line in lines([change], words)]
    return found + differing


def _somebody(side: str, row: dict[str, object], words: Words) -> Difference:
    number = row["id_number"]
    return Difference(
        side,
        str(row["code"]),
        str(row["name"]),
        None if number is None else mask_id_number(str(number)),
        words.label("unit", row["unit_id"]),
    )


def compared(batch: Import, top: Unit, found: list[Difference]) -> Report:
    """Return the report of a comparison."""
    counts = {side: len({(each.code, each.name, each.unit) for each in _of(found, side)}) for side in SIDES}
    document = {
        "unit": top.code,
        "read": batch.counts["read"],
        **counts,
        "rows": [each._asdict() for each in found],
        "errors": [issue.as_json() for issue in batch.errors],
    }
    text = _("{here} only here, {file} only in the file, {differs} differ. Nothing was written.")
    notes = [text.format(**counts)]
    if batch.errors:
        notes.append(
            _("{count} rows have errors and were compared as far as they could be read; --dry-run lists them.").format(
                count=len({(issue.file, issue.row) for issue in batch.errors})
            )
        )
    return Report(
        COLUMNS,
        list(found),
        document=document,
        tables=lambda: [_table(found)] if found else [],
        title=_("{unit} beside the file").format(unit=top.label),
        notes=notes,
        exit_code=REJECTED if batch.errors else 0,
    )


def _of(found: list[Difference], side: str) -> Iterator[Difference]:
    return (each for each in found if each.side == side)


_STYLES = {"here": "bad", "file": "warn", "differs": ""}


def _table(found: list[Difference]) -> Table:
    heads = (
        Head(_("Side")),
        Head(_("Member"), least=12),
        Head(_("ID number")),
        Head(_("Unit")),
        Head(_("Field")),
        Head(_("Here")),
        Head(_("In the file")),
    )
    rows = [
        [
            Cell(_(SIDES[each.side]), _STYLES[each.side]),
            Cell(f"{each.code or ''} {each.name}".strip()),
            Cell(each.id_number or ""),
            Cell(each.unit or ""),
            Cell(_(title("member", each.field)) if each.field else ""),
            Cell(spoken("member", each.field, each.old) if each.field else "", "dim"),
            Cell(spoken("member", each.field, each.new) if each.field else ""),
        ]
        for each in found
    ]
    return Table(heads, rows)

"""What is wrong with a file."""

import sqlite3
from typing import NamedTuple

from advedu.errors import BadValue
from advedu.i18n import N_, _
from advedu.output.report import Cell, Column, Head, Report, Table
from advedu.storage import chain
from advedu.storage import verify as storage

COLUMNS = (Column("code", N_("Code")), Column("where", N_("Where")), Column("message", N_("What is wrong")))
FOUND = 4
# A shorter hash would be met by chance.
LEAST_DIGITS = 12
MEANINGS = {
    "integrity": N_("the file is damaged; restore a backup"),
    "foreign_key": N_("a record of something that is not there"),
    "schema": N_("a table, index or trigger differs from what this program makes"),
    "chain": N_("an operation is not what it was when it was written"),
    "under_way": N_("an operation was left open by another program"),
    "history": N_("a change does not begin with what the one before left"),
    "rows": N_("a row does not stand as its last recorded change left it"),
    "anchor": N_("the history was cut off or written anew since this hash was noted"),
}


class Anchor(NamedTuple):
    """An operation and its hash, or the beginning of it, as noted outside the file."""

    operation: int
    hash: str


def parsed(text: str) -> Anchor:
    """Return an anchor.

    Raises:
        BadValue: it is not OPERATION:HASH.
    """
    number, _colon, digits = text.partition(":")
    digits = digits.strip().lower()
    if not number.isdigit() or len(digits) < LEAST_DIGITS or set(digits) - set("0123456789abcdef"):
        why = _("write it like 12:a1b2c3d4e5f6, with at least {digits} digits of the hash").format(digits=LEAST_DIGITS)
        raise BadValue(option="--anchor", value=text, why=why)
    return Anchor(int(number), digits)


def verify(connection: sqlite3.Connection, anchors: list[Anchor]) -> Report:
    """Return every finding; exit code 4 when there is one, and no output when there is none."""
    found = [(finding.code, finding.where) for finding in storage.findings(connection)]
    for anchor in anchors:
        stored = chain.hash_of(connection, anchor.operation)
        if stored is None or not stored.startswith(anchor.hash):
            found.append(("anchor", f"{anchor.operation}:{anchor.hash}"))
    rows = [(code, where, _(MEANINGS[code])) for code, where in found]

    def table() -> list[Table]:
        heads = (Head(_("Code")), Head(_("Where")), Head(_("What is wrong")))
        return [Table(heads, [[Cell(code, "bad"), Cell(where), Cell(meaning)] for code, where, meaning in rows])]

    return Report(
        COLUMNS,
        rows,
        tables=table if rows else list,
        silent=not rows,
        exit_code=FOUND if rows else 0,
    )

"""What an operation that will not be kept would change: old → new, record by record."""

import sqlite3
from typing import Any, NamedTuple

from advedu.i18n import _
from advedu.output.report import Table
from advedu.reports.change_lines import (
    COLUMNS,
    COUNTED,
    ChangedField,
    Words,
    lines,
    lines_table,
    summary_of,
    summary_table,
)
from advedu.storage import changes
from advedu.storage.changes import Change
from advedu.storage.history import Operation
from advedu.values.wording import first_alone

# A preview has the fields of so many rows, and a screen shows so many lines of them.
PREVIEWED = 20_000
_ON_SCREEN = 60


class Preview(NamedTuple):
    """What an operation that will not be kept would change: lines, and per table how many rows it adds and changes."""

    lines: list[ChangedField]
    summary: list[tuple[str, int, int, int]]

    def document(self) -> dict[str, Any]:
        """Return the keys for JSON."""
        keys = [column.key for column in COLUMNS][1:]
        return {
            "changes": [dict(zip(keys, line[1:], strict=True)) for line in self.lines],
            "summary": [dict(zip(COUNTED, row, strict=True)) for row in self.summary],
        }

    def tables(self) -> list[Table]:
        """Return what a person sees."""
        if not self.lines:
            return []
        counts = summary_table(self.summary)._replace(title=_("Would change"))
        return [counts, lines_table(self.lines[:_ON_SCREEN])]

    def notes(self) -> list[str]:
        """Return what is to be said of lines that are not shown."""
        if len(self.lines) <= _ON_SCREEN:
            return []
        return [first_alone(_ON_SCREEN, len(self.lines), _("changes"))]


def preview(connection: sqlite3.Connection, operation: Operation) -> Preview:
    """Return what an operation would change; call it inside. A new unit or member is one line."""
    changed = [] if operation.abandoned else changes.changes(connection, operation.first_change)
    words = Words(connection)
    words.learn(changed)
    found: list[ChangedField] = []
    for change in changed[:PREVIEWED]:
        if change.old is None and change.new is not None and change.table in ("unit", "member"):
            found.append(_new(change, change.new, words))
        else:
            found += lines([change], words)
    return Preview(found, summary_of(changed))


def _new(change: Change, row: dict[str, object], words: Words) -> ChangedField:
    label = f"{row['code']} {row['name']}"
    unit, member = (label, None) if change.table == "unit" else (None, label)
    where = words.label("unit", row["parent_id" if change.table == "unit" else "unit_id"])
    return ChangedField(change.operation, change.table, unit, member, None, "record", None, where)

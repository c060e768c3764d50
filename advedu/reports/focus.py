"""The focus of a sector: what its units are to study, and which problems they are to solve (D6)."""

from __future__ import annotations

import sqlite3

from advedu.i18n import N_
from advedu.output.report import Column, Report
from advedu.storage import campaign

COLUMNS = (
    Column("code", N_("Code")),
    Column("name", N_("Name")),
    Column("study", N_("To study")),
    Column("problems", N_("To solve")),
)


def focus(connection: sqlite3.Connection, sector_id: int | None) -> Report:
    """Return the focus of a sector, or of all."""
    rows = [
        (entry.code, entry.name, *campaign.focus(connection, entry.id))
        for entry in campaign.entries(connection, "sector")
        if sector_id in (None, entry.id)
    ]
    return Report(COLUMNS, rows)

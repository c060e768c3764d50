"""The control totals."""

from __future__ import annotations

import sqlite3

from advedu.storage import ledger_rows
from advedu.storage.ledger_rows import Baseline


def set_baseline(connection: sqlite3.Connection, day: str, units: int, members: int, entered: str) -> None:
    """Write the control totals of a day; those of other days stay beside them, and of one day the last ones count."""
    ledger_rows.put_baseline(connection, Baseline(day, units, members), entered)

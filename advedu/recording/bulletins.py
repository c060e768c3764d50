"""Bulletins: their numbers run without gaps per issuer, kind and year, and through; a draft has none (R12, D15)."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from advedu.i18n import N_
from advedu.registers.shape import Wrong
from advedu.storage import bulletins

Given = Mapping[str, Any]


def numbered(connection: sqlite3.Connection, given: Given) -> Given:
    """Give a bulletin that goes out its next numbers, unless it brings its own.

    Raises:
        Wrong: an earlier number went out later.
    """
    if not given.get("issued_on") or given.get("issue") or given.get("running"):
        return given
    series = (given["unit"], given["kind"])
    last = bulletins.last_issued(connection, *series)
    if last is not None and last > given["issued_on"]:
        why = N_("the latest number went out on {last}; a later number cannot go out before")
        raise Wrong("issued_on", "value_invalid", why, last=last)
    year = str(given["issued_on"])[:4]
    issue, running = bulletins.greatest(connection, *series, year)
    return {**given, "issue": issue + 1, "running": running + 1}


def keep_gapless(connection: sqlite3.Connection, taken: Given) -> None:
    """Refuse to take back a bulletin that went out, unless it was the last of its series.

    Raises:
        Wrong: a later number stands on it.
    """
    if taken["running"] is None:
        return
    _issue, running = bulletins.greatest(connection, taken["unit"], taken["kind"], str(taken["issued_on"])[:4])
    if taken["running"] < running:
        why = N_("number {running} went out after it; taking this one back would leave a gap")
        raise Wrong("issue", "value_invalid", why, running=running)

"""Bulletins: their numbers run without gaps per issuer, kind and year, and through; a draft has none (R12, D15)."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from advedu.i18n import N_
from advedu.nouns.declaration import Wrong
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


def refuse_twice(connection: sqlite3.Connection, values: Given, number: int | None) -> None:
    """Let no number be given twice in a series.

    Raises:
        Wrong: another bulletin than `number` has it.
    """
    if not values.get("issued_on"):
        return
    for name in ("issue", "running"):
        other = bulletins.with_number(connection, values, name, number)
        if other is not None:
            why = N_("this number is that of another bulletin, record {other}")
            raise Wrong(name, "duplicate", why, other=other)


def keep_gapless(connection: sqlite3.Connection, stored: Given, given: Given | None) -> None:
    """Refuse to take a bulletin that went out out of its series, unless it was the last one.

    Args:
        connection: the file.
        stored: the bulletin.
        given: what is to change; None when it is to be taken away.

    Raises:
        Wrong: a later number stands on it.
    """
    stays = given is not None and given.get("kind", stored["kind"]) == stored["kind"]
    if stored["running"] is None or (stays and given is not None and given.get("issued_on", True) is not None):
        return
    _issue, running = bulletins.greatest(connection, stored["unit"], stored["kind"], str(stored["issued_on"])[:4])
    if stored["running"] < running:
        why = N_("number {running} went out after it; taking this one back would leave a gap")
        raise Wrong("issue", "value_invalid", why, running=running)

"""Commendation: who is proposed has finished, and in time; otherwise an override with a reason stays (R12, D17)."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from advedu.i18n import N_, _
from advedu.nouns.declaration import Wrong
from advedu.storage import commendations

Given = Mapping[str, Any]
# What is missing, by the name of the fact (storage/queries/commendable.sql).
WORDS = {
    "milestones": N_("required milestones not reached: {what}"),
    "tasks": N_("tasks not done: {what}"),
    "items": N_("personal items not done: {what}"),
    "survey": N_("the last survey round did not pass"),
    "late": N_("commendation comes before {what}"),
}


def missing(connection: sqlite3.Connection, unit_id: int, member_id: int | None, day: str) -> list[str]:
    """Return in words what speaks against proposing a member, or a unit, on a day; empty when nothing does."""
    found = [(code, what) for code, what in commendations.facts(connection, unit_id, member_id, day) if what]
    latest = commendations.before(connection)
    if latest is not None and day >= latest:
        found.append(("late", latest))
    return [_(WORDS[code]).format(what=what) for code, what in found]


def proposed(connection: sqlite3.Connection, values: Given) -> Given:
    """Return a proposal with what was missing, which needs an override.

    Raises:
        Wrong: somebody unfinished is proposed, and nobody overrode that.
    """
    if values.get("member") is not None:
        _same_unit(connection, values)
    found = missing(connection, values["unit"], values.get("member"), values["proposed_on"])
    if values.get("overridden") and values.get("missing"):
        # Once on record an override stays, whatever was done since (D44).
        return values
    if not found:
        return {**values, "overridden": 0, "missing": None}
    if not values.get("overridden"):
        why = N_("{missing}; a proposal all the same needs an override with its reason")
        raise Wrong("overridden", "unfinished", why, missing=_("; ").join(found))
    return {**values, "missing": _("; ").join(found)}


def _same_unit(connection: sqlite3.Connection, values: Given) -> None:
    home = commendations.unit_of(connection, values["member"], values["proposed_on"])
    if home != values["unit"]:
        raise Wrong("member", "value_invalid", N_("was no member of this unit on that day"))


def keep_override(_connection: sqlite3.Connection, stored: Given, given: Given | None) -> None:
    """Refuse to let an override vanish, or to let it stand for somebody or something else (D44).

    Args:
        _connection: the file.
        stored: the proposal.
        given: what is to change; None when it is to be taken away.

    Raises:
        Wrong: it was overridden.
    """
    if not stored["overridden"]:
        return
    if given is None:
        raise Wrong("overridden", "value_invalid", N_("it was proposed by override, which stays on record"))
    for name in ("overridden", "missing", "reason", "member", "honour", "proposed_on"):
        if name in given and given[name] != stored[name]:
            raise Wrong(name, "value_invalid", N_("it was proposed by override, which stays on record"))

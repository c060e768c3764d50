"""The line about overridden gates that stands under every later report (R3, D44): an override never disappears."""

from __future__ import annotations

import sqlite3

from advedu.i18n import _
from advedu.nouns.model import Unit
from advedu.storage import figures
from advedu.storage.figures import Scope
from advedu.values.text import shortened


def overrides(connection: sqlite3.Connection, top: Unit, day: str) -> list[str]:
    """Return the line about the overrides in a unit's subtree by a day, or nothing."""
    found = figures.overridden(connection, Scope(top.id, day))
    if not found:
        return []
    units = list(dict.fromkeys(f"{code} {name}" for code, name in found))
    names = shortened(units, joint=_(", "))
    text = _("Overridden: {count} times, in {units} units: {names} (`advedu phase list --overridden`)")
    return [text.format(count=len(found), units=len(units), names=names)]

"""What a column of a form wants: its width, the words it offers, what is checked as it is typed, its note.

Nothing here is about one kind of file: it follows from the reader that `importing.columns` names for the column, so a
further kind needs no line here. Cells that the checks refuse can still be entered after a warning, because `import`
understands more than a spreadsheet can check.
"""

import sqlite3
from typing import NamedTuple

from advedu.i18n import N_, _
from advedu.importing.column_reader import CLEAR_WORDS
from advedu.importing.columns import Column
from advedu.naming import vocabulary
from advedu.nouns.model import Unit
from advedu.storage import units

TEXT, DAY, NUMBER = "text", "day", "number"
# A longer list is no help in a cell.
LONGEST_LIST = 2_000
# A longer name is no help beside the code.
LONGEST_NAME = 200


class Guide(NamedTuple):
    """What a column wants.

    Attributes:
        form: how its cells are stored: TEXT, DAY or NUMBER.
        width: in columns of half a Chinese character.
        hint: what goes in, a template for the catalogue.
        check: a formula that is true for a good cell; `{cell}` stands for the cell.
    """

    form: str = TEXT
    width: int = 14
    hint: str = N_("Text.")
    check: str = ""


_LENGTH = "OR(LEN({cell})=15,LEN({cell})=18)"
_BY_READER = {
    "id_number": Guide(
        width=21,
        hint=N_("18 digits (or the old 15), typed as text. A masked number, with stars, is left as it is stored."),
        check=_LENGTH,
    ),
    "phone": Guide(width=16, hint=N_("Digits. A masked number, with stars, is left as it is stored.")),
    "day": Guide(DAY, 12, N_("A day: 2005-01-20.")),
    "past_day": Guide(DAY, 12, N_("The day it was done: 2005-01-20; never one that lies in the future.")),
    "past_month": Guide(
        width=13, hint=N_("A day or a month: 1985-03-12 or 1985-03."), check="AND(LEN({cell})>=6,LEN({cell})<=12)"
    ),
    "count": Guide(NUMBER, 11, N_("A whole number.")),
    "aliases": Guide(width=18, hint=N_("Other names, separated by spaces; they replace those there are.")),
    "tick": Guide(width=9, hint=N_("Yes or no: 是/否.")),
    "member": Guide(width=20, hint=N_("The member: code, ID number, or name with the unit beside it.")),
    "milestone": Guide(width=30, hint=N_("The milestone, by code or name.")),
    "task": Guide(width=24, hint=N_("The task, by code or name.")),
    "item": Guide(width=32, hint=N_("The item, by code or name.")),
    "sector": Guide(width=16, hint=N_("Choose from the list.")),
    "category": Guide(width=18, hint=N_("Choose from the list.")),
    "batch": Guide(width=10, hint=N_("Choose from the list; empty means that of the unit above.")),
    "kind": Guide(width=10, hint=N_("Choose from the list.")),
    "sex": Guide(width=7, hint=N_("Choose from the list.")),
    "status": Guide(width=11, hint=N_("Choose from the list.")),
    "rank": Guide(width=11, hint=N_("Choose from the list.")),
    "district_body": Guide(width=11, hint=N_("Choose from the list.")),
}
# Columns whose reader is "text" and whose name says more.
_BY_NAME = {
    "unit": Guide(width=30, hint=N_("The unit, by code or full name.")),
    "parent": Guide(width=30, hint=N_("The unit above, by code or full name.")),
    "code": Guide(
        width=15, hint=N_("Leave it as it is; for somebody or something new leave it empty: it is assigned.")
    ),
    "name": Guide(width=16, hint=N_("The full name.")),
    "chief": Guide(width=12, hint=N_("The full name.")),
    "head": Guide(width=12, hint=N_("The full name.")),
    "reporter": Guide(width=12, hint=N_("The full name.")),
    "evidence": Guide(width=22, hint=N_("What proves it: a document, its number.")),
    "note": Guide(width=20, hint=N_("Anything worth knowing.")),
    "shift_reason": Guide(width=18, hint=N_("Why it starts earlier or later than its batch.")),
}
# A unit's name is longer than a person's.
_UNIT_NAME = 30


def of(kind: str, column: Column) -> Guide:
    """Return what a column of a kind of file wants."""
    if column.name == "name" and kind == "units":
        return _BY_NAME["name"]._replace(width=_UNIT_NAME)
    if column.reader in ("text", "code", "name"):
        return _BY_NAME.get(column.name, Guide())
    return _BY_READER.get(column.reader, Guide())


def words(connection: sqlite3.Connection, column: Column, below: Unit) -> tuple[str, ...]:
    """Return the words that a column offers in a form for a unit; none where anything may stand."""
    if column.name in ("unit", "parent") and column.reader == "text":
        found = _units(connection, below, with_above=column.name == "parent")
        return found if len(found) <= LONGEST_LIST else ()
    return vocabulary.offered(connection, column.reader)


def _units(connection: sqlite3.Connection, below: Unit, *, with_above: bool) -> tuple[str, ...]:
    places = [id_ for id_, _ in units.subtree(connection, below.id)]
    if with_above and below.parent_id is not None:
        places.insert(0, below.parent_id)
    found = (units.by_id(connection, id_) for id_ in places)
    return tuple(label(unit.code, unit.name) for unit in found if unit.closed_on is None)


def comes_back(text: str) -> bool:
    """Tell whether a text is the same after it was written into a cell and read again."""
    return text.isprintable() and text == " ".join(text.split()) and text.lower() not in CLEAR_WORDS


def label(code: str, name: str) -> str:
    """Return how a form names a unit or a member: code and name, or the code where the name would not come back."""
    return f"{code} {name}" if comes_back(name) and len(name) <= LONGEST_NAME else code


def note(kind: str, column: Column, offered: tuple[str, ...], guide: Guide | None = None) -> str:
    """Return the note at the heading of a column, whose guide is looked up when it is not given."""
    lines = [_("Required.") if column.required else _("May stay empty; an empty cell changes nothing.")]
    lines.append(_((guide or of(kind, column)).hint))
    if offered and column.name not in ("unit", "parent"):
        few = offered[:_SHOWN]
        lines.append(_("For example: {words}").format(words="、".join(few)))
    return "\n".join(lines)


_SHOWN = 6

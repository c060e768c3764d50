"""What a column of a form wants beside its kind: the words it offers, its width, its note.

Nothing here is about one kind of file: it follows from the declaration. Cells that the checks refuse can still be
entered after a warning, because `import` understands more than a spreadsheet can check.
"""

import sqlite3

from advedu.i18n import N_, _
from advedu.importing.column_reader import CLEAR_WORDS
from advedu.naming import vocabulary
from advedu.nouns import registers
from advedu.nouns.declaration import Field
from advedu.nouns.model import Unit
from advedu.storage import register_rows, units

# A longer list is no help in a cell.
LONGEST_LIST = 2_000
# A longer name is no help beside the code.
LONGEST_NAME = 200
_DATED = N_("The record by its number, or by its day where it is known by one.")
_CODED = N_("The {what}, by code or name.")
# So many words of a list stand in a note.
_SHOWN = 6


def words(connection: sqlite3.Connection, field: Field, below: Unit) -> tuple[str, ...]:
    """Return the words that a column offers in a form for a unit; none where anything may stand."""
    if field.kind == "unit" and field.name in ("unit", "parent"):
        found = _units(connection, below, with_above=field.name == "parent")
        return found if len(found) <= LONGEST_LIST else ()
    if field.is_record and _is_coded(field):
        return tuple(row.values["code"] for row in register_rows.listed(connection, registers.named(field.kind), None))
    return vocabulary.offered(connection, field)


def _is_coded(field: Field) -> bool:
    """Tell whether the records that a field names have codes of their own, by which people call them."""
    return any(each.name == "code" for each in registers.named(field.kind).fields)


def hint(field: Field) -> str:
    """Return what goes into a column."""
    if field.is_record:
        other = registers.named(field.kind)
        if _is_coded(field):
            return _(_CODED).format(what=_(other.one))
        if any("day" in other.field(label).kind for label in other.labels):
            return _(_DATED)
    return _(field.hint or field.of_kind.hint)


def width(field: Field) -> int:
    """Return the width of a column in halves of a Chinese character."""
    return field.width or field.of_kind.width


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


def note(field: Field, offered: tuple[str, ...]) -> str:
    """Return the note at the heading of a column."""
    lines = [_("Required.") if field.is_needed else _("May stay empty; an empty cell changes nothing."), hint(field)]
    if offered and field.name not in ("unit", "parent"):
        lines.append(_("For example: {words}").format(words="、".join(offered[:_SHOWN])))
    return "\n".join(lines)

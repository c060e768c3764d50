"""Take an operation back."""

from __future__ import annotations

import sqlite3

from advedu.errors import CannotUndo, NoSuchOperation
from advedu.i18n import _
from advedu.recording import phases
from advedu.storage import bulletins, changes, reverting
from advedu.values.text import shortened


def undo(connection: sqlite3.Connection, number: int | None) -> int:
    """Put every row that an operation changed to what it was before, inside another operation; return its number.

    Args:
        connection: the file.
        number: the operation; None for the latest one that changed anything.

    Raises:
        NoSuchOperation: there is none of that number.
        CannotUndo: a row was changed since, or something else needs one that would go.
    """
    wanted = changes.last_with_changes(connection) if number is None else number
    span = None if wanted is None else changes.span(connection, wanted)
    if wanted is None or span is None:
        raise NoSuchOperation(wanted=number if number is not None else "—")
    first, last = span
    if wanted == 1:
        raise CannotUndo(number=wanted, why=_("the file begins with it"))
    if last < first:
        raise CannotUndo(number=wanted, why=_("it changed nothing"))
    if found := reverting.obstacles(connection, first, last):
        later = shortened(sorted({each.operation for each in found}))
        why = _("{count} of its rows were changed since, by operation {later}").format(count=len(found), later=later)
        raise CannotUndo(number=wanted, why=why)
    try:
        _revert(connection, first, last)
    except reverting.Needed as error:
        later = shortened(changes.later_in(connection, last, error.table)) or "—"
        why = _("later records stand on its rows, see operation {later}").format(later=later)
        raise CannotUndo(number=wanted, why=why) from error
    return wanted


def _revert(connection: sqlite3.Connection, first: int, last: int) -> None:
    gaps = bulletins.gaps(connection)
    reverting.revert(connection, first, last)
    # A number that went out is not taken from among those that followed it (R12).
    if bulletins.gaps(connection) > gaps:
        raise reverting.Needed("bulletin")
    if phases.disordered(connection, first, last):
        raise reverting.Needed("phase_event")

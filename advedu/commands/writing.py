"""How a verb that writes runs: one operation, then the receipt of what it changed."""

from __future__ import annotations

from collections.abc import Callable

from advedu.commands.session import Session
from advedu.errors import BadValue
from advedu.fields import Problem
from advedu.i18n import _
from advedu.report import Report
from advedu.reports import changes
from advedu.storage.history import Operation


def written(session: Session, body: Callable[[Operation], None], *, dry_run: bool) -> Report:
    """Run `body` inside an operation and return the receipt."""
    with session.writing(dry_run=dry_run) as operation:
        body(operation)
        make = changes.receipt(session.connection, operation)
    return make()


def value(option: str, read: Callable[[object], object], text: str | None) -> object:
    """Return what a typed value stands for; an empty one clears.

    Raises:
        BadValue: with the reason, as an import would give it for a cell.
    """
    if text is None or not text.strip():
        return None
    try:
        return read(text)
    except Problem as problem:
        raise BadValue(option=option, value=text, why=_(problem.why).format(**problem.values)) from None

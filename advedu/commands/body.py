"""`advedu body`: leading bodies and their offices."""

from __future__ import annotations

from advedu.commands import registered
from advedu.commands.base import AsOf, UnitArgument
from advedu.commands.session import Session
from advedu.i18n import N_
from advedu.naming import resolve
from advedu.output.report import Report
from advedu.reports import bodies

noun = registered.noun("body")


@noun.verb("show", N_("Show a unit's leading body on a day, and whether its head is the chief of that day"))
def show(session: Session, unit: UnitArgument, as_of: AsOf = None) -> Report:
    """Show a leading body and its office."""
    return bodies.show(session.connection, resolve.unit(session.connection, unit), session.as_of(as_of))

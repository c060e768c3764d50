"""How a verb that writes runs: one operation, then the receipt of what it changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from advedu.commands.session import Session
from advedu.errors import BadValue, CannotRead, MissingValue
from advedu.i18n import _
from advedu.output.report import Report
from advedu.reports import change_lines
from advedu.storage.history import Operation
from advedu.values import readers
from advedu.values.identity import scrub
from advedu.values.readers import Problem
from advedu.values.text import storable


def written(session: Session, body: Callable[[Operation], None], *, dry_run: bool, notes: Sequence[str] = ()) -> Report:
    """Run `body` inside an operation and return the receipt, with notes below it; a dry run lists every change."""
    with session.writing(dry_run=dry_run) as operation:
        body(operation)
        make = change_lines.receipt(session.connection, operation, whole=dry_run)
    report = make()
    report.notes = [*notes, *report.notes]
    return report


def value(
    option: str, read: Callable[[object], object], text: str | None, mask: Callable[[str], str] = scrub
) -> object:
    """Return what a typed value stands for; an empty one clears.

    What is refused is repeated as `mask` leaves it: a number that is private is not, however wrong it is.

    Raises:
        BadValue: with the reason, as an import would give it for a cell.
    """
    if text is None or not text.strip():
        return None
    try:
        return read(text)
    except Problem as problem:
        why = _(problem.why).format(**problem.values)
        raise BadValue(option=option, value=mask(storable(text)), why=why) from None


def given_code(text: str | None) -> str | None:
    """Return the code of something new as it is stored; None where one is to be assigned.

    Raises:
        MissingValue, BadValue: a code that was given is empty or cannot be stored.
    """
    if text is None:
        return None
    found = value("CODE", readers.code, text)
    if found is None:
        raise MissingValue(option="CODE", why=_("it must not be empty"))
    return str(found)


def lines_of(path: Path) -> list[str]:
    """Return the first cell of every line of a text, csv or workbook file that has one; `-` is standard input.

    Raises:
        CannotRead: it cannot be read.
    """
    from advedu.importing import sources

    file = sources.read(str(path))
    if file.fault is not None:
        raise CannotRead(path=file.name, why=file.fault.why)
    firsts = (
        readers.as_text(row[0]).strip() for sheet in file.sheets for row in sheet.rows if row and row[0] is not None
    )
    return [cell for cell in firsts if cell]


def one_of(name: str, argument: str | None, option: str | None) -> str:
    """Return what was given as an argument or as the option --to.

    Raises:
        MissingValue: neither was, or both.
    """
    if (argument is None) == (option is None):
        raise MissingValue(option=name, why=_("give it once, as an argument or with --to"))
    return str(argument or option)

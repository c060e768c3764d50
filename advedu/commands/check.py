"""`advedu check`: what is wrong, and what to do about it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from advedu.commands.base import AsOf, Noun, SomeUnit
from advedu.commands.session import Session
from advedu.errors import BadValue
from advedu.i18n import N_, _
from advedu.naming import resolve
from advedu.output.report import Report
from advedu.reports import check
from advedu.rules.findings import CATALOGUE

noun = Noun()


class Level(StrEnum):
    """How grave a finding is."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@noun.verb("", N_("What is wrong, and what to do: exit code 4 when a rule is broken"), lists=True)
def run(
    session: Session,
    unit: SomeUnit = None,
    as_of: AsOf = None,
    level: Annotated[
        Level | None, typer.Option("--level", help=N_("Only this level and graver ones; all by default"))
    ] = None,
    code: Annotated[
        list[str] | None,
        typer.Option("--code", metavar="CODE", help=N_("Only these findings; several with commas, or again")),
    ] = None,
    summary: Annotated[bool, typer.Option("--summary", help=N_("How many of each, instead of the list"))] = False,
    explain: Annotated[
        bool,
        typer.Option("--explain", help=N_("Say what a finding means, CODE in the place of UNIT; all without one")),
    ] = False,
) -> Report:
    """List findings, or explain them."""
    codes = [part.strip() for text in code or () for part in text.split(",") if part.strip()]
    if explain:
        codes += [unit] if unit else []
    for each in codes:
        _refuse_unknown(each)
    wanted = check.chosen(level.value if level else None, codes)
    if explain:
        return check.explained(wanted)
    top = resolve.root_or(session.connection, unit)
    day = session.as_of(as_of)
    return check.check(session.connection, top, day, wanted, summary=summary)


def _refuse_unknown(code: str) -> None:
    """Refuse a code that no finding has.

    Raises:
        BadValue: with the nearest ones.
    """
    if code in CATALOGUE:
        return
    import difflib

    nearest = difflib.get_close_matches(code, CATALOGUE, 3, 0.5)
    why = (
        _("no finding has this code; did you mean: {nearest}?")
        if nearest
        else _("`advedu check --explain` lists all codes")
    )
    raise BadValue(option="CODE", value=code, why=why.format(nearest=", ".join(nearest)))

"""`advedu template`: a form for a unit to fill in and send back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from advedu import output
from advedu.commands.base import Noun, Reveal, SomeUnit
from advedu.commands.session import Session
from advedu.errors import BadValue, FileEmpty, OutputExists
from advedu.forms import template
from advedu.forms.prefill import Ask
from advedu.i18n import N_, _
from advedu.importing.run import KINDS
from advedu.naming import resolve
from advedu.output.report import Report

noun = Noun()


@noun.verb(
    "",
    N_(
        "Write a form for a unit to fill in: an xlsx with what is known of it, lists to choose from and notes\n\n"
        "Members, units below it, milestones, tasks or nine ones that are still open stand in it. Filled in and sent"
        " back, `advedu import auto FILE` knows by itself what it is; what was not touched changes nothing."
    ),
)
def run(
    session: Session,
    kind: Annotated[
        str,
        typer.Argument(metavar="KIND", help=N_("What `advedu import` takes: units, members, milestones, surveys …")),
    ],
    unit: SomeUnit = None,
    file: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE.xlsx", help=N_("The file to make; KIND-UNIT.xlsx by default")),
    ] = None,
    reveal: Reveal = False,
) -> Report:
    """Write a template."""
    if kind not in KINDS:
        raise BadValue(option="KIND", value=kind, why=_("expected one of: {known}").format(known=", ".join(KINDS)))
    connection = session.connection
    top = resolve.root_or(connection, unit)
    if top is None:
        raise FileEmpty
    path = _path(file, kind, top.code)
    form = template.make(Ask(connection, top, session.today, reveal), kind, session.stamp)
    output.deliver(path, form.content)
    document = {"file": path, "kind": kind, "unit": top.code, "rows": form.rows, "revealed": reveal}
    notes = [_("Filled in and sent back: advedu import auto {path}").format(path=path)]
    report = Report(
        document=document,
        title=_("{path} is ready: {title}, {rows} rows filled in").format(path=path, title=form.title, rows=form.rows),
        notes=notes,
        silent=path == "-",
    )
    return session.revealed(report) if reveal else report


def _path(file: str | None, kind: str, code: str) -> str:
    """Return where the form goes.

    Raises:
        BadValue: the name given is not that of an xlsx file.
        OutputExists: the name was not given, and a file of that name is there already.
    """
    if file is not None:
        if file != "-" and Path(file).suffix.lower() != ".xlsx":
            raise BadValue(option="--output", value=file, why=_("expected a name that ends in .xlsx"))
        return file
    # A code may hold what no name of a file may.
    tame = re.sub(r"[^\w.-]", "_", code)[:80]
    name = f"{kind}-{tame}.xlsx"
    if Path(name).exists():
        raise OutputExists(path=name)
    return name

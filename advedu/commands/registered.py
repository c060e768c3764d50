"""The commands of the registers, made from their declarations: add, edit, remove, list.

Nouns with further verbs (`survey`, `session`, `rectification`, …) have a module of their own that begins with `noun`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any

import typer

from advedu.commands.base import AsOf, DryRun, Noun, Reveal, SomeUnit, UnitArgument
from advedu.commands.field_options import parameter, signed, taken, taking, told
from advedu.commands.session import Session
from advedu.commands.writing import written
from advedu.errors import NothingToDo
from advedu.i18n import N_, _
from advedu.naming import resolve
from advedu.nouns import registers
from advedu.nouns.declaration import ADD, EDIT, Register
from advedu.output.report import Report
from advedu.recording import register_records
from advedu.reports import register_lists
from advedu.storage.history import Operation

Numbers = Annotated[
    list[int], typer.Argument(metavar="NUMBER…", help=N_("The records, by the numbers that list shows"))
]
Number = Annotated[int, typer.Argument(metavar="NUMBER", help=N_("The record, by the number that list shows"))]
Open = Annotated[bool, typer.Option("--open", help=N_("Only where something is still to be done"))]


def noun(name: str) -> Noun:
    """Return the noun of a register with its four verbs."""
    register = registers.named(name)
    made = Noun(register.title)
    made.verb("add", N_("Put one on record"))(_add(register))
    made.verb("edit", N_("Change one on record; an empty value clears"))(_edit(register))
    made.verb("remove", N_("Take records back; the history keeps them"))(_remove(register))
    made.verb("list", N_("List the records of a unit and all below it"), lists=True)(_list(register))
    return made


def _add(register: Register) -> Callable[..., Report]:
    def add(session: Session, /, dry_run: bool, **typed: str | None) -> Report:
        def body(operation: Operation) -> None:
            values = taken(session, register, typed)
            told(register, lambda: register_records.add(session.connection, register, values, operation.day))

        return written(session, body, dry_run=dry_run)

    owner = [parameter("unit", UnitArgument)] if register.has_unit else []
    return taking(register, ADD, *owner)(add)


def _edit(register: Register) -> Callable[..., Report]:
    def edit(session: Session, /, number: int, dry_run: bool, **typed: str | None) -> Report:
        if all(text is None for text in typed.values()):
            raise NothingToDo

        def body(operation: Operation) -> None:
            register_records.known(session.connection, register, number)
            values = taken(session, register, typed)
            told(register, lambda: register_records.change(session.connection, register, number, values, operation.day))

        return written(session, body, dry_run=dry_run)

    # A record of the wrong unit is taken back and put on record again: it never wanders.
    return taking(register, EDIT, parameter("number", Number))(edit)


def _remove(register: Register) -> Callable[..., Report]:
    def remove(session: Session, numbers: list[int], dry_run: bool) -> Report:
        def body(operation: Operation) -> None:
            for number in numbers:
                remove = partial(register_records.remove, session.connection, register, number, operation.day)
                told(register, remove, f"{_(register.one)} {number}")

        return written(session, body, dry_run=dry_run)

    return signed(remove, parameter("numbers", Numbers), parameter("dry_run", DryRun, default=False))


def _list(register: Register) -> Callable[..., Report]:
    def list_(
        session: Session,
        as_of: str | None,
        unit: str | None = None,
        open: bool = False,  # noqa: A002
        reveal: bool = False,
    ) -> Report:
        top = resolve.root_or(session.connection, unit)
        day_ = session.as_of(as_of)
        report = register_lists.listed(session.connection, register, top, day_, only_open=open, reveal=reveal)
        return session.revealed(report) if reveal else report

    # What belongs to the whole file is not looked for below a unit.
    where = [parameter("unit", SomeUnit, None)] if register.owner else []
    only_open = [parameter("open", Open, default=False)] if register.open else []
    whole = [parameter("reveal", Reveal, default=False)] if register.private else []
    return signed(list_, *where, *only_open, parameter("as_of", AsOf, None), *whole)


def changed(session: Session, noun_: str, numbers: list[int], fields: dict[str, Any], *, dry_run: bool) -> Report:
    """Set the same fields of several records, for verbs that say what was done."""
    register = registers.named(noun_)

    def body(operation: Operation) -> None:
        for number in numbers:
            register_records.known(session.connection, register, number)
            write = partial(register_records.change, session.connection, register, number, fields, operation.day)
            told(register, write, f"{_(register.one)} {number}")

    return written(session, body, dry_run=dry_run)

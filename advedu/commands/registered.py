"""The commands of the registers, made from their declarations: add, edit, remove, list.

Nouns with further verbs (`survey`, `session`, `rectification`, …) have a module of their own that begins with `noun`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import partial
from typing import Annotated, Any

import typer

from advedu.commands.base import AsOf, DryRun, Noun, Reveal, SomeUnit, UnitArgument
from advedu.commands.session import Session, day
from advedu.commands.writing import value, written
from advedu.errors import BadValue, DoesNotFit, MissingValue, NothingToDo
from advedu.i18n import N_, _
from advedu.naming import resolve, vocabulary
from advedu.nouns import registers
from advedu.nouns.declaration import Field, Register, Wrong
from advedu.output.report import Report
from advedu.recording import registers as recording
from advedu.reports import registers as reports
from advedu.storage.history import Operation
from advedu.values.readers import Problem

Numbers = Annotated[
    list[int], typer.Argument(metavar="NUMBER…", help=N_("The records, by the numbers that list shows"))
]
Number = Annotated[int, typer.Argument(metavar="NUMBER", help=N_("The record, by the number that list shows"))]
Open = Annotated[bool, typer.Option("--open", help=N_("Only where something is still to be done"))]
_METAVARS = {
    "day": "DATE",
    "past_day": "DATE",
    "count": "N",
    "number": "N",
    "hours": "N",
    "unit": "UNIT",
    "member": "MEMBER",
}


def noun(name: str) -> Noun:
    """Return the noun of a register with its four verbs."""
    register = registers.named(name)
    made = Noun(register.title)
    made.verb("add", N_("Put one on record"))(_add(register))
    made.verb("edit", N_("Change one on record; an empty value clears"))(_edit(register))
    made.verb("remove", N_("Take records back; the history keeps them"))(_remove(register))
    made.verb("list", N_("List the records of a unit and all below it"), lists=True)(_list(register))
    return made


def _options(register: Register, *, leave_out: tuple[str, ...] = ()) -> list[inspect.Parameter]:
    """Return a parameter per field."""
    return [
        inspect.Parameter(
            field.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=None,
            annotation=Annotated[str | None, typer.Option(field.option, metavar=_metavar(field), help=_help(field))],
        )
        for field in register.fields
        if field.name not in leave_out
    ]


def _metavar(field: Field) -> str:
    if field.words:
        return "|".join(field.words)
    if field.kind == "team":
        # A team bears a code; other records are named by their number.
        return "TEAM"
    return _METAVARS.get(field.kind, "NUMBER" if field.is_record else "TEXT")


def _help(field: Field) -> str:
    return field.title


def _signed(function: Callable[..., Report], *parameters: inspect.Parameter) -> Callable[..., Report]:
    function.__signature__ = inspect.Signature(list(parameters))  # type: ignore[attr-defined]
    return function


def _parameter(name: str, annotation: Any, default: Any = inspect.Parameter.empty) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


# Under a name that no field bears: a missed session has a field "session".
_SESSION = _parameter("call", Session)
_DRY_RUN = _parameter("dry_run", DryRun, default=False)


def given(session: Session, register: Register, typed: dict[str, str | None]) -> dict[str, Any]:
    """Return what was typed as values; an empty text clears. Call it inside the operation.

    Raises:
        BadValue: with the reason, as an import would give it.
        BadDay, FutureDay: a day is none, or has not come yet.
    """
    return {name: _value(session, register.field(name), text) for name, text in typed.items() if text is not None}


def _value(session: Session, field: Field, text: str) -> object:
    connection = session.connection
    if not text.strip():
        return None
    if field.kind in ("unit", "member"):
        return (resolve.unit if field.kind == "unit" else resolve.member)(connection, text).id
    if "day" in field.kind:
        return (day if field.kind == "day" else session.past_day)(text, field.option)
    try:
        if field.is_record:
            return recording.reference(connection, field, (), text.strip())
        if field.kind == "units":
            return recording.unit_codes(resolve.Lookup(connection), text)
    except Problem as problem:
        raise BadValue(option=field.option, value=text, why=_(problem.why).format(**problem.values)) from None
    return value(field.option, vocabulary.typed(connection, field, session.today), text)


def told(register: Register, body: Callable[[], object], what: str = "") -> None:
    """Run something that writes a record, and turn what is wrong with it into the fault of an option.

    A verb that says what was done has other options than the record has fields; it names the record as `what`.

    Raises:
        MissingValue, DoesNotFit: what the record lacks, or what does not fit.
    """
    try:
        body()
    except Wrong as problem:
        field = register.field(problem.field)
        why = _(problem.why).format(**problem.values)
        if what:
            raise DoesNotFit(option=what, why=why) from None
        option = "UNIT" if field.name == "unit" else field.option
        if problem.code == "required_missing":
            raise MissingValue(option=option, why=why) from None
        raise DoesNotFit(option=option, why=why) from None


def _add(register: Register) -> Callable[..., Report]:
    def add(session: Session, /, dry_run: bool, unit: str | None = None, **typed: str | None) -> Report:
        def body(operation: Operation) -> None:
            values = given(session, register, {"unit": unit, **typed} if register.has_unit else typed)
            told(register, lambda: recording.add(session.connection, register, values, operation.day))

        return written(session, body, dry_run=dry_run)

    owner = [_parameter("unit", UnitArgument)] if register.has_unit else []
    return _signed(add, _SESSION, *owner, *_options(register, leave_out=("unit",)), _DRY_RUN)


def _edit(register: Register) -> Callable[..., Report]:
    def edit(session: Session, /, number: int, dry_run: bool, **typed: str | None) -> Report:
        if all(text is None for text in typed.values()):
            raise NothingToDo

        def body(operation: Operation) -> None:
            recording.known(session.connection, register, number)
            values = given(session, register, typed)
            told(register, lambda: recording.change(session.connection, register, number, values, operation.day))

        return written(session, body, dry_run=dry_run)

    # A record of the wrong unit is taken back and put on record again: it never wanders.
    return _signed(edit, _SESSION, _parameter("number", Number), *_options(register, leave_out=("unit",)), _DRY_RUN)


def _remove(register: Register) -> Callable[..., Report]:
    def remove(session: Session, numbers: list[int], dry_run: bool) -> Report:
        def body(operation: Operation) -> None:
            for number in numbers:
                remove = partial(recording.remove, session.connection, register, number, operation.day)
                told(register, remove, f"{_(register.one)} {number}")

        return written(session, body, dry_run=dry_run)

    return _signed(remove, _SESSION, _parameter("numbers", Numbers), _DRY_RUN)


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
        report = reports.listed(session.connection, register, top, day_, only_open=open, reveal=reveal)
        return session.revealed(report) if reveal else report

    # What belongs to the whole file is not looked for below a unit.
    where = [_parameter("unit", SomeUnit, None)] if register.owner else []
    only_open = [_parameter("open", Open, default=False)] if register.open else []
    whole = [_parameter("reveal", Reveal, default=False)] if register.private else []
    return _signed(list_, _SESSION, *where, *only_open, _parameter("as_of", AsOf, None), *whole)


def changed(session: Session, noun_: str, numbers: list[int], fields: dict[str, Any], *, dry_run: bool) -> Report:
    """Set the same fields of several records, for verbs that say what was done."""
    register = registers.named(noun_)

    def body(operation: Operation) -> None:
        for number in numbers:
            recording.known(session.connection, register, number)
            write = partial(recording.change, session.connection, register, number, fields, operation.day)
            told(register, write, f"{_(register.one)} {number}")

    return written(session, body, dry_run=dry_run)

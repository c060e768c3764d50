"""The options of fields: what a declaration says becomes parameters of a verb, and what was typed after them values.

The verbs that set fields of registers, units, members and marks are made here, so a field has the same option, is read
in the same way and refused in the same words wherever it stands; and as a cell with the same text would be.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer

from advedu.commands.base import DryRun
from advedu.commands.session import Session
from advedu.commands.writing import value
from advedu.errors import DoesNotFit, MissingValue
from advedu.i18n import _
from advedu.naming import resolve, vocabulary
from advedu.nouns.declaration import Field, Register, Wrong
from advedu.output.report import Report
from advedu.values.identity import scrub

# What was typed: field name → text, or whether a flag was set; None where nothing was.
Typed = Mapping[str, str | bool | None]
# The nouns whose records bear codes that people say, and not numbers alone.
CODED = {"team": "TEAM"}


def parameter(name: str, annotation: Any, default: Any = inspect.Parameter.empty) -> inspect.Parameter:
    """Return a parameter as `signed` takes it."""
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


# Under a name that no field bears: a missed session has a field "session".
_SESSION = parameter("call", Session)
_DRY_RUN = parameter("dry_run", DryRun, default=False)


def signed(function: Callable[..., Report], *parameters: inspect.Parameter) -> Callable[..., Report]:
    """Return a function of a verb with a session first and these parameters behind it."""
    function.__signature__ = inspect.Signature([_SESSION, *parameters])  # type: ignore[attr-defined]
    return function


def taking(
    register: Register,
    verb: str,
    *own: inspect.Parameter,
    required: bool = False,
    last: tuple[inspect.Parameter, ...] = (),
) -> Callable[[Callable[..., Report]], Callable[..., Report]]:
    """Give a function the options of all fields that a verb takes, between its own, and --dry-run.

    Args:
        register: the declaration.
        verb: the verb that `Field.verbs` names.
        own: the function's own parameters, before the fields.
        required: whether the verb cannot be called without what a record cannot be without.
        last: more of its own, behind them.
    """
    fields = register.taken_by(verb)
    if required:
        fields = tuple(sorted(fields, key=lambda field: not field.is_needed))
    options = [_option(field, required=required and field.is_needed) for field in fields]
    return lambda function: signed(function, *own, *options, *last, _DRY_RUN)


def _option(field: Field, *, required: bool) -> inspect.Parameter:
    help_ = field.help or field.title
    if field.flag:
        flag = typer.Option(f"{field.option}/--no-{field.option.removeprefix('--')}", help=help_)
        return parameter(field.name, Annotated[bool | None, flag], None)
    option = typer.Option(field.option, metavar=metavar(field), help=help_)
    if required:
        return parameter(field.name, Annotated[str, option])
    return parameter(field.name, Annotated[str | None, option], None)


def metavar(field: Field) -> str:
    """Return what help calls the value of a field: the words of a fixed list, unless the line of help explains them."""
    if field.kind == "word" and not field.help:
        return "|".join(field.words)
    return CODED.get(field.kind, field.of_kind.metavar)


def place(field: Field) -> str:
    """Return where a field is typed: its option, or the argument that some verb has for it."""
    return field.option if field.verbs else field.name.upper()


def taken(session: Session, register: Register, typed: Typed) -> dict[str, Any]:
    """Return what was typed as values, by field; an empty text clears.

    Raises:
        BadValue: with the reason, as an import would give it.
        MissingValue: what a record cannot be without is to be cleared.
        NotFound, AmbiguousUnit, AmbiguousMember: what was typed names no unit or member, or several.
    """
    return {
        name: int(text) if isinstance(text, bool) else read(session, register.field(name), text)
        for name, text in typed.items()
        if text is not None
    }


def columns(register: Register, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values by the columns of the table."""
    return {register.field(name).column: stored for name, stored in values.items()}


def read(session: Session, field: Field, text: str, option: str = "", *, needed: bool = False) -> Any:
    """Return what a text typed for a field stands for; an empty one clears.

    Args:
        session: the call; what a record refers to is looked for in its file.
        field: the field.
        text: what was typed.
        option: where it was typed, when that is not the field's own option.
        needed: whether an empty text will not do, although a record could be without.

    Raises:
        As `taken`.
    """
    option = option or place(field)
    if not text.strip():
        if needed or field.is_needed:
            raise MissingValue(option=option, why=_("it must not be empty"))
        return None
    return value(option, lambda cell: _meant(session, field, str(cell)), text, field.of_kind.mask or scrub)


def _meant(session: Session, field: Field, text: str) -> object:
    connection = session.connection
    if field.of_kind.names == "unit":
        return resolve.unit(connection, text).id
    if field.of_kind.names == "member":
        return resolve.member(connection, text).id
    if field.is_record or field.kind == "units":
        from advedu.recording import register_records

        if field.is_record:
            return register_records.reference(connection, field, (), text.strip())
        return register_records.unit_codes(resolve.Lookup(connection), text)
    return vocabulary.typed(connection, field, session.today)(text)


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
        option = place(field)
        if problem.code == "required_missing":
            raise MissingValue(option=option, why=why) from None
        raise DoesNotFit(option=option, why=why) from None

"""The verbs of what was done, made from the declarations of marks: on record, taken back, not owed.

A mark is what an owner (a unit or a member) did of an entry of the definition (a milestone, a task, an item).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer

from advedu.commands import targets
from advedu.commands.base import DryRun, On, Within
from advedu.commands.field_options import parameter, signed, taken, taking
from advedu.commands.session import Session
from advedu.commands.writing import written
from advedu.errors import MissingValue
from advedu.i18n import N_, _
from advedu.naming import resolve
from advedu.naming.resolve import Lookup
from advedu.nouns.declaration import ADD, Register
from advedu.nouns.model import Member, Unit
from advedu.output.report import Report
from advedu.recording import done
from advedu.storage.history import Operation

Reason = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help=N_("Why"))]
Lift = Annotated[bool, typer.Option("--lift", help=N_("Take the exemption back"))]
_FROM_LIST = parameter("from_list", targets.FromList, None)
_SUBTREE = parameter("subtree", targets.Subtree, None)
_EXCEPT = parameter("excepted", targets.Except, None)
_ON = parameter("on", On, None)
_UNIT = parameter("unit", Within, None)
_DRY_RUN = parameter("dry_run", DryRun, default=False)


def mark(register: Register, words: Any) -> Callable[..., Report]:
    """Return the verb that puts on record that owners did an entry; `words` is the argument that names them both."""
    kind, of_units = _kind(register), _of_units(register)

    def run(
        session: Session,
        /,
        words: list[str],
        on: str | None,
        from_list: str | None,
        subtree: str | None,
        excepted: list[str] | None,
        dry_run: bool,
        unit: str | None = None,
        **typed: str | None,
    ) -> Report:
        by = targets.wanted(from_list, subtree, excepted)
        names, wanted = targets.split(words, kind.upper(), by)
        day = session.past_day(on)
        connection = session.connection
        entry = resolve.entry(connection, kind, wanted)
        try:
            if of_units:
                meant = targets.units(session, names, by, entry, day)
            else:
                meant = targets.members(session, names, unit, by, day, entry if kind == "task" else None)
        except targets.UnusableList as refused:
            return refused.report
        values = taken(session, register, typed)

        def body(operation: Operation) -> None:
            rules = done.RecordRules(connection) if of_units else None
            for owner in meant.owners:
                done.mark(connection, kind, owner, entry, day, values, operation.day, rules)

        return written(session, body, dry_run=dry_run, notes=meant.notes)

    own = (parameter("words", words), _ON, *_within(register))
    return taking(register, ADD, *own, last=(_FROM_LIST, _SUBTREE, _EXCEPT))(run)


def unmark(register: Register, words: Any) -> Callable[..., Report]:
    """Return the verb that takes marks back."""
    kind = _kind(register)

    def run(session: Session, words: list[str], dry_run: bool, unit: str | None = None) -> Report:
        names, wanted = targets.split(words, kind.upper())

        def body(_: Operation) -> None:
            entry = resolve.entry(session.connection, kind, wanted)
            for owner in _owners(session, register, names, unit):
                done.unmark(session.connection, kind, owner, entry)

        return written(session, body, dry_run=dry_run)

    return signed(run, parameter("words", words), *_within(register), _DRY_RUN)


def exempt(register: Register, words: Any) -> Callable[..., Report]:
    """Return the verb that exempts owners from an entry, or lifts that."""
    kind = _kind(register)

    def run(
        session: Session,
        words: list[str],
        reason: str | None,
        on: str | None,
        lift: bool,
        dry_run: bool,
        unit: str | None = None,
    ) -> Report:
        names, wanted = targets.split(words, kind.upper())
        why, day = (reason or "").strip(), session.past_day(on)
        if not lift and not why:
            raise MissingValue(option="--reason", why=_("an exemption carries its reason"))

        def body(operation: Operation) -> None:
            connection = session.connection
            entry = resolve.entry(connection, kind, wanted)
            for owner in _owners(session, register, names, unit):
                if lift:
                    done.unexempt(connection, owner, entry)
                else:
                    done.exempt(connection, owner, entry, day, why, operation.day)

        return written(session, body, dry_run=dry_run)

    own = (parameter("words", words), parameter("reason", Reason, None), _ON, *_within(register))
    return signed(run, *own, parameter("lift", Lift, default=False), _DRY_RUN)


def _kind(register: Register) -> str:
    """Return the list of the definition that the entries of marks stand in."""
    return register.key[1].kind


def _of_units(register: Register) -> bool:
    return register.key[0].kind == "unit"


def _within(register: Register) -> tuple[Any, ...]:
    """Return the option that says where a name is looked for: members have namesakes, units bear codes."""
    return () if _of_units(register) else (_UNIT,)


def _owners(session: Session, register: Register, names: list[str], within: str | None) -> list[Unit | Member]:
    """Return whom the words name."""
    lookup = Lookup(session.connection)
    if _of_units(register):
        return [lookup.unit(name) for name in names]
    home = lookup.unit(within) if within else None
    return [lookup.member(name, home) for name in names]

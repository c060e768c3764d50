"""Whose record it is: named one by one, listed in a file, or a whole subtree less some.

A list is a pasted column of names or codes, one per line; for members a second column may hold the unit. Every line
that names nobody or several is reported, and then nothing is written.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Annotated, Any, NamedTuple, TypeVar

import typer

from advedu import errors
from advedu.commands.session import Session
from advedu.i18n import N_, _
from advedu.naming.resolve import Lookup
from advedu.nouns.model import Entry, Member, Unit
from advedu.output.report import Cell, Column, Head, Report, Table
from advedu.recording import subtree
from advedu.storage import members as stored_members
from advedu.storage import units as stored_units
from advedu.values.identity import scrub
from advedu.values.wording import error_lines

Owner = TypeVar("Owner", Unit, Member)

FromList = Annotated[
    str | None,
    typer.Option(
        "--from-list", metavar="FILE", help=N_("Also those in this file, a name or code per line; - is standard input")
    ),
]
Subtree = Annotated[
    str | None,
    typer.Option("--subtree", metavar="UNIT", help=N_("Also everybody below this unit who has it still open")),
]
Except = Annotated[
    list[str] | None,
    typer.Option(
        "--except", metavar="NAME", help=N_("But not this one of the subtree, nor what is below it; repeat for more")
    ),
]
COLUMNS = (
    Column("line", N_("Line"), align="right"),
    Column("text", N_("Text")),
    Column("problem", N_("Problem")),
)
_LEFT_OUT = {
    subtree.EXCEPTED: N_("excepted: {count}"),
    subtree.CLOSED: N_("closed: {count}"),
    subtree.NOT_OPEN: N_("not open yet: {count}"),
    subtree.NOT_APPLICABLE: N_("not owing it: {count}"),
    subtree.EXEMPT: N_("exempt: {count}"),
    subtree.DONE: N_("done already: {count}"),
    subtree.NOT_LEADER: N_("no leaders: {count}"),
}


class UnusableLine(NamedTuple):
    """A line of a list that names nobody, or several."""

    line: int
    text: str
    why: str


class UnusableList(Exception):
    """Lines of a list are wrong; the verb answers with `report`."""

    def __init__(self, problems: list[UnusableLine], lines: int) -> None:
        super().__init__(str(len(problems)))
        self.report = _refused(problems, lines)


class TargetOptions(NamedTuple):
    """What the options say about owners, beside those named one by one."""

    from_list: str | None
    subtree: str | None
    excepted: list[str]

    @property
    def elsewhere(self) -> bool:
        """Whether owners are named by the options at all."""
        return self.from_list is not None or self.subtree is not None

    def checked(self) -> "TargetOptions":
        """Return itself.

        Raises:
            MissingValue: exceptions from nothing.
        """
        if self.excepted and self.subtree is None:
            raise errors.MissingValue(option="--subtree", why=_("--except takes something out of a subtree"))
        return self


def wanted(from_list: str | None, subtree: str | None, excepted: list[str] | None) -> TargetOptions:
    """Return what the three options say together."""
    return TargetOptions(from_list, subtree, excepted or []).checked()


def split(words: list[str], last: str, by: TargetOptions | None = None) -> tuple[list[str], str]:
    """Return the names before the last word, and the last word.

    Raises:
        MissingValue: there is only one word, and no option names owners.
    """
    if len(words) < 2 and not (by is not None and by.elsewhere and words):  # noqa: PLR2004 (an owner and an entry)
        raise errors.MissingValue(
            option=last, why=_("name units and then the milestone or phase, or members and then the task or item")
        )
    return words[:-1], words[-1]


class Targets(NamedTuple):
    """The owners, each once, and a line about those of the subtree that were left out."""

    owners: list[Any]
    notes: list[str]


def member(session: Session, wanted: str, within: str | None) -> Member:
    """Return the member that an argument and --unit name.

    Raises:
        NotFound, AmbiguousUnit, AmbiguousMember: nobody, or several, are called like this.
    """
    lookup = Lookup(session.connection)
    return lookup.member(wanted, lookup.unit(within) if within else None)


def units(session: Session, names: list[str], by: TargetOptions, milestone: Entry, day: str) -> Targets:
    """Return the units that a call means.

    Raises:
        UnusableList: lines of the list are wrong.
        NotFound, AmbiguousUnit: a name that was typed is.
    """
    lookup = Lookup(session.connection)
    found = [lookup.unit(name) for name in names]
    found += _listed(by.from_list, lambda cells: _unit_of_line(lookup, cells))
    if by.subtree is None:
        return Targets(_once(found), [])
    excepted = {id_ for name in by.excepted for id_ in _below(session.connection, lookup.unit(name))}
    top = lookup.unit(by.subtree)
    below = subtree.units_below(session.connection, top, milestone, day, excepted)
    return Targets(_once(found + below.wanted), _left_out(below.left_out))


def members(
    session: Session, names: list[str], within: str | None, by: TargetOptions, day: str, task: Entry | None = None
) -> Targets:
    """Return the members that a call means; of a subtree its leaders where there is no task.

    Raises:
        UnusableList: lines of the list are wrong.
        NotFound, AmbiguousMember: a name that was typed is.
    """
    lookup = Lookup(session.connection)
    home = lookup.unit(within) if within else None
    found = [lookup.member(name, home) for name in names]
    found += _listed(by.from_list, lambda cells: _member_of_line(lookup, cells, home))
    if by.subtree is None:
        return Targets(_once(found), [])
    top = lookup.unit(by.subtree)
    excepted = {id_ for name in by.excepted for id_ in _excepted_members(lookup, name, top)}
    below = subtree.members_below(session.connection, top, day, excepted, task=task)
    return Targets(_once(found + below.wanted), _left_out(below.left_out))


def _once(found: list[Owner]) -> list[Owner]:
    return list({each.id: each for each in found}.values())


def _below(connection: sqlite3.Connection, unit: Unit) -> set[int]:
    return {id_ for id_, _depth in stored_units.subtree(connection, unit.id)}


def _excepted_members(lookup: Lookup, name: str, top: Unit) -> set[int]:
    """Return the members that one exception means: one by name, or all of a unit."""
    try:
        unit = lookup.unit(name, by_sound=False)
    except errors.NoSuchUnit:
        return {lookup.member(name, top).id}
    return {member.id for member in stored_members.of_units(lookup.connection, unit.id)}


# ── lists ──


def _listed(path: str | None, owner: Callable[[list[str]], Owner]) -> list[Owner]:
    if path is None:
        return []
    found: list[Owner] = []
    problems: list[UnusableLine] = []
    count = 0
    for number, cells in _lines(path):
        count += 1
        try:
            found.append(owner(cells))
        except errors.AdveduError as error:
            problems.append(UnusableLine(number, scrub(" ".join(cells)), "; ".join(error_lines(error))))
    if problems:
        raise UnusableList(problems, count)
    return found


def _lines(path: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines of a list that say something: their number and their cells."""
    from advedu.importing import sources

    file = sources.read(path)
    if file.fault is not None:
        raise errors.CannotRead(path=file.name, why=file.fault.why)
    for number, row in enumerate(file.sheets[0].rows if file.sheets else (), start=1):
        cells = [str(cell).strip() for cell in row if cell is not None and str(cell).strip()]
        if cells:
            yield number, cells


def _unit_of_line(lookup: Lookup, cells: list[str]) -> Unit:
    if len(cells) > 1:
        raise errors.BadValue(option="--from-list", value=" ".join(cells), why=_("one name or code to a line"))
    return lookup.unit(cells[0], by_sound=False)


def _member_of_line(lookup: Lookup, cells: list[str], home: Unit | None) -> Member:
    if len(cells) > 2:  # noqa: PLR2004 (a name and its unit)
        why = _("one name or code to a line, and perhaps the unit")
        raise errors.BadValue(option="--from-list", value=" ".join(cells), why=why)
    within = lookup.unit(cells[1], by_sound=False) if len(cells) > 1 else home
    return lookup.member(cells[0], within, by_sound=False)


def _refused(problems: list[UnusableLine], lines: int) -> Report:
    def table(shown: Any) -> list[Table]:
        heads = (Head(_("Line"), "right"), Head(_("Text"), least=8), Head(_("Problem"), least=20))
        return [Table(heads, [[Cell(str(line)), Cell(text, "bad"), Cell(why)] for line, text, why in shown])]

    said = _("nothing was written; lines of the list that name nobody, or several: {count} of {lines}")
    said = said.format(count=len(problems), lines=lines)
    return Report(COLUMNS, problems, drawn=table, warnings=[f"advedu: {said}"], exit_code=1)


def _left_out(counts: Counter[str]) -> list[str]:
    said = [_(_LEFT_OUT[why]).format(count=counts[why]) for why in _LEFT_OUT if counts[why]]
    return [_("Left out of the subtree — {reasons}").format(reasons=", ".join(said))] if said else []

"""What is wrong, in the whole file or below one unit: the standing list of findings, and what each of them means."""

import shlex
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from advedu import i18n
from advedu.i18n import N_, _
from advedu.nouns.model import Unit
from advedu.output.report import Cell, Column, Head, Report, Table
from advedu.reports import computed
from advedu.reports.no_units import no_units
from advedu.rules.findings import CATALOGUE, LEVELS, Finding
from advedu.rules.findings.demands import WORDS
from advedu.storage import findings
from advedu.storage.figures import Scope
from advedu.storage.findings import FoundFinding

COLUMNS = (
    Column("level", N_("Level"), LEVELS),
    Column("code", N_("Code")),
    Column("unit", N_("Unit")),
    Column("unit_name", N_("Name")),
    Column("member", N_("Member")),
    Column("member_name", N_("Name")),
    Column("message", N_("What is wrong")),
    Column("action", N_("What to do")),
)
COUNTED = (
    Column("level", N_("Level"), LEVELS),
    Column("code", N_("Code")),
    Column("count", N_("Count"), align="right"),
    Column("rule", N_("What must hold")),
)
EXPLAINED = (
    Column("code", N_("Code")),
    Column("level", N_("Level"), LEVELS),
    Column("demands", N_("Demands")),
    Column("original", N_("In the words of the speech")),
    Column("rule", N_("What must hold")),
    Column("action", N_("What to do")),
    Column("command", N_("Command")),
)
FOUND = 4
_STYLES = {"error": "bad", "warning": "warn", "info": ""}
# The level must be readable without colour.
_SIGNS = {"error": "!!", "warning": "!", "info": "·"}


class Row(NamedTuple):
    """One finding as it is shown."""

    level: str
    code: str
    unit: str | None
    unit_name: str | None
    member: str | None
    member_name: str | None
    message: str
    action: str


def check(
    connection: sqlite3.Connection,
    top: Unit | None,
    day: str,
    codes: Collection[str],
    *,
    summary: bool = False,
) -> Report:
    """Return what is wrong below a unit as of a day; anything of the level "error" is exit code 4.

    Args:
        connection: the file.
        top: the unit; None in an empty file.
        day: the as-of day.
        codes: the codes that are looked for.
        summary: whether to count per code instead of listing.
    """
    head = {"as_of": day, "unit": top.code if top else None}
    columns = COUNTED if summary else COLUMNS
    if top is None:
        return no_units(columns, head=head, tail=_counts([]), tables=list)
    rows = _rows(connection, found(connection, Scope(top.id, day), codes))
    title = _("{code} {name} · as of {day}").format(code=top.code, name=top.name, day=day)
    grouped = _grouped(rows)
    counted = [(group[0].level, code, len(group), _(CATALOGUE[code].rule)) for code, group in grouped.items()]
    return Report(
        columns,
        list(counted) if summary else list(rows),
        head=head,
        tail=_counts(rows),
        drawn=(lambda shown: [_count_table(shown)] if shown else [])
        if summary
        else (lambda shown: [*map(_table, _grouped(shown).values())]),
        title=title,
        notes=_notes(rows),
        exit_code=FOUND if any(row.level == "error" for row in rows) else 0,
    )


def found(connection: sqlite3.Connection, scope: Scope, codes: Collection[str]) -> list[FoundFinding]:
    """Return the findings of some codes, in no order."""
    seen = findings.look(connection, scope)
    every = [
        each
        for code in CATALOGUE
        if code in codes and code not in computed.COMPUTED
        for each in findings.asked(seen, code)
    ]
    for given, source in computed.SOURCES:
        if not given.isdisjoint(codes):
            every += [each for each in source(seen) if each.code in codes]
    return every


def chosen(level: str | None, codes: Sequence[str]) -> list[str]:
    """Return the codes of a level and of graver ones, among those named; all when none are."""
    levels = list(LEVELS)[: list(LEVELS).index(level or "info") + 1]
    return [each.code for each in CATALOGUE.values() if each.level in levels and (not codes or each.code in codes)]


# ── in words ──


def _rows(connection: sqlite3.Connection, every: list[FoundFinding]) -> list[Row]:
    """Return findings in words and in order: the gravest first, then by code, unit, member and what is said."""
    units = findings.unit_labels(connection, {each.unit_id for each in every if each.unit_id is not None})
    members = findings.member_labels(connection, {each.member_id for each in every if each.member_id is not None})
    places = {code: number for number, code in enumerate(CATALOGUE)}
    # What is the same for all findings of a code is said once.
    told = {code: (CATALOGUE[code], _(CATALOGUE[code].message), _to_do(CATALOGUE[code])) for code, *_rest in every}
    rows = []
    for code, unit_id, member_id, values in every:
        finding, said, to_do = told[code]
        unit, unit_name = units[unit_id] if unit_id is not None else (None, None)
        member, member_name = members[member_id] if member_id is not None else (None, None)
        words = finding.words
        message = said.format_map({name: _shown(value, words.get(name)) for name, value in values.items()})
        action = to_do
        if finding.command:
            action += finding.command.format_map(_Quoted({"unit": unit, "member": member, **values}))
        rows.append(Row(finding.level, code, unit, unit_name, member, member_name, message, action))
    rows.sort(key=lambda row: (places[row.code], row.unit or "", row.member or "", row.message))
    return rows


def _shown(value: Any, words: Mapping[str, str] | None) -> str:
    """Return a value of a message: words of fixed lists by their names, several ones as a list, nothing as a dash."""
    if value is None or value == "":
        return "—"
    text = str(value)
    if words is None and "\x1f" not in text:
        return text
    several = [_(words[word]) for word in text.split()] if words else text.split("\x1f")
    return ("、" if i18n.current() == "zh" else ", ").join(several)


def _to_do(finding: Finding) -> str:
    """Return what to do about findings of a kind, up to the command if there is one."""
    if not finding.command:
        return _(finding.action)
    return _("{action}: {command}").format(action=_(finding.action), command="")


class _Quoted(dict[str, Any]):
    """Values as a shell takes them for one word each; only those that a command names are looked at."""

    def __getitem__(self, name: str) -> str:
        return shlex.quote(str(super().__getitem__(name)))


class _Placeholders(dict[str, str]):
    """What stands for the fields of a command that names nobody in particular."""

    def __missing__(self, name: str) -> str:
        return "DATE" if name.endswith("_on") else name.upper()


def _command(finding: Finding) -> str:
    return finding.command.format_map(_Placeholders(round="N"))


# ── for people ──


def _grouped(rows: Sequence[Row]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.code, []).append(row)
    return groups


def _counts(rows: list[Row]) -> dict[str, int]:
    return {name: sum(row.level == level for row in rows) for level, name in _NAMES.items()}


_NAMES = {"error": "errors", "warning": "warnings", "info": "infos"}


def _notes(rows: list[Row]) -> list[str]:
    if not rows:
        return [_("Nothing was found.")]
    counts = _("Errors: {errors}, warnings: {warnings}, information: {infos}.").format(**_counts(rows))
    return [counts, _("`advedu check --explain CODE` says what must hold, and where that comes from.")]


def _table(rows: list[Row]) -> Table:
    """Return the findings of one code: who, and what is wrong; what to do about it stands once, below."""
    finding = CATALOGUE[rows[0].code]
    style = _STYLES[finding.level]
    lines = [[Cell(_whose(row)), Cell(row.message, style)] for row in rows]
    command = _command(finding)
    action = _(finding.action)
    do = _("{action}: {command}").format(action=action, command=command) if command else action
    lines.append([Cell(_("What to do"), "dim"), Cell(do, "dim")])
    title = f"{_SIGNS[finding.level]} {_(LEVELS[finding.level])} · {finding.code} · {len(rows)}"
    return Table((Head("", least=16), Head("", least=24)), lines, title=title)


def _whose(row: Row) -> str:
    if row.member is not None:
        return f"{row.member} {row.member_name} · {row.unit} {row.unit_name}"
    return f"{row.unit} {row.unit_name}" if row.unit is not None else _("the whole file")


def _count_table(counted: Sequence[tuple[str, str, int, str]]) -> Table:
    heads = (
        Head(_("Level"), least=4),
        Head(_("Code"), least=25),
        Head(_("Count"), "right"),
        Head(_("What must hold"), least=20),
    )
    lines = [
        [Cell(f"{_SIGNS[level]} {_(LEVELS[level])}", _STYLES[level]), Cell(code), Cell(str(count)), Cell(rule)]
        for level, code, count, rule in counted
    ]
    return Table(heads, lines)


# ── what the codes mean ──


def explained(codes: Collection[str]) -> Report:
    """Return what some findings mean: what must hold, where that comes from, what to do."""
    wanted = [finding for code, finding in CATALOGUE.items() if code in codes]
    rows = [
        (
            each.code,
            each.level,
            " ".join(each.demands),
            "；".join(WORDS[demand] for demand in each.demands),
            _(each.rule),
            _(each.action),
            _command(each) or None,
        )
        for each in wanted
    ]
    return Report(EXPLAINED, rows, tables=lambda: [_explanation(each) for each in wanted])


def _explanation(finding: Finding) -> Table:
    lines = [(_("What must hold"), _(finding.rule))]
    lines += [(demand, WORDS[demand]) for demand in finding.demands]
    lines.append((_("What to do"), _(finding.action)))
    if finding.command:
        lines.append((_("Command"), _command(finding)))
    title = f"{_SIGNS[finding.level]} {finding.code} · {_(LEVELS[finding.level])}"
    return Table(
        (Head("", least=14), Head("", least=40)), [[Cell(name, "dim"), Cell(text)] for name, text in lines], title=title
    )

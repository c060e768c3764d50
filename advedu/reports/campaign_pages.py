"""The campaign's definition as it stands in the file."""

from __future__ import annotations

import sqlite3
from typing import Any

from advedu.i18n import N_, _
from advedu.nouns.model import KINDS
from advedu.output.report import Cell, Column, Head, Report, Table
from advedu.rules import definition
from advedu.rules.definition import Definition
from advedu.storage import campaign

COLUMNS = tuple(
    Column(key, key)
    for key in ("code", "name", "phase", "due_day", "required", "by_date", "kinds", "sectors", "role", "evidence")
)


def show(connection: sqlite3.Connection) -> Report:
    """Return the whole definition; its rows, for CSV, are the milestones."""
    head = campaign.head(connection)
    wanted = definition.parse(campaign.definition_text(connection), head.code)
    # The numbers of the rules and the focus of the sectors may have been set otherwise since.
    focus = {entry.code: campaign.focus(connection, entry.id) for entry in campaign.entries(connection, "sector")}
    wanted = wanted._replace(
        rules=tuple(definition.Rule(*rule) for rule in _rules(connection, wanted)),
        sectors=tuple(
            each._replace(study=focus[each.code][0], problems=focus[each.code][1]) for each in wanted.sectors
        ),
    )
    document = {
        name: [item._asdict() if hasattr(item, "_asdict") else item for item in value]
        if isinstance(value, tuple)
        else value
        for name, value in wanted._asdict().items()
        if name != "text"
    }
    rows = [
        tuple(milestone._replace(kinds=" ".join(milestone.kinds), sectors=" ".join(milestone.sectors)))  # type: ignore[arg-type]
        for milestone in wanted.milestones
    ]
    return Report(
        COLUMNS,
        rows,
        document={**document, "pinned_on": head.pinned_on},
        tables=lambda: _tables(wanted),
        title=_("{name} ({code}, version {version})").format(
            name=wanted.name, code=wanted.code, version=wanted.version
        ),
        notes=[_("Source: {source}").format(source=wanted.source)],
    )


def _rules(connection: sqlite3.Connection, wanted: Definition) -> list[tuple[str, int, str]]:
    """Return the rules of the file in the order of the definition."""
    order = [rule.code for rule in wanted.rules]
    found = campaign.rules(connection)
    return sorted(found, key=lambda rule: order.index(rule[0]) if rule[0] in order else len(order))


RULE_COLUMNS = (
    Column("code", N_("Code")),
    Column("value", N_("Value"), align="right"),
    Column("text", N_("Words")),
)


def rules(connection: sqlite3.Connection, code: str | None = None) -> Report:
    """Return the rules as they stand in the file, or one."""
    return Report(RULE_COLUMNS, [rule for rule in campaign.rules(connection) if code in (None, rule[0])])


SHIPPED = (
    Column("code", N_("Code")),
    Column("name", N_("Name")),
    Column("version", N_("Version"), align="right"),
    Column("starts_on", N_("From")),
    Column("ends_on", N_("To")),
    Column("batches", N_("Batches"), align="right"),
    Column("phases", N_("Phases"), align="right"),
    Column("milestones", N_("Milestones"), align="right"),
    Column("tasks", N_("Tasks"), align="right"),
    Column("items", N_("Items"), align="right"),
    Column("source", N_("Source")),
)


def shipped() -> Report:
    """Return the definitions that come with the program, the earliest first."""
    rows: list[tuple[Any, ...]] = []
    for name in definition.shipped():
        found = definition.load(name)
        days = [(batch.starts_on, batch.ends_on) for batch in found.batches]
        first, last = min(days)[0], max(end for _start, end in days)
        sizes = (len(list_) for list_ in (found.batches, found.phases, found.milestones, found.tasks, found.items))
        rows.append((found.code, found.name, found.version, first, last, *sizes, found.source))
    rows.sort(key=lambda row: row[3])
    return Report(SHIPPED, rows, notes=[_("Begin with one of them: advedu init --campaign CODE")])


def _tables(wanted: Definition) -> list[Table]:
    phases = {phase.code: phase.name for phase in wanted.phases}
    numbered = [
        _listing(_("Goals"), ("", _("Goal")), [(str(i), text) for i, text in enumerate(wanted.goals, 1)]),
        _listing(
            _("Principles"),
            ("", _("Principle")),
            [(str(i), text) for i, text in enumerate(wanted.principles, 1)],
        ),
    ]
    return [
        *numbered,
        _listing(
            _("Batches"),
            (_("Code"), _("Name"), _("From"), _("To"), _("Scope")),
            [batch[:5] for batch in wanted.batches],
        ),
        _listing(
            _("Phases"),
            (_("Code"), _("Name"), _("Planned days")),
            [(phase.code, phase.name, f"{phase.first_day}–{phase.last_day}") for phase in wanted.phases],
        ),
        _listing(
            _("Milestones"),
            (_("Code"), _("Name"), _("Phase"), _("Due day"), _("Required"), _("Applies to")),
            [
                (
                    m.code,
                    m.name,
                    phases[m.phase],
                    str(m.due_day),
                    "✓" if m.required else "",
                    _applies(m.kinds, m.sectors),
                )
                for m in wanted.milestones
            ],
        ),
        _listing(
            _("Tasks of every member"),
            (_("Code"), _("Name"), _("Phase"), _("Due day")),
            [(task.code, task.name, phases[task.phase], str(task.due_day)) for task in wanted.tasks],
        ),
        _listing(
            _("Items of every leader"),
            (_("Code"), _("Name"), _("Counted")),
            [(item.code, item.name, "✓" if item.counted else "") for item in wanted.items],
        ),
        _listing(
            _("Rules"),
            (_("Code"), _("Value"), _("Words")),
            [(r.code, str(r.value), r.text) for r in wanted.rules],
        ),
        _listing(
            _("Sectors and their focus"),
            (_("Code"), _("Name"), _("To study"), _("To solve")),
            [(s.code, s.name, s.study, s.problems) for s in wanted.sectors],
        ),
        _listing(_("Categories of members"), (_("Code"), _("Name")), [(c.code, c.name) for c in wanted.categories]),
        _listing(
            _("Ranks, the lowest first"),
            ("", _("Name")),
            [(str(i), r.name) for i, r in enumerate(wanted.ranks, 1)],
        ),
    ]


def _listing(title: str, heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> Table:
    return Table(tuple(Head(head) for head in heads), [[Cell(text) for text in row] for row in rows], title)


def _applies(kinds: tuple[str, ...], sectors: tuple[str, ...]) -> str:
    named = " ".join(_(KINDS[kind]) for kind in kinds)
    return f"{named} ({' '.join(sectors)})" if sectors else named

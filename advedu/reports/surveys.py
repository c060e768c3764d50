"""Satisfaction surveys: sheets, rounds, verdicts, and the rule they are judged by (R10, D39, D40)."""

import sqlite3
from typing import Any, NamedTuple

from advedu.i18n import N_, _
from advedu.nouns.model import Unit
from advedu.nouns.registers import named
from advedu.output.report import Cell, Column, Head, Report, Table
from advedu.reports import register_lists
from advedu.rules import survey
from advedu.rules.survey import BallotSheet, Round, SurveyRules
from advedu.storage import campaign, survey_rounds
from advedu.storage.register_rows import Listed

METHODS = {value: word.name for value, word in named("survey").field("method").words.items()}
VERDICTS = {"passed": N_("passed"), "failed": N_("failed"), "no_result": N_("no result")}
SIGNS = {"passed": ("✓", "good"), "failed": ("✗", "bad"), "no_result": ("?", "warn")}
_BALLOTS = ("issued", "returned", "valid", "satisfied", "fairly", "basically", "dissatisfied", "blank")
COLUMNS = (
    Column("unit", N_("Unit")),
    Column("unit_name", N_("Name")),
    Column("round", N_("Round"), align="right"),
    Column("method", N_("Method"), METHODS),
    Column("held_on", N_("Held on")),
    *(Column(name, named("survey").field(name).title, align="right") for name in _BALLOTS),
    Column("satisfaction", N_("Satisfaction"), align="right"),
    Column("dissatisfaction", N_("Dissatisfaction"), align="right"),
    Column("verdict", N_("Verdict"), VERDICTS),
    Column("other_verdict", N_("By the other rule"), VERDICTS),
    Column("round_verdict", N_("Verdict of the round"), VERDICTS),
    Column("rule", N_("Rule")),
)
# The rules of the campaign that surveys are judged by.
RULES = ("dissatisfied_percent", "survey_least_percent", "survey_grades", "remedial_days")


class Result(NamedTuple):
    """The sheets and rounds of one unit."""

    unit: str
    unit_name: str
    listed: list[Listed]
    sheets: list[BallotSheet]
    rounds: list[Round]


def sheet(values: dict[str, Any]) -> BallotSheet:
    """Return a record as the sheet that verdicts are made from."""
    return BallotSheet(*(values[name] for name in BallotSheet._fields))


def results(connection: sqlite3.Connection, top: Unit | None, day: str, rules: SurveyRules) -> list[Result]:
    """Return the sheets and rounds of a unit and all below it, unit by unit, as of a day."""
    found: dict[str, list[Listed]] = {}
    for row in register_lists.kept(connection, named("survey"), top, day):
        found.setdefault(row.unit, []).append(row)
    made = []
    for unit, rows in found.items():
        rows.sort(key=lambda row: (row.values["round"], row.values["method"]))
        sheets = [sheet(row.values) for row in rows]
        made.append(Result(unit, rows[0].unit_name, rows, sheets, survey.rounds(sheets, rules)))
    return made


def result(connection: sqlite3.Connection, top: Unit | None, day: str) -> Report:
    """Return every sheet with its verdict, by the rule in force and by the other one."""
    rules = survey_rounds.rules(connection)
    found = results(connection, top, day, rules)
    in_file = [(code, value, text) for code, value, text in campaign.rules(connection) if code in RULES]
    remedial = {
        (row.unit, row.values["round"]): row.values
        for row in register_lists.kept(connection, named("remedial"), top, day)
    }
    rows = [line for each in found for line in _rows(each, rules)]
    return Report(
        COLUMNS,
        rows,
        head={
            "as_of": day,
            "unit": top.code if top else None,
            "rules": {code: value for code, value, _text in in_file},
        },
        tail={"rounds": [_round(each, at, remedial, day) for each in found for at in each.rounds]},
        tables=lambda: [_sheets(found, rules), _rounds(found, remedial, day)] if found else [],
        title=_("Satisfaction surveys · as of {day}").format(day=day),
        notes=[
            *([] if found else [_("no survey is on record")]),
            _("Rule in force: {rule}").format(rule=spoken(rules)),
            _("The other rule: {rule}").format(rule=spoken(survey.other(rules))),
            *(f"{code} = {value}: {text}" for code, value, text in in_file),
        ],
    )


def _identified(rules: SurveyRules) -> str:
    """Return the rule in force in identifiers and numbers, the same in both languages."""
    if rules.least_percent:
        return f"survey_least_percent={rules.least_percent} survey_grades={rules.grades}"
    return f"dissatisfied_percent={rules.dissatisfied_percent}"


def spoken(rules: SurveyRules) -> str:
    """Return the rule in force in words."""
    if not rules.least_percent:
        return _("a sheet fails when more than {percent}% of its valid ballots are dissatisfied").format(
            percent=rules.dissatisfied_percent
        )
    fields = [named("survey").field(grade) for grade in survey.GRADES[: rules.grades]]
    return _("a sheet passes when at least {percent}% of its valid ballots are: {grades}").format(
        percent=rules.least_percent, grades=" + ".join(_(field.title) for field in fields)
    )


def _rows(found: Result, rules: SurveyRules) -> list[tuple[Any, ...]]:
    verdicts = {each.number: each.verdict for each in found.rounds}
    return [
        (
            *(found.unit, found.unit_name, one.round, one.method, one.held_on),
            *(row.values[name] for name in _BALLOTS),
            survey.percent(one.counted(rules.grades), one.valid),
            survey.percent(one.dissatisfied, one.valid),
            survey.verdict(one, rules),
            survey.verdict(one, survey.other(rules)),
            verdicts[one.round],
            _identified(rules),
        )
        for row, one in zip(found.listed, found.sheets, strict=True)
    ]


Remedial = dict[tuple[str, int], dict[str, Any]]


def _round(found: Result, at: Round, remedial: Remedial, day: str) -> dict[str, Any]:
    work = remedial.get((found.unit, at.number), {})
    return {
        "unit": found.unit,
        "unit_name": found.unit_name,
        "round": at.number,
        "held_on": at.held_on,
        "methods": list(at.methods),
        "verdict": at.verdict,
        "plan": work.get("plan"),
        "deadline": work.get("deadline"),
        "done_on": work.get("done_on"),
        "remedy": remedy_state(at, work, day),
    }


def remedy_state(at: Round, work: dict[str, Any], day: str) -> str | None:
    """Return where the remedial work of a round stands: None when nothing demands any and none is planned."""
    if not work:
        return "missing" if at.verdict == "failed" else None
    if work["done_on"]:
        return "done"
    return "late" if (work["deadline"] or day) < day else "planned"


STATES = {
    "missing": ("!", "bad", N_("no remedial work planned")),
    "late": ("!", "bad", N_("late")),
    "planned": ("·", "warn", N_("planned")),
    "done": ("✓", "good", N_("done")),
}


def verdict_cell(verdict: str) -> Cell:
    """Return a verdict as people read it."""
    sign, style = SIGNS[verdict]
    return Cell(f"{sign} {_(VERDICTS[verdict])}", style)


def _share(part: int, whole: int) -> Cell:
    return Cell(survey.share(part, whole) if whole else "—")


def _sheets(found: list[Result], rules: SurveyRules) -> Table:
    heads = (
        Head(_("Unit"), least=12),
        Head(_("Round"), "right"),
        Head(_("Method")),
        Head(_("Held on"), least=10),
        Head(_("Valid"), "right"),
        Head(_("Satisfied"), "right"),
        Head(_("Against"), "right"),
        Head(_("Verdict"), least=8),
        Head(_("Other rule"), least=8),
    )
    lines = [
        [
            Cell(f"{each.unit} {each.unit_name}"),
            Cell(str(one.round)),
            Cell(_(METHODS[one.method])),
            Cell(one.held_on),
            Cell(str(one.valid)),
            _share(one.counted(rules.grades), one.valid),
            _share(one.dissatisfied, one.valid),
            verdict_cell(survey.verdict(one, rules)),
            verdict_cell(survey.verdict(one, survey.other(rules))),
        ]
        for each in found
        for one in each.sheets
    ]
    return Table(heads, lines, _("Sheets"))


def _rounds(found: list[Result], remedial: Remedial, day: str) -> Table:
    heads = (
        Head(_("Unit"), least=12),
        Head(_("Round"), "right"),
        Head(_("Verdict"), least=8),
        Head(_("Remedial work")),
        Head(_("Deadline"), least=10),
        Head(_("State")),
    )
    lines = []
    for each in found:
        for at in each.rounds:
            work = remedial.get((each.unit, at.number), {})
            state = remedy_state(at, work, day)
            sign, style, word = STATES[state] if state else ("", "", "")
            done = f" {work['done_on']}" if state == "done" else ""
            lines.append(
                [
                    Cell(f"{each.unit} {each.unit_name}"),
                    Cell(str(at.number)),
                    verdict_cell(at.verdict),
                    Cell(work.get("plan") or ""),
                    Cell(work.get("deadline") or ""),
                    Cell(f"{sign} {_(word)}{done}".strip(), style),
                ]
            )
    return Table(heads, lines, _("Rounds"))

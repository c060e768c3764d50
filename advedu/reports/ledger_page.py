"""The ledger (R1): control totals + in − out = now, every difference as a named unit or a named person."""

from __future__ import annotations

import sqlite3
from collections import Counter
from typing import Any

from advedu.i18n import N_, _
from advedu.nouns.model import GRASSROOTS, Unit
from advedu.output.report import Column, Report
from advedu.reports.no_units import no_units
from advedu.storage import campaign, ledger_rows, units
from advedu.storage.ledger_rows import Baseline, LedgerUnit

Row = dict[str, Any]

# Every section has its own keys; a line of CSV says which section it belongs to and leaves the other columns empty.
COLUMNS = (
    Column("section", N_("Section")),
    Column("entry", N_("Entry")),
    Column("unit", N_("Code")),
    Column("unit_name", N_("Unit")),
    Column("member", N_("Member")),
    Column("name", N_("Full name")),
    Column("on", N_("Day")),
    Column("how", N_("How")),
    Column("other", N_("Other unit")),
    Column("reason", N_("Reason")),
    Column("declared", N_("Declared"), align="right"),
    Column("own", N_("Own"), align="right"),
    Column("subtree", N_("With those below"), align="right"),
    Column("difference", N_("Difference"), align="right"),
    Column("count", N_("Number"), align="right"),
)
LISTS = (
    *("ins", "outs", "undated", "declared", "undeclared", "without_unit", "without_batch", "without_members"),
    *("categories", "statuses", "reached", "missing"),
)
# Keys of the sections that stand in a column of another name in CSV.
_RENAMED = {"members": "count", "category": "entry", "status": "entry", "task": "entry", "mode": "how", "what": "entry"}


def ledger(connection: sqlite3.Connection, top: Unit | None, day: str) -> Report:
    """Return the ledger of the whole file, or the parts of it that make sense for one unit and all below it."""
    if top is None:
        return no_units(COLUMNS)
    document = _document(connection, top, day)
    title = _("{code} {name} · as of {day}").format(code=top.code, name=top.name, day=day)
    warnings = []
    if document["baseline"] is None and top.parent_id is None:
        hint = _("there are no control totals up to {day}: advedu ledger set --units N --members N --on DATE")
        warnings.append(hint.format(day=day))

    def tables() -> list[Any]:
        from advedu.reports.ledger_tables import tables as drawn

        return drawn(connection, document)

    return Report(
        COLUMNS,
        _rows(document),
        head={"as_of": day, "unit": top.code},
        document=document,
        tables=tables,
        title=title,
        warnings=warnings,
        notes=_notes(document),
    )


def _document(connection: sqlite3.Connection, top: Unit, day: str) -> Row:
    """Return everything that is to be said, as JSON shows it."""
    whole = top.parent_id is None
    latest = ledger_rows.baseline(connection, day)
    since = latest.set_on if latest else ""
    places = ledger_rows.places(connection, top.id, day)
    codes = {id_: code for id_, code, _name in units.names(connection)}
    moves = _units_moved(places, ledger_rows.partners(connection, since, day), codes, since, day)
    comings = _people_moved(ledger_rows.comings(connection, top.id, since, day), since, day)
    ins, outs = moves[0] + comings[0], moves[1] + comings[1]
    baseline = latest if whole else None
    now = sum(place.open and place.kind in GRASSROOTS for place in places), sum(place.members for place in places)
    unit_line = _equation(baseline.units if baseline else None, ("opened", "closed"), moves, now[0])
    member_line = _equation(baseline.members if baseline else None, ("arrived", "left"), comings, now[1])
    within, into, out = ledger_rows.transfers(connection, top.id, since, day)
    lost = ledger_rows.lost(connection, top.id, day)
    return {
        "as_of": day,
        "unit": top.code,
        "since": latest.set_on if latest else None,
        "baseline": baseline._asdict() if baseline else None,
        "units": unit_line,
        "members": member_line,
        "transfers": {"within": within, "in": into, "out": out},
        "ins": ins,
        "outs": outs,
        "undated": _undated(connection, baseline, unit_line, member_line),
        **_declared(places),
        "without_unit": [
            {**_person(one), "on": one.day, "how": "closed" if one.day else "not_open"} for one in lost if not one.open
        ],
        "without_batch": [_named(place) for place in places if place.open and place.owing and not place.planned],
        **_people(connection, top.id, day),
        "missing": [{**_person(one), "since": one.missing_since} for one in lost if one.missing_since],
    }


def _named(place: LedgerUnit) -> Row:
    return {"unit": place.code, "unit_name": place.name}


def _person(one: ledger_rows.Lost | ledger_rows.Coming) -> Row:
    return {"unit": one.unit, "unit_name": one.unit_name, "member": one.member, "name": one.name}


def _equation(base: int | None, words: tuple[str, str], moved: tuple[list[Row], list[Row]], now: int) -> Row:
    expected = None if base is None else base + len(moved[0]) - len(moved[1])
    return {
        "baseline": base,
        words[0]: len(moved[0]),
        words[1]: len(moved[1]),
        "expected": expected,
        "now": now,
        "difference": None if expected is None else now - expected,
    }


def _units_moved(
    places: list[LedgerUnit], partners: dict[tuple[str, int], list[int]], codes: dict[int, str], since: str, day: str
) -> tuple[list[Row], list[Row]]:
    """Return the grassroots units that were opened, and those that were closed.

    One whose members and units all went to one other on that very day was merged into it; one all of whose first
    members came from one other on that very day was split from it.
    """
    ins: list[Row] = []
    outs: list[Row] = []
    for place in places:
        if place.kind not in GRASSROOTS:
            continue
        for what, on, found, alone in (
            ("opened", place.opened_on, ins, "split"),
            ("closed", place.closed_on, outs, "merged"),
        ):
            if on is None or not since < on <= day:
                continue
            others = partners.get((what, place.id), [])
            one = codes[others[0]] if len(others) == 1 else None
            reason = place.close_reason if what == "closed" else None
            how = what if one is None else alone
            nobody = {"member": None, "name": None}
            found.append(
                {"what": "unit", **_named(place), **nobody, "on": on, "how": how, "other": one, "reason": reason}
            )
    return _by_day(ins), _by_day(outs)


def _people_moved(comings: list[ledger_rows.Coming], since: str, day: str) -> tuple[list[Row], list[Row]]:
    ins: list[Row] = []
    outs: list[Row] = []
    for one in comings:
        if one.arrived_on is not None and since < one.arrived_on <= day:
            said = {"on": one.arrived_on, "how": "arrived", "other": None, "reason": None}
            ins.append({"what": "member", **_person(one), **said})
        if one.left_on is not None and since < one.left_on <= day:
            said = {"on": one.left_on, "how": "left", "other": None, "reason": one.leave_reason}
            outs.append({"what": "member", **_person(one), **said})
    return _by_day(ins), _by_day(outs)


def _by_day(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row["on"], row["member"] or row["unit"]))


def _undated(connection: sqlite3.Connection, baseline: Baseline | None, unit_line: Row, member_line: Row) -> list[Row]:
    """Return who came into the file later without a day; asked only where something does not add up."""
    if baseline is None or not (unit_line["difference"] or member_line["difference"]):
        return []
    return [one._asdict() for one in ledger_rows.undated(connection, baseline.set_on)]


def _declared(places: list[LedgerUnit]) -> dict[str, list[Row]]:
    """Return the units whose declared members fit neither their own nor those of all below them, and the silent ones.

    A branch declares its own members, a committee may declare all below it: either fits. Who has no members of its own
    need not declare any: those below it do.
    """
    below = {place.id: place.members for place in places}
    parents = {place.id: place.parent_id for place in places}
    for place in places:
        above, seen = place.parent_id, {place.id}
        while above is not None and above not in seen:
            seen.add(above)
            below[above] = below.get(above, 0) + place.members
            above = parents.get(above)
    differing, silent, nobody = [], [], []
    for place in places:
        if not place.open:
            continue
        if place.declared_members is None:
            if place.members:
                silent.append({**_named(place), "own": place.members, "subtree": below[place.id]})
        elif place.declared_members not in (place.members, below[place.id]):
            nearest = min(
                (place.members, below[place.id]), key=lambda count: abs(count - int(place.declared_members or 0))
            )
            differing.append(
                {
                    **_named(place),
                    "declared": place.declared_members,
                    "own": place.members,
                    "subtree": below[place.id],
                    "difference": nearest - place.declared_members,
                }
            )
        if place.kind in GRASSROOTS and not below[place.id]:
            nobody.append(_named(place))
    differing.sort(key=lambda row: (-abs(row["difference"]), row["unit"]))
    return {"declared": differing, "undeclared": silent, "without_members": nobody}


def _people(connection: sqlite3.Connection, root: int, day: str) -> dict[str, list[Row]]:
    """Return the members by category and by status, and how they were reached with each task."""
    counted = ledger_rows.people(connection, root, day)
    categories, statuses = Counter[int | None](), Counter[str | None]()
    for category_id, status, number in counted:
        categories[category_id] += number
        statuses[status] += number
    everyone = sum(statuses.values())
    lines: list[Row] = [
        {"category": entry.code, "category_name": entry.name, "members": categories[entry.id]}
        for entry in campaign.entries(connection, "category")
    ]
    if categories[None]:
        lines.append({"category": None, "category_name": None, "members": categories[None]})
    by_task: dict[int, list[tuple[str, str | None, int]]] = {}
    for task_id, state, mode, number in ledger_rows.reached(connection, root, day):
        by_task.setdefault(task_id, []).append((state, mode, number))
    reached: list[Row] = []
    for entry in campaign.entries(connection, "task"):
        ways = sorted(by_task.get(entry.id, ()), key=lambda way: (way[0] != "done", way[1] is None, -way[2]))
        open_ = everyone - sum(number for _state, _mode, number in ways)
        for state, mode, number in [*ways, ("open", None, open_)]:
            reached.append(
                {"task": entry.code, "task_name": entry.name, "state": state, "mode": mode, "members": number}
            )
    return {
        "categories": lines,
        "statuses": [{"status": status, "members": statuses[status]} for status in ("full", "probationary", None)],
        "reached": reached,
    }


def _rows(document: Row) -> list[list[Any]]:
    """Return one line per named thing, its section first, for CSV."""
    keys = [column.key for column in COLUMNS]
    lines: list[Row] = []
    for section in ("units", "members", "transfers"):
        lines += [{"section": section, "entry": name, "count": value} for name, value in document[section].items()]
    for section in LISTS:
        for row in document[section]:
            line = {_RENAMED.get(name, name): value for name, value in row.items()}
            # A task and how it stands, a day since when: in the columns that others use for the like.
            line["how"] = line.get("how") or line.get("state")
            line["on"] = line.get("on") or line.get("since") or line.get("entered_on")
            if section in ("undated", "ins", "outs"):
                line["entry"] = row["what"]
            lines.append({"section": section, **line})
    return [[line.get(key) for key in keys] for line in lines]


def _notes(document: Row) -> list[str]:
    """Return what is neutral: transfers inside leave every total as it is."""
    moved = document["transfers"]
    notes = []
    if document["baseline"] or document["since"]:
        notes.append(_("Comings and goings after {day}.").format(day=document["since"]))
    notes.append(
        _("Transfers within: {within}; from outside: {into}; to outside: {out}.").format(
            within=moved["within"], into=moved["in"], out=moved["out"]
        )
    )
    return notes

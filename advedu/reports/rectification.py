"""Rectification, counted unit by unit (R9, D29–D32)."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from advedu.i18n import N_, _
from advedu.nouns.model import Unit
from advedu.nouns.rectification import lacking, late, unpublished
from advedu.nouns.registers import named
from advedu.output.report import Cell, Column, Head, Report, Table
from advedu.reports import register_lists

COLUMNS = (
    Column("unit", N_("Unit")),
    Column("unit_name", N_("Name")),
    Column("items", N_("Items"), align="right"),
    Column("dropped", N_("Dropped"), align="right"),
    Column("measures_published", N_("Measures public"), align="right"),
    Column("done", N_("Done"), align="right"),
    Column("results_published", N_("Results public"), align="right"),
    Column("open", N_("Open"), align="right"),
    Column("late", N_("Late"), align="right"),
    Column("unpublished", N_("Not public"), align="right"),
)
NUMBERS = tuple(column.key for column in COLUMNS[2:])


def counted(values: Mapping[str, Any], day: str) -> dict[str, int]:
    """Return what one item adds to each number."""
    return {
        "items": 1,
        "dropped": int(bool(values["dropped_on"])),
        "measures_published": int(bool(values["measures_on"])),
        "done": int(bool(values["done_on"])),
        "results_published": int(bool(values["results_on"])),
        "open": int(bool(lacking(values))),
        "late": int(late(values, day)),
        "unpublished": int(unpublished(values)),
    }


def summary(connection: sqlite3.Connection, top: Unit | None, day: str) -> Report:
    """Return the numbers of each unit that has items, and of all."""
    by_unit: dict[tuple[str, str], dict[str, int]] = {}
    total = dict.fromkeys(NUMBERS, 0)
    for row in register_lists.kept(connection, named("rectification"), top, day):
        line = by_unit.setdefault((row.unit, row.unit_name), dict.fromkeys(NUMBERS, 0))
        for name, count in counted(row.values, day).items():
            line[name] += count
            total[name] += count
    rows = [(*unit, *line.values()) for unit, line in by_unit.items()]
    return Report(
        COLUMNS,
        rows,
        head={"as_of": day, "unit": top.code if top else None},
        tail={"total": total},
        tables=lambda: [_table(by_unit, total)] if by_unit else [],
        notes=[] if by_unit else [_("no rectification items are on record")],
    )


def _table(by_unit: Mapping[tuple[str, str], Mapping[str, int]], total: Mapping[str, int]) -> Table:
    heads = (Head(_("Unit"), least=12), *(Head(_(column.title), "right") for column in COLUMNS[2:]))
    lines = [[Cell(f"{code} {name}"), *_numbers(line)] for (code, name), line in by_unit.items()]
    return Table(heads, [*lines, [Cell(_("Total")), *_numbers(total)]], last_is_total=True)


def _numbers(line: Mapping[str, int]) -> list[Cell]:
    style = {"late": "bad", "unpublished": "warn"}
    return [Cell(str(count), style.get(name, "") if count else "") for name, count in line.items()]

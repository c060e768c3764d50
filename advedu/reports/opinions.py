"""Opinions of the masses, counted (D28, D29)."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from advedu.i18n import N_, _
from advedu.nouns.model import Unit
from advedu.nouns.registers import named
from advedu.output.report import Cell, Column, Head, Report, Table
from advedu.reports import register_lists

_NUMBERS = ("opinions", "items", "counted", "merged", "unmerged")
_BY = {"channel": N_("By channel"), "addressee": N_("By addressee"), "total": N_("In all")}
COLUMNS = (
    Column("by", N_("By"), _BY),
    Column("value", N_("Value")),
    Column("opinions", N_("Opinions"), align="right"),
    Column("items", N_("As items"), align="right"),
    Column("counted", N_("As counts"), align="right"),
    Column("merged", N_("Merged"), align="right"),
    Column("unmerged", N_("Not merged"), align="right"),
)


def summary(connection: sqlite3.Connection, top: Unit | None, day: str) -> Report:
    """Return how many opinions there are by channel and by addressee.

    An opinion with its text is an item; one without is a mere count. Both add up to the opinions, and so do those
    merged into a problem and those that are not.
    """
    register = named("opinion")
    counts: dict[tuple[str, str | None], dict[str, int]] = {}
    for row in register_lists.kept(connection, register, top, day):
        count = row.values["count"]
        for by, value in (("channel", row.values["channel"]), ("addressee", row.values["addressee"]), ("total", None)):
            line = counts.setdefault((by, value), dict.fromkeys(_NUMBERS, 0))
            line["opinions"] += count
            line["items" if row.values["text"] else "counted"] += count
            line["unmerged" if row.values["rectification"] is None else "merged"] += count
    total = counts.get(("total", None), dict.fromkeys(_NUMBERS, 0))
    rows = [
        (by, value, *counts[by, value].values())
        for by in ("channel", "addressee")
        for value in register.field(by).words
        if (by, value) in counts
    ]

    def tables() -> list[Table]:
        return [_table(by, {value: line for (of, value), line in counts.items() if of == by}, total) for by in _SHOWN]

    return Report(
        COLUMNS,
        rows,
        head={"as_of": day, "unit": top.code if top else None},
        tail={"total": total},
        tables=lambda: tables() if counts else [],
        notes=[] if counts else [_("no opinions are on record")],
    )


_SHOWN = ("channel", "addressee")


def _table(by: str, lines: Mapping[str | None, Mapping[str, int]], total: Mapping[str, int]) -> Table:
    words = named("opinion").field(by).words
    heads = (Head(_(named("opinion").field(by).title)), *(Head(_(column.title), "right") for column in COLUMNS[2:]))
    rows = [
        [Cell(_(word.name)), *(Cell(str(n)) for n in lines[value].values())]
        for value, word in words.items()
        if value in lines
    ]
    rows.append([Cell(_("Total")), *(Cell(str(n)) for n in total.values())])
    return Table(heads, rows, _(_BY[by]), last_is_total=True)

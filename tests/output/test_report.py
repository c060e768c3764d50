"""What every list can do: columns, order, limit — on the screen, in csv and in JSON alike."""

from __future__ import annotations

import pytest

from advedu.errors import BadValue
from advedu.output.report import Column, Report, Several, ValueWithFacts, View
from tests.support import Cli

COLUMNS = (Column("code", "Code"), Column("name", "Name"), Column("late", "Days late"))
ROWS = [("b", "乙", 3), ("A", "甲", None), ("c", "丙", 10)]


def report(**attributes: object) -> Report:
    return Report(COLUMNS, list(ROWS), **attributes)  # type: ignore[arg-type]


def test_numbers_are_sorted_as_numbers_and_nothing_comes_last() -> None:
    for sort, codes in ((("late",), "bcA"), (("-late",), "cbA"), (("code",), "Abc"), (("-code",), "cbA")):
        shown = report()
        shown.view(View(sort=sort))
        assert "".join(row[0] for row in shown.rows) == codes


def test_several_keys_the_first_weighs_most() -> None:
    shown = Report(COLUMNS, [("a", "x", 1), ("b", "x", 2), ("c", "y", 1)])
    shown.view(View(sort=("late", "-code")))
    assert [row[0] for row in shown.rows] == ["c", "a", "b"]


def test_columns_in_the_order_asked_for_by_key_or_heading() -> None:
    shown = report()
    shown.view(View(columns=("late", "Code"), limit=1))
    assert shown.records() == [{"late": 3, "code": "b"}]
    (table,) = shown.tables()
    assert [head.title for head in table.heads] == ["Days late", "Code"]


def test_what_a_report_draws_itself_is_drawn_of_the_rows_kept() -> None:
    drawn: list[object] = []
    shown = report(drawn=lambda rows: drawn.append(list(rows)) or [])
    shown.view(View(sort=("-late",), limit=1))
    shown.tables()
    assert drawn == [[ROWS[2]]]
    assert "1" in shown.notes[-1]
    assert "3" in shown.notes[-1]


def test_a_column_that_is_not_there_is_refused_with_those_that_are() -> None:
    for view in (View(columns=("color",)), View(sort=("-color",))):
        with pytest.raises(BadValue, match="code, name, late"):
            report().view(view)


def test_facts_are_one_text_in_a_cell_and_whole_in_json(filled: Cli) -> None:
    facts = ValueWithFacts("=1+1", {"a": 1})
    assert (str(facts), dict(facts), str(Several([facts, facts]))) == ("=1+1", {"a": 1}, "=1+1; =1+1")


LISTS = (
    *(("unit", "list"), ("unit", "tree"), ("member", "list"), ("nine", "status"), ("status",), ("overdue",)),
    *(
        ("overdue", "--by", "chief"),
        ("matrix",),
        ("trend",),
        ("log",),
        ("log", "330304-A"),
        ("log", "--operation", "3"),
    ),
)


@pytest.mark.parametrize("call", LISTS, ids=" ".join)
def test_every_list_obeys_in_every_format(filled: Cli, call: tuple[str, ...]) -> None:
    keys = list(filled.rows(*call)[0])
    everything = filled.rows(*call)
    wanted = (*call, "--sort", f"-{keys[0]}", "--limit", "1", "--columns", f"{keys[1]},{keys[0]}")
    (row,) = filled.rows(*wanted)
    assert list(row) == [keys[1], keys[0]]
    assert row[keys[0]] == max(
        (each[keys[0]] for each in everything),
        key=lambda value: (value is not None, isinstance(value, int), "" if value is None else value),
    )
    assert filled.ok(*wanted, "--format", "csv").splitlines()[0] == f"{keys[1]},{keys[0]}"
    for lang in ("zh", "en"):
        assert filled.ok(*call, "--sort", f"-{keys[0]}", "--limit", "1", lang=lang)
        assert filled.ok(*wanted, lang=lang)


def test_the_total_stays_the_total(filled: Cli) -> None:
    assert filled.json("status", "--limit", "0")["total"] == filled.json("status")["total"]


def test_a_wrong_column_is_a_wrong_call(filled: Cli) -> None:
    assert "units_overdue" in filled.refused("status", "--sort", "late", code=2)

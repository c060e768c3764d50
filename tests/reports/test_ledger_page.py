"""The ledger: the equation holds by name, and what it cannot explain is narrowed down to units and persons."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from tests.support import Cli, kept

ROOT, A, A1, A11, A12, A2, B, B1, B2 = (
    *("330304", "330304-A", "330304-A1", "330304-A1-1", "330304-A1-2", "330304-A2"),
    *("330304-B", "330304-B1", "330304-B2"),
)
# Grassroots units and members of the small district.
UNITS, MEMBERS = 6, 12


@pytest.fixture
@kept
def counted(filled: Cli) -> Cli:
    filled.ok("ledger", "set", "--units", str(UNITS), "--members", str(MEMBERS), "--on", "2005-01-31")
    return filled


def names(rows: list[dict[str, Any]]) -> list[tuple[str, str, str, str | None]]:
    return [(row["member"] or row["unit"], row["on"], row["how"], row["other"]) for row in rows]


def test_nothing_differs_where_nothing_happened(counted: Cli) -> None:
    found = counted.json("ledger")
    assert (found["as_of"], found["unit"]) == ("2005-03-31", ROOT)
    assert found["baseline"] == {"set_on": "2005-01-31", "units": UNITS, "members": MEMBERS}
    assert found["units"] == {
        "baseline": UNITS,
        "opened": 0,
        "closed": 0,
        "expected": UNITS,
        "now": UNITS,
        "difference": 0,
    }
    assert found["members"] == {
        "baseline": MEMBERS,
        "arrived": 0,
        "left": 0,
        "expected": MEMBERS,
        "now": MEMBERS,
        "difference": 0,
    }
    assert [found[key] for key in ("ins", "outs", "undated", "declared", "without_unit", "missing")] == [[]] * 6


def test_every_coming_and_going_has_a_name_and_a_day(counted: Cli) -> None:
    run = counted.ok
    run("unit", "add", "N", "--name", "新支部", "--kind", "党支部", "--parent", A1, "--opened-on", "2005-02-10")
    run("member", "add", "M", "--name", "新人", "--unit", "N", "--arrived-on", "2005-02-11")
    run("member", "leave", "P000009", "--on", "2005-02-12", "--reason", "去世")
    run("member", "leave", "P000001", "--on", "2005-01-31")
    run("member", "edit", "P000001", "--arrived-on", "2004-01-01")
    run("member", "transfer", "P000003", A2, "--on", "2005-02-13")
    run("unit", "split", A11, "S", "--name", "分出支部", "--on", "2005-02-14", "--member", "P000004")
    run("unit", "merge", B2, "--into", B1, "--on", "2005-02-15")
    found = counted.json("ledger")
    assert names(found["ins"]) == [
        ("N", "2005-02-10", "opened", None),
        ("S", "2005-02-14", "split", A11),
        ("M", "2005-02-11", "arrived", None),
    ]
    assert names(found["outs"]) == [(B2, "2005-02-15", "merged", B1), ("P000009", "2005-02-12", "left", None)]
    assert found["outs"][1]["reason"] == "去世"
    assert found["transfers"] == {"within": 4, "in": 0, "out": 0}
    # P000001 left on the day of the control totals, which are of its end: they should have said 11.
    assert (found["units"]["expected"], found["units"]["difference"]) == (UNITS + 1, 0)
    assert (found["members"]["expected"], found["members"]["now"], found["members"]["difference"]) == (12, 11, -1)
    earlier = counted.json("ledger", "--as-of", "2005-02-11")
    assert names(earlier["ins"]) == [("N", "2005-02-10", "opened", None), ("M", "2005-02-11", "arrived", None)]
    assert earlier["outs"] == []


def test_the_latest_control_totals_of_the_day_count(counted: Cli) -> None:
    counted.ok("member", "leave", "P000009", "--on", "2005-02-12")
    counted.ok("ledger", "set", "--units", "6", "--members", "11", "--on", "2005-02-20")
    assert counted.json("ledger", "--as-of", "2005-02-19")["members"]["left"] == 1
    found = counted.json("ledger")
    assert (found["baseline"]["set_on"], found["outs"], found["members"]["difference"]) == ("2005-02-20", [], 0)
    counted.ok("ledger", "set", "--units", "6", "--members", "10", "--on", "2005-02-20")
    assert counted.json("ledger")["members"]["difference"] == 1
    before = counted.everything()
    counted.ok("ledger", "set", "--units", "6", "--members", "10", "--on", "2005-02-20")
    assert counted.everything() == before
    answer = counted("ledger", "--as-of", "2005-01-30")
    assert "ledger set" in answer.err
    found = counted.json("ledger", "--as-of", "2005-01-30")
    assert (found["baseline"], found["members"]["expected"], found["members"]["now"]) == (None, None, 12)


def test_what_came_in_without_a_day_is_named(counted: Cli) -> None:
    counted.ok("member", "add", "M", "--name", "新人", "--unit", A1)
    counted.ok("unit", "add", "N", "--name", "新支部", "--kind", "党支部", "--parent", A1)
    found = counted.json("ledger")
    assert (found["units"]["difference"], found["members"]["difference"]) == (1, 1)
    assert [(row["what"], row["member"] or row["unit"]) for row in found["undated"]] == [("unit", "N"), ("member", "M")]
    counted.ok("member", "edit", "M", "--arrived-on", "2005-03-01")
    counted.ok("unit", "edit", "N", "--opened-on", "2005-03-01")
    found = counted.json("ledger")
    assert (found["units"]["difference"], found["members"]["difference"], found["undated"]) == (0, 0, [])


def test_a_declared_number_may_be_of_the_unit_or_of_all_below_it(filled: Cli) -> None:
    for unit, declared in ((A1, 1), (A, 7), (A11, 3), (A12, 9)):
        filled.ok("unit", "edit", unit, "--declared-members", str(declared))
    found = filled.json("ledger", A)
    assert found["declared"] == [
        {"unit": A12, "unit_name": "第一党支部", "declared": 9, "own": 2, "subtree": 2, "difference": -7},
        {"unit": A11, "unit_name": "教育局机关党支部", "declared": 3, "own": 2, "subtree": 2, "difference": -1},
    ]
    assert [row["unit"] for row in found["undeclared"]] == [A2]


def test_who_and_what_stands_nowhere(filled: Cli) -> None:
    filled.ok("unit", "add", "N", "--name", "新支部", "--kind", "党支部", "--parent", ROOT)
    filled.ok("unit", "close", B2, "--on", "2005-03-01")
    filled.ok("member", "missing", "P000009", "--since", "2005-02-01")
    found = filled.json("ledger")
    assert [(row["member"], row["unit"], row["on"], row["how"]) for row in found["without_unit"]] == [
        ("P000011", B2, "2005-03-01", "closed"),
        ("P000012", B2, "2005-03-01", "closed"),
    ]
    assert [row["unit"] for row in found["without_batch"]] == ["N"]
    assert [row["unit"] for row in found["without_members"]] == ["N"]
    assert found["missing"] == [
        {"unit": B1, "unit_name": "繁荣社区党总支", "member": "P000009", "name": "孙丽", "since": "2005-02-01"}
    ]
    assert filled.json("ledger", "--as-of", "2005-01-31")["missing"] == []
    filled.ok("unit", "edit", "N", "--starts-on", "2005-03-01", "--shift-reason", "新")
    assert filled.json("ledger")["without_batch"] == []


def test_what_kinds_of_members_there_are_and_how_they_were_reached(filled: Cli) -> None:
    filled.ok("member", "edit", "P000009", "--category", "教师")
    filled.ok("task", "mark", "P000001", "P000002", "T1", "--on", "2005-02-01", "--mode", "集中")
    filled.ok("task", "mark", "P000003", "T1", "--on", "2005-02-01")
    filled.ok("task", "exempt", "P000006", "T1", "--on", "2005-02-01", "--reason", "病")
    found = filled.json("ledger")
    kinds = {row["category"]: row["members"] for row in found["categories"] if row["members"]}
    assert kinds == {"teacher": 1, None: 11}
    assert found["statuses"] == [
        {"status": "full", "members": 11},
        {"status": "probationary", "members": 1},
        {"status": None, "members": 0},
    ]
    assert [(row["state"], row["mode"], row["members"]) for row in found["reached"] if row["task"] == "T1"] == [
        ("done", "集中", 2),
        ("done", None, 1),
        ("exempt", None, 1),
        ("open", None, 8),
    ]


def test_a_subtree_has_no_control_totals_but_transfers_across_its_edge(counted: Cli) -> None:
    counted.ok("member", "transfer", "P000003", B1, "--on", "2005-02-13")
    counted.ok("member", "transfer", "P000004", A2, "--on", "2005-02-13")
    found = counted.json("ledger", A)
    assert (found["unit"], found["since"], found["baseline"]) == (A, "2005-01-31", None)
    assert found["members"]["expected"] is None
    assert found["transfers"] == {"within": 1, "in": 0, "out": 1}
    assert counted.json("ledger", B)["transfers"] == {"within": 0, "in": 1, "out": 0}
    # The verb has a name too.
    assert counted.ok("ledger", "show", B) == counted.ok("ledger", B)


def test_a_line_of_csv_names_its_section_first(counted: Cli) -> None:
    counted.ok("member", "leave", "P000009", "--on", "2005-02-12", "--reason", "去世")
    rows = list(csv.DictReader(io.StringIO(counted.ok("ledger", "--format", "csv"))))
    assert next(iter(rows[0])) == "section"
    assert [row["count"] for row in rows if (row["section"], row["entry"]) == ("members", "expected")] == ["11"]
    (out,) = [row for row in rows if row["section"] == "outs"]
    assert (out["entry"], out["member"], out["on"], out["how"]) == ("member", "P000009", "2005-02-12", "left")
    assert {row["entry"] for row in rows if row["section"] == "reached"} == {"T1", "T2", "T3"}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_people_see_a_table_per_section(counted: Cli, lang: str) -> None:
    counted.ok("unit", "add", "N", "--name", "新支部", "--kind", "党支部", "--parent", ROOT)
    counted.ok("unit", "merge", B2, "--into", B1, "--on", "2005-03-01")
    counted.ok("member", "missing", "P000009", "--since", "2005-02-01")
    counted.ok("unit", "edit", A11, "--declared-members", "5")
    text = counted.ok("ledger", lang=lang)
    expected = {
        "en": ("Control totals of 2005-01-31", "merged into 330304-B1", "Declared members", "Missing", "not yet"),
        "zh": ("2005-01-31 的基数", "并入 330304-B1", "上报党员数", "下落不明", "还没有"),
    }[lang]
    for words in expected:
        assert words in text
    assert "13905770008" not in text


def test_an_empty_file_says_so(cli: Cli) -> None:
    assert "import units" in cli("ledger").err
    assert cli("ledger", "--help").code == 0

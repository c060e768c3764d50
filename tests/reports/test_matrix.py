"""Units × milestones: every cell as `unit show` has it, and the sums as `status` has them."""

from __future__ import annotations

import pytest

from tests.support import Cli, kept

A, A1 = "330304-A", "330304-A1"


@pytest.fixture
@kept
def busy(filled: Cli) -> Cli:
    """Something of every state: in time, late, exempt, overdue, not due, without a plan."""
    filled.ok("milestone", "mark", A, A1, "M101", "--on", "2005-01-10")
    filled.ok("milestone", "mark", A1, "M102", "--on", "2005-02-20")
    filled.ok("milestone", "exempt", A1, "M103", "--reason", "并入机关")
    filled.ok("unit", "edit", "330304-B", "--batch", "")
    filled.ok("unit", "add", "330304-Z", "--name", "旧支部", "--kind", "党支部", "--parent", A)
    filled.ok("unit", "close", "330304-Z", "--on", "2005-02-01")
    return filled


def test_every_cell_is_as_the_page_of_the_unit_says(busy: Cli) -> None:
    rows = busy.rows("matrix", "--optional")
    states = set()
    for row in rows:
        there = {each["milestone"]: each for each in busy.json("unit", "show", row["unit"])["milestones"]}
        cells = {key: value for key, value in row.items() if key.startswith("M")}
        assert {code for code, cell in cells.items() if cell is not None} == set(there)
        for code, cell in cells.items():
            if cell is not None:
                assert cell == {key: there[code][key] for key in ("state", "due_on", "done_on", "days_late")}
                states.add(cell["state"])
    assert states >= {"on_time", "done_late", "exempt", "overdue", "open", "unplanned"}


def test_the_sums_are_those_of_status(busy: Cli) -> None:
    rows, total = busy.rows("matrix"), busy.json("status")["total"]
    assert sum(row["overdue"] for row in rows) == total["milestones_overdue"]
    assert sum(row["done"] for row in rows) == total["milestones_done"]
    assert len(rows) == total["units_owing"]
    assert "330304-Z" not in {row["unit"] for row in rows}


def test_late_units_alone_and_a_subtree_alone(busy: Cli) -> None:
    assert all(row["overdue"] for row in busy.rows("matrix", "--late"))
    assert [row["unit"] for row in busy.rows("matrix", A1)] == [A1, f"{A1}-1", f"{A1}-2"]


def test_a_day_of_the_past_knows_nothing_of_later(busy: Cli) -> None:
    (row,) = busy.rows("matrix", A1, "--as-of", "2005-01-15", "--limit", "1")
    assert row["M101"]["state"] == "ahead"
    assert row["M102"] == {"state": "open", "due_on": "2005-01-21", "done_on": None, "days_late": None}


def test_every_state_reads_without_colour(busy: Cli) -> None:
    out = busy.ok("matrix")
    assert "✓" in out
    assert "~" in out
    assert "!" in out
    assert "·" in out
    assert "—" in out
    assert "?" in out
    assert "M101" in out
    assert "101  102" in out
    assert "\x1b" not in out


def test_a_cell_of_a_csv_is_the_day_or_the_state(busy: Cli) -> None:
    head, line, *_ = busy.ok("matrix", A1, "--format", "csv").splitlines()
    assert head.startswith("unit,name,M101,M102,M103,")
    assert line.startswith(f"{A1},区教育局党委,2005-01-10,2005-02-20,exempt,overdue,")


def test_an_empty_file_says_what_to_do(cli: Cli) -> None:
    answer = cli("matrix")
    assert (answer.code, cli.rows("matrix")) == (0, [])
    assert "advedu import units" in answer.err

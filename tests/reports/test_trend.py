"""Planned against done: the row of the as-of day has the figures of `status`."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support import TODAY, Cli, kept


@pytest.fixture
@kept
def busy(filled: Cli) -> Cli:
    filled.ok("milestone", "mark", "330304-A", "M101", "--on", "2005-01-10")
    filled.ok("milestone", "mark", "330304-A1", "M101", "--on", "2005-03-20")
    filled.ok("milestone", "mark", "330304-A1", "M306", "--on", "2005-03-30")
    return filled


def test_the_day_itself_is_as_status_counts_it(busy: Cli) -> None:
    row = next(row for row in busy.rows("trend") if row["week"] == TODAY)
    total = busy.json("status")["total"]
    assert (row["planned"], row["done"]) == (total["milestones_due"], total["milestones_done"])
    # Nothing is due on the very day, so that what is behind is overdue.
    assert row["behind"] == total["milestones_overdue"]
    assert row["planned"] - row["behind"] + row["ahead"] == row["done"]


def test_weeks_end_on_sundays_and_later_ones_have_a_plan_alone(busy: Cli) -> None:
    rows = busy.rows("trend")
    assert all(date.fromisoformat(row["week"]).weekday() == 6 for row in rows if row["week"] != TODAY)
    assert [row["week"] for row in rows] == sorted(row["week"] for row in rows)
    later = [row for row in rows if row["week"] > TODAY]
    assert 4 <= len(later) <= 5
    assert {(row["done"], row["behind"], row["ahead"]) for row in later} == {(None, None, None)}
    assert len(busy.rows("trend", "--whole")) > len(rows)
    last = busy.rows("trend", "--whole")[-1]
    assert (last["planned"], last["planned_percent"]) == (busy.json("trend")["expected"], 100)


def test_each_week_is_what_the_past_looked_like(busy: Cli) -> None:
    for row in busy.rows("trend"):
        if row["week"] <= TODAY:
            total = busy.json("status", "--as-of", row["week"])["total"]
            assert (row["planned"], row["done"]) == (total["milestones_due"], total["milestones_done"])


def test_a_chart_that_also_reads_in_ascii(busy: Cli) -> None:
    out = busy.ok("trend")
    assert "█" in out
    assert "░" in out
    assert busy.ok("trend", "--format", "csv").startswith("week,planned,done,behind,ahead,planned_percent,done_percent")


def test_nothing_expected_is_no_week(cli: Cli) -> None:
    assert cli.rows("trend") == []
    cli.ok("unit", "add", "1", "--name", "区委", "--kind", "区委")
    assert cli.rows("trend") == []
    cli.ok("unit", "add", "2", "--name", "一支部", "--kind", "党支部", "--parent", "1")
    assert cli.rows("trend") == []

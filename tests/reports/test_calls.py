"""Overdue by call: one block per chief and number, nothing lost on the way."""

from __future__ import annotations

from tests.support import Cli


def test_units_with_one_chief_and_number_are_one_call(filled: Cli) -> None:
    filled.ok("unit", "edit", "330304-A2", "--chief", "吴敏", "--phone", "0577-88510002")
    rows = filled.rows("overdue", "--by", "chief")
    call = next(row for row in rows if row["chief"] == "吴敏")
    assert (call["phone"], call["units"]) == ("0577-88510002", 2)
    assert {each["unit"] for each in call["overdue"]} == {"330304-A1", "330304-A2"}


def test_a_name_without_a_number_is_not_one_person(filled: Cli) -> None:
    for unit in ("330304-A1-1", "330304-A1-2"):
        filled.ok("unit", "edit", unit, "--chief", "王伟", "--phone", "")
    rows = filled.rows("overdue", "--by", "chief")
    assert [row["units"] for row in rows if row["chief"] == "王伟"] == [1, 1]


def test_every_delay_is_in_one_call(filled: Cli) -> None:
    rows, late = filled.rows("overdue", "--by", "chief"), filled.rows("overdue")
    listed = [(each["unit"], each["milestone"], each["days_late"]) for row in rows for each in row["overdue"]]
    assert sorted(listed) == sorted((row["unit"], row["milestone"], row["days_late"]) for row in late)
    assert [row["days_late"] for row in rows] == sorted((row["days_late"] for row in rows), reverse=True)
    for row in rows:
        assert row["milestones"] == len(row["overdue"])


def test_the_screen_has_blocks_and_check_still_says_what_was_found(filled: Cli) -> None:
    answer = filled("overdue", "--by", "chief", "--check")
    assert answer.code == 4
    assert "周正" in answer.out
    assert "0577-88510001" in answer.out
    line = filled.ok("overdue", "--by", "chief", "--sort", "-milestones", "--limit", "1", "--format", "csv")
    assert line.count("\n") == 2 or line.count("\r\n") == 2


def test_nothing_overdue_is_no_call(filled: Cli) -> None:
    assert "Nothing is overdue." in filled.ok("overdue", "--by", "chief", "--as-of", "2005-01-01")

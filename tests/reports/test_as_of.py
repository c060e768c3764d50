"""Lists and trees as of an earlier day, and how a screen says that the file has a day of its own."""

from __future__ import annotations

import pytest

from advedu.nouns.model import GRASSROOTS
from tests.support import TODAY, Cli, kept

ROOT, A, A1, A11, B, B1 = (f"330304{end}" for end in ("", "-A", "-A1", "-A1-1", "-B", "-B1"))


@pytest.fixture
@kept
def moved(filled: Cli) -> Cli:
    """A district in which a unit was moved, one opened, one closed, and people came, went and changed units."""
    filled.ok("unit", "move", B1, A, "--on", "2005-02-10")
    filled.ok("unit", "add", "C", "--name", "新支部", "--kind", "branch", "--parent", B, "--opened-on", "2005-02-20")
    filled.ok("member", "transfer", "P000003", "C", "--on", "2005-03-01")
    filled.ok("member", "leave", "P000011", "--on", "2005-02-05")
    filled.ok("member", "transfer", "P000012", A1, "--on", "2005-02-06")
    filled.ok("unit", "close", "330304-B2", "--on", "2005-02-15")
    filled.ok(*("member", "add", "--name", "新来", "--unit", A1, "--arrived-on", "2005-03-05"))
    return filled


DAYS = ("2005-01-01", "2005-02-05", "2005-02-09", "2005-02-10", "2005-02-15", "2005-02-20", "2005-03-01", TODAY)


@pytest.mark.parametrize("day", DAYS)
def test_the_lists_of_a_day_are_those_that_the_figures_of_the_day_count(moved: Cli, day: str) -> None:
    for top in (ROOT, A, B):
        total = moved.json("status", top, "--as-of", day)["total"]
        assert len(moved.rows("member", "list", top, "--as-of", day)) == total["members"]
        there = moved.rows("unit", "list", top, "--as-of", day)
        below = moved.rows("unit", "tree", top, "--as-of", day)
        assert {each["code"] for each in there} == {each["code"] for each in below}
        assert [each["code"] for each in there] == sorted(each["code"] for each in there)
        open_ = {each["code"] for each in there if each["closed_on"] is None and each["kind"] in GRASSROOTS}
        assert len(open_) == total["units"]


def test_a_list_of_a_day_shows_the_units_of_the_day(moved: Cli) -> None:
    def place(code: str, day: str) -> str | None:
        rows = {each["code"]: each["parent"] for each in moved.rows("unit", "list", "--as-of", day)}
        return rows.get(code, "not there")

    assert [place(B1, day) for day in ("2005-02-09", "2005-02-10")] == [B, A]
    assert [place("C", day) for day in ("2005-02-19", "2005-02-20")] == ["not there", B]
    below_a = [each["parent"] for each in moved.rows("unit", "list", A, "--as-of", "2005-02-01")]
    assert below_a[0] == ROOT
    homes = [
        {each["code"]: each["unit"] for each in moved.rows("member", "list", "--as-of", day)}["P000003"]
        for day in ("2005-02-28", "2005-03-01")
    ]
    assert homes == [A11, "C"]
    left = {each["code"]: each["left_on"] for each in moved.rows("member", "list", "--left", "--as-of", "2005-02-04")}
    assert left["P000011"] is None


def test_the_tree_of_a_day_has_children_below_their_parents(moved: Cli) -> None:
    rows = moved.rows("unit", "tree", "--as-of", "2005-02-09")
    path: list[str] = []
    for each in rows:
        del path[each["depth"] :]
        assert each["parent"] == (path[-1] if path else None)
        path.append(each["code"])


@pytest.mark.parametrize(
    "words",
    [("status",), ("overdue",), ("unit", "show", A), ("member", "show", "P000001"), ("nine", "status"), ("check",)],
)
def test_a_screen_says_that_the_file_has_its_own_day(filled: Cli, words: tuple[str, ...]) -> None:
    filled.ok("pin", "2005-03-01")
    said = "the day this file is pinned to"
    assert said in filled(*words).out
    assert said not in filled(*words, "--as-of", "2005-02-01").out
    assert said not in filled(*words, "--format", "json").out

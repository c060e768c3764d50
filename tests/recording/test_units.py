"""Rules about units: one root, codes, dated moves without circles, closing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advedu.errors import AdveduError, MoveMakesCircle
from advedu.nouns.model import Author
from advedu.recording import units as recording
from advedu.storage import history, migrations, units
from tests.support import TODAY, Answer, Cli

NOTHING = "Nothing to change"
A, A1, A11, A2, B, B1 = "330304-A", "330304-A1", "330304-A1-1", "330304-A2", "330304-B", "330304-B1"


def unit(cli: Cli, code: str) -> dict[str, Any]:
    return next(row for row in cli.rows("unit", "list") if row["code"] == code)


def unchanged(cli: Cli, *argv: str) -> None:
    """A call that finds everything as it asks for says so, leaves with 0 and writes nothing."""
    before = cli.everything()
    assert NOTHING in cli.ok(*argv)
    document = cli.json(*argv)
    assert (document["operation"], document["changed"], document["rows"]) == (None, 0, [])
    assert cli.everything() == before


def refused(cli: Cli, *argv: str, code: int = 1) -> str:
    """A call that is refused writes nothing."""
    before = cli.everything()
    message = cli.refused(*argv, code=code)
    assert cli.everything() == before
    return message


# ── adding ──


def test_the_first_unit_is_the_root_and_there_is_no_second(cli: Cli) -> None:
    cli.ok("unit", "add", "R", "--name", "区委", "--kind", "区委")
    assert "R 区委" in refused(cli, "unit", "add", "S", "--name", "另一区委", "--kind", "区委")


def test_a_parent_is_named_by_code_or_full_name(cli: Cli) -> None:
    cli.ok("unit", "add", "R", "--name", "区委", "--kind", "district")
    cli.ok("unit", "add", "A", "--name", "甲党委", "--kind", "党委", "--parent", "区委")
    cli.ok("unit", "add", "A1", "--name", "支部", "--kind", "branch", "--parent", "A")
    assert unit(cli, "A")["parent"] == "R"
    assert unit(cli, "A1")["parent"] == "A"


def test_a_code_belongs_to_one_unit(filled: Cli) -> None:
    message = refused(filled, "unit", "add", B1, "--name", "新", "--kind", "党支部", "--parent", A)
    assert "繁荣社区党总支" in message


def test_codes_are_assigned_below_the_parents(cli: Cli) -> None:
    cli.ok("unit", "add", "--name", "区委", "--kind", "区委")
    (root,) = cli.rows("unit", "list")
    add = ("unit", "add", "--kind", "党支部", "--parent", root["code"], "--name")
    cli.ok(*add, "一")
    cli.ok(*add, "二")
    cli.ok("unit", "add", f"{root['code']}-03", "--kind", "党支部", "--parent", root["code"], "--name", "三")
    cli.ok(*add, "四")
    codes = {row["name"]: row["code"] for row in cli.rows("unit", "list")}
    assert codes == {
        "区委": root["code"],
        "一": f"{root['code']}-01",
        "二": f"{root['code']}-02",
        "三": f"{root['code']}-03",
        "四": f"{root['code']}-04",
    }


def test_nothing_is_added_below_a_closed_unit(filled: Cli) -> None:
    filled.ok("unit", "close", B1, "--on", "2005-03-01")
    assert "closed" in refused(filled, "unit", "add", "X", "--name", "x", "--kind", "党支部", "--parent", B1)


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--kind", "党小组"),
        ("--sector", "none"),
        ("--batch", "9"),
        ("--starts-on", "x"),
        ("--declared-members", "many"),
    ],
)
def test_a_value_that_is_none_is_a_wrong_call(filled: Cli, option: str, value: str) -> None:
    words = {"--name": "x", "--kind": "党支部", "--parent": A} | {option: value}
    message = refused(filled, "unit", "add", "X", *(word for pair in words.items() for word in pair), code=2)
    assert option in message


@pytest.mark.parametrize("words", [("--name", ""), ("--name", "  "), ("--kind", "")])
def test_a_unit_has_a_name_and_a_kind(filled: Cli, words: tuple[str, str]) -> None:
    given_ = {"--name": "x", "--kind": "党支部", "--parent": A} | {words[0]: words[1]}
    answer = filled("unit", "add", "X", *(word for pair in given_.items() for word in pair))
    refused_without_traceback(answer)
    refused_without_traceback(filled("unit", "edit", A2, *words))
    assert unit(filled, A2)["name"] == "区卫生局党组"


def refused_without_traceback(answer: Answer) -> None:
    assert answer.code in (1, 2), answer
    assert answer.err.count("\n") == 1


@pytest.mark.parametrize("code", ["", " ", "\n"])
def test_a_code_is_no_empty_text(filled: Cli, code: str) -> None:
    answer = filled("unit", "add", code, "--name", "x", "--kind", "党支部", "--parent", A)
    if answer.code == 0:
        # Taken as not given: then one is assigned.
        assert f"{A}-01" in [row["code"] for row in filled.rows("unit", "list")]
    else:
        refused_without_traceback(answer)


def test_a_code_typed_with_spaces_is_found_again(filled: Cli) -> None:
    filled.ok("unit", "add", " X1 ", "--name", "x", "--kind", "党支部", "--parent", A)
    assert filled.json("unit", "show", "X1")["code"] == "X1"


def test_text_that_is_no_utf_8_is_refused_in_one_line(filled: Cli) -> None:
    """As the shell hands it over, from a file name of an old archive for one."""
    for argv in (
        ("unit", "add", "\udcc7\udcf8", "--name", "x", "--kind", "党支部", "--parent", A),
        ("unit", "add", "X", "--name", "\udcc7\udcf8", "--kind", "党支部", "--parent", A),
        ("unit", "edit", A, "--chief", "\udcc7\udcf8"),
        ("unit", "close", B1, "--reason", "\udcc7\udcf8"),
        ("unit", "show", "\udcc7\udcf8"),
    ):
        refused_without_traceback(filled(*argv))


# ── editing ──


def test_editing_changes_what_is_given_and_an_empty_value_clears(filled: Cli) -> None:
    before = unit(filled, A)
    filled.ok("unit", "edit", A, "--chief", "胡可", "--sector", "机关", "--batch", "第二批", "--starts-on", "2005.2.1")
    after = unit(filled, A)
    assert after == before | {
        "chief": "胡可",
        "sector": after["sector"],
        "batch": "2",
        "starts_on": "2005-02-01",
    }
    assert after["sector"]
    filled.ok("unit", "edit", A, "--chief", "", "--sector", "", "--batch", "", "--starts-on", "", "--phone", "")
    assert unit(filled, A) == before | {"chief": None, "batch": None, "phone": None}


def test_editing_to_the_same_is_nothing_to_change(filled: Cli) -> None:
    unchanged(filled, "unit", "edit", A, "--chief", "周正", "--kind", "党工委", "--batch", "1")
    unchanged(filled, "unit", "edit", A2, "--chief", "")


def test_editing_without_a_value_is_refused(filled: Cli) -> None:
    refused(filled, "unit", "edit", A)


def test_a_unit_that_is_not_there_gets_a_suggestion(filled: Cli) -> None:
    assert "繁荣社区党总支" in refused(filled, "unit", "edit", "繁荣社区党总之", "--chief", "x")
    message = refused(filled, "unit", "edit", "第一党支部", "--chief", "x")
    assert "330304-A1-2" in message
    assert "330304-B2" in message


# ── moving ──


def test_a_move_is_dated_and_earlier_days_keep_their_figures(filled: Cli) -> None:
    def members(day: str) -> dict[str, int]:
        rows = filled.rows("status", "--as-of", day)
        return {row["code"]: row["members"] for row in rows}

    filled.ok("unit", "move", B1, A, "--on", "2005-02-10", "--reason", "区划调整")
    assert unit(filled, B1)["parent"] == A
    assert members("2005-02-09") == {A: 7, B: 5}
    assert members("2005-02-10") == {A: 9, B: 3}
    unchanged(filled, "unit", "move", B1, A, "--on", "2005-03-01")


def test_moves_of_a_unit_follow_one_another(filled: Cli) -> None:
    filled.ok("unit", "move", B1, A, "--on", "2005-02-10")
    for day in ("2005-02-09", "2005-02-10"):
        assert "2005-02-10" in refused(filled, "unit", "move", B1, A1, "--on", day)
    filled.ok("unit", "move", B1, A1, "--on", "2005-02-11")


def test_a_move_in_the_future_is_refused(filled: Cli) -> None:
    refused(filled, "unit", "move", B1, A, "--on", "2005-04-01")


def test_the_root_stays_where_it_is(filled: Cli) -> None:
    refused(filled, "unit", "move", "330304", A)


def test_no_unit_stands_below_itself(filled: Cli) -> None:
    for parent in (A, A1, A11):
        refused(filled, "unit", "move", A, parent)


def test_a_backdated_move_makes_no_circle_later_on(filled: Cli) -> None:
    filled.ok("unit", "move", B, A1, "--on", "2005-02-10")
    message = refused(filled, "unit", "move", A, B, "--on", "2005-02-01")
    assert "2005-02-10" in message, "on that day the parent stood below the unit"
    filled.ok("unit", "move", B, "330304", "--on", "2005-02-20")
    refused(filled, "unit", "move", A, B, "--on", "2005-02-01")
    refused(filled, "unit", "move", A, B, "--on", "2005-02-19")
    filled.ok("unit", "move", A, B, "--on", "2005-02-20")


def test_nothing_moves_below_a_closed_unit_nor_out_of_the_grave(filled: Cli) -> None:
    filled.ok("unit", "close", B1, "--on", "2005-03-01")
    refused(filled, "unit", "move", A2, B1, "--on", "2005-03-01")
    refused(filled, "unit", "move", B1, A, "--on", "2005-03-01")
    filled.ok("unit", "move", B1, A, "--on", "2005-02-28")


# Small trees and a few days, so that circles and collisions are likely.
FIRST = date(2005, 1, 1)
DAYS = [(FIRST + timedelta(days)).isoformat() for days in range(6)]
PARENTS = {2: 1, 3: 1, 4: 2, 5: 3}


@pytest.fixture(scope="module")
def five() -> Iterator[sqlite3.Connection]:
    """A file in memory with five units: 1 above 2 and 3, 4 below 2, 5 below 3."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as file:
        migrations.apply(file)
        with history.operation(file, Author("", "", ""), TODAY):
            for id_ in range(1, 6):
                units.insert(file, str(id_), PARENTS.get(id_), {"name": f"u{id_}", "kind": "branch"})
        yield file


@contextmanager
def copied(file: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """A copy of a file in memory."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        file.backup(copy)
        copy.execute("PRAGMA recursive_triggers = ON")
        yield copy


def parents_on(moves: list[tuple[int, int, str]], day: str) -> dict[int, int]:
    """Where each unit stands on a day: an account of its own, from the moves alone."""
    found = dict(PARENTS)
    for id_, parent, on in sorted(moves, key=lambda move: move[2]):
        if on <= day:
            found[id_] = parent
    return found


def reaches_root(parents: dict[int, int]) -> bool:
    for id_ in parents:
        seen = {id_}
        while id_ in parents:
            id_ = parents[id_]  # noqa: PLW2901 (climbing)
            if id_ in seen:
                return False
            seen.add(id_)
    return True


@given(attempts=st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5), st.sampled_from(DAYS)), max_size=8))
def test_whatever_moves_the_tree_is_a_tree_on_every_day(
    five: sqlite3.Connection, attempts: list[tuple[int, int, str]]
) -> None:
    moves: list[tuple[int, int, str]] = []
    with copied(five) as file:
        for id_, parent, on in attempts:
            circle = not all(reaches_root(parents_on([*moves, (id_, parent, on)], day)) for day in DAYS)
            with history.operation(file, Author("", "", ""), TODAY) as under_way:
                moved = units.by_id(file, id_)
                try:
                    recording.move(file, moved, parent, on, None, TODAY)
                except AdveduError as error:
                    assert moved.parent_id is None or isinstance(error, MoveMakesCircle) == (
                        circle and not any(move[0] == id_ and move[2] >= on for move in moves)
                    )
                    under_way.abandon()
                else:
                    if moved.parent_id != parent:
                        assert not circle
                        moves.append((id_, parent, on))
            for day in DAYS:
                expected = parents_on(moves, day)
                assert reaches_root(expected)
                for each in range(1, 6):
                    above = units.ancestors(file, each, day)
                    assert above[:1] == [expected[each]] if each in expected else above == []


# ── closing ──


def test_a_closed_unit_leaves_the_counts_from_that_day_on(filled: Cli) -> None:
    filled.ok("unit", "close", A11, "--on", "2005-03-01", "--reason", "合并")
    assert filled.json("status", "--as-of", "2005-02-28")["total"]["units"] == 6
    assert filled.json("status", "--as-of", "2005-03-01")["total"]["units"] == 5


def test_closing_says_who_is_left_behind(filled: Cli) -> None:
    answer = filled("unit", "close", B1, "--on", "2005-03-01")
    assert answer.code == 0
    assert "2 members" in answer.err


def test_closing_again_is_nothing_to_change_and_on_another_day_refused(filled: Cli) -> None:
    filled.ok("unit", "close", B1, "--on", "2005-03-01")
    unchanged(filled, "unit", "close", B1, "--on", "2005-03-01")
    assert "2005-03-01" in refused(filled, "unit", "close", B1, "--on", "2005-03-02")


def test_nothing_dated_on_the_day_of_closing_or_later(filled: Cli) -> None:
    filled.ok("milestone", "mark", B1, "M103", "--on", "2005-03-10")
    for day in ("2005-03-09", "2005-03-10"):
        assert "M103" in refused(filled, "unit", "close", B1, "--on", day)
    filled.ok("unit", "close", B1, "--on", "2005-03-11")


def test_nobody_arrives_on_the_day_of_closing_or_later(filled: Cli) -> None:
    filled.ok("member", "transfer", "P000004", B1, "--on", "2005-03-10")
    for day in ("2005-03-09", "2005-03-10"):
        assert "2005-03-10" in refused(filled, "unit", "close", B1, "--on", day)
    filled.ok("unit", "close", B1, "--on", "2005-03-11")


def test_several_units_are_closed_together_or_not_at_all(filled: Cli) -> None:
    filled.ok("milestone", "mark", B1, "M103", "--on", "2005-03-10")
    refused(filled, "unit", "close", A11, B1, "--on", "2005-03-05")
    filled.ok("unit", "close", A11, B1, "--on", "2005-03-15")
    assert len(filled.query("SELECT 1 FROM unit WHERE closed_on IS NOT NULL")) == 2


# ── dry runs ──


@pytest.mark.parametrize(
    "argv",
    [
        ("unit", "add", "X", "--name", "x", "--kind", "党支部", "--parent", A),
        ("unit", "edit", A, "--chief", "胡可"),
        ("unit", "move", B1, A),
        ("unit", "close", B1),
    ],
)
def test_a_dry_run_shows_what_would_change_and_writes_nothing(filled: Cli, argv: tuple[str, ...]) -> None:
    before = filled.everything()
    document = filled.json(*argv, "--dry-run")
    assert filled.everything() == before
    assert (document["operation"], document["dry_run"]) == (None, True)
    changed = filled.json(*argv)
    assert changed["operation"] is not None
    assert [row | {"operation": None} for row in changed["rows"]] == document["rows"] != []


# ── opening ──


def test_a_unit_counts_and_owes_from_its_opening_on(filled: Cli) -> None:
    def total(day: str) -> tuple[int, int]:
        found = filled.json("status", "--as-of", day)["total"]
        return found["units"], found["milestones_expected"]

    before = total("2005-02-28")
    words = ("--name", "新支部", "--kind", "党支部", "--parent", A1, "--batch", "2", "--municipal")
    filled.ok("unit", "add", "N", *words, "--opened-on", "2005-03-01")
    assert total("2005-02-28") == before
    assert total("2005-03-01") == (before[0] + 1, before[1] + 11)
    assert (unit(filled, "N")["opened_on"], unit(filled, "N")["municipal"]) == ("2005-03-01", True)
    codes = [row["code"] for row in filled.json("status", A1, "--as-of", "2005-02-28")["rows"]]
    assert "N" not in codes
    assert "N" in [row["code"] for row in filled.json("status", A1, "--as-of", "2005-03-01")["rows"]]
    states = {row["state"] for row in filled.json("unit", "show", "N", "--as-of", "2005-02-28")["milestones"]}
    assert states == {"not_yet"}


def test_who_is_in_a_unit_that_opens_later_counts_and_makes_a_row(filled: Cli) -> None:
    words = ("--name", "新支部", "--kind", "党支部", "--parent", A1, "--batch", "2", "--opened-on", "2005-03-01")
    filled.ok("unit", "add", "N", *words)
    filled.ok("member", "add", "M", "--name", "老人", "--unit", "N")
    row = next(row for row in filled.json("status", A1, "--as-of", "2005-02-28")["rows"] if row["code"] == "N")
    # Its own batch counts for nothing yet, so what is due is that of the batch above.
    assert (row["units"], row["members"], row["members_due"], row["milestones_expected"]) == (0, 1, 1, 0)


def test_nothing_happens_to_a_unit_before_its_opening(filled: Cli) -> None:
    filled.ok("unit", "edit", B1, "--opened-on", "2005-02-10")
    for argv in (
        ("milestone", "mark", B1, "M103", "--on", "2005-02-09"),
        ("unit", "move", B1, A, "--on", "2005-02-09"),
        ("unit", "move", A2, B1, "--on", "2005-02-09"),
        ("member", "transfer", "P000001", B1, "--on", "2005-02-09"),
        ("unit", "close", B1, "--on", "2005-02-09"),
    ):
        assert "2005-02-10" in refused(filled, *argv)
    filled.ok("milestone", "mark", B1, "M103", "--on", "2005-02-10")
    assert "M103" in refused(filled, "unit", "edit", B1, "--opened-on", "2005-02-11")
    filled.ok("unit", "edit", B1, "--opened-on", "1985-05-01")

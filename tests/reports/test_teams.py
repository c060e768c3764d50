"""Teams: who looks after what on which day, where nobody does, and progress summed up by team."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.finding_cases import COVERED
from tests.support import Cli, kept

ROOT, A, A1, A11, A12, A2 = "330304", *(f"330304-{name}" for name in ("A", "A1", "A1-1", "A1-2", "A2"))
B, B1, B2 = "330304-B", "330304-B1", "330304-B2"
# The tree of the small district, and whose members are whose, told a second time.
ABOVE = {ROOT: None, A: ROOT, A1: A, A11: A1, A12: A1, A2: A, B: ROOT, B1: B, B2: B}
GRASSROOTS = {A1, A11, A12, B, B1, B2}
OWING = set(ABOVE) - {ROOT}
MEMBERS = Counter([A, A1, A11, A11, A12, A12, A2, B, B1, B1, B2, B2])
Cover = tuple[str, str, str | None, str | None]


@pytest.fixture
@kept
def teams(filled: Cli) -> Cli:
    """Two supervision teams and an inspection team."""
    filled.ok("team", "add", "--code", "D01", "--name", "第一督导组", "--kind", "supervision")
    filled.ok("team", "add", "--code", "D02", "--name", "第二督导组", "--kind", "supervision")
    filled.ok("team", "add", "--code", "X01", "--name", "巡回检查组", "--kind", "inspection", "--sender", B)
    return filled


def cover(cli: Cli, covers: list[Cover]) -> None:
    for team, unit, from_on, to_on in covers:
        days = [*(["--from-on", from_on] if from_on else []), *(["--to-on", to_on] if to_on else [])]
        cli.ok("coverage", "add", unit, "--team", team, *days)


def nearest(covers: list[Cover], unit: str | None, day: str, above: dict[str, str | None]) -> str | None:
    """Whose a unit is on a day: its own, else that of the unit above; a supervision team first, the later first."""
    while unit is not None:
        own = [
            (team.startswith("D"), from_on or "", place, team)
            for place, (team, covered, from_on, to_on) in enumerate(covers)
            if covered == unit and (from_on or "") <= day and (to_on is None or to_on > day)
        ]
        if own:
            return max(own)[-1]
        unit = above[unit]
    return None


def by_team(cli: Cli, day: str, *words: str) -> dict[str, Any]:
    return cli.json("status", *words, "--by", "team", "--as-of", day)


def check(cli: Cli, covers: list[Cover], day: str, above: dict[str, str | None] | None = None) -> None:
    """Compare the rows with what follows from the covers, and their sum with the total and with the tree."""
    above = above or ABOVE
    document = by_team(cli, day)
    whose = {unit: nearest(covers, unit, day, above) for unit in above}
    assert [row["code"] for row in document["rows"] if row["code"]] == ["D01", "D02", "X01"]
    for row in document["rows"]:
        own = {unit for unit, team in whose.items() if team == row["code"]}
        assert row["units"] == len(own & GRASSROOTS), (row["code"], day)
        assert row["units_owing"] == len(own & OWING), (row["code"], day)
        assert row["members"] == sum(MEMBERS[unit] for unit in own), (row["code"], day)
    assert (None in {row["code"] for row in document["rows"]}) == (None in whose.values())
    keys = [key for key in document["total"] if key not in ("code", "name", "own", "worst_days_late")]
    for key in keys:
        assert sum(row[key] for row in document["rows"]) == document["total"][key], key
    assert document["total"] == cli.json("status", "--as-of", day)["total"]


NESTED: list[Cover] = [
    ("D01", A, "2005-01-01", None),
    ("D02", A1, "2005-02-01", "2005-03-01"),
    ("D01", A12, None, None),
    ("X01", B1, "2005-03-15", None),
    ("D02", B1, "2005-03-20", "2005-03-25"),
]


@pytest.mark.parametrize(
    "day",
    ["2004-12-31", "2005-01-01", "2005-01-31", "2005-02-01", "2005-02-28", "2005-03-01", "2005-03-15", "2005-03-20",
     "2005-03-24", "2005-03-25", "2005-03-31"],
)  # fmt: skip
def test_rows_are_those_of_the_nearest_team_on_the_day(teams: Cli, day: str) -> None:
    teams.ok("milestone", "mark", A11, "M103", "--on", "2005-01-20")
    teams.ok("task", "mark", "P000003", "T1", "--on", "2005-02-10")
    cover(teams, NESTED)
    check(teams, NESTED, day)


def test_a_supervision_team_comes_first_and_then_the_later(teams: Cli) -> None:
    covers: list[Cover] = [
        ("X01", B, "2005-03-10", None),
        ("D02", B, "2005-01-01", None),
        ("D01", B, "2005-01-02", None),
    ]
    cover(teams, covers)
    assert nearest(covers, B1, "2005-03-31", ABOVE) == "D01"
    check(teams, covers, "2005-03-31")


def test_who_moves_goes_to_the_team_of_the_new_place(teams: Cli) -> None:
    covers: list[Cover] = [("D01", A, None, None), ("D02", B, None, None)]
    cover(teams, covers)
    teams.ok("unit", "move", A2, B, "--on", "2005-03-01")
    check(teams, covers, "2005-02-28")
    check(teams, covers, "2005-03-01", ABOVE | {A2: B})


def test_a_part_of_the_tree_has_the_team_of_what_stands_above_it(teams: Cli) -> None:
    cover(teams, [("D01", A, "2005-01-01", None)])
    rows = {row["code"]: row["units_owing"] for row in by_team(teams, "2005-03-31", A1)["rows"]}
    assert rows == {"D01": 3, "D02": 0, "X01": 0}
    assert by_team(teams, "2005-03-31", A1, "--depth", "3") == by_team(teams, "2005-03-31", A1)


def test_without_teams_there_is_one_row_without_a_name(filled: Cli) -> None:
    (row,) = by_team(filled, "2005-03-31")["rows"]
    assert (row["code"], row["name"]) == (None, None)
    assert "(no team)" in filled.ok("status", "--by", "team")
    assert "（无督导组）" in filled.ok("status", "--by", "team", lang="zh")


def test_an_empty_file_has_no_rows(cli: Cli) -> None:
    assert by_team(cli, "2005-03-31")["rows"] == []
    assert cli.rows("team", "gaps") == []


# ── gaps, and one page ──


def gaps(cli: Cli, *words: str) -> list[tuple[str, str | None]]:
    return [(row["gap"], row["unit"] or row["team"]) for row in cli.rows("team", "gaps", *words)]


def test_gaps_are_teams_without_a_head_units_without_a_team_and_unvisited_ones(teams: Cli) -> None:
    cover(teams, [("D01", A1, "2005-01-01", None)])
    teams.ok("cadre", "add", "--team", "D01", "--role", "head", "--name", "张平", "--rank", "副科级")
    teams.ok("cadre", "add", "--team", "D02", "--role", "head", "--name", "李强", "--rank", "科员")
    teams.ok("visit", "add", A1, "--team", "D01", "--visited-on", "2005-03-20")
    teams.ok("visit", "add", A11, "--team", "D01", "--visited-on", "2005-02-01")
    # The second batch has not begun.
    assert gaps(teams) == [
        ("no_team", A),
        ("no_team", A2),
        ("never_visited", A12),
        ("not_visited", A11),
        ("no_qualified_head", "D02"),
        ("no_qualified_head", "X01"),
    ]
    assert ("not_visited", A11) not in gaps(teams, "--days", "60")
    assert gaps(teams, A1) == [("never_visited", A12), ("not_visited", A11), *gaps(teams)[-2:]]
    assert ("never_visited", A1) in gaps(teams, "--as-of", "2005-03-19")
    out = teams.ok("team", "gaps", lang="zh")
    assert all(word in out for word in ("没有督导组", "从未走访", "很久没有走访", "组长职级不够"))


def test_no_gaps_are_said_in_words(filled: Cli) -> None:
    for action in COVERED:
        filled.ok(*action)
    for unit in (A, A1, A11, A12, A2):
        filled.ok("visit", "add", unit, "--team", "D01", "--visited-on", "2005-03-31")
    assert "No gaps" in filled.ok("team", "gaps")


def test_a_team_shows_its_cadres_units_and_what_is_open_with_masked_telephones(teams: Cli) -> None:
    teams.ok("team", "edit", "1", "--phone", "0577-88530001")
    teams.ok("cadre", "add", "--team", "D01", "--role", "head", "--name", "张平", "--phone", "13905771234")
    teams.ok("cadre", "add", "--team", "D01", "--name", "旧人", "--from-on", "2005-01-01", "--to-on", "2005-02-01")
    teams.ok("team", "cover", "D01", A1, A2, "--on", "2005-01-05")
    teams.ok("visit", "add", A1, "--team", "第一督导组", "--visited-on", "2005-03-01", "--how", "听汇报")
    teams.ok("suggestion", "add", "--visit", "1", "--text", "补记笔记", "--deadline", "2005-03-20")
    teams.ok("suggestion", "add", "--visit", "1", "--text", "上墙公布")
    teams.ok("suggestion", "done", "2", "--on", "2005-03-05")
    teams.ok("suggestion", "verify", "2", "--by", "张平", "--on", "2005-03-06")
    document = teams.json("team", "show", "D01")
    assert [row["name"] for row in document["cadres"]] == ["张平"]
    assert [row["unit"] for row in document["units"]] == [A1, A11, A12, A2]
    assert [row["verified_by"] for row in document["suggestions"]] == [None, "张平"]
    assert document["visits"][0]["how"] == "听汇报"
    for words in (("team", "show", "D01"), ("cadre", "list"), ("team", "list")):
        for extra in ((), ("--format", "json"), ("--format", "csv")):
            out = teams.ok(*words, *extra)
            assert "13905771234" not in out
            assert "88530001" not in out
    assert "13905771234" in teams.ok("team", "show", "D01", "--reveal", "--format", "json")
    assert "13905771234" in teams.ok("cadre", "list", "--reveal")
    assert "--reveal" in teams.rows("log")[0]["command"]
    assert "13905771234" not in teams.ok("log", "--operation", "9") + teams.ok(
        "cadre", "edit", "1", "--phone", "13905779999"
    )
    out = teams.ok("team", "show", "D01")
    assert "补记笔记" in out
    assert "上墙公布" not in out
    assert teams.json("team", "show", "D01", "--as-of", "2005-02-15")["visits"] == []


def test_a_masked_telephone_changes_nothing_in_a_sheet_and_is_refused_when_typed(teams: Cli) -> None:
    teams.ok("cadre", "add", "--team", "D01", "--name", "张平", "--phone", "13905771234")
    path = teams.folder / "cadres.csv"
    teams.ok("cadre", "list", "--output", str(path))
    assert "1234" in path.read_text("utf-8-sig")
    assert "13905771234" not in path.read_text("utf-8-sig")
    assert teams.json("import", "cadres", path)["unchanged"] == 1
    assert "masked" in teams.refused("cadre", "edit", "1", "--phone", "139****1234", code=2)
    assert teams.query("SELECT phone FROM cadre") == [("13905771234",)]


def test_covering_refuses_what_is_there_and_nothing_is_half_done(teams: Cli) -> None:
    teams.ok("team", "cover", "D01", A1, "--on", "2005-01-05")
    before = teams.everything()
    assert "on record already" in teams.refused("team", "cover", "D01", A2, A1, "--on", "2005-01-05")
    assert "no such record" in teams.refused("team", "cover", "D09", A2)
    assert teams.everything() == before
    teams.ok("undo")
    assert teams.query("SELECT * FROM coverage") == []


def test_a_team_in_use_is_not_taken_away(teams: Cli) -> None:
    teams.ok("team", "cover", "D01", A1, "--on", "2005-01-05")
    assert "coverage list" in teams.refused("team", "remove", "1")
    teams.ok("team", "remove", "2")


def test_an_inspection_team_is_sent_by_somebody(filled: Cli) -> None:
    words = ("team", "add", "--code", "X01", "--name", "巡回检查组", "--kind", "inspection")
    assert "sent by a unit" in filled.refused(*words, code=2)
    filled.ok(*words, "--sender", B)


def test_a_suggestion_is_verified_after_it_was_done(teams: Cli) -> None:
    teams.ok("visit", "add", A1, "--team", "D01", "--visited-on", "2005-03-01")
    teams.ok("suggestion", "add", "--visit", "1", "--text", "补记笔记")
    assert "was done" in teams.refused("suggestion", "verify", "1", "--on", "2005-03-06")
    teams.ok("suggestion", "done", "1", "--on", "2005-03-06")
    assert "before" in teams.refused("suggestion", "verify", "1", "--on", "2005-03-05")
    assert "coverage" not in teams.refused("visit", "remove", "1")

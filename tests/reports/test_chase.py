"""Whom to ring about what: grouped, promises first, with the telephone, and as text that can be pasted."""

from __future__ import annotations

import pytest

from tests.support import Cli, kept

A, A1, A11, A12, A2, B = (f"330304-{name}" for name in ("A", "A1", "A1-1", "A1-2", "A2", "B"))
DAY = "2005-02-10"


@pytest.fixture
@kept
def late(filled: Cli) -> Cli:
    """A file pinned to a day on which the meetings of the first batch are late; A1 and A2 have two teams."""
    filled.ok("pin", DAY)
    filled.ok("milestone", "mark", A11, "M103", "--on", "2005-01-20")
    for code, unit in (("D01", A1), ("D02", A2)):
        filled.ok("team", "add", "--code", code, "--name", f"{code}组", "--kind", "supervision")
        filled.ok("team", "cover", code, unit, "--on", "2005-01-01")
    return filled


def units(cli: Cli, *words: str) -> list[str]:
    return list(dict.fromkeys(row["unit"] for row in cli.rows("chase", *words)))


def test_it_lists_what_is_overdue_and_nothing_else(late: Cli) -> None:
    rows, overdue = late.rows("chase"), late.rows("overdue")
    keys = ("unit", "milestone", "due_on", "days_late", "chief", "phone")
    assert sorted(tuple(row[key] for key in keys) for row in rows) == sorted(
        tuple(row[key] for key in keys) for row in overdue
    )
    assert units(late) == [A, A1, A2, A12]
    assert late.rows("chase", "list") == rows
    assert units(late, A1) == [A1, A12]
    assert late.rows("chase", "--as-of", "2005-01-15") == []
    assert "Nobody is late" in late.ok("chase", "--as-of", "2005-01-15")


def test_towns_are_the_units_below_the_root(late: Cli) -> None:
    assert {(row["group"], row["group_name"]) for row in late.rows("chase")} == {(A, "区直机关工委")}
    # With a batch of its own it goes on being late.
    late.ok("unit", "edit", A2, "--batch", "1")
    late.ok("unit", "move", A2, B, "--on", "2005-02-01")
    assert {row["unit"]: row["group"] for row in late.rows("chase")}[A2] == B
    assert {row["unit"]: row["group"] for row in late.rows("chase", "--as-of", "2005-01-31")}[A2] == A


def test_teams_are_those_of_the_day_and_what_has_none_comes_last(late: Cli) -> None:
    rows = late.rows("chase", "--by", "team")
    assert {(row["unit"], row["group"]) for row in rows} == {(A1, "D01"), (A12, "D01"), (A2, "D02"), (A, "")}
    assert rows[-1]["unit"] == A
    assert "(no team)" in late.ok("chase", "--by", "team")
    assert units(late, "--team", "D02") == [A2]
    assert units(late, "--team", "D01组") == [A1, A12]
    assert units(late, A12, "--team", "D01") == [A12]
    assert "no such record" in late.refused("chase", "--team", "D09")


def test_what_was_promised_for_today_or_earlier_comes_first(late: Cli) -> None:
    late.ok("chase", "log", A12, "--said", "今天开会", "--again-on", DAY, "--who", "李新", "--on", "2005-02-08")
    late.ok("chase", "log", A2, "--said", "明天开会", "--again-on", "2005-02-11", "--on", "2005-02-09")
    rows = late.rows("chase")
    assert (rows[0]["unit"], rows[0]["promised"], rows[0]["said"]) == (A12, True, "今天开会")
    assert [row["promised"] for row in rows if row["unit"] == A2] == [False] * 3
    out = late.ok("chase")
    assert out.index("Promised for today or earlier") < out.index("今天开会") < out.index("明天开会")
    # Nobody knew of it on the day before.
    assert all(row["said"] is None for row in late.rows("chase", "--as-of", "2005-02-07"))
    # The last call counts: it was put off.
    late.ok("chase", "log", A12, "--said", "再等三天", "--again-on", "2005-02-13")
    assert not any(row["promised"] for row in late.rows("chase"))
    assert any(row["said"] == "再等三天" and row["called_on"] == DAY for row in late.rows("chase"))


def test_who_is_done_is_not_rung_any_more(late: Cli) -> None:
    late.ok("chase", "log", A12, "--said", "今天开会", "--again-on", DAY)
    late.ok("milestone", "mark", A12, "M103", "--on", DAY)
    assert A12 not in units(late)


def test_the_telephone_stands_there_whole(late: Cli) -> None:
    assert "0577-88510002" in late.ok("chase")
    assert "0577-88510002" in late.ok("chase", "--message")
    assert {row["phone"] for row in late.rows("chase") if row["unit"] == A1} == {"0577-88510002"}
    assert "0577-88510002" in late.ok("chase", "--format", "csv")


def test_messages_are_paragraphs_that_can_be_pasted(late: Cli) -> None:
    late.ok("chase", "log", A1, "--said", "下周开会", "--again-on", "2005-02-14")
    zh = late.ok("chase", "--message", "--no-color", lang="zh")
    (line,) = [line for line in zh.splitlines() if line.startswith("区教育局党委")]
    assert line == (
        "区教育局党委 吴敏（0577-88510002）：截至 2005-02-10，M101 成立领导小组和工作机构，逾期 25 天；"
        "M102 制定教育活动方案，逾期 20 天；M103 召开动员部署大会，逾期 10 天。上次催办 2005-02-10：下周开会；2005-02-14 再催。"
    )
    assert "\x1b" not in zh
    assert "吴敏 of 区教育局党委 (0577-88510002): as of 2005-02-10 late with M101" in late.ok("chase", "--message")


def test_whom_to_ring_is_the_chief_of_the_day(late: Cli) -> None:
    late.ok("post", "hand-over", A1, "李新", "--on", "2005-02-05")
    assert {row["chief"] for row in late.rows("chase", A1) if row["unit"] == A1} == {"李新"}


def test_logging_the_same_call_again_updates_it(late: Cli) -> None:
    for again in ("2005-02-11", "2005-02-12"):
        late.ok("chase", "log", A1, "--said", "下周开会", "--again-on", again)
    assert late.query("SELECT again_on FROM call") == [("2005-02-12",)]
    late.ok("undo")
    assert late.query("SELECT again_on FROM call") == [("2005-02-11",)]


def test_an_empty_answer_and_a_call_in_the_future_are_refused(late: Cli) -> None:
    assert "must not be empty" in late.refused("chase", "log", A1, "--said", " ", code=2)
    late.refused("chase", "log", A1, "--said", "好", "--on", "2005-02-11")
    late.refused("chase", "log", A1, "--said", "好", "--again-on", "soon", code=2)
    assert "before" in late.refused("chase", "log", A1, "--said", "好", "--again-on", "2005-02-01")


def test_hostile_words_are_harmless(late: Cli) -> None:
    late.ok("chase", "log", A1, "--said", "\x1b[31m=SUM(A1)\u202e", "--again-on", DAY)
    for words in (("chase",), ("chase", "--message"), ("chase", "--format", "csv"), ("unit", "show", A1)):
        out = late.ok(*words)
        assert "\x1b[31m" not in out
        assert "\u202e" not in out


def test_an_empty_file_is_no_fault(cli: Cli) -> None:
    assert cli.rows("chase") == []

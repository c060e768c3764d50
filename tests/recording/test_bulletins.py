"""Bulletins: numbers without gaps per issuer, kind and year, and through; drafts have none."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support import Cli, counts, errors, kept

A1, B = "330304-A1", "330304-B"
HEAD = "单位,类型,标题,起草日期,编发日期,期数,总期数\n"


def draft(cli: Cli, title: str, unit: str = A1, kind: str = "bulletin", day: str = "2005-01-05") -> None:
    cli.ok("bulletin", "add", unit, "--kind", kind, "--title", title, "--drafted-on", day)


def numbers(cli: Cli) -> list[tuple[Any, ...]]:
    return cli.query("SELECT title, issued_on, issue, running FROM bulletin ORDER BY number")


@pytest.fixture
@kept
def three(filled: Cli) -> Cli:
    """Three drafts, two of which went out."""
    for title in ("一", "二", "三"):
        draft(filled, title)
    filled.ok("bulletin", "issue", "1", "--on", "2005-01-10")
    filled.ok("bulletin", "issue", "2", "--on", "2005-01-20")
    return filled


def test_a_draft_has_no_number(three: Cli) -> None:
    assert numbers(three) == [("一", "2005-01-10", 1, 1), ("二", "2005-01-20", 2, 2), ("三", None, None, None)]
    assert [row["title"] for row in three.rows("bulletin", "list", "--open")] == ["三"]


def test_every_issuer_and_kind_has_numbers_of_its_own(three: Cli) -> None:
    draft(three, "专", kind="report")
    draft(three, "街道", unit=B)
    three.ok("bulletin", "issue", "4", "5", "3", "--on", "2005-02-01")
    assert [row[2:] for row in numbers(three)] == [(1, 1), (2, 2), (3, 3), (1, 1), (1, 1)]


def test_several_go_out_in_the_order_in_which_they_are_named(filled: Cli) -> None:
    draft(filled, "一")
    draft(filled, "二")
    filled.ok("bulletin", "issue", "2", "1", "--on", "2005-02-01")
    assert [row[2] for row in numbers(filled)] == [2, 1]


def test_a_new_year_begins_with_one_and_the_running_number_goes_on(filled: Cli) -> None:
    filled.imported(
        "bulletins", f"{HEAD}{A1},简报,旧一,2004-11-01,2004-11-05,8,8\n{A1},简报,旧二,2004-12-01,2004-12-05,9,9\n"
    )
    draft(filled, "新")
    filled.ok("bulletin", "issue", "3", "--on", "2005-01-10")
    assert numbers(filled)[-1] == ("新", "2005-01-10", 1, 10)
    assert [row["unit"] for row in filled.rows("check", "--code", "bulletin_gap", "--as-of", "2005-01-31")] == [A1]


def test_nothing_goes_out_before_the_latest_number(three: Cli) -> None:
    assert "went out on 2005-01-20" in three.refused("bulletin", "issue", "3", "--on", "2005-01-19")
    three.ok("bulletin", "issue", "3", "--on", "2005-01-20")


def test_only_the_latest_number_is_taken_back(three: Cli) -> None:
    before = numbers(three)
    for words in (
        ("remove", "1"),
        ("edit", "1", "--issued-on", "", "--issue", "", "--running", ""),
        ("edit", "1", "--kind", "report"),
    ):
        assert "would leave a gap" in three.refused("bulletin", *words)
    number = three.query("SELECT max(id) - 1 FROM operation")[0][0]
    assert "later records stand on its rows" in three.refused("undo", str(number))
    assert numbers(three) == before
    three.ok("bulletin", "edit", "2", "--issued-on", "", "--issue", "", "--running", "")
    three.ok("bulletin", "remove", "1")
    three.ok("bulletin", "issue", "3", "--on", "2005-01-05")
    assert [row[2:] for row in numbers(three)] == [(None, None), (1, 1)]


def test_issuing_is_undone(three: Cli) -> None:
    three.ok("undo")
    assert [row[2] for row in numbers(three)] == [1, None, None]
    three.ok("bulletin", "issue", "3", "--on", "2005-01-15")
    assert [row[2] for row in numbers(three)] == [1, None, 2]


def test_no_number_is_given_twice(three: Cli) -> None:
    taken = "this number is that of another bulletin, record 1"
    options = ("--issued-on", "2005-02-01", "--issue", "1", "--running", "3")
    assert taken in three.refused("bulletin", "edit", "3", *options)
    options = ("--issued-on", "2005-02-01", "--issue", "3", "--running", "1")
    assert taken in three.refused("bulletin", "edit", "3", *options)
    document = three.imported("bulletins", f"{HEAD}{A1},简报,新,2005-02-01,2005-02-05,2,7\n", code=3)
    assert errors(document) == [(2, "期数", "duplicate")]


def test_the_three_go_together(filled: Cli) -> None:
    document = filled.imported("bulletins", f"{HEAD}{A1},简报,新,2005-02-01,,2,\n", code=3)
    assert errors(document) == [(2, "编发日期", "required_missing")]


def test_an_existing_register_comes_in_with_its_numbers_and_gaps_are_found(filled: Cli) -> None:
    rows = "".join(f"{A1},简报,第{n}号,2005-01-0{n},2005-01-1{n},第{n}期,总第{n + 20}期\n" for n in (1, 2, 4))
    assert counts(filled.imported("bulletins", HEAD + rows))[1] == 3
    assert [row[2:] for row in numbers(filled)] == [(1, 21), (2, 22), (4, 24)]
    (found,) = filled.rows("check", "--code", "bulletin_gap")
    assert "the first at 3" in found["message"]
    filled.imported("bulletins", f"{HEAD}{A1},简报,第3号,2005-01-03,2005-01-13,3,23\n")
    assert filled.rows("check", "--code", "bulletin_gap") == []


def test_sources_are_units_and_unknown_ones_are_named(filled: Cli) -> None:
    filled.ok(
        "bulletin", "add", A1, "--title", "甲", "--drafted-on", "2005-01-05", "--sources", f"景山街道党委,{A1}、{B}"
    )
    assert filled.query("SELECT sources FROM bulletin") == [(f"{B}、{A1}",)]
    words = ("bulletin", "add", A1, "--title", "乙", "--drafted-on", "2005-01-05", "--sources", "不存在的单位")
    assert "不存在的单位" in filled.refused(*words, code=2)

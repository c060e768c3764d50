"""What a person calls a unit: suggestions where it is misspelt."""

from __future__ import annotations

from advedu.naming.resolve import nearest
from tests.support import Cli


def test_all_that_bear_a_suggested_name_are_named() -> None:
    known = [("A1", "第一党支部"), ("B1", "第一党支部"), ("C", "丙党委")]
    assert nearest("甲党委第一党支部", known) == "A1 第一党支部, B1 第一党支部"


def test_of_many_that_bear_it_a_few_are_named_and_the_others_counted() -> None:
    known = [(f"A{n}", "第一党支部") for n in range(40)]
    named = nearest("第一党支", known)
    assert named.startswith("A0 第一党支部, A1 第一党支部")
    assert named.endswith("… (40)")
    assert len(named) < 200


def test_the_history_of_a_misspelt_unit_suggests_the_unit(filled: Cli) -> None:
    answer = filled("log", "区直机关公委")
    assert answer.code == 1
    assert "区直机关工委" in answer.err

"""Cells that say that the one above holds here too."""

import pytest

from advedu.importing.cells import DITTO, is_ditto, may_repeat


@pytest.mark.parametrize("word", sorted(DITTO))
def test_a_closer_look_is_taken_at_every_word_for_the_same(word):
    assert may_repeat(["王小明", word])
    assert may_repeat([None, f" {word} "])
    assert is_ditto(f" {word} ")


def test_no_closer_look_is_taken_at_ordinary_columns():
    assert not may_repeat(["王小明", "", "2005-01-20"])
    assert not may_repeat(["王小明", 3.0, None])

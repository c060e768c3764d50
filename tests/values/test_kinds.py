"""Kinds of value: read the same typed and in a cell, masked as promised, named, and offered in forms; every one of them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advedu.nouns.words import EDUCATION_WORDS, SEX_WORDS
from advedu.values import kinds
from advedu.values.kinds import KINDS
from advedu.values.readers import Choice, Problem

TODAY = "2005-06-30"
# A good text of each kind, and what is stored for it.
GOOD = {
    "text": ("区  教育局", "区 教育局"),
    "code": ("Ａ-1", "A-1"),
    "name": ("王 小明", "王小明"),
    "id_number": ("33030419460514299x", "33030419460514299X"),
    "phone": ("１３９12345678", "13912345678"),
    "day": ("2005年1月20日", "2005-01-20"),
    "past_day": ("20050120", "2005-01-20"),
    "past_month": ("1985年3月", "1985-03"),
    "count": ("12人", 12),
    "number": ("第三轮", 3),
    "hours": ("1.5小时", 1.5),
    "tick": ("√", 1),
    "aliases": ("教育局、教委", "教育局 教委"),
    "word": ("女", "female"),
    "usual": ("本科", "大学本科"),
    "rank": ("副科", "副科级"),
    "unit": ("330304-A1", "330304-A1"),
    "units": ("330304-A1、330304-A2", "330304-A1、330304-A2"),
    "member": ("王 小明", "王小明"),
    **{name: ("一", 7) for name, kind in KINDS.items() if kind.listed and kind.names},
}
WORDS = {"word": SEX_WORDS, "usual": EDUCATION_WORDS}


class Lists:
    """A file with one entry in each list."""

    today = TODAY

    def choice(self, name: str) -> Choice:
        return Choice([("一", 7)], ["一"])

    def usual(self, name: str) -> Mapping[str, str]:
        return {"副科": "副科级", "副科级": "副科级"}


every = pytest.mark.parametrize("name", KINDS)


def test_every_kind_is_tried() -> None:
    assert set(GOOD) == set(KINDS)


@every
def test_typed_and_in_a_cell_a_text_means_the_same(name: str) -> None:
    text, stored = GOOD[name]
    words = WORDS.get(name, {})
    assert kinds.typed(name, Lists(), words)(text) == stored
    assert kinds.celled(name, Lists(), words)(text) == stored


@given(text=st.text(st.sampled_from("王小明 *＊０1239-/.年月日人第男是√Ａa、x"), min_size=1, max_size=12))
@every
def test_any_text_means_the_same_or_is_refused_for_the_same_reason(name: str, text: str) -> None:
    if not text.strip():
        return
    words = WORDS.get(name, {})

    def outcome(read: object) -> object:
        try:
            return read(text)  # type: ignore[operator]
        except Problem as problem:
            return problem.code, problem.why

    typed, celled = outcome(kinds.typed(name, Lists(), words)), outcome(kinds.celled(name, Lists(), words))
    masked = KINDS[name].masked
    if masked is not None and masked(text):
        assert celled is None
        assert typed == ("value_invalid", "this is masked; write it whole")
    else:
        assert typed == celled


@every
def test_what_is_masked_is_known_as_masked_when_it_comes_back(name: str) -> None:
    kind = KINDS[name]
    if kind.mask is None:
        return
    assert kind.masked is not None
    shown = kind.mask(str(GOOD[name][1]))
    assert shown != GOOD[name][1]
    assert kind.masked(shown)
    assert kinds.celled(name, Lists(), {})(shown) is None
    with pytest.raises(Problem):
        kinds.typed(name, Lists(), {})(shown)


@every
def test_what_a_sheet_writes_is_read_as_what_is_stored(name: str) -> None:
    kind, stored = KINDS[name], GOOD[name][1]
    if kind.names:
        return
    words = WORDS.get(name, {})
    written = words[stored].headings[0] if name in WORDS else kind.written(stored)  # type: ignore[index]
    assert kinds.celled(name, Lists(), words)(written) == stored
    assert kind.shown(stored)


@every
def test_help_and_forms_have_something_to_say(name: str) -> None:
    kind = KINDS[name]
    assert kind.metavar.isupper()
    assert kind.hint.endswith(".")
    assert kind.form in (kinds.TEXT, kinds.DAY, kinds.NUMBER)
    assert "{cell}" in kind.check or not kind.check


def test_what_is_no_kind_names_a_record() -> None:
    assert kinds.of("session") is kinds.RECORD
    assert kinds.of("day") is KINDS["day"]


def test_a_word_that_is_not_usual_is_kept_and_one_of_a_fixed_list_is_not() -> None:
    assert kinds.typed("usual", Lists(), EDUCATION_WORDS)("硕士研究生") == "硕士研究生"
    with pytest.raises(Problem):
        kinds.typed("word", Lists(), SEX_WORDS)("硕士研究生")

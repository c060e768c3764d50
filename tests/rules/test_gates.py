"""What is missing, in words: complete, in order, in both languages, with codes that stay."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advedu import i18n
from advedu.rules import gates
from advedu.rules.gates import GateFacts, OpenItem, Survey

EVERYTHING = GateFacts(
    phases=["study 学习动员"],
    milestones=["M303 公布整改结果", "M306 召开总结大会"],
    days=71,
    least_days=90,
    members=["P000003 郑重 (T2 T3)"],
    absences=["P000004 王小明 (2005-02-01)", "P000005 李秀英 (2005-02-01)"],
    items=[OpenItem(4, "办事效率不高", "results_on")],
    survey=Survey("failed", 2),
    below=["330304-A1 区教育局党委"],
    signer="330304-A 区直机关工委",
)
CODES = [
    "phase_before_open",
    "milestone",
    "milestone",
    "days_short",
    "members_uncovered",
    "absences_open",
    "item_open",
    "survey_failed",
    "below_open",
    "sign_off_missing",
]
ENGLISH = (
    "study 学习动员 is not closed; M303 公布整改结果 is not reached; M306 召开总结大会 is not reached; 71 of 90 days; "
    "1 members not covered: P000003 郑重 (T2 T3); "
    "2 missed sessions not made good: P000004 王小明 (2005-02-01), P000005 李秀英 (2005-02-01); "
    "rectification item 4 (办事效率不高): its results are not published; "
    "survey round 2 failed; a further round must pass; "
    "1 units below have not closed it: 330304-A1 区教育局党委; not signed off by 330304-A 区直机关工委"
)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = i18n.current()
    i18n.use("en")
    yield
    i18n.use(before)


def test_nothing_missing_is_an_empty_list() -> None:
    assert gates.missing(GateFacts()) == []
    assert gates.in_words([]) == ""


def test_everything_that_is_missing_is_named_once_and_in_order() -> None:
    found = gates.missing(EVERYTHING)
    assert [each.code for each in found] == CODES
    assert gates.in_words(found) == ENGLISH


def test_the_same_list_in_chinese_has_the_same_codes() -> None:
    i18n.use("zh")
    found = gates.missing(EVERYTHING)
    assert [each.code for each in found] == CODES
    for word in ("71", "90", "M303", "办事效率不高", "330304-A 区直机关工委"):
        assert word in gates.in_words(found)
    assert not any(word in gates.in_words(found) for word in (" not ", " of ", "members", "{"))


@pytest.mark.parametrize(("days", "held"), [(0, True), (89, True), (90, False), (91, False), (None, False)])
def test_the_least_days(days: int | None, held: bool) -> None:
    assert bool(gates.missing(GateFacts(days=days, least_days=90))) is held


@pytest.mark.parametrize("step", gates.STEPS)
def test_every_step_of_an_item_has_words(step: str) -> None:
    (found,) = gates.missing(GateFacts(items=[OpenItem(1, "x", step)]))
    assert found.code == "item_open"
    assert found.text.endswith(gates.STEPS[step])


@pytest.mark.parametrize("state", gates.SURVEYS)
def test_every_state_of_a_survey_has_a_code_and_words(state: str) -> None:
    (found,) = gates.missing(GateFacts(survey=Survey(state, 3)))
    assert found.code == f"survey_{state}"
    assert ("3" in found.text) == (state != "missing")


names = st.lists(st.text("甲乙P01 ", min_size=1), max_size=4)
facts = st.builds(
    GateFacts,
    phases=names,
    milestones=names,
    days=st.none() | st.integers(0, 120),
    least_days=st.just(90),
    members=names,
    absences=names,
    items=st.lists(
        st.builds(OpenItem, st.integers(1, 9), st.text("问题"), st.sampled_from(list(gates.STEPS))), max_size=3
    ),
    survey=st.none() | st.builds(Survey, st.sampled_from(list(gates.SURVEYS)), st.integers(1, 5)),
    below=names,
    signer=st.none() | st.text("甲乙", min_size=1),
)


@given(facts)
def test_a_phase_is_held_exactly_when_something_is_missing(given_: GateFacts) -> None:
    found = gates.missing(given_)
    short = given_.days is not None and given_.days < given_.least_days
    lists = (given_.phases, given_.milestones, given_.members, given_.absences, given_.items, given_.below)
    assert bool(found) == bool(any(lists) or short or given_.survey is not None or given_.signer is not None)
    text = gates.in_words(found)
    for words in (*given_.phases, *given_.milestones, *given_.members, *given_.absences, *given_.below):
        assert words in text
    assert len([each for each in found if each.code == "item_open"]) == len(given_.items)

"""Surveys: sheets that add up are accepted and no others; verdicts in whole ballots."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advedu.nouns.declaration import Wrong
from advedu.nouns.surveys import balances, classes
from advedu.rules import survey
from advedu.rules.survey import BallotSheet, Round, SurveyRules

COUNT = st.integers(0, 400)
GRADES = ("satisfied", "fairly", "basically", "dissatisfied", "blank")


@st.composite
def sheets(draw: st.DrawFn) -> dict[str, Any]:
    """A sheet that adds up."""
    values: dict[str, Any] = {name: draw(COUNT) for name in GRADES}
    values["valid"] = sum(values.values())
    values["invalid"], values["unreturned"] = draw(COUNT), draw(COUNT)
    values["returned"] = values["valid"] + values["invalid"]
    values["issued"] = values["returned"] + values["unreturned"]
    cut = draw(st.integers(0, values["returned"]))
    values["classes"] = f"党员 {cut}、群众{values['returned'] - cut}人"
    return values


@given(sheets())
def test_what_adds_up_is_accepted(values: dict[str, Any]) -> None:
    balances(values)
    balances({name: value for name, value in values.items() if name not in ("invalid", "unreturned", "classes")})


@given(sheets(), st.sampled_from([*GRADES, "valid", "invalid", "returned", "issued", "unreturned"]), st.integers(1, 50))
def test_one_number_off_is_refused(values: dict[str, Any], name: str, off: int) -> None:
    with pytest.raises(Wrong) as caught:
        balances({**values, name: values[name] + off})
    assert caught.value.code == "sum_mismatch"


@pytest.mark.parametrize(
    ("counted", "said"),
    [
        ("党员 2865、群众 10000", "classes sum to 12865, 9 short of 12874"),
        ("党员 2865、群众 10010", "classes sum to 12875, 1 more than 12874"),
    ],
)
def test_the_difference_is_said(counted: str, said: str) -> None:
    values = {"issued": 13000, "returned": 12874, "valid": 12874, "satisfied": 12874, "dissatisfied": 0}
    with pytest.raises(Wrong) as caught:
        balances({**values, "classes": counted})
    assert caught.value.why.format(**caught.value.values) == said


def test_classes_are_read_as_people_write_them() -> None:
    for text in ("党员 40、群众 60", "党员：40人，群众：60人", "党员=40;群众=60", "党员40,群众60"):
        assert classes(text) == {"党员": 40, "群众": 60}
    for text in ("党员", "40", "党员 40 群众 60 多", "党员 40、党员 60"):
        with pytest.raises(Wrong):
            classes(text)


ballots = st.tuples(*[COUNT] * 5)
rules = st.builds(SurveyRules, st.integers(1, 99), st.integers(0, 100), st.integers(1, 3))


def sheet(counts: tuple[int, ...], number: int = 1, method: str = "sample", day: str = "2005-05-01") -> BallotSheet:
    satisfied, fairly, basically, dissatisfied, _blank = counts
    return BallotSheet(number, method, day, sum(counts), satisfied, fairly, basically, dissatisfied)


@given(ballots, rules)
def test_one_more_satisfied_never_fails_what_passed(counts: tuple[int, ...], by: SurveyRules) -> None:
    better = (counts[0] + 1, *counts[1:])
    if survey.verdict(sheet(counts), by) == "passed":
        assert survey.verdict(sheet(better), by) == "passed"


@given(ballots, rules)
def test_one_more_dissatisfied_never_passes_what_failed(counts: tuple[int, ...], by: SurveyRules) -> None:
    worse = (*counts[:3], counts[3] + 1, counts[4])
    if survey.verdict(sheet(counts), by) == "failed":
        assert survey.verdict(sheet(worse), by) == "failed"


@given(ballots, rules, st.integers(0, 100))
def test_a_stricter_rule_never_passes_what_failed(counts: tuple[int, ...], by: SurveyRules, more: int) -> None:
    if by.least_percent and survey.verdict(sheet(counts), by) == "failed":
        stricter = by._replace(least_percent=min(100, by.least_percent + more), grades=max(1, by.grades - 1))
        assert survey.verdict(sheet(counts), stricter) == "failed"


@given(rules)
def test_no_valid_ballots_are_no_result(by: SurveyRules) -> None:
    assert survey.verdict(sheet((0, 0, 0, 0, 0)), by) == "no_result"
    assert survey.verdict(sheet((0, 0, 0, 0, 0)), survey.other(by)) == "no_result"


def test_exactly_half_is_not_more_than_half() -> None:
    assert survey.verdict(sheet((50, 0, 0, 50, 0)), SurveyRules()) == "passed"
    assert survey.verdict(sheet((49, 0, 0, 50, 0)), SurveyRules()) == "failed"
    # Blanks are valid ballots and not dissatisfied.
    assert survey.verdict(sheet((0, 0, 0, 50, 50)), SurveyRules()) == "passed"


def test_a_least_satisfaction_counts_the_grades_that_the_rule_names() -> None:
    counts = (60, 15, 15, 10, 0)
    assert [survey.verdict(sheet(counts), SurveyRules(50, 80, grades)) for grades in (1, 2, 3)] == [
        "failed",
        "failed",
        "passed",
    ]
    assert survey.verdict(sheet(counts), SurveyRules(50, 60, 1)) == "passed"


def test_the_other_rule_is_the_one_not_in_force() -> None:
    assert survey.other(SurveyRules()) == SurveyRules(least_percent=50)
    assert survey.other(SurveyRules(least_percent=80)) == SurveyRules()
    counts = (45, 0, 0, 40, 15)
    assert survey.verdict(sheet(counts), SurveyRules()) == "passed"
    assert survey.verdict(sheet(counts), survey.other(SurveyRules())) == "failed"


def test_a_round_is_as_its_worst_sheet() -> None:
    good, bad, none = (9, 0, 0, 1, 0), (1, 0, 0, 9, 0), (0, 0, 0, 0, 0)
    for first, second, verdict in (
        (good, good, "passed"),
        (good, bad, "failed"),
        (none, bad, "failed"),
        (good, none, "no_result"),
    ):
        found = survey.rounds(
            [sheet(first, 1, "representatives"), sheet(second, 1, "sample", "2005-05-03")], SurveyRules()
        )
        assert [(each.verdict, each.held_on) for each in found] == [(verdict, "2005-05-03")]


VERDICTS = st.lists(st.sampled_from(["passed", "failed", "no_result"]), max_size=8)


@given(VERDICTS)
def test_passed_from_the_first_round_after_the_last_that_did_not_pass(verdicts: list[str]) -> None:
    found = [Round(number, verdict, f"2005-05-{number:02}", ("sample",)) for number, verdict in enumerate(verdicts, 1)]
    day = survey.passed_on(found)
    assert (day is not None) == bool(verdicts and verdicts[-1] == "passed")
    if day is not None:
        number = int(day[-2:])
        assert set(verdicts[number - 1 :]) == {"passed"}
        assert number == 1 or verdicts[number - 2] != "passed"


@given(st.integers(0, 5000), st.integers(1, 5000))
def test_shares_are_cut_and_never_rounded_up(part: int, whole: int) -> None:
    part = min(part, whole)
    assert (survey.share(part, whole) == "100.0%") == (part == whole)
    assert survey.percent(part, whole) == float(survey.share(part, whole).removesuffix("%"))
    assert survey.percent(0, 0) is None

"""The later part of the demonstration: it begins where the spring ends, and keeps to days on which offices work."""

from __future__ import annotations

from datetime import date

import pytest

from tools.demonstration import build, build_whole
from tools.demonstration.deliveries import LAST_DAY, PINNED_DAY, DemoDistrict
from tools.demonstration.later.calendar import REPORT_DAYS, back, is_workday, onwards, reported


@pytest.fixture(scope="module")
def whole() -> DemoDistrict:
    return build_whole()


def test_it_begins_with_the_spring_and_is_always_the_same(whole: DemoDistrict) -> None:
    assert [step for step in whole.steps() if step.day <= PINNED_DAY] == list(build().steps())
    assert build_whole() == whole


def test_everything_is_entered_on_workdays_and_in_order(whole: DemoDistrict) -> None:
    days = [step.day for step in whole.steps()]
    assert days == sorted(days)
    assert days[-1] == LAST_DAY
    later = {date.fromisoformat(day) for day in days if day > PINNED_DAY}
    assert all(map(is_workday, later))


def test_nothing_is_reported_before_it_happens(whole: DemoDistrict) -> None:
    for delivery in whole.deliveries:
        for column in ("done_on", "held_on", "visited_on", "received_on", "adopted_on", "results_on", "made_up_on"):
            if column in delivery.columns:
                at = delivery.columns.index(column)
                assert max(row[at] for row in delivery.rows) <= delivery.day


def test_report_days() -> None:
    assert list(REPORT_DAYS) == sorted(set(REPORT_DAYS))
    assert all(map(is_workday, REPORT_DAYS))
    # 7 October 2005 was a holiday; the Monday after it was not.
    assert reported(date(2005, 10, 3)) == onwards(date(2005, 10, 7)) == date(2005, 10, 10)
    assert back(date(2005, 10, 7)) == date(2005, 9, 30)
    assert reported(date(2006, 6, 20)) == date(2006, 6, 20)
    assert reported(date(2006, 6, 21)) is None

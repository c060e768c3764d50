"""Days from the first pinned day to the last: when offices work, when units report, when phases are gone through."""

from __future__ import annotations

from datetime import date, timedelta

from tools.demonstration.deliveries import LAST_DAY

LAST = date.fromisoformat(LAST_DAY)
_WEEKEND = 5  # Saturday, as date.weekday() counts
_HOLIDAYS = (
    (date(2005, 5, 1), date(2005, 5, 7)),
    (date(2005, 10, 1), date(2005, 10, 7)),
    (date(2006, 1, 1), date(2006, 1, 3)),
    (date(2006, 1, 28), date(2006, 2, 5)),
    (date(2006, 5, 1), date(2006, 5, 7)),
)
_WEEK = timedelta(days=7)


def is_workday(day: date) -> bool:
    """Say whether offices were open."""
    return day.weekday() < _WEEKEND and not any(first <= day <= last for first, last in _HOLIDAYS)


def onwards(day: date) -> date:
    """Move forward to the next day on which offices were open."""
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def back(day: date) -> date:
    """Move back to the last day on which offices were open."""
    while not is_workday(day):
        day -= timedelta(days=1)
    return day


# Fridays, or the first workday after a holiday; the pinned day closes the list. On the same days the office goes
# through who can go on to the next phase.
REPORT_DAYS = (*(onwards(date(2005, 3, 25) + _WEEK * number) for number in range(65)), LAST)


def reported(day: date, skipped: int = 0) -> date | None:
    """Find the report in which something done that day arrives; None when it is still to come."""
    later = [report for report in REPORT_DAYS if report >= day]
    return later[skipped] if skipped < len(later) else None

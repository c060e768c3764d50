"""Days: when offices work in the first quarter of 2005, and when units report."""

from __future__ import annotations

from datetime import date, timedelta

_WEEKEND = 5  # Saturday, as date.weekday() counts
_SPRING_FESTIVAL = (date(2005, 2, 9), date(2005, 2, 15))

# Fridays; 8 February because the week after it was the Spring Festival; the pinned Monday closes the list.
REPORT_DAYS = tuple(
    date(2005, month, day)
    for month, day in (
        (1, 7), (1, 14), (1, 21), (1, 28), (2, 4), (2, 8), (2, 18), (2, 25),
        (3, 4), (3, 11), (3, 18), (3, 21),
    )
)  # fmt: skip


def is_workday(day: date) -> bool:
    """Say whether offices were open."""
    first, last = _SPRING_FESTIVAL
    return day.weekday() < _WEEKEND and not first <= day <= last


def workday(day: date) -> date:
    """Move back to the last day on which offices were open."""
    while not is_workday(day):
        day -= timedelta(days=1)
    return day


def reported(day: date, skipped: int = 0) -> date | None:
    """Find the report in which something done that day arrives; None when it is still to come."""
    later = [report for report in REPORT_DAYS if report >= day]
    return later[skipped] if skipped < len(later) else None

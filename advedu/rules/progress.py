"""Figures and how they add up. Pure: today is an argument, and there is neither SQL nor terminal here.

What each figure means is ruled by domain.md, “How figures are counted”.
"""

from typing import NamedTuple, Self

from advedu.values.dates import add_days, days_between


class Figures(NamedTuple):
    """The figures of a group of units; whole numbers, `worst_days_late` None when nothing is overdue."""

    units: int = 0
    units_owing: int = 0
    members: int = 0
    members_due: int = 0
    members_covered: int = 0
    milestones_expected: int = 0
    milestones_due: int = 0
    milestones_done: int = 0
    milestones_on_time: int = 0
    milestones_overdue: int = 0
    units_overdue: int = 0
    units_at_zero: int = 0
    worst_days_late: int | None = None
    leaders: int = 0
    leaders_complete: int = 0
    nine_ones_expected: int = 0
    nine_ones_done: int = 0

    def plus(self, other: Self) -> Self:
        """Return the figures of both groups together: sums, and the worse of the worst."""
        days = [figures.worst_days_late for figures in (self, other) if figures.worst_days_late is not None]
        sums = (mine + theirs for mine, theirs in zip(self._counts, other._counts, strict=True))
        return type(self)(*sums)._replace(worst_days_late=max(days, default=None))

    @property
    def _counts(self) -> list[int]:
        """All the figures, with 0 for "nothing is overdue"."""
        return [value or 0 for value in self]

    @property
    def empty(self) -> bool:
        """Whether there is nothing and nobody here."""
        return not any(self)


def due_on(starts_on: str | None, due_day: int) -> str | None:
    """Return the day on which something is due; None when its unit has no day 0."""
    return None if starts_on is None else add_days(starts_on, due_day)


def state(
    due: str | None, done: str | None, exempt: str | None, day: str, *, required: bool = True, ended: str | None = None
) -> str:
    """Return where one obligation stands on a day; what is optional is never overdue.

    `ended` is the day on which the unit was closed or the member left: from then on nothing more is owed ("ended").

    One of "exempt", "on_time", "done_late", "ahead" (done before it was due, which is still to come), "done"
    (there is no due day), "overdue", "open" (due today or later) and "unplanned" (no due day, not done).
    """
    if exempt is not None and exempt <= day:
        return "exempt"
    if done is not None and done <= day:
        return _done_state(due, done, day)
    if ended is not None and ended <= day:
        return "ended"
    if due is None:
        return "unplanned"
    return "overdue" if due < day and required else "open"


def _done_state(due: str | None, done: str, day: str) -> str:
    if due is None:
        return "done"
    if done > due:
        return "done_late"
    return "on_time" if due <= day else "ahead"


def days_late(due: str, day: str) -> int:
    """Return by how many days something due on `due` is late on `day`; 0 when it is not."""
    return max(0, days_between(due, day))

"""What the demonstration district is made of, and the figures it must come to."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

# Monday, 21 March 2005, day 79 of the first batch: the analysis phase (days 45 to 89) is past its middle. The
# study phase is due in full, so are M201 and M202, and M205 with T2 fall due on the coming Sunday. So the
# screens have something of each kind: late by two weeks and by two months, due this week, done ahead, and not
# due yet. On 31 March, the phase's last planned day, nothing would fall due for eleven days to come.
PINNED_DAY = "2005-03-21"
# Tuesday, 20 June 2006, ten days before the campaign ends: the third batch sums up, who is to be commended is known.
LAST_DAY = "2006-06-20"

# The control totals of the speech, reached on the pinned day.
UNITS = 782
MEMBERS = 14_972

Kind = Literal[
    "units", "members", "milestones", "tasks", "nine-ones", "posts", "bodies", "absences", "teams", "cadres",
    "coverage", "sessions", "missed-sessions", "own-milestones", "visits", "suggestions", "rectifications", "opinions",
    "regulations", "surveys", "remedials", "commendations", "contact-points", "bulletins", "models", "publicity",
    "trainings", "calls",
]  # fmt: skip
Verb = Literal[
    "unit move", "unit close", "member transfer", "member leave", "milestone exempt", "task exempt", "phase open",
    "phase sign-off", "phase close", "phase override", "phase reopen", "ledger set",
]  # fmt: skip
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One file that reached the clerk.

    Attributes:
        kind: what `advedu import` calls it.
        day: the ISO day on which it was entered.
        source: the name of the file that came in.
        columns: identifiers of import columns.
        rows: one text per column, empty where nothing was filled in.
    """

    kind: Kind
    day: str
    source: str
    columns: Row
    rows: tuple[Row, ...]

    @property
    def file(self) -> str:
        """Where it lies in the archive: names of files repeat from year to year."""
        return f"{self.day}/{self.source}"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that the clerk recorded by hand, on the day it happened.

    Attributes:
        day: the ISO day.
        verb: the command; closing a phase by override is `phase override`.
        arguments: name and value, those that advedu/demo/archive.py knows for the verb; several units are codes
            between spaces.
    """

    day: str
    verb: Verb
    arguments: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DemoDistrict:
    """The whole district.

    Attributes:
        pinned_day: the day the file stands at; nothing is dated later.
        units: control total of grassroots units on that day.
        members: control total of members on that day.
        deliveries: by day.
        events: by day.
    """

    pinned_day: str
    units: int
    members: int
    deliveries: tuple[Delivery, ...]
    events: tuple[Event, ...]

    def steps(self) -> Iterator[Delivery | Event]:
        """Give deliveries and events in the order they were entered; on one day the deliveries come first."""
        everything: chain[Delivery | Event] = chain(self.deliveries, self.events)
        yield from sorted(everything, key=lambda step: (step.day, isinstance(step, Event)))

"""A district as the clerk knows it: plain records, no storage, no program."""

from dataclasses import dataclass, field
from datetime import date

DISTRICT = "district"
COMMITTEE = "committee"
PARTY_GROUP = "party_group"
WORK_COMMITTEE = "work_committee"
GENERAL_BRANCH = "general_branch"
BRANCH = "branch"
GROUP = "group"


@dataclass(frozen=True)
class Unit:
    """A node of the tree. `parent` is the first one, before any move; None for the root alone."""

    code: str
    name: str
    parent: str | None
    kind: str
    sector: str | None = None
    batch: int | None = None
    starts_on: date | None = None
    shift_reason: str | None = None
    chief: str | None = None
    phone: str | None = None
    opened_on: date | None = None
    """From this day on it exists; None: from the beginning."""


@dataclass(frozen=True)
class Member:
    """A member. `unit` is the first one, before any transfer. `joined_on`, a text, places nothing in time."""

    code: str
    name: str
    unit: str
    id_number: str | None = None
    leader: bool = False
    joined_on: str | None = None
    arrived_on: date | None = None
    """From this day on a member here; None: from the beginning."""


@dataclass(frozen=True)
class Transfer:
    member: str
    on: date
    unit: str


@dataclass(frozen=True)
class Leaving:
    member: str
    on: date


@dataclass(frozen=True)
class Move:
    unit: str
    on: date
    parent: str


@dataclass(frozen=True)
class Closing:
    unit: str
    on: date


@dataclass(frozen=True)
class Sheet:
    """The valid ballots of one sheet of a survey round, by grade."""

    unit: str
    round: int
    method: str
    on: date
    satisfied: int
    fairly: int
    basically: int
    dissatisfied: int
    blank: int

    @property
    def valid(self) -> int:
        return self.satisfied + self.fairly + self.basically + self.dissatisfied + self.blank


@dataclass(frozen=True)
class Session:
    """A study session; `topic` is one that no other session has."""

    unit: str
    on: date
    topic: str


@dataclass(frozen=True)
class Missed:
    """Somebody missed a session, and made it good on a day or not yet."""

    topic: str
    member: str
    made_up_on: date | None


@dataclass
class District:
    """Everything that was ever recorded, in the course of one campaign."""

    units: list[Unit] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    milestone_dates: dict[tuple[str, str], date] = field(default_factory=dict)
    milestone_exemptions: dict[tuple[str, str], date] = field(default_factory=dict)
    task_dates: dict[tuple[str, str], date] = field(default_factory=dict)
    task_exemptions: dict[tuple[str, str], date] = field(default_factory=dict)
    nine_ones: list[tuple[str, str, date]] = field(default_factory=list)
    transfers: list[Transfer] = field(default_factory=list)
    leavings: list[Leaving] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    closings: list[Closing] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    missed: list[Missed] = field(default_factory=list)
    least_percent: int = 0
    """The least satisfaction that the district asks of a sheet; 0: the majority decides."""
    grades: int = 3
    """How many grades, from the best on, count towards it."""
    campaign: str = "advanced-nature-2005"

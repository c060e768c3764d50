"""The nouns of a campaign, as plain values.

Days are ISO text. `id` is a row's key inside the file and is never shown; `code` is what people say.
"""

from typing import NamedTuple

from advedu.nouns.words import UNIT_KINDS, names

# Kinds of unit, with their English names; the catalogue has the Chinese ones.
KINDS = names(UNIT_KINDS)
# The kinds that make up the 782.
GRASSROOTS = ("committee", "general_branch", "branch")


class Unit(NamedTuple):
    """One node of the tree, in the order of the table's columns."""

    id: int
    code: str
    name: str
    parent_id: int | None
    kind: str
    sector_id: int | None
    batch_id: int | None
    chief: str | None
    phone: str | None
    starts_on: str | None
    shift_reason: str | None
    declared_members: int | None
    closed_on: str | None
    close_reason: str | None
    opened_on: str | None
    municipal: int

    @property
    def label(self) -> str:
        """Code and name, as messages name a unit."""
        return f"{self.code} {self.name}"


class Member(NamedTuple):
    """One member, in the order of the table's columns."""

    id: int
    code: str
    name: str
    sex: str | None
    born_on: str | None
    id_number: str | None
    unit_id: int
    joined_on: str | None
    status: str | None
    post: str | None
    rank: str | None
    leader: int
    category_id: int | None
    phone: str | None
    left_on: str | None
    leave_reason: str | None
    arrived_on: str | None
    missing_since: str | None
    district_body: str | None
    ethnicity: str | None
    education: str | None
    joined_full_on: str | None

    @property
    def label(self) -> str:
        """Code and name, as messages name a member."""
        return f"{self.code} {self.name}"


class Entry(NamedTuple):
    """One row of one of the definition's lists: a batch, milestone, task, item, sector or category."""

    id: int
    code: str
    name: str

    @property
    def label(self) -> str:
        """Code and name."""
        return f"{self.code} {self.name}"


class Author(NamedTuple):
    """Who writes, from where, with which words."""

    who: str
    host: str
    command: str

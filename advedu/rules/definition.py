"""A campaign definition: TOML text → checked values.

The shape is that of the definition shipped with the program (`campaigns/advanced-nature-2005.toml`); a later campaign
is another definition, not another program.
"""

import tomllib
from collections.abc import Callable, Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from advedu.errors import CampaignInvalid, NoSuchCampaign
from advedu.i18n import _
from advedu.nouns.model import KINDS

SHIPPED = Path(__file__).parents[1] / "campaigns"
FORMAT_VERSION = 1
# What a rule may know a milestone as: the rules name roles, the definition says which milestone plays one.
ROLES = ("body", "plan", "meeting", "opinions", "problems", "measures", "results", "regulations", "survey", "summary")
# The keys of tasks are bits of one integer in the figures.
MOST_TASKS = 59
# A due day a hundred years off is a slip, and no calendar reaches as far as an integer does.
MOST_DAYS = 36500
_LARGEST = 2**63

T = TypeVar("T")


class Batch(NamedTuple):
    """A wave of units: first and last day as ISO text; `sectors` are those it is meant for, none meaning any (D19)."""

    code: str
    name: str
    starts_on: str
    ends_on: str
    scope: str
    sectors: tuple[str, ...]


class Phase(NamedTuple):
    """A phase: first and last planned day, counted from a unit's day 0."""

    code: str
    name: str
    first_day: int
    last_day: int


class Milestone(NamedTuple):
    """A milestone; `kinds` and `sectors` say what it applies to, no sectors meaning any.

    `role` is what rules know it as, one of ROLES or ""; `evidence` whether a mark must come with evidence (D44).
    """

    code: str
    name: str
    phase: str
    due_day: int
    required: bool
    by_date: bool
    kinds: tuple[str, ...]
    sectors: tuple[str, ...]
    role: str
    evidence: bool


class Task(NamedTuple):
    """What every member owes; with `study` it is not done while a missed study session is open (D27)."""

    code: str
    name: str
    phase: str
    due_day: int
    study: bool


class Item(NamedTuple):
    """One of a leader's personal items; with the role "contact_point" registering one fulfils it (R7)."""

    code: str
    name: str
    counted: bool
    role: str


class Rule(NamedTuple):
    """A number that the rules use, with the words it comes from."""

    code: str
    value: int
    text: str


class Sector(NamedTuple):
    """A sector of units and what is asked of it; in an `organ` leaders of district rank owe a contact point (D11)."""

    code: str
    name: str
    aliases: tuple[str, ...]
    study: str
    problems: str
    organ: bool


class ListEntry(NamedTuple):
    """An entry of a fixed list; a rank has its name for a code."""

    code: str
    name: str
    aliases: tuple[str, ...]


class Definition(NamedTuple):
    """A whole campaign definition. `text` is the TOML it was read from."""

    code: str
    name: str
    version: int
    source: str
    goals: tuple[str, ...]
    principles: tuple[str, ...]
    batches: tuple[Batch, ...]
    phases: tuple[Phase, ...]
    milestones: tuple[Milestone, ...]
    tasks: tuple[Task, ...]
    items: tuple[Item, ...]
    rules: tuple[Rule, ...]
    sectors: tuple[Sector, ...]
    categories: tuple[ListEntry, ...]
    ranks: tuple[ListEntry, ...]
    text: str


def shipped() -> list[str]:
    """Return the codes of the definitions that come with the program."""
    return sorted(path.stem for path in SHIPPED.glob("*.toml"))


def load(name: str) -> Definition:
    """Return the shipped definition of that code, or the one in a .toml file.

    Raises:
        NoSuchCampaign: neither exists.
        CampaignInvalid: the text is no definition.
    """
    path = Path(name) if name.lower().endswith(".toml") else SHIPPED / f"{name}.toml"
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise NoSuchCampaign(name=name, known=", ".join(shipped())) from None
    except UnicodeDecodeError as error:
        why = _("it is not in UTF-8; save it as UTF-8 and try again")
        raise CampaignInvalid(path=name, where=_("the file"), why=why) from error
    except OSError as error:
        raise CampaignInvalid(path=name, where=_("the file"), why=error) from error
    return parse(text, name)


def parse(text: str, path: str) -> Definition:
    """Return the definition that a TOML text holds; `path` names it in messages.

    Raises:
        CampaignInvalid: with the place and the reason.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CampaignInvalid(path=path, where=_("the text"), why=error) from error
    return _DocumentReader(path, document).definition(text)


class _DocumentReader:
    """Reads one document; every complaint names the place in it."""

    def __init__(self, path: str, document: dict[str, Any]) -> None:
        self.path = path
        self.document = document

    def fail(self, where: str, why: str) -> CampaignInvalid:
        return CampaignInvalid(path=self.path, where=where, why=why)

    def value(self, table: Mapping[str, Any], key: str, kind: type, where: str, default: Any = None) -> Any:
        found = table.get(key, default)
        # bool is an int in Python, but `due_day = true` is a slip.
        if not isinstance(found, kind) or (kind is int and isinstance(found, bool)):
            why = _("{key} is missing") if found is None else _("{key} is not of the right type")
            raise self.fail(where, why.format(key=key))
        if isinstance(found, int) and abs(found) >= _LARGEST:
            raise self.fail(where, _("{key} is too large").format(key=key))
        return found

    def text(self, table: Mapping[str, Any], key: str, where: str, default: str | None = None) -> str:
        found = str(self.value(table, key, str, where, default))
        if "\0" in found or (default is None and not found.strip()):
            raise self.fail(where, _("{key} is empty, or holds what is no text").format(key=key))
        return found

    def texts(self, table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
        return tuple(str(text) for text in self.value(table, key, list, where, []))

    def day(self, table: Mapping[str, Any], key: str, where: str) -> str:
        return str(self.value(table, key, date, where).isoformat())

    def each(self, key: str, make: Callable[[Mapping[str, Any], str, str], T], *, by: str = "code") -> tuple[T, ...]:
        """Return what `make(table, code, place)` makes of each table of a list, whose codes must differ."""
        made: dict[str, T] = {}
        for number, table in enumerate(self.value(self.document, key, list, key, []), start=1):
            if not isinstance(table, dict):
                raise self.fail(f"{key}[{number}]", _("this is no table"))
            code = self.text(table, by, f"{key}[{number}]")
            if code in made:
                raise self.fail(f"{key}.{code}", _("this code occurs twice"))
            made[code] = make(table, code, f"{key}.{code}")
        return tuple(made.values())

    def one_of(self, wanted: str, known: Collection[str], where: str) -> str:
        if wanted not in known:
            raise self.fail(where, _("{wanted} is not among: {known}").format(wanted=wanted, known=", ".join(known)))
        return wanted

    def definition(self, text: str) -> Definition:
        head = self.document
        if self.value(head, "format_version", int, "format_version") != FORMAT_VERSION:
            raise self.fail("format_version", _("this program reads version {known}").format(known=FORMAT_VERSION))
        phases = self.each("phases", self.phase)
        names = [phase.code for phase in phases]
        sectors = self.each("sectors", self.sector)
        if len(self.value(head, "tasks", list, "tasks", [])) > MOST_TASKS:
            raise self.fail("tasks", _("there can be no more than {count} tasks").format(count=MOST_TASKS))
        codes = [sector.code for sector in sectors]
        return Definition(
            code=self.text(head, "code", "code"),
            name=self.text(head, "name", "name"),
            version=self.value(head, "version", int, "version"),
            source=self.text(head, "source", "source", ""),
            goals=self.texts(head, "goals", "goals"),
            principles=self.texts(head, "principles", "principles"),
            batches=self.each("batches", lambda table, code, where: self.batch(table, code, where, codes)),
            phases=phases,
            milestones=self.each(
                "milestones", lambda table, code, where: self.milestone(table, code, where, names, codes)
            ),
            tasks=self.each("tasks", lambda table, code, where: self.task(table, code, where, names)),
            items=self.each("items", self.item),
            rules=self.each("rules", self.rule),
            sectors=sectors,
            categories=self.each("categories", self.choice),
            ranks=self.each("ranks", self.choice, by="name"),
            text=text,
        )

    def batch(self, table: Mapping[str, Any], code: str, where: str, sectors: list[str]) -> Batch:
        starts_on, ends_on = self.day(table, "starts_on", where), self.day(table, "ends_on", where)
        if ends_on <= starts_on:
            raise self.fail(where, _("it ends before it starts"))
        meant = tuple(self.one_of(sector, sectors, where) for sector in self.texts(table, "sectors", where))
        name, scope = self.text(table, "name", where), self.text(table, "scope", where, "")
        return Batch(code, name, starts_on, ends_on, scope, meant)

    def phase(self, table: Mapping[str, Any], code: str, where: str) -> Phase:
        first, last = (self.value(table, key, int, where) for key in ("first_day", "last_day"))
        if not 0 <= first <= last <= MOST_DAYS:
            raise self.fail(where, _("first_day and last_day must be days from 0, in order"))
        return Phase(code, self.text(table, "name", where), first, last)

    def dated(self, table: Mapping[str, Any], code: str, where: str, phases: list[str]) -> tuple[str, str, str, int]:
        phase = self.one_of(self.text(table, "phase", where), phases, where)
        due_day = self.value(table, "due_day", int, where)
        if due_day < 0:
            raise self.fail(where, _("due_day must not be negative"))
        if due_day > MOST_DAYS:
            raise self.fail(where, _("{key} is too large").format(key="due_day"))
        return code, self.text(table, "name", where), phase, due_day

    def task(self, table: Mapping[str, Any], code: str, where: str, phases: list[str]) -> Task:
        return Task(
            *self.dated(table, code, where, phases), study=self.value(table, "study", bool, where, default=False)
        )

    def milestone(
        self, table: Mapping[str, Any], code: str, where: str, phases: list[str], sectors: list[str]
    ) -> Milestone:
        scopes = self.value(self.document, "scopes", dict, "scopes", {})
        applies = table.get("applies_to")
        if isinstance(applies, str):
            applies = scopes[self.one_of(applies, scopes, where)]
        if not isinstance(applies, list) or not applies:
            raise self.fail(where, _("applies_to must name a scope or list kinds of unit"))
        return Milestone(
            *self.dated(table, code, where, phases),
            required=self.value(table, "required", bool, where, default=True),
            by_date=self.value(table, "by_date", bool, where, default=True),
            kinds=tuple(self.one_of(str(kind), KINDS, where) for kind in applies),
            sectors=tuple(self.one_of(sector, sectors, where) for sector in self.texts(table, "sectors", where)),
            role=self.one_of(self.text(table, "role", where, ""), ("", *ROLES), where),
            evidence=self.value(table, "evidence", bool, where, default=False),
        )

    def item(self, table: Mapping[str, Any], code: str, where: str) -> Item:
        counted = self.value(table, "counted", bool, where, default=True)
        role = self.one_of(self.text(table, "role", where, ""), ("", "contact_point"), where)
        return Item(code, self.text(table, "name", where), counted, role)

    def rule(self, table: Mapping[str, Any], code: str, where: str) -> Rule:
        return Rule(code, self.value(table, "value", int, where), self.text(table, "text", where, ""))

    def sector(self, table: Mapping[str, Any], code: str, where: str) -> Sector:
        study, problems = (self.text(table, key, where, "") for key in ("study", "problems"))
        organ = self.value(table, "organ", bool, where, default=False)
        return Sector(
            code, self.text(table, "name", where), self.texts(table, "aliases", where), study, problems, organ
        )

    def choice(self, table: Mapping[str, Any], code: str, where: str) -> ListEntry:
        return ListEntry(code, self.text(table, "name", where), self.texts(table, "aliases", where))

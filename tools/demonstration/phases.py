"""Phases: study opened in January, closed where it could be and signed off, analysis opened after it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tools.demonstration.days import workday
from tools.demonstration.progress import OWING, PINNED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tools.demonstration.changes import Changes
    from tools.demonstration.checklists import Tick
    from tools.demonstration.people import People
    from tools.demonstration.places import Place
    from tools.demonstration.tree import Tree

_OPENED = date(2005, 1, 10)
# On these days the office went through who could go on.
_WAVES = (date(2005, 2, 25), date(2005, 3, 11), date(2005, 3, 18))
_WITH_BODY = frozenset({"committee", "party_group", "work_committee"})
_BODY = {"M101", "M102"}

# Unit, day, why it goes on although something is missing.
_OVERRIDES = (
    ("区财政局（地税局）党委", _WAVES[1], "未补学党员已逐人落实补课，不影响转段"),
    ("区人民法院党组", _WAVES[1], "个别党员外出办案，回院后补学"),
    ("区审计局党组", _WAVES[2], "驻外审计组党员已自学，待补登记"),
)


def phases(
    tree: Tree,
    people: People,
    by_hand: Changes,
    entered: Mapping[tuple[str, str], date],
    ticks: Sequence[Tick],
    open_misses: set[str],
) -> None:
    """Note the openings, sign-offs and closings among what happens by hand.

    Args:
        tree: the units.
        people: the members.
        by_hand: takes the events; says who is exempt, moved or gone.
        entered: unit and milestone → when it was entered.
        ticks: the tasks done.
        open_misses: units where somebody has not made a missed session good.
    """
    running = list(_running(tree, by_hand))
    for day, places in _openings(tree, running):
        by_hand.add(day, "phase open", units=_codes(places), phase="study")
    ready = _Ready(tree, people, by_hand, entered, ticks, open_misses)
    closed: set[str] = set()
    for wave in _WAVES:
        going = ready.on(wave, running, closed)
        lifted = {tree.named(name).code: why for name, day, why in _OVERRIDES if day == wave}
        closed |= {place.code for place in going} | set(lifted)
        by_hand.add(wave, "phase sign-off", units=_codes(going), phase="study")
        by_hand.add(wave, "phase close", units=_codes(going), phase="study")
        for code, why in lifted.items():
            by_hand.add(wave, "phase override", units=code, phase="study", reason=why)
        by_hand.add(wave, "phase open", units=" ".join([_codes(going), *lifted]), phase="analysis")


def _codes(places: Iterable[Place]) -> str:
    return " ".join(place.code for place in places)


def _running(tree: Tree, by_hand: Changes) -> Iterator[Place]:
    for place in tree.places:
        start = tree.start(place)
        if place.kind in OWING and start is not None and start <= PINNED and place.code not in by_hand.closed:
            yield place


def _openings(tree: Tree, places: Iterable[Place]) -> Iterator[tuple[date, list[Place]]]:
    """Give the days of opening with their units: all at once, but for those that start later."""
    days: dict[date, list[Place]] = {}
    for place in places:
        start = tree.start(place)
        assert start is not None
        day = max(_OPENED, start)
        while workday(day) != day:
            day += timedelta(days=1)
        days.setdefault(day, []).append(place)
    yield from sorted(days.items(), key=lambda item: item[0])


class _Ready:
    """Tells which units have all that the study phase asks for."""

    def __init__(
        self,
        tree: Tree,
        people: People,
        by_hand: Changes,
        entered: Mapping[tuple[str, str], date],
        ticks: Sequence[Tick],
        open_misses: set[str],
    ) -> None:
        self._tree = tree
        self._entered = {**entered, **dict.fromkeys(by_hand.unit_exempt, date(2005, 1, 31))}
        self._studied: Mapping[str, date] = {tick.member: tick.day for tick in ticks if tick.item == "T1"}
        self._exempt: dict[str, date] = {}
        self._members: dict[str, list[str]] = {}
        self._held = open_misses | set(by_hand.now.values())
        for event in by_hand.events:
            told = dict(event.arguments)
            if event.verb == "task exempt" and told["task"] == "T1":
                self._exempt[told["member"]] = date.fromisoformat(event.day)
            elif event.verb == "unit move":
                self._held.add(told["parent"])
        for person in people.members:
            if person.code not in by_hand.left:
                self._members.setdefault(by_hand.now.get(person.code, person.unit), []).append(person.code)
                if person.code in by_hand.now:
                    # Who comes and goes is for the clerk to look at.
                    self._held.add(person.unit)

    def on(self, day: date, places: Sequence[Place], closed: set[str]) -> list[Place]:
        """Return those that can close on a day, the lower ones first."""
        found: list[Place] = []
        done = set(closed)
        for place in sorted(places, key=lambda place: -len(list(self._tree.line(place)))):
            if place.code not in done and self._own(place, day) and self._below(place, places, done):
                done.add(place.code)
                found.append(place)
        return found

    def _own(self, place: Place, day: date) -> bool:
        wanted = {"M103", "M104"} | (_BODY if place.kind in _WITH_BODY else set())
        if place.code in self._held or any(self._entered.get((place.code, code), date.max) > day for code in wanted):
            return False
        return all(
            min(self._exempt.get(code, date.max), self._studied.get(code, date.max)) <= day
            for code in self._members.get(place.code, ())
        )

    def _below(self, place: Place, places: Sequence[Place], done: set[str]) -> bool:
        batch = self._tree.batch(place)
        return all(
            other.code in done
            for other in places
            if other.code.startswith(place.code) and other is not place and self._tree.batch(other) == batch
        )

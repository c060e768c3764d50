"""What a satisfaction survey says (R10, D40, D41). Pure: sheets and rules in, verdicts out.

A sheet fails when more than half of its valid ballots are dissatisfied, or, where the district has set a least
satisfaction, when fewer than so many of a hundred valid ballots have a grade that counts. No valid ballots are no
result. A round passes when each of its sheets does. Everything is counted in whole ballots: nothing is rounded.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

# From the best grade on: how many of them count towards satisfaction is a rule of the campaign.
GRADES = ("satisfied", "fairly", "basically")


class SurveyRules(NamedTuple):
    """The numbers of the campaign's rules about surveys."""

    dissatisfied_percent: int = 50
    least_percent: int = 0
    grades: int = 3
    remedial_days: int = 30


class BallotSheet(NamedTuple):
    """One sheet of a round: its day and its valid ballots by grade."""

    round: int
    method: str
    held_on: str
    valid: int
    satisfied: int
    fairly: int
    basically: int
    dissatisfied: int

    def counted(self, grades: int) -> int:
        """Return the ballots with one of the best `grades` grades."""
        return sum((self.satisfied, self.fairly, self.basically)[:grades])


class Round(NamedTuple):
    """A round: its verdict, and the day of its last sheet."""

    number: int
    verdict: str
    held_on: str
    methods: tuple[str, ...]


def by_majority(sheet: BallotSheet, rules: SurveyRules) -> str:
    """Return the verdict by the dissatisfied: "passed", "failed" or "no_result"."""
    if sheet.valid == 0:
        return "no_result"
    return "failed" if sheet.dissatisfied * 100 > rules.dissatisfied_percent * sheet.valid else "passed"


def by_satisfaction(sheet: BallotSheet, rules: SurveyRules) -> str:
    """Return the verdict by the least satisfaction: "passed", "failed" or "no_result"."""
    if sheet.valid == 0:
        return "no_result"
    return "failed" if sheet.counted(rules.grades) * 100 < rules.least_percent * sheet.valid else "passed"


def verdict(sheet: BallotSheet, rules: SurveyRules) -> str:
    """Return the verdict by the rule in force."""
    return (by_satisfaction if rules.least_percent else by_majority)(sheet, rules)


def other(rules: SurveyRules) -> SurveyRules:
    """Return the rule that is not in force: by the dissatisfied, or by a satisfaction of what these leave."""
    least = 0 if rules.least_percent else max(1, 100 - rules.dissatisfied_percent)
    return rules._replace(least_percent=least)


def percent(part: int, whole: int) -> float | None:
    """Return a share in percent with one decimal, cut and not rounded; None of nothing."""
    return part * 1000 // whole / 10 if whole else None


def rounds(sheets: Iterable[BallotSheet], rules: SurveyRules) -> list[Round]:
    """Return the rounds of one unit in order."""
    grouped: dict[int, list[BallotSheet]] = {}
    for sheet in sheets:
        grouped.setdefault(sheet.round, []).append(sheet)
    found = []
    for number, each in sorted(grouped.items()):
        verdicts = {verdict(sheet, rules) for sheet in each}
        worst = next(word for word in ("failed", "no_result", "passed") if word in verdicts)
        methods = tuple(sorted(sheet.method for sheet in each))
        found.append(Round(number, worst, max(sheet.held_on for sheet in each), methods))
    return found


def passed_on(found: Sequence[Round]) -> str | None:
    """Return the day from which a unit's survey counts as passed; None when its last round did not pass.

    It is the day of the first round that passed after the last one that did not.
    """
    day = None
    for each in found:
        day = None if each.verdict != "passed" else day or each.held_on
    return day


def share(part: int, whole: int) -> str:
    """Return a percentage with one decimal, cut and not rounded, so that 100.0 means all."""
    thousandths = part * 1000 // whole
    return f"{thousandths // 10}.{thousandths % 10}%"

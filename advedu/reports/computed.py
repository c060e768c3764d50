"""Findings that no query alone can tell: they follow from rules that stand in Python, once.

To add one: a function from the look at a file to what it finds, and a line in `SOURCES` with the codes that it gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from advedu.i18n import _
from advedu.recording import commendations as proposals
from advedu.recording import phases
from advedu.rules import survey
from advedu.rules.gates import in_words
from advedu.rules.survey import Round
from advedu.storage import campaign, commendations, findings, phase_events, survey_rounds
from advedu.storage.findings import FoundFinding, Look
from advedu.values.dates import days_between


def of_surveys(seen: Look) -> Iterator[FoundFinding]:
    """Find what is wrong with surveys, remedial work and summaries (D34, D39–D41)."""
    rules = survey_rounds.rules(seen.connection)
    remedies = survey_rounds.remedies(seen.connection, seen.day)
    rounds = {unit: survey.rounds(sheets, rules) for unit, sheets in findings.sheets(seen).items()}
    for unit_id, each in rounds.items():
        yield from _of_unit(unit_id, each, remedies.get(unit_id, {}), seen.day)
    for unit_id, milestone, done_on in findings.summaries(seen):
        passed_on = survey.passed_on(rounds.get(unit_id, []))
        if passed_on is None or passed_on > done_on:
            values = {"milestone": milestone, "done_on": done_on, "passed_on": passed_on}
            yield FoundFinding("summary_before_survey", unit_id, None, values)


def _of_unit(
    unit_id: int, rounds: list[Round], remedies: dict[int, tuple[str | None, str | None]], day: str
) -> Iterator[FoundFinding]:
    last = rounds[-1]
    if last.verdict != "passed":
        code = "survey_failed" if last.verdict == "failed" else "survey_no_result"
        yield FoundFinding(code, unit_id, None, {"round": last.number, "held_on": last.held_on})
    for each, following in zip(rounds, [*rounds[1:], None], strict=True):
        if each.verdict != "failed":
            continue
        deadline, done_on = remedies.get(each.number, (None, None))
        if following is not None:
            # What was not done before the next round cannot be late any more; that the round came too early stays.
            if done_on is None or done_on > following.held_on:
                values = {"round": each.number, "next": following.number, "held_on": following.held_on}
                yield FoundFinding("round_without_remedy", unit_id, None, values)
        elif each.number not in remedies:
            yield FoundFinding("remedy_missing", unit_id, None, {"round": each.number, "held_on": each.held_on})
        elif done_on is None and deadline is not None and deadline < day:
            values = {"round": each.number, "deadline": deadline, "days": days_between(deadline, day)}
            yield FoundFinding("remedy_late", unit_id, None, values)


def of_gates(seen: Look) -> Iterator[FoundFinding]:
    """Find phases that were closed without an override and do not fulfil their gate (D21, D22, D41).

    Every write looks whether the gates go on holding (`recording.phases.guard`); this would tell of a file that came by
    another way.
    """
    if not campaign.phases_in_use(seen.connection):
        return
    known = {phase.id: phase for phase in phase_events.phases(seen.connection)}
    for event, missing in phases.broken(seen.connection, findings.units_seen(seen)):
        if event.happened_on <= seen.day:
            phase = known[event.phase_id]
            values = {
                "phase": phase.code,
                "name": phase.label,
                "on_day": event.happened_on,
                "missing": in_words(missing),
            }
            yield FoundFinding("gate_broken", event.unit_id, None, values)


def of_commendations(seen: Look) -> Iterator[FoundFinding]:
    """Find proposals that should not have been made, and awards that came too late (D17)."""
    before = commendations.before(seen.connection)
    for each in findings.commendations(seen):
        values = each._asdict()
        if not each.overridden:
            missing = proposals.missing(seen.connection, each.unit_id, each.member_id, each.proposed_on)
            if missing:
                values |= {"missing": _("; ").join(missing)}
                yield FoundFinding("commendation_unfinished", each.unit_id, each.member_id, values)
        if before is not None and each.awarded_on is not None and each.awarded_on >= before:
            yield FoundFinding("award_late", each.unit_id, each.member_id, values | {"before": before})


# What each source may give; it is asked when any of that is wanted.
SOURCES: tuple[tuple[frozenset[str], Callable[[Look], Iterator[FoundFinding]]], ...] = (
    (
        frozenset(
            {
                "survey_failed",
                "survey_no_result",
                "remedy_missing",
                "remedy_late",
                "round_without_remedy",
                "summary_before_survey",
            }
        ),
        of_surveys,
    ),
    (frozenset({"gate_broken"}), of_gates),
    (frozenset({"commendation_unfinished", "award_late"}), of_commendations),
)
COMPUTED = frozenset[str]().union(*(codes for codes, _ in SOURCES))

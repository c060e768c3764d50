"""Findings that no query alone can tell: they follow from rules that stand in Python, once.

To add one: a function from the look at a file to what it finds, and a line in `SOURCES` with the codes that it gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from advedu import survey
from advedu.dates import days_between
from advedu.storage import findings, surveys
from advedu.storage.findings import Found, Look
from advedu.survey import Round


def of_surveys(seen: Look) -> Iterator[Found]:
    """Find what is wrong with surveys, remedial work and summaries (D34, D39–D41)."""
    rules = surveys.rules(seen.connection)
    remedies = surveys.remedies(seen.connection, seen.day)
    rounds = {unit: survey.rounds(sheets, rules) for unit, sheets in findings.sheets(seen).items()}
    for unit_id, each in rounds.items():
        yield from _of_unit(unit_id, each, remedies.get(unit_id, {}), seen.day)
    for unit_id, milestone, done_on in findings.summaries(seen):
        passed_on = survey.passed_on(rounds.get(unit_id, []))
        if passed_on is None or passed_on > done_on:
            values = {"milestone": milestone, "done_on": done_on, "passed_on": passed_on}
            yield Found("summary_before_survey", unit_id, None, values)


def _of_unit(
    unit_id: int, rounds: list[Round], remedies: dict[int, tuple[str | None, str | None]], day: str
) -> Iterator[Found]:
    last = rounds[-1]
    if last.verdict != "passed":
        code = "survey_failed" if last.verdict == "failed" else "survey_no_result"
        yield Found(code, unit_id, None, {"round": last.number, "held_on": last.held_on})
    for each, following in zip(rounds, [*rounds[1:], None], strict=True):
        if each.verdict != "failed":
            continue
        deadline, done_on = remedies.get(each.number, (None, None))
        if following is not None:
            # What was not done before the next round cannot be late any more; that the round came too early stays.
            if done_on is None or done_on > following.held_on:
                values = {"round": each.number, "next": following.number, "held_on": following.held_on}
                yield Found("round_without_remedy", unit_id, None, values)
        elif each.number not in remedies:
            yield Found("remedy_missing", unit_id, None, {"round": each.number, "held_on": each.held_on})
        elif done_on is None and deadline is not None and deadline < day:
            values = {"round": each.number, "deadline": deadline, "days": days_between(deadline, day)}
            yield Found("remedy_late", unit_id, None, values)


# What each source may give; it is asked when any of that is wanted.
SOURCES: tuple[tuple[frozenset[str], Callable[[Look], Iterator[Found]]], ...] = (
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
)
# The gates of phases are to be asked here; until then nothing finds these.
AWAITED = frozenset({"gate_broken"})
COMPUTED = frozenset[str]().union(*(codes for codes, _ in SOURCES)) | AWAITED

"""What holds a phase open (R3, R4, R9, R10, D21, D22). Pure: facts in, what is missing out.

A phase is closed when everything that belongs to it is done: its required milestones, the members' tasks, missed study
sessions made good, the phases before it, the units below of the same batch, and the sign-off from above. The last phase
also asks for the least days of study, for rectification carried through and published, and a survey that passed.
"""

from collections.abc import Sequence
from typing import NamedTuple

from advedu.i18n import N_, _

# What an item lacks, in the order in which it comes.
STEPS = {
    "measure": N_("no measure"),
    "owner": N_("no owner"),
    "deadline": N_("no deadline"),
    "measures_on": N_("its measures are not published"),
    "done_on": N_("not done"),
    "results_on": N_("its results are not published"),
}
SURVEYS = {
    "missing": N_("no survey on record"),
    "failed": N_("survey round {round} failed; a further round must pass"),
    "no_result": N_("survey round {round} has a sheet without valid ballots"),
}


class OpenItem(NamedTuple):
    """A rectification item that is not through: its number, the problem, the step that comes next."""

    number: int
    problem: str
    lacks: str


class Survey(NamedTuple):
    """Where the survey stands: "missing", "failed" or "no_result", and the last round."""

    state: str
    round: int


class GateFacts(NamedTuple):
    """What was found about one unit's phase as of the day on which it is to be closed; names as people call them.

    Attributes:
        phases: phases before it that are not closed.
        milestones: required ones that are not reached.
        days, least_days: from the first opening to the day, and how many it must be; None but for the last phase.
        members: who has not done a task of the phase.
        absences: missed study sessions that were not made good.
        items: rectification items that are not through.
        survey: what is wrong with the survey; None where nothing is, or none is asked for.
        below: units below of the same batch that have not closed the phase.
        signer: the unit that has not signed off; None where it has, or where there is none above.
    """

    phases: Sequence[str] = ()
    milestones: Sequence[str] = ()
    days: int | None = None
    least_days: int = 0
    members: Sequence[str] = ()
    absences: Sequence[str] = ()
    items: Sequence[OpenItem] = ()
    survey: Survey | None = None
    below: Sequence[str] = ()
    signer: str | None = None


class Missing(NamedTuple):
    """One thing that is missing: a stable code, and in words."""

    code: str
    text: str


def missing(facts: GateFacts) -> list[Missing]:
    """Return the complete list of what holds a phase open; empty when it may be closed."""
    found = [Missing("phase_before_open", _("{phase} is not closed").format(phase=phase)) for phase in facts.phases]
    found += [Missing("milestone", _("{milestone} is not reached").format(milestone=each)) for each in facts.milestones]
    if facts.days is not None and facts.days < facts.least_days:
        text = _("{days} of {least} days").format(days=facts.days, least=facts.least_days)
        found.append(Missing("days_short", text))
    if facts.members:
        found.append(_named("members_uncovered", N_("{count} members not covered: {names}"), facts.members))
    if facts.absences:
        found.append(_named("absences_open", N_("{count} missed sessions not made good: {names}"), facts.absences))
    for item in facts.items:
        text = _("rectification item {number} ({problem}): {lacks}")
        lacks = _(STEPS[item.lacks])
        found.append(Missing("item_open", text.format(number=item.number, problem=item.problem, lacks=lacks)))
    if facts.survey is not None:
        text = _(SURVEYS[facts.survey.state]).format(round=facts.survey.round)
        found.append(Missing(f"survey_{facts.survey.state}", text))
    if facts.below:
        found.append(_named("below_open", N_("{count} units below have not closed it: {names}"), facts.below))
    if facts.signer is not None:
        found.append(Missing("sign_off_missing", _("not signed off by {unit}").format(unit=facts.signer)))
    return found


def _named(code: str, template: str, names: Sequence[str]) -> Missing:
    return Missing(code, _(template).format(count=len(names), names=_(", ").join(names)))


def in_words(found: Sequence[Missing]) -> str:
    """Return a list of what is missing as one line."""
    return _("; ").join(each.text for each in found)

"""What tests about phases share: everything that a phase asks of units, entered as a clerk enters it."""

from __future__ import annotations

from collections.abc import Sequence

from tests.independent.count import DEFAULT_CAMPAIGN
from tests.independent.model import Unit
from tests.support import Cli

PHASES = ("study", "analysis", "improvement")
_PHASE_OF_TASK = {"T1": "study", "T2": "analysis", "T3": "improvement"}
_BY_DIGIT = dict(zip("123", PHASES, strict=True))
GOOD = {"issued": 40, "returned": 38, "valid": 36, "satisfied": 30, "fairly": 4, "dissatisfied": 2}
BAD = {"issued": 40, "returned": 38, "valid": 36, "satisfied": 10, "fairly": 4, "dissatisfied": 22}


def owed(kind: str, phase: str) -> list[str]:
    """The required milestones with a date that units of a kind owe in a phase; the definition's words, read again."""
    nobody = Unit("", "", None, kind)
    return [
        milestone.code
        for milestone in DEFAULT_CAMPAIGN.milestones
        if milestone.required
        and milestone.code != "M305"
        and _BY_DIGIT[milestone.code[1]] == phase
        and milestone.applies_to(nobody)
    ]


def subtree(cli: Cli, top: str) -> list[dict[str, str]]:
    """The units of a subtree that have phases, those above first: code, name, kind."""
    rows = cli.rows("unit", "list", top)
    return [row for row in rows if row["kind"] not in ("district", "group")]


def milestones(cli: Cli, codes: Sequence[str], phase: str, on: str, *, but: Sequence[str] = ()) -> None:
    """Import the milestones of a phase for some units, but for some of them."""
    kinds = {row["code"]: row["kind"] for row in cli.rows("unit", "list")}
    rows = [[code, each, on] for code in codes for each in owed(kinds[code], phase) if each not in but]
    cli.imported("milestones", [["unit", "milestone", "done_on"], *rows])


def tasks(cli: Cli, codes: Sequence[str], phase: str, on: str, *, but: Sequence[str] = ()) -> None:
    """Import the task of a phase for the members of some units, but for some of them."""
    wanted = [task for task, of in _PHASE_OF_TASK.items() if of == phase]
    people = [row["code"] for row in cli.rows("member", "list") if row["unit"] in codes and row["code"] not in but]
    rows = [[code, task, on] for code in people for task in wanted]
    if rows:
        cli.imported("tasks", [["member", "task", "done_on"], *rows])


def survey(
    cli: Cli, codes: Sequence[str], round_: int, on: str, ballots: dict[str, int], method: str = "representatives"
) -> None:
    """Import a round's sheet for some units."""
    head = ["unit", "round", "method", "held_on", *ballots]
    cli.imported("surveys", [head, *([code, round_, method, on, *ballots.values()] for code in codes)])


def fulfil(cli: Cli, codes: Sequence[str], phase: str, on: str) -> None:
    """Enter all that a phase asks of some units but for the sign-off."""
    milestones(cli, codes, phase, on)
    tasks(cli, codes, phase, on)
    if phase == "improvement":
        survey(cli, codes, 1, on, GOOD)


def run_through(cli: Cli, codes: Sequence[str], days: Sequence[str]) -> None:
    """Take units, those below first, through as many phases as there are pairs of days: opened on, closed on."""
    for phase, opened, closed in zip(PHASES, days[::2], days[1::2], strict=False):
        cli.ok("phase", "open", *codes, phase, "--on", opened)
        fulfil(cli, codes, phase, closed)
        cli.ok("phase", "sign-off", *codes, phase, "--on", closed)
        cli.ok("phase", "close", *codes, phase, "--on", closed)


def closed(cli: Cli, unit: str) -> None:
    """Open and close the first phase of a unit without anybody below it, with everything that this asks for."""
    cli.ok("phase", "open", unit, "study", "--on", "2005-01-05")
    milestones(cli, [unit], "study", "2005-01-20")
    tasks(cli, [unit], "study", "2005-01-25")
    cli.ok("phase", "sign-off", unit, "study", "--on", "2005-02-20")
    cli.ok("phase", "close", unit, "study", "--on", "2005-02-21")

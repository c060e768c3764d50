"""`advedu check` on the full district: every finding of the catalogue, in the time of a table and a half."""

from __future__ import annotations

import prepare
from measure import HAS_TERMINAL, Candidate, Figure, on_terminal, piped, race
from status_table import FLOOR

LIMIT = 1.5


def figures() -> list[Figure]:
    prepare.demo()
    # The demonstration has a few findings of the gravest level, on purpose: exit code 4.
    check = (prepare.ADVEDU, "--db", prepare.DEMO, "check")
    floor = "floor with rich, pipe"
    times = race(
        {
            "check, pipe": Candidate(piped(*check, found=True)),
            "check, json": Candidate(piped(*check, "--format", "json", found=True)),
            "check of one unit, pipe": Candidate(piped(*check, "A", found=True)),
            floor: Candidate(piped(*FLOOR)),
        }
    )
    found = [times.versus(name, floor, LIMIT) for name in times.seconds if name != floor]
    if not HAS_TERMINAL:
        return [*found, Figure("check, terminal", "no pty here: left out")]
    floor = "floor with rich, terminal"
    times = race({"check, terminal": Candidate(on_terminal(*check, found=True)), floor: Candidate(on_terminal(*FLOOR))})
    return [*found, times.versus("check, terminal", floor, LIMIT)]

"""Lists of hundreds of rows, in every format: rich takes a third of a millisecond a row, so it must not draw them."""

from __future__ import annotations

import prepare
from measure import HAS_TERMINAL, Candidate, Figure, on_terminal, piped, race
from status_table import FLOOR

LIMIT = 2.0


def figures() -> list[Figure]:
    prepare.demo()
    units = (prepare.ADVEDU, "--db", prepare.DEMO, "unit", "list")
    overdue = (prepare.ADVEDU, "--db", prepare.DEMO, "overdue")
    floor = "floor with rich, pipe"
    lists = {
        f"unit list, {kind}": Candidate(piped(*units, "--format", kind)) for kind in ("table", "csv", "tsv", "json")
    }
    lists["overdue, table"] = Candidate(piped(*overdue))
    times = race({**lists, floor: Candidate(piped(*FLOOR))})
    found = [times.versus(name, floor, LIMIT) for name in lists]
    if not HAS_TERMINAL:
        return found
    floor = "floor with rich, terminal"
    lists = {
        "unit list, terminal": Candidate(on_terminal(*units)),
        "overdue, terminal": Candidate(on_terminal(*overdue)),
    }
    times = race({**lists, floor: Candidate(on_terminal(*FLOOR))})
    return found + [times.versus(name, floor, LIMIT) for name in lists]

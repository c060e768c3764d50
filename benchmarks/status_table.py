"""`advedu status` on the full district, and help: how far from the least that such a program can take?"""

from __future__ import annotations

from pathlib import Path

import prepare
from measure import HAS_TERMINAL, Candidate, Figure, on_terminal, piped, race

HERE = Path(__file__).parent
FLOOR = (prepare.PYTHON, HERE / "floor.py", "--db", prepare.DEMO)
FLOOR_PLAIN = (prepare.PYTHON, HERE / "floor_plain.py", "--db", prepare.DEMO)
TABLE_LIMIT = 1.3
QUERY = "SELECT code, name, kind, batch_id, chief, phone FROM unit ORDER BY code LIMIT 20"


def figures() -> list[Figure]:
    prepare.demo()
    status = (prepare.ADVEDU, "--db", prepare.DEMO, "status")
    times = race(
        {
            "status, pipe": Candidate(piped(*status)),
            "status of one unit, pipe": Candidate(piped(*status, "A")),
            "floor with rich, pipe": Candidate(piped(*FLOOR)),
            "sqlite-utils query --table": Candidate(
                piped(prepare.SQLITE_UTILS, "query", prepare.DEMO, QUERY, "--table")
            ),
            "--help": Candidate(piped(prepare.ADVEDU, "--help")),
            "status --help": Candidate(piped(prepare.ADVEDU, "status", "--help")),
            "bare floor": Candidate(piped(*FLOOR_PLAIN)),
        }
    )
    found = [
        times.versus("status, pipe", "sqlite-utils query --table", faster=True),
        times.versus("status, pipe", "floor with rich, pipe", TABLE_LIMIT),
        times.versus("status of one unit, pipe", "floor with rich, pipe", TABLE_LIMIT),
        times.versus("status, pipe", "bare floor"),
        times.versus("--help", "bare floor", TABLE_LIMIT),
        times.versus("status --help", "bare floor", TABLE_LIMIT),
    ]
    if not HAS_TERMINAL:
        return [*found, Figure("status, terminal", "no pty here: left out")]
    times = race(
        {
            "status, terminal": Candidate(on_terminal(*status)),
            "floor with rich, terminal": Candidate(on_terminal(*FLOOR)),
            "sqlite-utils query --table, terminal": Candidate(
                on_terminal(prepare.SQLITE_UTILS, "query", prepare.DEMO, QUERY, "--table")
            ),
        }
    )
    return [
        *found,
        times.versus("status, terminal", "sqlite-utils query --table, terminal", faster=True),
        times.versus("status, terminal", "floor with rich, terminal", TABLE_LIMIT),
    ]

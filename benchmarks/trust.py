"""What history costs: the import with and without it, the look through all of it, and taking the import back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

import prepare
from import_members import importing
from measure import Candidate, Figure, piped, race

WITH = prepare.DATA / "with-history.db"
WITHOUT = prepare.DATA / "without-history.db"
BARE_UNITS = prepare.DATA / "units-without-history.db"
TAKEN_BACK = prepare.DATA / "taken-back.db"
# The program in a process that does not mind missing triggers, and that keeps an operation without recorded changes.
# Both imports run like this, so that they differ in the triggers and in the hash over what they wrote, and not else.
_LENIENT = """
import itertools, sys
from advedu.__main__ import run
from advedu.storage import connection, history
connection._refuse_strange_schema = lambda *_: None
if sys.argv[1] == "without":
    history._last_change = lambda _, numbers=itertools.count(): next(numbers)
sys.exit(run(sys.argv[2:]))
"""


def figures() -> list[Figure]:
    prepare.demo()
    _without_triggers(prepare.UNITS, BARE_UNITS)
    filled = prepare.fresh(prepare.UNITS, prepare.DATA / "filled.db")
    piped(*importing(filled, prepare.MEMBERS_CSV))()
    times = race(
        {
            "import with history": Candidate(_lenient("with", WITH), partial(prepare.fresh, prepare.UNITS, WITH)),
            "without its triggers": Candidate(
                _lenient("without", WITHOUT), partial(prepare.fresh, BARE_UNITS, WITHOUT)
            ),
            "import members": Candidate(
                piped(*importing(WITH, prepare.MEMBERS_CSV)), partial(prepare.fresh, prepare.UNITS, WITH)
            ),
            "verify the district": Candidate(piped(prepare.ADVEDU, "--db", prepare.DEMO, "verify")),
            "undo the import": Candidate(
                piped(prepare.ADVEDU, "--db", TAKEN_BACK, "undo"), partial(prepare.fresh, filled, TAKEN_BACK)
            ),
        }
    )
    assert prepare.count(WITH, "member") == prepare.count(WITHOUT, "member") == prepare.MEMBERS
    assert (
        prepare.count(TAKEN_BACK, "member")
        == prepare.count(WITHOUT, "change") - prepare.count(BARE_UNITS, "change")
        == 0
    )
    return [
        times.versus("import with history", "without its triggers", 1.8),
        times.versus("verify the district", "import members", faster=True),
        times.versus("undo the import", "import members", 2),
    ]


def _lenient(mode: str, database: Path) -> partial[None]:
    _program, *words = importing(database, prepare.MEMBERS_CSV)
    return partial(piped(prepare.PYTHON, "-c", _LENIENT, mode, *words))


def _without_triggers(source: Path, target: Path) -> None:
    prepare.fresh(source, target)
    with closing(sqlite3.connect(target, isolation_level=None)) as file:
        names = file.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name GLOB 'history_*'"
        ).fetchall()
        for (name,) in names:
            file.execute(f'DROP TRIGGER "{name}"')

"""`status` in a file of a hundred districts: one of them, and all of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import prepare
import sqlite_shell
from measure import Candidate, Figure, output, piped, race

DISTRICT = "330304"
# The root of one of the copies, in the middle of the file.
COPY = f"50{DISTRICT}"
# What README.md demands.
ONE_OF_MANY, PER_UNIT, AROUND_SQLITE = 1.15, 1.3, 1.5
ROUNDS_OF_ALL = 11


class Query:
    """The SQL of `status` without the program around it."""

    def __init__(self, path: Path, unit: str | None = None) -> None:
        self.path = path
        self.sql = output(prepare.PYTHON, "-c", "from advedu.storage import query; print(query('scope', 'status'))")
        self.file = sqlite3.connect(path)
        wanted = "code = ?" if unit else "parent_id IS ?"
        root, batch = self.file.execute(f"SELECT id, batch_id FROM unit WHERE {wanted}", (unit,)).fetchone()
        (day,) = self.file.execute("SELECT pinned_on FROM campaign").fetchone()
        self.parameters = {"root": root, "batch": batch, "day": day, "depth": 1, "by": "tree", "levels": 100}

    def times(self, count: int) -> Callable[[], None]:
        """Return what runs it in this process, so many times."""

        def run() -> None:
            for _ in range(count):
                self.file.execute(self.sql, self.parameters).fetchall()

        return run

    def in_shell(self) -> Callable[[], None]:
        """Return what runs it in the sqlite3 shell."""
        literals = {name: "NULL" if value is None else repr(value) for name, value in self.parameters.items()}
        settings = [f'.parameter set :{name} "{literal}"' for name, literal in literals.items()]
        script = self.path.with_name("status.sql")
        script.write_text("\n".join([*settings, self.sql, ";\n"]), encoding="utf-8")
        return sqlite_shell.run(self.path, f".read {script.name}")


def figures() -> list[Figure]:
    prepare.demo()
    prepare.large()
    district, all_units = prepare.count(prepare.DISTRICT, "unit"), prepare.count(prepare.LARGE, "unit")
    assert all_units == prepare.COPIES * district + 1, (district, all_units)
    return _one() + _all()


def _one() -> list[Figure]:
    status, its_own = "status of one district of 100", "status, its own file"
    query, its_own_query = "the query, one district of 100", "the query, its own file"
    times = race(
        {
            its_own: Candidate(piped(prepare.ADVEDU, "--db", prepare.DISTRICT, "status", DISTRICT)),
            status: Candidate(piped(prepare.ADVEDU, "--db", prepare.LARGE, "status", COPY)),
            its_own_query: Candidate(Query(prepare.DISTRICT, DISTRICT).times(1)),
            query: Candidate(Query(prepare.LARGE, COPY).times(1)),
        }
    )
    return [times.versus(status, its_own, ONE_OF_MANY), times.versus(query, its_own_query)]


def _all() -> list[Figure]:
    status, query, shell = "status of all 100", "the query, all 100", "sqlite3, the same SQL"
    # As many runs as the large file has districts: both look at the same number of units.
    district = "100 × the query, its own file"
    every = Query(prepare.LARGE)
    candidates = {
        status: Candidate(piped(prepare.ADVEDU, "--db", prepare.LARGE, "status")),
        query: Candidate(every.times(1)),
        district: Candidate(Query(prepare.DISTRICT, DISTRICT).times(prepare.COPIES)),
    }
    if sqlite_shell.SHELL:
        candidates[shell] = Candidate(every.in_shell())
    times = race(candidates, ROUNDS_OF_ALL)
    return [
        times.versus(query, district, PER_UNIT),
        times.versus(status, shell, AROUND_SQLITE) if sqlite_shell.SHELL else sqlite_shell.MISSING,
        times.versus(status, query),
    ]

"""`status` in a file of a hundred districts: one of them, and all of them."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import prepare
import sqlite_shell
from measure import Candidate, Figure, output, piped, race

# The root of one of the copies, in the middle of the file.
COPY = "50330304"
DISTRICT = "330304"
ROUNDS_LARGE = 15


class Query:
    """The SQL of `status`, run without the program around it."""

    def __init__(self, path: Path, unit: str | None) -> None:
        self.sql = output(prepare.PYTHON, "-c", "from advedu.storage import query; print(query('scope', 'status'))")
        with closing(sqlite3.connect(path)) as file:
            root, batch = file.execute(
                "SELECT id, batch_id FROM unit WHERE code = ? OR ? IS NULL AND parent_id IS NULL", (unit, unit)
            ).fetchone()
            (day,) = file.execute("SELECT pinned_on FROM campaign").fetchone()
        self.parameters = {"root": root, "batch": batch, "day": day, "depth": 1, "by": "tree"}
        self.file = sqlite3.connect(path)

    def run(self) -> None:
        """Run it in this process."""
        self.file.execute(self.sql, self.parameters).fetchall()

    def in_shell(self, path: Path) -> Candidate:
        """Return the same for the sqlite3 shell."""
        literals = {name: "NULL" if value is None else repr(value) for name, value in self.parameters.items()}
        settings = [f'.parameter set :{name} "{literal}"' for name, literal in literals.items()]
        script = path.with_name("status.sql")
        script.write_text("\n".join([*settings, self.sql, ";\n"]), encoding="utf-8")
        return Candidate(sqlite_shell.run(path, f".read {script.name}"))

    def __call__(self) -> Candidate:
        """Return the query as a candidate."""
        return Candidate(self.run)


def figures() -> list[Figure]:
    prepare.demo()
    prepare.large()
    units, units_all = prepare.count(prepare.DISTRICT, "unit"), prepare.count(prepare.LARGE, "unit")
    own = (prepare.ADVEDU, "--db", prepare.DISTRICT, "status", DISTRICT)
    there = (prepare.ADVEDU, "--db", prepare.LARGE, "status", COPY)
    times = race(
        {
            "status, its own file": Candidate(piped(*own)),
            "status of one district of 100": Candidate(piped(*there)),
            "the query, its own file": Query(prepare.DISTRICT, DISTRICT)(),
            "the query, one district of 100": Query(prepare.LARGE, COPY)(),
        }
    )
    found = [
        times.versus("status of one district of 100", "status, its own file", 1.15),
        times.versus("the query, one district of 100", "the query, its own file"),
    ]
    return found + _everything(units, units_all)


def _everything(units: int, units_all: int) -> list[Figure]:
    every = Query(prepare.LARGE, None)
    candidates = {
        "status of all 100": Candidate(piped(prepare.ADVEDU, "--db", prepare.LARGE, "status")),
        "the query, all 100": every(),
        # As many runs as the large file has districts, so that both did the same work.
        "100 × the query, its own file": Candidate(_repeated(Query(prepare.DISTRICT, DISTRICT))),
    }
    if sqlite_shell.SHELL:
        candidates["sqlite3, the same SQL"] = every.in_shell(prepare.LARGE)
    start = time.perf_counter()
    candidates["status of all 100"].run()
    slow = time.perf_counter() - start > 10  # noqa: PLR2004 (seconds)
    times = race(candidates, 3 if slow else ROUNDS_LARGE)
    assert abs(units_all - 1 - prepare.COPIES * units) == 0, (units, units_all)
    return [
        times.versus("the query, all 100", "100 × the query, its own file", 1.3),
        times.versus("status of all 100", "sqlite3, the same SQL", 1.5) if sqlite_shell.SHELL else sqlite_shell.MISSING,
        times.versus("status of all 100", "the query, all 100"),
    ]


def _repeated(query: Query) -> Callable[[], None]:
    def run() -> None:
        for _ in range(prepare.COPIES):
            query.run()

    return run

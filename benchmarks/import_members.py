"""The import of all members of a district: validation, history and undo against programs that do none of it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import prepare
import sqlite_shell
from measure import Candidate, Figure, peak, piped, race

INTO = prepare.DATA / "into.db"
AGAIN = prepare.DATA / "again.db"
THEIRS = prepare.DATA / "sqlite-utils.db"
SHELLS = prepare.DATA / "shell.db"
# What README.md demands.
OF_SQLITE_UTILS, OF_SQLITE, XLSX_OF_CSV = 0.35, 4, 1.5


def importing(database: Path, file: Path) -> tuple[str | Path, ...]:
    """Return the call that imports members."""
    return (prepare.ADVEDU, "--db", database, "import", "members", file)


def figures() -> list[Figure]:
    prepare.demo()
    filled = prepare.fresh(prepare.UNITS, prepare.DATA / "filled.db")
    piped(*importing(filled, prepare.MEMBERS_CSV))()
    ours = partial(prepare.fresh, prepare.UNITS, INTO)
    insert = (prepare.SQLITE_UTILS, "insert", THEIRS, "members", prepare.MEMBERS_CSV, "--csv", "--pk", "code")
    candidates = {
        "import members, csv": Candidate(piped(*importing(INTO, prepare.MEMBERS_CSV)), ours),
        "import members, xlsx": Candidate(piped(*importing(INTO, prepare.MEMBERS_XLSX)), ours),
        "the same csv again": Candidate(
            piped(*importing(AGAIN, prepare.MEMBERS_CSV)), partial(prepare.fresh, filled, AGAIN)
        ),
        "sqlite-utils insert --csv": Candidate(piped(*insert), partial(THEIRS.unlink, missing_ok=True)),
    }
    if sqlite_shell.SHELL:
        empty = sqlite_shell.empty_members(prepare.UNITS, prepare.DATA / "shell-empty.db")
        candidates["sqlite3 .import"] = Candidate(
            sqlite_shell.import_members(SHELLS, prepare.MEMBERS_CSV), partial(prepare.fresh, empty, SHELLS)
        )
    times = race(candidates)
    for path, table in ((INTO, "member"), (THEIRS, "members"), *([(SHELLS, "member")] if sqlite_shell.SHELL else [])):
        assert prepare.count(path, table) == prepare.MEMBERS, path
    ours()
    memory = peak(*importing(INTO, prepare.MEMBERS_CSV))
    ours()
    memory_xlsx = peak(*importing(INTO, prepare.MEMBERS_XLSX))
    return [
        times.versus("import members, csv", "sqlite-utils insert --csv", OF_SQLITE_UTILS),
        times.versus("import members, csv", "sqlite3 .import", OF_SQLITE)
        if sqlite_shell.SHELL
        else sqlite_shell.MISSING,
        times.versus("import members, xlsx", "import members, csv", XLSX_OF_CSV),
        times.versus("the same csv again", "import members, csv"),
        *(
            [Figure("import members, most memory", f"csv {memory:.0f} MB, xlsx {memory_xlsx:.0f} MB")]
            if memory and memory_xlsx
            else []
        ),
    ]

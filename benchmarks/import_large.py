"""1.5 million members from csv, as a province would hold them. Takes minutes: runs only when asked for by name."""

from __future__ import annotations

from functools import partial

import prepare
import sqlite_shell
from import_members import INTO, SHELLS, importing
from measure import Candidate, Figure, peak, piped, race

ROUNDS = 3
# MB, and × the time of `sqlite3 .import`.
MEMORY, LIMIT = 200, 3


def figures() -> list[Figure]:
    prepare.demo()
    prepare.large_import()
    ours = partial(prepare.fresh, prepare.LARGE_UNITS, INTO)
    ours()
    memory = peak(*importing(INTO, prepare.LARGE_CSV))
    assert prepare.count(INTO, "member") == prepare.COPIES * prepare.MEMBERS
    found = (
        [Figure("import of 1.5 M members, most memory", f"{memory:.0f} MB", f"< {MEMORY} MB", memory < MEMORY)]
        if memory
        else []
    )
    candidates = {"import of 1.5 M members": Candidate(piped(*importing(INTO, prepare.LARGE_CSV)), ours)}
    if not sqlite_shell.SHELL:
        return [*found, sqlite_shell.MISSING]
    empty = sqlite_shell.empty_members(prepare.LARGE_UNITS, prepare.DATA / "shell-empty.db")
    candidates["sqlite3 .import"] = Candidate(
        sqlite_shell.import_members(SHELLS, prepare.LARGE_CSV), partial(prepare.fresh, empty, SHELLS)
    )
    return [*found, race(candidates, ROUNDS).versus("import of 1.5 M members", "sqlite3 .import", LIMIT)]

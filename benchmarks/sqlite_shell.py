"""The `sqlite3` shell as a yardstick: the same work without any program around it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from measure import Figure, output, piped

SHELL = shutil.which("sqlite3")
MISSING = Figure("against the sqlite3 shell", "there is no sqlite3 shell on this machine: left out")
# The constraints and indices of `member` in schema.sql, for rows as they stand in the csv file.
_MEMBER = """
CREATE TABLE member (
  code TEXT NOT NULL UNIQUE CHECK (code <> ''), name TEXT NOT NULL CHECK (name <> ''),
  sex TEXT CHECK (sex IN ('', 'male', 'female')), born_on TEXT CHECK (length(born_on) IN (0, 7, 10)),
  id_number TEXT CHECK (length(id_number) IN (0, 15, 18)), unit TEXT NOT NULL REFERENCES unit,
  joined_on TEXT CHECK (length(joined_on) IN (0, 7, 10)), status TEXT CHECK (status IN ('', 'full', 'probationary')),
  post TEXT, rank TEXT, leader INTEGER NOT NULL CHECK (leader IN (0, 1)), category TEXT, phone TEXT
) STRICT;
CREATE UNIQUE INDEX member_by_id_number ON member (id_number) WHERE id_number <> '';
CREATE INDEX member_by_unit ON member (unit);
CREATE INDEX leader_by_unit ON member (unit) WHERE leader = 1;
"""


def version() -> str:
    """Return the shell's version, for it may differ from Python's."""
    return output(SHELL, "--version").split()[0] if SHELL else "none"


def run(database: Path, *words: str) -> Callable[[], None]:
    """Return what runs commands of the shell on a file, beside which it looks for other files."""
    return piped(str(SHELL), "-batch", "-init", os.devnull, database.name, *words, cwd=database.parent)


def empty_members(units: Path, target: Path) -> Path:
    """Make a file with the units of another and an empty table for the rows of members.csv."""
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(target)) as file:
        file.execute("ATTACH ? AS source", (str(units),))
        file.execute("CREATE TABLE unit (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID")
        file.execute("INSERT INTO unit SELECT code FROM source.unit ORDER BY code")
        file.commit()
        file.executescript(_MEMBER)
    return target


def import_members(database: Path, csv: Path) -> Callable[[], None]:
    """Return what imports a csv file into a table made by `empty_members`."""
    return run(database, "PRAGMA foreign_keys = ON", f".import --csv --skip 1 {csv.name} member")

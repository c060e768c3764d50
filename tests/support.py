"""What tests share: the program called in-process or as a process, and the files that are fed to it."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl

from tests.independent.program import run

ROOT = Path(__file__).resolve().parents[1]
# The day on which the files of these tests stand, unless they are pinned elsewhere.
TODAY = "2005-03-31"
OPTIONS = ("--user", "clerk", "--no-input")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class Answer(NamedTuple):
    """What one call answered."""

    code: int
    out: str
    err: str


class Cli:
    """The program, called in-process, on one file in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.db = folder / "test.db"

    def __call__(self, *argv: str | Path, lang: str = "en") -> Answer:
        """Run one call."""
        words = ["--db", str(self.db), "--lang", lang, *OPTIONS, *map(str, argv)]
        return Answer(*run(words))

    def ok(self, *argv: str | Path, lang: str = "en") -> str:
        """Run a call that must succeed, and return what it printed."""
        answer = self(*argv, lang=lang)
        assert answer.code == 0, answer
        return answer.out

    def refused(self, *argv: str | Path, code: int = 1) -> str:
        """Run a call that must be refused in one line with nothing on standard output; return that line."""
        answer = self(*argv)
        assert answer.code == code, answer
        assert answer.out == ""
        assert_one_line(answer.err)
        return answer.err

    def json(self, *argv: str | Path, code: int = 0) -> dict[str, Any]:
        """Run a call for its JSON."""
        answer = self(*argv, "--format", "json")
        assert answer.code == code, answer
        document: dict[str, Any] = json.loads(answer.out)
        return document

    def rows(self, *argv: str | Path) -> list[dict[str, Any]]:
        """Run a list and return its rows."""
        found: list[dict[str, Any]] = self.json(*argv)["rows"]
        return found

    def write(self, name: str, content: str | bytes | Iterable[Sequence[object]]) -> Path:
        """Write a file: text as UTF-8, bytes as they are, rows as csv or, by the ending, as xlsx."""
        path = self.folder / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        elif isinstance(content, str):
            path.write_bytes(content.encode())
        elif name.endswith(".xlsx"):
            write_xlsx(path, {"Sheet": content})
        else:
            path.write_bytes(csv_text(content).encode())
        return path

    def imported(
        self, kind: str, content: str | bytes | Iterable[Sequence[object]], *options: str, code: int = 0
    ) -> dict[str, Any]:
        """Import one csv file and return the JSON of the answer."""
        return self.json("import", kind, self.write(f"{kind}.csv", content), *options, code=code)

    def query(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Ask the file itself."""
        with closing(sqlite3.connect(f"{self.db.as_uri()}?mode=ro", uri=True)) as connection:
            return connection.execute(sql, values).fetchall()

    def tables(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return the whole content of the file but for its history, so that two files can be compared."""
        with closing(sqlite3.connect(f"{self.db.as_uri()}?mode=ro", uri=True)) as connection:
            return content(connection)

    def everything(self) -> list[str]:
        """Return the whole file as SQL, history too."""
        with closing(sqlite3.connect(f"{self.db.as_uri()}?mode=ro", uri=True)) as connection:
            return list(connection.iterdump())


def kept(make: Callable[[Cli], object]) -> Callable[[Cli], Cli]:
    """Let the calls that bring a file into a state be done once in a process, and give others a copy of what came of it.

    A file that was another before them becomes another, so it is made by its own calls.
    """
    made: dict[bytes, bytes] = {}

    @wraps(make)
    def brought(filled: Cli) -> Cli:
        before = filled.db.read_bytes()
        if before in made:
            filled.db.write_bytes(made[before])
        else:
            make(filled)
            made[before] = filled.db.read_bytes()
        return filled

    return brought


HISTORY = ("operation", "writing", "change", "_sqlite_migrations")


def content(connection: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of all tables but those of history."""
    names = [
        name
        for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        if name not in HISTORY and not name.startswith("sqlite_")
    ]
    return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in names}


def errors(document: Mapping[str, Any]) -> list[tuple[int, str | None, str]]:
    """Return (row, column, code) of every error of an import."""
    return [(error["row"], error["column"], error["code"]) for error in document["errors"]]


COUNTS = ("read", "inserted", "updated", "unchanged", "rejected", "dropped")


def counts(document: Mapping[str, Any]) -> tuple[int, ...]:
    """Return read, inserted, updated, unchanged, rejected, dropped."""
    return tuple(document[name] for name in COUNTS)


def assert_one_line(text: str) -> None:
    """A message is one line, says what to do without a traceback, and cannot steer a terminal."""
    assert text.startswith("advedu: "), text
    assert text.endswith("\n"), text
    assert text.count("\n") == 1, text
    assert "Traceback" not in text
    assert text[:-1].isprintable(), text


def process(
    *argv: str | Path, cwd: Path | None = None, stdin: bytes = b"", env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run `python -m advedu` as a process of its own."""
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("ADVEDU_")}
    surroundings |= {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "ADVEDU_LANG": "en", **(env or {})}
    return subprocess.run(
        [sys.executable, "-m", "advedu", *map(str, argv)],
        cwd=cwd,
        input=stdin,
        env=surroundings,
        capture_output=True,
        timeout=60,
        check=False,
    )


def csv_text(rows: Iterable[Sequence[object]], separator: str = ",") -> str:
    """Return rows as csv; None is an empty cell."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue()


def write_xlsx(path: Path, sheets: Mapping[str, Iterable[Sequence[object]]]) -> Path:
    """Write a workbook: texts as text cells, numbers as numbers, days as dates."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def id_number(number: int, born: str = "1970-01-01") -> str:
    """Return a valid ID number, worked out here and not by the program."""
    body = f"330304{born.replace('-', '')}{number:03}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]

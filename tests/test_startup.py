"""What a command loads: start-up is a feature, and a list must not wait for a spreadsheet library."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import ROOT, Cli

HEAVY = {
    *("sqlite_utils", "python_calamine", "xlsxwriter", "pypinyin", "textual", "tomllib", "hypothesis", "openpyxl"),
    *("advedu.demo.archive", "advedu.rules.definition", "pydantic", "click", "unittest", "asyncio", "multiprocessing"),
}


# What -X importtime leaves out, modules imported by `importlib.import_module`, stands in sys.modules at the end.
CALL = "import sys; from advedu.__main__ import run; run(sys.argv[1:]); print(*sys.modules, sep='\\n', file=sys.stderr)"


def loaded(cli: Cli, *argv: str | Path) -> set[str]:
    """The modules that a call imports, with the packages they are in."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("ADVEDU_", "PYTHON"))}
    answer = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", CALL, "--db", str(cli.db), *map(str, argv)],
        env=environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        timeout=60,
        check=True,
    )
    names = {line.rpartition("|")[2].strip() for line in answer.stderr.decode().splitlines()}
    assert "typer" in names
    return names | {name.partition(".")[0] for name in names}


@pytest.mark.parametrize(
    "argv",
    [
        ("status",),
        ("overdue",),
        ("--help",),
        ("--version",),
        ("unit", "list"),
        ("unit", "tree"),
        ("member", "list"),
        ("nine", "status"),
        ("unit", "--help"),
        ("status", "--format", "json"),
        ("unit", "list", "--format", "csv"),
        ("log",),
        ("matrix",),
        ("today",),
        ("trend",),
        ("overdue", "--by", "chief", "--sort", "chief", "--limit", "3"),
    ],
    ids=" ".join,
)
def test_what_is_only_looked_at_loads_nothing_heavy_and_no_rich_in_a_pipe(filled: Cli, argv: tuple[str, ...]) -> None:
    found = loaded(filled, *argv)
    assert found & HEAVY == set()
    assert "rich" not in found


def test_help_does_not_even_open_the_file(filled: Cli) -> None:
    found = loaded(filled, "--help")
    assert "advedu.storage.units" not in found
    assert "advedu.importing.run" not in found


def test_a_command_loads_no_other_command(filled: Cli) -> None:
    found = {name for name in loaded(filled, "status") if name.startswith("advedu.commands.")}
    nouns = {path.stem for path in (ROOT / "advedu" / "commands").glob("*.py")}
    shared = {"__init__", "base", "help_text", "root", "session", "usage", "writing"}
    assert found & {f"advedu.commands.{noun}" for noun in nouns - shared} == {"advedu.commands.status"}


def test_writing_one_thing_loads_nothing_heavy(filled: Cli) -> None:
    found = loaded(filled, "milestone", "mark", "330304-A", "M101", "--on", "2005-01-05")
    assert found & HEAVY == set()
    assert "rich" not in found


def test_importing_members_from_csv_loads_no_spreadsheet_library(filled: Cli) -> None:
    path = filled.write("members.csv", "姓名,所在党组织\n新人,330304-A\n")
    found = loaded(filled, "import", "members", path)
    assert found & {"sqlite_utils", "python_calamine", "rich", "tomllib", "advedu.demo.archive", "openpyxl"} == set()


def test_importing_from_xlsx_loads_calamine_alone(filled: Cli) -> None:
    path = filled.write("members.xlsx", [["姓名", "所在党组织"], ["新人", "330304-A"]])
    found = loaded(filled, "import", "members", path)
    assert found & {"sqlite_utils", "rich", "openpyxl", "xlsxwriter"} == set()

"""Fixtures of the trials: the demonstration district, and a line with the counts of each trial at the end."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.torture.support import FULL, Base, csv_rows, ok

Counted = Callable[[str], None]


@pytest.fixture
def counted(record_property: Callable[[str, object], None]) -> Counted:
    """Keep a line of counts; all of them are printed at the end, of what failed too."""
    return lambda line: record_property("counted", line)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the counts, also where tests ran in other processes."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, [])]
    lines = [
        f"{Path(report.location[0]).stem}: {line}"
        for report in sorted(reports, key=lambda report: report.nodeid)
        for name, line in getattr(report, "user_properties", [])
        if name == "counted"
    ]
    if lines:
        terminalreporter.section("counts, full form" if FULL else "counts, short form")
        terminalreporter.write("\n".join(lines) + "\n")


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory, demo_file: Path) -> Base:
    """The demonstration district and its parts, made once."""
    folder = tmp_path_factory.mktemp("base")
    demo, units = Path(shutil.copy(demo_file, folder / "demo.db")), folder / "units.db"
    # Asking for ID numbers is recorded; the file is to stay as `advedu demo` makes it.
    asked = Path(shutil.copy(demo, folder / "asked.db"))
    found = {
        "units": csv_rows(ok(asked, "unit", "list", "--format", "csv")),
        "members": csv_rows(ok(asked, "member", "list", "--reveal", "--format", "csv")),
    }
    for kind, rows in found.items():
        # When a unit was closed and when a member left are no columns of an import.
        names = [name for name in rows[0] if name not in ("closed_on", "left_on")]
        with (folder / f"{kind}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, names, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
    ok(units, "init")
    ok(units, "import", "units", folder / "units.csv")
    return Base(demo, units, folder / "members.csv", len(found["members"]))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of one's own."""
    home = tmp_path / "home"
    home.mkdir()
    return home


@pytest.fixture
def small(folder: Path, filled_file: Path) -> Path:
    """A copy of a small district with a few operations in it: quick to verify."""
    path = Path(shutil.copy(filled_file, folder / "test.db"))
    for argv in (
        "milestone mark 330304-A1 330304-B M101 --on 2005-01-10 --head 吴敏",
        "milestone exempt 330304-A2 M102 --on 2005-01-10 --reason 人少",
        "task mark P000003 T1 --on 2005-02-01",
        "nine tick P000001 N1 --on 2005-02-02",
        "unit edit 330304-A --chief 周正己",
        "member transfer P000004 330304-A2 --on 2005-02-04",
        "milestone unmark 330304-B M101",
    ):
        ok(path, *argv.split())
    return path

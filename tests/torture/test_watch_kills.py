"""A watch killed between any two steps, or at any moment: no file is lost, none is imported twice."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.support import OPTIONS, ROOT
from tests.torture.conftest import Counted
from tests.torture.dying import POINTS
from tests.torture.support import POSIX, copied, dice, killed, sound, surroundings, times

pytestmark = pytest.mark.skipif(not POSIX, reason="SIGKILL")
A1 = "330304-A1"
WATCH = ("import", "members", "--watch")


def delivered(box: Path, number: int) -> dict[str, bytes]:
    """Put good files, bad ones and one that is good in part into a folder; return name → content."""
    box.mkdir(exist_ok=True, parents=True)
    files = {}
    for place in range(6):
        unit = "none" if place % 3 == 2 else A1
        text = f"党员编号,姓名,所在党组织\nW{number}-{place},新人,{unit}\n"
        files[f"{number}-{place}.csv"] = text.encode()
    for name, content in files.items():
        (box / name).write_bytes(content)
    return files


def imports(db: Path) -> list[str]:
    """Return the file of every import that is kept, in order."""
    with closing(sqlite3.connect(db)) as file:
        rows = file.execute("SELECT source FROM operation WHERE source GLOB '*-*.csv' ORDER BY id")
        return [name for (name,) in rows]


def faults(db: Path, box: Path, files: dict[str, bytes]) -> list[str]:
    """Return what is wrong after the last, undisturbed run."""
    wrong = sound(db)
    kept = imports(db)
    good = sorted(name for name in files if not name.endswith(("2.csv", "5.csv")))
    if sorted(kept) != good:
        wrong.append(f"imported {sorted(kept)} instead of {good}")
    for name, content in files.items():
        where = box / ("done" if name in good else "rejected") / name
        if not where.is_file() or where.read_bytes() != content:
            wrong.append(f"{where} is missing or changed")
        if name not in good and not where.with_name(f"{name}-errors.xlsx").is_file():
            wrong.append(f"no errors beside {where}")
    puts = [path.name for path in box.rglob("*.csv")]
    if sorted(puts) != sorted(files):
        wrong.append(f"files are {sorted(puts)}")
    if left := [path.name for path in box.rglob("*.part")]:
        wrong.append(f"left over: {left}")
    return wrong


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("point", POINTS)
def test_killed_at_each_step(small: Path, tmp_path: Path, point: str, when: str) -> None:
    box = tmp_path / "box"
    files = delivered(box, 1)
    words = ["--db", str(small), *OPTIONS, *WATCH, str(box), "--once", "--every", "0.02"]
    for _ in range(2):
        command = [sys.executable, "-m", "tests.torture.dying", point, when, *words]
        dead = subprocess.run(command, env=surroundings(), cwd=ROOT, capture_output=True, check=False)
        assert dead.returncode == -9, dead
    run_out(small, box)
    assert faults(small, box, files) == []


def run_out(db: Path, box: Path) -> None:
    """Let the watch come to its end."""
    command = [sys.executable, "-m", "advedu", "--db", str(db), *OPTIONS, *WATCH, str(box), "--once", "--every", "0.02"]
    last = subprocess.run(command, env=surroundings(), capture_output=True, check=False)
    assert last.returncode in (0, 3), last


def test_killed_at_random_moments(small: Path, tmp_path: Path, counted: Counted) -> None:
    kills, random = times(60, 6), dice()
    begin = time.perf_counter()
    files = delivered(tmp_path / "whole" / "box", 0)
    db = copied(small, tmp_path / "whole")
    run_out(db, tmp_path / "whole" / "box")
    whole = time.perf_counter() - begin
    assert faults(db, tmp_path / "whole" / "box", files) == []
    hits = folders = 0
    faulty: list[str] = []
    # A run that was faster than its kill counts for nothing; a busy machine has many of them.
    while hits < kills and folders < 5 * kills:
        folders += 1
        db = copied(small, tmp_path / str(folders))
        box = tmp_path / str(folders) / "box"
        files = delivered(box, folders)
        # Often killed again while it tidies up after itself.
        while killed(db, (*WATCH, box, "--once", "--every", "0.02"), random.uniform(0.15, 0.9) * whole) is None:
            hits += 1
            if random.random() < 0.5:
                break
        run_out(db, box)
        faulty += [f"{folders}: {fault}" for fault in faults(db, box, files)]
    counted(f"{hits} kills of a watch over 6 files in {folders} folders: {len(faulty)} faults")
    assert faulty == []
    assert hits >= kills

"""Killed at any moment, an import is there whole or not at all."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.torture.conftest import Counted
from tests.torture.support import (
    POSIX,
    Base,
    asked,
    copied,
    dice,
    digest,
    duration,
    finish,
    killed,
    left_over,
    ok,
    sound,
    start,
    times,
    words,
)

pytestmark = pytest.mark.skipif(not POSIX, reason="SIGKILL")
UNDONE = "SELECT count(*) FROM member"


def test_a_killed_import_is_whole_or_not_there(base: Base, tmp_path: Path, counted: Counted) -> None:
    kills, random = times(200, 12), dice()
    fresh = copied(base.units, tmp_path / "fresh")
    before = digest(fresh)
    argv = ("import", "members", base.members)
    whole = duration(lambda: finish(start(words(fresh, *argv))), time.perf_counter)
    assert asked(fresh, UNDONE) == base.count
    partial = wrong = lost = finished = kept = 0
    faults: list[str] = []
    for number in range(kills):
        home = tmp_path / str(number)
        db = copied(base.units, home)
        # Every other one late, where the file itself is written.
        code = killed(db, argv, random.uniform(0.6 * (number % 2), 1.1) * whole)
        # The first look is another program's; it rolls back what the killed one left, as any look does.
        members = asked(db, UNDONE)
        if members not in (0, base.count) or (members == 0 and digest(db) != before):
            partial += 1
        if found := sound(db):
            wrong += 1
            faults += found
        finished += code == 0
        kept += members == base.count
        lost += code == 0 and members != base.count
        # A copy that an import made of the file beforehand is whole too.
        for copy in home.glob("test.db.backups/before-*.db"):
            if digest(copy) != before:
                partial += 1
        for path in home.rglob("*.db"):
            path.unlink()
    counted(
        f"{kills} kills of an import of {base.count} members: {partial} partial, {wrong} with findings, "
        f"{lost} lost that were reported done ({finished} were faster than the kill, {kept} were written)"
    )
    assert (partial, wrong, lost, faults) == (0, 0, 0, [])


def test_after_a_kill_the_next_write_works_and_clears_up(base: Base, tmp_path: Path, counted: Counted) -> None:
    kills, random = times(20, 3), dice()
    left: set[str] = set()
    for number in range(kills):
        db = copied(base.units, tmp_path / str(number))
        killed(db, ("import", "members", base.members), random.uniform(0.1, 0.5))
        ok(db, "pin", "2005-03-31")
        ok(db, "import", "members", base.members)
        assert asked(db, UNDONE) == base.count
        assert sound(db) == []
        left |= {name.rsplit(".", 2)[0] for name in left_over(db.parent, "test.db")}
    counted(f"{kills} writes after a kill: {kills} worked, {len(left)} kinds of files left behind")
    assert left == set()

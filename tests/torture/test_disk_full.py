"""A full disk: one clear line, nothing changed, nothing left behind, and the next write works.

Two ways of running out of room: a small file system, which needs the rights to mount one, and a limit on the size of
files, which any process may give itself.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support import Answer, assert_one_line
from tests.torture.conftest import Counted
from tests.torture.support import POSIX, Base, asked, copied, digest, finish, left_over, ok, sound, start, times, words

pytestmark = pytest.mark.skipif(not POSIX, reason="no limits on files")
UNIT = "A03"
Room = Callable[[int], Path]
# How much of the way there is room for.
FILLS = (0.1, 0.5, 0.9)[: times(3, 1)]


@pytest.fixture
def room(folder: Path) -> Iterator[Room]:
    """Return what makes a folder with room for so many bytes."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting a small file system takes root on Linux")
    mounted: list[Path] = []

    def made(size: int) -> Path:
        home = folder / f"room-{len(mounted)}"
        home.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", str(home)]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("no file system can be mounted here")
        mounted.append(home)
        return home

    yield made
    for home in mounted:
        # Lazily: a connection that a failed call left open in this process must not fail the test.
        subprocess.run(["umount", "-l", str(home)], check=True)


class Tally:
    """What became of writes without room."""

    def __init__(self) -> None:
        self.failed = self.changed = self.left = self.worked = 0

    def line(self, what: str) -> str:
        return (
            f"{what}: {self.failed} times the disk was full, {self.changed} changed the file, "
            f"{self.left} left a file behind, {self.worked} next writes worked"
        )

    def clean(self) -> bool:
        return self.failed == self.worked > 0 and self.changed == self.left == 0

    def refused(self, answer: Answer, db: Path, before: str, *known: str) -> None:
        """Note what a write without room left."""
        assert answer.code == 1, answer
        assert answer.out == ""
        assert_one_line(answer.err)
        assert "full" in answer.err or "too large" in answer.err.lower() or "I/O" in answer.err, answer.err
        self.failed += 1
        self.changed += digest(db) != before or sound(db) != []
        self.left += left_over(db.parent, db.name, *known) != []
        for copy in db.parent.glob("*.backups/before-*.db"):
            assert sound(copy) == [], "a copy made beforehand is not whole"

    def next_write(self, db: Path) -> None:
        ok(db, "unit", "edit", UNIT, "--chief", "后来人")
        self.worked += asked(db, "SELECT chief FROM unit WHERE code = ?", UNIT).decode() == "后来人" and sound(db) == []


def called(db: Path, *argv: str | Path, limit: int | None = None) -> Answer:
    """Run one call as a process, which holds nothing open afterwards; `limit` is the most bytes of a file."""

    def limited() -> None:
        import resource

        assert limit is not None
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    options = {"preexec_fn": limited} if limit is not None else {}
    return finish(start(words(db, *argv), **options))


# ── a small file system ──


def test_import(base: Base, room: Room, counted: Counted) -> None:
    size, whole = base.units.stat().st_size, base.demo.stat().st_size
    tally = Tally()
    # No room for the copy made beforehand; room for it, but not for the members.
    for spare in (size // 2, *(int(size + fill * (whole - size) / 2) for fill in FILLS)):
        db = copied(base.units, room(size + spare + 65_536))
        before = digest(db)
        tally.refused(called(db, "import", "members", base.members), db, before)
        tally.next_write(db)
    counted(tally.line("import"))
    assert tally.clean()


def test_backup(base: Base, room: Room, counted: Counted) -> None:
    size = base.demo.stat().st_size
    tally = Tally()
    for fill in FILLS:
        db = copied(base.demo, room(int(size * (1 + fill))))
        tally.refused(called(db, "backup", db.with_name("copy.db")), db, digest(base.demo))
        tally.next_write(db)
    counted(tally.line("backup"))
    assert tally.clean()


@pytest.mark.parametrize("ending", ["csv", "tsv", "json", "txt"][: times(4, 1)])
def test_export(base: Base, room: Room, counted: Counted, ending: str) -> None:
    size = base.demo.stat().st_size
    db = copied(base.demo, room(size + 131_072))
    earlier = db.with_name(f"list.{ending}")
    earlier.write_text("the list of last week", encoding="utf-8")
    tally = Tally()
    answer = called(db, "member", "list", "--output", earlier)
    tally.refused(answer, db, digest(base.demo), earlier.name)
    assert earlier.read_text(encoding="utf-8") == "the list of last week"
    tally.next_write(db)
    counted(tally.line(f"export as {ending}"))
    assert tally.clean()


def test_restore(base: Base, room: Room, folder: Path, counted: Counted) -> None:
    """Also what is kept of the file that was to be replaced is whole, or not there."""
    size = base.demo.stat().st_size
    backup = copied(base.demo, folder, "backup.db")
    tally = Tally()
    # No room to keep what is replaced; room for that, but not for the journal of the replacing.
    for fill in (0.3, 0.9, 1.1)[:: times(1, 2)]:
        db = copied(base.demo, room(int(size * (1 + fill))))
        ok(db, "unit", "edit", UNIT, "--chief", "先前人")
        tally.refused(called(db, "restore", backup), db, digest(db))
        tally.next_write(db)
    counted(tally.line("restore"))
    assert tally.clean()


def test_undo(base: Base, room: Room, folder: Path, counted: Counted) -> None:
    whole = copied(base.units, folder, "whole.db")
    ok(whole, "import", "members", base.members)
    db = copied(whole, room(whole.stat().st_size + 262_144))
    tally = Tally()
    tally.refused(called(db, "undo"), db, digest(whole))
    tally.next_write(db)
    counted(tally.line("undo"))
    assert tally.clean()


def test_making_a_file(base: Base, room: Room, counted: Counted) -> None:
    home = room(base.demo.stat().st_size // 2)
    for argv in (("init",), ("demo", "--output", home / "demo.db"))[: times(2, 1)]:
        shutil.copy(base.units, home / "ballast")
        with (home / "ballast").open("ab") as ballast:
            free = shutil.disk_usage(home).free - (131_072 if argv[0] == "demo" else 16_384)
            ballast.write(bytes(max(0, free)))
        answer = called(home / "test.db", *argv)
        assert answer.code == 1, answer
        assert_one_line(answer.err)
        assert left_over(home, "ballast") == []
        (home / "ballast").unlink()
        assert called(home / "test.db", "init").code == 0
        (home / "test.db").unlink()
    counted("init and demo: nothing left behind when the disk was full, and the next one worked")


# ── a limit on the size of files ──


def test_import_past_the_limit(base: Base, folder: Path, counted: Counted) -> None:
    size, whole = base.units.stat().st_size, base.demo.stat().st_size
    tally = Tally()
    for number, fill in enumerate((-0.3, 0.2, 0.05, 0.4)[: times(4, 2)]):
        db = copied(base.units, folder / str(number))
        before = digest(db)
        limit = int(size + fill * (whole - size if fill > 0 else size))
        tally.refused(called(db, "import", "members", base.members, limit=limit), db, before)
        tally.next_write(db)
    counted(tally.line("import past a limit"))
    assert tally.clean()


def test_backup_and_export_past_the_limit(base: Base, folder: Path, counted: Counted) -> None:
    tally = Tally()
    for number, argv in enumerate((("backup", "copy.db"), ("member", "list", "--output", "list.csv"))):
        db = copied(base.demo, folder / str(number))
        target = db.with_name(argv[-1])
        tally.refused(called(db, *argv[:-1], target, limit=200_000), db, digest(base.demo))
        assert not target.exists()
        tally.next_write(db)
    counted(tally.line("backup and export past a limit"))
    assert tally.clean()


def test_where_no_copy_can_be_kept(base: Base, folder: Path) -> None:
    """The folder of copies is no folder: the import is refused in one line, as it is on a full disk."""
    db = copied(base.units, folder)
    db.with_name("test.db.backups").write_text("not a folder", encoding="utf-8")
    answer = called(db, "import", "members", base.members)
    assert answer.code == 1, answer
    assert_one_line(answer.err)
    assert digest(db) == digest(base.units)

"""Copies made while others write are whole; a restore that is killed leaves the old file or the new one."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from threading import Timer

import pytest

from advedu.storage import writers
from tests.support import assert_one_line
from tests.torture.conftest import Counted
from tests.torture.support import (
    POSIX,
    Base,
    asked,
    call,
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
from tests.torture.test_crowd import begun, stopped, worker

pytestmark = pytest.mark.skipif(not POSIX, reason="SIGKILL")
UNIT = "A03"
CHIEF = f"SELECT chief FROM unit WHERE code = '{UNIT}'"
PATIENT = 3


@pytest.mark.long
def test_backups_under_load_are_whole(base: Base, folder: Path, counted: Counted) -> None:
    count = times(60, 6)
    db = copied(base.demo, folder)
    writers = [begun(worker("write", db, f"writer{number}", UNIT, 0)) for number in range(2)]
    bad: list[str] = []
    untrue = 0
    try:
        for number in range(count):
            copy = folder / f"copy-{number}.db"
            answer = finish(start(words(db, "backup", copy, "--format", "json")))
            if answer.code:
                bad.append(answer.err)
                continue
            bad += sound(copy)
            told = json.loads(answer.out)
            # The number and the hash that a clerk writes down beside a copy must be the copy's own.
            truth = json.loads(ok(copy, "unit", "show", UNIT, "--format", "json"))["history"]
            untrue += told["history"] != truth or told["operation"] != truth["operation"]
            if number % 10:
                copy.unlink()
    finally:
        edits = sum(stopped(writer)["done"] for writer in writers)
    counted(f"{count} backups beside {edits} edits: {len(bad)} bad, {untrue} said what is not true of the copy")
    assert edits > 0
    assert bad == []
    assert sound(db) == []
    assert left_over(folder, "test.db") == sorted(f"copy-{number}.db" for number in range(0, count, 10))
    assert untrue == 0


def test_a_killed_backup_leaves_no_copy_or_a_whole_one(base: Base, folder: Path, counted: Counted) -> None:
    kills, random = times(60, 6), dice()
    db = copied(base.demo, folder)
    before = digest(db)
    whole = duration(lambda: finish(start(words(db, "backup", folder / "copy.db"))), time.perf_counter)
    bad = made = 0
    for number in range(kills):
        copy = folder / f"copy-{number}.db"
        killed(db, ("backup", copy), random.uniform(0.2, 1.1) * whole)
        made += copy.exists()
        bad += copy.exists() and digest(copy) != before
        copy.unlink(missing_ok=True)
    counted(f"{kills} killed backups: {bad} bad copies ({made} were finished)")
    assert bad == 0
    assert digest(db) == before


def test_a_killed_restore_leaves_the_old_file_or_the_new_one(base: Base, tmp_path: Path, counted: Counted) -> None:
    kills, random = times(60, 6), dice()
    backup = copied(base.demo, tmp_path / "backup")
    fresh = copied(base.demo, tmp_path / "fresh")
    # The file in use is another one in every page: it has no members, or many more operations.
    ok(fresh, "unit", "edit", UNIT, "--chief", "后来人")
    olds = [(fresh, digest(fresh)), (base.units, digest(base.units))]
    new = digest(backup)
    trial = copied(fresh, tmp_path / "trial")
    whole = duration(lambda: finish(start(words(trial, "restore", backup))), time.perf_counter)
    bad = old_ones = new_ones = 0
    faults: list[str] = []
    for number in range(kills):
        source, old = olds[number % 2]
        db = copied(source, tmp_path / str(number))
        code = killed(db, ("restore", backup), random.uniform(0.3, 1.1) * whole)
        # Another program is the first to look; then ours.
        now = digest(db)
        faults += sound(db)
        old_ones += now == old
        new_ones += now == new
        bad += now not in (old, new) or (code == 0 and now != new)
        for path in db.parent.iterdir():
            path.unlink()
    counted(f"{kills} killed restores: {bad} bad, {old_ones} the old file, {new_ones} the new one")
    assert (bad, faults) == (0, [])
    assert digest(backup) == new


def test_a_restore_while_others_write_waits_for_them(base: Base, folder: Path) -> None:
    """Whoever writes at that moment is not cut off, and the next write goes into the file restored."""
    backup = copied(base.demo, folder, "backup.db")
    db = copied(base.demo, folder)
    writer = begun(worker("write", db, "writer", UNIT, 0))
    try:
        answers = [finish(start(words(db, "restore", backup))) for _ in range(2)]
    finally:
        report = stopped(writer)
    assert [answer.code for answer in answers] == [0, 0], answers
    assert report["failed"] == []
    assert sound(db) == []


def test_restores_within_one_second_keep_every_file(base: Base, folder: Path) -> None:
    """What the first one replaced is not replaced by what the second one did."""
    backup = copied(base.demo, folder, "backup.db")
    db = copied(base.demo, folder)
    ok(db, "unit", "edit", UNIT, "--chief", "先前人")
    for _ in range(3):
        ok(db, "restore", backup)
    kept = [asked(path, CHIEF).decode() for path in folder.glob("test.db.replaced-*")]
    assert "先前人" in kept
    assert len(kept) == 3


@pytest.mark.parametrize("wreck", ["text", "empty", "truncated", "damaged header", "damaged pages"])
def test_a_wreck_is_replaced_and_its_bytes_are_kept(base: Base, folder: Path, wreck: str) -> None:
    """Nobody needs a restore more than the one whose file is gone."""
    backup = copied(base.demo, folder, "backup.db")
    db = copied(base.demo, folder)
    content = db.read_bytes()
    wrecked = {
        "text": b"hello\n" * 300,
        "empty": b"",
        "truncated": content[: len(content) // 3],
        "damaged header": b"\xff" * 5000 + content[5000:],
        "damaged pages": content[:8192] + b"\xff" * (len(content) - 8192),
    }[wreck]
    db.write_bytes(wrecked)
    ok(db, "restore", backup)
    assert digest(db) == digest(backup)
    assert sound(db) == []
    (kept,) = folder.glob("test.db.replaced-*")
    assert kept.read_bytes() == wrecked or wreck == "empty"


@pytest.mark.parametrize("wreck", ["as it is", "text", "truncated", "damaged header"])
def test_a_journal_left_beside_a_wreck_is_not_played_into_the_new_file(base: Base, folder: Path, wreck: str) -> None:
    """It belongs to the file that was; SQLite would put its pages into whatever bears the name."""
    backup = copied(base.demo, folder, "backup.db")
    db = copied(base.units, folder)
    journal = db.with_name("test.db-journal")
    with closing(sqlite3.connect(db, isolation_level=None)) as other:
        # In the middle of a large write, as a power cut leaves it.
        other.execute("PRAGMA cache_size = 5")
        triggers = other.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        other.execute("BEGIN IMMEDIATE")
        for (name,) in triggers:
            other.execute(f'DROP TRIGGER "{name}"')
        other.execute("UPDATE unit SET chief = 'x', phone = 'y', shift_reason = hex(zeroblob(500))")
        half, left = db.read_bytes(), journal.read_bytes()
        other.execute("ROLLBACK")
    db.write_bytes(
        {
            "as it is": half,
            "text": b"hello\n" * 300,
            "truncated": half[:30_000],
            "damaged header": b"\xff" * 5000 + half,
        }[wreck]
    )
    journal.write_bytes(left)
    ok(db, "restore", backup)
    assert digest(db) == digest(backup)
    assert sound(db) == []
    assert not journal.exists()


def test_a_restore_does_not_wait_for_ever(base: Base, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "LOCK_SECONDS", 0.2)
    backup = copied(base.demo, folder, "backup.db")
    db = copied(base.demo, folder)
    before = digest(db)
    for lock in ("BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"):
        with closing(sqlite3.connect(db, isolation_level=None, check_same_thread=False)) as other:
            other.execute(lock)
            # So that a restore that does wait ends all the same.
            timer = Timer(PATIENT, other.execute, ("ROLLBACK",))
            timer.start()
            begin = time.perf_counter()
            answer = call(db, "restore", backup)
            waited = time.perf_counter() - begin
            timer.cancel()
            if other.in_transaction:
                other.execute("ROLLBACK")
        assert waited < PATIENT, f"{lock}: waited {waited:.1f} s"
        assert answer.code == 1
        assert "locked" in answer.err
        assert_one_line(answer.err)
    assert digest(db) == before
    assert left_over(folder, "test.db", "backup.db") == []


@pytest.mark.parametrize("fault", ["tampered", "truncated", "foreign", "newer"])
def test_a_bad_backup_is_not_restored(small: Path, folder: Path, fault: str) -> None:
    backup = copied(small, folder, "backup.db")
    before = digest(small)
    if fault == "truncated":
        backup.write_bytes(backup.read_bytes()[:50_000])
    else:
        with closing(sqlite3.connect(backup, isolation_level=None)) as shell:
            for statement in {
                "tampered": ("DROP TRIGGER history_unit_update", "UPDATE unit SET chief = 'x'"),
                "foreign": ("PRAGMA application_id = 7",),
                "newer": ("PRAGMA user_version = 999",),
            }[fault]:
                shell.execute(statement)
    answer = call(small, "restore", backup)
    assert answer.code == 1
    assert_one_line(answer.err)
    assert digest(small) == before
    assert left_over(folder, "test.db", "backup.db") == []

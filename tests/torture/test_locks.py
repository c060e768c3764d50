"""A lock that lasts says whose it is; a note that a killed writer left stops nobody."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from advedu.nouns.model import Author
from advedu.storage import connection, history, writers
from tests.support import assert_one_line
from tests.torture.conftest import Counted
from tests.torture.support import POSIX, Base, asked, call, copied, finish, left_over, ok, sound, start, times, words
from tests.torture.test_crowd import many_members

HOLDER = Author("张三", "办公室-2", "advedu import members 名册.xlsx")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "LOCK_SECONDS", 0.2)


def test_who_holds_the_lock_and_since_when(small: Path, folder: Path) -> None:
    edit = ("unit", "edit", "330304-A", "--chief", "乙")
    with (
        closing(connection.connect(small)) as file,
        history.operation(file, HOLDER, "2005-03-31") as under_way,
        writers.noted(small, HOLDER),
    ):
        file.execute("UPDATE unit SET chief = '甲' WHERE code = '330304-A'")
        since = json.loads((folder / "test.db.writer").read_text("utf-8"))["since"]
        for argv in (
            edit,
            ("pin", "2005-03-01"),
            ("undo",),
            ("milestone", "mark", "330304-A", "M104", "--on", "2005-01-20"),
        ):
            for lang in ("en", "zh"):
                answer = call(small, *argv, "--lang", lang)
                assert answer.code == 1, answer
                assert_one_line(answer.err)
                assert "张三@办公室-2" in answer.err
                assert since in answer.err
        # Reading goes on beside a writer.
        ok(small, "status")
        assert under_way.number
    assert left_over(folder, "test.db") == []
    ok(small, *edit)
    assert left_over(folder, "test.db") == []


def test_a_lock_of_another_program_is_said_without_a_name(small: Path) -> None:
    with closing(sqlite3.connect(small, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = call(small, "unit", "edit", "330304-A", "--chief", "乙")
        assert answer.code == 1
        assert "locked" in answer.err
        assert_one_line(answer.err)


@pytest.mark.parametrize(
    "note",
    [
        '{"who": "李四@别处", "pid": 1, "since": "2005-01-01T08:00:00+08:00"}',
        '{"who": "\\u001b[2J\\u202e", "pid": 1, "since": "\\n"}',
        '{"who": 1, "since": []}',
        "not json",
        "[]",
        "",
        "\x00" * 100,
    ],
)
def test_a_stale_or_broken_note_stops_nobody(small: Path, folder: Path, note: str) -> None:
    path = folder / "test.db.writer"
    path.write_text(note, "utf-8")
    with closing(sqlite3.connect(small, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = call(small, "pin", "2005-03-01")
        assert answer.code == 1
        assert_one_line(answer.err)
    ok(small, "pin", "2005-03-01")
    assert not path.exists()


@pytest.mark.skipif(not POSIX, reason="SIGKILL")
def test_the_note_of_a_killed_writer_stops_nobody(base: Base, folder: Path, counted: Counted) -> None:
    """Killed in the middle, it leaves its note and its journal; the next one clears both away."""
    kills, noted = times(10, 2), 0
    people = many_members(base, folder / "many.csv", 40_000)
    for number in range(kills):
        db = copied(base.units, folder / str(number))
        child = start(words(db, "import", "members", people))
        note = db.with_name("test.db.writer")
        deadline = time.monotonic() + 10
        while not note.exists() and child.poll() is None and time.monotonic() < deadline:
            time.sleep(0.002)
        time.sleep(0.02)
        child.kill()
        finish(child)
        noted += note.exists()
        begin = time.perf_counter()
        ok(db, "unit", "edit", "A03", "--chief", "后来人")
        assert time.perf_counter() - begin < 10
        assert asked(db, "SELECT count(*) FROM member") == 0
        assert left_over(db.parent, "test.db") == []
        assert sound(db) == []
    counted(f"{kills} writers killed while writing, {noted} left a note: the next write worked {kills} times")
    assert noted > 0


def test_where_no_note_can_be_left_writing_goes_on(small: Path, folder: Path) -> None:
    (folder / "test.db.writer").mkdir()
    ok(small, "unit", "edit", "330304-A", "--chief", "乙")
    assert sound(small) == []

"""Hostile and foreign files: each refused in one line, at once, and left as it was, byte for byte."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.support import Answer, assert_one_line
from tests.torture.conftest import Counted
from tests.torture.support import FULL, PATIENCE, POSIX, call, copied, finish, ok, start, times, words

APPLICATION_ID = 0x61647665
COMMANDS = (("status",), ("unit", "list"), ("milestone", "mark", "330304-A1", "M104", "--on", "2005-01-20"))
AT_ONCE = 1.0
HANGS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
Maker = Callable[[Path], object]


def bytes_(content: bytes) -> Maker:
    return lambda path: path.write_bytes(content)


def foreign(*statements: str) -> Maker:
    """A database of another program."""

    def make(path: Path) -> None:
        path.unlink()
        with closing(sqlite3.connect(path, isolation_level=None)) as file:
            file.execute("CREATE TABLE note (text)")
            file.execute("INSERT INTO note VALUES ('somebody else''s')")
            for statement in statements:
                file.execute(statement)

    return make


def ours(*statements: str) -> Maker:
    """A file of ours to which somebody did something."""

    def make(path: Path) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as file:
            for statement in statements:
                file.execute(statement)

    return make


def patched(patch: Callable[[bytearray], object]) -> Maker:
    def make(path: Path) -> None:
        content = bytearray(path.read_bytes())
        patch(content)
        path.write_bytes(content)

    return make


def put(start: int, content: bytes) -> Maker:
    return patched(lambda all_: all_.__setitem__(slice(start, start + len(content)), content))


def smuggled(kind: str, name: str, table: str, sql: str) -> Maker:
    """Something written straight into the schema table, past what SQLite allows."""
    row = f"INSERT INTO sqlite_schema VALUES ('{kind}', '{name}', '{table}', 0, '{sql}')"
    return ours("PRAGMA writable_schema = ON", row)


def loop(path: Path) -> None:
    path.unlink()
    path.symlink_to(path)


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def device(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


TRIGGER = "CREATE TRIGGER extra AFTER UPDATE ON unit BEGIN UPDATE member SET name = 'x'; END"
FILES: dict[str, Maker] = {
    "text": bytes_("区委,瓯海\n".encode() * 400),
    "empty": bytes_(b""),
    "a header alone": bytes_(b"SQLite format 3\0"),
    "PNG": bytes_(b"\x89PNG\r\n\x1a\n" + bytes(5000)),
    "zip": bytes_(b"PK\x03\x04" + bytes(5000)),
    "noise": bytes_(bytes(range(256)) * 64),
    "another program's": foreign(),
    "another program's, in WAL mode": foreign("PRAGMA journal_mode = WAL"),
    "an id that is nearly ours": foreign(f"PRAGMA application_id = {APPLICATION_ID + 1}"),
    "our id over other tables": foreign(f"PRAGMA application_id = {APPLICATION_ID}", "PRAGMA user_version = 1"),
    "our id and a version before the first": foreign(f"PRAGMA application_id = {APPLICATION_ID}"),
    "our id and a negative version": ours("PRAGMA user_version = -5"),
    "version 0": ours("PRAGMA user_version = 0"),
    "a newer version": ours("PRAGMA user_version = 999"),
    "an extra view": ours("CREATE VIEW extra AS SELECT * FROM unit"),
    "a view that hangs": ours(f"CREATE VIEW extra AS {HANGS}"),
    "a view in place of a table": ours("ALTER TABLE rank RENAME TO rank_", f"CREATE VIEW rank AS {HANGS}"),
    "an extra trigger": ours(TRIGGER),
    "an extra trigger with a name of SQLite's own": smuggled(
        "trigger", "sqlite_extra", "unit", TRIGGER.replace("extra", "sqlite_extra").replace("'", "''")
    ),
    "a trigger on the table of the migrations": ours(TRIGGER.replace("ON unit", "ON _sqlite_migrations")),
    "a missing trigger": ours("DROP TRIGGER history_member_update"),
    "a trigger of ours with another body": ours(
        "DROP TRIGGER change_stays", "CREATE TRIGGER change_stays BEFORE UPDATE ON change BEGIN SELECT 1; END"
    ),
    "an extra table with a huge blob": ours("CREATE TABLE extra (b)", "INSERT INTO extra VALUES (zeroblob(50000000))"),
    "a virtual table": ours("CREATE VIRTUAL TABLE extra USING fts5 (t)"),
    "an index over an expression": ours("CREATE INDEX extra ON unit (abs(id))"),
    "a column more": ours("ALTER TABLE unit ADD COLUMN extra TEXT"),
    "a table less": ours("PRAGMA foreign_keys = OFF", "DROP TABLE transfer"),
    "truncated": patched(lambda all_: all_.__delitem__(slice(len(all_) // 2, None))),
    "a damaged page size": put(16, b"\x00\x07"),
    "a damaged header": put(0, b"SQLite format 4\0"),
    "a damaged schema": put(100, b"\xff" * 3000),
    "all other pages damaged": patched(lambda all_: all_.__setitem__(slice(8192, None), b"\xff" * (len(all_) - 8192))),
    "a folder": folder,
    **({"a link to itself": loop, "a pipe": pipe, "a device": device} if POSIX else {}),
}


def look(path: Path) -> tuple[object, list[str]]:
    """Return what a file is, byte for byte, and what lies beside it."""
    beside = sorted(each.name for each in path.parent.iterdir())
    kind = path.lstat().st_mode
    return (kind, path.read_bytes() if path.is_file() else None), beside


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory, filled_file: Path) -> Path:
    return copied(filled_file, tmp_path_factory.mktemp("file"))


def fault(answer: Answer) -> str:
    """Return what is wrong with a refusal."""
    if answer.code != 1 or answer.out:
        return f"exit code {answer.code}, {(answer.err or answer.out)[:200]}"
    try:
        assert_one_line(answer.err)
    except AssertionError as error:
        return str(error)[:200]
    return ""


def trial(db: Path) -> tuple[list[str], float]:
    """Return what is wrong with the refusals of a file, and how long the slowest took."""
    before = look(db)
    begin = time.perf_counter()
    try:
        # The first one in a process of its own: what hangs or crashes must not take the others along.
        first = finish(start(words(db, *COMMANDS[0])))
    except subprocess.TimeoutExpired:
        return ["hung"], PATIENCE
    faults, slowest = [fault(first)], time.perf_counter() - begin
    if not faults[0]:
        for argv in COMMANDS[1:]:
            begin = time.perf_counter()
            faults.append(fault(finish(start(words(db, *argv))) if FULL else call(db, *argv)))
            slowest = max(slowest, time.perf_counter() - begin)
    return [*filter(None, faults), *([] if look(db) == before else ["changed"])], slowest


@pytest.mark.long
def test_foreign_files_are_refused_and_left_alone(file: Path, folder: Path, counted: Counted) -> None:
    wrong: dict[str, list[str]] = {}
    unmade = 0
    slowest = 0.0
    for number, (name, make) in enumerate(FILES.items()):
        db = copied(file, folder / str(number))
        try:
            make(db)
        except sqlite3.OperationalError:
            # This SQLite is too careful or too small for it.
            unmade += 1
            continue
        faults, seconds = trial(db)
        slowest = max(slowest, seconds)
        if faults:
            wrong[name] = faults
    counted(
        f"{len(FILES) - unmade} foreign or hostile files × {len(COMMANDS)} commands: "
        f"{len(FILES) - unmade - len(wrong)} refused in one line and unchanged, slowest {slowest:.2f} s"
        + (f"; NOT {', '.join(wrong)}" if wrong else "")
        + (f"; {unmade} cannot be made here" if unmade else "")
    )
    assert wrong == {}
    assert len(FILES) - unmade >= 15
    assert slowest < AT_ONCE


@pytest.mark.skipif(not POSIX, reason="no such rights there")
def test_a_file_that_may_not_be_read_is_refused(file: Path, folder: Path) -> None:
    db = copied(file, folder)
    db.chmod(0o000)
    # Root may read everything; then it is somebody else who tries.
    options = {"user": 65534} if os.geteuid() == 0 else {}
    code = (
        "import os, sys; sys.exit(0 if os.access(sys.argv[1], os.X_OK) and not os.access(sys.argv[2], os.R_OK) else 9)"
    )
    for parent in (folder, *folder.parents):
        if options and parent.owner() == "root" and parent != Path(parent.anchor) and parent.name != "tmp":
            parent.chmod(parent.stat().st_mode | 0o011)
    try:
        probe = subprocess.run([sys.executable, "-c", code, str(folder), str(db)], check=False, **options)
    except OSError:
        pytest.skip("nobody else can run Python here")
    if probe.returncode:
        pytest.skip("nobody else reaches the file here")
    for argv in COMMANDS:
        answer: Answer = finish(start(words(db, *argv), cwd=folder, **options))
        if "No module named" in answer.err:
            pytest.skip("nobody else can read the program here")
        assert answer.code == 1, answer
        assert_one_line(answer.err)
    assert db.stat().st_size == file.stat().st_size


def test_units_in_a_circle_make_no_command_hang(file: Path, folder: Path, counted: Counted) -> None:
    """Tables, triggers and id are ours; only the rows are what no program of ours would write."""
    db = copied(file, folder)
    with closing(sqlite3.connect(db, isolation_level=None)) as shell:
        triggers = shell.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            shell.execute(f'DROP TRIGGER "{name}"')
        shell.execute(
            "UPDATE unit SET parent_id = (SELECT id FROM unit WHERE code = '330304-A1-1') WHERE code = '330304-A1'"
        )
        for _, statement in triggers:
            shell.execute(statement)
    commands = (
        *COMMANDS,
        ("unit", "show", "330304-A1-1"),
        ("unit", "tree", "330304-A1"),
        ("status", "330304-A1"),
        ("overdue", "330304-A1"),
        ("member", "list", "330304-A1"),
        ("unit", "move", "330304-A1", "330304-B", "--on", "2005-02-01"),
        ("member", "transfer", "P000003", "330304-A1", "--on", "2005-02-01"),
    )
    hung = []
    for argv in commands:
        child = start(words(db, *argv))
        try:
            out, err = child.communicate(timeout=times(20, 3))
        except subprocess.TimeoutExpired:
            child.kill()
            child.communicate()
            hung.append(" ".join(argv))
            continue
        assert b"Traceback" not in err, err
        assert child.returncode in (0, 1), (argv, out, err)
    counted(f"units in a circle: {len(commands)} commands, {len(hung)} hung")
    assert hung == []
    assert finish(start(words(db, "verify"))).code == 4


def test_a_file_of_ours_is_not_refused(file: Path, folder: Path) -> None:
    """The measure of the others: the same commands on the same file, untouched."""
    db = copied(file, folder)
    for argv in COMMANDS:
        ok(db, *argv)

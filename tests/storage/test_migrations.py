"""Bringing an old file up to date: all of it or nothing, after a copy, and once however many programs try."""

from __future__ import annotations

import json
import re
import sqlite3
import stat
import subprocess
import sys
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from advedu.errors import FileTooNew, SchemaChanged
from advedu.storage import connection, history, migrations, schema
from advedu.storage.changes import changes
from tests.support import ROOT, Cli

NEXT = schema.FILE_VERSION + 1
ADD_NOTE = "ALTER TABLE sector ADD COLUMN note TEXT"


def shape(file: sqlite3.Connection) -> set[tuple[str, ...]]:
    """Everything that the schema of a file consists of, but for what the migrations keep for themselves."""
    rows = file.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT GLOB 'sqlite_autoindex*'")
    return {row for row in rows if "_sqlite_migrations" not in row[2]}


def dump(file: sqlite3.Connection) -> list[str]:
    return list(file.iterdump())


def fingerprint_of_next() -> str:
    """What a file of the next version looks like."""
    with closing(sqlite3.connect(":memory:")) as file:
        file.executescript(schema.schema_text())
        file.execute(ADD_NOTE)
        history.install_triggers(file)
        return schema.fingerprint(file)


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Iterator[Migrations]:
    """The steps of this program, to which a test may add: the program knows one version more."""
    monkeypatch.setattr(connection, "FILE_VERSION", NEXT)
    monkeypatch.setattr(connection, "FINGERPRINT", fingerprint_of_next())
    monkeypatch.setattr(migrations, "FILE_VERSION", NEXT)
    before = list(migrations.STEPS._migrations)
    yield migrations.STEPS
    migrations.STEPS._migrations[:] = before


def add_note(db: Database) -> None:
    """A step as a later version might bring it."""
    db.execute(ADD_NOTE)


# ── a new file ──


def test_schema_sql_says_its_own_version_and_application_id() -> None:
    text = schema.schema_text()
    assert re.search(r"^PRAGMA user_version = (\d+);", text, re.MULTILINE)[1] == str(schema.FILE_VERSION)
    assert int(re.search(r"^PRAGMA application_id = (\w+);", text, re.MULTILINE)[1], 0) == connection.APPLICATION_ID


def test_a_made_file_is_schema_sql_and_the_triggers(bare: Cli) -> None:
    with closing(sqlite3.connect(":memory:")) as plain, closing(connection.create(bare.db)) as made:
        plain.executescript(schema.schema_text())
        history.install_triggers(plain)
        assert shape(made) == shape(plain)
        for pragma in ("application_id", "user_version"):
            assert made.execute(f"PRAGMA {pragma}").fetchone() == plain.execute(f"PRAGMA {pragma}").fetchone()


def test_a_file_of_the_program_is_the_same(filled: Cli, bare: Cli) -> None:
    with closing(connection.connect(filled.db)) as used, closing(connection.create(bare.db)) as made:
        assert shape(used) == shape(made)


def test_every_table_is_strict_and_has_its_three_triggers(cli: Cli) -> None:
    with closing(connection.connect(cli.db)) as file:
        tables = history.tracked_tables(file)
        strict = dict(file.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table'"))
        triggers = {name for (name,) in file.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")}
    made = {f"history_{table}_{event}" for table in tables for event in ("insert", "update", "delete")}
    assert {name for name in triggers if name.startswith("history_")} == made
    assert {name for name in tables if not strict[name]} == set()
    assert "unit" in tables


def test_opening_a_file_of_today_changes_nothing(filled: Cli) -> None:
    before = filled.db.read_bytes()
    connection.connect(filled.db).close()
    assert filled.db.read_bytes() == before
    assert [path.name for path in filled.folder.iterdir()] == [filled.db.name]


# ── the transaction ──


def test_all_steps_run_in_one_immediate_transaction(filled: Cli, steps: Migrations) -> None:
    seen: list[bool] = []

    def body(db: Database) -> None:
        seen.append(db.conn.in_transaction)
        with closing(sqlite3.connect(filled.db, timeout=0)) as other, pytest.raises(sqlite3.OperationalError):
            other.execute("BEGIN IMMEDIATE")
        db.execute(ADD_NOTE)

    migrations.step(NEXT)(body)
    statements: list[str] = []
    with closing(connection._open(filled.db)) as file:
        file.set_trace_callback(statements.append)
        migrations.apply(file)
    assert seen == [True]
    ends = [statement for statement in statements if statement.upper().startswith(("BEGIN", "COMMIT", "END", "ROLL"))]
    assert ends == ["BEGIN IMMEDIATE", "COMMIT"]


@pytest.mark.parametrize("error", [sqlite3.OperationalError("no"), RuntimeError("no"), KeyboardInterrupt()])
def test_a_failing_step_takes_back_the_ones_before_it(filled: Cli, steps: Migrations, error: BaseException) -> None:
    migrations.step(NEXT)(add_note)

    def fails(db: Database) -> None:
        db.execute("DROP TABLE task_exemption")
        raise error

    migrations.step(NEXT + 1)(fails)
    with closing(connection._open(filled.db)) as file:
        before = dump(file)
        with pytest.raises(type(error)):
            migrations.apply(file)
        assert not file.in_transaction
        assert dump(file) == before
        assert file.execute("PRAGMA user_version").fetchone() == (NEXT - 1,)


def test_a_file_that_could_not_be_brought_up_to_date_opens_with_the_old_program(
    filled: Cli, steps: Migrations, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(db: Database) -> None:
        db.execute(ADD_NOTE)
        raise sqlite3.OperationalError("database or disk is full")

    migrations.step(NEXT)(fails)
    assert "full" in filled.refused("status")
    monkeypatch.undo()
    filled.ok("status")


def test_a_step_that_brings_the_file_to_no_version_of_ours_is_a_fault(filled: Cli, steps: Migrations) -> None:
    with closing(connection._open(filled.db)) as file, pytest.raises(RuntimeError):
        migrations.upgrade(file, filled.db)


# ── old → new ──


def test_an_old_file_is_brought_up_to_date_when_it_is_opened(filled: Cli, steps: Migrations) -> None:
    migrations.step(NEXT)(add_note)
    before = filled.tables()
    filled.ok("status")
    with closing(connection.connect(filled.db)) as file:
        assert file.execute("PRAGMA user_version").fetchone() == (NEXT,)
        assert "note" in history.columns(file, "sector")[0]
        trigger = file.execute("SELECT sql FROM sqlite_schema WHERE name = 'history_sector_update'").fetchone()[0]
    assert '"note"' in trigger, "history follows the new column"
    after = filled.tables()
    assert [(*row, None) for row in before.pop("sector")] == after.pop("sector")
    assert after == before


def test_history_from_before_is_still_read(filled: Cli, request: pytest.FixtureRequest) -> None:
    before = filled.rows("log", "330304-B1")
    request.getfixturevalue("steps")
    migrations.step(NEXT)(add_note)
    assert filled.rows("log", "330304-B1") == before
    with closing(connection.connect(filled.db)) as file:
        assert [change.new for change in changes(file) if change.table == "sector"][0]["code"]


def test_a_migrated_file_equals_a_fresh_one(
    filled: Cli, bare: Cli, steps: Migrations, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrations.step(NEXT)(add_note)
    text = schema.schema_text().replace(f"user_version = {NEXT - 1}", f"user_version = {NEXT}")
    # ALTER TABLE writes the new column behind the last one and its comment.
    text = re.sub(r"(organ +INTEGER NOT NULL[^\n]*)\n\)", r"\1\n, note TEXT)", text)
    monkeypatch.setattr(migrations, "schema_text", lambda: text)
    with closing(connection.create(bare.db)) as fresh:
        monkeypatch.setattr(connection, "FINGERPRINT", schema.fingerprint(fresh))
        with closing(connection.connect(filled.db)) as migrated:
            assert fresh.execute("PRAGMA user_version").fetchone() == (NEXT,)
            assert shape(fresh) == shape(migrated)
            assert migrated.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_file_of_version_1_becomes_one_of_today(tmp_path: Path, bare: Cli) -> None:
    """The file that the last program of version 1 made: same tables, same figures, and its history can be taken back."""
    old = Cli(tmp_path)
    path = old.db
    path.write_bytes(zlib.decompress((Path(__file__).parent / "version-1.db.z").read_bytes()))
    before = json.loads((Path(__file__).parent / "version-1.json").read_text("utf-8"))
    assert old.json("status") == before["status"]
    assert old.json("verify", code=0)["rows"] == []
    assert {row["code"]: row["name"] for row in old.rows("member", "list")} == before["members"]
    with closing(connection.create(bare.db)) as fresh, closing(connection.connect(path)) as migrated:
        assert shape(fresh) == shape(migrated)
    assert path.with_name(f"{path.name}.v1-backup").is_file()
    # What was entered before the file was brought up to date is taken back like anything else, and brought back.
    assert old.json("member", "show", before["member"])["status"] == "probationary"
    old.ok("undo", str(before["edit"]))
    assert old.json("member", "show", before["member"])["status"] != "probationary"
    old.ok("undo")
    assert old.json("verify", code=0)["rows"] == []
    old.ok("member", "edit", before["member"], "--education", "本科")
    assert old.json("member", "show", before["member"])["education"] == "大学本科"
    assert old.json("verify", code=0)["rows"] == []


def test_a_strange_file_of_version_1_is_refused_before_anything_runs(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    path.write_bytes(zlib.decompress((Path(__file__).parent / "version-1.db.z").read_bytes()))
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TRIGGER theirs AFTER UPDATE ON member BEGIN DELETE FROM member; END")
    before = path.read_bytes()
    with pytest.raises(SchemaChanged):
        connection.connect(path)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["old.db"]


def test_the_program_of_yesterday_refuses_the_new_file(
    filled: Cli, steps: Migrations, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrations.step(NEXT)(add_note)
    filled.ok("status")
    monkeypatch.undo()
    with pytest.raises(FileTooNew):
        connection.connect(filled.db)


# ── the copy ──


def copies(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name != "test.db"]


def test_a_copy_of_the_old_file_is_left_beside(filled: Cli, steps: Migrations) -> None:
    migrations.step(NEXT)(add_note)
    before = filled.everything()
    filled.ok("status")
    (copy,) = copies(filled.folder)
    assert copy.name == f"{filled.db.name}.v{NEXT - 1}-backup"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with closing(sqlite3.connect(copy)) as file:
        assert dump(file) == before
        assert file.execute("PRAGMA user_version").fetchone() == (NEXT - 1,)
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_the_copy_that_was_made_first_is_kept(filled: Cli, steps: Migrations) -> None:
    first = filled.folder / f"{filled.db.name}.v{NEXT - 1}-backup"
    first.write_bytes(b"made by an earlier attempt")
    migrations.step(NEXT)(add_note)
    filled.ok("status")
    assert first.read_bytes() == b"made by an earlier attempt"


def test_a_copy_that_fails_leaves_no_half_file_and_an_old_file(
    filled: Cli, steps: Migrations, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrations.step(NEXT)(add_note)
    before = filled.db.read_bytes()

    def no_room(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", no_room)
    message = filled.refused("status")
    assert "the disk is full" in message
    assert filled.db.read_bytes() == before
    assert copies(filled.folder) == []


# ── at once ──

RACER = f"""
import pathlib, sys, time
from advedu.storage import connection, migrations
connection.FILE_VERSION = migrations.FILE_VERSION = {NEXT}
connection.FINGERPRINT = sys.argv[2]

@migrations.step({NEXT})
def m_note(db):
    time.sleep(0.05)
    db.execute({ADD_NOTE!r})

print("ready", flush=True)
sys.stdin.readline()
file = connection.connect(pathlib.Path(sys.argv[1]))
assert file.execute("PRAGMA user_version").fetchone() == ({NEXT},)
"""


def test_programs_that_open_an_old_file_at_once_migrate_it_once(filled: Cli) -> None:
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", RACER, str(filled.db), fingerprint_of_next()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            text=True,
        )
        for _ in range(4)
    ]
    for racer in racers:
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        racer.stdin.write("go\n")
        racer.stdin.flush()
    answers = [(racer.communicate(timeout=60)[1], racer.returncode) for racer in racers]
    assert answers == [("", 0)] * 4
    names = filled.query("SELECT name FROM _sqlite_migrations ORDER BY id")
    assert [name for (name,) in names][-1] == "m_note"
    assert len(set(names)) == len(names)
    (copy,) = copies(filled.folder)
    with closing(sqlite3.connect(copy)) as file:
        assert file.execute("PRAGMA user_version").fetchone() == (NEXT - 1,)
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)

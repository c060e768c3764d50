"""Opening and making files: what is not ours is refused in one line and stays as it is, byte for byte."""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from advedu.storage import connection, schema, writers
from tests.support import Cli, assert_one_line, process

APPLICATION_ID = 0x61647665
READING = (("status",), ("unit", "list"), ("member", "list"), ("overdue",), ("log",), ("campaign", "show"))
WRITING = (
    ("unit", "add", "X", "--name", "x", "--kind", "党支部"),
    ("pin", "2005-03-01"),
    ("milestone", "mark", "X", "M104"),
)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# ── making a file ──


def test_init_makes_a_file_for_its_owner_alone(bare: Cli) -> None:
    before = os.umask(0o000)
    try:
        bare.ok("init")
    finally:
        os.umask(before)
    assert mode(bare.db) == 0o600
    assert [path.name for path in bare.folder.iterdir()] == [bare.db.name]


def test_init_says_what_to_do_next(bare: Cli) -> None:
    assert "advedu import units" in bare.ok("init")


@pytest.mark.parametrize("found", [b"", b"notes of mine", b"SQLite format 3\x00"])
def test_init_refuses_what_is_there_already(bare: Cli, found: bytes) -> None:
    bare.db.write_bytes(found)
    assert "exists already" in bare.refused("init")
    assert bare.db.read_bytes() == found


def test_init_refuses_its_own_file_a_second_time(filled: Cli) -> None:
    before = filled.db.read_bytes()
    filled.refused("init")
    assert filled.db.read_bytes() == before


def test_init_refuses_a_folder_and_a_dangling_link(bare: Cli) -> None:
    bare.db.mkdir()
    bare.refused("init")
    bare.db.rmdir()
    bare.db.symlink_to(bare.folder / "nowhere")
    bare.refused("init")
    assert not (bare.folder / "nowhere").exists()


def test_init_in_a_folder_that_does_not_exist(bare: Cli) -> None:
    bare.db = bare.folder / "none" / "test.db"
    assert str(bare.db) in bare.refused("init")
    assert not bare.db.parent.exists()


def test_init_that_fails_leaves_no_file(bare: Cli) -> None:
    bare.refused("init", "--campaign", "no-such-campaign")
    definition = bare.write("mine.toml", "format_version = 1\n")
    bare.refused("init", "--campaign", definition)
    assert not bare.db.exists()


def test_init_that_fails_while_writing_leaves_no_file(bare: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("advedu.storage.campaign.save", full)
    assert "full" in bare.refused("init")
    assert list(bare.folder.iterdir()) == []


def test_init_with_a_definition_of_ones_own(bare: Cli) -> None:
    shipped = (Path(connection.__file__).parents[1] / "campaigns" / "advanced-nature-2005.toml").read_text("utf-8")
    mine = bare.write("mine.toml", shipped.replace("advanced-nature-2005", "another", 1))
    assert bare.json("init", "--campaign", mine)["campaign"] == "another"
    assert bare.json("campaign", "show")["code"] == "another"


# ── no file ──


@pytest.mark.parametrize("argv", [*READING, *WRITING])
def test_a_missing_file_is_an_error_and_is_not_made(bare: Cli, argv: tuple[str, ...]) -> None:
    message = bare.refused(*argv)
    assert "advedu init" in message
    assert list(bare.folder.iterdir()) == []


def test_a_folder_is_no_file(bare: Cli) -> None:
    bare.db.mkdir()
    bare.refused("status")


# ── the wrong file ──


def foreign(path: Path, *, application_id: int = 0, version: int = 0) -> None:
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE note (text)")
        file.execute("INSERT INTO note VALUES ('somebody else''s')")
        file.execute(f"PRAGMA application_id = {application_id}")
        file.execute(f"PRAGMA user_version = {version}")
        file.commit()


def wrong_files(folder: Path) -> dict[str, bytes]:
    """Files that are not ours, or not ours to open."""
    path = folder / "made.db"
    found = {
        "empty": b"",
        "text": "区委,瓯海\n".encode(),
        "workbook": b"PK\x03\x04" + bytes(600),
        "header alone": b"SQLite format 3\x00",
        "random": bytes(range(256)) * 40,
    }
    for name, application_id, version in (
        ("another program's", 0, 0),
        ("another application id", 0x12345678, 1),
        ("newer", APPLICATION_ID, schema.FILE_VERSION + 1),
    ):
        foreign(path, application_id=application_id, version=version)
        found[name] = path.read_bytes()
        path.unlink()
    return found


@pytest.mark.parametrize(
    "name",
    ["empty", "text", "workbook", "header alone", "random", "another program's", "another application id", "newer"],
)
def test_a_wrong_file_is_refused_in_one_line_and_stays_as_it_is(bare: Cli, name: str) -> None:
    content = wrong_files(bare.folder)[name]
    bare.db.write_bytes(content)
    for argv in (READING[0], READING[1], WRITING[0]):
        message = bare.refused(*argv)
        assert bare.db.name in message
    assert bare.db.read_bytes() == content
    assert [path.name for path in bare.folder.iterdir()] == [bare.db.name]


def test_a_newer_file_names_both_versions(bare: Cli) -> None:
    foreign(bare.db, application_id=APPLICATION_ID, version=999)
    message = bare.refused("status")
    assert "999" in message
    assert "newer" in message


@pytest.mark.parametrize("version", [0, -5])
def test_a_version_that_never_was_is_refused_and_nothing_is_left_beside_it(bare: Cli, version: int) -> None:
    foreign(bare.db, application_id=APPLICATION_ID, version=version)
    before = bare.db.read_bytes()
    bare.refused("status")
    assert bare.db.read_bytes() == before
    assert [path.name for path in bare.folder.iterdir()] == [bare.db.name]


@pytest.mark.parametrize("argv", [READING[0], READING[1], WRITING[0]])
def test_our_id_and_version_over_other_tables_is_refused(bare: Cli, argv: tuple[str, ...]) -> None:
    foreign(bare.db, application_id=APPLICATION_ID, version=schema.FILE_VERSION)
    before = bare.db.read_bytes()
    bare.refused(*argv)
    assert bare.db.read_bytes() == before


@pytest.mark.parametrize("argv", [READING[0], READING[1], WRITING[0]])
def test_a_truncated_file_is_refused(filled: Cli, argv: tuple[str, ...]) -> None:
    whole = filled.db.read_bytes()
    filled.db.write_bytes(whole[: len(whole) // 2])
    filled.refused(*argv)


@pytest.mark.parametrize("argv", [READING[0], READING[1], WRITING[0]])
def test_damaged_pages_are_said_in_one_line(filled: Cli, argv: tuple[str, ...]) -> None:
    whole = filled.db.read_bytes()
    filled.db.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    filled.refused(*argv)


def test_a_file_with_our_schema_but_no_campaign_is_refused(bare: Cli) -> None:
    connection.create(bare.db).close()
    bare.refused("status")


# ── a file in use ──


def test_a_file_that_somebody_writes_is_said_to_be_locked(filled: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "LOCK_SECONDS", 0.05)
    before = filled.db.read_bytes()
    with closing(sqlite3.connect(filled.db, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "locked" in filled.refused(*WRITING[0][:-4], "--name", "x", "--kind", "党支部")
        assert filled("status").code == 0, "reading goes on beside a writer"
        other.execute("ROLLBACK")
        other.execute("BEGIN EXCLUSIVE")
        for argv in (READING[0], READING[1], WRITING[1]):
            assert "locked" in filled.refused(*argv)
        other.execute("ROLLBACK")
    assert filled.db.read_bytes() == before
    filled.ok(*WRITING[1])


def test_a_writer_waits_for_another_one(filled: Cli) -> None:
    with closing(sqlite3.connect(filled.db, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        from threading import Timer

        timer = Timer(0.3, lambda: other.execute("ROLLBACK"))
        timer.start()
        start = time.monotonic()
        filled.ok("pin", "2005-03-01")
        timer.join()
    assert time.monotonic() - start >= 0.2


def test_translated_lets_our_own_faults_through(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.IntegrityError), connection.translated(tmp_path):
        raise sqlite3.IntegrityError("a broken constraint is no broken disk")


# ── what every connection is like ──


def test_a_connection_is_careful(filled: Cli) -> None:
    with closing(connection.connect(filled.db)) as file:
        for pragma, wanted in (
            ("foreign_keys", 1),
            ("trusted_schema", 0),
            ("cell_size_check", 1),
            ("recursive_triggers", 1),
        ):
            assert file.execute(f"PRAGMA {pragma}").fetchone() == (wanted,), pragma
        assert file.isolation_level is None
        with pytest.raises(sqlite3.IntegrityError):
            file.execute("INSERT INTO transfer VALUES (1, '2005-01-01', 1, 999, NULL, '2005-01-01')")


def test_a_path_with_marks_of_addresses_is_a_path(bare: Cli) -> None:
    bare.db = bare.folder / "a?mode=memory#x %41 区.db"
    bare.ok("init")
    bare.ok("status")
    assert [path.name for path in bare.folder.iterdir()] == [bare.db.name]


def test_columns_keep_their_types(filled: Cli) -> None:
    with closing(connection.connect(filled.db)) as file:
        file.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT value in INTEGER column"):
            file.execute("UPDATE unit SET declared_members = '十二'")
        file.execute("ROLLBACK")


# ── as a process ──


def test_the_file_is_found_by_option_by_variable_and_in_the_folder(bare: Cli, tmp_path: Path) -> None:
    assert process("init", cwd=bare.folder).returncode == 0
    assert (bare.folder / "advedu.db").is_file()
    assert process("unit", "list", cwd=bare.folder).returncode == 0
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    variable = {"ADVEDU_DB": str(bare.folder / "advedu.db")}
    assert process("unit", "list", cwd=elsewhere, env=variable).returncode == 0
    assert process("unit", "list", "--db", "none.db", cwd=elsewhere, env=variable).returncode == 1
    assert list(elsewhere.iterdir()) == []


def test_a_process_says_one_line_on_standard_error(bare: Cli) -> None:
    answer = process("--db", bare.db, "status")
    assert answer.returncode == 1
    assert answer.stdout == b""
    assert_one_line(answer.stderr.decode())


@pytest.mark.skipif(sys.platform == "win32", reason="no file modes there")
def test_the_umask_of_a_process_does_not_matter(bare: Cli) -> None:
    before = os.umask(0o077)
    try:
        os.umask(0o000)
        assert process("--db", bare.db, "init").returncode == 0
    finally:
        os.umask(before)
    assert mode(bare.db) == 0o600

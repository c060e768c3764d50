"""The schema that a file of this version has, and how any other is told from it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from advedu.storage import schema
from advedu.storage.connection import create
from advedu.storage.schema import FILE_VERSION, FINGERPRINT, STEPS_SEEN, fingerprint, installed, schema_text


def test_the_fingerprint_is_that_of_schema_sql_and_the_triggers() -> None:
    assert installed().fingerprint == FINGERPRINT


def test_a_made_file_has_the_fingerprint(tmp_path: Path) -> None:
    with closing(create(tmp_path / "a.db")) as file:
        assert fingerprint(file) == FINGERPRINT


def test_any_other_object_changes_the_fingerprint(tmp_path: Path) -> None:
    for statement in (
        "CREATE VIEW v AS SELECT 1",
        "CREATE TRIGGER t AFTER INSERT ON _sqlite_migrations BEGIN SELECT 1; END",
        "CREATE INDEX i ON unit (chief)",
        "DROP TRIGGER history_unit_update",
    ):
        path = tmp_path / f"{abs(hash(statement))}.db"
        with closing(create(path)) as file:
            file.execute(statement)
            assert fingerprint(file) != FINGERPRINT, statement


def test_the_steps_seen_are_those_that_are_declared() -> None:
    from advedu.storage.migrations import STEPS

    with closing(sqlite3.connect(":memory:")) as empty:
        from sqlite_utils import Database

        assert [step.name for step in STEPS.pending(Database(empty))] == list(STEPS_SEEN)


def test_schema_sql_says_the_version_of_the_program() -> None:
    assert f"PRAGMA user_version = {FILE_VERSION};" in schema_text()


def test_the_text_is_found_in_a_checkout() -> None:
    assert "CREATE TABLE unit (" in schema.schema_text()

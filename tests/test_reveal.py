"""--reveal shows personal numbers whole, and that it was asked for is recorded where it can be."""

from __future__ import annotations

import json
import sqlite3

import pytest

from advedu.commands.session import Session
from tests.support import Cli


def test_numbers_are_masked_unless_asked_for(filled: Cli) -> None:
    row = filled.query("SELECT code, id_number FROM member WHERE id_number IS NOT NULL")[0]
    code, number = row[0], str(row[1])
    assert number not in filled.ok("member", "show", code)
    assert number in filled.ok("member", "show", code, "--reveal")


def test_a_reveal_is_an_entry_of_the_history(filled: Cli) -> None:
    code = filled.query("SELECT code FROM member")[0][0]
    before = len(json.loads(filled.ok("log", "--format", "json"))["rows"])
    filled.ok("member", "list", "--reveal")
    filled.ok("member", "show", code, "--reveal")
    rows = json.loads(filled.ok("log", "--format", "json"))["rows"]
    assert len(rows) == before + 2
    assert all("--reveal" in row["command"] and row["changes"] == 0 for row in rows[:2])
    assert filled("verify").code == 0


def test_a_file_that_cannot_be_written_answers_all_the_same_and_says_so(
    filled: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, number = filled.query("SELECT code, id_number FROM member WHERE id_number IS NOT NULL")[0]
    opened = Session.connection.func  # type: ignore[attr-defined]

    def read_only(session: Session) -> sqlite3.Connection:
        connection: sqlite3.Connection = opened(session)
        connection.execute("PRAGMA query_only = ON")
        return connection

    monkeypatch.setattr(Session.connection, "func", read_only)
    answer = filled("member", "show", code, "--reveal", "--lang", "en")
    assert answer.code == 0
    assert str(number) in answer.out
    assert "could not be recorded" in answer.err

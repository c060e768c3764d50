"""The child that reads workbooks, and what becomes of the program when it dies."""

from __future__ import annotations

import io
import os
import signal
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from advedu.importing.cells import Flaw
from advedu.importing.workbook import archive, call, sheets
from tests.importing.hostile import GOOD, HEAD, LINE, cell, packed, parts, sheet, xlsx
from tests.support import Cli, write_xlsx


def test_days_and_kinds_come_back_as_they_were(tmp_path: Path) -> None:
    rows = [["a", 1.5, True, date(2005, 1, 20), datetime(2005, 1, 20, 8, 30), None, "字"], ["b"]]
    book = call.read(write_xlsx(tmp_path / "a.xlsx", {"S": rows, "T": [["x"]]}).read_bytes())
    assert book.names == ["S", "T"]
    first, second = book.sheets[0].rows
    assert list(first) == ["a", 1.5, True, date(2005, 1, 20), datetime(2005, 1, 20, 8, 30), "", "字"]
    assert second[0] == "b"
    assert [each.name for each in call.read((tmp_path / "a.xlsx").read_bytes(), "T").sheets] == ["T"]


def test_cells_without_a_value_are_no_empty_cells() -> None:
    rows = '<row r="2"><c r="A2"><f>1+1</f></c><c r="B2" t="e"><v>#REF!</v></c><c r="C2"><f>1</f><v>1</v></c></row>'
    (found,) = call.read(xlsx(rows)).sheets
    assert [(str(each), type(each)) for each in found.rows[1][:2]] == [("=1+1", Flaw), ("#REF!", Flaw)]
    assert found.rows[1][2] == 1.0


def test_the_quick_look_and_the_slow_one_see_the_same() -> None:
    rows = HEAD + LINE + f'<row r="40">{cell("AB40")}<c r="AC40" s="1"/></row>'
    for text in (sheet(rows), sheet(rows).replace('<c r="A2"', '<c  r="A2"')):
        content = packed(parts(text))
        part = archive.parts(content)["xl/worksheets/sheet1.xml"]
        found = sheets.xlsx(content, part)
        assert found.rows >= 40
        assert found.columns >= 28
        assert found.cells >= 7


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("name", ["SIGKILL", "SIGSEGV", "SIGABRT", "SIGXCPU"])
def test_a_child_that_dies_is_one_error(filled: Cli, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    begun = call.subprocess.Popen

    def start(*args: Any, **options: Any) -> Any:
        child = begun(*args, **options)
        os.kill(child.pid, getattr(signal, name))
        return child

    monkeypatch.setattr(call.subprocess, "Popen", start)
    before = filled.everything()
    document = filled.json("import", "milestones", filled.write("a.xlsx", GOOD), code=3)
    assert [error["code"] for error in document["errors"]] == ["too_large"]
    assert filled.everything() == before


def test_a_child_that_cannot_be_started_is_one_error(filled: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(filled.folder / "none"))
    document = filled.json("import", "milestones", filled.write("a.xlsx", GOOD), code=3)
    assert [error["code"] for error in document["errors"]] == ["unreadable"]


def test_a_child_that_never_answers_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(call, "_START", "import time; time.sleep(60)")
    monkeypatch.setattr(call, "_PATIENCE", 0.3)
    with pytest.raises(call.Failed) as failed:
        call.read(GOOD)
    assert failed.value.code == "too_large"


def test_an_archive_with_bytes_before_and_behind() -> None:
    assert archive.parts(GOOD + b"\0" * 100)
    with pytest.raises(archive.Refused):
        archive.parts(io.BytesIO(GOOD).getvalue()[:-5])

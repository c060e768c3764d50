"""`advedu demo --sheets`: a folder with the sheets, whole or not there, and commands that really import them."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from advedu.demo import DAYS, unpack
from advedu.demo.load import load
from tests.support import Cli


@pytest.mark.parametrize(("language", "said"), [("en", "advedu init"), ("zh", "演示区")])
def test_a_folder_with_sheets_and_what_to_do_with_them(bare: Cli, language: str, said: str) -> None:
    folder = bare.folder / "演示 表"
    out = bare.ok("demo", "--sheets", folder, lang=language)
    assert str(folder / "README.txt") in out
    text = (folder / "README.txt").read_text(encoding="utf-8-sig")
    assert said in text
    assert DAYS[0] in text
    sheets = sorted(folder.rglob("*.csv"))
    assert len(sheets) > 190
    assert all(sheet.read_bytes().startswith(b"\xef\xbb\xbf") for sheet in sheets)
    lines = (folder / "commands.txt").read_text(encoding="utf-8").splitlines()
    named = [words[3] for line in lines if (words := shlex.split(line))[1] == "import"]
    assert sorted(folder / name for name in named) == sheets
    assert list(bare.folder.iterdir()) == [folder]


def test_the_commands_make_the_demonstration(bare: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """As far as the first weeks, which bring units, members, by-hand entries and an override of the usual order."""
    last = "2005-01-12"
    folder = bare.folder / "sheets"
    unpack.unpack(folder, last)
    monkeypatch.chdir(folder)
    for line in (folder / "commands.txt").read_text(encoding="utf-8").splitlines():
        bare.ok(*shlex.split(line)[1:])
    load(bare.folder / "whole.db", last)
    whole = Cli(bare.folder)
    whole.db = bare.folder / "whole.db"
    assert bare.tables() == whole.tables()


def test_something_that_is_there_is_not_touched(bare: Cli) -> None:
    for name in ("file", "folder", "link"):
        there = bare.folder / name
        if name == "file":
            there.write_text("mine")
        elif name == "folder":
            there.mkdir()
        else:
            there.symlink_to("nowhere")
        before = there.lstat()
        assert "exists already" in bare.refused("demo", "--sheets", there)
        assert there.lstat() == before


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_never_half_a_folder(bare: Cli, monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    written = []
    real = Path.write_bytes

    def failing(self: Path, content: bytes) -> int:
        written.append(self)
        if len(written) > 3:
            raise error
        return real(self, content)

    monkeypatch.setattr(Path, "write_bytes", failing)
    answer = bare("demo", "--sheets", bare.folder / "sheets")
    assert answer.code == (1 if isinstance(error, OSError) else 130)
    assert len(written) == 4
    assert list(bare.folder.iterdir()) == []


def test_what_does_not_go_together(bare: Cli) -> None:
    assert "--sheets" in bare.refused("demo", "--sheets", "x", "--output", "y", code=2)
    line = bare.refused("demo", "--day", "2005-03-22", code=2)
    assert all(day in line for day in DAYS)
    bare.refused("demo", "--day", "soon", code=2)
    assert list(bare.folder.iterdir()) == []

"""The way out: formats by option and ending, files whole or not at all, marks, colours and terminals."""

from __future__ import annotations

import os
import stat
import struct
import sys
from pathlib import Path

import pytest

from advedu.errors import CannotWriteOutput
from advedu.output import save
from tests.support import ROOT, Cli, process

BOM = b"\xef\xbb\xbf"


# ── files ──


@pytest.mark.parametrize(
    ("name", "start"),
    [("a.csv", BOM + b"code,"), ("a.tsv", BOM + b"code\t"), ("a.json", b"{\n"), ("a.CSV", BOM + b"code,")],
)
def test_the_ending_says_the_format(filled: Cli, name: str, start: bytes) -> None:
    out = filled.folder / name
    assert filled.ok("unit", "list", "--output", out) == ""
    assert out.read_bytes().startswith(start)


def test_an_option_wins_over_the_ending(filled: Cli) -> None:
    out = filled.folder / "a.csv"
    filled.ok("unit", "list", "--format", "json", "-o", out)
    assert out.read_bytes().startswith(b"{\n")


def test_a_text_file_is_a_table_without_colours(filled: Cli) -> None:
    out = filled.folder / "a.txt"
    filled.ok("status", "--output", out)
    content = out.read_text("utf-8")
    assert "瓯海区委" in content
    assert "\x1b" not in content


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.ods", "a.html", "a.pdf"])
def test_an_ending_of_another_kind_of_file_is_not_given_to_a_text(filled: Cli, name: str) -> None:
    """A text table called .xlsx is a file that nobody can open."""
    out = filled.folder / name
    answer = filled("unit", "list", "--output", out)
    assert answer.code in (1, 2) or not out.read_bytes().decode("utf-8", "replace").startswith(("Code", "code"))


@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.txt"])
def test_a_file_is_for_its_owner_alone(filled: Cli, name: str) -> None:
    before = os.umask(0)
    try:
        filled.ok("member", "list", "--output", filled.folder / name)
    finally:
        os.umask(before)
    assert stat.S_IMODE((filled.folder / name).stat().st_mode) == 0o600


def test_a_file_is_replaced_whole(filled: Cli) -> None:
    out = filled.write("a.csv", "an older and much longer file\n" * 1000)
    filled.ok("unit", "list", "--output", out)
    assert b"older" not in out.read_bytes()
    assert not [path for path in filled.folder.iterdir() if "part" in path.name]


def test_a_file_that_cannot_be_written_leaves_the_old_one(filled: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    out = filled.write("a.csv", "the old one\n")

    def no_room(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", no_room)
    before = {path.name for path in filled.folder.iterdir()}
    filled.refused("unit", "list", "--output", out)
    assert out.read_text() == "the old one\n"
    assert {path.name for path in filled.folder.iterdir()} == before


def test_a_report_that_fails_leaves_no_file(filled: Cli) -> None:
    filled.refused("unit", "show", "none", "--output", filled.folder / "a.csv")
    assert not (filled.folder / "a.csv").exists()


@pytest.mark.parametrize("name", ["none/a.csv", "."])
def test_a_place_where_nothing_can_be_written(filled: Cli, name: str) -> None:
    filled.refused("unit", "list", "--output", filled.folder / name)


def test_save_says_why(tmp_path: Path) -> None:
    with pytest.raises(CannotWriteOutput):
        save(tmp_path / "none" / "a", b"x")


def test_the_file_itself_is_no_place_for_a_report(filled: Cli) -> None:
    """A slip of the tab key must not replace the campaign file by a list of it."""
    before = filled.db.read_bytes()
    filled("unit", "list", "--output", filled.db)
    assert filled.db.read_bytes() == before


# ── pipes ──


@pytest.mark.parametrize("format_", ["csv", "tsv", "json", "table"])
def test_a_pipe_gets_no_mark_no_colour_and_every_cell_whole(filled: Cli, format_: str) -> None:
    name = "甲" * 120
    filled.ok("unit", "edit", "330304-A2", "--name", name)
    answer = process("--db", filled.db, "unit", "list", "--format", format_, env={"COLUMNS": "40", "FORCE_COLOR": "1"})
    assert answer.returncode == 0
    assert not answer.stdout.startswith(BOM)
    assert b"\x1b" not in answer.stdout
    assert name in answer.stdout.decode()


def test_standard_output_by_name(filled: Cli) -> None:
    assert filled.ok("unit", "list", "--format", "csv", "--output", "-") == filled.ok("unit", "list", "--format", "csv")
    assert not (filled.folder / "-").exists()


def test_a_pipe_that_is_closed_early_is_no_error(filled: Cli) -> None:
    import subprocess

    words = [sys.executable, "-m", "advedu", "--db", str(filled.db), "campaign", "show", "--format", "json"]
    running = subprocess.Popen(
        words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    running.stdout.close()
    assert b"Traceback" not in running.stderr.read()
    running.stderr.close()
    assert running.wait(30) in (0, 141, -13)


def test_a_narrow_code_page_shows_what_it_lacks_instead_of_stopping(filled: Cli) -> None:
    filled.ok("unit", "edit", "330304-A2", "--name", "𠮷é")
    for encoding in ("ascii", "gbk"):
        answer = process("--db", filled.db, "unit", "list", env={"PYTHONIOENCODING": encoding})
        assert answer.returncode == 0, answer
        assert b"\\U00020bb7" in answer.stdout


# ── terminals ──


def on_terminal(cli: Cli, *argv: str, columns: int = 80, env: dict[str, str] | None = None) -> str:
    """Run a process whose output is a terminal of so many columns."""
    fcntl, pty, termios = (pytest.importorskip(name) for name in ("fcntl", "pty", "termios"))
    import subprocess

    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    surroundings = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "TERM": "xterm",
        "LANG": "C.UTF-8",
        **(env or {}),
    }
    running = subprocess.Popen(
        [sys.executable, "-m", "advedu", "--db", str(cli.db), "--lang", "en", *argv],
        stdout=slave,
        stderr=slave,
        stdin=subprocess.DEVNULL,
        env=surroundings,
    )
    os.close(slave)
    pieces = []
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:
            break
        if not piece:
            break
        pieces.append(piece)
    os.close(master)
    assert running.wait(30) == 0
    return b"".join(pieces).decode().replace("\r\n", "\n")


def test_a_terminal_gets_colours_unless_it_wants_none(filled: Cli) -> None:
    assert "\x1b[" in on_terminal(filled, "overdue")
    plain = [
        on_terminal(filled, "overdue", env={"NO_COLOR": "1"}),
        on_terminal(filled, "overdue", env={"TERM": "dumb"}),
        on_terminal(filled, "overdue", "--no-color"),
    ]
    assert [text for text in plain if "\x1b" in text] == []
    assert plain[0] == plain[1] == plain[2]


@pytest.mark.parametrize("columns", [80, 132])
def test_every_line_fits_the_terminal(filled: Cli, columns: int) -> None:
    from advedu.values.text import cell_width

    filled.ok(
        "unit",
        "edit",
        "330304-A2",
        "--name",
        "中共温州市瓯海区卫生和人口计划生育局机关离退休干部联合党组",
        "--chief",
        "欧阳明华",
    )
    for words in ("status", "overdue", "unit list", "unit show 330304-A2"):
        out = on_terminal(filled, *words.split(), columns=columns, env={"NO_COLOR": "1"})
        # Titles and notes are sentences, which the terminal itself breaks.
        drawn = [block for block in out.split("\n\n") if "──" in block]
        assert drawn
        lines = [line for block in drawn for line in block.splitlines()]
        too_wide = [line for line in lines if cell_width(line.rstrip()) > columns]
        assert too_wide == [], words


def test_a_very_narrow_terminal_is_no_error(filled: Cli) -> None:
    for words in ("status", "overdue", "unit list", "member show P000001", "nine status", "nine show P000001", "log"):
        out = on_terminal(filled, *words.split(), columns=20, env={"NO_COLOR": "1"})
        assert "Traceback" not in out, words

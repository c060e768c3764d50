"""The pager: only between two terminals, the user's own, and never in the way."""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Mapping

import pytest

from advedu.output import pager
from tests.support import ROOT, Cli


def test_the_users_own_pager_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    assert pager.command({"ADVEDU_PAGER": "more -f", "PAGER": "less"}) == ["more", "-f"]
    assert pager.command({"PAGER": "most"}) == ["most"]
    assert pager.command({"ADVEDU_PAGER": "", "PAGER": "less"}) == []
    assert pager.command({"PAGER": "cat"}) == []
    monkeypatch.setattr(pager.shutil, "which", lambda name: None)
    assert pager.command({}) == []


def test_a_pager_that_is_not_there_loses_nothing() -> None:
    stream = io.StringIO()
    pager.show("one\ntwo\n", ["/no/such/pager"], stream)
    assert stream.getvalue() == "one\ntwo\n"


def on_terminal(cli: Cli, *argv: str, env: Mapping[str, str] | None = None, lines: int = 10) -> tuple[int, str]:
    """Run the program on a terminal of ten lines; return its exit code and all that the terminal got."""
    fcntl, pty, termios = (pytest.importorskip(name) for name in ("fcntl", "pty", "termios"))
    import struct
    import subprocess

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, 100, 0, 0))
    environ = {name: value for name, value in os.environ.items() if name not in ("PAGER", "LESS", "COLUMNS", "LINES")}
    environ |= {"TERM": "xterm", "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **(env or {})}
    words = [sys.executable, "-m", "advedu", "--db", str(cli.db), "--lang", "en", *argv]
    child = subprocess.Popen(words, stdin=theirs, stdout=theirs, stderr=theirs, env=environ)
    os.close(theirs)
    shown = b""
    end = time.monotonic() + 30
    try:
        while time.monotonic() < end and (piece := os.read(ours, 65536)):
            shown += piece
    except OSError:
        pass
    os.close(ours)
    return child.wait(timeout=10), shown.decode()


MARK = f"{sys.executable} -c \"import sys; print('PAGED', len(sys.stdin.buffer.readlines()))\""


def test_what_is_longer_than_the_screen_is_paged(filled: Cli) -> None:
    code, shown = on_terminal(filled, "member", "list", env={"PAGER": MARK})
    assert code == 0
    assert "PAGED" in shown
    assert "王小明" not in shown


def test_what_fits_is_not(filled: Cli) -> None:
    code, shown = on_terminal(filled, "member", "list", env={"PAGER": MARK}, lines=60)
    assert (code, "PAGED" in shown, "王小明" in shown) == (0, False, True)


@pytest.mark.parametrize(
    ("argv", "env"),
    [
        (("--no-pager", "member", "list"), {}),
        (("member", "list", "--no-pager"), {}),
        (("member", "list"), {"TERM": "dumb"}),
        (("member", "list"), {"ADVEDU_PAGER": ""}),
        (("member", "list", "--format", "csv"), {}),
    ],
)
def test_where_none_is_wanted_none_comes(filled: Cli, argv: tuple[str, ...], env: dict[str, str]) -> None:
    code, shown = on_terminal(filled, *argv, env={"PAGER": MARK, **env})
    assert (code, "PAGED" in shown, "王小明" in shown) == (0, False, True)


def test_somebody_who_has_seen_enough_leaves_and_the_exit_code_stays(filled: Cli) -> None:
    code, shown = on_terminal(filled, "overdue", "--check", env={"PAGER": f"{sys.executable} -c 'pass'"})
    assert code == 4
    assert "Traceback" not in shown


def test_no_pager_in_a_pipe(filled: Cli) -> None:
    assert "王小明" in filled.ok("member", "list")

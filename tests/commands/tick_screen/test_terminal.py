"""The keyboard screen on a real terminal of 80 × 24, driven through tmux."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

import pytest

from tests.support import ROOT, Cli
from tools.terminal import TMUX, Terminal, terminal

pytest.importorskip("textual")
pytestmark = pytest.mark.skipif(TMUX is None, reason="tmux is not installed")

COLUMNS, LINES = 80, 24
A1 = "330304-A1"


def opened(cli: Cli, shell: Terminal, *words: str) -> None:
    call = shlex.join([sys.executable, str(ROOT / "cli.py"), "--db", str(cli.db), "tick", *words])
    shell.type(call)
    shell.press("Enter")


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ADVEDU_", "COLUMNS", "LINES"))}
    return kept | {"ADVEDU_LANG": "zh", "ADVEDU_USER": "李敏", "LC_ALL": "C.UTF-8"}


def test_a_unit_is_picked_ticked_and_written(filled: Cli, tmp_path: Path) -> None:
    with terminal(tmp_path, environment(), COLUMNS, LINES) as shell:
        opened(filled, shell)
        shell.until("ctrl+q")
        shell.type("qjyjdw")
        shell.until("330304-A1")
        shell.press("Enter")
        shell.until("空格")
        # All of it has room: the last milestone's column, and the last key that the last line names.
        screen = shell.screen()
        assert "M306" in screen or "306" in screen
        assert screen.splitlines()[-1].rstrip().endswith("q 离开")
        shell.press("Space")
        shell.until("[✓]")
        assert filled.query("SELECT count(*) FROM milestone_done") == [(0,)]
        shell.press("Enter")
        shell.until("已写入")
        shell.press("q")
        shell.until("写入了1次操作")
    ((unit, milestone, day),) = filled.query(
        "SELECT u.code, m.code, d.done_on FROM milestone_done d JOIN unit u ON u.id = d.unit_id"
        " JOIN milestone m ON m.id = d.milestone_id"
    )
    assert (unit, milestone, day) == (A1, "M101", "2005-03-31")
    assert filled.rows("log")[0]["who"] == "李敏"


def test_the_grid_follows_the_arrows_and_u_takes_back(filled: Cli, tmp_path: Path) -> None:
    with terminal(tmp_path, environment(), COLUMNS, LINES) as shell:
        opened(filled, shell, A1)
        shell.until("空格")
        for key in ("Right", "Space", "Right", "Space"):
            shell.press(key)
            shell.settled()
        assert shell.screen().count("[✓]") == 2
        shell.press("u")
        shell.settled()
        assert shell.screen().count("[✓]") == 1
        shell.press("F2")
        shell.until("已写入")
        shell.press("q")
        shell.until("写入了1次操作")
    assert filled.query("SELECT m.code FROM milestone_done d JOIN milestone m ON m.id = d.milestone_id") == [("M102",)]

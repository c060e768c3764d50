"""A clerk's day at the terminal: the tab key, finding, the wide reports, and the first paint of the keyboard screen."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import prepare
from measure import COLUMNS, ENVIRONMENT, HAS_TERMINAL, LINES, Candidate, Figure, piped, race
from status_table import FLOOR, FLOOR_PLAIN

HERE = Path(__file__).parent
TAB_LIMIT = 1.3
LIST_LIMIT = 2.0
PAINT_LIMIT = 1.5
# The last line of either screen; painted last.
READY = b"ctrl+q"
GRID_READY = "空格".encode()


def figures() -> list[Figure]:
    prepare.demo()
    ours = (prepare.ADVEDU, "--db", prepare.DEMO)

    def tab(*words: str) -> Candidate:
        return Candidate(piped(prepare.ADVEDU, "__complete", "bash", "--db", prepare.DEMO, *words))

    times = race(
        {
            "tab: a unit's code": tab("unit", "show", "A110"),
            "tab: a member's code": tab("member", "show", "P0001"),
            "tab: a unit by initials": tab("unit", "show", "qjyjdw"),
            "tab: a command": tab("ov"),
            "bare floor": Candidate(piped(*FLOOR_PLAIN)),
        }
    )
    found = [
        times.versus("tab: a unit's code", "bare floor", TAB_LIMIT),
        times.versus("tab: a member's code", "bare floor", TAB_LIMIT),
        times.versus("tab: a unit by initials", "bare floor"),
        times.versus("tab: a command", "bare floor", TAB_LIMIT),
    ]
    calls = ("find wxm", "find 建国", "find 85686642", "matrix", "matrix --format json", "today", "trend")
    floor = "floor with rich, pipe"
    lists = {call: Candidate(piped(*ours, *call.split())) for call in (*calls, "overdue --by chief")}
    times = race({**lists, floor: Candidate(piped(*FLOOR))})
    found += [times.versus(call, floor, LIST_LIMIT) for call in lists]
    if not HAS_TERMINAL:
        return [*found, Figure("tick", "no pty here: left out")]
    floor = "floor of a screen"
    times = race(
        {
            "tick, the list": Candidate(painted(READY, *ours, "tick")),
            "tick, the grid of a unit": Candidate(painted(GRID_READY, *ours, "tick", "A11")),
            floor: Candidate(painted(READY, prepare.PYTHON, HERE / "floor_tick.py", prepare.DEMO)),
        }
    )
    # Of a grid every cell is drawn by itself, so it is only shown how far that is from one column.
    return [*found, times.versus("tick, the list", floor, PAINT_LIMIT), times.versus("tick, the grid of a unit", floor)]


def painted(mark: bytes, *argv: str | Path) -> Callable[[], None]:
    """Return what runs a screen until a mark stands on it, and ends it then."""
    import fcntl
    import pty
    import struct
    import termios

    def run() -> None:
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        child = subprocess.Popen(list(map(str, argv)), env=ENVIRONMENT, stdin=theirs, stdout=theirs, stderr=theirs)
        os.close(theirs)
        shown = b""
        while mark not in shown:
            shown += os.read(ours, 65536)
        child.kill()
        child.wait()
        os.close(ours)

    return run

"""How the benchmarks measure: whole processes take turns, and the median of the ratios of their turns is the figure.

Absolute times say little about another machine; a ratio of two programs that ran next to each other says a lot.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

ROUNDS = 21
# How a program leaves that ran, and found something.
FOUND = 4
# The terminal on which tables are drawn.
COLUMNS, LINES = 140, 50
# What a clerk's shell does not set: switches of Python, our own settings, the size of a terminal.
_UNSET = ("PYTHON", "ADVEDU_", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR")
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(_UNSET)}
# A pager would wait for somebody to leave it.
ENVIRONMENT |= {"ADVEDU_LANG": "zh", "ADVEDU_PAGER": "", "TERM": "xterm-256color"}


class Figure(NamedTuple):
    """One line of the table; `met` is None where nothing is demanded."""

    what: str
    figure: str
    demand: str = ""
    met: bool | None = None


class Candidate(NamedTuple):
    """What takes part in a race: `run` is timed, `before` is not."""

    run: Callable[[], None]
    before: Callable[[], object] = lambda: None


class Times:
    """The seconds that each candidate took in each round."""

    def __init__(self, seconds: Mapping[str, list[float]]) -> None:
        self.seconds = seconds

    def ratios(self, ours: str, theirs: str) -> list[float]:
        """Return ours ÷ theirs, round by round."""
        return [mine / other for mine, other in zip(self.seconds[ours], self.seconds[theirs], strict=True)]

    def versus(self, ours: str, theirs: str, limit: float | None = None, *, faster: bool = False) -> Figure:
        """Return a line: the median ratio with its middle half, and the median times."""
        ratios = self.ratios(ours, theirs)
        low, _, high = quantiles(ratios, n=4)
        figure = f"{median(ratios):.2f} × ({low:.2f}–{high:.2f}); {self.shown(ours)} : {self.shown(theirs)}"
        what = f"{ours} : {theirs}"
        if faster:
            return Figure(what, figure, "< 1 ×", median(ratios) < 1)
        if limit is None:
            return Figure(what, figure)
        return Figure(what, figure, f"≤ {limit:g} ×", median(ratios) <= limit)

    def shown(self, name: str) -> str:
        """Return a candidate's median time."""
        return duration(median(self.seconds[name]))


def race(candidates: Mapping[str, Candidate], rounds: int = ROUNDS) -> Times:
    """Let the candidates run in turn, every other round backwards, after one round that does not count."""
    seconds: dict[str, list[float]] = {name: [] for name in candidates}
    for number in range(-1, rounds):
        order = list(candidates.items())
        for name, candidate in order if number % 2 else reversed(order):
            candidate.before()
            start = time.perf_counter()
            candidate.run()
            if number >= 0:
                seconds[name].append(time.perf_counter() - start)
    return Times(seconds)


def piped(*argv: str | Path, cwd: Path | None = None, found: bool = False) -> Callable[[], None]:
    """Return what runs a program with its output going into a pipe; `found`: it is to find something."""

    def run() -> None:
        output(*argv, cwd=cwd, found=found)

    return run


def on_terminal(*argv: str | Path, found: bool = False) -> Callable[[], None]:
    """Return what runs a program on a terminal of 140 columns; there is none on Windows."""
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
        try:
            while piece := os.read(ours, 65536):
                shown += piece
        except OSError:
            # Linux says so when the last writer has gone.
            pass
        os.close(ours)
        _check(argv, child.wait(), shown, FOUND if found else 0)

    return run


HAS_TERMINAL = sys.platform != "win32"


def output(*argv: str | Path, cwd: Path | None = None, found: bool = False) -> str:
    """Run a program and return what it prints; `found`: it is to find something."""
    words = list(map(str, argv))
    done = subprocess.run(words, cwd=cwd, env=ENVIRONMENT, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    _check(argv, done.returncode, done.stderr, FOUND if found else 0)
    return done.stdout.decode()


def peak(*argv: str | Path) -> float | None:
    """Run a program and return the most memory it held, in MB; None on Windows, which does not tell."""
    if not hasattr(os, "wait4"):
        return None
    child = subprocess.Popen(
        list(map(str, argv)),
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    _check(argv, child.returncode, b"")
    return usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def duration(seconds: float) -> str:
    """Return a time as people read it."""
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"


def _check(argv: tuple[str | Path, ...], code: int, said: bytes, expected: int = 0) -> None:
    # A program that failed early would win every race.
    if code != expected:
        words = " ".join(map(str, argv))
        sys.exit(f"{words[:300]}: exit code {code}\n{said.decode(errors='replace')[-2000:]}")

"""A real terminal for recordings and tests: tmux holds it; we press keys, read the screen, see when it stands still."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

TMUX = shutil.which("tmux")
# A screen that has changed and then not for so long stands still; so long we wait for that.
STILL_SECONDS = 0.6
LONGEST_SECONDS = 30.0
_LOOK_SECONDS = 0.01


class Terminal:
    """A shell on a terminal of its own."""

    def __init__(self, socket: Path) -> None:
        self._socket = socket
        self._pressed = time.perf_counter()
        self._before = ""

    def press(self, keys: str) -> None:
        """Press one key, by tmux's name: Enter, Tab, Down, Space, C-c."""
        self._send(keys)

    def type(self, text: str) -> None:
        """Type a text, without an Enter."""
        self._send("-l", text)

    def _send(self, *words: str) -> None:
        self._before = self.screen()
        self._pressed = time.perf_counter()
        self._call("send-keys", "-t", "0", *words)

    def settled(self, *, until: str = "") -> float:
        """Wait until the screen has changed and stands still; return the seconds from the last key to its last change.

        Args:
            until: what ends the last line then, the prompt for instance. So a program that thinks for long before it
                writes on is not taken for one that is through.

        Raises:
            TimeoutError: it did not change, or went on changing.
        """
        shown, changed = self._before, None
        while (now := time.perf_counter()) - self._pressed < LONGEST_SECONDS:
            if (screen := self.screen()) != shown:
                shown, changed = screen, now
            elif changed is not None and now - changed > STILL_SECONDS and shown.rstrip().endswith(until):
                return changed - self._pressed
            time.sleep(_LOOK_SECONDS)
        raise TimeoutError(f"the screen did not come to rest:\n{shown}")

    def until(self, text: str) -> str:
        """Wait until a text stands on the screen; return the screen.

        Raises:
            TimeoutError: it never came.
        """
        start = time.perf_counter()
        while text not in (screen := self.screen()):
            if time.perf_counter() - start > LONGEST_SECONDS:
                raise TimeoutError(f"{text} does not stand on the screen:\n{screen}")
            time.sleep(_LOOK_SECONDS)
        return screen

    def screen(self) -> str:
        """Return what stands on the screen, without the spaces at the ends of lines and the empty lines below."""
        return self._call("capture-pane", "-p", "-t", "0").rstrip("\n")

    def _call(self, *words: str) -> str:
        assert TMUX is not None
        done = subprocess.run(  # noqa: S603 (our own words)
            [TMUX, "-S", str(self._socket), "-u", *words], check=True, capture_output=True, encoding="utf-8"
        )
        return done.stdout


@contextmanager
def terminal(
    folder: Path, environment: Mapping[str, str], columns: int, lines: int, shell: str = "bash --norc --noprofile"
) -> Iterator[Terminal]:
    """Open a terminal of a size with a shell in a folder; it and all that runs in it end with the block."""
    assert TMUX is not None, "tmux is not installed"
    socket = folder / "tmux"
    start = ["new-session", "-d", "-x", str(columns), "-y", str(lines), "-c", str(folder)]
    plain = [TMUX, "-S", str(socket), "-u", "-f", "/dev/null"]
    # The whole height is the shell's: no line of tmux's own below.
    quiet = [";", "set-option", "-g", "status", "off"]
    subprocess.run([*plain, *start, shell, *quiet], check=True, env=dict(environment))  # noqa: S603
    try:
        yield Terminal(socket)
    finally:
        subprocess.run([TMUX, "-S", str(socket), "kill-server"], check=False, capture_output=True)  # noqa: S603

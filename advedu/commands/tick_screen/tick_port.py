"""What the keyboard screen asks of whoever opened it."""

from __future__ import annotations

from typing import Protocol

from advedu.commands.tick_screen.choices import Pick
from advedu.commands.tick_screen.grid import Grid
from advedu.errors import AdveduError
from advedu.recording.ticks import Tick


class TickPort(Protocol):
    """What the screen works with: the file, through the call that opened it."""

    today: str
    title: str

    def choices(self) -> list[Pick]:
        """Return what can be picked."""

    def board(self, kind: str, choice: Pick) -> Grid:
        """Return the grid of what was picked."""

    def day(self, text: str) -> str:
        """Return the day that somebody typed."""

    def refused(self, board: Grid, row: int, column: int, day: str) -> AdveduError | None:
        """Return why a day cannot stand in a cell."""

    def write(self, ticks: list[Tick]) -> int:
        """Write a batch as one operation and return its number."""

"""One bit of the file differs: `verify` finds it whenever it changed anything that the file holds."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.torture.conftest import Counted
from tests.torture.support import FULL, Base, Rows, call, dice, plain, rows, tables, times

# So long is the header of a database file.
HEADER = 100
# Where it keeps the version of the schema, big-endian: the last byte holds the 1.
USER_VERSION = 60
APPLICATION_ID = 68


class Flips:
    """A file, and what one changed bit does to it."""

    def __init__(self, source: Path, folder: Path) -> None:
        self.whole = source.read_bytes()
        self.path = folder / "flipped.db"
        self.path.write_bytes(self.whole)
        with plain(self.path) as connection:
            self.names = tables(connection)
        self.rows = self.now()
        self.flipped = self.harmful = self.unreadable = self.found = self.refused = 0
        self.missed: list[str] = []
        self.crashed: list[str] = []

    def now(self) -> Rows | None:
        """Return what another program reads, or None where it cannot."""
        try:
            return rows(self.path, self.names)
        except (sqlite3.Error, OverflowError, MemoryError, UnicodeDecodeError):
            return None

    def flip(self, place: int, bit: int) -> None:
        changed = bytearray(self.whole)
        changed[place] ^= 1 << bit
        self.path.write_bytes(changed)
        found = self.now()
        # Reading has changed nothing, but the file may have been opened in another way.
        self.path.write_bytes(changed)
        page, offset = divmod(place, 4096)
        where = f"byte {place} (page {page + 1}, offset {offset}), bit {bit}"
        self.flipped += 1
        try:
            answer = call(self.path, "verify")
        except Exception as error:
            self.crashed.append(f"{where}: {error!r}")
            return
        seen = answer.code in (1, 4)
        assert seen or answer.code == 0, answer
        self.found += answer.code == 4
        self.refused += answer.code == 1
        if found == self.rows:
            return
        self.unreadable += found is None
        self.harmful += 1
        if not seen:
            self.missed.append(where)
        for leftover in self.path.parent.glob("flipped.db-*"):
            leftover.unlink()

    def line(self, what: str) -> str:
        return (
            f"{self.flipped} bit flips in {what}: {self.harmful} changed content ({self.unreadable} beyond reading), "
            f"{len(self.missed)} of them missed; verify found {self.found} and refused {self.refused} in all, "
            f"{len(self.crashed)} crashed"
        )


@pytest.mark.long
def test_flips_in_the_demonstration_are_found(base: Base, folder: Path, counted: Counted) -> None:
    trial, random = Flips(base.demo, folder), dice()
    for _ in range(times(300, 40)):
        trial.flip(random.randrange(len(trial.whole)), random.randrange(8))
    counted(trial.line("the demonstration"))
    assert (trial.missed, trial.crashed) == ([], [])


@pytest.mark.long
def test_flips_in_a_small_file_are_found(small: Path, folder: Path, counted: Counted) -> None:
    """Nearly every page of it holds something: indices, schema and history are hit far more often."""
    trial, random = Flips(small, folder), dice()
    full_pages = [n for n in range(len(trial.whole)) if trial.whole[n]]
    for _ in range(times(2000, 60)):
        trial.flip(random.choice(full_pages), random.randrange(8))
    counted(trial.line("a small file"))
    assert (trial.missed, trial.crashed) == ([], [])


def test_flips_in_the_header_are_refused_found_or_harmless(small: Path, folder: Path, counted: Counted) -> None:
    trial, random = Flips(small, folder), dice()
    places = [(place, bit) for place in range(HEADER) for bit in range(8)]
    always = [(USER_VERSION + 3, 0), (USER_VERSION, 7), *((APPLICATION_ID + 3, bit) for bit in range(8))]
    for place, bit in places if FULL else [*random.sample(places, 30), *always]:
        trial.flip(place, bit)
    counted(trial.line("the header"))
    assert (trial.missed, trial.crashed) == ([], [])


def test_flips_in_the_record_of_migrations_are_found(small: Path, folder: Path) -> None:
    """A step that seems never to have run would run again."""
    trial = Flips(small, folder)
    place = trial.whole.index(b"m0001_whole_schema")
    for bit in range(5):
        trial.flip(place, bit)
    assert trial.harmful == 5
    assert (trial.missed, trial.crashed) == ([], [])

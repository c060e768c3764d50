"""Where each member stood that an import has spoken of already: eight bytes each, so that a province fits."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

# A row number of a spreadsheet or of a csv file of a country fits below.
_ROW_BITS = 40
_ROW = (1 << _ROW_BITS) - 1


class Seen:
    """Key of a member → file and row of its first mention."""

    def __init__(self) -> None:
        self._places = array("q")
        self._files: list[str] = []

    def first(self, key: int, file: str, row: int) -> tuple[str, int]:
        """Return where a member was mentioned first, which is here unless it was before."""
        self._reach(key)
        place = self._places[key]
        if not place:
            self._places[key] = self._packed(file) | row
            return file, row
        return self._files[place >> _ROW_BITS], place & _ROW

    def added(self, key: int, file: str, rows: Iterable[int]) -> None:
        """Note the rows of new members, whose keys follow one another."""
        self._reach(key - 1)
        packed = self._packed(file)
        self._places[key:] = array("q", [packed | row for row in rows])

    def _packed(self, file: str) -> int:
        if not self._files or self._files[-1] != file:
            self._files.append(file)
        return (len(self._files) - 1) << _ROW_BITS

    def _reach(self, key: int) -> None:
        missing = key + 1 - len(self._places)
        if missing > 0:
            self._places.frombytes(bytes(missing * self._places.itemsize))

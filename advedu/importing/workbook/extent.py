"""What a sheet holds, as far as its XML was looked at."""

from typing import NamedTuple

# The library holds a sheet as a full rectangle, thirty-two bytes a place.
MOST_CELLS = 4_000_000

# Row and column from 0.
Place = tuple[int, int]


class Extent(NamedTuple):
    """What a sheet holds.

    Attributes:
        cells: how many cells have content.
        rows, columns: how far these reach.
        merged: merged cells as (first, last), where the library does not tell.
        flaws: cells whose value is missing: row, column, what stands there.
    """

    cells: int = 0
    rows: int = 0
    columns: int = 0
    merged: tuple[tuple[Place, Place], ...] = ()
    flaws: tuple[tuple[int, int, str], ...] = ()

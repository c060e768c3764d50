"""Merged cells of a sheet that goes back: which are one again, and where their value is repeated instead."""

from collections.abc import Collection, Mapping, MutableMapping, Sequence
from itertools import product

from advedu.importing.sources import Row, Span

# The number of a row as the sender sees it, and the index of a cell.
Place = tuple[int, int]
# No list of people has as many; what is left out are cells that nothing is lost by.
_MOST_CELLS = 50_000


def kept(
    rows: MutableMapping[int, Row], merged: Sequence[Span], marked: Collection[Place], filled: Mapping[int, Row]
) -> list[Span]:
    """Return the spans that are merged again, and repeat the value of the others in their rows of data.

    Where only the bad rows go back, the cell that holds the value may not be among them; and a note at a cell that is
    covered by another is shown by no spreadsheet program.

    Args:
        rows: number → row of what goes back; rows are changed.
        merged: the merged cells of the sheet.
        marked: where something is wrong.
        filled: number → row of data, with the values of merged cells as they were imported.
    """
    whole: list[Span] = []
    taken: set[Place] = set()
    width = max(map(len, rows.values()), default=0)
    last = max(rows, default=0)
    for (top, left), end in merged:
        bottom, right = min(end[0], last - 1), min(end[1], width - 1)
        if bottom < top or right < left or (top, left) == (bottom, right):
            continue
        room = (bottom - top + 1) * (right - left + 1) + len(taken) <= _MOST_CELLS
        cells = list(product(range(top + 1, bottom + 2), range(left, right + 1))) if room else []
        covered = cells[1:]
        if not room or top + 1 not in rows or any(cell in marked or cell[0] not in rows for cell in covered):
            _repeat(rows, range(top + 2, bottom + 2), left, filled)
        elif taken.isdisjoint(cells):
            taken.update(cells)
            whole.append(((top, left), (bottom, right)))
    return whole


def _repeat(rows: MutableMapping[int, Row], numbers: Sequence[int], column: int, filled: Mapping[int, Row]) -> None:
    for number in numbers:
        if number in rows and number in filled and column < len(filled[number]):
            row = rows[number]
            rows[number] = [*row[:column], *[""] * (column - len(row)), filled[number][column], *row[column + 1 :]]

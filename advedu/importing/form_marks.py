"""What our own workbooks carry for their way back: which column is which, whatever its heading says now, and for whom.

Above the headings stands a hidden row of keys, `advedu.id_number 身份证号`: the identifier of the column, and the
heading that was written below it. The row moves with its columns, through Excel, WPS and LibreOffice, into a csv file
and with a copied sheet. A template also has a cell with a mark: what kind it is, of which unit, of which campaign.
"""

from collections.abc import Sequence
from typing import NamedTuple

Row = Sequence[object]

_KEY = "advedu."
# In the first row of a list of errors, which is no sheet of the sender's.
LIST = "advedu-list"
_MARK = "advedu-template "
# The identifier of a column that is there to be read and not to be imported.
NO_COLUMN = "-"


class FormMark(NamedTuple):
    """What a template is: its kind, the code of its unit, the code of the campaign."""

    kind: str
    unit: str
    campaign: str


class Keyed(NamedTuple):
    """Where the headings are (1-based), and the identifier of each column; "" where it has no key."""

    header: int
    keys: list[str]


def key(identifier: str, title: str) -> str:
    """Return the cell of the row of keys for a column."""
    return f"{_KEY}{identifier} {title}"


def mark(made: FormMark) -> str:
    """Return the cell that says what a template is."""
    import json

    return _MARK + json.dumps(made._asdict(), ensure_ascii=False)


def marked(rows: Sequence[Row]) -> FormMark | None:
    """Return what the first rows of a sheet say that it is, or None for a file of anybody's own."""
    for row in rows:
        for cell in row:
            if isinstance(cell, str) and cell.startswith(_MARK):
                return _read(cell.removeprefix(_MARK))
    return None


def _read(text: str) -> FormMark | None:
    import json

    try:
        found = json.loads(text)
        return FormMark(*(str(found[name]) for name in FormMark._fields))
    except (ValueError, TypeError, KeyError):
        # Somebody typed into the hidden row: the file is read like any other.
        return None


def keyed(rows: Sequence[Row]) -> Keyed | None:
    """Return where the headings stand below a row of keys, or None when there is no such row.

    The headings are the next row with anything in it, if one of its cells still says what was written there: the row
    may have been deleted, and then the next one is somebody's data.
    """
    for number, row in enumerate(rows, start=1):
        if not any(isinstance(cell, str) and cell.startswith(_KEY) for cell in row):
            continue
        pairs = [_pair(cell) for cell in row]
        header = number
        below = next(((n, each) for n, each in enumerate(rows[number:], start=number + 1) if _filled(each)), None)
        if below is not None:
            written = {_bare(title) for _, title in pairs if title}
            if any(isinstance(cell, str) and _bare(cell) in written for cell in below[1]):
                header = below[0]
        return Keyed(header, [name for name, _ in pairs])
    return None


def ours(rows: Sequence[Row]) -> bool:
    """Tell whether a sheet is a list that we wrote to be read, beside one that is sent back."""
    return any(cell == LIST for row in rows[:1] for cell in row)


def hidden(rows: Sequence[Row]) -> list[int]:
    """Return the 0-based places of the rows that were hidden when the workbook was made."""
    return [
        place
        for place, row in enumerate(rows)
        if any(isinstance(cell, str) and cell.startswith((_KEY, _MARK)) for cell in row)
    ]


def _pair(cell: object) -> tuple[str, str]:
    if not isinstance(cell, str) or not cell.startswith(_KEY):
        return "", ""
    identifier, _, title = cell.removeprefix(_KEY).partition(" ")
    return identifier, title


def _bare(text: str) -> str:
    return "".join(text.split()).strip("＊*")


def _filled(row: Row) -> bool:
    return any(cell is not None and str(cell).strip() for cell in row)

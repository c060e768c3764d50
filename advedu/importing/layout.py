"""Where the header is, and which rows below it are data."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from advedu.importing import form_marks, headings
from advedu.importing.headings import IGNORED, Known, heading
from advedu.importing.separated import Stream
from advedu.importing.sources import HEAD, Row, Sheet, Span
from advedu.nouns.declaration import Field
from advedu.values.text import normalise_name

__all__ = ["Dropped", "Layout", "Lines", "NoHeader", "find", "heading"]

# A header stands within the first rows; title and remarks come before it.
HEADER_WITHIN = HEAD
# What our own lists say beside a code; it comes in again with the code.
_BESIDE = ("unit_name", "member_name", "batch_name", "sender_name")
_NO_DATA = {*IGNORED, *_BESIDE, form_marks.NO_COLUMN}
_TOTALS = frozenset(("合计", "小计", "总计", "共计", "累计", "total", "subtotal", "sum"))
_NOTES = re.compile(
    r"#\s*advedu |(注|备注|说明|填表说明|note)\s*[:：0-9一二三]"
    r"|(填表人|填报人|审核人|制表人|制表|审核|负责人签字|单位负责人|联系人|填报单位|填表日期|填报日期)\s*[:：]",
    re.IGNORECASE,
)
_BLANK = frozenset(("", None))
_SUSPECT = frozenset(" \t　合小总共累tTsS注备说填审制负单联nN#")


# Columns that name somebody or something: of two, the one that names it more exactly is read.
_NAMING = ("unit", "parent", "member")
_EXACT = (("编码", "编号", "代码", "code"), ("身份证", "证件"))


class Dropped(NamedTuple):
    """A row that is no data: its number and its first text, None when it is blank; or a run of blank rows.

    A spreadsheet may have a million blank rows between two others, which are as little worth a line each as memory.
    """

    row: int
    text: str | None
    # The last row of a run of blank ones; 0 when it is one row.
    until: int = 0

    @property
    def last_row(self) -> int:
        """The last of the rows, which is the only one mostly."""
        return self.until or self.row

    @property
    def rows(self) -> int:
        """How many rows these are."""
        return self.last_row - self.row + 1


class Layout(NamedTuple):
    """A sheet that was understood.

    Attributes:
        sheet: its name.
        header: the 1-based row of the header; the last one of a header of two rows.
        titles: the headings as they stand there.
        columns: identifier → index of the cell.
        entries: index → key of a milestone, task or item, in a wide sheet; two columns may have the same.
        unknown: the indices of columns that nobody knows.
        rows: data rows with their 1-based row numbers.
        dropped: how many title, header, blank, total and note rows there were (trailing blank ones not counted); of
            a large file those above its first data row, and `rows.dropped` has the others once it was read.
        dropped_rows: these rows, blank ones that follow each other as one entry.
        near: index → identifier, for headings that are misspelt.
        untitled: the indices of columns without a heading.
        visible: whether people see the sheet.
        mark: what the sheet says that it is, when it was made from a template of ours.
        twice: index → index of the column that means the same and is read instead, where its own cells are empty.
    """

    sheet: str | None
    header: int
    titles: list[str]
    columns: dict[str, int]
    entries: dict[int, int]
    unknown: list[int]
    rows: "list[tuple[int, Row]] | Lines"
    dropped: int
    dropped_rows: Sequence[Dropped] = ()
    near: Mapping[int, str] = {}
    untitled: Sequence[int] = ()
    visible: bool = True
    mark: form_marks.FormMark | None = None
    twice: Mapping[int, int] = {}

    @property
    def guess(self) -> int:
        """About how many data rows there are; exactly, but for a large file."""
        return len(self.rows) if isinstance(self.rows, list) else self.rows.guess

    @property
    def score(self) -> int:
        """How well the sheet fits its kind: how many of its columns are known."""
        return len(self.columns) + len(self.entries)


class NoHeader(NamedTuple):
    """A sheet without a usable header: the best row there was, and what it lacks."""

    sheet: str | None
    row: int
    missing: list[Field]


def find(
    sheet: Sheet,
    columns: Sequence[Field],
    entry: str | None,
    entries: Mapping[str, object],
    mapped: Mapping[str, str] | None = None,
) -> Layout | NoHeader:
    """Find the header of a sheet and sort its rows.

    Args:
        sheet: the sheet.
        columns: the columns that its kind of file may have.
        entry: the column that a wide sheet replaces, together with done_on, by one column per entry; or None.
        entries: heading → key of each entry that may be such a column.
        mapped: heading → identifier, as somebody said.
    """
    names = headings.known(columns, entries, mapped or {})
    required = {column.name for column in columns if column.is_needed}
    # Before any look for headings of two rows: our row of keys and the headings below it look like such a header.
    if (ours := _keyed(sheet, required, names, entry)) is not None:
        return ours
    best, best_row, best_found = -1, 1, set[str]()
    rows = top(sheet)
    for number, row in enumerate(rows, start=1):
        head = _head(rows, number, row, names, sheet.merged)
        matched = {names.columns[key] for key in head.keys if key in names.columns}
        nearly = headings.near(head.keys, names) if matched else {}
        matched |= set(nearly.values())
        wide = entry is not None and any(key in entries for key in head.keys if key)
        needed = required - {entry, "done_on"} if wide and entry not in matched else required
        if needed <= matched and matched:
            is_wide = wide and entry not in matched
            return _sorted(sheet, head, nearly, names if is_wide else names._replace(entries={}))
        if len(matched) > best:
            best, best_row, best_found = len(matched), number, matched
    return NoHeader(sheet.name, best_row, [c for c in columns if c.is_needed and c.name not in best_found])


class _Head(NamedTuple):
    """A header: the number of its last row, the keys of its columns, and the headings as they stand there."""

    row: int
    keys: list[str]
    titles: list[str]


def _head(rows: Sequence[Row], number: int, row: Row, names: Known, merged: Sequence[Span]) -> _Head:
    """Return the header that begins in a row: that row, or with the next one when together they name more columns."""
    alone = _Head(number, headings.keys(row), headings.titles(row))
    if number >= min(len(rows), HEADER_WITHIN):
        return alone
    upper, lower = _spread(alone.titles, number - 1, merged), headings.titles(rows[number])
    width = max(len(upper), len(lower))
    upper, lower = upper + [""] * (width - len(upper)), lower + [""] * (width - len(lower))
    own = alone.titles + [""] * (width - len(alone.titles))
    below = [heading(text) if text else "" for text in lower]
    known = names.columns.keys() | names.entries.keys()
    keys, titles, more = [], [], 0
    for above, under, key in zip(upper, lower, below, strict=True):
        joined = heading(above + under) if above and under else ""
        if key and key not in known and joined in known:
            keys.append(joined)
            titles.append(above + under)
            more += 1
        elif key:
            keys.append(key)
            titles.append(under)
            more += key in known
        else:
            keys.append(heading(above) if above else "")
            titles.append(above)
    # A row of data below names no column; the lower row of a header names most of its own.
    spoken = sum(bool(key) for key in below)
    both = sum(key in known for key in keys)
    first = sum(key in known for key in alone.keys)
    single = max(first, sum(key in known for key in below))
    # 联系方式, a heading that is known itself, over 联系电话 and 备用电话 names no more columns than alone; but a
    # heading stands below a cell that has none.
    divided = both == first and any(key and not title for key, title in zip(below, own, strict=True))
    if more and 2 * more >= spoken and (both > single or divided):
        return _Head(number + 1, keys, titles)
    return alone


def _spread(titles: list[str], row: int, merged: Sequence[Span]) -> list[str]:
    """Return the headings of a row with those of cells merged across it in each of their columns."""
    spread = list(titles)
    for (top, left), (bottom, right) in merged:
        if top <= row <= bottom and left < len(titles) and titles[left]:
            spread += [""] * (min(right, left + 200) + 1 - len(spread))
            for index in range(left, min(right, left + 200) + 1):
                spread[index] = spread[index] or titles[left]
    return spread


def top(sheet: Sheet) -> Sequence[Row]:
    """Return the rows of a sheet among which its header may stand."""
    return sheet.rows.head(HEADER_WITHIN) if isinstance(sheet.rows, Stream) else sheet.rows[:HEADER_WITHIN]


def _keyed(sheet: Sheet, required: set[str], names: Known, entry: str | None) -> Layout | None:
    """Return the layout of a sheet that carries our hidden keys, or None."""
    rows = top(sheet)
    found = form_marks.keyed(rows)
    if found is None:
        return None
    titles = headings.titles(rows[found.header - 1])
    titles += [""] * (len(found.keys) - len(titles))
    # A column that somebody added has no key and goes by its heading.
    own = [key or title for key, title in zip(found.keys, titles, strict=False)] + titles[len(found.keys) :]
    keys = [heading(key) if key else "" for key in own]
    matched = {names.columns[key] for key in keys if key in names.columns}
    wide = entry is not None and entry not in matched and any(key in names.entries for key in keys if key)
    if not (required - {entry, "done_on"} if wide else required) <= matched:
        return None
    known = names if wide else names._replace(entries={})
    return _sorted(sheet, _Head(found.header, keys, titles), {}, known)._replace(mark=form_marks.marked(rows))


def _sorted(sheet: Sheet, head: _Head, nearly: Mapping[int, str], names: Known) -> Layout:
    columns: dict[str, int] = {}
    wide: dict[int, int] = {}
    unknown: list[int] = []
    twice: dict[int, int] = {}
    for index, key in enumerate(head.keys):
        name = names.columns.get(key) or nearly.get(index)
        if name is not None and name not in columns:
            columns[name] = index
        elif name is not None and name in _NAMING and _exactness(key) < _exactness(head.keys[columns[name]]):
            twice |= {other: index for other, read in twice.items() if read == columns[name]}
            twice[columns[name]] = index
            columns[name] = index
        elif name is not None:
            twice[index] = columns[name]
        elif key in names.entries:
            wide[index] = int(str(names.entries[key]))
        elif key and key not in _NO_DATA:
            unknown.append(index)
    lines = Lines(sheet.rows, head)
    untitled = [index for index, key in enumerate(head.keys) if not key]
    fixed = (sheet.name, head.row, head.titles, columns, wide, unknown)
    near = {index: name for index, name in nearly.items() if columns.get(name) == index}
    if isinstance(sheet.rows, Stream):
        return Layout(*fixed, lines, head.row, lines.above, near, untitled, sheet.visible, twice=twice)
    rows = list(lines)
    _fill_down(rows, sheet.merged, {*columns.values(), *wide})
    dropped = [*lines.above, *lines.dropped]
    count = sum(each.rows for each in dropped)
    return Layout(*fixed, rows, count, dropped, near, untitled, sheet.visible, twice=twice)


def _exactness(key: str) -> int:
    """Return how exactly a column names things, by its heading: 0 by codes, 1 by ID numbers, 2 by anything else."""
    return next((rank for rank, words in enumerate(_EXACT) if any(word in key for word in words)), len(_EXACT))


def _fill_down(rows: list[tuple[int, Row]], merged: Sequence[Span], known: set[int]) -> None:
    """Put what stands in a cell merged over several rows into each of its data rows."""
    down = [(top, bottom, left) for (top, left), (bottom, _) in merged if bottom > top and left in known]
    if not down:
        return
    places = {number - 1: place for place, (number, _) in enumerate(rows)}
    last = rows[-1][0] if rows else 0
    for top, bottom, left in down:
        if top not in places:
            continue
        first = rows[places[top]][1]
        value = first[left] if left < len(first) else None
        for row in range(top + 1, min(bottom, last) + 1):
            if row in places:
                number, cells = rows[places[row]]
                filled = [*cells, *[""] * (left + 1 - len(cells))]
                filled[left] = value
                rows[places[row]] = number, filled


class Lines:
    """The data rows of a sheet with their numbers; the others are dropped and remembered.

    Attributes:
        above: the rows down to the header.
        dropped: the dropped rows below it, as far as was read.
        guess: about how many rows there are.
    """

    def __init__(self, rows: Sequence[Row] | Stream, head: _Head) -> None:
        self._rows = rows
        self._head = head
        first = rows.head(head.row) if isinstance(rows, Stream) else rows[: head.row]
        self.above = [Dropped(number, _first_text(row)) for number, row in enumerate(first, start=1)]
        self.dropped: list[Dropped] = []
        self.guess = rows.guess if isinstance(rows, Stream) else len(rows)
        # The header again, as it stands at the top of every printed page.
        self._again = _first_text(first[-1]) if first else None

    def __iter__(self) -> Iterator[tuple[int, Row]]:
        """Yield the data rows; what is dropped is listed anew."""
        self.dropped = []
        # Of blank rows the first alone is kept: a sheet may end in a million of them.
        blank = 0
        numbered = enumerate(self._rows, start=1)
        for _ in range(self._head.row):
            next(numbered, None)
        again = self._again
        for number, row in numbered:
            first = row[0] if row else ""
            if type(first) is str and first and first[0] not in _SUSPECT and first != again:
                # Nearly every row. The others are looked at more closely.
                if blank:
                    self._drop(blank, number)
                    blank = 0
                yield number, row
                continue
            # Most blank rows are told without a look at each cell of them.
            if not row or (not first and _BLANK.issuperset(row)):
                blank = blank or number
                continue
            text = first if isinstance(first, str) and first.strip() else _first_text(row)
            if text is None:
                # Blank rows count once something follows them: a sheet's empty end is no row of anybody's.
                blank = blank or number
                continue
            self._drop(blank, number)
            blank = 0
            if (text[0] in _SUSPECT and _is_no_data(text.strip())) or (
                text.strip() == again and headings.keys(row) == self._head.keys
            ):
                self.dropped.append(Dropped(number, text.strip()))
            else:
                yield number, row

    def _drop(self, blank: int, number: int) -> None:
        if blank:
            self.dropped.append(Dropped(blank, None, number - 1))


def _first_text(row: Row) -> str | None:
    return next((text for cell in row if cell is not None and (text := str(cell).strip())), None)


def filled(row: Row) -> bool:
    """Tell whether anything stands in a row."""
    return not _BLANK.issuperset(row) and _first_text(row) is not None


def _is_no_data(first: str) -> bool:
    return normalise_name(first).rstrip(":") in _TOTALS or _NOTES.match(first) is not None

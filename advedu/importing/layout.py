"""Where the header is, and which rows below it are data."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from advedu.importing.columns import Column
from advedu.importing.sources import Row, Sheet
from advedu.text import normalise_name

# A header stands within the first rows; title and remarks come before it.
HEADER_WITHIN = 20
_REMARK = re.compile(r"[(（\[【].*?[)）\]】]|[*＊:：]")
# A running number is nobody's data.
IGNORED = ("序号", "no", "no.", "编次", "#")
# What our own lists say beside a code; it comes in again with the code.
_BESIDE = ("unit_name", "member_name", "batch_name", "sender_name")
_TOTALS = frozenset(("合计", "小计", "总计", "共计", "累计", "total", "subtotal", "sum"))
_NOTES = re.compile(
    r"#\s*advedu |(注|备注|说明|填表说明|note)\s*[:：0-9一二三]"
    r"|(填表人|填报人|审核人|制表人|制表|审核|负责人签字|单位负责人|联系人|填报单位|填表日期|填报日期)\s*[:：]",
    re.IGNORECASE,
)
_SUSPECT = frozenset(" \t　合小总共累tTsS注备说填审制负单联nN#")


class Layout(NamedTuple):
    """A sheet that was understood.

    Attributes:
        sheet: its name.
        header: the 1-based row of the header.
        titles: the headings as they stand there.
        columns: identifier → index of the cell.
        entries: key of a milestone, task or item → index, in a wide sheet.
        unknown: the indices of columns that nobody knows.
        rows: data rows with their 1-based row numbers.
        dropped: how many title, header, blank, total and note rows there were (trailing blank ones not counted).
    """

    sheet: str | None
    header: int
    titles: list[str]
    columns: dict[str, int]
    entries: dict[int, int]
    unknown: list[int]
    rows: list[tuple[int, Row]]
    dropped: int


class NoHeader(NamedTuple):
    """A sheet without a usable header: the best row there was, and what it lacks."""

    sheet: str | None
    row: int
    missing: list[Column]


@cache
def heading(text: str) -> str:
    """Return the key of a heading: no spaces, remarks, asterisks; width and case evened out."""
    bare = _REMARK.sub("", text)
    return normalise_name(bare or text)


def find(
    sheet: Sheet, columns: Sequence[Column], entry: str | None, entries: Mapping[str, object]
) -> Layout | NoHeader:
    """Find the header of a sheet and sort its rows.

    Args:
        sheet: the sheet.
        columns: the columns that its kind of file may have.
        entry: the column that a wide sheet replaces, together with done_on, by one column per entry; or None.
        entries: heading → key of each entry that may be such a column.
    """
    known = {heading(title): column.name for column in columns for title in (column.name, *column.titles)}
    required = {column.name for column in columns if column.required}
    best, best_row, best_found = -1, 1, set[str]()
    for number, row in enumerate(sheet.rows[:HEADER_WITHIN], start=1):
        keys = _headings(row)
        matched = {known[key] for key in keys if key in known}
        wide = entry is not None and any(key in entries for key in keys if key)
        needed = required - {entry, "done_on"} if wide and entry not in matched else required
        if needed <= matched and matched:
            return _sorted(sheet, number, keys, known, entries if wide and entry not in matched else {})
        if len(matched) > best:
            best, best_row, best_found = len(matched), number, matched
    return NoHeader(sheet.name, best_row, [c for c in columns if c.required and c.name not in best_found])


def _sorted(
    sheet: Sheet, header: int, keys: list[str], known: Mapping[str, str], entries: Mapping[str, object]
) -> Layout:
    columns: dict[str, int] = {}
    wide: dict[int, int] = {}
    unknown: list[int] = []
    for index, key in enumerate(keys):
        if key in known and known[key] not in columns:
            columns[known[key]] = index
        elif key in entries and int(str(entries[key])) not in wide:
            wide[int(str(entries[key]))] = index
        elif key and key not in IGNORED and key not in _BESIDE:
            unknown.append(index)
    rows, dropped = _data_rows(sheet.rows, header, keys)
    titles = [str(cell).strip() if cell is not None else "" for cell in sheet.rows[header - 1]]
    return Layout(sheet.name, header, titles, columns, wide, unknown, rows, dropped)


def _data_rows(rows: Sequence[Row], header: int, keys: list[str]) -> tuple[list[tuple[int, Row]], int]:
    data: list[tuple[int, Row]] = []
    dropped = header
    blank = 0
    # The header again, as it stands at the top of every printed page.
    again = next((cell for cell in rows[header - 1] if cell is not None and str(cell).strip()), None)
    for number, row in enumerate(rows[header:], start=header + 1):
        first = row[0] if row else ""
        if type(first) is str and first and first[0] not in _SUSPECT and first != again:
            # Nearly every row. The others are looked at more closely.
            data.append((number, row))
            dropped += blank
            blank = 0
            continue
        if first is None or first == "" or (isinstance(first, str) and not first.strip()):
            first = next((cell for cell in row if cell is not None and str(cell).strip()), None)
            if first is None:
                # Blank rows count once something follows them: a sheet's empty end is no row of anybody's.
                blank += 1
                continue
        if isinstance(first, str) and (
            (first[0] in _SUSPECT and _is_no_data(first.strip())) or (first == again and _headings(row) == keys)
        ):
            dropped += 1 + blank
        else:
            data.append((number, row))
            dropped += blank
        blank = 0
    return data, dropped


def _is_no_data(first: str) -> bool:
    return normalise_name(first).rstrip(":") in _TOTALS or _NOTES.match(first) is not None


def _headings(row: Row) -> list[str]:
    return [heading(cell) if isinstance(cell, str) and cell.strip() else "" for cell in row]

"""A workbook being written: every text stays text, and what Excel would cut off is refused.

XlsxWriter's own `write` makes a formula of a name that begins with an equals sign, and `write_string` leaves a text
out that is too long and says so only in what it returns. So nobody else calls it.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from advedu.errors import NoRoomInWorkbook
from advedu.values.cell_names import cell_name
from advedu.values.text import neutralise

LONGEST_TEXT = 32_767
_LONGEST_NOTE = 1_000
_LONGEST_NAME = 31
# What Excel refuses in the name of a sheet.
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", "_"))
_FONT = {"font_name": "宋体", "font_size": 11}
# Before it a spreadsheet counts a 29 February 1900 that never was.
_FIRST_DAY = date(1900, 3, 1)


class BookWriter:
    """A workbook in memory."""

    def __init__(self, title: str = "", subject: str = "", day: str | None = None) -> None:
        import xlsxwriter

        self._file = io.BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self.inner: Any = xlsxwriter.Workbook(self._file, options)
        self._formats: dict[tuple[tuple[str, object], ...], Any] = {}
        properties: dict[str, object] = {"title": neutralise(title), "subject": neutralise(subject)}
        if day is not None:
            properties["created"] = datetime.fromisoformat(day)
        self.inner.set_properties(properties)

    def sheet(self, name: str) -> SheetWriter:
        """Add a sheet; the name is made one that Excel takes and that no other sheet has."""
        taken = {each.get_name().lower() for each in self.inner.worksheets()}
        return SheetWriter(self, self.inner.add_worksheet(sheet_name(name, taken)))

    def format(self, **properties: object) -> Any:
        """Return a format; the same properties give the same one."""
        wanted = tuple(sorted({**_FONT, **properties}.items()))
        if wanted not in self._formats:
            self._formats[wanted] = self.inner.add_format(dict(wanted))
        return self._formats[wanted]

    def property(self, name: str, value: str) -> None:
        """Note something in the properties of the file."""
        self.inner.set_custom_property(name, neutralise(value)[:255], "text")

    def content(self) -> bytes:
        """Return the finished file."""
        self.inner.close()
        return self._file.getvalue()


def sheet_name(wanted: str, taken: set[str]) -> str:
    """Return a name for a sheet that Excel takes and that is not taken (in small letters)."""
    name = neutralise(wanted).translate(_NOT_IN_NAMES).strip("'").strip()[:_LONGEST_NAME] or "1"
    number = 1
    unique = "_history" if name.lower() == "history" else name
    while unique.lower() in taken:
        number += 1
        unique = f"{name[: _LONGEST_NAME - 5]} {number}"
    return unique


class SheetWriter:
    """One sheet. Rows and columns count from 0."""

    def __init__(self, book: BookWriter, inner: Any) -> None:
        self.book = book
        self.inner = inner
        # How tables of thousands of cells are written: without a function of ours around each cell.
        self.write_string = inner.write_string
        self.write_number = inner.write_number

    @property
    def name(self) -> str:
        """The name of the sheet."""
        return str(self.inner.get_name())

    def text(self, row: int, column: int, text: str, format_: Any = None) -> None:
        """Write a text, whatever it looks like.

        Raises:
            NoRoomInWorkbook: it is longer than a cell may be, or lies outside of a sheet.
        """
        if self.write_string(row, column, text if text.isprintable() else shown(text), format_):
            raise no_room(row, column, text)

    def raw(self, row: int, column: int, text: str, format_: Any = None) -> None:
        """Write a text as it came in, invisible characters too.

        Raises:
            NoRoomInWorkbook: as `text` does.
        """
        if self.write_string(row, column, text, format_):
            raise no_room(row, column, text)

    def value(self, row: int, column: int, value: object, format_: Any = None, day_format: Any = None) -> None:
        """Write a text, number, day or truth value as what it is; None is an empty cell.

        Raises:
            NoRoomInWorkbook: it lies outside of a sheet, or is a text longer than a cell may be.
        """
        if value is None or value == "":
            failed = self.inner.write_blank(row, column, None, format_) if format_ is not None else 0
        elif isinstance(value, bool):
            failed = self.inner.write_boolean(row, column, value, format_)
        elif isinstance(value, int | float):
            failed = self.write_number(row, column, value, format_)
        elif isinstance(value, datetime | date) and _day(value) >= _FIRST_DAY:
            failed = self.inner.write_datetime(row, column, value, day_format or format_)
        else:
            self.text(row, column, str(value), format_)
            return
        if failed:
            raise no_room(row, column, "")

    def note(self, row: int, column: int, text: str, colour: str = "#FFFFE1") -> None:
        """Put a note at a cell."""
        shown_text = "\n".join(map(neutralise, text.split("\n")))[:_LONGEST_NOTE]
        lines = shown_text.count("\n") + 1 + len(shown_text) // 20
        look = {"author": "advedu", "color": colour, "x_scale": 2.0, "y_scale": max(0.6, min(3.0, lines * 0.26))}
        self.inner.write_comment(row, column, shown_text, look)

    def link(self, row: int, column: int, to: SheetWriter, place: str, format_: Any = None) -> None:
        """Write the name of a cell that leads to it."""
        target = f"internal:'{to.name.replace(chr(39), chr(39) * 2)}'!{place}"
        if self.inner.write_url(row, column, target, format_, place):
            # A sheet has room for so many links; the name of the cell is enough.
            self.text(row, column, place, format_)

    def title(self, row: int, last: int, text: str, format_: Any) -> None:
        """Write a text across the columns up to `last`."""
        if last > 0:
            self.inner.merge_range(row, 0, row, last, "", format_)
        self.text(row, 0, text, format_)

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Make cells that are written already one cell."""
        # XlsxWriter's own way would write each of them anew, without what it looks like.
        self.inner.merge.append([top, left, bottom, right])

    def printed(self, title: str, repeat: int) -> None:
        """Set it up for A4 across: as wide as the page, the headings (row `repeat`) on every page, pages numbered."""
        self.inner.set_landscape()
        self.inner.set_paper(9)
        self.inner.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        self.inner.fit_to_pages(1, 0)
        self.inner.repeat_rows(repeat)
        harmless = neutralise(title)[:100].replace("&", "&&")
        self.inner.set_footer(f"&L&9{harmless}&R&9&P / &N")

    def choices(self, first: int, last: int, column: int, options: Mapping[str, object]) -> None:
        """Watch what is typed into cells of a column; `options` are XlsxWriter's."""
        self.inner.data_validation(first, column, last, column, dict(options))


def shown(text: str) -> str:
    """Return a text without what could steer a terminal; a line end stays one."""
    return "\n".join(map(neutralise, text.split("\n")))


def no_room(row: int, column: int, text: str) -> NoRoomInWorkbook:
    """Return the error for a cell that a sheet cannot hold."""
    return NoRoomInWorkbook(place=cell_name(row, column), length=len(text), beginning=text[:20])


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value

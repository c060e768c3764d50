"""A workbook: for people who sort, filter, print and send on what they see.

Headings are in the user's language. Above them, hidden, stand the identifiers, so that a list that was saved comes in
again through `import`, whatever its headings say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from advedu.i18n import _
from advedu.output.report import Column, Report, Table
from advedu.output.workbook import LONGEST_TEXT, BookWriter, SheetWriter, no_room
from advedu.values.text import cell_width, neutralise

KEYS, HEAD, FIRST = 0, 1, 2
_NARROWEST, _WIDEST = 6, 50
# The widths of so many rows tell how wide a column is.
_MEASURED = 500
_LINE = {"border": 1, "border_color": "#BFBFBF"}
# As `importing.marks` reads it; the two rooms do not know each other, and a test holds them together.
_KEY = "advedu.{key} {title}"


def content(report: Report) -> bytes:
    """Return a report as a workbook.

    Raises:
        NoRoomInWorkbook: a text is longer than a cell may be, or there are more rows than a sheet has.
    """
    book = BookWriter(report.title or "advedu")
    if report.columns:
        _list(book, report)
    else:
        for table in report.tables():
            _table(book, table)
        if not book.inner.worksheets():
            book.sheet("advedu")
    if report.stamp is not None:
        book.property("advedu", f"operation={report.stamp[0]} hash={report.stamp[1]}")
    return book.content()


def _list(book: BookWriter, report: Report) -> None:
    """Write the columns and rows of a report."""
    title = report.title.split("\n")[0] if report.title else "advedu"
    sheet = book.sheet(title)
    small = book.format(font_size=8, font_color="#7F7F7F")
    head = book.format(bold=True, bg_color="#DDEBF7", align="center", valign="vcenter", text_wrap=True, **_LINE)
    titles = [_(column.title) for column in report.columns]
    for place, (column, name) in enumerate(zip(report.columns, titles, strict=True)):
        sheet.text(KEYS, place, _KEY.format(key=column.key, title=name), small)
        sheet.text(HEAD, place, name, head)
    sheet.inner.set_row(KEYS, None, None, {"hidden": True})
    sheet.inner.set_row(HEAD, 24)
    _write(book, sheet, report.columns, report.rows)
    last = FIRST + len(report.rows) - 1
    _widths(sheet, report, titles)
    sheet.inner.freeze_panes(FIRST, min(2, len(titles)))
    sheet.inner.autofilter(HEAD, 0, max(last, HEAD), max(0, len(titles) - 1))
    sheet.printed(title, HEAD)
    if report.stamp is not None:
        # A note row for `import`, as in a csv file; apart from the list, so that it is not sorted in.
        stamp = f"# advedu operation={report.stamp[0]} hash={report.stamp[1]}"
        sheet.text(last + 2, 0, stamp, book.format(font_size=8, font_color="#7F7F7F"))


def _write(book: BookWriter, sheet: SheetWriter, columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> None:
    """Write the cells: a text as text, a number as a number."""
    text_format = book.format(num_format="@", **_LINE)
    number_format = book.format(num_format="General", **_LINE)
    text, number = sheet.write_string, sheet.write_number
    shown = [_shower(column) for column in columns]
    for row, values in enumerate(rows, start=FIRST):
        for place, value in enumerate(values):
            if type(value) is str and shown[place] is None:
                if text(row, place, value if value.isprintable() else neutralise(value), text_format):
                    raise no_room(row, place, value)
            elif type(value) is int or type(value) is float:
                number(row, place, value, number_format)
            elif value is not None:
                said = (shown[place] or _said)(value)
                sheet.text(row, place, said, text_format)


def _shower(column: Column) -> Callable[[Any], str] | None:
    """Return what makes the text of a column's values, or None where a text stands for itself."""
    if not column.words:
        return None
    words = {value: _(name) for value, name in column.words.items()}
    return lambda value: words[value] if value in words else _said(value)


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "✓" if value else ""
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value)


def _widths(sheet: SheetWriter, report: Report, titles: Sequence[str]) -> None:
    """Make each column as wide as its content, a Chinese character counting two."""
    for place, title in enumerate(titles):
        widest = cell_width(title) + 3
        for row in report.rows[:_MEASURED]:
            value = row[place]
            if value is not None and widest < _WIDEST:
                widest = max(widest, cell_width(neutralise(str(value)[:_WIDEST])) + 2)
        sheet.inner.set_column(place, place, max(_NARROWEST, min(_WIDEST, widest)))


def _table(book: BookWriter, table: Table) -> None:
    """Write a table as a person sees it, for an answer that is no list."""
    sheet = book.sheet(table.title or "advedu")
    head = book.format(bold=True, bg_color="#DDEBF7", **_LINE)
    plain = book.format(num_format="@", **_LINE)
    for place, each in enumerate(table.heads):
        sheet.text(0, place, each.title, head)
        widths = [cell_width(neutralise(row[place].text[:_WIDEST])) for row in table.rows[:_MEASURED]]
        sheet.inner.set_column(place, place, min(_WIDEST, max([_NARROWEST, cell_width(each.title), *widths]) + 2))
    for number, row in enumerate(table.rows, start=1):
        for place, cell in enumerate(row):
            if len(cell.text) > LONGEST_TEXT:
                raise no_room(number, place, cell.text)
            sheet.text(number, place, cell.text, plain)
    sheet.inner.freeze_panes(1, 0)
    sheet.printed(sheet.name, 0)

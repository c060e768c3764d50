"""A file that was sent in, given back: the sender's own sheet with what is wrong at the cells, and a list of it all.

Every cell is what it was in the file, a number a number and a text a text, for else a number that was wrong could
come back as something that looks right; ID numbers too, since it goes to the one who sent them. Rows keep their
numbers. Corrected, it is imported like any other file.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

from advedu.forms import spans
from advedu.forms.spans import Place
from advedu.i18n import N_, _
from advedu.importing import form_marks, sources
from advedu.importing.issues import Issue
from advedu.importing.layout import HEADER_WITHIN, Layout
from advedu.importing.run import Prepared
from advedu.importing.separated import NoText
from advedu.importing.sources import ReadFile, Row, Span
from advedu.output.workbook import BookWriter, SheetWriter
from advedu.values.cell_names import cell_name
from advedu.values.identity import scrub
from advedu.values.text import cell_width, neutralise
from advedu.values.wording import and_more

# More would only slow a spreadsheet program down: who has so many mends the source and not the cells.
MOST = 20_000
_MEASURED = 300
_WIDEST = 40
_COLOURS = {"error": "#FFC7CE", "warning": "#FFEB9C", "correction": "#E2EFDA"}
# What no workbook can hold at all; XlsxWriter takes care of the other control characters.
_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_HEADS = (
    (N_("Level"), 9),
    (N_("Cell"), 9),
    (N_("Row"), 8),
    (N_("Column"), 18),
    (N_("Value"), 24),
    (N_("What is wrong"), 60),
    (N_("Issue code"), 20),
)
_LEVELS = {"error": N_("error"), "warning": N_("warning"), "correction": N_("correction")}


class LevelledIssue(NamedTuple):
    """One thing that is wrong, and how bad it is: "error", "warning" or "correction"."""

    level: str
    issue: Issue


def workbooks(
    files: Sequence[ReadFile],
    prepared: Prepared,
    errors: Sequence[Issue],
    warnings: Sequence[Issue],
    corrections: Sequence[Issue] = (),
    *,
    bad_rows: bool = False,
) -> list[bytes]:
    """Return one workbook for each file that has errors; with `bad_rows` of the rows that have errors alone.

    Raises:
        NoRoomInWorkbook: a cell of the file is longer than a workbook's may be, or there are more rows.
    """
    made = []
    left = list(prepared.sheets)
    for file in files:
        layout = left.pop(0)[1] if left and left[0][0] == file.name and _is_of(file, left[0][1]) else None
        found = [LevelledIssue("error", issue) for issue in errors if issue.file == file.name]
        if found:
            found += [LevelledIssue("warning", issue) for issue in warnings if issue.file == file.name]
            found += [LevelledIssue("correction", issue) for issue in corrections if issue.file == file.name]
            made.append(_Returned(file, layout, found, bad_rows=bad_rows).content())
    return made


def _is_of(file: ReadFile, layout: Layout) -> bool:
    return any(sheet.name == layout.sheet for sheet in file.sheets)


class _Returned:
    def __init__(self, file: ReadFile, layout: Layout | None, found: list[LevelledIssue], *, bad_rows: bool) -> None:
        self.book = BookWriter(file.name)
        # Rows with errors are given back however many there are; so many are marked and listed.
        self.bad = {each.issue.row for each in found if each.level == "error"}
        self.found = found[:MOST]
        self.cut = len(found) - len(self.found)
        self.header = layout.header if layout else max((each.issue.row or 0 for each in found), default=0)
        self.titles = layout.titles if layout else []
        self.bad_rows = bad_rows and layout is not None
        name, rows, merged = self._own(file, layout)
        self.place = {number: place for place, number in enumerate(rows)}
        self.sheet: SheetWriter | None = self.book.sheet(name) if rows else None
        if self.sheet is not None:
            marked = self._marked()
            filled = dict(layout.rows) if layout and isinstance(layout.rows, list) else {}
            whole = spans.kept(rows, merged, marked, filled)
            self._write(self.sheet, rows, marked)
            for (top, left), (bottom, right) in whole:
                self.sheet.merge(self.place[top + 1], left, self.place[bottom + 1], right)
        self._list()

    def _own(self, file: ReadFile, layout: Layout | None) -> tuple[str, dict[int, Row], Sequence[Span]]:
        """Return the sheet that the errors are about: its name, number → row of what goes back, its merged cells."""
        wanted = layout.sheet if layout else next((each.issue.sheet for each in self.found), None)
        for sheet in file.sheets:
            if sheet.name == wanted:
                return sheet.name or _("Data"), dict(self._kept(sheet)), sheet.merged
        return "", {}, ()

    def _kept(self, sheet: sources.Sheet) -> Iterator[tuple[int, Row]]:
        """Yield the rows to give back: all, or the header and those above it and the bad ones."""
        try:
            for number, row in enumerate(sheet.rows, start=1):
                if not self.bad_rows or number <= self.header or number in self.bad:
                    yield number, row
        except NoText:
            # A large file that breaks off in the middle, as its error says: what could be read goes back.
            return

    def content(self) -> bytes:
        return self.book.content()

    # ── the sender's sheet ──

    def _write(
        self, sheet: SheetWriter, rows: Mapping[int, Row], marked: Mapping[Place, tuple[str, list[str]]]
    ) -> None:
        widths: dict[int, int] = {}
        for place, (number, row) in enumerate(rows.items()):
            head = number == self.header
            for column, cell in enumerate(row):
                wrong = marked.get((number, column))
                self._cell(sheet, place, column, cell, wrong[0] if wrong else "head" if head else "")
                if place < _MEASURED and number >= self.header and cell is not None:
                    widths[column] = max(widths.get(column, 0), cell_width(neutralise(str(cell)[:_WIDEST])))
        for (number, column), (level, lines) in marked.items():
            if number in self.place:
                if column >= len(rows[number]):
                    self._cell(sheet, self.place[number], column, None, level)
                sheet.note(self.place[number], column, "\n".join(lines), _COLOURS[level])
        for column, width in widths.items():
            sheet.inner.set_column(column, column, min(_WIDEST, width + 3), self.book.format(num_format="@"))
        for place in form_marks.hidden([row for number, row in rows.items() if number <= HEADER_WITHIN]):
            sheet.inner.set_row(place, None, None, {"hidden": True})
        if self.header:
            sheet.inner.freeze_panes(self.header, 0)
            sheet.printed(sheet.name, self.header - 1)

    def _marked(self) -> dict[Place, tuple[str, list[str]]]:
        """Return (row, column) → level and messages of every cell with something wrong; errors come first."""
        marked: dict[Place, tuple[str, list[str]]] = {}
        for level, issue in self.found:
            if issue.row is not None:
                cell = (issue.row, self._column(issue))
                marked.setdefault(cell, (level, []))[1].append(issue.message)
        return marked

    def _column(self, issue: Issue) -> int:
        if issue.place is not None:
            return issue.place
        # What is wrong with a row as a whole is said at its beginning.
        return self.titles.index(issue.column) if issue.column in self.titles else 0

    def _cell(self, sheet: SheetWriter, row: int, column: int, cell: object, look: str) -> None:
        colours: dict[str, dict[str, object]] = {
            "error": {"bg_color": _COLOURS["error"], "font_color": "#9C0006"},
            "warning": {"bg_color": _COLOURS["warning"]},
            "correction": {"bg_color": _COLOURS["correction"]},
            "head": {"bg_color": "#DDEBF7", "bold": True},
        }
        chosen = colours.get(look, {})
        if isinstance(cell, datetime) and cell.time() != time():
            number = "yyyy-mm-dd hh:mm:ss"
        else:
            number = "yyyy-mm-dd" if isinstance(cell, date) else "@"
        format_ = self.book.format(num_format=number, **chosen)
        if isinstance(cell, str):
            sheet.raw(row, column, _NO_XML.sub("\ufffd", cell), format_)
        else:
            sheet.value(row, column, cell, format_)

    # ── the list ──

    def _list(self) -> None:
        sheet = self.book.sheet(_("Errors and warnings"))
        bold = self.book.format(bold=True, bg_color="#DDEBF7", border=1, border_color="#BFBFBF")
        for column, (title, width) in enumerate(_HEADS):
            sheet.text(0, column, _(title), bold)
            sheet.inner.set_column(column, column, width)
        sheet.text(0, len(_HEADS), form_marks.LIST)
        sheet.inner.set_column(len(_HEADS), len(_HEADS), None, None, {"hidden": True})
        for row, (level, issue) in enumerate(self.found, start=1):
            self._line(sheet, row, level, issue)
        if self.cut:
            sheet.text(len(self.found) + 1, 0, and_more(self.cut))
        sheet.inner.freeze_panes(1, 0)
        sheet.inner.autofilter(0, 0, len(self.found), len(_HEADS) - 1)
        sheet.printed(sheet.name, 0)

    def _line(self, sheet: SheetWriter, row: int, level: str, issue: Issue) -> None:
        painted: Any = self.book.format(bg_color=_COLOURS[level])
        plain = self.book.format(text_wrap=True, valign="top")
        sheet.text(row, 0, _(_LEVELS[level]), painted)
        if issue.row is not None and self.sheet is not None and issue.row in self.place:
            where = cell_name(self.place[issue.row], self._column(issue))
            sheet.link(row, 1, self.sheet, where, self.book.format(font_color="#0563C1", underline=1))
        sheet.value(row, 2, issue.row, plain)
        value = None if issue.value is None else neutralise(scrub(issue.value))[: _WIDEST * 5]
        for column, text in enumerate((issue.column, value, issue.message, issue.code), start=3):
            sheet.text(row, column, (text or "")[: _WIDEST * 50], plain)

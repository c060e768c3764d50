"""A form for one kind of file and one unit: what is known stands in it, the rest is to be filled in.

row 1  hidden: what this is (`importing.marks`)        row 4  hidden: which column is which
row 2  the title                                       row 5  the headings
row 3  how to fill it in                               row 6  and on: the data
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from advedu.forms import guides, prefill
from advedu.forms.prefill import Ask, Row
from advedu.i18n import N_, _
from advedu.importing import columns, form_marks
from advedu.nouns import registers
from advedu.nouns.declaration import Field
from advedu.output.workbook import BookWriter, SheetWriter
from advedu.storage import campaign
from advedu.values.cell_names import cell_name, column_letters
from advedu.values.kinds import DAY, NUMBER
from advedu.values.text import cell_width

MARK, TITLE, HOW, KEYS, HEAD, FIRST = range(6)
# So many empty lines are drawn below the data, and so many rows are watched as they are filled in.
BLANK = 15
WATCHED = 20_000
WIDEST = 46
ROW_HEIGHT = 18
_LISTS = "_lists"
_DUE = Field(prefill.DUE, N_("Due on"), ("截止日期",))
_BORDER = {"border": 1, "border_color": "#BFBFBF"}


def name_of(kind: str) -> str:
    """Return what a kind of form is called."""
    register = registers.of_file(kind)
    # What a register is for follows behind the first words.
    return _(register.form_title) or re.split("[:：;；]", _(register.title))[0]


class Form(NamedTuple):
    """A finished form: the file, its title, how many rows are filled in."""

    content: bytes
    title: str
    rows: int


def make(ask: Ask, kind: str, stamp: tuple[int, str] | None = None) -> Form:
    """Make the form of a kind of file for a unit.

    Raises:
        NoRoomInWorkbook: a text is longer than a cell may be, or there are more rows than a sheet has.
    """
    rows = prefill.rows(ask, registers.of_file(kind))
    title = f"{ask.unit.name} {name_of(kind)}"
    book = BookWriter(title, f"advedu template {kind}", ask.day)
    writer = _Form(book, ask, kind, any(prefill.DUE in row for row in rows))
    writer.head(title)
    for place, row in enumerate(rows):
        writer.row(FIRST + place, row)
    writer.finish(FIRST + len(rows) - 1, title, stamp)
    return Form(book.content(), title, len(rows))


class _Form:
    def __init__(self, book: BookWriter, ask: Ask, kind: str, with_due: bool) -> None:
        self.book = book
        self.ask = ask
        self.kind = kind
        self.columns: Sequence[Field] = [*columns.of(registers.of_file(kind)), *([_DUE] if with_due else [])]
        self.words = [guides.words(ask.connection, column, ask.unit) for column in self.columns]
        self.sheet: SheetWriter = book.sheet(name_of(kind))
        self.widths = [self._least_width(place) for place in range(len(self.columns))]
        read_only = {"font_color": "#7F7F7F", "bg_color": "#F2F2F2", "num_format": "@", "valign": "vcenter", **_BORDER}
        self.read_only = book.format(**read_only)
        self.formats = [self._format(place) for place in range(len(self.columns))]

    def _least_width(self, place: int) -> int:
        heading = cell_width(self._heading(self.columns[place])) + 3
        return max(heading, 12 if self.columns[place] is _DUE else guides.width(self.columns[place]) * 3 // 4)

    def _heading(self, column: Field) -> str:
        return f"{column.headings[0]}＊" if column.is_needed else column.headings[0]

    def _format(self, place: int) -> Any:
        if self.columns[place] is _DUE:
            return self.read_only
        number = {DAY: "yyyy-mm-dd", NUMBER: "0"}.get(self.columns[place].of_kind.form, "@")
        return self.book.format(num_format=number, locked=False, valign="vcenter", **_BORDER)

    # ── above the data ──

    def head(self, title: str) -> None:
        """Write the hidden rows, the title, how to fill it in, and the headings."""
        sheet, last = self.sheet, len(self.columns) - 1
        small = self.book.format(font_size=8, font_color="#7F7F7F")
        made = form_marks.FormMark(self.kind, self.ask.unit.code, campaign.head(self.ask.connection).code)
        sheet.text(MARK, 0, form_marks.mark(made), small)
        big = self.book.format(font_size=16, bold=True, align="center", valign="vcenter")
        sheet.title(TITLE, last, title, big)
        plain = self.book.format(font_size=10, font_color="#595959", text_wrap=True, valign="vcenter")
        how = [self._how(), *self._focus()]
        sheet.title(HOW, last, "\n".join(how), plain)
        for place, column in enumerate(self.columns):
            identifier = form_marks.NO_COLUMN if column is _DUE else column.name
            sheet.text(KEYS, place, form_marks.key(identifier, column.headings[0]), small)
            sheet.text(HEAD, place, self._heading(column), self._head_format(column))
            if column is not _DUE:
                sheet.note(HEAD, place, guides.note(column, self.words[place]))
        for row, height in ((TITLE, 30), (HOW, 34 + 16 * (len(how) - 1)), (HEAD, 24)):
            sheet.inner.set_row(row, height)
        for row in (MARK, KEYS):
            sheet.inner.set_row(row, None, None, {"hidden": True})

    def _how(self) -> str:
        return _(
            "Columns with a star are required. Notes at the headings say what goes in. An empty cell changes nothing;"
            " <clear> clears what is stored. Numbers with stars are stored already and stay as they are."
            " Send this file back as it is: it is recognised by itself."
        )

    def _focus(self) -> list[str]:
        """Return what the units of this sector are to study and to solve, which a form is filled in with in mind."""
        texts = campaign.focus(self.ask.connection, self.ask.unit.sector_id)
        return [f"{title}：{text}" for title, text in zip((_("To study"), _("To solve")), texts, strict=True) if text]

    def _head_format(self, column: Field) -> Any:
        colour, ink = ("#1F4E79", "#FFFFFF") if column.is_needed else ("#DDEBF7", "#1F3864")
        if column is _DUE:
            colour, ink = "#E7E6E6", "#595959"
        look = {"bold": True, "bg_color": colour, "font_color": ink, "align": "center", "valign": "vcenter"}
        return self.book.format(text_wrap=True, **look, **_BORDER)

    # ── the data ──

    def row(self, number: int, values: Row) -> None:
        """Write what is known in one row."""
        for place, column in enumerate(self.columns):
            value = values.get(column.name)
            text = "" if value is None else str(value)
            if text and not guides.comes_back(text):
                # An empty cell changes nothing, and this one could not come back as what it was.
                self.sheet.note(number, place, text)
                text = ""
            if self.columns[place].of_kind.form == DAY and text:
                self.sheet.value(number, place, _day(text), self.formats[place])
            elif self.columns[place].of_kind.form == NUMBER and text:
                self.sheet.value(number, place, value, self.formats[place])
            elif text:
                self.sheet.text(number, place, text, self.formats[place])
            else:
                self.sheet.value(number, place, None, self.formats[place])
            self.widths[place] = max(self.widths[place], cell_width(text) + 2)
        self.sheet.inner.set_row(number, ROW_HEIGHT)

    # ── around them ──

    def finish(self, last_filled: int, title: str, stamp: tuple[int, str] | None) -> None:
        """Draw empty lines, offer the lists, lock what is not to be filled in, set up the page."""
        inner = self.sheet.inner
        last = last_filled + BLANK
        for row in range(last_filled + 1, last + 1):
            for place in range(len(self.columns)):
                self.sheet.value(row, place, None, self.formats[place])
            inner.set_row(row, ROW_HEIGHT)
        for place in range(len(self.columns)):
            unlocked = self.book.format(num_format="@", locked=False)
            width = min(WIDEST, self.widths[place])
            inner.set_column(place, place, width, None if self.columns[place] is _DUE else unlocked)
        self._watch(max(last, WATCHED))
        inner.freeze_panes(FIRST, min(2, len(self.columns)))
        allowed = ("format_columns", "format_rows", "insert_rows", "delete_rows", "sort", "autofilter")
        inner.protect("", dict.fromkeys(allowed, True))
        inner.print_area(0, 0, last, len(self.columns) - 1)
        number, hash_ = stamp or (0, "")
        self.book.property("advedu", f"operation={number} hash={hash_}")
        foot = _("{title} · {day} · operation {number}").format(title=title, day=self.ask.day, number=number)
        self.sheet.printed(foot, HEAD)
        inner.activate()
        inner.set_selection(FIRST, 0, FIRST, 0)

    def _watch(self, last: int) -> None:
        lists: SheetWriter | None = None
        for place, (column, words) in enumerate(zip(self.columns, self.words, strict=True)):
            kind = column.of_kind
            cell = cell_name(FIRST, place)
            warned = {"error_type": "warning", "error_title": _("Please check")}
            if words:
                lists = lists or self._hidden_sheet()
                for number, word in enumerate(words):
                    lists.text(number, place, word)
                letters = column_letters(place + 1)
                source = f"='{lists.name}'!${letters}$1:${letters}${len(words)}"
                message = _("This is not on the list. Keep it all the same?")
                self.sheet.choices(
                    FIRST, last, place, {"validate": "list", "source": source, "error_message": message, **warned}
                )
            elif kind.form == DAY:
                message = _("A day is expected, such as 2005-01-20. Keep it all the same?")
                limits = {"validate": "date", "criteria": ">=", "minimum": date(1900, 3, 1)}
                self.sheet.choices(FIRST, last, place, {**limits, "error_message": message, **warned})
            elif kind.form == NUMBER:
                message = _("A whole number is expected. Keep it all the same?")
                limits = {"validate": "integer", "criteria": ">=", "minimum": 0}
                self.sheet.choices(FIRST, last, place, {**limits, "error_message": message, **warned})
            elif kind.check:
                message = _("This has not the right length. Keep it all the same?")
                formula = {"validate": "custom", "value": "=" + kind.check.format(cell=cell)}
                self.sheet.choices(FIRST, last, place, {**formula, "error_message": message, **warned})

    def _hidden_sheet(self) -> SheetWriter:
        sheet = self.book.sheet(_LISTS)
        sheet.inner.very_hidden()
        return sheet


def _day(text: str) -> object:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text

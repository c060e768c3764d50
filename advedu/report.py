"""What a command answers: values under named columns, and how a person would like to see them.

A report is made once and knows neither terminal nor file; a writer in `output/` takes it and a stream.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

FORMAT_VERSION = 1

Row = Sequence[Any]


class Column(NamedTuple):
    """One column of values.

    Attributes:
        key: the JSON key and the English CSV heading.
        title: the heading, a template for the catalogue.
        words: names for the values of a fixed list, as templates.
        align: "left" or "right".
    """

    key: str
    title: str
    words: Mapping[Any, str] = {}
    align: str = "left"


class Cell(NamedTuple):
    """One cell of a table: text, and a style out of "", good, warn, bad, dim, head.

    What the style says must also be readable without colour: by a sign or a number in the text.
    """

    text: str
    style: str = ""


class Head(NamedTuple):
    """The heading of a table's column, translated already. `least` is a width below which it is not squeezed."""

    title: str
    align: str = "left"
    least: int = 0


class Table(NamedTuple):
    """A table as a person sees it."""

    heads: tuple[Head, ...]
    rows: Sequence[Sequence[Cell]]
    title: str = ""
    last_is_total: bool = False


class Report:
    """An answer.

    Attributes:
        columns, rows: the values; CSV and TSV print these.
        head: JSON keys before "rows"; tail: JSON keys after them.
        document: JSON keys instead of "rows", for an answer that is not a list.
        tables: makes what a person sees; by default the columns and rows.
        title, notes: lines above and below, for people.
        lines: paragraphs that are never folded, so that they can be copied from a screen and pasted.
        warnings: lines for standard error.
        exit_code: 0, or 3 and 4 as interface.md promises.
        silent: whether a person is shown nothing at all: no news is good news.
        stamp: the latest operation of the file and its chain hash; stands under every report of a file.
    """

    def __init__(
        self,
        columns: Sequence[Column] = (),
        rows: list[Any] | None = None,
        *,
        head: Mapping[str, Any] | None = None,
        tail: Mapping[str, Any] | None = None,
        document: Mapping[str, Any] | None = None,
        tables: Callable[[], list[Table]] | None = None,
        title: str = "",
        lines: Sequence[str] = (),
        notes: Sequence[str] = (),
        warnings: Sequence[str] = (),
        exit_code: int = 0,
        silent: bool = False,
    ) -> None:
        self.columns = columns
        self.rows = rows or []
        self.head = head or {}
        self.tail = tail or {}
        self.document = document
        self.tables = tables or (lambda: [plain_table(self)] if self.columns else [])
        self.title = title
        self.lines = lines
        self.notes = notes
        self.warnings = warnings
        self.exit_code = exit_code
        self.silent = silent
        self.stamp: tuple[int, str] | None = None

    def records(self) -> list[dict[str, Any]]:
        """Return the rows as the dictionaries that JSON shows."""
        keys = [column.key for column in self.columns]
        return [dict(zip(keys, row, strict=True)) for row in self.rows]


def plain_table(report: Report) -> Table:
    """Return a report's columns and rows as a table."""
    from advedu.i18n import _

    heads = tuple(Head(_(column.title), column.align) for column in report.columns)
    shown = [shower(column) for column in report.columns]
    return Table(heads, [[show(value) for show, value in zip(shown, row, strict=True)] for row in report.rows])


_NOTHING = Cell("")


def shower(column: Column) -> Callable[[Any], Cell]:
    """Return what turns a column's values into cells."""
    from advedu.i18n import _

    yes, words = Cell("✓"), {value: Cell(_(name)) for value, name in column.words.items()}

    def show(value: Any) -> Cell:
        if value is None or value is False:
            return _NOTHING
        if value is True:
            return yes
        if words and value in words:
            return words[value]
        return Cell(str(value))

    return show

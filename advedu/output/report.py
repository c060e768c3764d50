"""What a command answers: values under named columns, and how a person would like to see them.

A report is made once and knows neither terminal nor file; a writer in `output/` takes it and a stream.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from advedu.errors import BadValue

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


class ValueWithFacts(dict[str, Any]):
    """A value with several facts: JSON shows them all, a cell of a table or of a csv file the one called `shown`."""

    def __init__(self, shown: str, facts: Mapping[str, Any]) -> None:
        super().__init__(facts)
        self.shown = shown

    def __str__(self) -> str:
        return self.shown


class Several(list[ValueWithFacts]):
    """Values with several facts each: JSON shows the list, a cell one after the other."""

    def __str__(self) -> str:
        return "; ".join(map(str, self))


class View(NamedTuple):
    """What somebody wants to see of a list: which columns, in which order, how many rows.

    Attributes:
        columns: keys, or headings in the language spoken; empty for all.
        sort: keys, the weightiest first; one that begins with "-" is sorted backwards. What is empty comes last.
        limit: how many rows at most.
    """

    columns: tuple[str, ...] = ()
    sort: tuple[str, ...] = ()
    limit: int | None = None


class Report:
    """An answer.

    Attributes:
        columns, rows: the values; CSV and TSV print these.
        head: JSON keys before "rows"; tail: JSON keys after them.
        document: JSON keys instead of "rows", for an answer that is not a list, until rows of it are chosen (`view`).
        drawn: makes what a person sees of the rows of a list, also when they were sorted or cut (`view`).
        tables: makes what a person sees; by default what `drawn` makes, else the columns and rows.
        title, notes: lines above and below, for people.
        lines: paragraphs that are never folded, so that they can be copied from a screen and pasted.
        warnings: lines for standard error.
        exit_code: 0, or 3 and 4 as interface.md promises.
        silent: whether a person is shown nothing at all: no news is good news.
        text: a text instead of tables: it goes out as it is and without a stamp.
        spoken: whether the text is for people, in their terminal's encoding; else it is a file's content, in UTF-8.
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
        drawn: Callable[[Sequence[Any]], list[Table]] | None = None,
        tables: Callable[[], list[Table]] | None = None,
        title: str = "",
        lines: Sequence[str] = (),
        notes: Sequence[str] = (),
        warnings: Sequence[str] = (),
        exit_code: int = 0,
        silent: bool = False,
        text: str = "",
        spoken: bool = False,
    ) -> None:
        self.columns = columns
        self.rows = rows or []
        self.head = head or {}
        self.tail = tail or {}
        self.document = document
        self.drawn = drawn
        self.tables = tables or self._tables
        self.title = title
        self.lines = lines
        self.notes = notes
        self.warnings = warnings
        self.exit_code = exit_code
        self.silent = silent
        self.text = text
        self.spoken = spoken
        self.stamp: tuple[int, str] | None = None

    def _tables(self) -> list[Table]:
        if self.drawn is not None:
            return self.drawn(self.rows)
        return [plain_table(self)] if self.columns else []

    def view(self, wanted: View) -> None:
        """Keep the rows and columns that somebody wants to see, in the order wanted.

        Raises:
            BadValue: the report has no such column.
        """
        everything = len(self.rows)
        # The last key is sorted by first: a later sort keeps the order of what it finds equal.
        for name in reversed(wanted.sort):
            place = self._place(name.removeprefix("-"), "--sort")
            filled = [row for row in self.rows if row[place] is not None]
            filled.sort(key=lambda row: _comparable(row[place]), reverse=name.startswith("-"))
            self.rows = filled + [row for row in self.rows if row[place] is None]
        if wanted.limit is not None:
            self.rows = self.rows[: wanted.limit]
        # JSON shows the rows then, too.
        self.document = None
        # What a report draws by itself knows its own columns and, unless it says so, its own rows.
        self.tables = self._tables
        if wanted.columns:
            places = [self._place(name, "--columns") for name in wanted.columns]
            self.columns = [self.columns[place] for place in places]
            self.rows = [tuple(row[place] for place in places) for row in self.rows]
            self.drawn = None
        if len(self.rows) < everything:
            from advedu.i18n import _

            note = _("{shown} of {count} rows are shown.").format(shown=len(self.rows), count=everything)
            self.notes = [*self.notes, note]

    def _place(self, name: str, option: str) -> int:
        from advedu.i18n import _

        for place, column in enumerate(self.columns):
            if name in (column.key, _(column.title)):
                return place
        known = ", ".join(column.key for column in self.columns)
        raise BadValue(option=option, value=name, why=_("the columns are: {known}").format(known=known))

    def records(self) -> list[dict[str, Any]]:
        """Return the rows as the dictionaries that JSON shows."""
        keys = [column.key for column in self.columns]
        return [dict(zip(keys, row, strict=True)) for row in self.rows]


def _comparable(value: Any) -> Any:
    """Return what a value is sorted by: text without regard to capitals, facts by what a cell shows of them."""
    return value if isinstance(value, int | float) else str(value).casefold()


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

"""Tables for people.

Short tables on a terminal are drawn by rich. Long ones and those for a pipe are written by the plain writer here: a
rich table costs a third of a millisecond a row, which 782 rows make a quarter of a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from advedu.output import Screen
from advedu.report import Cell, Head, Report, Table
from advedu.text import cell_width, fold, neutralise, pad

# Up to here rich draws.
SHORT = 100
_GAP = "  "
_COLOURS = {"good": "32", "warn": "33", "bad": "1;31", "dim": "2", "head": "1"}
_RICH = {"good": "green", "warn": "yellow", "bad": "bold red", "dim": "dim", "head": "bold"}
# What stands for block characters where the encoding has none.
_ASCII = str.maketrans({"█": "#", "░": ".", "▌": "+", "✓": "v", "─": "-", "…": "~"})


def write(report: Report, stream: TextIO, screen: Screen) -> None:
    """Write a report's title, its tables and its notes."""
    if report.title:
        stream.write(painted(_encodable(neutralise(report.title), screen), "head", screen) + "\n")
    tables = report.tables()
    for number, table in enumerate(tables):
        if number or report.title:
            stream.write("\n")
        if table.title:
            stream.write(painted(_encodable(neutralise(table.title), screen), "head", screen) + "\n")
        if screen.width is not None and len(table.rows) <= SHORT:
            _rich(table, stream, screen)
        else:
            _plain(table, stream, screen)
    if report.notes:
        stream.write("\n")
    stream.writelines(painted(_encodable(neutralise(note), screen), "dim", screen) + "\n" for note in report.notes)


def painted(text: str, style: str, screen: Screen) -> str:
    """Return a text in the colours of a style."""
    code = _COLOURS.get(style) if screen.colour else None
    return f"\x1b[{code}m{text}\x1b[0m" if code else text


def _encodable(text: str, screen: Screen) -> str:
    return text if screen.blocks else text.translate(_ASCII)


def _rich(table: Table, stream: TextIO, screen: Screen) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    def text(cell: Cell) -> Text:
        return Text(_encodable(neutralise(cell.text), screen), _RICH.get(cell.style, ""))

    grid = RichTable(
        box=box.SIMPLE_HEAD if screen.blocks else box.ASCII2,
        pad_edge=False,
        header_style="bold",
        show_edge=False,
    )
    for head in table.heads:
        right = head.align == "right"
        grid.add_column(
            Text(_encodable(head.title, screen)),
            justify="right" if right else "left",
            overflow="fold",
            no_wrap=right,
            min_width=head.least or None,
        )
    for number, row in enumerate(table.rows, start=1):
        last = table.last_is_total and number == len(table.rows) - 1
        grid.add_row(*map(text, row), end_section=last)
    console = Console(
        file=stream,
        width=screen.width,
        color_system="standard" if screen.colour else None,
        force_terminal=True,
        markup=False,
        emoji=False,
        highlight=False,
    )
    console.print(grid)


def _plain(table: Table, stream: TextIO, screen: Screen) -> None:
    rows = [[(_encodable(neutralise(text), screen), style) for text, style in row] for row in table.rows]
    wanted = [max(map(cell_width, column)) for column in zip(*_texts(table.heads, rows), strict=True)]
    widths = wanted if screen.width is None else squeezed(wanted, table.heads, screen.width)
    # Under a heading row, a rule that shows how wide each column is.
    rule = "─" if screen.blocks else "-"
    lines = [
        _line([(head.title, "head") for head in table.heads], widths, table.heads, screen),
        _GAP.join(rule * width for width in widths),
    ]
    for number, row in enumerate(rows, start=1):
        if table.last_is_total and number == len(rows):
            lines.append(lines[1])
        lines.append(_line(row, widths, table.heads, screen))
    stream.write("\n".join(lines) + "\n")


def _texts(heads: Sequence[Head], rows: list[list[tuple[str, str]]]) -> list[list[str]]:
    return [[head.title for head in heads], *([text for text, _ in row] for row in rows)]


def squeezed(wanted: Sequence[int], heads: Sequence[Head], width: int) -> list[int]:
    """Return column widths that fit into `width`, taking from the widest columns of text first.

    Numbers are never folded. Where even the narrowest columns do not fit, lines grow longer than the terminal, which
    then breaks them: nothing is cut.
    """
    widths = list(wanted)
    spare = width - len(_GAP) * (len(widths) - 1)
    least = 6
    while sum(widths) > spare:
        texts = [i for i, head in enumerate(heads) if head.align == "left" and widths[i] > max(least, head.least)]
        if not texts:
            break
        widest = max(texts, key=widths.__getitem__)
        widths[widest] -= 1
    return widths


def _line(cells: Sequence[tuple[str, str]], widths: Sequence[int], heads: Sequence[Head], screen: Screen) -> str:
    if all(cell_width(text) <= width for (text, _), width in zip(cells, widths, strict=True)):
        return _joined([text for text, _ in cells], cells, widths, heads, screen)
    folded = [fold(text, width) or [""] for (text, _), width in zip(cells, widths, strict=True)]
    height = max(map(len, folded))
    parts = [[lines[i] if i < len(lines) else "" for lines in folded] for i in range(height)]
    return "\n".join(_joined(texts, cells, widths, heads, screen) for texts in parts)


def _joined(
    texts: Sequence[str],
    cells: Sequence[tuple[str, str]],
    widths: Sequence[int],
    heads: Sequence[Head],
    screen: Screen,
) -> str:
    padded = []
    for text, (_, style), width, head in zip(texts, cells, widths, heads, strict=True):
        filled = text + " " * (width - cell_width(text)) if head.align == "left" else pad(text, width, "right")
        padded.append(painted(filled, style, screen) if style else filled)
    return _GAP.join(padded).rstrip()

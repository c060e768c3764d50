"""Tables for people: folded to the width of the screen, and painted where it has colours."""

from collections.abc import Sequence
from typing import NamedTuple, TextIO

from advedu.i18n import _
from advedu.output.report import Head, Report, Table
from advedu.output.screen import Screen
from advedu.values.text import cell_width, fold, neutralise, pad

# Columns stand this far apart where there is room.
WIDE_GAP = 2
# A Chinese heading of three characters stays in one piece; a column of text folds down to this.
SHORT_HEAD = {"left": 6, "right": 4}
LEAST_TEXT = 6
_COLOURS = {"good": "32", "warn": "33", "bad": "1;31", "dim": "2", "head": "1"}
# What stands for block characters where the encoding has none.
_ASCII = str.maketrans({"█": "#", "░": ".", "▌": "+", "✓": "v", "─": "-", "…": "~"})


# So many digits of the hash stand under a report on the screen.
SHORT_HASH = 12


def write(report: Report, stream: TextIO, screen: Screen, *, whole_hash: bool = False) -> None:
    """Write a report's title, its tables and its notes, and where the history of the file ends."""
    if report.silent:
        return
    if report.title:
        stream.write(painted(_encodable(neutralise(report.title), screen), "head", screen) + "\n")
    tables = report.tables()
    for number, table in enumerate(tables):
        if number or report.title:
            stream.write("\n")
        if table.title:
            stream.write(painted(_encodable(neutralise(table.title), screen), "head", screen) + "\n")
        _draw(table, stream, screen)
    stream.writelines(f"\n{_encodable(neutralise(line), screen)}\n" for line in report.lines)
    _notes(report, stream, screen, whole_hash=whole_hash)


def _notes(report: Report, stream: TextIO, screen: Screen, *, whole_hash: bool) -> None:
    notes = [*report.notes]
    if report.stamp is not None:
        number, hash_ = report.stamp
        shown = hash_ if whole_hash else hash_[:SHORT_HASH]
        notes.append(_("Operation {number} · {hash}").format(number=number, hash=shown))
    if notes:
        stream.write("\n")
    for note in notes:
        text = _encodable(neutralise(note), screen)
        lines = [text] if screen.width is None else fold(text, max(LEAST_TEXT, screen.width))
        stream.writelines(painted(line.rstrip(), "dim", screen) + "\n" for line in lines)


def painted(text: str, style: str, screen: Screen) -> str:
    """Return a text in the colours of a style."""
    code = _COLOURS.get(style) if screen.colour else None
    return f"\x1b[{code}m{text}\x1b[0m" if code else text


def _encodable(text: str, screen: Screen) -> str:
    """Return a text as the stream can show it, so that its columns can be counted."""
    shown = text if screen.blocks else text.translate(_ASCII)
    if screen.encoding is None or shown.isascii():
        return shown
    return shown.encode(screen.encoding, "backslashreplace").decode(screen.encoding)


class _Fitted(NamedTuple):
    """A table made to fit: every cell is folded into lines no wider than its column."""

    widths: list[int]
    gap: int
    heads: list[list[str]]
    rows: list[list[list[str]]]


def fitted(table: Table, screen: Screen) -> _Fitted:
    """Return a table's cells folded so that it fits the screen; where nothing cuts, nothing is folded.

    First the gaps shrink, then headings fold over the numbers below them, then the widest columns of text give way.
    Numbers never fold. Where even that is not enough, lines grow longer than the terminal, which then breaks them:
    nothing is cut.
    """
    heads = [_encodable(neutralise(head.title), screen) for head in table.heads]
    rows = [[_encodable(neutralise(text), screen) for text, _style in row] for row in table.rows]
    bodies = [max(map(cell_width, column), default=0) for column in zip(*rows, strict=True)] or [0] * len(heads)
    wanted = [max(body, cell_width(head)) for body, head in zip(bodies, heads, strict=True)]
    widths, gap = wanted, WIDE_GAP
    if screen.width is not None:
        while gap > 1 and sum(widths) + gap * (len(widths) - 1) > screen.width:
            gap -= 1
        if sum(widths) + gap * (len(widths) - 1) > screen.width:
            least = [
                max(body, _least_heading(head, spec.align), spec.least)
                for body, head, spec in zip(bodies, heads, table.heads, strict=True)
            ]
            widths = squeezed([min(pair) for pair in zip(wanted, least, strict=True)], table.heads, screen.width, gap)
    if widths == wanted:
        return _Fitted(widths, gap, [[head] for head in heads], [[[text] for text in row] for row in rows])
    folded = [[_folded(text, width) for text, width in zip(row, widths, strict=True)] for row in rows]
    return _Fitted(
        widths, gap, [_folded_heading(head, width) for head, width in zip(heads, widths, strict=True)], folded
    )


def _least_heading(text: str, align: str) -> int:
    """Return how narrow a heading may be folded: a Latin one between words, a longer Chinese one in half."""
    if text.isascii():
        return max(map(len, text.split()), default=0)
    width = cell_width(text)
    return width if width <= SHORT_HEAD[align] else (width + 3) // 4 * 2


def _folded(text: str, width: int) -> list[str]:
    # A column of one sign is one wide and never folds; a Chinese character needs two.
    return [text] if cell_width(text) <= width else fold(text, max(2, width))


def _folded_heading(text: str, width: int) -> list[str]:
    """Return the lines of a heading: Latin words stay whole."""
    if not text.isascii():
        return _folded(text, width)
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]


def squeezed(widths: Sequence[int], heads: Sequence[Head], width: int, gap: int) -> list[int]:
    """Return column widths that fit into `width`, taking from the widest columns of text."""
    narrowed = list(widths)
    excess = sum(narrowed) + gap * (len(narrowed) - 1) - width
    for _unit in range(max(0, excess)):
        texts = [
            i for i, head in enumerate(heads) if head.align == "left" and narrowed[i] > max(LEAST_TEXT, head.least)
        ]
        if not texts:
            break
        narrowed[max(texts, key=narrowed.__getitem__)] -= 1
    return narrowed


def _draw(table: Table, stream: TextIO, screen: Screen) -> None:
    fit = fitted(table, screen)
    line = "─" if screen.blocks else "-"
    if screen.width is None:
        # Under the headings and above a total, a rule that shows how wide each column is.
        rule = total_rule = (" " * fit.gap).join(line * width for width in fit.widths)
    else:
        rule, total_rule = line * (sum(fit.widths) + fit.gap * (len(fit.widths) - 1)), ""
    lines = []
    if any(head.title for head in table.heads):
        # Headings of several lines stand on the rule, not below the edge.
        depth = max(map(len, fit.heads))
        heads = [[""] * (depth - len(folded)) + folded for folded in fit.heads]
        lines += [_line(heads, ["head"] * len(heads), fit, table.heads, screen), rule]
    for number, (row, folded) in enumerate(zip(table.rows, fit.rows, strict=True), start=1):
        if table.last_is_total and number == len(fit.rows):
            lines.append(total_rule)
        lines.append(_line(folded, [cell.style for cell in row], fit, table.heads, screen))
    stream.write("\n".join(lines) + "\n")


def _line(
    cells: Sequence[list[str]], styles: Sequence[str], fit: _Fitted, heads: Sequence[Head], screen: Screen
) -> str:
    lines = []
    last = len(cells) - 1
    for place in range(max(map(len, cells), default=0)):
        padded = []
        for number, folded in enumerate(cells):
            text = folded[place] if place < len(folded) else ""
            # What would stand behind the last text of a line is cut off again.
            if heads[number].align == "right" or number < last:
                text = pad(text, fit.widths[number], heads[number].align)
            padded.append(painted(text, styles[number], screen) if styles[number] else text)
        lines.append((" " * fit.gap).join(padded).rstrip())
    return "\n".join(lines)

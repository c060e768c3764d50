"""Sheets looked at element by element: the slow way, for those that are not written as usual."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Protocol
from xml.parsers import expat

from advedu.importing.workbook.archive import Refused
from advedu.importing.workbook.extent import MOST_CELLS, Extent, Place
from advedu.values.cell_names import column_number

# Sheets that are not written as usual are looked at element by element, a microsecond each.
MOST_SLOW_CELLS = 1_000_000


class _ElementHandler(Protocol):
    """What happens at each element; the name comes without its prefix."""

    def start(self, name: str, given: dict[str, str]) -> None: ...
    def end(self, name: str) -> None: ...
    def text(self, text: str) -> None: ...


def parse(pieces: Iterable[bytes], reader: _ElementHandler) -> None:
    """Tell a reader of every element.

    Raises:
        Refused: this is no XML, or brings definitions of its own.
    """

    def refuse(*_: Any) -> None:
        raise Refused("unreadable", "entities", part="")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = lambda name, given: reader.start(
        _local(name), {_local(k): v for k, v in given.items()}
    )
    parser.EndElementHandler = lambda name: reader.end(_local(name))
    parser.CharacterDataHandler = reader.text
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError) as error:
        raise Refused("unreadable", "damaged") from error


def elements(pieces: Iterable[bytes], wanted: str) -> list[dict[str, str]]:
    """Return the attributes of every element of a name."""
    found: list[dict[str, str]] = []

    class Each:
        def start(self, name: str, given: dict[str, str]) -> None:
            if name == wanted:
                found.append(given)

        def end(self, name: str) -> None: ...
        def text(self, text: str) -> None: ...

    parse(pieces, Each())
    return found


def _local(name: str) -> str:
    return name.rpartition(":")[2]


_REFERENCE = re.compile(r"\$?([A-Za-z]{1,7})\$?([0-9]{1,10})")


class Xlsx:
    """A sheet of an xlsx: cells with content, wherever they say they are."""

    def __init__(self) -> None:
        self.cells = self.rows = self.columns = 0
        self.row = self.column = 0
        self.full = self.error = self.is_text = self.has_formula = False
        self.inside = ""
        self.words = {"f": "", "v": ""}
        self.flaws: list[tuple[int, int, str]] = []

    def start(self, name: str, given: dict[str, str]) -> None:
        """Take in the beginning of an element."""
        if name == "row":
            self.row = int(given["r"]) if given.get("r", "").isdigit() else self.row + 1
            self.column = 0
        elif name == "c":
            place = _REFERENCE.fullmatch(given.get("r", ""))
            if place:
                self.column, self.row = column_number(place[1].upper().encode()), int(place[2])
            else:
                self.column += 1
            self.full = self.has_formula = False
            self.error, self.is_text = given.get("t") == "e", given.get("t") == "str"
            self.words = {"f": "", "v": ""}
        elif name in ("v", "is", "f"):
            self.inside = name
            self.has_formula |= name == "f"
            self.full |= name == "is"

    def text(self, text: str) -> None:
        """Take in a piece of text."""
        if self.inside in self.words:
            self.words[self.inside] += text

    def end(self, name: str) -> None:
        """Take in the end of an element."""
        if name in ("v", "is", "f"):
            self.inside = ""
        elif name == "c":
            if self.error or (self.has_formula and not (self.words["v"] or self.full or self.is_text)):
                shown = (self.words["v"] if self.error else f"={self.words['f']}") or "#"
                self.flaws.append((self.row - 1, self.column - 1, shown))
            if self.full or self.words["v"]:
                self.cells += 1
                self.rows = max(self.rows, self.row)
                self.columns = max(self.columns, self.column)
                if self.cells > MOST_SLOW_CELLS:
                    raise Refused("too_large", "cells", most=MOST_SLOW_CELLS)


class Ods:
    """All sheets of an ods, whose rows and cells may be meant many times."""

    def __init__(self) -> None:
        self.sheets: dict[str, Extent] = {}
        self.name = ""
        self.row = self.column = self.last = self.repeat = 0
        self.cell: dict[str, str] = {}
        self.words = ""
        self.deep = 0
        self.found = Extent()
        self.merged: list[tuple[Place, Place]] = []
        self.flaws: list[tuple[int, int, str]] = []

    def start(self, name: str, given: dict[str, str]) -> None:
        """Take in the beginning of an element."""
        if name == "table" and "name" in given and not self.deep:
            self.name, self.row, self.found = given["name"], 0, Extent()
            self.merged, self.flaws = [], []
        elif name == "table-row":
            self.repeat = _times(given, "number-rows-repeated")
            self.column = self.last = 0
        elif name in ("table-cell", "covered-table-cell"):
            self.cell, self.words, self.deep = given, "", 1
        elif self.deep and name == "p" and self.words:
            self.words += "\n"

    def text(self, text: str) -> None:
        """Take in a piece of text."""
        if self.deep and len(self.words) < 1 << 16:
            self.words += text

    def end(self, name: str) -> None:
        """Take in the end of an element."""
        if name in ("table-cell", "covered-table-cell"):
            self.deep = 0
            self._cell(_times(self.cell, "number-columns-repeated"))
        elif name == "table-row":
            if self.last:
                found = self.found
                self.found = found._replace(
                    cells=found.cells + self.last * self.repeat,
                    rows=self.row + self.repeat,
                    columns=max(found.columns, self.last),
                )
                if self.found.cells > MOST_CELLS:
                    raise Refused("too_large", "cells", most=MOST_CELLS)
            self.row += self.repeat
        elif name == "table" and self.name:
            found = self.found._replace(merged=tuple(self.merged), flaws=tuple(self.flaws))
            self.sheets[self.name], self.name = found, ""

    def _cell(self, times: int) -> None:
        given, words = self.cell, self.words.strip()
        down, right = _times(given, "number-rows-spanned"), _times(given, "number-columns-spanned")
        if down > 1 or right > 1:
            last = (self.row + down - 1, self.column + right - 1)
            self.merged.append(((self.row, self.column), last))
        if "formula" in given and (words.startswith(("#", "Err:")) or not (words or "value" in given)):
            self.flaws.append((self.row, self.column, words or given["formula"]))
        self.column += times
        if words or any(key.endswith("value") for key in given):
            self.last = self.column


def _times(given: dict[str, str], name: str) -> int:
    text = given.get(name, "1")
    return min(int(text), 1 << 40) if text.isdigit() and len(text) < 20 else 1  # noqa: PLR2004 (digits of 64 bits)

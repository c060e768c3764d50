"""Cells that mean something else than what stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

# "As above", in words and in the signs that stand for them.
DITTO = frozenset(("同上", "〃", "″", "“", "”", "〞", '"', "''", "同上行", "〃〃"))
# What a spreadsheet puts where a value cannot be worked out; in csv it stands there as a text.
ERRORS = frozenset(("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"))


# Every word of DITTO has one of these in it.
_MARKS = ("同上", "〃", "″", "“", "”", "〞", '"', "''")


class Flaw(str):
    """What stands in a cell whose value is missing: an error such as #N/A, or a formula that was never worked out."""

    __slots__ = ()


def may_repeat(column: Sequence[object]) -> bool:
    """Tell, at the cost of a pass in C, whether a closer look at a column for cells like the one above is worth it."""
    try:
        joined = "".join(cast("Sequence[str]", column))
    except TypeError:
        joined = "".join([cell for cell in column if isinstance(cell, str)])
    return any(mark in joined for mark in _MARKS)


def is_ditto(cell: object) -> bool:
    """Tell whether a cell says that the one above holds here too."""
    return isinstance(cell, str) and cell.strip() in DITTO

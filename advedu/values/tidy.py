"""Texts of a whole column that are stored as they stand: told by a few passes in C, without a look at each cell."""

import re
from collections.abc import Callable, Sequence

Tidy = Callable[[Sequence[str]], bool]
_FULL_WIDTH = re.compile(r"[\uff01-\uff5e]").search


def tidy(odd: Callable[[str], object] | None = None) -> Tidy:
    """Return what tells whether texts hold nothing that needs a closer look.

    Args:
        odd: what makes all texts of this column, side by side, need one beside what makes any.
    """

    def check(texts: Sequence[str]) -> bool:
        joined = "".join(texts)
        return (
            joined.isprintable()
            and not any(mark in joined for mark in ("<", "＜", "*", "＊", "  ", "#"))
            and not (odd and odd(joined))
            and list(map(str.strip, texts)) == list(texts)
        )

    return check


def full_width(joined: str) -> object:
    """Tell whether letters, digits or signs are as wide as characters."""
    return not joined.isascii() and _FULL_WIDTH(joined)


def shortened(joined: str) -> object:
    """Tell whether a spreadsheet may have shortened a number, or its digits are wide."""
    return full_width(joined) or "E+" in joined or "e+" in joined


def spaced(joined: str) -> object:
    """Tell whether there are spaces."""
    return " " in joined

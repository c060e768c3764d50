"""What a heading means: the column it names, exactly or, when only one can be meant, nearly."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from advedu.nouns.declaration import Field
from advedu.values.text import normalise_name, sounds_alike

_REMARK = re.compile(r"[(（\[【].*?[)）\]】]|[*＊:：]")
# A running number is nobody's data.
IGNORED = ("序号", "no", "no.", "编次", "#")
# Shorter English identifiers differ from other words by one letter.
_LONG_WORD = 5


class Known(NamedTuple):
    """The headings of a kind of file: key of a heading → column, and the same for its wide columns."""

    columns: Mapping[str, str]
    entries: Mapping[str, object]


@cache
def heading(text: str) -> str:
    """Return the key of a heading: no spaces, remarks, asterisks; width and case evened out."""
    bare = _REMARK.sub("", text)
    return normalise_name(bare or text)


def known(columns: Sequence[Field], entries: Mapping[str, object], mapped: Mapping[str, str]) -> Known:
    """Return the headings that are understood; those that somebody mapped come first."""
    found = {heading(title): column.name for column in columns for title in (column.name, *column.headings)}
    return Known(found | {heading(text): name for text, name in mapped.items()}, entries)


def keys(row: Sequence[object]) -> list[str]:
    """Return the keys of a row's cells; only texts are headings."""
    return [heading(cell) if isinstance(cell, str) and cell.strip() else "" for cell in row]


def near(found: Sequence[str], names: Known) -> dict[int, str]:
    """Return index → column for headings that are misspelt, where only one column and one heading fit.

    Misspelt is a heading with two neighbours exchanged, with one doubled, or with one that sounds like the right one,
    as input methods offer them. One that merely looks like another is not: 入团日期 is not 入党日期.
    """
    taken = {names.columns[key] for key in found if key in names.columns}
    fits: dict[int, str] = {}
    for index, key in enumerate(found):
        if not key or key in names.columns or key in names.entries or key in IGNORED:
            continue
        near_names = {name for title, name in names.columns.items() if _alike(key, title)}
        if len(near_names) == 1:
            fits[index] = near_names.pop()
    return {index: name for index, name in fits.items() if name not in taken and list(fits.values()).count(name) == 1}


def _alike(one: str, other: str) -> bool:
    if one.isascii() and other.isascii():
        return min(len(one), len(other)) >= _LONG_WORD and _one_letter_apart(one, other)
    if len(one) == len(other):
        apart = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        if len(apart) == 2 and apart[1] == apart[0] + 1:  # noqa: PLR2004 (two neighbours)
            return one[apart[0]] == other[apart[1]] and one[apart[1]] == other[apart[0]]
        return len(apart) == 1 and sounds_alike(one[apart[0]], other[apart[0]])
    # A character typed twice.
    return len(one) == len(other) + 1 and any(
        one[place] == one[place + 1] and one[:place] + one[place + 1 :] == other for place in range(len(one) - 1)
    )


def _one_letter_apart(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))


def titles(row: Iterable[object]) -> list[str]:
    """Return the headings as they stand there."""
    return [str(cell).strip() if cell is not None else "" for cell in row]

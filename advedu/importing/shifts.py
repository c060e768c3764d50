"""Rows whose cells have slipped into a neighbouring column, known by what stands where it cannot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import cast

from advedu.i18n import N_
from advedu.values.identity import IdProblem, parse_id_number

_ID, _DAY, _PHONE, _SEX = "id", "day", "phone", "sex"
_ID_LENGTH = 18
_KINDS = {
    _SEX: re.compile("[男女]"),
    _DAY: re.compile(r"(?:19|20)\d\d[-./年]\d{1,2}(?:[-./月]\d{1,2}日?|月)"),
    _PHONE: re.compile(r"1[3-9]\d{9}"),
}
WORDS = {
    _ID: N_("an ID number stands in {column}"),
    _DAY: N_("a day stands in {column}"),
    _PHONE: N_("a telephone number stands in {column}"),
    _SEX: N_("a sex stands in {column}"),
}
# How many characters such a thing has.
_LENGTHS = {_SEX: {1}, _ID: {18}, _PHONE: {11}, _DAY: {7, 8, 9, 10}}
# Column → what belongs there.
_EXPECTED: Mapping[str, str] = {
    "name": "",
    "sex": _SEX,
    "born_on": _DAY,
    "joined_on": _DAY,
    "id_number": _ID,
    "status": "",
    "phone": _PHONE,
}


# Units have codes of any shape, and names: there an ID number alone is looked for.
_NO_ID = "unit"


def find(columns: Sequence[Sequence[object]], names: Mapping[str, int]) -> dict[int, list[tuple[str, int]]]:
    """Return row → what gives it away: a template of `WORDS` and the index of the column.

    An ID number where none belongs is enough; of other things it takes two, for one alone may be a slip.
    """
    if "name" not in names:
        return {}
    signs: dict[int, list[tuple[str, int]]] = {}
    for name, expected in _EXPECTED.items():
        index = names.get(name)
        if index is None:
            continue
        for i, kind in _strange(columns[index], expected):
            signs.setdefault(i, []).append((WORDS[kind], index))
    if (index := names.get(_NO_ID)) is not None:
        for i, cell in enumerate(columns[index]):
            if type(cell) is str and len(cell) == _ID_LENGTH and _kind(cell) == _ID:
                signs.setdefault(i, []).append((WORDS[_ID], index))
    return {i: found for i, found in signs.items() if len(found) > 1 or found[0][0] == WORDS[_ID]}


def _strange(column: Sequence[object], expected: str) -> Iterator[tuple[int, str]]:
    if not _may_be(column, expected):
        return
    for i, cell in enumerate(column):
        kind = _kind(cell)
        if kind and kind != expected:
            yield i, kind


def _may_be(column: Sequence[object], expected: str) -> bool:
    """Tell by the lengths of the texts, at the cost of one pass in C, whether a closer look is worth it."""
    try:
        lengths = set(map(len, cast("Sequence[str]", column)))
    except TypeError:
        # A number, a day or an empty cell of a workbook.
        if expected != _DAY:
            return True
        lengths = {len(cell) for cell in column if isinstance(cell, str)}
    others = (found for kind, found in _LENGTHS.items() if kind != expected)
    return any(not lengths.isdisjoint(found) for found in others)


def _kind(cell: object) -> str:
    if isinstance(cell, date):
        return _DAY
    text = cell.strip() if isinstance(cell, str) else ""
    for kind, pattern in _KINDS.items():
        if pattern.fullmatch(text):
            return kind
    if len(text) != _ID_LENGTH:
        return ""
    try:
        parse_id_number(text)
    except IdProblem:
        return ""
    return _ID

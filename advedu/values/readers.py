"""What a typed word or a spreadsheet cell means: one reader per kind of field, for commands and imports alike.

A reader takes a cell (text, number, day or truth value; never empty) and returns the value to store, or raises
`Problem` with the stable code of interface.md and the reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from advedu.i18n import N_
from advedu.values.dates import DateProblem, cell_day, cell_month_or_day
from advedu.values.identity import IdProblem, born_on, parse_id_number
from advedu.values.text import normalise_name, suggestions

V = TypeVar("V")
# What people put between several names in one cell.
_STOPS = ",，、;；/／"
Read = Callable[[object], object]
# A name of so many characters with a star in it was masked; longer ones may have a star of their own.
MASKED_NAME = 4
_FIFTEEN_DIGITS = 1e14


class Problem(Exception):
    """Why a value cannot be stored.

    Attributes:
        code: one of the codes of interface.md.
        why: a template in English, for the catalogue.
        values: what fills the template.
    """

    def __init__(self, code: str, why: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.why = why
        self.values = values


DATE_PROBLEMS = {
    "date_invalid": N_("this is no day of the calendar; write it like 2005-01-20"),
    "date_ambiguous": N_(
        "this may be more than one day or month (1985.1 is January, or what a spreadsheet makes of 1985.10);"
        " write it like 1985-10 or 1985-10-01"
    ),
    "date_future": N_("this day lies in the future (today is {today})"),
}
ID_PROBLEMS = {
    "id_length": N_("an ID number has 18 digits, or 15"),
    "id_checksum": N_("the check digit does not fit the other digits; a digit is wrong"),
    "id_birth": N_("the day of birth inside it does not exist"),
    "id_unborn": N_("the day of birth inside it lies in the future (today is {today})"),
    "id_number_cell": N_(
        "the ID number stands in a number cell, which keeps 15 digits only; format the column as text"
    ),
}


def as_text(cell: object) -> str:
    """Return the text of any cell: whole numbers without a decimal point, white space collapsed to single spaces."""
    if isinstance(cell, str):
        return cell if cell.isascii() and cell.isalnum() else " ".join(cell.split())
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def text(cell: object) -> str:
    """Read a text. Characters that no file can keep are refused; what a terminal must not see is handled there."""
    found = as_text(cell)
    if found.isprintable():
        return found
    if "\0" in found or any("\ud800" <= char <= "\udfff" for char in found):
        raise Problem("value_invalid", N_("it holds a character that cannot be stored"))
    return found


def aliases(cell: object) -> str:
    """Read other names, separated by spaces or stops; each once, separated by one space."""
    written = text(cell)
    for stop in _STOPS:
        written = written.replace(stop, " ")
    return " ".join(dict.fromkeys(written.split())) or text(cell)


# Full-width letters, digits and signs, as an input method leaves them.
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
_SHORT_NAME = range(2, 5)
_SHORTENED = re.compile(r"\d(?:\.\d+)?[eE]\+\d{1,2}")


def name(cell: object) -> str:
    """Read the name of a person: 王 小明 is 王小明, whose spaces only fill a column; longer names keep theirs."""
    found = text(cell)
    if " " in found:
        bare = found.replace(" ", "")
        if len(bare) in _SHORT_NAME and all("\u4e00" <= char <= "\u9fff" or char == "〇" for char in bare):
            return bare
    return found


def code(cell: object) -> str:
    """Read a code: full-width letters and digits are made narrow."""
    return _not_shortened(text(cell)).translate(_NARROW).strip()


def member(cell: object) -> str:
    """Read what names a member: a code, an ID number or a name."""
    # An ID number in a number cell has lost its last digits and may name somebody else.
    if (isinstance(cell, float) and cell >= _FIFTEEN_DIGITS) or (isinstance(cell, str) and is_shortened(cell)):
        raise Problem("id_number_cell", ID_PROBLEMS["id_number_cell"])
    return name(cell)


def is_starred(cell: str) -> bool:
    """Tell whether a name was masked before it was handed on: 王**, 王*明."""
    stars = cell.strip().replace("＊", "*")
    # A star alone hides nothing.
    return "**" in stars or ("*" in stars and 1 < len(stars) <= MASKED_NAME)


def phone(cell: object) -> str:
    """Read a telephone number: full-width digits are made narrow."""
    return _not_shortened(text(cell)).translate(_NARROW).strip()


def is_shortened(found: str) -> bool:
    """Tell whether a text is a number that a spreadsheet has shortened, 3.30E+17."""
    return _SHORTENED.fullmatch(found.strip()) is not None


def _not_shortened(found: str) -> str:
    if is_shortened(found):
        raise Problem("value_invalid", N_("the spreadsheet has shortened this number; format the column as text"))
    return found


def count(cell: object) -> int:
    """Read a whole number of people, 0 or more."""
    found = as_text(cell).removesuffix("人").strip()
    if found.isdigit() and len(found) <= 9:  # noqa: PLR2004 (nine digits are plenty and fit any integer)
        return int(found)
    raise Problem("value_invalid", N_("a whole number is expected"))


_ORDINALS = {word: number for number, word in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}
_COUNTED = "轮次条件个份期篇"


def number(cell: object) -> int:
    """Read a whole number from 1 on, also as 第一轮, 3条 or 总第21期."""
    found = as_text(cell).strip().removeprefix("总").removeprefix("第").rstrip(_COUNTED).strip()
    value = _ORDINALS.get(found) or (int(found) if found.isdigit() and len(found) <= 9 else 0)  # noqa: PLR2004
    if value < 1:
        raise Problem("value_invalid", N_("a whole number from 1 on is expected"))
    return value


# Nobody sits a session longer than a few days.
MOST_HOURS = 100


def hours(cell: object) -> float:
    """Read a number of hours, such as 2 or 1.5."""
    found = as_text(cell).strip().removesuffix("小时").removesuffix("学时").removesuffix("个").strip()
    try:
        value = float(found)
    except ValueError:
        value = 0.0
    if not 0 < value <= MOST_HOURS:
        raise Problem("value_invalid", N_("a number of hours is expected, such as 2 or 1.5"))
    return value


def day(cell: object) -> str:
    """Read a day."""
    return _dated(cell_day, cell)


def month_or_day(cell: object) -> str:
    """Read a day, or a month where that is enough."""
    return _dated(cell_month_or_day, cell)


def _dated(read: Callable[[object], str], cell: object) -> str:
    try:
        return read(cell)
    except DateProblem as problem:
        raise Problem(problem.code, DATE_PROBLEMS[problem.code]) from None


def past(read: Callable[[object], str], today: str) -> Callable[[object], str]:
    """Return a reader that refuses days after `today`."""

    def reader(cell: object) -> str:
        found = read(cell)
        if found > today:
            raise Problem("date_future", DATE_PROBLEMS["date_future"], today=today)
        return found

    return reader


def id_number(cell: object) -> str:
    """Read a resident ID number: text always, because a number cell has lost its last digits."""
    if isinstance(cell, (int, float)):
        raise Problem("id_number_cell", ID_PROBLEMS["id_number_cell"])
    found = as_text(cell)
    if is_shortened(found):
        raise Problem("id_number_cell", ID_PROBLEMS["id_number_cell"])
    try:
        return parse_id_number(found)
    except IdProblem as problem:
        raise Problem(problem.code, ID_PROBLEMS[problem.code]) from None


def born_by(read: Callable[[object], str], today: str) -> Callable[[object], str]:
    """Return a reader of ID numbers that refuses those of people born after `today`."""

    def reader(cell: object) -> str:
        found = read(cell)
        if born_on(found) > today:
            raise Problem("id_birth", ID_PROBLEMS["id_unborn"], today=today)
        return found

    return reader


# The words of a tick, in the form that normalise_name gives them.
_TICKS = dict.fromkeys(("是", "√", "✓", "✔", "v", "1", "true", "yes", "y", "对", "☑"), 1) | dict.fromkeys(
    ("否", "×", "✗", "x", "0", "false", "no", "n", "不是", "非", "无", "☐"), 0
)


def tick(cell: object) -> int:
    """Read yes or no: 1 or 0."""
    found = _TICKS.get(normalise_name(as_text(cell)))
    if found is None:
        raise Problem("value_invalid", N_("yes or no is expected: 是/否, √, 1/0, true/false"))
    return found


class Choice:
    """A reader of a fixed list: identifiers, names and other names, forgiving of spaces, width and case.

    Args:
        words: every word that is understood, with its value.
        shown: the words that a message lists as known.
    """

    def __init__(self, words: Iterable[tuple[str, object]], shown: Iterable[str]) -> None:
        self.words: Mapping[str, object] = {normalise_name(word): value for word, value in words}
        self.shown = tuple(shown)

    def find(self, cell: object) -> object | None:
        """Return the value of a word, or None."""
        return self.words.get(normalise_name(as_text(cell)))

    def __call__(self, cell: object) -> object:
        """Return the value of a word.

        Raises:
            Problem: value_invalid, with the nearest words or the whole list.
        """
        found = self.find(cell)
        if found is None:
            nearest = suggestions(as_text(cell), self.shown)
            if nearest:
                raise Problem(
                    "value_invalid",
                    N_("not on the list; did you mean {nearest}?"),
                    nearest=", ".join(nearest),
                )
            raise Problem("value_invalid", N_("not on the list: {known}"), known=", ".join(self.shown))
        return found

"""Days as people and spreadsheets write them, turned into ISO text.

Everywhere in the program a day is text `YYYY-MM-DD`, and where a month is enough `YYYY-MM`: such text
compares in the order of time, sorts in SQL and needs no conversion on its way out. This is the one place that
reads anything else. Days before 1900 and after 2100 are taken for slips of the keyboard.
"""

from collections import deque
from collections.abc import Collection
from datetime import date, time, timedelta
from itertools import pairwise

INVALID = "date_invalid"
AMBIGUOUS = "date_ambiguous"

_FIRST_DAY = "1900-01-01"
_LAST_DAY = "2100-12-31"
_ISO_LENGTH = 10
_ISO_MONTH_LENGTH = 7
_COMPACT_DAY = 8
_COMPACT_MONTH = 6
_YEAR_AND_MONTH = 2
_YEAR_MONTH_DAY = 3

_SERIAL_LENGTH = 5
# Smaller numbers, days of the years 1900 to 1905, are rather ages or running numbers from the next column.
_FIRST_SERIAL, _LAST_SERIAL = 1900, 73415
_SERIAL_ZERO = date(1899, 12, 30).toordinal()
_YEARS = range(1900, 2101)
_LARGEST_NUMBER = 99_999_999

# The invisible characters come along when a date is copied out of a Windows dialogue or a web page.
_ASCII = str.maketrans(
    "０１２３４５６７８９．。／＼：Ｔ－—–−‐‑―",
    "0123456789../\\:T-------",
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u2060\ufeff",
)
_NUMERALS = str.maketrans(
    dict(zip("〇○◯零ＯOｏo一二三四五六七八九", "00000000123456789", strict=True)) | {"廿": "2十", "卅": "3十"}
)


class DateProblem(ValueError):
    """A text or a cell that is no day, or that could be two.

    Attributes:
        code: `date_invalid` or `date_ambiguous`; the words for it are the caller's, in the user's language.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def parse_day(text: str) -> str:
    """Read a day that somebody typed, or that a text cell holds.

    Understood are `2005-01-20`, `2005.1.20`, `2005/1/20`, `20050120`, `2005年1月20日` (日, 号 or neither;
    元月), `二〇〇五年一月二十日`, full-width digits and punctuation, spaces around and between the parts (not
    between two digits: `2005-1-2 8` need not be the 28th), a time of day, which is dropped, and exactly five
    digits, which are a spreadsheet's serial.

    Args:
        text: what was typed.

    Returns:
        The day, `YYYY-MM-DD`.

    Raises:
        DateProblem: `date_invalid`: not a day, no such day, a month alone, a year of two digits or outside
            1900–2100, or a time with a zone (16:00 UTC is the next day in China).
    """
    return _parse(text, month_is_enough=False)


def are_iso(texts: Collection[str], last: str) -> bool:
    """Tell whether all texts are days or months as `cell_month_or_day` returns them, and none is later than a day.

    Several times as fast as reading one by one, for the columns of well-kept files.

    Args:
        texts: what stands in the cells, none of them empty.
        last: the last day, ISO.
    """
    days = [text if len(text) == _ISO_LENGTH else f"{text}-01" for text in texts]
    joined = "".join(days)
    # fromisoformat takes 20050120 and the week date 2005-W03-4 as well.
    if set(map(len, days)) != {_ISO_LENGTH} or {*joined[4::_ISO_LENGTH], *joined[7::_ISO_LENGTH]} != {"-"}:
        return False
    try:
        deque(map(date.fromisoformat, days), maxlen=0)
    except ValueError:
        return False
    return min(days) >= _FIRST_DAY and max(texts) <= min(last, _LAST_DAY)


def cell_day(value: object) -> str:
    """Read a day from a spreadsheet's cell.

    Args:
        value: text, a date, a date with a time, or a number: `20050120` or a serial of the 1900 system (38372
            is 2005-01-20; a fraction is the time of day and is dropped). Serials below 1900, days of the years to
            1905, are no days: an age or a running number stands there.

    Returns:
        The day, `YYYY-MM-DD`.

    Raises:
        DateProblem: `date_invalid`, or `date_ambiguous` for a number from 1900 to below 2101: it may be a
            year, a month (1985.1 is January or October) or a serial of the year 1905.
    """
    return _parse_cell(value, month_is_enough=False)


def cell_month_or_day(value: object) -> str:
    """Read a day, or a month where a month is enough, from a spreadsheet's cell.

    Args:
        value: as for `cell_day`, the number `198503`, and `1985年3月`, `一九八五年三月`, `1985-03`, `1985-3`,
            `1985/3`, `1985.03` and `198503` as text.

    Returns:
        The day, `YYYY-MM-DD`, or the month, `YYYY-MM`.

    Raises:
        DateProblem: as for `cell_day`; `date_ambiguous` for one digit behind a dot, `1985.1`, which a spreadsheet
            also makes of 1985.10.
    """
    return _parse_cell(value, month_is_enough=True)


def days_between(earlier: str, later: str) -> int:
    """Count the days from one day to another.

    Args:
        earlier: an ISO day.
        later: an ISO day.

    Returns:
        Days; 0 for the same day, negative when `later` lies before `earlier`.
    """
    return date.fromisoformat(later).toordinal() - date.fromisoformat(earlier).toordinal()


def add_days(day: str, days: int) -> str:
    """Find the day that lies a number of days after another.

    Args:
        day: an ISO day.
        days: how many days; negative goes back.

    Returns:
        The ISO day.

    Raises:
        OverflowError: the result lies outside the years 1–9999.
    """
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


def _parse(text: str, month_is_enough: bool) -> str:
    if _is_iso(text, month_is_enough):
        return text
    plain = _plain(text)
    if len(plain) == _SERIAL_LENGTH and plain.isascii() and plain.isdecimal():
        return _serial_day(int(plain) if plain[0] != "0" else 0)
    parts = _parts(plain)
    if len(parts) == _YEAR_MONTH_DAY:
        return _existing_day(*parts)
    if len(parts) == _YEAR_AND_MONTH and month_is_enough:
        year, month = parts
        first_day = _existing_day(year, month, "01")
        if "." in plain and len(month) == 1:
            raise DateProblem(AMBIGUOUS)
        return first_day[:-3]
    raise DateProblem(INVALID)


def _is_iso(text: str, month_is_enough: bool) -> bool:
    # Nearly every cell of a well-kept file is ISO already. The hyphens are looked at because fromisoformat
    # takes the week date 2005-W03-4 as well.
    if len(text) == _ISO_LENGTH and text[4] == "-" == text[7]:
        day = text
    elif month_is_enough and len(text) == _ISO_MONTH_LENGTH and text[4] == "-":
        day = f"{text}-01"
    else:
        return False
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return _FIRST_DAY <= day <= _LAST_DAY


def _plain(text: str) -> str:
    """Take full-width forms, a time of day and all spaces out of a text."""
    text = text.translate(_ASCII)
    if ":" in text:
        text = _without_time(text)
    pieces = text.split()
    for left, right in pairwise(pieces):
        if left[-1].isdecimal() and right[0].isdecimal():
            raise DateProblem(INVALID)
    return "".join(pieces)


def _without_time(text: str) -> str:
    apart = text.replace("T", " ").replace("日", "日 ").replace("号", "号 ")
    day, _, clock = " ".join(apart.split()).rpartition(" ")
    clock = f"0{clock}" if clock[1:2] == ":" else clock
    try:
        zone = time.fromisoformat(clock).tzinfo
    except ValueError:
        raise DateProblem(INVALID) from None
    # Newer Pythons read 24:00 as 00:00, but it belongs to the next day.
    if zone is not None or clock >= "24":
        raise DateProblem(INVALID)
    return day


def _parts(plain: str) -> list[str]:
    """Cut a text into year, month and, when there is one, day; what they hold is not checked."""
    for mark in "-./":
        if mark in plain:
            return plain.split(mark)
    if "年" in plain:
        return _chinese_parts(plain)
    if len(plain) == _COMPACT_DAY:
        return [plain[:4], plain[4:6], plain[6:]]
    if len(plain) == _COMPACT_MONTH:
        return [plain[:4], plain[4:]]
    raise DateProblem(INVALID)


def _chinese_parts(plain: str) -> list[str]:
    year, _, rest = plain.translate(_NUMERALS).partition("年")
    month, mark, day = rest.partition("月")
    if not mark:
        raise DateProblem(INVALID)
    parts = [year, "1" if month == "元" else _digits(month)]
    if day:
        parts.append(_digits(day[:-1] if day[-1] in "日号" else day))
    return parts


def _digits(numeral: str) -> str:
    """Write 十, 十2, 2十, 2十1 in digits alone; leave other numerals as they are."""
    tens, ten, ones = numeral.partition("十")
    if not ten or tens == "0":
        return numeral
    return (tens or "1") + (ones or "0")


def _existing_day(year: str, month: str, day: str) -> str:
    # Parts that are too long, too short or no digits make a text that fromisoformat refuses: it alone judges.
    iso = f"{year}-{month:0>2}-{day:0>2}"
    try:
        date.fromisoformat(iso)
    except ValueError:
        raise DateProblem(INVALID) from None
    return _in_range(iso)


def _in_range(iso: str) -> str:
    if not _FIRST_DAY <= iso <= _LAST_DAY:
        raise DateProblem(INVALID)
    return iso


def _serial_day(serial: int) -> str:
    if not _FIRST_SERIAL <= serial <= _LAST_SERIAL:
        raise DateProblem(INVALID)
    return date.fromordinal(_SERIAL_ZERO + serial).isoformat()


def _parse_cell(value: object, month_is_enough: bool) -> str:
    if isinstance(value, str):
        return _parse(value, month_is_enough)
    if isinstance(value, date):
        return _in_range(value.isoformat()[:_ISO_LENGTH])
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _parse_number(value, month_is_enough)
    raise DateProblem(INVALID)


def _parse_number(value: float, month_is_enough: bool) -> str:
    # First the bounds, which NaN and the infinities fail too: they cannot be made integers.
    if not 1 <= value <= _LARGEST_NUMBER:
        raise DateProblem(INVALID)
    whole = int(value)
    if whole in _YEARS:
        raise DateProblem(AMBIGUOUS)
    if whole <= _LAST_SERIAL:
        return _serial_day(whole)
    if whole != value:
        raise DateProblem(INVALID)
    return _parse(str(whole), month_is_enough)

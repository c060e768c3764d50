"""Resident ID numbers and telephone numbers: checking them, and hiding them.

No error of this module carries a digit of what it was given, so that a log of it may be shown to anybody.
The region (the first six digits) is not checked: many a one on a valid card is in no list any more.
"""

import re
from collections import deque
from collections.abc import Collection
from datetime import date
from operator import mul

LENGTH = "id_length"
CHECKSUM = "id_checksum"
BIRTH = "id_birth"

_NEW_LENGTH = 18
_OLD_LENGTH = 15
_FIRST_BIRTH, _LAST_BIRTH = "19000101", "20991231"

# GB 11643 (ISO 7064, MOD 11-2). The sum is taken over character codes, each its digit and 48 more.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_BODY_LENGTH = len(_WEIGHTS)
_EXCESS = ord("0") * sum(_WEIGHTS)
_CHECK_DIGITS = "10X98765432"
# Weight → what makes of digits the rests of their products, and of the sum of such rests the check digit.
_RESTS = {weight: bytes((code - ord("0")) * weight % 11 for code in range(256)) for weight in set(_WEIGHTS)}
_CHECK_OF_SUM = bytes(ord(_CHECK_DIGITS[rest % 11]) for rest in range(256))

_KEPT_OF_ID = (6, 4)
_SHORTEST_ID_KEPT = 14
_KEPT_OF_PHONE = (3, 4)
_SHORTEST_PHONE_KEPT = 8
_KEPT_OF_SHORT_PHONE = 2
_SHORTEST_PHONE_SHOWN = 4

# One character for one, so that positions stay; letters because a mistyped number may hold any of them.
_ASCII = (
    {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
    | dict.fromkeys(map(ord, "-－—–−‐‑―"), " ")
    | dict.fromkeys(map(ord, "\t\n\r\xa0\u2002\u2003\u2009\u202f\u3000"), " ")
    | dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u2060\ufeff"), " ")
)

# Reads the translated text. With gaps, a date of birth must stand where it should (figures side by side are
# no ID), and no date may begin there. Without gaps, ten digits at the beginning or hardly any letter make a
# run an ID, so that a mistyped one is caught. Twelve digits are the code of a division, and stay.
_PRIVATE = r"""(?ax)
    (?P<id>
        (?<!\d) (?!(?:19|20)\d\d[ ][01]?\d[ ])
        \d(?:[ ]{0,2}\d){5}
        [ ]{0,2} (?: 1[ ]?9 | 2[ ]?0 ) (?:[ ]?\d){2}
        [ ]{0,2} [01][ ]?\d [ ]{0,2} [0-3][ ]?\d
        (?:[ ]{0,2}\d){2,4} (?: [ ]{0,2}[0-9Xx] | [A-Za-z] )? (?![0-9A-Za-z])
      | (?<!\d) \d{6} [ ]{1,2} \d\d[01]\d[0-3]\d [ ]{0,2} \d{3} (?![0-9A-Za-z])
      | (?<!\d) \d{10} [0-9A-Za-z]{4,}
      | (?<![0-9A-Za-z]) (?=[0-9A-Za-z]{15,19}(?![0-9A-Za-z])) \d+ [A-Za-z] \d* [A-Za-z]? \d* (?![0-9A-Za-z])
    )
  | (?<!\d) (?:86[ ]?)? (?P<phone> 1\d\d [ ]? \d{4} [ ]? \d{4} ) (?!\d)
"""


class IdProblem(ValueError):
    """A text that is no resident ID number.

    Attributes:
        code: `id_length`, `id_birth` or `id_checksum`; the words are the caller's, in the user's language.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def parse_id_number(text: str) -> str:
    """Check a resident ID number, of 18 digits or of the old 15.

    Args:
        text: the number as it was typed; full-width characters, spaces, hyphens and a small x are put right.

    Returns:
        18 characters, the last of them a digit or `X`, or 15 digits.

    Raises:
        IdProblem: `id_length` for any other length or any other character, else `id_birth` when the date of
            birth does not exist or lies outside 1900–2099, else `id_checksum`.
    """
    if not _well_formed(text):
        text = text.translate(_ASCII).replace(" ", "").upper()
        if len(text) == _OLD_LENGTH and text.isascii() and text.isdigit():
            _check_birth(f"19{text[6:12]}")
            return text
        if not _well_formed(text):
            raise IdProblem(LENGTH)
    _check_birth(text[6:14])
    if text[17] != _CHECK_DIGITS[(sum(map(mul, _WEIGHTS, text.encode())) - _EXCESS) % 11]:
        raise IdProblem(CHECKSUM)
    return text


def are_id_numbers(texts: Collection[str], last: str) -> bool:
    """Tell whether all texts are numbers as `parse_id_number` returns them, of people born by a day.

    For the columns of well-kept files, in a third of the time of one by one: the check digits of all are worked out
    together, by adding numbers that hold one byte for each of the texts.

    Args:
        texts: what stands in the cells, none of them empty.
        last: the last day of birth, ISO.
    """
    of_today = [text for text in texts if len(text) == _NEW_LENGTH]
    older = [text for text in texts if len(text) == _OLD_LENGTH and text.isascii() and text.isdigit()]
    if len(of_today) + len(older) < len(texts):
        return False
    births = {*(text[6:14] for text in of_today), *(f"19{text[6:12]}" for text in older)}
    if min(births) < _FIRST_BIRTH or max(births) > min(last.replace("-", ""), _LAST_BIRTH):
        return False
    try:
        deque(map(date.fromisoformat, births), maxlen=0)
    except ValueError:
        return False
    return _check_digits_fit("".join(of_today))


def _check_digits_fit(joined: str) -> bool:
    """Tell whether numbers of 18 characters, one behind the other, have digits where they should, and check digits."""
    places = [joined[place::_NEW_LENGTH] for place in range(_NEW_LENGTH)]
    if not joined.isascii() or not all(map(str.isdigit, places[:_BODY_LENGTH])):
        return not joined
    # Of a weighted digit its rest alone, at most 10: seventeen of them fit into a byte.
    rests = (place.encode().translate(_RESTS[weight]) for place, weight in zip(places, _WEIGHTS, strict=False))
    sums = sum(int.from_bytes(each, "big") for each in rests)
    return sums.to_bytes(len(places[-1]), "big").translate(_CHECK_OF_SUM).decode() == places[-1]


def check_digit(first17: str) -> str:
    """Work out the last character of an ID number.

    Args:
        first17: the 17 digits before it.

    Returns:
        A digit or `X`.

    Raises:
        IdProblem: `id_length` when these are not 17 ASCII digits.
    """
    if len(first17) != _BODY_LENGTH or not (first17.isascii() and first17.isdigit()):
        raise IdProblem(LENGTH)
    return _CHECK_DIGITS[(sum(map(mul, _WEIGHTS, first17.encode())) - _EXCESS) % 11]


def forms(id_number: str) -> tuple[str, ...]:
    """Return the numbers that one person may bear: the old 15 digits where there are such, and the 18 of today.

    Args:
        id_number: as `parse_id_number` returns it.
    """
    if len(id_number) == _OLD_LENGTH:
        body = f"{id_number[:6]}19{id_number[6:]}"
        return id_number, body + check_digit(body)
    if id_number[6:8] == "19":
        return id_number[:6] + id_number[8:17], id_number
    return (id_number,)


def born_on(id_number: str) -> str:
    """Read the date of birth out of an ID number.

    Args:
        id_number: as `parse_id_number` returns it.

    Returns:
        The day, `YYYY-MM-DD`.
    """
    day = id_number[6:14] if len(id_number) == _NEW_LENGTH else f"19{id_number[6:12]}"
    return f"{day[:4]}-{day[4:6]}-{day[6:]}"


def sex(id_number: str) -> str:
    """Read the sex out of an ID number.

    Args:
        id_number: as `parse_id_number` returns it.

    Returns:
        `male` or `female`.
    """
    digit = id_number[16] if len(id_number) == _NEW_LENGTH else id_number[14]
    return "male" if digit in "13579" else "female"


def mask_id_number(text: str) -> str:
    """Hide the middle of an ID number.

    Args:
        text: an ID number, or what somebody took for one.

    Returns:
        A text of the same length: the first 6 and the last 4 characters and stars between,
        `330304********1234`; stars alone (two at least) for fewer than 14 characters. Nothing stays nothing.
    """
    if len(text) < _SHORTEST_ID_KEPT:
        return _all_stars(text)
    front, back = _KEPT_OF_ID
    return _stars_between(text, front, back)


def mask_phone(text: str) -> str:
    """Hide the middle of a telephone number.

    Args:
        text: a telephone number in any style.

    Returns:
        A text of the same length: of 8 characters and more the last 4 and up to 3 of the first, so that four
        stars stand between (`139****5678`, `057******3456`, `****3456`); of fewer than 8 the last 2; of fewer
        than 4 stars alone, two at least. A character that would be kept and is neither digit, hyphen nor
        space becomes a star as well, so that `is_masked` knows every masked number again. Nothing stays
        nothing.
    """
    if len(text) < _SHORTEST_PHONE_SHOWN:
        return _all_stars(text)
    front, back = _KEPT_OF_PHONE
    if len(text) < _SHORTEST_PHONE_KEPT:
        front, back = 0, _KEPT_OF_SHORT_PHONE
    else:
        front = min(front, len(text) - _SHORTEST_PHONE_KEPT)
    shown = "".join(char if _survives_masking(char) else "*" for char in text)
    return _stars_between(shown, front, back)


def is_masked(text: str) -> bool:
    """Tell whether a cell holds a number that was masked before it was handed out.

    Args:
        text: the cell.

    Returns:
        True when two stars or more (`*` or `＊`) stand side by side and all else is digits, X, hyphens and
        spaces.
    """
    if "*" not in text and "＊" not in text:
        return False
    stars = text.replace("＊", "*")
    return "**" in stars and all(char == "*" or _survives_masking(char) for char in stars)


def scrub(text: str) -> str:
    """Mask what looks like an ID number or a mobile number in free text, as in a message that quotes a cell.

    Args:
        text: any text.

    Returns:
        The text with these masked: runs of 14 or more letters and digits that begin with 10 digits, runs of
        15 to 19 with one or two letters in them, ID numbers with spaces or hyphens inside, and mobile numbers
        (11 digits, the first a 1; 86 before it stays). What is masked loses its gaps and its full-width
        forms; all else stays as it is.
    """
    pieces: list[str] = []
    done = 0
    for match in re.finditer(_PRIVATE, text.translate(_ASCII)):
        kind = match.lastgroup or ""
        start, end = match.span(kind)
        number = match[kind].replace(" ", "")
        pieces += (text[done:start], mask_phone(number) if kind == "phone" else mask_id_number(number))
        done = end
    return "".join((*pieces, text[done:]))


def _well_formed(text: str) -> bool:
    return len(text) == _NEW_LENGTH and text.isascii() and text[:17].isdigit() and text[17] in "0123456789X"


def _check_birth(day: str) -> None:
    """Raise when a day, eight digits, does not exist or lies outside 1900–2099, the centuries of the living."""
    try:
        date.fromisoformat(day)
    except ValueError:
        raise IdProblem(BIRTH) from None
    if not _FIRST_BIRTH <= day <= _LAST_BIRTH:
        raise IdProblem(BIRTH)


def _all_stars(text: str) -> str:
    # Two at least, so that the cell is known again when it comes back.
    return "*" * max(2, len(text)) if text else ""


def _stars_between(text: str, front: int, back: int) -> str:
    return f"{text[:front]}{'*' * (len(text) - front - back)}{text[-back:]}"


def _survives_masking(char: str) -> bool:
    return char.isdecimal() or char in "XxＸｘ-－ \u3000"

"""Text for people: made harmless for a terminal, measured and folded by columns, compared as names are."""

from functools import lru_cache
from unicodedata import category, east_asian_width, normalize

# Not imported, because loading typing takes longer than all of this module; type checkers know the bare name.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TypeVar

    T = TypeVar("T")

# So many of several things are named in one line.
FEW = 6
_BMP_END = 0xFFFF
_WIDE = 2
_NARROWEST = 2

# NFKC has turned the full-width stop into the ASCII one and the half-width dot into U+30FB by then.
_DOTS = str.maketrans(dict.fromkeys(".•・‧∙⋅", "·"))

_CANDIDATES = 300
_SUGGESTED = 3
_SHORT_NAME = 2
_MIDDLE_NAME = 5
_PART_OF_NAME = 0.75
_SAME_SOUND = 0.5
_NEIGHBOURS = 24
_CELLS_IN_ROW = 94
_PINYIN_ROWS = range(0xB0, 0xD8)


def neutralise(text: str) -> str:
    r"""Make the characters visible that could steer a terminal or reverse a line.

    Args:
        text: any text, from a file that anybody may have written.

    Returns:
        The text with each character of the categories Cc, Cf, Cs, Co, Cn, Zl and Zp (line ends and tabs among
        them) as `\uXXXX`, or `\UXXXXXXXX` beyond the BMP. Spaces of every width stay.
    """
    if text.isprintable():
        return text
    # What is not printable is of these categories, or a space other than U+0020.
    return "".join(char if char.isprintable() or category(char) == "Zs" else _escape(char) for char in text)


def storable(text: str) -> str:
    """Return a text that a file can hold: bytes of a file name that are no UTF-8 become visible escapes."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


@lru_cache(maxsize=4096)
def cell_width(text: str) -> int:
    """Count the columns that a text takes on a terminal.

    Args:
        text: one line, neutralised.

    Returns:
        Columns: 2 for an East Asian wide or full-width character, 0 for a combining mark, 1 for any other,
        also for the ambiguous ones (frames, the dot in a name, Greek).
    """
    return len(text) if text.isascii() else sum(map(_char_width, text))


def fold(text: str, width: int) -> list[str]:
    """Break a text into lines that fit.

    Args:
        text: one line, neutralised.
        width: columns, 2 or more.

    Returns:
        Lines of at most `width` columns, which joined are the text again; one empty line for an empty text. A
        Latin word is kept whole where a space stands in the last third of the line; a combining mark stays
        with its base.

    Raises:
        ValueError: the width is below 2, where a Chinese character finds no room.
    """
    if width < _NARROWEST:
        raise ValueError(f"cannot fold to {width} columns")
    if cell_width(text) <= width:
        return [text]
    lines = []
    start = columns = 0
    for index, char in enumerate(text):
        taken = _char_width(char)
        if columns + taken > width:
            cut = _cut(text, start, index, width)
            lines.append(text[start:cut])
            start = cut
            columns = cell_width(text[start:index])
        columns += taken
    lines.append(text[start:])
    return lines


def pad(text: str, width: int, align: str = "left") -> str:
    """Fill a text with spaces.

    Args:
        text: one line, neutralised.
        width: columns to reach; a wider text stays as it is.
        align: where the text stands, "left" or "right".

    Returns:
        The text and its spaces.
    """
    missing = width - cell_width(text)
    if missing <= 0:
        return text
    spaces = " " * missing
    return spaces + text if align == "right" else text + spaces


def at_most(limit: int, things: "Sequence[T]", show: "Callable[[T], str]" = str) -> list[str]:
    """Name the first of several things, and last of all how many there are where some are left out: `… (12)`."""
    named = [show(thing) for thing in things[:limit]]
    return named if len(things) <= limit else [*named, f"… ({len(things)})"]


def shortened(things: "Sequence[T]", show: "Callable[[T], str]" = str, *, joint: str = ", ") -> str:
    """Name the first few of several things in one line; see `at_most`."""
    return joint.join(at_most(FEW, things, show))


def normalise_name(text: str) -> str:
    """Make the key under which two spellings of a name are the same. It is for looking up, never for storing.

    Args:
        text: the name of a person, a unit or an item.

    Returns:
        The name without white space and invisible characters, full-width forms made narrow, letters folded to
        one case, and each dot in the middle of a name (and each full stop) as `·`.
    """
    if text.isascii():
        return "".join(text.split()).lower().replace(".", "·")
    if not text.isprintable():
        text = "".join(char for char in text if category(char) != "Cf")
    # Folding the case and closing the gaps can both leave characters that NFKC would join, hence twice.
    folded = "".join(normalize("NFKC", text).casefold().split())
    return normalize("NFKC", folded).translate(_DOTS)


def suggestions(wanted: str, known: "Iterable[str]") -> list[str]:
    """Find the names that somebody may have meant.

    Args:
        wanted: what was typed and is not known.
        known: the names there are.

    Returns:
        Names out of `known`, each once, the nearest first; none when nothing is near. A name of which
        `wanted` is a part counts as near; of several that differ in one character, one that sounds the same
        comes first.
    """
    from difflib import SequenceMatcher

    key = normalise_name(wanted)
    if not key:
        return []
    # Comparing properly takes 20 µs a name; the shared characters, at 1 µs, say which names are worth it.
    letters = set(key)
    rough = []
    for name in dict.fromkeys(known):
        other = normalise_name(name)
        shared = len(letters.intersection(other))
        if shared:
            rough.append((1.0 if key in other else 2 * shared / (len(key) + len(other)), name, other))
    rough.sort(key=lambda entry: -entry[0])

    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(key)
    near = []
    for _, name, other in rough[:_CANDIDATES]:
        matcher.set_seq1(other)
        ratio = matcher.ratio() + _sounds_alike(key, other)
        if len(key) >= _SHORT_NAME and key in other:
            ratio = max(ratio, _PART_OF_NAME)
        if ratio >= _least_ratio(key):
            near.append((ratio, name))
    near.sort(key=lambda entry: -entry[0])
    return [name for _, name in near[:_SUGGESTED]]


def letters_in_common(codes: "Iterable[str]") -> str:
    """Return the letters that all codes begin with before their numbers, the M of M101 and M102; "" for none."""
    known = set(codes)
    beginnings = {code.rstrip("0123456789") for code in known}
    return beginnings.pop() if len(beginnings) == 1 and len(known) > 1 and beginnings.isdisjoint(known) else ""


def sounds_alike(one: str, other: str) -> bool:
    """Tell whether two characters sound the same or nearly so, as those that an input method offers together."""
    return abs(_sound(one) - _sound(other)) <= _NEIGHBOURS


def _escape(char: str) -> str:
    code = ord(char)
    return f"\\u{code:04x}" if code <= _BMP_END else f"\\U{code:08x}"


@lru_cache(maxsize=32768)
def _char_width(char: str) -> int:
    if east_asian_width(char) in "WF":
        return _WIDE
    return 0 if category(char) in ("Mn", "Me") else 1


# What a Chinese line never begins with, and how much of a line must stay when such a sign takes others along.
_NOT_FIRST = frozenset("，。；：、！？）】」』”’》…,.;:!?)]}")
_LONGEST_TAIL = 2


def _cut(text: str, start: int, index: int, width: int) -> int:
    """Say where the line from `start` ends when the character at `index` has no room on it."""
    if text[index] in _NOT_FIRST and index - start > _LONGEST_TAIL:
        # Chinese lines do not begin with a stop or a closing bracket: the character before it goes along.
        while text[index] in _NOT_FIRST and index - start > _LONGEST_TAIL:
            index -= 1
        return index
    if text[index] == " " or _WIDE in (_char_width(text[index - 1]), _char_width(text[index])):
        return index
    after_space = text.rfind(" ", start, index) + 1
    near = after_space and 3 * cell_width(text[start:after_space]) >= 2 * width
    # A mark behind the space belongs to the space.
    return after_space if near and _char_width(text[after_space]) else index


def _least_ratio(key: str) -> float:
    """The likeness below which a name is no suggestion.

    Short names have little to share; long ones are of units, which share their endings with each other.
    """
    if len(key) <= _SHORT_NAME:
        return 0.5
    return 0.6 if len(key) <= _MIDDLE_NAME else 0.7


def _sounds_alike(one: str, other: str) -> float:
    """Score the characters that differ but sound the same, as those do that an input method offers together.

    Returns:
        0 to 0.5, the share of such characters; 0 for names of different lengths.
    """
    if len(one) != len(other):
        return 0.0
    alike = sum(a != b and abs(_sound(a) - _sound(b)) <= _NEIGHBOURS for a, b in zip(one, other, strict=True))
    return _SAME_SOUND * alike / len(one)


def _sound(char: str) -> int:
    # The common half of GB 2312 (3,755 characters) is ordered by pinyin, so there homophones are neighbours.
    # A character that is not in it is far from every other.
    try:
        row, cell = char.encode("gb2312")
    except ValueError:
        return -1000 * ord(char)
    return row * _CELLS_IN_ROW + cell if row in _PINYIN_ROWS else -1000 * ord(char)

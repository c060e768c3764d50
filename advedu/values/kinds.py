"""The kinds of value: a row each says how it is read, typed or in a cell, shown, masked, offered, completed, named.

Commands, imports, forms, lists, receipts, history and the tab key ask this table alone. A kind that is not here is the
noun of a register: such a field names one of its records, and is read where records are known.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Protocol

from advedu.i18n import N_
from advedu.values import readers, tidy
from advedu.values.dates import are_iso
from advedu.values.identity import are_id_numbers, is_masked, mask_id_number, mask_phone
from advedu.values.readers import Choice, Problem, Read
from advedu.values.text import normalise_name
from advedu.values.tidy import Tidy

# How the cells of a form are stored.
TEXT, DAY, NUMBER = "text", "day", "number"
# How a sheet writes a tick.
TICKS = ("是", "否")
_CHOOSE = N_("Choose from the list.")
_MASKED = N_("Digits. A masked number, with stars, is left as it is stored.")


class Word(NamedTuple):
    """One value of a fixed list: its English name (a text for the catalogue) and the words that sheets use for it."""

    name: str
    headings: tuple[str, ...]


Words = Mapping[str, Word]


class Lists(Protocol):
    """What a file adds to the kinds: its day, and the lists of its campaign's definition."""

    @property
    def today(self) -> str:
        """The day after which nothing has happened yet."""

    def choice(self, name: str) -> Choice:
        """Return the reader of one of the definition's lists ("batch", "sector", …): code or name → key."""

    def usual(self, name: str) -> Mapping[str, str]:
        """Return the usual form of every known name of one of the lists, keyed as `normalise_name` gives it."""


class Kind(NamedTuple):
    """One kind of value.

    Attributes:
        reader: makes what reads a cell or a typed word: from what the file adds and the field's own words. Of what
            names a unit, a member or a record it reads the words, by which that is found then.
        names: what a value names, when it names something with a key; the column of such a field ends in _id.
        listed: the list of the definition whose entries, or their names, are the values.
        metavar: what help calls the value of an option.
        mask: how the value is shown where nobody asked for it whole.
        masked: tells a text that was masked before it was handed on: in a cell it changes nothing, typed it is refused.
        shown: how a screen shows a value.
        written: how a sheet writes it.
        right: whether lists align it to the right.
        kept: makes, for a day, what tells that all texts of a column are stored as they stand. For columns in which
            nearly every cell differs, where looking each up costs more than a few passes over all of them.
        corrects: whether a value other than the text is a correction, to be listed, and not another way to write it.
        days: whether a day of a spreadsheet is looked at as the text that it is stored as.
        form: how the cells of a form are stored: TEXT, DAY or NUMBER.
        width: of a form's column, in halves of a Chinese character.
        hint: what goes in, a template for the catalogue.
        check: a formula that is true for a good cell; `{cell}` stands for the cell.
    """

    reader: Callable[[Lists, Words], Read]
    names: str = ""
    listed: str = ""
    metavar: str = "TEXT"
    mask: Callable[[str], str] | None = None
    masked: Callable[[str], bool] | None = None
    shown: Callable[[Any], str] = str
    written: Callable[[Any], Any] = lambda value: value
    right: bool = False
    kept: Callable[[str], Tidy] | None = None
    corrects: bool = False
    days: bool = False
    form: str = TEXT
    width: int = 14
    hint: str = N_("Text.")
    check: str = ""


def _plain(read: Read) -> Callable[[Lists, Words], Read]:
    return lambda _lists, _words: read


def _past(read: Callable[[object], str]) -> Callable[[Lists, Words], Read]:
    return lambda lists, _words: readers.past(read, lists.today)


def _texts(odd: Callable[[str], object] | None = None) -> Callable[[str], Tidy]:
    return lambda _today: tidy.tidy(odd)


def _entry(list_: str, width: int, hint: str = _CHOOSE) -> Kind:
    """Return the kind of a field that names an entry of one of the definition's lists."""
    return Kind(lambda lists, _words: lists.choice(list_), names=list_, listed=list_, width=width, hint=hint)


def _usual(lists: Lists, _words: Words) -> Read:
    known = lists.usual("rank")
    return lambda cell: known.get(normalise_name(readers.as_text(cell)), readers.text(cell))


def _usual_word(_lists: Lists, words: Words) -> Read:
    known = {normalise_name(word): value for value, entry in words.items() for word in (value, *entry.headings)}
    return lambda cell: known.get(normalise_name(readers.as_text(cell)), readers.text(cell))


def _word(_lists: Lists, words: Words) -> Read:
    return choice(words)


def choice(words: Words) -> Choice:
    """Return the reader of a fixed list: identifier, English name or any of its words → identifier."""
    # Also the English names, which lists show to those who read English.
    pairs = [(word, code) for code, entry in words.items() for word in (code, entry.name, *entry.headings)]
    return Choice(pairs, [f"{code} {entry.headings[0]}" for code, entry in words.items()])


KINDS: Mapping[str, Kind] = {
    "text": Kind(_plain(readers.text), kept=_texts(), width=22),
    "code": Kind(
        _plain(readers.code),
        metavar="CODE",
        kept=_texts(tidy.shortened),
        corrects=True,
        width=15,
        hint=N_("Leave it as it is; for somebody or something new leave it empty: it is assigned."),
    ),
    "name": Kind(
        _plain(readers.name),
        metavar="NAME",
        masked=readers.is_starred,
        kept=_texts(tidy.spaced),
        corrects=True,
        width=12,
        hint=N_("The full name."),
    ),
    "id_number": Kind(
        lambda lists, _words: readers.born_by(readers.id_number, lists.today),
        metavar="NUMBER",
        mask=mask_id_number,
        masked=is_masked,
        kept=lambda today: lambda texts: are_id_numbers(texts, today),
        corrects=True,
        width=21,
        hint=N_("18 digits (or the old 15), typed as text. A masked number, with stars, is left as it is stored."),
        check="OR(LEN({cell})=15,LEN({cell})=18)",
    ),
    "phone": Kind(
        _plain(readers.phone),
        metavar="NUMBER",
        mask=mask_phone,
        masked=is_masked,
        kept=_texts(tidy.shortened),
        corrects=True,
        width=16,
        hint=_MASKED,
    ),
    "day": Kind(_plain(readers.day), metavar="DATE", form=DAY, width=12, hint=N_("A day: 2005-01-20.")),
    "past_day": Kind(
        _past(readers.day),
        metavar="DATE",
        form=DAY,
        width=12,
        hint=N_("The day it was done: 2005-01-20; never one that lies in the future."),
    ),
    "past_month": Kind(
        _past(readers.month_or_day),
        metavar="DATE",
        kept=lambda today: lambda texts: are_iso(texts, today),
        days=True,
        width=13,
        hint=N_("A day or a month: 1985-03-12 or 1985-03."),
        check="AND(LEN({cell})>=6,LEN({cell})<=12)",
    ),
    "count": Kind(_plain(readers.count), metavar="N", right=True, form=NUMBER, width=9, hint=N_("A whole number.")),
    "number": Kind(_plain(readers.number), metavar="N", right=True, form=NUMBER, width=9, hint=N_("A whole number.")),
    "hours": Kind(
        _plain(readers.hours),
        metavar="N",
        right=True,
        shown=lambda value: f"{value:g}",
        written=lambda value: f"{value:g}",
        width=9,
        hint=N_("Hours, such as 2 or 2.5."),
    ),
    "tick": Kind(
        _plain(readers.tick),
        shown=lambda value: "✓" if value else "",
        written=lambda value: TICKS[0 if value else 1],
        width=9,
        hint=N_("Yes or no: 是/否."),
    ),
    "aliases": Kind(
        _plain(readers.aliases),
        metavar="NAMES",
        width=18,
        hint=N_("Other names, separated by spaces; they replace those there are."),
    ),
    "word": Kind(_word, width=16, hint=_CHOOSE),
    # Words as an office writes them, the usual one for each; one that is not among them is kept as it stands.
    "usual": Kind(_usual_word, corrects=False, width=11, hint=N_("Choose from the list, or write another.")),
    "rank": Kind(_usual, listed="rank", width=12, hint=_CHOOSE),
    "sector": _entry("sector", 16),
    "category": _entry("category", 18),
    "batch": _entry("batch", 10, N_("Choose from the list; empty means that of the unit above.")),
    "phase": _entry("phase", 14),
    "milestone": _entry("milestone", 30, N_("The milestone, by code or name.")),
    "task": _entry("task", 24, N_("The task, by code or name.")),
    "item": _entry("item", 32, N_("The item, by code or name.")),
    "unit": Kind(
        _plain(readers.text),
        names="unit",
        metavar="UNIT",
        kept=_texts(),
        width=30,
        hint=N_("The unit, by code or full name."),
    ),
    "units": Kind(
        _plain(readers.text),
        metavar="UNITS",
        width=24,
        hint=N_("Units, by code or full name, one after the other with commas between."),
    ),
    "member": Kind(
        _plain(readers.member),
        names="member",
        metavar="MEMBER",
        kept=_texts(lambda joined: tidy.spaced(joined) or tidy.shortened(joined)),
        corrects=True,
        width=20,
        hint=N_("The member: code, ID number, or name with the unit beside it."),
    ),
}
# A record of a register, by its number or what it is known by; a team by its code.
RECORD = Kind(
    _plain(readers.text),
    metavar="NUMBER",
    width=18,
    hint=N_("The record by its number, or by what stands in its first text."),
)


def of(name: str) -> Kind:
    """Return the kind of that name; the noun of a register is the kind of what names its records."""
    return KINDS.get(name, RECORD)


def typed(kind: str, lists: Lists, words: Words) -> Read:
    """Return the reader of a typed word: as a cell is read, but a masked text, which says nothing, is refused.

    Raises:
        Problem: from the reader, with the code that an import would give.
    """
    read, masked = of(kind).reader(lists, words), of(kind).masked
    if masked is None:
        return read

    def reader(text: object) -> object:
        if isinstance(text, str) and masked(text):
            raise Problem("value_invalid", N_("this is masked; write it whole"))
        return read(text)

    return reader


def celled(kind: str, lists: Lists, words: Words) -> Read:
    """Return the reader of a cell: a masked one, as we print it, is None: it changes nothing."""
    read, masked = of(kind).reader(lists, words), of(kind).masked
    if masked is None:
        return read

    def reader(cell: object) -> object:
        stars = isinstance(cell, str) and ("*" in cell or "＊" in cell)
        return None if stars and masked(str(cell)) else read(cell)

    return reader

"""The words of fixed lists, as people write them, and what they stand for.

Kinds, sexes and states are part of the program; batches, sectors, categories, ranks, milestones, tasks and items are
data of the campaign in the file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping

from advedu.nouns.declaration import Field, Word
from advedu.nouns.model import DISTRICT_BODIES, KINDS, SEXES, STATUSES
from advedu.storage import campaign
from advedu.values import readers
from advedu.values.readers import Choice
from advedu.values.text import normalise_name

# The Chinese words are data, not interface: they are understood in both languages.
KIND_WORDS: dict[str, tuple[str, ...]] = {
    "district": ("区委", "县委", "市委", "地方党委"),
    "committee": ("党委", "党的委员会", "基层党委", "镇党委", "街道党委", "机关党委", "乡党委"),
    "party_group": ("党组",),
    "work_committee": ("党工委", "工委", "街道党工委", "街工委"),
    "general_branch": ("党总支", "总支", "党总支部", "总支部"),
    "branch": ("党支部", "支部", "联合党支部", "联合支部"),
    "group": ("分组", "组", "归口", "系统"),
}
SEX_WORDS: dict[str, tuple[str, ...]] = {"male": ("男", "男性", "m"), "female": ("女", "女性", "f")}
STATUS_WORDS: dict[str, tuple[str, ...]] = {
    "full": ("正式党员", "正式", "中共党员", "党员"),
    "probationary": ("预备党员", "预备", "中共预备党员"),
}
DISTRICT_BODY_WORDS: dict[str, tuple[str, ...]] = {
    "committee": ("区委", "区委班子"),
    "congress": ("人大", "区人大", "人大常委会", "区人大常委会"),
    "government": ("政府", "区政府"),
    "consultative": ("政协", "区政协"),
}


def _choice(words: dict[str, tuple[str, ...]], names: dict[str, str]) -> Choice:
    # Also the English names, which lists show to those who read English.
    pairs = [(word, code) for code, others in words.items() for word in (code, names[code], *others)]
    return Choice(pairs, [f"{code} {others[0]}" for code, others in words.items()])


def kinds() -> Choice:
    """Return the reader of kinds of unit."""
    return _choice(KIND_WORDS, KINDS)


def sexes() -> Choice:
    """Return the reader of 男 and 女."""
    return _choice(SEX_WORDS, SEXES)


def statuses() -> Choice:
    """Return the reader of 正式党员 and 预备党员."""
    return _choice(STATUS_WORDS, STATUSES)


def district_bodies() -> Choice:
    """Return the reader of 区委, 人大, 政府 and 政协: where a leader of district rank sits."""
    return _choice(DISTRICT_BODY_WORDS, DISTRICT_BODIES)


def listed(connection: sqlite3.Connection, name: str) -> Choice:
    """Return the reader of one of the definition's lists ("batch", "sector", …): code or name → key."""
    entries = campaign.entries(connection, name)
    words: list[tuple[str, object]] = [(entry.label, entry.id) for entry in entries]
    words += [(word, entry.id) for entry in entries for word in (entry.code, entry.name)]
    if name in ("sector", "category", "rank"):
        # A name of one entry wins over another name of a different one.
        words = [(alias, id_) for id_, alias in campaign.aliases(connection, name)] + words
    if name == "batch":
        words += [
            (f"{prefix}{entry.code}{suffix}", entry.id) for entry in entries for prefix, suffix in (("第", "批"),)
        ]
        words += [(f"{entry.code}批", entry.id) for entry in entries]
    return Choice(words, [f"{entry.code} {entry.name}" if name != "rank" else entry.name for entry in entries])


def word_reader(words: Mapping[str, Word]) -> Choice:
    """Return the reader of a register's fixed list."""
    pairs = [(word, code) for code, entry in words.items() for word in (code, entry.name, *entry.headings)]
    return Choice(pairs, [f"{code} {entry.headings[0]}" for code, entry in words.items()])


def field_reader(connection: sqlite3.Connection, field: Field, today: str) -> Callable[[object], object]:
    """Return what reads a cell or a typed word of a register's field, unless it names somebody or another record."""
    if field.kind == "word":
        return word_reader(field.words)
    if field.kind == "rank":
        known = ranks(connection)
        return lambda cell: known.get(normalise_name(readers.as_text(cell)), readers.text(cell))
    if field.kind in ("phase", "milestone", "batch"):
        return listed(connection, field.kind)
    return {
        "text": readers.text,
        "day": readers.day,
        "past_day": readers.past(readers.day, today),
        "count": readers.count,
        "number": readers.number,
        "hours": readers.hours,
        "tick": readers.tick,
        "phone": readers.phone,
    }[field.kind]


def ranks(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the usual form of every known name of a rank, keyed as `normalise_name` gives it."""
    names = {entry.id: entry.name for entry in campaign.entries(connection, "rank")}
    reader = listed(connection, "rank")
    return {word: names[int(str(id_))] for word, id_ in reader.words.items()}


FIXED = {"kind": KIND_WORDS, "sex": SEX_WORDS, "status": STATUS_WORDS, "district_body": DISTRICT_BODY_WORDS}
_NUMBERED = ("milestone", "task", "item")
LISTED = (*_NUMBERED, "sector", "batch", "category", "rank")
TICKS = ("是", "否")


def offered(connection: sqlite3.Connection, reader: str) -> tuple[str, ...]:
    """Return the words that a form offers where a reader of that name reads; none where anything may stand."""
    if reader == "tick":
        return TICKS
    if reader in FIXED:
        return tuple(words[0] for words in FIXED[reader].values())
    return tuple(words_of(connection, reader).values()) if reader in LISTED else ()


def words_of(connection: sqlite3.Connection, name: str) -> dict[int | None, str]:
    """Return how a form writes the entries of one of the definition's lists: what has a number by it and the name."""
    entries = campaign.entries(connection, name)
    names = [entry.name for entry in entries]
    numbered = name in _NUMBERED or len(set(names)) < len(names)
    return {entry.id: entry.label if numbered else entry.name for entry in entries}

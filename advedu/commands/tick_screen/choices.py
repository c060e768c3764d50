"""What can be picked by a few letters: units and leaders."""

import sqlite3
from typing import NamedTuple

from advedu.storage import aliases, figures, units
from advedu.storage.figures import Scope
from advedu.values.pinyin import Sound, typed
from advedu.values.text import normalise_name


class Pick(NamedTuple):
    """A unit or a leader: the code, what is shown, and every name that it may be found by."""

    kind: str
    code: str
    label: str
    names: tuple[str, ...]


def everything(connection: sqlite3.Connection, day: str) -> list[Pick]:
    """Return all units in the order of the tree, and all leaders."""
    root = units.root(connection)
    if root is None:
        return []
    others: dict[int, list[str]] = {}
    for id_, alias in aliases.everyone(connection):
        others.setdefault(id_, []).append(alias)
    known = {id_: (code, name) for id_, code, name in units.names(connection)}
    found = []
    for id_, depth in units.subtree(connection, root.id):
        code, name = known[id_]
        label = f"{'  ' * depth}{code} {name}"
        found.append(Pick("unit", code, label, (name, *others.get(id_, ()))))
    names = dict(known.values())
    seen: dict[str, Pick] = {}
    for code, name, unit, _item, _first in figures.leader_items(connection, Scope(root.id, day)):
        seen.setdefault(code, Pick("member", code, f"{code} {name}  {names[unit]}", (name,)))
    return [*found, *seen.values()]


def fitting(choices: list[Pick], text: str) -> list[Pick]:
    """Return what a text fits: the beginning of a code, a part of a name, pinyin or initials; the best first."""
    key = normalise_name(text)
    if not key:
        return choices
    letters = typed(key)
    sound = Sound(letters) if letters else None
    ranked = []
    for place, choice in enumerate(choices):
        rank = _rank(choice, key, sound)
        if rank is not None:
            ranked.append((rank, place, choice))
    return [choice for _rank_, _place, choice in sorted(ranked)]


def _rank(choice: Pick, key: str, sound: Sound | None) -> int | None:
    code = choice.code.casefold()
    if code.startswith(key):
        return 0 if code == key else 1
    names = [normalise_name(name) for name in choice.names]
    if any(key in name for name in names):
        return 0 if key in names else 2
    if sound is None:
        return None
    fits = [fit for name in choice.names if (fit := sound.fits(name, person=choice.kind == "member")) is not None]
    return 1 + min(fits) if fits else None

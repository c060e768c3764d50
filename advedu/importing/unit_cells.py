"""Cells that name a unit → the unit."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, cast

from advedu import errors
from advedu.importing.batch import Import
from advedu.importing.chunk import Chunk
from advedu.importing.column_reader import CLEAR
from advedu.storage import units


class _Unfound(NamedTuple):
    """Why no unit is named: a code of interface.md, a key of `WHY`, and what fills it."""

    code: str
    why: str
    values: dict[str, object]


def unit_ids(chunk: Chunk, name: str = "unit") -> list[int | None]:
    """Return the units that a column names by code or full name; None where it is empty or wrong."""
    texts = chunk.values(name)
    if texts is None:
        return [None] * len(chunk)
    found, forgiven = _found(chunk.batch, set(texts) - {None, CLEAR})
    ids = list(map(found.__getitem__, texts))
    for i, id_ in enumerate(ids) if forgiven else ():
        if isinstance(id_, _Unfound):
            if i not in chunk.slipped:
                chunk.error(i, name, id_.code, id_.why, **id_.values)
            chunk.bad.add(i)
            ids[i] = None
        elif texts[i] in forgiven and id_ is not None:
            chunk.correct(i, name, units.by_id(chunk.batch.connection, id_).label)
    known = cast("list[int | None]", ids)
    if chunk.others(name):
        for i, id_ in enumerate(known):
            if id_ is not None:
                chunk.compare(i, name, chunk.batch.unit_words(id_))
    if chunk.layout.mark is not None:
        _check_own(chunk, name, known, chunk.layout.mark.unit)
    return known


def _found(batch: Import, texts: set[object]) -> tuple[Mapping[object, int | _Unfound | None], set[object]]:
    """Return text → unit, or why there is none, and the texts that are not written quite as the unit is called."""
    codes, names = batch.unit_names()
    found: dict[object, int | _Unfound | None] = {None: None, CLEAR: None}
    forgiven: set[object] = set()
    for text in map(str, texts):
        id_ = codes.get(text) or _only(names.get(text, ())) or _labelled(batch, text)
        if id_ is None:
            forgiven.add(text)
        found[text] = _forgiving(batch, text) if id_ is None else id_
    return found, forgiven


def _labelled(batch: Import, text: str) -> int | None:
    """Return the unit that a text names by code and name, as lists and forms write it."""
    codes, names = batch.unit_names()
    code, _, name = text.partition(" ")
    id_ = codes.get(code) if name else None
    if id_ is None or id_ in names.get(name, ()):
        return id_
    return id_ if any(id_ in ids for known, ids in names.items() if " ".join(known.split()) == name) else None


def _forgiving(batch: Import, text: str) -> int | _Unfound:
    """Return the unit whose name is the same but for spaces and width, or what is wrong."""
    try:
        return batch.lookup().unit(text, by_sound=False).id
    except errors.AmbiguousUnit as error:
        return _Unfound("unit_ambiguous", "unit_ambiguous", {"candidates": error.values["candidates"]})
    except errors.NoSuchUnit as error:
        codes, _names = batch.unit_names()
        longer = [code for code in codes if code != text and code.lstrip("0") == text.lstrip("0")]
        if longer and text.isdigit():
            return _Unfound("unit_unknown", "zeros_lost", {"nearest": ", ".join(longer)})
        nearest = error.values["nearest"]
        return _Unfound("unit_unknown", "unit_misspelt" if nearest else "", {"nearest": nearest})


def _check_own(chunk: Chunk, name: str, ids: Sequence[int | None], unit: str) -> None:
    """Warn of rows about units that are not below the one whose template this was."""
    own = chunk.batch.below(unit)
    for i, id_ in enumerate(ids):
        if id_ is not None and id_ not in own:
            chunk.warn(i, name, "not_own_unit", unit=unit)


def _only(ids: Sequence[int]) -> int | None:
    return ids[0] if len(ids) == 1 else None

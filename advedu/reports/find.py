"""Find units, members and teams: what fits best comes first."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from advedu.i18n import N_, _
from advedu.naming import resolve
from advedu.nouns.model import Unit
from advedu.output.report import Cell, Column, Head, Report, Table
from advedu.storage import aliases, members, search, units
from advedu.storage.search import SearchHit
from advedu.values.identity import mask_id_number, mask_phone, scrub
from advedu.values.pinyin import BEGINNING, WHOLE, Sound, typed
from advedu.values.text import normalise_name

KINDS = {"unit": N_("unit"), "member": N_("member"), "team": N_("team")}
# By what something was found.
MATCHES = {
    "code": N_("code"),
    "name": N_("name"),
    "alias": N_("other name"),
    "chief": N_("chief"),
    "pinyin": N_("pinyin"),
    "id_number": N_("ID number"),
    "phone": N_("telephone"),
}
COLUMNS = (
    Column("kind", N_("Kind"), KINDS),
    Column("code", N_("Code")),
    Column("name", N_("Name")),
    Column("unit", N_("In unit")),
    Column("unit_name", N_("Name of that unit")),
    Column("born_on", N_("Born on")),
    Column("post", N_("Post or chief")),
    Column("leader", N_("Leader")),
    Column("id_number", N_("ID number")),
    Column("phone", N_("Telephone")),
    Column("gone_on", N_("Closed or left on")),
    Column("found_by", N_("Found by"), MATCHES),
)
# Fewer digits than this are in too many numbers to mean one.
LEAST_DIGITS = 4
# How well something fits; between equals those who are still here come first, and units before members.
EXACT, NAMED, BEGINS, HOLDS = range(4)
_SOUNDS = {WHOLE: NAMED, BEGINNING: BEGINS}


class Hit(NamedTuple):
    """How well something fits, and by what it was found."""

    rank: int
    by: str


def find(connection: sqlite3.Connection, wanted: str, within: Unit | None = None, *, reveal: bool = False) -> Report:
    """Return the units, members and teams that a text may mean: below a unit, and no teams, when `within` names one."""
    found: list[tuple[Hit, SearchHit]] = []
    for kind in KINDS:
        hits = _hits(connection, kind, wanted.strip())
        found += [(hits[each.id], each) for each in search.details(connection, kind, hits)]
    if within is not None:
        below = {id_ for id_, _ in units.subtree(connection, within.id)}
        found = [(hit, each) for hit, each in found if each.unit_id in below]
    found.sort(key=lambda pair: (pair[0].rank, pair[1].gone_on is not None, pair[1].kind == "member", pair[1].code))
    rows = [_row(hit, each, reveal=reveal) for hit, each in found]
    return Report(
        COLUMNS,
        rows,
        drawn=lambda shown: [_table(shown)] if shown else [],
        notes=[_("{count} found").format(count=len(rows))],
        warnings=[] if rows else [_nothing(connection, wanted)],
    )


def _row(hit: Hit, found: SearchHit, *, reveal: bool) -> tuple[Any, ...]:
    # A unit's or a team's telephone is there to be rung; a member's is masked like the ID number.
    phone = found.phone if reveal or found.kind != "member" or found.phone is None else mask_phone(found.phone)
    number = found.id_number if reveal or found.id_number is None else mask_id_number(found.id_number)
    return (
        *(found.kind, found.code, found.name, found.unit, found.unit_name, found.born_on, found.post),
        *(bool(found.leader), number, phone, found.gone_on, hit.by),
    )


def _hits(connection: sqlite3.Connection, kind: str, wanted: str) -> dict[int, Hit]:
    """Return what fits, by the best reason that it fits by."""
    best: dict[int, Hit] = {}
    for id_, hit in _all_hits(connection, kind, wanted):
        if id_ not in best or hit < best[id_]:
            best[id_] = hit
    return best


def _all_hits(connection: sqlite3.Connection, kind: str, wanted: str) -> Iterator[tuple[int, Hit]]:
    if not wanted:
        return
    key = normalise_name(wanted)
    yield from _by_text(connection, kind, wanted, key)
    if kind == "unit":
        for id_, alias in aliases.everyone(connection):
            if key in (normal := normalise_name(alias)):
                yield id_, Hit(_rank(normal, key), "alias")
    yield from _by_numbers(connection, kind, wanted)
    yield from _by_sound(connection, kind, key)
    if kind == "unit":
        yield from _by_chief(connection, key)


def _by_text(connection: sqlite3.Connection, kind: str, wanted: str, key: str) -> Iterator[tuple[int, Hit]]:
    by_text = search.details(connection, kind, search.by_text(connection, kind, wanted))
    for each in by_text:
        if each.code.casefold().startswith(wanted.casefold()):
            yield each.id, Hit(EXACT if len(each.code) == len(wanted) else BEGINS, "code")
        if wanted in each.name:
            yield each.id, Hit(_rank(normalise_name(each.name), key), "name")
    if not by_text and not key.isascii():
        # Not as it is written: perhaps in other widths or with other spaces.
        for id_, name in search.names(connection, kind):
            if key in (normal := normalise_name(name)):
                yield id_, Hit(_rank(normal, key), "name")


def _rank(name: str, key: str) -> int:
    return EXACT if name == key else BEGINS if name.startswith(key) else HOLDS


def _by_numbers(connection: sqlite3.Connection, kind: str, wanted: str) -> Iterator[tuple[int, Hit]]:
    digits = wanted.replace("-", "").replace(" ", "").upper()
    if len(digits) < LEAST_DIGITS or not digits.removesuffix("X").isdigit():
        return
    for each in search.details(connection, kind, search.by_digits(connection, kind, digits)):
        if each.id_number and digits in each.id_number:
            yield each.id, Hit(EXACT if digits == each.id_number else HOLDS, "id_number")
        phone = (each.phone or "").replace("-", "").replace(" ", "")
        if digits in phone:
            yield each.id, Hit(EXACT if digits == phone else HOLDS, "phone")


def _by_sound(connection: sqlite3.Connection, kind: str, key: str) -> Iterator[tuple[int, Hit]]:
    letters = typed(key)
    if letters is None:
        return
    sound = Sound(letters)
    for id_, name in search.names(connection, kind):
        if (fit := sound.fits(name, person=kind == "member")) is not None:
            yield id_, Hit(_SOUNDS.get(fit, HOLDS), "pinyin")
    for id_, alias in aliases.everyone(connection) if kind == "unit" else ():
        if (fit := sound.fits(alias)) is not None:
            yield id_, Hit(_SOUNDS.get(fit, HOLDS), "alias")


def _by_chief(connection: sqlite3.Connection, key: str) -> Iterator[tuple[int, Hit]]:
    """Yield the units whose chief is called like this: behind what bears the name itself."""
    letters = typed(key)
    sound = Sound(letters) if letters else None
    for id_, chief in search.chiefs(connection):
        normal = normalise_name(chief)
        if key in normal:
            yield id_, Hit(NAMED if normal == key else HOLDS, "chief")
        elif sound is not None and (fit := sound.fits(chief, person=True)) is not None:
            yield id_, Hit(BEGINS if fit == WHOLE else HOLDS, "chief")


def _nothing(connection: sqlite3.Connection, wanted: str) -> str:
    known = [(code, name) for _, code, name in units.names(connection)]
    known += [(code, name) for _, code, name, _ in members.names(connection)]
    nearest = resolve.nearest(wanted, known)
    if nearest:
        return _("nothing fits {wanted}; did you mean: {nearest}?").format(wanted=scrub(wanted), nearest=nearest)
    return _("nothing fits {wanted}").format(wanted=scrub(wanted))


def _table(rows: Sequence[tuple[Any, ...]]) -> Table:
    heads = (
        Head(_("Code")),
        Head(_("Name"), least=8),
        Head(_("In unit"), least=12),
        Head(_("Born on")),
        Head(_("Post or chief"), least=6),
        Head(_("Telephone")),
        Head(_("Found by")),
    )
    lines = []
    for _kind, code, name, unit, unit_name, born_on, post, _leader, _number, phone, gone_on, by in rows:
        style = "dim" if gone_on else ""
        gone = " " + _("(gone {day})").format(day=gone_on) if gone_on else ""
        where = f"{unit} {unit_name}" if unit else ""
        texts = (code, name + gone, where, born_on or "", post or "", phone or "")
        lines.append([*(Cell(text, style) for text in texts), Cell(_(MATCHES[by]), "dim")])
    return Table(heads, lines)

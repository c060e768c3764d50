"""Rows → units.

A row's key is its code, else its full name under the same parent. A parent may stand below its child, or in another
of the files, and may be named by code or full name, so all rows are read before the first unit is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from advedu.errors import AdveduError, MoveMakesCircle
from advedu.importing.batch import Import
from advedu.importing.chunk import Chunk, stored
from advedu.importing.column_reader import CLEAR
from advedu.naming import resolve
from advedu.nouns.model import Unit
from advedu.nouns.units import UNIT
from advedu.recording import posts
from advedu.recording import units as recording
from advedu.recording.codes import UnitCodes
from advedu.storage import aliases, units
from advedu.values.wording import error_lines

# A place in the tree: ("unit", key) of a stored one, or ("row", index) of one that the files bring.
Node = tuple[str, int]
# Column of the file → column of the table.
FIELDS = {field.name: field.column for field in UNIT.in_sheets if field.stored and field.name not in ("code", "parent")}
_NEEDED = tuple(field.name for field in UNIT.fields if field.required)
_DEFAULTS = {field.column: field.default for field in UNIT.stored if field.default is not None}


def apply(batch: Import, chunks: Sequence[Chunk]) -> None:
    """Write the units of all sheets."""
    writer = _Units(batch, [_Row(chunk, i, values) for chunk in chunks for i, values in enumerate(_rows(chunk))])
    writer.write(writer.checked())
    batch.forget_units()


def _rows(chunk: Chunk) -> list[dict[str, Any]]:
    """Return the values of each row by column; a column that the sheet lacks is None throughout."""
    names = ("code", "parent", "alias", *FIELDS)
    columns = {name: chunk.or_nothing(name) for name in names}
    return [dict(zip(names, values, strict=True)) for values in zip(*columns.values(), strict=True)]


class _Row:
    """One row and where it stands."""

    def __init__(self, chunk: Chunk, place: int, values: dict[str, Any]) -> None:
        self.chunk = chunk
        self.place = place
        self.values = values
        self.code: str | None = values["code"] if isinstance(values["code"], str) else None
        self.name: str | None = values["name"] if isinstance(values["name"], str) else None
        self.parent: str | None = values["parent"] if isinstance(values["parent"], str) else None

    @property
    def number(self) -> int:
        return self.chunk.numbers[self.place]

    @property
    def bad(self) -> bool:
        return self.place in self.chunk.bad

    @property
    def label(self) -> str:
        return f"{self.code or ''} {self.name or ''}".strip()

    def error(self, column: str | None, code: str, why: str = "", /, **values: object) -> None:
        self.chunk.error(self.place, column, code, why, **values)

    def given(self) -> dict[str, Any]:
        """Return the values that the row sets, by column of the table."""
        found = {field: self.values[name] for name, field in FIELDS.items() if self.values[name] is not None}
        return found | {name: default for name, default in _DEFAULTS.items() if found.get(name) is CLEAR}


class _Units:
    def __init__(self, batch: Import, rows: list[_Row]) -> None:
        self.batch = batch
        self.rows = rows
        everyone = units.everyone(batch.connection)
        self.stored = {unit.id: unit for unit in everyone}
        self.by_code = {unit.code: unit.id for unit in everyone}
        self.by_name: dict[str, list[int]] = {}
        for unit in everyone:
            self.by_name.setdefault(unit.name, []).append(unit.id)
        self.rows_by_code: dict[str, int] = {}
        self.rows_by_name: dict[str, list[int]] = {}
        for i, row in enumerate(rows):
            if row.code:
                self.rows_by_code.setdefault(row.code, i)
            if row.name:
                self.rows_by_name.setdefault(row.name, []).append(i)
        self.parents: dict[int, Node | None] = {}
        self.identities: dict[int, Node] = {}
        self.under_way: set[int] = set()
        # Whose chief follows dated posts.
        self.dated_chiefs = units.with_chiefs(batch.connection)
        self.written: dict[int, int] = {}
        self.waiting: list[int] = []

    # ── who is who ──

    def identity(self, i: int) -> Node:
        """Return the stored unit that a row speaks of, or the row itself when it brings a new one."""
        if i not in self.identities:
            code = self.rows[i].code
            if code is not None:
                self.identities[i] = ("unit", self.by_code[code]) if code in self.by_code else ("row", i)
            else:
                self.identities[i] = self._by_name_and_parent(i)
        return self.identities[i]

    def _by_name_and_parent(self, i: int) -> Node:
        row = self.rows[i]
        same = self.by_name.get(row.name or "", [])
        if row.parent is not None:
            parent = self.parent(i)
            same = [id_ for id_ in same if parent == ("unit", self.stored[id_].parent_id)]
        # Without a parent the full name alone must tell.
        if len(same) > 1:
            row.error("name", "unit_ambiguous", candidates=", ".join(self.stored[id_].label for id_ in same))
        return ("unit", same[0]) if same else ("row", i)

    def parent(self, i: int) -> Node | None:
        """Return the parent that a row names; None when the cell is empty or wrong."""
        if i not in self.parents:
            if i in self.under_way:
                return None
            self.under_way.add(i)
            text = self.rows[i].parent
            self.parents[i] = self._node(i, text) if text is not None else None
            self.under_way.discard(i)
        return self.parents[i]

    def _node(self, i: int, text: str) -> Node | None:
        if text in self.by_code:
            return ("unit", self.by_code[text])
        if text in self.rows_by_code:
            return self._row_node(self.rows_by_code[text])
        if (id_ := self._labelled(text)) is not None:
            return ("unit", id_)
        named: dict[Node, str] = {("unit", id_): self.stored[id_].label for id_ in self.by_name.get(text, [])}
        for j in self.rows_by_name.get(text, []):
            if j != i:
                named.setdefault(self._row_node(j), self.rows[j].label)
        if len(named) == 1:
            return next(iter(named))
        if not named and (id_ := self._by_alias(text)) is not None:
            return ("unit", id_)
        self._refuse(i, text, named)
        return None

    def _words(self, node: Node) -> tuple[str, ...]:
        """Return what a stored unit, or one that the files bring, is called."""
        if node[0] == "unit":
            return self.batch.unit_words(node[1])
        return self.rows[node[1]].code or "", self.rows[node[1]].name or ""

    def _refuse(self, i: int, text: str, named: Mapping[Node, str]) -> None:
        """Say why a row's parent cannot be told."""
        if named:
            self.rows[i].error("parent", "unit_ambiguous", candidates=", ".join(named.values()))
            return
        longer = [code for code in self.by_code if text.isdigit() and code.lstrip("0") == text.lstrip("0")]
        if longer:
            self.rows[i].error("parent", "unit_unknown", "zeros_lost", nearest=", ".join(longer))
            return
        nearest = resolve.nearest(text, [(unit.code, unit.name) for unit in self.stored.values()])
        self.rows[i].error("parent", "unit_unknown", "unit_misspelt" if nearest else "", nearest=nearest)

    def _labelled(self, text: str) -> int | None:
        """Return the unit with that code and name, as forms write one."""
        code, _, rest = text.partition(" ")
        id_ = self.by_code.get(code) if rest else None
        return id_ if id_ is not None and " ".join(self.stored[id_].name.split()) == rest else None

    def _by_alias(self, text: str) -> int | None:
        """Return the stored unit that alone bears another name."""
        found = [id_ for id_, alias in aliases.everyone(self.batch.connection) if alias == text]
        return found[0] if len(found) == 1 else None

    def _row_node(self, i: int) -> Node:
        """Return the node of a row; of several new rows with one code, the first stands for them."""
        node = self.identity(i)
        code = self.rows[i].code
        return ("row", self.rows_by_code[code]) if node[0] == "row" and code is not None else node

    # ── checks ──

    def checked(self) -> list[int]:
        """Return the rows that may be written, parents before children."""
        first: dict[object, int] = {}
        roots = [unit.label for unit in self.stored.values() if unit.parent_id is None]
        for i, row in enumerate(self.rows):
            node, parent = self._row_node(i), self.parent(i)
            self._once(i, first, node)
            if row.values["parent"] is CLEAR:
                row.error("parent", "required_missing")
            if row.values["code"] is CLEAR:
                row.error("code", "value_invalid", "code_cleared")
            if parent is not None:
                row.chunk.compare(row.place, "parent", self._words(parent))
            if node[0] == "row" and not row.bad:
                # Under one parent a full name is a key too.
                if row.name is not None and parent is not None:
                    self._once(i, first, (parent, row.name), only_new=True)
                self._check_new(row, roots)
            if not row.bad:
                self._check_closed(row, node, parent)
        order: list[int] = []
        state: dict[int, str] = {}
        for i in range(len(self.rows)):
            self._visit(i, order, state)
        return [i for i in order if not self.rows[i].bad]

    def _once(self, i: int, first: dict[object, int], key: object, *, only_new: bool = False) -> None:
        row = self.rows[i]
        earlier = first.setdefault(key, i)
        if earlier == i or row.bad:
            return
        # Two official codes may belong to two units of one name; a row without a code cannot be told from another.
        if only_new and row.code is not None and self.rows[earlier].code is not None:
            return
        other = self.rows[earlier]
        row.chunk.duplicate(row.place, "code" if row.code else "name", (other.chunk.file, other.number))

    def _check_new(self, row: _Row, roots: list[str]) -> None:
        if row.code is not None and row.code.isdigit():
            longer = [code for code in self.by_code if code != row.code and code.lstrip("0") == row.code.lstrip("0")]
            if longer:
                row.error("code", "unit_unknown", "zeros_lost", nearest=", ".join(longer))
        for field in _NEEDED:
            if row.values[field] in (None, CLEAR):
                row.error(field, "required_missing")
        if row.parent is None and not row.bad:
            if roots:
                column = "parent" if "parent" in row.chunk.layout.columns else "name"
                row.error(column, "required_missing", "second_root", root=roots[0])
            else:
                roots.append(row.label)

    def _check_closed(self, row: _Row, node: Node, parent: Node | None) -> None:
        """Refuse a new unit below a closed one; a move below one is refused when it is recorded."""
        if node[0] == "unit" or parent is None or parent[0] == "row":
            return
        closed_on = self.stored[parent[1]].closed_on
        if closed_on is not None and closed_on <= self.batch.today:
            row.error("parent", "value_invalid", "unit_closed", day=closed_on)

    def _visit(self, i: int, order: list[int], state: dict[int, str]) -> None:
        """Put a row behind its parent's; rows that go round in a circle are errors."""
        chain: list[int] = []
        at: int | None = i
        while at is not None and at not in state:
            state[at] = "open"
            chain.append(at)
            parent = self.parent(at)
            at = parent[1] if parent is not None and parent[0] == "row" else None
        if at is not None and state[at] == "open":
            self.rows[at].error("parent", "value_invalid", "circle")
        for each in reversed(chain):
            state[each] = "done"
            order.append(each)

    # ── writing ──

    def write(self, order: list[int]) -> None:
        """Write the rows, which stand parents before children."""
        codes = UnitCodes(self.batch.connection, set(self.rows_by_code))
        for i in order:
            self._write(i, codes)
        # A move may have to wait until another one has cleared its way.
        while self.waiting:
            waiting, self.waiting = self.waiting, []
            for i in waiting:
                self._write(i, codes)
            if len(self.waiting) == len(waiting):
                for i in self.waiting:
                    self.rows[i].error("parent", "would_move", "circle")
                return

    def _write(self, i: int, codes: UnitCodes) -> None:
        row = self.rows[i]
        parent = self.parent(i)
        if parent is not None and parent[0] == "row" and parent[1] not in self.written:
            # Its parent was rejected: the parent's own error says why.
            if self.batch.partial:
                row.error("parent", "unit_unknown", "parent_rejected")
            return
        parent_id = None if parent is None else self.written[parent[1]] if parent[0] == "row" else parent[1]
        kind, id_ = self.identity(i)
        if kind == "unit":
            self._update(i, self.stored[id_], parent_id)
        else:
            self._insert(i, codes, parent_id)
        self.batch.tick(1)

    def _insert(self, i: int, codes: UnitCodes, parent_id: int | None) -> None:
        row = self.rows[i]
        values = {field: stored(value) for field, value in row.given().items()}
        _warn_shift(row, values.get("starts_on"), values.get("shift_reason"))
        for id_ in self.by_name.get(str(row.name), []):
            if self.stored[id_].parent_id == parent_id:
                row.chunk.warn(row.place, "name", "unit_look_alike", who=self.stored[id_].label)
        code = row.code
        if code is None:
            code = codes.below(parent_id)
            self.batch.assigned.append((row.number, str(row.name), code))
        self.written[i] = units.insert(self.batch.connection, code, parent_id, values)
        codes.add(self.written[i], code)
        self._put_aliases(row, self.written[i])
        self.batch.count(row.chunk.file, "inserted")

    def _update(self, i: int, unit: Unit, parent_id: int | None) -> None:
        row = self.rows[i]
        given = row.given()
        self.written[i] = unit.id
        for field in _NEEDED:
            if given.get(field) is CLEAR:
                row.error(field, "required_missing")
                return
        before = unit._asdict()
        changed = {field: stored(value) for field, value in given.items() if before[field] != stored(value)}
        # Both are checked before either is written: a row is imported whole or not at all.
        handed = changed.pop("chief") if "chief" in changed and unit.id in self.dated_chiefs else ""
        if handed != "" and not self._may_hand_over(row, unit, handed):
            return
        moved = parent_id is not None and parent_id != unit.parent_id
        if moved and not self._move(i, unit, parent_id):
            return
        if handed:
            on, entered = str(self.batch.moves_on), self.batch.entered
            posts.hand_over(self.batch.connection, unit, str(handed), on, None, entered)
        if "name" in changed:
            row.chunk.warn(row.place, "name", "name_changed", old=unit.name, new=changed["name"])
        if "starts_on" in changed:
            _warn_shift(row, changed["starts_on"], changed.get("shift_reason", unit.shift_reason))
        if not self._opening_possible(row, unit, changed.get("opened_on")):
            return
        units.update(self.batch.connection, unit.id, changed)
        renamed = self._put_aliases(row, unit.id)
        what = "updated" if changed or moved or handed or renamed else "unchanged"
        self.batch.count(row.chunk.file, what)

    def _may_hand_over(self, row: _Row, unit: Unit, name: object) -> bool:
        """Tell whether --moves-on allows another chief from its day on; else the row is an error."""
        if self.batch.moves_on is None or not isinstance(name, str):
            row.error("chief", "would_hand_over", now=unit.chief or "—", then=name or "—")
            return False
        try:
            posts.check(self.batch.connection, unit, name, self.batch.moves_on)
        except AdveduError as error:
            row.error("chief", "would_hand_over", "unreadable", why="; ".join(error_lines(error)))
            return False
        return True

    def _opening_possible(self, row: _Row, unit: Unit, day: object) -> bool:
        """Tell whether a unit may have opened on a day; else the row is an error."""
        try:
            if isinstance(day, str):
                recording.check_opening(self.batch.connection, unit, day)
        except AdveduError as error:
            row.error("opened_on", "value_invalid", "unreadable", why="; ".join(error_lines(error)))
            return False
        return True

    def _put_aliases(self, row: _Row, id_: int) -> bool:
        """Store the other names that a row gives; a row that says nothing of them changes none."""
        given = row.values["alias"]
        if given is None:
            return False
        return aliases.put(self.batch.connection, id_, [] if given is CLEAR else str(given).split())

    def _move(self, i: int, unit: Unit, parent_id: int | None) -> bool:
        """Record a dated move if --moves-on allows it; else the row is an error."""
        assert parent_id is not None
        row = self.rows[i]
        now = self.stored[unit.parent_id].label if unit.parent_id is not None else "—"
        if self.batch.moves_on is None:
            row.error("parent", "would_move", now=now, then=row.parent)
            return False
        try:
            recording.move(self.batch.connection, unit, parent_id, self.batch.moves_on, None, self.batch.entered)
        except MoveMakesCircle:
            self.waiting.append(i)
            return False
        except AdveduError as error:
            row.error("parent", "would_move", "unreadable", why="; ".join(error_lines(error)))
            return False
        return True


def _warn_shift(row: _Row, starts_on: object, reason: object) -> None:
    if starts_on and not reason:
        row.chunk.warn(row.place, "starts_on", "shift_without_reason")

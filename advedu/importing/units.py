"""Rows → units.

A row's key is its code, else its full name under the same parent. A parent may stand below its child in the file, and
may be named by code or full name, so the whole file is read before the first unit is written.
"""

from __future__ import annotations

from typing import Any

from advedu import naming
from advedu.errors import AdveduError
from advedu.importing.batch import Chunk, Import, stored
from advedu.importing.table import CLEAR
from advedu.model import Unit
from advedu.recording import units as recording
from advedu.recording.codes import UnitCodes
from advedu.storage import units as storage
from advedu.wording import error_lines

# A place in the tree: ("unit", key) of a stored one, or ("row", index) of one that the file brings.
Node = tuple[str, int]
# Column of the file → column of the table.
FIELDS = {
    "name": "name",
    "kind": "kind",
    "sector": "sector_id",
    "batch": "batch_id",
    "chief": "chief",
    "phone": "phone",
    "starts_on": "starts_on",
    "shift_reason": "shift_reason",
    "declared_members": "declared_members",
}
_NEEDED = ("name", "kind")


def apply(batch: Import, chunk: Chunk) -> None:
    """Write the units of a whole sheet."""
    _Units(batch, chunk).apply()


class _Units:
    def __init__(self, batch: Import, chunk: Chunk) -> None:
        self.batch = batch
        self.chunk = chunk
        self.codes = chunk.or_nothing("code")
        self.parents = chunk.or_nothing("parent")
        self.values = {field: values for name, field in FIELDS.items() if (values := chunk.values(name)) is not None}
        self.names = self.values["name"]
        everyone = storage.everyone(batch.connection)
        self.stored = {unit.id: unit for unit in everyone}
        self.by_code = {unit.code: unit.id for unit in everyone}
        self.by_name: dict[str, list[int]] = {}
        for unit in everyone:
            self.by_name.setdefault(unit.name, []).append(unit.id)
        self.rows_by_code: dict[str, int] = {}
        self.rows_by_name: dict[str, list[int]] = {}
        for i, (code, name) in enumerate(zip(self.codes, self.names, strict=True)):
            if isinstance(code, str):
                self.rows_by_code.setdefault(code, i)
            if isinstance(name, str):
                self.rows_by_name.setdefault(name, []).append(i)
        self.parent_nodes: dict[int, Node | None] = {}
        self.identities: dict[int, Node] = {}
        self.under_way: set[int] = set()
        self.written: dict[int, int] = {}

    # ── who is who ──

    def identity(self, i: int) -> Node:
        """Return the stored unit that a row speaks of, or the row itself when it brings a new one."""
        if i not in self.identities:
            code = self.codes[i]
            if isinstance(code, str):
                self.identities[i] = ("unit", self.by_code[code]) if code in self.by_code else ("row", i)
            else:
                self.identities[i] = self._by_name_and_parent(i)
        return self.identities[i]

    def _by_name_and_parent(self, i: int) -> Node:
        name = self.names[i]
        if not isinstance(name, str):
            return ("row", i)
        same = self.by_name.get(name, [])
        if self.parents[i] is None:
            # No parent is named: the full name alone must tell.
            if len(same) > 1:
                labels = ", ".join(self.stored[id_].label for id_ in same)
                self.chunk.error(i, "name", "unit_ambiguous", candidates=labels)
            return ("unit", same[0]) if same else ("row", i)
        parent = self.parent(i)
        for id_ in same:
            if parent == ("unit", self.stored[id_].parent_id):
                return ("unit", id_)
        return ("row", i)

    def parent(self, i: int) -> Node | None:
        """Return the parent that a row names; None when the cell is empty or wrong."""
        if i not in self.parent_nodes:
            if i in self.under_way:
                return None
            self.under_way.add(i)
            text = self.parents[i]
            self.parent_nodes[i] = self._node(i, text) if isinstance(text, str) else None
            self.under_way.discard(i)
        return self.parent_nodes[i]

    def _node(self, i: int, text: str) -> Node | None:
        if text in self.by_code:
            return ("unit", self.by_code[text])
        if text in self.rows_by_code:
            return ("row", self.rows_by_code[text])
        named: dict[Node, str] = {("unit", id_): self.stored[id_].label for id_ in self.by_name.get(text, [])}
        for j in self.rows_by_name.get(text, []):
            if j != i:
                named.setdefault(self.identity(j), f"{self.codes[j] or ''} {text}".strip())
        if len(named) == 1:
            return next(iter(named))
        if named:
            self.chunk.error(i, "parent", "unit_ambiguous", candidates=", ".join(named.values()))
            return None
        nearest = naming.nearest(text, [(unit.code, unit.name) for unit in self.stored.values()])
        self.chunk.error(i, "parent", "unit_unknown", "unit_misspelt" if nearest else "", nearest=nearest)
        return None

    # ── checks ──

    def check(self) -> list[int]:
        """Return the rows that may be written, parents before children."""
        first: dict[Node, int] = {}
        roots = [unit.id for unit in self.stored.values() if unit.parent_id is None]
        for i in range(len(self.chunk)):
            node = self.identity(i)
            # A code may stand twice in the file although both rows are new.
            code = self.codes[i]
            earlier = first.setdefault(
                ("row", self.rows_by_code[code]) if node[0] == "row" and isinstance(code, str) else node, i
            )
            if earlier != i:
                self.chunk.error(i, "code" if code else "name", "duplicate_in_file", row=self.chunk.numbers[earlier])
                continue
            self.parent(i)
            if node[0] == "row":
                self._check_new(i, roots)
        order: list[int] = []
        state: dict[int, str] = {}

        def visit(i: int) -> bool:
            if state.get(i) == "open":
                self.chunk.error(i, "parent", "value_invalid", "circle")
                return False
            if i in state:
                return True
            state[i] = "open"
            parent = self.parent(i)
            if parent is not None and parent[0] == "row":
                visit(parent[1])
            state[i] = "done"
            order.append(i)
            return True

        for i in range(len(self.chunk)):
            visit(i)
        return [i for i in order if i not in self.chunk.bad]

    def _check_new(self, i: int, roots: list[int]) -> None:
        for field in _NEEDED:
            values = self.values.get(field)
            if (values is None or values[i] in (None, CLEAR)) and i not in self.chunk.bad:
                self.chunk.error(i, field, "required_missing")
        if self.parents[i] is None and i not in self.chunk.bad:
            if roots:
                label = (
                    self.stored[roots[0]].label
                    if roots[0] in self.stored
                    else f"{self.codes[-roots[0] - 1] or ''} {self.names[-roots[0] - 1]}"
                )
                self.chunk.error(
                    i,
                    "parent" if "parent" in self.chunk.layout.columns else "name",
                    "required_missing",
                    "second_root",
                    root=label,
                )
            else:
                roots.append(-i - 1)

    # ── writing ──

    def apply(self) -> None:
        order = self.check()
        codes = UnitCodes(self.batch.connection, set(self.rows_by_code))
        for i in order:
            kind, id_ = self.identity(i)
            parent = self.parent(i)
            if parent is not None and parent[0] == "row" and parent[1] not in self.written:
                # Its parent was rejected: the parent's own error says why.
                if self.batch.partial:
                    self.chunk.error(i, "parent", "unit_unknown", "parent_rejected")
                continue
            parent_id = None if parent is None else self.written[parent[1]] if parent[0] == "row" else parent[1]
            given = {field: values[i] for field, values in self.values.items() if values[i] is not None}
            self._warn(i, given, self.stored.get(id_) if kind == "unit" else None)
            if kind == "unit":
                self._update(i, self.stored[id_], parent_id, given)
            else:
                self._insert(i, codes, parent_id, given)
        self.batch.forget_units()

    def _warn(self, i: int, given: dict[str, Any], unit: Unit | None) -> None:
        reason = given.get("shift_reason", unit.shift_reason if unit else None)
        if isinstance(given.get("starts_on"), str) and not reason:
            self.chunk.warn(i, "starts_on", "shift_without_reason")
        if unit is not None and isinstance(given.get("name"), str) and given["name"] != unit.name:
            self.chunk.warn(i, "name", "name_changed", old=unit.name, new=given["name"])

    def _insert(self, i: int, codes: UnitCodes, parent_id: int | None, given: dict[str, Any]) -> None:
        code = self.codes[i]
        if not isinstance(code, str):
            code = codes.below(parent_id)
            self.batch.assigned.append((self.chunk.numbers[i], str(given["name"]), code))
        values = {field: stored(value) for field, value in given.items()}
        self.written[i] = storage.insert(self.batch.connection, code, parent_id, values)
        codes.add(self.written[i], code)
        self.batch.counts["inserted"] += 1

    def _update(self, i: int, unit: Unit, parent_id: int | None, given: dict[str, Any]) -> None:
        self.written[i] = unit.id
        moved = parent_id is not None and parent_id != unit.parent_id
        if moved and not self._move(i, unit, parent_id):
            return
        required = [field for field in _NEEDED if given.get(field) is CLEAR]
        if required:
            self.chunk.error(i, required[0], "required_missing")
            return
        row = unit._asdict()
        changed = {field: stored(value) for field, value in given.items() if row[field] != stored(value)}
        storage.update(self.batch.connection, unit.id, changed)
        self.batch.counts["updated" if changed or moved else "unchanged"] += 1

    def _move(self, i: int, unit: Unit, parent_id: int | None) -> bool:
        """Record a dated move if --moves-on allows it; else the row is an error."""
        assert parent_id is not None
        now = self.stored[unit.parent_id].label if unit.parent_id is not None else "—"
        if self.batch.moves_on is None:
            self.chunk.error(i, "parent", "would_move", now=now, then=self.parents[i])
            return False
        try:
            recording.move(self.batch.connection, unit, parent_id, self.batch.moves_on, None, self.batch.entered)
        except AdveduError as error:
            self.chunk.error(i, "parent", "would_move", "unreadable", why="; ".join(error_lines(error)))
            return False
        return True

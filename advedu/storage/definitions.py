"""The definition as a file's tables hold it: read back whole, and changed in place.

What a changed definition means for the tables is not said a second time here: `campaign.save` writes it into an empty
file in memory, and the tables of both files are compared. Entries with the same code are the same entry and keep their
key, so that every record goes on standing on what it stood on.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Any, NamedTuple, get_type_hints

from advedu.nouns.model import KINDS
from advedu.rules.definition import Batch, Definition, Item, ListEntry, Milestone, Phase, Rule, Sector, Task
from advedu.storage import campaign, history, query
from advedu.storage.schema import schema_text

Row = dict[str, Any]

# Tables whose rows have a key that records refer to; what refers comes after what it refers to.
LISTS = ("batch", "phase", "milestone", "task", "item", "sector", "category")
# Tables whose rows nothing refers to and which are told by their primary key.
PLAIN = ("campaign_text", "rule", "milestone_scope")
# Ranks are told by their place: a greater key is a higher rank. Members hold the name.
RANKS = "rank"
TABLES = (*LISTS, *PLAIN, RANKS)
_HEAD = ("code", "name", "version", "source", "definition")
# The lists of a `Definition`: table and type of an entry.
_ENTRIES: dict[str, tuple[str, type[Any]]] = {
    "batches": ("batch", Batch),
    "phases": ("phase", Phase),
    "milestones": ("milestone", Milestone),
    "tasks": ("task", Task),
    "items": ("item", Item),
    "rules": ("rule", Rule),
    "sectors": ("sector", Sector),
    "categories": ("category", ListEntry),
    "ranks": ("rank", ListEntry),
}


class Removed(NamedTuple):
    """An entry that a changed definition leaves out."""

    table: str
    label: str
    records: int


class Plan:
    """What has to change in a file's tables for it to hold a definition. Keys of entries are written as codes."""

    def __init__(self, connection: sqlite3.Connection, definition: Definition) -> None:
        self.connection = connection
        with closing(sqlite3.connect(":memory:")) as wanted:
            wanted.executescript(schema_text())
            campaign.save(wanted, definition)
            self.wanted = {table: _rows(wanted, table) for table in TABLES}
            self.head = _head(wanted)
        self.held = {table: _rows(connection, table) for table in TABLES}

    @property
    def same_entries(self) -> bool:
        """Whether the tables hold this definition already, whatever its text looks like."""
        return self.wanted == self.held and self.head[:-1] == _head(self.connection)[:-1]

    def removed(self) -> list[Removed]:
        """Return the entries that would go, with the number of records that stand on each."""
        found = []
        for table in (*LISTS, RANKS):
            kept = {row["name"] for row in self.wanted[table].values()}
            for key, row in self.held[table].items():
                gone = row["name"] not in kept if table == RANKS else key not in self.wanted[table]
                if gone:
                    label = row["name"] if table == RANKS else f"{row['code']} {row['name']}"
                    found.append(Removed(table, label, _records(self.connection, table, row)))
        return found

    def new_keys(self, table: str) -> int:
        """Return the greatest key that a list will have used."""
        new = [code for code in self.wanted[table] if code not in self.held[table]]
        return _last_key(self.connection, table) + len(new) if new else 0

    def carry_out(self) -> None:
        """Change the tables; inside an operation, and after `removed` has shown that nothing stands on what goes."""
        self._take_away(PLAIN)
        for table in LISTS:
            self._put_entries(table)
        for table in PLAIN:
            self._put_rows(table)
        self._put_ranks()
        self._take_away(LISTS[::-1])
        if self.head != _head(self.connection):
            sets = ", ".join(f"{name} = ?" for name in _HEAD)
            self.connection.execute(f"UPDATE campaign SET {sets}", self.head)  # noqa: S608 (names from above)

    def _put_entries(self, table: str) -> None:
        """Change the entries of a list that differ, and add the new ones after them."""
        new = [code for code in self.wanted[table] if code not in self.held[table]]
        # Looking for the last key reads the whole history, so only where one is needed.
        next_key = _last_key(self.connection, table) + 1 if new else 0
        for code, row in self.wanted[table].items():
            held = self.held[table].get(code)
            if held is None:
                _insert(self.connection, table, {**self._keyed(table, row), "id": next_key})
                next_key += 1
            elif held != row:
                keyed = self._keyed(table, row)
                sets = ", ".join(f'"{name}" = ?' for name in keyed)
                values = (*keyed.values(), code)
                self.connection.execute(f'UPDATE "{table}" SET {sets} WHERE code = ?', values)  # noqa: S608 (ours)

    def _put_rows(self, table: str) -> None:
        """Change the rows of a table that differ, and add the new ones."""
        keys = history.columns(self.connection, table)[1]
        condition = " AND ".join(f'"{key}" = ?' for key in keys)
        for key, row in self.wanted[table].items():
            held = self.held[table].get(key)
            if held is None:
                _insert(self.connection, table, self._keyed(table, row))
            elif held != row:
                keyed = self._keyed(table, row)
                sets = ", ".join(f'"{name}" = ?' for name in keyed)
                values = (*keyed.values(), *(keyed[name] for name in keys))
                self.connection.execute(f'UPDATE "{table}" SET {sets} WHERE {condition}', values)  # noqa: S608 (ours)

    def _put_ranks(self) -> None:
        """Put the ranks from the first that differs on behind those that stay.

        Under new keys: two ranks never share a name, also while an undo puts rows back one by one.
        """
        held, wanted = list(self.held[RANKS].values()), list(self.wanted[RANKS].values())
        same = 0
        while held[same : same + 1] == wanted[same : same + 1] != []:
            same += 1
        key = _last_key(self.connection, RANKS)
        for row in held[same:]:
            self.connection.execute("DELETE FROM rank WHERE name = ?", (row["name"],))
        for place, row in enumerate(wanted[same:], start=1):
            _insert(self.connection, RANKS, {**row, "id": key + place})

    def _take_away(self, tables: tuple[str, ...]) -> None:
        """Take away what the definition leaves out."""
        for table in tables:
            keys = ["code"] if table in LISTS else history.columns(self.connection, table)[1]
            condition = " AND ".join(f'"{key}" = ?' for key in keys)
            for key, row in self.held[table].items():
                if key not in self.wanted[table]:
                    keyed = self._keyed(table, row)
                    values = [keyed[name] for name in keys]
                    self.connection.execute(f'DELETE FROM "{table}" WHERE {condition}', values)  # noqa: S608 (ours)

    def _keyed(self, table: str, row: Row) -> Row:
        """Return a row with the keys of this file for the codes of entries."""
        keyed = dict(row)
        for column, list_ in _references(self.connection, table).items():
            sql = f'SELECT id FROM "{list_}" WHERE code = ?'  # noqa: S608 (one of LISTS)
            found = self.connection.execute(sql, (row[column],)).fetchone()
            keyed[column] = found[0] if found else None
        return keyed


def stored(connection: sqlite3.Connection) -> Definition:
    """Return the definition that the tables hold, with the text that was applied last."""
    head = dict(zip(_HEAD, _head(connection), strict=True))
    texts = _rows(connection, "campaign_text").values()
    lists: dict[str, Any] = {
        field: tuple(_entry(type_, row) for row in _spoken(connection, table))
        for field, (table, type_) in _ENTRIES.items()
    }
    return Definition(
        **{name: head[name] for name in _HEAD[:-1]},
        text=head["definition"],
        goals=tuple(row["text"] for row in texts if row["topic"] == "goal"),
        principles=tuple(row["text"] for row in texts if row["topic"] == "principle"),
        **lists,
    )


def outside_scope(connection: sqlite3.Connection) -> dict[str, int]:
    """Return, per milestone, how many records are of units that it does not apply to: they enter no figure."""
    return dict(connection.execute(query("outside_scope")).fetchall())


def _entry(type_: type[Any], row: Row) -> Any:
    """Return one entry of a definition; its fields are the columns of the table."""
    values: Row = {}
    for field, kind in get_type_hints(type_).items():
        value = row[field] if field in row else row[f"{field}_id"]
        if kind is bool:
            value = bool(value)
        elif kind == tuple[str, ...] and isinstance(value, str):
            value = tuple(value.split())
        values[field] = value
    return type_(**values)


def _spoken(connection: sqlite3.Connection, table: str) -> Iterator[Row]:
    """Yield the rows of a list with what a definition calls by other names."""
    scopes = _rows(connection, "milestone_scope") if table == "milestone" else {}
    sectors = _rows(connection, "sector") if scopes else {}
    for row in _rows(connection, table).values():
        if table == "milestone":
            own = [(kind, sector) for milestone, kind, sector in scopes if milestone == row["code"]]
            row["kinds"] = tuple(kind for kind in KINDS if kind in {kind for kind, _ in own})
            row["sectors"] = tuple(code for code in sectors if code in {sector for _, sector in own})
        yield row if "code" in row else {**row, "code": row["name"]}


def _head(connection: sqlite3.Connection) -> tuple[Any, ...]:
    sql = f"SELECT {', '.join(_HEAD)} FROM campaign"  # noqa: S608 (names from above)
    return tuple(connection.execute(sql).fetchone())


def _rows(connection: sqlite3.Connection, table: str) -> dict[Any, Row]:
    """Return the rows of a table by code, by place or by primary key, with codes instead of the keys of entries."""
    names, keys = history.columns(connection, table)
    references = _references(connection, table)
    codes = {list_: _codes(connection, list_) for list_ in references.values()}
    rows: dict[Any, Row] = {}
    order = ", ".join(f'"{key}"' for key in keys)
    for values in connection.execute(f'SELECT * FROM "{table}" ORDER BY {order}'):  # noqa: S608 (one of ours)
        row = dict(zip(names, values, strict=True))
        for column, list_ in references.items():
            row[column] = codes[list_][row[column]] if row[column] is not None else None
        if "id" in row:
            del row["id"]
            rows[row["code"] if table in LISTS else len(rows)] = row
        else:
            rows[tuple(row[key] for key in keys)] = row
    return rows


def _codes(connection: sqlite3.Connection, table: str) -> Mapping[int, str]:
    return dict(connection.execute(f'SELECT id, code FROM "{table}"').fetchall())  # noqa: S608 (one of LISTS)


def _references(connection: sqlite3.Connection, table: str) -> dict[str, str]:
    """Return the columns of a table that refer to entries, and to which list."""
    rows = connection.execute('SELECT "from", "table" FROM pragma_foreign_key_list(?)', (table,))
    return {column: list_ for column, list_ in rows if list_ in LISTS}


def _insert(connection: sqlite3.Connection, table: str, row: Row) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    connection.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', tuple(row.values()))  # noqa: S608 (ours)


def _last_key(connection: sqlite3.Connection, table: str) -> int:
    """Return the greatest key that a list has, or ever had.

    A key is not used twice: taking back an old operation must not put its records onto another entry.
    """
    sql = f'SELECT coalesce(max(id), 0) FROM "{table}"'  # noqa: S608 (one of LISTS)
    past = "SELECT coalesce(max(CAST(key AS INTEGER)), 0) FROM change WHERE table_name = ?"
    now, ever = connection.execute(sql).fetchone()[0], connection.execute(past, (table,)).fetchone()[0]
    return max(int(now), int(ever))


def _records(connection: sqlite3.Connection, table: str, row: Row) -> int:
    """Return how many rows of what there is and of what was done refer to an entry."""
    if table == RANKS:
        return int(connection.execute("SELECT count(*) FROM member WHERE rank = ?", (row["name"],)).fetchone()[0])
    count = 0
    for other in history.tracked_tables(connection):
        if other in TABLES:
            continue
        for column, list_ in _references(connection, other).items():
            if list_ == table:
                sql = f'SELECT count(*) FROM "{other}" WHERE "{column}" = (SELECT id FROM "{table}" WHERE code = ?)'  # noqa: S608 (ours)
                count += int(connection.execute(sql, (row["code"],)).fetchone()[0])
    return count

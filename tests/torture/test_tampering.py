"""Somebody changes the file past the program: refused by the file itself, or found by `verify`.

What leaves no trace inside the file, a cut tail and a chain written anew, is found with a number kept outside it.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from advedu.storage import chain, history
from advedu.storage.changes import literals
from tests.torture.conftest import Counted
from tests.torture.support import asked, call, content, copied, ok

FOUND = 4


@contextmanager
def shell(path: Path) -> Iterator[sqlite3.Connection]:
    """A plain connection, as any other program has one."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def disarmed(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection for which all triggers are taken away, and put back afterwards exactly as they were."""
    with shell(path) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        yield connection
        for _, statement in triggers:
            connection.execute(statement)


def last(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT max(id) FROM operation").fetchone()[0])


# ── with everything in place ──


def edit(path: Path) -> None:
    with shell(path) as file:
        file.execute("UPDATE milestone_done SET done_on = '2005-01-01'")


def delete(path: Path) -> None:
    with shell(path) as file:
        file.execute("DELETE FROM task_done")


def insert(path: Path) -> None:
    with shell(path) as file:
        file.execute("INSERT INTO rule VALUES ('x', 1, 'x')")


def pretend_to_be_writing(path: Path) -> None:
    with shell(path) as file:
        file.execute("INSERT INTO writing VALUES (1, (SELECT max(id) FROM operation))")
        file.execute("UPDATE unit SET chief = '别人' WHERE code = '330304-A'")
        file.execute("DELETE FROM writing")


def make_an_operation_of_ones_own(path: Path) -> None:
    with shell(path) as file:
        file.execute(
            "INSERT INTO operation (at, day, who, host, command) VALUES ('2005-03-31T08:00:00+00:00', '2005-03-31', 'x', 'x', 'x')"
        )
        file.execute("INSERT INTO writing VALUES (1, (SELECT max(id) FROM operation))")
        file.execute("UPDATE unit SET chief = '别人' WHERE code = '330304-A'")
        file.execute("DELETE FROM writing")


def replace(path: Path) -> None:
    """REPLACE deletes without a trigger unless asked otherwise, and other programs do not ask."""
    with shell(path) as file:
        file.execute("INSERT INTO writing VALUES (1, (SELECT max(id) FROM operation))")
        file.execute("REPLACE INTO rule SELECT code, value + 1, text FROM rule")
        file.execute("DELETE FROM writing")


def edit_a_change(path: Path) -> None:
    with shell(path) as file:
        file.execute("UPDATE change SET new = replace(new, '吴敏', '别人')")


def delete_an_operation(path: Path) -> None:
    with shell(path) as file:
        file.execute("DELETE FROM operation WHERE id = 3")


def edit_an_operation(path: Path) -> None:
    with shell(path) as file:
        file.execute("UPDATE operation SET who = '别人' WHERE id = 3")


# ── with triggers taken away ──


def edit_without_triggers(path: Path) -> None:
    with shell(path) as file:
        file.execute("DROP TRIGGER history_unit_update")
        file.execute("UPDATE unit SET chief = '别人' WHERE code = '330304-A'")


def edit_unseen(path: Path) -> None:
    with disarmed(path) as file:
        file.execute("UPDATE unit SET chief = '别人' WHERE code = '330304-A'")


def delete_unseen(path: Path) -> None:
    with disarmed(path) as file:
        file.execute("DELETE FROM task_done")


def insert_unseen(path: Path) -> None:
    with disarmed(path) as file:
        file.execute("INSERT INTO rule VALUES ('x', 1, 'x')")


def edit_a_change_and_its_row(path: Path) -> None:
    with disarmed(path) as file:
        file.execute("UPDATE change SET new = replace(new, '吴敏', '别人') WHERE table_name = 'milestone_done'")
        file.execute("UPDATE milestone_done SET head = '别人' WHERE head = '吴敏'")


def take_a_change_away(path: Path) -> None:
    with disarmed(path) as file:
        file.execute("DELETE FROM change WHERE id = (SELECT max(id) - 1 FROM change)")


def edit_who(path: Path) -> None:
    with disarmed(path) as file:
        file.execute("UPDATE operation SET who = '别人' WHERE id = 3")


def edit_when(path: Path) -> None:
    with disarmed(path) as file:
        file.execute("UPDATE operation SET at = '2005-01-01T00:00:00+00:00' WHERE id = (SELECT max(id) FROM operation)")


def edit_a_hash(path: Path) -> None:
    with disarmed(path) as file:
        file.execute("UPDATE operation SET hash = (SELECT hash FROM operation WHERE id = 2) WHERE id = 3")


def swap_two_operations(path: Path) -> None:
    with disarmed(path) as file:
        file.execute("PRAGMA foreign_keys = OFF")
        for table, column in (("operation", "id"), ("change", "operation_id")):
            for old, new in ((4, 9999), (5, 4), (9999, 5)):
                file.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (new, old))


def take_an_operation_out(path: Path) -> None:
    with disarmed(path) as file:
        file.execute("DELETE FROM change WHERE operation_id = 4")
        file.execute("DELETE FROM operation WHERE id = 4")


def leave_a_writer_behind(path: Path) -> None:
    with disarmed(path) as file:
        file.execute("INSERT INTO writing VALUES (1, (SELECT max(id) FROM operation))")


# ── without a trace inside the file ──


def put_back(file: sqlite3.Connection, number: int) -> None:
    """Undo an operation by its changes, past history."""
    rows = file.execute(
        "SELECT table_name, key, old, new FROM change WHERE operation_id = ? ORDER BY id DESC", (number,)
    ).fetchall()
    for table, key, old, new in rows:
        names, keys = history.columns(file, table)
        where = " AND ".join(f'"{name}" = ?' for name in keys)
        if new is not None:
            file.execute(f"DELETE FROM {table} WHERE {where}", literals(key))
        if old is not None:
            file.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(names))})", literals(old))


def cut_the_tail(path: Path) -> None:
    with disarmed(path) as file:
        file.execute("PRAGMA foreign_keys = OFF")
        number = last(file)
        put_back(file, number)
        file.execute("DELETE FROM change WHERE operation_id = ?", (number,))
        file.execute("DELETE FROM operation WHERE id = ?", (number,))


def write_the_chain_anew(path: Path) -> None:
    """A change in an old operation, in every later one and in the row, with all hashes computed again."""
    with disarmed(path) as file:
        for column in ("old", "new"):
            file.execute(f"UPDATE change SET {column} = replace({column}, '周正', '别人')")
        file.execute("UPDATE unit SET chief = replace(chief, '周正', '别人')")
        file.execute("UPDATE member SET name = replace(name, '周正', '别人')")
        seal_all(file)


def seal_all(file: sqlite3.Connection) -> None:
    """Compute every hash again, as the program does."""
    spans = file.execute("SELECT id, first_change, changes, undoes FROM operation ORDER BY id").fetchall()
    held = file.execute("SELECT * FROM change ORDER BY id").fetchall()
    file.execute("DELETE FROM change")
    for number, first, count, undoes in spans:
        # `seal` reads everything from the first change on, so each operation is sealed as the latest one.
        mine = [row for row in held if row[1] == number]
        file.executemany("INSERT INTO change VALUES (?, ?, ?, ?, ?, ?)", mine)
        chain.seal(file, number, first, count, undoes)


def bring_an_older_copy(path: Path) -> None:
    shutil.copy(path.with_name("older.db"), path)


class Way(NamedTuple):
    tamper: Callable[[Path], None]
    # How it comes out: "refused" by the file, "found" by verify, or found with the "anchor" alone.
    wanted: str


WAYS = (
    *(
        Way(tamper, "refused")
        for tamper in (edit, delete, insert, edit_a_change, delete_an_operation, edit_an_operation)
    ),
    *(
        Way(tamper, "found")
        for tamper in (
            pretend_to_be_writing,
            make_an_operation_of_ones_own,
            replace,
            edit_without_triggers,
            edit_unseen,
            delete_unseen,
            insert_unseen,
            edit_a_change_and_its_row,
            take_a_change_away,
            edit_who,
            edit_when,
            edit_a_hash,
            swap_two_operations,
            take_an_operation_out,
            leave_a_writer_behind,
        )
    ),
    *(Way(tamper, "anchor") for tamper in (cut_the_tail, write_the_chain_anew, bring_an_older_copy)),
)


def outcome(path: Path, tamper: Callable[[Path], None], anchor: str) -> str:
    before = content(path)
    try:
        tamper(path)
    except sqlite3.IntegrityError:
        # Refused half-way is refused: what went through before must be found, or nothing have changed.
        if content(path) == before and call(path, "verify").code == 0:
            return "refused"
    code = call(path, "verify").code
    if code == FOUND:
        return "found"
    anchored = call(path, "verify", "--anchor", anchor).code
    return "anchor" if (code, anchored) == (0, FOUND) else f"missed ({code}, {anchored})"


def noted(path: Path) -> str:
    """Take the anchor from under a report, as a clerk would: what stands there is the beginning of the hash."""
    line = ok(path, "unit", "list").splitlines()[-1]
    operation, hash_ = line.removeprefix("Operation ").split(" · ")
    return f"{operation}:{hash_}"


@pytest.mark.long
def test_every_way_is_refused_or_found(small: Path, folder: Path, counted: Counted) -> None:
    shutil.copy(small, folder / "older.db")
    ok(small, "unit", "edit", "330304-A", "--chief", "周正己", "--phone", "0577-1")
    anchor = noted(small)
    came: dict[str, str] = {}
    for way in WAYS:
        path = copied(small, folder / way.tamper.__name__)
        shutil.copy(folder / "older.db", path.with_name("older.db"))
        came[way.tamper.__name__] = outcome(path, way.tamper, anchor)
    tally = {kind: sum(found == kind for found in came.values()) for kind in ("refused", "found", "anchor")}
    counted(
        f"{len(WAYS)} ways of tampering: {tally['refused']} refused, {tally['found']} found by verify, "
        f"{tally['anchor']} found with the anchor, {len(WAYS) - sum(tally.values())} missed"
    )
    assert came == {way.tamper.__name__: way.wanted for way in WAYS}


@pytest.mark.parametrize("source", ["table", "json", "csv", "backup"])
def test_every_place_that_shows_the_anchor_shows_the_same(small: Path, folder: Path, source: str) -> None:
    import json

    number = asked(small, "SELECT max(id) FROM operation")
    whole = asked(small, "SELECT hash FROM operation WHERE id = ?", number).decode()
    if source == "table":
        assert noted(small) == f"{number}:{whole[:12]}"
    elif source == "json":
        shown = json.loads(ok(small, "status", "--format", "json"))["history"]
        assert shown == {"operation": number, "hash": whole}
    elif source == "csv":
        ok(small, "unit", "list", "--output", folder / "units.csv")
        assert f"operation={number} hash={whole}" in (folder / "units.csv").read_text(encoding="utf-8-sig")
    else:
        ok(small, "backup", folder / "copy.db")
        assert noted(folder / "copy.db") == noted(small)


def test_an_anchor_holds_as_long_as_nobody_tampers(small: Path) -> None:
    anchors = []
    for turn in range(5):
        ok(small, "unit", "edit", "330304-A", "--chief", f"第{turn}任")
        anchors += ["--anchor", noted(small)]
    ok(small, "undo")
    assert call(small, "verify", *anchors).code == 0

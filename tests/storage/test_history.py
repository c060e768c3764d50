"""History: every change of every table, inside an operation and nowhere else."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from advedu.nouns.model import Author
from advedu.storage import connection, history
from advedu.storage.changes import Change, changes, operations, span
from advedu.storage.history import Operation, Source, operation
from advedu.storage.migrations import schema_text
from tests.support import Cli, content, kept

AUTHOR = Author("clerk", "desk", "advedu test")
DAY = "2005-03-31"
BALLOTS = "--issued 9 --returned 9 --valid 9 --satisfied 1 --dissatisfied 8"


def schema_tables() -> list[str]:
    """The tables of schema.sql whose rows history must follow."""
    with closing(sqlite3.connect(":memory:")) as plain:
        plain.executescript(schema_text())
        return history.tracked_tables(plain)


TABLES = schema_tables()


@kept
def fill_every_table(cli: Cli) -> None:
    """Record at least one row in every table. A new table needs a line here."""
    for argv in (
        "milestone mark 330304-A1 M101 --on 2005-01-10 --head 吴敏",
        "unit edit 330304-A1 --alias 教委",
        "milestone exempt 330304-A2 M102 --on 2005-01-10 --reason 人少",
        "task mark P000003 T1 --on 2005-02-01",
        "task exempt P000006 T1 --on 2005-02-01 --reason 病",
        "nine tick P000001 N1 --on 2005-02-02",
        "unit move 330304-A2 330304-A1 --on 2005-02-03",
        "member transfer P000004 330304-A2 --on 2005-02-04",
        "ledger set --units 5 --members 12 --on 2005-02-05",
        "phase open 330304-A study --on 2005-01-10",
        "post hand-over 330304-A1 李新 --on 2005-03-01",
        "body add 330304-A1 --role head --name 李新",
        "absence add 330304-A1 --name 李新 --from-on 2005-03-05",
        "session add 330304-A1 --held-on 2005-02-05 --topic 党章 --hours 2",
        "session absent 1 P000003 --reason 病",
        "own-milestone add 330304-A1 --title 红歌会",
        "rectification add 330304-A1 --problem 文山会海 --found-on 2005-02-20",
        "opinion add 330304-A1 --received-on 2005-02-10 --channel forum --addressee body --text 少开会 --rectification 1",
        "regulation add 330304-A1 --title 学习制度 --adopted-on 2005-03-03",
        f"survey add 330304-A1 --round 1 --method sample --held-on 2005-03-01 {BALLOTS}",
        "survey remedy 330304-A1 --round 1 --plan 下基层",
        "team add --code D01 --name 第一督导组 --kind supervision --batch 1 --sender 330304 --phone 0577-88530001",
        "cadre add --team D01 --role head --name 张平 --rank 正科级 --home 区纪委 --phone 13905771234",
        "coverage add 330304-A1 --team D01 --from-on 2005-01-05",
        "visit add 330304-A1 --team D01 --visited-on 2005-02-05 --who 张平 --how 听汇报 --looked-at 学习笔记",
        "suggestion add --visit 1 --text 学习笔记不全 --owner 吴敏 --deadline 2005-03-01",
        "contact-point add 330304-A1 --member P000001 --from-on 2005-02-01",
        "contact-visit add --contact-point 周正 --visited-on 2005-03-01 --what 座谈",
        "bulletin add 330304-A1 --title 动员情况 --drafted-on 2005-02-01 --sources 330304-A2",
        "model add 330304-A1 --member P000002 --deeds 扎根山区三十年 --found-on 2005-03-01 --bulletin 1",
        "publicity add 330304-A1 --channel newspaper --published-on 2005-03-01 --title 开好头 --count 2",
        "commendation propose 330304-A1 --honour 先进基层党组织 --on 2005-03-01 --override --reason 事迹突出",
        "training add --member P000002 --reason 考核末位 --from-on 2005-03-01 --to-on 2005-03-20",
        "call add 330304-A1 --called-on 2005-03-20 --said 月底前开会 --again-on 2005-04-01 --who 郑重",
    ):
        cli.ok(*argv.split())
    cli.imported("members", "大名,所在党组织\n新人,330304-A1\n", "--map", "大名=name")


@pytest.fixture(scope="module")
def full_file(tmp_path_factory: pytest.TempPathFactory, filled_file: Path) -> Path:
    """A file with at least one row in every table."""
    cli = Cli(tmp_path_factory.mktemp("full"))
    shutil.copy(filled_file, cli.db)
    return fill_every_table(cli).db


@pytest.fixture
def file(full_file: Path, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """An open copy of the full file."""
    path = tmp_path / "full.db"
    shutil.copy(full_file, path)
    with closing(connection.connect(path)) as opened:
        # So that rows can be taken away one by one, whatever points to them.
        opened.execute("PRAGMA foreign_keys = OFF")
        yield opened


def in_operation(file: sqlite3.Connection, statement: str, *values: object) -> Operation:
    with operation(file, AUTHOR, DAY) as under_way:
        file.execute(statement, values)
    return under_way


def changes_of(file: sqlite3.Connection, under_way: Operation) -> list[Change]:
    """What an operation that was kept changed."""
    where = span(file, under_way.number)
    assert where is not None
    return changes(file, *where)


class Row(NamedTuple):
    """One row of a table, its key and the columns in order."""

    table: str
    names: list[str]
    keys: list[str]
    values: dict[str, Any]

    @property
    def key(self) -> tuple[Any, ...]:
        return tuple(self.values[name] for name in self.keys)

    @property
    def where(self) -> str:
        return " AND ".join(f'"{name}" IS ?' for name in self.keys)

    @property
    def insert(self) -> str:
        return f"INSERT INTO {self.table} VALUES ({', '.join('?' * len(self.names))})"


def some_row(file: sqlite3.Connection, table: str) -> Row:
    names, keys = history.columns(file, table)
    values = file.execute(f"SELECT * FROM {table} ORDER BY 1 DESC LIMIT 1").fetchone()
    assert values is not None, f"`fill_every_table` above has no row in {table}"
    return Row(table, names, keys, dict(zip(names, values, strict=True)))


def updates(row: Row) -> Iterator[tuple[str, object]]:
    """Columns with another value that they might accept, those outside the key first."""
    for name in sorted(row.names, key=lambda name: name in row.keys):
        old = row.values[name]
        if isinstance(old, int):
            yield from ((name, 1 - old), (name, old + 1))
        else:
            yield from ((name, text) for text in ('it\'s, "new"\n新', "2004-02-29", "branch") if text != old)


def changed_somehow(file: sqlite3.Connection, row: Row) -> tuple[Operation, dict[str, Any]]:
    """Change one column of a row inside an operation; answer the row as it is then."""
    for name, new in updates(row):
        try:
            under_way = in_operation(file, f'UPDATE {row.table} SET "{name}" = ? WHERE {row.where}', new, *row.key)
        except sqlite3.IntegrityError:
            continue
        return under_way, row.values | {name: new}
    raise AssertionError(f"no column of {row.table} can be changed")


# ── every table ──


@pytest.mark.parametrize("table", TABLES)
def test_an_update_is_recorded_with_old_and_new_values(file: sqlite3.Connection, table: str) -> None:
    row = some_row(file, table)
    under_way, new = changed_somehow(file, row)
    (change,) = changes_of(file, under_way)
    assert change.table == table
    assert change.key == tuple(new[name] for name in row.keys)
    assert change.old == row.values
    assert change.new == new
    assert operations(file)[0].number == under_way.number


@pytest.mark.parametrize("table", TABLES)
def test_taking_away_and_adding_are_recorded(file: sqlite3.Connection, table: str) -> None:
    row = some_row(file, table)
    taken = in_operation(file, f"DELETE FROM {table} WHERE {row.where}", *row.key)
    added = in_operation(file, row.insert, *row.values.values())
    assert changes_of(file, taken) == [(taken.number, table, row.key, row.values, None)]
    assert changes_of(file, added) == [(added.number, table, row.key, None, row.values)]


@pytest.mark.parametrize("table", TABLES)
def test_a_change_from_outside_is_refused(file: sqlite3.Connection, table: str) -> None:
    row = some_row(file, table)
    before = content(file)
    attempts: list[tuple[str, tuple[object, ...]]] = [(f"DELETE FROM {table}", ())]
    attempts += [(f'UPDATE {table} SET "{name}" = ? WHERE {row.where}', (new, *row.key)) for name, new in updates(row)]
    attempts += [
        (f"INSERT OR REPLACE INTO {table} VALUES ({', '.join('?' * len(row.names))})", tuple(row.values.values())),
        (f"INSERT INTO {table} SELECT * FROM {table} WHERE {row.where}", row.key),
    ]
    for statement, values in attempts:
        with pytest.raises(sqlite3.IntegrityError):
            file.execute(statement, values)
    assert content(file) == before


@pytest.mark.parametrize("table", TABLES)
def test_replace_is_recorded_as_taking_away_and_adding(file: sqlite3.Connection, table: str) -> None:
    row = some_row(file, table)
    statement = row.insert.replace("INSERT", "INSERT OR REPLACE", 1)
    under_way = in_operation(file, statement, *row.values.values())
    assert [(change.old, change.new) for change in changes_of(file, under_way)] == [
        (row.values, None),
        (None, row.values),
    ]


@pytest.mark.parametrize("table", TABLES)
def test_an_update_to_the_same_values_is_no_change(file: sqlite3.Connection, table: str) -> None:
    row = some_row(file, table)
    sets = ", ".join(f'"{name}" = "{name}"' for name in row.names)
    assert not in_operation(file, f"UPDATE {table} SET {sets}").written


def test_to_and_from_nothing_is_a_change(file: sqlite3.Connection) -> None:
    for value in (None, "周", None):
        under_way = in_operation(file, "UPDATE unit SET chief = ? WHERE code = '330304-A'", value)
        (change,) = changes_of(file, under_way)
        assert change.new is not None
        assert change.new["chief"] == value


def test_a_shell_cannot_write_either(filled: Cli) -> None:
    """Another program on the same file has neither our pragmas nor an operation."""
    with closing(sqlite3.connect(filled.db)) as shell:
        for statement in (
            "UPDATE unit SET name = 'x'",
            "DELETE FROM member",
            "INSERT INTO rule VALUES ('x', 1, 'x')",
        ):
            with pytest.raises(sqlite3.IntegrityError, match=r"change\.operation_id"):
                shell.execute(statement)


# ── operations ──


def test_an_operation_says_who_when_where_how_and_from_which_file(file: sqlite3.Connection) -> None:
    before = operations(file)[0].number
    with operation(file, AUTHOR, DAY, source=Source("名册.xlsx", "ab12"), at="2005-03-31T08:00:00+00:00") as under_way:
        file.execute("UPDATE unit SET chief = 'x' WHERE code = '330304-A'")
        assert not under_way.written
    assert under_way.written
    assert under_way.number == before + 1
    latest = operations(file)[0]
    assert latest[:9] == (
        under_way.number,
        "2005-03-31T08:00:00+00:00",
        DAY,
        *AUTHOR,
        "名册.xlsx",
        "ab12",
        1,
    )


def test_an_operation_takes_the_write_lock_first(file: sqlite3.Connection) -> None:
    with operation(file, AUTHOR, DAY), closing(sqlite3.connect(path_of(file), timeout=0)) as other:
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")


def path_of(file: sqlite3.Connection) -> Path:
    return Path(file.execute("SELECT file FROM pragma_database_list").fetchone()[0])


def whole(file: sqlite3.Connection) -> list[str]:
    return list(file.iterdump())


def test_an_operation_without_changes_leaves_no_entry(file: sqlite3.Connection) -> None:
    before = whole(file)
    with operation(file, AUTHOR, DAY) as under_way:
        file.execute("SELECT * FROM unit").fetchall()
    assert not under_way.written
    assert whole(file) == before


def test_a_dry_run_leaves_nothing_and_knows_what_it_would_change(file: sqlite3.Connection) -> None:
    before = whole(file)
    with operation(file, AUTHOR, DAY, dry_run=True) as under_way:
        file.execute("UPDATE unit SET chief = 'x' WHERE code = '330304-A'")
        assert len(changes(file, under_way.first_change)) == 1
    assert not under_way.written
    assert whole(file) == before


def test_an_abandoned_operation_leaves_nothing(file: sqlite3.Connection) -> None:
    before = whole(file)
    with operation(file, AUTHOR, DAY) as under_way:
        file.execute("UPDATE unit SET chief = 'x' WHERE code = '330304-A'")
        under_way.abandon()
    assert not under_way.written
    assert whole(file) == before


@pytest.mark.parametrize("error", [ValueError(), sqlite3.OperationalError(), KeyboardInterrupt(), SystemExit()])
def test_an_exception_leaves_nothing_and_passes_through(file: sqlite3.Connection, error: BaseException) -> None:
    before = whole(file)
    with pytest.raises(type(error)), operation(file, AUTHOR, DAY):
        file.execute("UPDATE unit SET chief = 'x' WHERE code = '330304-A'")
        raise error
    assert not file.in_transaction
    assert whole(file) == before


def test_after_sqlite_has_rolled_back_by_itself_the_error_is_the_first_one(file: sqlite3.Connection) -> None:
    with pytest.raises(RuntimeError, match="the disk is full"), operation(file, AUTHOR, DAY):
        file.execute("ROLLBACK")
        raise RuntimeError("the disk is full")
    assert in_operation(file, "UPDATE unit SET chief = 'x' WHERE code = '330304-A'").written


def test_numbers_follow_one_another_also_after_what_was_not_kept(file: sqlite3.Connection) -> None:
    first = in_operation(file, "UPDATE unit SET chief = 'a' WHERE code = '330304-A'").number
    in_operation(file, "UPDATE unit SET chief = 'a' WHERE code = '330304-A'")
    with operation(file, AUTHOR, DAY, dry_run=True):
        file.execute("UPDATE unit SET chief = 'b'")
    assert in_operation(file, "UPDATE unit SET chief = 'c' WHERE code = '330304-A'").number == first + 1


def test_no_operation_is_under_way_between_operations(file: sqlite3.Connection) -> None:
    in_operation(file, "UPDATE unit SET chief = 'a' WHERE code = '330304-A'")
    assert file.execute("SELECT * FROM writing").fetchall() == []


# ── through the program ──


def test_every_command_that_writes_leaves_one_entry(filled: Cli) -> None:
    before = filled.rows("log")
    filled.ok("milestone", "mark", "330304-A1", "330304-A", "M101", "--on", "2005-01-10")
    filled.ok("milestone", "mark", "330304-A1", "330304-A", "M101", "--on", "2005-01-10")
    filled.ok("milestone", "mark", "330304-A1", "330304-A", "M101", "--on", "2005-01-11", "--dry-run")
    filled.refused("milestone", "mark", "330304-A1", "330304-B1", "M101", "--on", "2005-01-11")
    latest, *earlier = filled.rows("log")
    assert earlier == before
    assert latest["who"] == "clerk"
    assert latest["day"] == DAY
    assert latest["changes"] == 2
    assert "milestone mark" in latest["command"]


def test_an_import_is_one_entry_with_the_files_name_and_sum(filled: Cli) -> None:
    filled.imported("milestones", "单位,环节,完成日期\n330304-A,M104,2005-02-01\n330304-B,M104,2005-02-01\n")
    latest = filled.rows("log")[0]
    assert latest["source"] == "milestones.csv"
    assert len(latest["source_sha256"]) == 64
    assert latest["changes"] == 2


def test_a_record_of_several_units_is_all_or_nothing(filled: Cli) -> None:
    before = filled.everything()
    filled.refused("milestone", "mark", "330304-A", "330304-A1", "no such unit", "M104")
    assert filled.everything() == before

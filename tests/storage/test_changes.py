"""Reading history: the values that SQLite wrote as literals come back as they were."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from hypothesis import example, given
from hypothesis import strategies as st

from advedu.storage import connection, history
from advedu.storage.changes import changes, literals, operations
from tests.support import Cli

# No file can keep NUL in a text or a surrogate; both are refused on their way in.
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
VALUES = st.one_of(
    st.none(),
    TEXTS,
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["NULL", "1", "-1"]),
)


@given(st.lists(VALUES, min_size=1, max_size=8))
@example(["it's", "'", "''", "a,b", "','", "", None, "NULL", "1e5", "\n\r\t", "\u202e区\U0001f600"])
@example([0, -1, 2**63 - 1, -(2**63), 0.1, -2.5e-300, 1e300, -0.0])
def test_what_quote_writes_is_read_back(values: list[object]) -> None:
    with closing(sqlite3.connect(":memory:")) as file:
        marks = " || ',' || ".join(["quote(?)"] * len(values))
        (text,) = file.execute(f"SELECT {marks}", values).fetchone()
    assert literals(text) == values
    assert [type(value) for value in literals(text)] == [type(value) for value in values]


@given(
    st.lists(
        st.tuples(
            st.none() | TEXTS,
            st.none() | st.integers(-(2**63), 2**63 - 1),
            st.none() | st.floats(allow_nan=False, allow_infinity=False),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_what_the_triggers_write_is_read_back(rows: list[tuple[object, ...]]) -> None:
    with closing(sqlite3.connect(":memory:")) as file:
        file.execute("CREATE TABLE thing (id INTEGER PRIMARY KEY, t TEXT, n INTEGER, r REAL) STRICT")
        file.execute("CREATE TABLE writing (operation_id)")
        file.execute("INSERT INTO writing VALUES (1)")
        file.execute("CREATE TABLE change (id INTEGER PRIMARY KEY, operation_id, table_name, key, old, new)")
        for statement in history.trigger_statements(file, "thing"):
            file.execute(statement)
        file.executemany("INSERT INTO thing (t, n, r) VALUES (?, ?, ?)", rows)
        expected = [dict(zip(("id", "t", "n", "r"), (i, *row), strict=True)) for i, row in enumerate(rows, start=1)]
        assert [change.new for change in changes(file)] == expected
        file.execute("UPDATE thing SET t = t || '''', n = 1, r = NULL")
        file.execute("DELETE FROM thing")
        taken = [change.old for change in changes(file) if change.new is None]
        assert taken == [
            row | {"t": None if row["t"] is None else f"{row['t']}'", "n": 1, "r": None} for row in expected
        ]


def test_a_long_text_is_read_back() -> None:
    text = "'第一行,\n" * 200_000
    assert literals("'" + text.replace("'", "''") + "',NULL,7") == [text, None, 7]


def test_a_row_from_before_a_column_was_added_lacks_it(filled: Cli) -> None:
    with closing(connection.connect(filled.db)) as file:
        before = [change for change in changes(file) if change.table == "unit_move"]
        file.execute("ALTER TABLE unit ADD COLUMN note TEXT")
        units = [change.new for change in changes(file) if change.table == "unit"]
        assert before == []
    assert units
    assert all(unit is not None and "note" not in unit and unit["code"] for unit in units)


def test_all_changes_come_in_the_order_in_which_they_happened(filled: Cli) -> None:
    filled.ok("unit", "edit", "330304-A", "--chief", "甲")
    filled.ok("unit", "edit", "330304-A", "--chief", "乙")
    with closing(connection.connect(filled.db)) as file:
        chiefs = [
            change.new["chief"] for change in changes(file) if change.new and change.new.get("code") == "330304-A"
        ]
        assert chiefs == ["周正", "甲", "乙"]
        numbers = [past.number for past in operations(file)]
    assert numbers == sorted(numbers, reverse=True)

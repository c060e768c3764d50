"""Columns that are stored as they stand: found out for all cells together, and with the same outcome as one by one."""

import sqlite3
from datetime import date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from advedu.importing import column_reader
from advedu.importing.column_reader import Bad, Reader
from advedu.naming.vocabulary import FileLists
from advedu.nouns.declaration import Field
from advedu.values import kinds

TODAY = "2005-06-30"
DAYS = st.dates(date(1890, 1, 1), date(2110, 1, 1)).map(str)
TEXTS = {
    "text": st.sampled_from(["组织委员", "a b", "a  b", " a", "<清空>", "#N/A", "", "王\u3000明"]),
    "name": st.sampled_from(["王小明", "王 明", "王*", "Anna B", "", "王\t明"]),
    "code": st.sampled_from(["A1", "Ａ1", "1.2E+05", "", "a-b"]),
    "phone": st.sampled_from(["13912345678", "１３９", "139****5678", "", "1.39E+10"]),
    "past_month": DAYS
    | DAYS.map(lambda day: day[:7])
    | st.sampled_from(["", "2005-W03-4", "20050120", "2005-1-2", "x"]),
    "id_number": st.sampled_from(
        ["33030419460514299X", "330304194605142993", "330304460514299", "", "33030420900514299X", "33030419460230299X"]
    )
    | st.from_regex(r"\A330304(19|20)[0-9]{2}(0[1-9]|1[0-2])[0-3][0-9]{4}[0-9X]\Z"),
}
OTHERS = st.sampled_from([None, 3.5, date(1985, 3, 1), date(2110, 1, 1), datetime(2005, 1, 20, 10, 30)])


def _one_by_one(reader: Reader, cells: list[object]) -> list[object]:
    return column_reader.Reader(reader.read, corrects=reader.corrects).values(cells).values


def _shown(values: list[object]) -> list[object]:
    return [(value.problem.code, value.problem.why) if isinstance(value, Bad) else value for value in values]


@pytest.mark.parametrize("name", TEXTS)
@given(data=st.data())
def test_a_whole_column_is_read_as_its_cells_are(name, data):
    reader = column_reader.of(Field(name, name, (), name), FileLists(sqlite3.connect(":memory:"), TODAY))
    cells = data.draw(st.lists(TEXTS[name] | OTHERS, min_size=1, max_size=6))
    found = reader.values(cells)
    assert _shown(found.values) == _shown(_one_by_one(reader, cells))
    assert found.any_bad == any(isinstance(value, Bad) for value in found.values)
    assert found.any_cleared == (column_reader.CLEAR in found.values)


@pytest.mark.parametrize("name", ["past_month", "id_number"])
def test_well_kept_columns_are_told_from_others(name):
    kept = column_reader.of(Field(name, name, (), name), FileLists(sqlite3.connect(":memory:"), TODAY)).kept
    good = {
        "past_month": ["1985-03", "1985-03-01", "2005-06-30"],
        "id_number": ["33030419460514299X", "330304460514299"],
    }[name]
    assert kept is not None
    assert kept(good)
    assert not kept([*good, "x"])


@given(st.lists(st.from_regex(r"\A330304(19[0-9]{2}|200[0-4])(0[1-9]|1[0-2])(0[1-9]|1[0-9])[0-9]{3}\Z"), max_size=9))
@example([])
def test_check_digits_of_many_are_those_of_each(bodies):
    from advedu.values.identity import are_id_numbers, check_digit

    numbers = [body + check_digit(body) for body in bodies]
    if numbers:
        assert are_id_numbers(numbers, TODAY)
        assert not are_id_numbers(numbers, "1899-12-31")
        wrong = "X" if numbers[-1][-1] != "X" else "0"
        assert not are_id_numbers([*numbers[:-1], bodies[-1] + wrong], TODAY)


def test_every_kind_that_looks_at_whole_columns_is_tried_here():
    assert {name for name, kind in kinds.KINDS.items() if kind.kept} - {"unit", "member"} == set(TEXTS)

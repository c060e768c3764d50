"""Days as people and spreadsheets write them: every spelling read, everything doubtful refused."""

import contextlib
import pickle
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advedu.values.dates import DateProblem, add_days, cell_day, cell_month_or_day, days_between, parse_day

FIRST = date(1900, 1, 1)
LAST = date(2100, 12, 31)
days = st.dates(FIRST, LAST)

SAME_DAY = [
    "2005-01-20",
    "2005-1-20",
    "2005.1.20",
    "2005.01.20",
    "2005/1/20",
    "2005/01/20",
    "20050120",
    "2005年1月20日",
    "2005年01月20日",
    "2005年1月20号",
    "2005年1月20",
    "2005年元月20日",
    "2005 年 1 月 20 日",
    "２００５年１月２０日",
    "２００５－０１－２０",
    "２００５．１．２０",
    "２００５／１／２０",
    "2005。1。20",
    "2005—1—20",
    "二〇〇五年一月二十日",
    "二○○五年一月二十日",
    "二零零五年一月二十日",
    "二ＯＯ五年一月二十日",
    "二OO五年一月二十日",
    "二００五年一月二十日",
    "二〇〇五年〇一月二〇日",
    "二〇〇五年一月廿日",
    "二〇〇五年 一月 二十日",
    "  2005-01-20 ",
    "\u30002005-01-20\u3000",
    "2005 - 01 - 20",
    "\ufeff2005-01-20",
    "\u200e2005\u200e/1/20",
    "2005-01-20 00:00:00",
    "2005-01-20T00:00:00",
    "2005-01-20 00:00:00.000",
    "2005-01-20 23:59:59",
    "2005/1/20 0:00:00",
    "2005/1/20\t8:30",
    "2005年1月20日 8:30",
    "2005年1月20日8:30",
    "2005－01－20 ０８：３０",
    "38372",
    "３８３７２",
]

NO_DAY = [
    "",
    " ",
    "-",
    "--",
    "nonsense",
    "待定",
    "2005",
    "2005-01",
    "2005年1月",
    "200501",
    "1985.1",
    "05-01-20",
    "05年1月20日",
    "二〇〇五年一月",
    "〇五年一月二十日",
    "2005-02-29",
    "2005-13-01",
    "2005-00-10",
    "2005-01-00",
    "2005-1-32",
    "2005年2月30日",
    "二〇〇五年二月三十日",
    "二〇〇五年一月〇十一日",
    "二〇〇五年一月十十日",
    "二〇〇五年一月二十十日",
    "20050230",
    "1899-12-31",
    "2101-01-01",
    "0005-01-20",
    "2005-W03-4",
    "2005W034",
    "2005-W1-20",
    "2005-020",
    "2005-+1-20",
    "2005-1.20",
    "2005.1/20",
    "2005.1.20.",
    "2005-01-20-",
    "-2005-01-20",
    "20-01-2005",
    "1/20/2005",
    "2005年1月日",
    "2005年1月20日日",
    "2005年1月20日前",
    "2005-01-20 2005-01-21",
    "2005-1-2 8",
    "2005 01 20",
    "2 0 0 5 年 1 月 20 日",
    "3 8372",
    "2005-01-20T16:00:00Z",
    "2005-01-20 00:00:00+08:00",
    "2005-01-20 25:00",
    "2005-01-20 24:00:00",
    "2005-01-20 8:3",
    "8:30",
    ":",
    "2005-01-20:",
    "2005-01-2000:00:00",
    "00123",
    "00000",
    "73416",
    "99999",
    "9999",
    "1",
    "²⁰⁰⁵-⁰¹-²⁰",
    "٢٠٠٥-٠١-٢٠",
    "٣٨٣٧٢",
    "38372.5",
    "2005-01-20\x00",
]

MONTHS = {
    "1985年3月": "1985-03",
    "1985年03月": "1985-03",
    "１９８５年３月": "1985-03",
    "1985 年 3 月": "1985-03",
    " 1985年3月  ": "1985-03",
    "1985-03": "1985-03",
    "1985-3": "1985-03",
    "1985/03": "1985-03",
    "1985/3": "1985-03",
    "1985.03": "1985-03",
    "1985.10": "1985-10",
    "1985.12": "1985-12",
    "一九八五年三月": "1985-03",
    "一九八五年十月": "1985-10",
    "一九八五年十二月": "1985-12",
    "1985年元月": "1985-01",
    "198503": "1985-03",
    "２００５．１２": "2005-12",
}


def code_of(read, value):
    with pytest.raises(DateProblem) as caught:
        read(value)
    return caught.value.code


@pytest.mark.parametrize("text", SAME_DAY)
@pytest.mark.parametrize("read", [parse_day, cell_day, cell_month_or_day])
def test_every_spelling_is_the_same_day(read, text):
    assert read(text) == "2005-01-20"


@pytest.mark.parametrize("text", NO_DAY)
@pytest.mark.parametrize("read", [parse_day, cell_day])
def test_what_is_no_day_is_refused(read, text):
    assert code_of(read, text) == "date_invalid"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("二〇〇五年十二月三十一日", "2005-12-31"),
        ("二〇〇五年十月十日", "2005-10-10"),
        ("二〇〇五年十一月廿一日", "2005-11-21"),
        ("二〇〇五年十二月卅一日", "2005-12-31"),
        ("二〇〇五年十二月三一日", "2005-12-31"),
        ("2004-02-29", "2004-02-29"),
        ("1900-01-01", "1900-01-01"),
        ("2100-12-31", "2100-12-31"),
        ("73415", "2100-12-31"),
    ],
)
def test_particular_days(text, day):
    assert parse_day(text) == day


def chinese(number, digits="〇一二三四五六七八九"):
    tens, ones = divmod(number, 10)
    return {0: "", 1: "十"}.get(tens, digits[tens] + "十") + (digits[ones] if ones else "")


@given(days)
def test_every_day_is_read_in_every_style(day):
    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(day.year))
    y, m, d = day.year, day.month, day.day
    for text in (
        f"{y}-{m:02}-{d:02}",
        f"{y}.{m}.{d}",
        f"{y}/{m}/{d}",
        f"{y}{m:02}{d:02}",
        f"{y}年{m}月{d}日",
        f"{year}年{chinese(m)}月{chinese(d)}日",
        f"{y}-{m:02}-{d:02} 00:00:00",
    ):
        assert parse_day(text) == day.isoformat()
        assert cell_month_or_day(text) == day.isoformat()


@given(days)
def test_every_month_is_read_in_every_style(day):
    month = day.isoformat()[:7]
    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(day.year))
    y, m = day.year, day.month
    for text in (
        month,
        f"{y}-{m}",
        f"{y}/{m}",
        f"{y}.{m:02}",
        f"{y}{m:02}",
        f"{y}年{m}月",
        f"{year}年{chinese(m)}月",
    ):
        assert cell_month_or_day(text) == month
        assert code_of(parse_day, text) == "date_invalid"


@pytest.mark.parametrize(("text", "month"), MONTHS.items())
def test_a_month_is_enough_where_it_is(text, month):
    assert cell_month_or_day(text) == month


@pytest.mark.parametrize("text", ["1985.1", "1985.3", "１９８５．１", " 1985.1 ", "1985。1"])
def test_one_digit_behind_a_dot_may_be_two_months(text):
    assert code_of(cell_month_or_day, text) == "date_ambiguous"
    assert code_of(cell_month_or_day, text) == "date_ambiguous"


@pytest.mark.parametrize(
    "text",
    [
        "1985",
        "1985.0",
        "1985.13",
        "1985-13",
        "198513",
        "85.3",
        "85年3月",
        "1985年",
        "1985年3",
        "3月",
        "1985.1月",
    ],
)
def test_what_is_neither_month_nor_day_is_refused(text):
    assert code_of(cell_month_or_day, text) == "date_invalid"


@given(st.text() | st.text("0123456789０１〇一二十廿卅元年月日号 .-/:TWZ+", max_size=20))
def test_any_text_is_a_day_in_range_or_a_problem(text):
    for read in (parse_day, cell_month_or_day):
        # Any other exception is a failure.
        with contextlib.suppress(DateProblem):
            day = read(text)
            assert FIRST <= date.fromisoformat(f"{day}-01"[:10]) <= LAST
            assert read(day) == day


@pytest.mark.parametrize(
    "value",
    [
        date(2005, 1, 20),
        datetime(2005, 1, 20),
        datetime(2005, 1, 20, 23, 59, 59, 999999),
        datetime(2005, 1, 20, 8, tzinfo=UTC),
        38372,
        38372.0,
        38372.999,
        20050120,
        20050120.0,
        "2005.1.20",
    ],
)
@pytest.mark.parametrize("read", [cell_day, cell_month_or_day])
def test_every_kind_of_cell_is_read(read, value):
    assert read(value) == "2005-01-20"


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        False,
        b"2005-01-20",
        time(8, 30),
        timedelta(1),
        Decimal(38372),
        date(1899, 12, 31),
        date(2101, 1, 1),
        0,
        0.5,
        -1,
        -38372,
        60,
        60.5,
        73416,
        99999,
        2005012,
        20050230,
        20050120.5,
        198503.5,
        200501201,
        3.30e17,
        10**30,
        float("nan"),
        float("inf"),
        float("-inf"),
    ],
)
@pytest.mark.parametrize("read", [cell_day, cell_month_or_day])
def test_other_cells_are_refused(read, value):
    assert code_of(read, value) == "date_invalid"


@pytest.mark.parametrize("value", [1985.1, 1985.3, 1985.12, 1985, 1985.0, 2005, 1900, 1900.5, 2100, 2100.1])
@pytest.mark.parametrize("read", [cell_day, cell_month_or_day])
def test_a_number_that_may_be_a_year_is_refused(read, value):
    assert code_of(read, value) == "date_ambiguous"


def test_six_digits_in_a_cell_are_a_month_where_that_is_enough():
    assert cell_month_or_day(198503) == "1985-03"
    assert cell_month_or_day(198503.0) == "1985-03"
    assert code_of(cell_day, 198503) == "date_invalid"
    assert code_of(cell_month_or_day, 198513) == "date_invalid"


@pytest.mark.parametrize(
    ("serial", "day"),
    [(2101, "1905-10-01"), (38372, "2005-01-20"), (73415, "2100-12-31")],
)
def test_serials_follow_the_calendar_of_spreadsheets(serial, day):
    assert cell_day(serial) == day
    assert cell_day(serial + 0.75) == day


@given(st.integers(10000, 73415), st.floats(0, 0.999))
def test_a_serial_as_text_is_the_serial_as_a_number(serial, part_of_day):
    expected = (date(1899, 12, 30) + timedelta(serial)).isoformat()
    assert parse_day(str(serial)) == cell_day(serial) == cell_day(serial + part_of_day) == expected


@given(st.floats() | st.integers() | st.booleans() | st.none() | st.datetimes() | st.dates() | st.times() | st.text())
def test_any_cell_is_a_day_in_range_or_a_problem(value):
    with contextlib.suppress(DateProblem):
        day = cell_day(value)
        assert FIRST <= date.fromisoformat(day) <= LAST


def test_days_are_counted_and_added():
    assert days_between("2005-01-01", "2005-01-01") == 0
    assert days_between("2005-01-01", "2005-04-01") == 90
    assert days_between("2005-03-01", "2005-02-28") == -1
    assert add_days("2005-01-01", 44) == "2005-02-14"
    assert add_days("2004-02-28", 1) == "2004-02-29"
    assert add_days("2005-01-01", -1) == "2004-12-31"
    with pytest.raises(OverflowError):
        add_days("2005-01-01", 10**7)


@given(days, st.integers(-20000, 20000))
def test_adding_undoes_counting(day, distance):
    iso = day.isoformat()
    assert days_between(iso, add_days(iso, distance)) == distance


def test_a_problem_comes_through_from_another_process():
    problem = pickle.loads(pickle.dumps(DateProblem("date_ambiguous")))
    assert problem.code == "date_ambiguous"

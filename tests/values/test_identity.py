"""ID and telephone numbers: what is accepted, and that nothing private is left over after masking."""

import contextlib
import pickle
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advedu.values.identity import (
    IdProblem,
    born_on,
    check_digit,
    is_masked,
    mask_id_number,
    mask_phone,
    parse_id_number,
    scrub,
    sex,
)

GOOD = "330304198001011233"
GOOD_X = "11010519491231002X"
FULL_WIDTH = str.maketrans("0123456789Xx-", "０１２３４５６７８９Ｘｘ－")

digits = st.text("0123456789", min_size=1)


@st.composite
def id_numbers(draw):
    region = draw(st.integers(110000, 659999))
    birth = draw(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
    body = f"{region}{birth:%Y%m%d}{draw(st.integers(0, 999)):03}"
    return body + check_digit(body)


def code_of(text):
    with pytest.raises(IdProblem) as caught:
        parse_id_number(text)
    assert not any(char.isdigit() for char in str(caught.value))
    return caught.value.code


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f" {GOOD} ",
        "330304 19800101 1233",
        "330304-19800101-1233",
        "3303 0419 8001 0112 33",
        "\u3000330304198001011233\u200b",
        GOOD.translate(FULL_WIDTH),
        "３３０３０４－１９８００１０１－１２３３",
    ],
)
def test_every_spelling_is_the_same_number(text):
    assert parse_id_number(text) == GOOD


@pytest.mark.parametrize("text", [GOOD_X, GOOD_X.lower(), GOOD_X.translate(FULL_WIDTH), GOOD_X[:-1] + "ｘ"])
def test_a_check_digit_of_ten_is_a_capital_x(text):
    assert parse_id_number(text) == GOOD_X


@pytest.mark.parametrize("text", ["330304800101123", "330304 800101 123", "３３０３０４８００１０１１２３"])
def test_fifteen_digits_are_accepted(text):
    assert parse_id_number(text) == "330304800101123"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "X",
        GOOD[:-1],
        GOOD + "0",
        GOOD * 2,
        GOOD[:-1] + "Q",
        "3303041980010112X3",
        "33030419800101X",
        "330304198001011²33",
        "٣٣٠٣٠٤١٩٨٠٠١٠١١٢٣٣",
        "330304198001011.33",
        "3.30304198001E17",
        "王小明",
        "330304********1233",
    ],
)
def test_a_wrong_length_or_character_comes_first(text):
    assert code_of(text) == "id_length"


@pytest.mark.parametrize(
    "text",
    [
        "330304198002301233",
        "330304198013011233",
        "330304198000011233",
        "330304190002291233",
        "330304188001011233",
        "330304210001011233",
        "330304000001011233",
        "330304800230123",
        "330304801301123",
    ],
)
def test_a_birth_that_cannot_be_comes_before_the_check_digit(text):
    assert code_of(text) == "id_birth"


@given(id_numbers(), st.integers(0, 17), st.sampled_from("0123456789"))
def test_every_single_slip_is_noticed(number, place, digit):
    slip = number[:place] + digit + number[place + 1 :]
    if slip == number:
        assert parse_id_number(slip) == number
    else:
        assert code_of(slip) in ("id_checksum", "id_birth")


@given(id_numbers(), st.integers(0, 15))
def test_every_exchange_of_neighbours_is_noticed(number, place):
    slip = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if slip != number:
        assert code_of(slip) in ("id_checksum", "id_birth")


@given(st.text() | st.text("0123456789０Xx -", max_size=22))
def test_any_text_is_a_number_or_a_problem(text):
    # Any other exception is a failure.
    with contextlib.suppress(IdProblem):
        number = parse_id_number(text)
        assert len(number) in (15, 18)
        assert parse_id_number(number) == number


def test_the_check_digit_is_worked_out():
    assert check_digit("33030419800101123") == "3"
    assert check_digit("11010519491231002") == "X"
    for text in ("", "1" * 16, "1" * 18, "1" * 16 + "X", "１" * 17):
        with pytest.raises(IdProblem):
            check_digit(text)


@given(id_numbers())
def test_birth_and_sex_are_in_the_number(number):
    assert born_on(number).replace("-", "") == number[6:14]
    assert sex(number) == ("male" if int(number[16]) % 2 else "female")


def test_birth_and_sex_are_in_the_old_number():
    assert born_on("330304800101123") == "1980-01-01"
    assert sex("330304800101123") == "male"
    assert sex("330304800101124") == "female"


def test_a_problem_comes_through_from_another_process():
    assert pickle.loads(pickle.dumps(IdProblem("id_birth"))).code == "id_birth"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("330304198001011234", "330304********1234"),
        ("33030419800101123Q", "330304********123Q"),
        ("330304800101123", "330304*****1123"),
        ("33030419800101", "330304****0101"),
        ("3303041980010", "*************"),
        ("123", "***"),
        ("1", "**"),
        ("", ""),
    ],
)
def test_id_numbers_are_masked(text, masked):
    assert mask_id_number(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("13912345678", "139****5678"),
        ("0577-88123456", "057******3456"),
        ("+86 13912345678", "*86********5678"),
        ("(0577)88123456", "*05*******3456"),
        ("057788123", "0****8123"),
        ("88123456", "****3456"),
        ("8812345", "*****45"),
        ("8812", "**12"),
        ("881", "***"),
        ("8", "**"),
        ("", ""),
    ],
)
def test_telephone_numbers_are_masked(text, masked):
    assert mask_phone(text) == masked


@given(st.text(min_size=1))
def test_a_masked_telephone_number_is_known_again(text):
    assert is_masked(mask_phone(text))


@given(id_numbers())
def test_a_masked_id_number_is_known_again(number):
    assert is_masked(mask_id_number(number))
    assert not is_masked(number)


@given(digits)
def test_a_short_number_shows_half_of_itself_at_most(text):
    if len(text) < 14:
        assert mask_id_number(text).strip("*") == ""
    if len(text) < 9:
        assert 2 * len(mask_phone(text).replace("*", "")) <= len(text)
    if len(text) >= 8:
        assert mask_phone(text).count("*") >= 4


@pytest.mark.parametrize(
    "text", ["139****5678", "330304********123X", "****", "１３９＊＊＊＊５６７８", "0577-****3456 ", "**"]
)
def test_masked_cells_are_known(text):
    assert is_masked(text)


@pytest.mark.parametrize(
    "text",
    ["", "13912345678", "139*5678", "139*56*78", "*", "王**", "**重要**", "<清空>", "139****5678转801"],
)
def test_other_cells_are_not_masked(text):
    assert not is_masked(text)


@pytest.mark.parametrize(
    ("text", "scrubbed"),
    [
        ("身份证号330304198001011234有误", "身份证号330304********1234有误"),
        ("330304198001011234", "330304********1234"),
        ("33030419800101123x", "330304********123x"),
        ("330304198001011 23Q", "330304********123Q"),
        ("33030419800101123Q", "330304********123Q"),
        ("ID:330304198001011234,", "ID:330304********1234,"),
        ("ID330304198001011234", "ID330304********1234"),
        ("330304198001011234".translate(FULL_WIDTH), "330304********1234"),
        ("330304 19800101 1234", "330304********1234"),
        ("330304-19800101-1234", "330304********1234"),
        ("7 330304 19800101 1234 x", "7 330304*********234x"),
        ("3303 0419 8001 0112 34", "330304********1234"),
        ("330304800101123", "330304*****1123"),
        ("330304 800101 123", "330304*****1123"),
        ("33030419800101123", "330304*******1123"),
        ("3303041980010112345", "330304*********2345"),
        ("3303O4198001011234", "3303O4********1234"),
        ("330304198001011234 was wrong", "330304********1234 was wrong"),
        ("330304198001011234、330304198001011235", "330304********1234、330304********1235"),
        ("330304198001011234 330304198001011235", "330304********1234 330304********1235"),
        ("电话13912345678。", "电话139****5678。"),
        ("１３９１２３４５６７８", "139****5678"),
        ("139-1234-5678", "139****5678"),
        ("139 1234 5678", "139****5678"),
        ("+8613912345678", "+86139****5678"),
        ("+86 139 1234 5678", "+86 139****5678"),
        ("tel13912345678", "tel139****5678"),
        ("王小明 13912345678 330304198001011234", "王小明 139****5678 330304********1234"),
    ],
)
def test_private_numbers_vanish_from_messages(text, scrubbed):
    assert scrub(text) == scrubbed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "应为18位",
        "330304001001",
        "330304001001 330304001002",
        "330304001001-330304001002",
        "2005-01-20 2005-01-21",
        "2005-01-20 00:00:00",
        "2005－01－20 至 2005－02－28",
        "0577-88123456",
        "782 14972 330304",
        "第 7 行，第 3 列",
        "members.xlsx: row 12345",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "全角：Ａ－１２３，　空格",
    ],
)
def test_other_text_stays_as_it_is(text):
    assert scrub(text) == text


around = st.text("王小明，。：、 abc", max_size=5)


@given(around, id_numbers(), st.integers(0, 17), st.sampled_from("0123456789OlQ"), around)
def test_no_date_of_birth_survives(before, number, place, slip, after):
    for text in (number, number[:place] + number[place + 1 :], number[:place] + slip + number[place:]):
        if any(char in text[:10] for char in "OlQ"):
            continue
        result = scrub(f"{before}{text}{after}")
        assert number[6:14] not in result
        assert text not in result
        assert scrub(result) == result


@given(st.text("王12345６７８90Xx -－*aQ", max_size=60))
def test_scrubbing_twice_changes_nothing_more(text):
    result = scrub(text)
    assert scrub(result) == result


@pytest.mark.parametrize("text", ["1" * 100_000, "1 " * 50_000, "12a" * 30_000, "330304 1980 " * 8_000, "1a" * 50_000])
def test_scrubbing_takes_no_longer_than_the_text_is_long(text):
    start = time.perf_counter()
    scrub(text)
    assert time.perf_counter() - start < 2

"""Text for people: nothing steers the terminal, nothing is lost in folding, names are found again."""

import difflib
import random
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advedu.values.text import FEW, at_most, cell_width, fold, neutralise, normalise_name, pad, shortened, suggestions

ACUTE = "\u0301"
DANGEROUS = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}

mixed = st.text(f"abcXYZ  中文党支部，。{ACUTE}·－ｱ│é😀\u3000", max_size=80)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("水心社区党支部", "水心社区党支部"),
        ("王\u3000小明\xa0\u2003", "王\u3000小明\xa0\u2003"),
        ("a\x1b[31mb", "a\\u001b[31mb"),
        ("\x1b]52;c;x\x07", "\\u001b]52;c;x\\u0007"),
        ("a\u202eb", "a\\u202eb"),
        ("a\x00b\nc\td\r", "a\\u0000b\\u000ac\\u0009d\\u000d"),
        ("\u2028\u2029", "\\u2028\\u2029"),
        ("\ud800", "\\ud800"),
        ("\ue000\ufeff\uffff", "\\ue000\\ufeff\\uffff"),
        ("\U000e0041\U0010fffd", "\\U000e0041\\U0010fffd"),
        ("e" + ACUTE, "e" + ACUTE),
        ("[/x] :smile: \\u001b", "[/x] :smile: \\u001b"),
        ("", ""),
    ],
)
def test_what_could_steer_a_terminal_becomes_visible(text, shown):
    assert neutralise(text) == shown


@given(st.text(st.characters(codec=None)))
def test_nothing_dangerous_is_left(text):
    shown = neutralise(text)
    assert not {category(char) for char in shown} & DANGEROUS
    assert neutralise(shown) == shown


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("abc", 3),
        ("王小明", 6),
        ("阿·b", 4),
        ("ＡＢ", 4),
        ("ｱ", 1),
        ("\u3000", 2),
        ("e" + ACUTE, 1),
        ("│─┼", 3),
        ("é", 1),
        ("😀", 2),
        ("“α”", 3),
        ("\u20dd", 0),
        ("𠮷", 2),
    ],
)
def test_columns_are_counted(text, columns):
    assert cell_width(text) == columns


@given(mixed, mixed)
def test_columns_add_up(one, other):
    assert cell_width(one + other) == cell_width(one) + cell_width(other)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("王小明", 6, ["王小明"]),
        ("王小明", 5, ["王小", "明"]),
        ("王小明", 2, ["王", "小", "明"]),
        ("水心社区党支部", 7, ["水心社", "区党支", "部"]),
        ("the quick brown fox", 11, ["the quick ", "brown fox"]),
        ("the quick brown fox", 9, ["the quick", " brown ", "fox"]),
        ("a incomprehensible", 8, ["a incomp", "rehensib", "le"]),
        ("党 支部书记王小明", 8, ["党 支部", "书记王小", "明"]),
        ("a" + ACUTE + "b" + ACUTE + "c", 2, ["a" + ACUTE + "b" + ACUTE, "c"]),
        ("abcdef " + ACUTE + "gh", 8, ["abcdef " + ACUTE + "g", "h"]),
    ],
)
def test_lines_are_folded(text, width, lines):
    assert fold(text, width) == lines


@given(mixed, st.integers(2, 30))
def test_folding_fits_and_loses_nothing(text, width):
    lines = fold(text, width)
    assert "".join(lines) == text
    assert all(cell_width(line) <= width for line in lines)
    assert not any(line.startswith(ACUTE) for line in lines[1:])
    assert all(lines) or lines == [""]


@pytest.mark.parametrize("width", [1, 0, -1])
def test_a_width_that_no_chinese_character_fits_is_refused(width):
    with pytest.raises(ValueError, match="cannot fold"):
        fold("", width)


@given(st.lists(st.text(min_size=1), max_size=3 * FEW), st.integers(0, 3 * FEW))
def test_of_many_things_the_first_are_named_and_all_are_counted(names, limit):
    named = at_most(limit, names, str.upper)
    whole = [name.upper() for name in names]
    if len(names) <= limit:
        assert named == whole
    else:
        assert named == [*whole[:limit], f"… ({len(names)})"]
    assert shortened(names, str.upper, joint="、") == "、".join(at_most(FEW, names, str.upper))


def test_numbers_are_named_too():
    assert shortened([3, 5]) == "3, 5"
    assert shortened(range(1, 10)) == "1, 2, 3, 4, 5, 6, … (9)"


def test_text_is_padded_by_columns():
    assert pad("王", 5) == "王   "
    assert pad("王", 5, "left") == "王   "
    assert pad("王", 5, "right") == "   王"
    assert pad("王小明", 5) == "王小明"
    assert pad("", 2) == "  "


@given(mixed, st.integers(0, 100), st.sampled_from(["left", "right"]))
def test_padding_reaches_the_width(text, width, align):
    padded = pad(text, width, align)
    assert cell_width(padded) == max(width, cell_width(text))
    assert text in padded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("王 明", "王明"),
        ("王\u3000明 ", "王明"),
        ("王\u200b明", "王明"),
        ("阿卜杜拉·买买提", "阿卜杜拉•买买提"),
        ("阿卜杜拉·买买提", "阿卜杜拉．买买提"),
        ("阿卜杜拉·买买提", "阿卜杜拉・买买提"),
        ("阿卜杜拉·买买提", "阿卜杜拉.买买提"),
        ("阿卜杜拉·买买提", "阿卜杜拉･买买提"),
        ("第１党支部（机关）", "第1党支部(机关)"),
        ("Abc 公司", "ＡＢＣ公司"),
        ("M301", "m301"),
        ("Straße", "STRASSE"),
        ("café", "cafe" + ACUTE),
        ("\uf979", "凉"),
    ],
)
def test_two_spellings_of_a_name_have_one_key(one, other):
    assert normalise_name(one) == normalise_name(other)


@pytest.mark.parametrize(("one", "other"), [("王明", "王晓明"), ("王\ue863", "王"), ("第1党支部", "第11党支部")])
def test_different_names_have_different_keys(one, other):
    assert normalise_name(one) != normalise_name(other)


@given(st.text())
def test_a_key_is_its_own_key(text):
    key = normalise_name(text)
    assert normalise_name(key) == key
    assert not any(char.isspace() for char in key)


@given(st.text(st.characters(max_codepoint=127)))
def test_the_short_way_for_ascii_agrees_with_the_long_one(text):
    assert normalise_name(f"{text}党") == f"{normalise_name(text)}党"


def test_a_name_of_the_same_sound_comes_first():
    known = ["王小红", "李小明", "王小军", "王晓明", "王大明", "张三"]
    assert suggestions("王小明", known)[0] == "王晓明"
    assert suggestions("王明", ["王刚", "李明", "汪明", "张三"])[0] == "汪明"


def test_the_nearest_unit_comes_first():
    known = ["水心社区党支部", "水心社区党总支", "南门社区党支部", "永中街道党工委"]
    assert suggestions("水心社区党支郎", known)[0] == "水心社区党支部"
    assert suggestions("水心党支部", known)[0] == "水心社区党支部"
    assert suggestions("永中街道", known) == ["永中街道党工委"]
    assert suggestions("水心", known) == ["水心社区党支部", "水心社区党总支"]


def test_codes_and_commands_are_suggested_too():
    assert suggestions("M30l", ["M101", "M301", "T1"])[0] == "M301"
    assert suggestions("improvment", ["study", "analysis", "improvement"]) == ["improvement"]


def test_names_are_given_as_they_are_stored_and_once_each():
    assert suggestions("阿卜杜拉.买买题", ["阿卜杜拉·买买提", "阿卜杜拉·买买提"]) == ["阿卜杜拉·买买提"]


@pytest.mark.parametrize("wanted", ["", " ", "赵钱孙"])
def test_nothing_near_gives_nothing(wanted):
    assert suggestions(wanted, ["王晓明", "水心社区党支部"]) == []


@given(st.text(), st.lists(st.text()))
def test_suggestions_are_known_and_few(wanted, known):
    found = suggestions(wanted, iter(known))
    assert len(found) <= 3
    assert set(found) <= set(known)
    assert len(set(found)) == len(found)


def test_few_of_a_district_are_compared_properly(monkeypatch):
    """Comparing takes twenty times as long as counting shared characters, which says who is worth it."""
    compared = []

    class Counting(difflib.SequenceMatcher):
        def ratio(self):
            compared.append(self.a)
            return super().ratio()

    monkeypatch.setattr(difflib, "SequenceMatcher", Counting)
    chance = random.Random(1)
    letters = [chr(code) for code in range(0x4E00, 0x4E00 + 1200)]
    members = ["".join(chance.choices(letters, k=chance.choice((2, 3, 3)))) for _ in range(15_000)]
    units = [f"永中街道{''.join(chance.choices(letters, k=3))}社区党支部第一小组" for _ in range(15_000)]
    assert "王晓明" in suggestions("王小明", [*members, "王晓明"])
    assert 0 < len(compared) <= 300
    compared.clear()
    assert suggestions("永中街道水心社区党支部第一小组", units)
    assert len(compared) == 300

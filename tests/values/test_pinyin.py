"""Names by their sound: surnames as surnames, every reading that somebody may type, unfinished words."""

from __future__ import annotations

import subprocess
import sys

import pytest

from advedu.values.pinyin import BEGINNING, INSIDE, WHOLE, Sound, readings, surnames, typed
from tests.support import ROOT


def fits(key: str, name: str, *, person: bool = True) -> int | None:
    letters = typed(key)
    assert letters is not None
    return Sound(letters).fits(name, person=person)


@pytest.mark.parametrize(
    "key", ["wxm", "wangxiaoming", "wxming", "wangxm", "wang xiao ming", "Wang Xiaoming", "wangxiaomi", "WXM"]
)
def test_a_name_by_pinyin_by_initials_and_by_both(key: str) -> None:
    assert fits(key, "王小明") is not None
    assert fits(key, "李秀英") is None


SURNAMES = {
    "单": "shan",
    "仇": "qiu",
    "解": "xie",
    "曾": "zeng",
    "查": "zha",
    "区": "ou",
    "盖": "ge",
    "朴": "piao",
    "任": "ren",
    "华": "hua",
    "员": "yun",
    "覃": "qin",
    "乐": "yue",
    "翟": "zhai",
    "缪": "miao",
    "尉": "wei",
}


@pytest.mark.parametrize(("surname", "sound"), SURNAMES.items())
def test_a_surname_is_read_as_a_surname(surname: str, sound: str) -> None:
    name = f"{surname}伟"
    assert fits(f"{sound}wei", name) == WHOLE
    assert fits(f"{sound[0]}w", name) == WHOLE
    assert fits(sound, name) == BEGINNING


@pytest.mark.parametrize(
    ("key", "name"),
    [("yuchigong", "尉迟恭"), ("ycg", "尉迟恭"), ("moqiwei", "万俟伟"), ("mqw", "万俟伟"), ("zsw", "长孙伟")],
)
def test_surnames_of_two_characters(key: str, name: str) -> None:
    assert fits(key, name) == WHOLE


def test_who_does_not_know_the_surname_still_finds_it() -> None:
    assert fits("danwei", "单伟") == WHOLE
    assert fits("dw", "单伟") == WHOLE


def test_a_unit_has_no_surname() -> None:
    assert fits("qjyj", "区教育局党委", person=False) == BEGINNING
    assert fits("ojyj", "区教育局党委", person=False) is None


def test_a_character_with_two_readings_is_found_by_both() -> None:
    for key in ("lc", "lz", "lichang", "lizhang"):
        assert fits(key, "李长") == WHOLE
    for key in ("lb", "lvbu", "lubu", "lyubu"):
        assert fits(key, "吕布") == WHOLE


def test_how_well_it_fits() -> None:
    assert fits("xm", "王小明") == INSIDE
    assert fits("wx", "王小明") == BEGINNING
    assert fits("zhjg", "张建国") == WHOLE
    assert fits("abcdefg", "王小明") is None
    assert fits("wxmm", "王小明") is None


@pytest.mark.parametrize(
    ("key", "whole"), [("wxm", True), ("wangxiaoming", True), ("wx", False), ("wangxiaomi", False), ("xm", False)]
)
def test_naming_wants_the_whole_name(key: str, whole: bool) -> None:
    assert Sound(key).is_whole("王小明", person=True) is whole


def test_letters_and_digits_of_a_name_are_themselves() -> None:
    assert fits("3zdzb", "第3组党支部", person=False) == INSIDE
    assert fits("abgs", "AB公司", person=False) == WHOLE


def test_what_is_no_pinyin() -> None:
    assert [typed(text) for text in ("", "w", "王", "123456", "a-b", "w'x", " WX ")] == [None] * 5 + ["wx", "wx"]
    assert fits("nvw", "女娲") == WHOLE


def test_every_surname_stands_with_a_reading_for_each_character() -> None:
    for name, sounds in surnames().items():
        assert len(name) == len(sounds)
        assert all(each.isascii() and each.isalpha() for some in sounds for each in some)


def test_common_characters_are_there() -> None:
    chars = readings("abcdefghijklmnopqrstuvwxyz")
    assert all(char in chars for char in "中共瓯海区委组织部教育局街道社区第一二三四五六七八九十党支部总支委员会䶮")


def test_the_file_is_up_to_date() -> None:
    pytest.importorskip("pypinyin")
    done = subprocess.run([sys.executable, ROOT / "tools" / "readings.py", "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr

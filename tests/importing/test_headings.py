"""Headings: what names a column exactly, what nearly, and what must not be taken for it."""

from __future__ import annotations

import pytest

from advedu.importing import columns, headings
from advedu.nouns import registers
from tests.support import Cli

NAMES = headings.known(columns.of(registers.named("member")), {}, {})


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("身份证号玛", "id_number"),
        ("身份正号", "id_number"),
        ("身份号证", "id_number"),
        ("姓明", "name"),
        ("入党时间间", "joined_on"),
        ("所在党组只", "unit"),
        ("phones", "phone"),
    ],
)
def test_a_slip_is_understood(text: str, column: str) -> None:
    assert headings.near([headings.heading(text)], NAMES) == {0: column}


@pytest.mark.parametrize("text", ["入团日期", "联系人电话", "现任职级", "性另", "血型", "姓名", "no", ""])
def test_another_word_is_another_word(text: str) -> None:
    assert headings.near([headings.heading(text)], NAMES) == {}


def test_a_slip_beside_the_right_heading_is_left_alone() -> None:
    keys = [headings.heading(text) for text in ("身份证号", "身份证号玛")]
    assert headings.near(keys, NAMES) == {}
    assert headings.near([headings.heading(text) for text in ("身份正号", "身份证号玛")], NAMES) == {}


def test_a_slip_is_listed_as_a_correction(filled: Cli) -> None:
    document = filled.imported("members", "姓名,所在党组只\n新人,330304-A1\n")
    (found,) = document["corrections"]
    assert (found["row"], found["column"], found["code"]) == (1, "所在党组只", "heading_corrected")
    assert "所在党组织" in found["message"]


def test_a_heading_is_mapped_by_the_user(filled: Cli) -> None:
    content = "大名,挂靠支部\n新人,330304-A1\n"
    filled.imported("members", content, code=3)
    document = filled.imported("members", content, "--map", "大名=name", "--map", "挂靠支部=unit")
    assert (document["inserted"], document["warnings"]) == (1, [])
    filled.refused("import", "members", filled.folder / "members.csv", "--map", "大名=nom")
    filled.refused("import", "members", filled.folder / "members.csv", "--map", "大名", code=2)

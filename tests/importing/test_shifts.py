"""Rows that slipped: what gives them away, and what does not."""

from __future__ import annotations

from datetime import date

import pytest

from advedu.importing import shifts
from tests.support import id_number

NAMES = {"name": 0, "sex": 1, "born_on": 2, "id_number": 3, "phone": 4}
GOOD = ["张三", "男", "1970-01-01", id_number(1), "13905770001"]


def slipped(row: list[object]) -> bool:
    return bool(shifts.find([[cell] for cell in row], NAMES))


@pytest.mark.parametrize(
    "row",
    [
        ["张三", "1970-01-01", id_number(1), "13905770001", ""],
        ["", "张三", "男", "1970-01-01", id_number(1)],
        ["张三", "", "男", "1970-01-01", "x"],
        ["张三", "男", "1970-01-01", "", id_number(1)],
        ["张三", date(1970, 1, 1), "男", "", ""],
    ],
)
def test_a_row_that_slipped(row: list[object]) -> None:
    assert slipped(row)


@pytest.mark.parametrize(
    "row",
    [
        GOOD,
        ["张三", "", "", "", ""],
        ["亚男", "女", date(1970, 1, 1), "330304********0011", "0577-88510000"],
        ["张三", "男", "1970年10月12日", "12345678901", "88510000"],
        ["张三", "中", "1970-13-01", "abc", "1970-01-01"],
    ],
)
def test_a_row_that_is_only_wrong_has_not_slipped(row: list[object]) -> None:
    assert not slipped(row)

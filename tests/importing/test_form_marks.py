"""The hidden rows of our own workbooks: columns are known whatever their headings say, and rows keep their numbers."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from advedu.importing import columns, form_marks, layout
from advedu.importing.layout import Layout
from advedu.importing.sources import Sheet
from advedu.nouns import registers
from tests.support import Cli, csv_text, errors

MARK = form_marks.FormMark("members", "330304-A1", "advanced-nature-2005")
KEYS = [form_marks.key("code", "党员编号"), form_marks.key("name", "姓名"), form_marks.key("unit", "所在党组织")]
HEAD = ["党员编号", "姓名＊", "所在党组织＊"]
DATA = ["P000001", "周正", "330304-A"]


def found(rows: Sequence[Sequence[object]]) -> Layout:
    look = layout.find(Sheet(None, rows), columns.of(registers.named("member")), None, {})
    assert isinstance(look, Layout), look
    return look


def test_a_mark_is_read_as_it_was_written() -> None:
    assert form_marks.marked([["", form_marks.mark(MARK)]]) == MARK
    strange = form_marks.FormMark("units", 'A"1, {x}\n单位', "x")
    assert form_marks.marked([[form_marks.mark(strange)]]) == strange


def test_a_mark_that_somebody_typed_into_is_none() -> None:
    for text in ("advedu-template ", "advedu-template {", 'advedu-template {"kind": 1}', "advedu-template []"):
        assert form_marks.marked([[text]]) is None


def test_the_heading_below_the_keys_is_no_data_and_rows_keep_their_numbers() -> None:
    look = found([[form_marks.mark(MARK)], ["标题"], ["说明文字"], KEYS, HEAD, DATA])
    assert (look.header, look.columns, look.mark) == (5, {"code": 0, "name": 1, "unit": 2}, MARK)
    assert [number for number, _ in look.rows] == [6]
    assert look.titles == HEAD


def test_renamed_and_moved_columns_are_understood() -> None:
    keys = [KEYS[2], "", KEYS[1], KEYS[0]]
    look = found([keys, ["在哪", "新加的列", "姓名＊", "号"], ["330304-A", "x", "周正", "P000001"]])
    assert look.columns == {"unit": 0, "name": 2, "code": 3}
    assert look.header == 2


def test_a_blank_row_between_keys_and_headings_changes_nothing() -> None:
    look = found([KEYS, [None, ""], HEAD, DATA])
    assert (look.header, [number for number, _ in look.rows]) == (3, [4])


def test_where_the_headings_were_deleted_the_first_row_of_data_is_not_swallowed() -> None:
    look = found([KEYS, DATA])
    assert (look.header, [number for number, _ in look.rows]) == (1, [2])


def test_a_column_to_be_read_is_not_imported_and_not_complained_of() -> None:
    look = found(
        [[*KEYS, form_marks.key(form_marks.NO_COLUMN, "截止日期")], [*HEAD, "截止日期"], [*DATA, "2005-01-01"]]
    )
    assert look.unknown == []


def test_keys_of_another_kind_do_not_help(filled: Cli) -> None:
    path = filled.write("a.csv", csv_text([KEYS, HEAD, DATA]))
    assert errors(filled.json("import", "units", path, code=3))[0][2] == "column_missing"


@pytest.mark.parametrize("options", [(), ("--partial",)], ids=["whole", "partial"])
def test_a_form_of_another_campaign_is_refused(filled: Cli, options: tuple[str, ...]) -> None:
    """With --partial too: under the codes of the one campaign the other has other milestones."""
    other = MARK._replace(campaign="another-2006")
    path = filled.write("a.csv", csv_text([[form_marks.mark(other)], KEYS, HEAD, DATA, ["x", "y", "z"]]))
    before = filled.everything()
    document = filled.json("import", "auto", path, *options, code=3)
    assert [error["code"] for error in document["errors"]] == ["other_campaign"]
    assert filled.everything() == before


def test_a_row_about_somebody_elses_unit_is_warned_of(filled: Cli) -> None:
    path = filled.write("a.csv", csv_text([[form_marks.mark(MARK)], KEYS, HEAD, DATA]))
    document = filled.json("import", "auto", path)
    assert [warning["code"] for warning in document["warnings"]] == ["not_own_unit"]
    assert document["templates"] == [MARK._asdict()]

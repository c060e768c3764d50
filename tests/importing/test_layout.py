"""Where the header is, which rows are data, which are dropped, and the numbers that rows keep."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advedu.importing import columns, layout
from advedu.importing.layout import Layout, NoHeader
from advedu.importing.sources import Sheet, Span
from advedu.nouns import registers
from advedu.nouns.declaration import Field
from tests.support import Cli, errors, write_xlsx

HEADER = ["单位", "环节", "完成日期"]
ENTRIES = {"m101": 1, "m102": 2, "制定教育活动方案": 2}


def found(
    rows: Sequence[Sequence[object]],
    wanted: Sequence[Field] = columns.of(registers.named("milestone")),
    spans: Sequence[Span] = (),
) -> Layout:
    look = layout.find(Sheet(None, rows, spans), wanted, "milestone", ENTRIES)
    assert isinstance(look, Layout), look
    return look


def numbers(look: Layout) -> list[int]:
    return [number for number, _ in look.rows]


def line(unit: object = "330304-A") -> list[object]:
    return [unit, "M101", "2005-01-05"]


# ── the header ──


@pytest.mark.parametrize("row", [1, 2, 19, 20])
def test_the_header_stands_within_the_first_twenty_rows(row: int) -> None:
    title = [["瓯海区先进性教育活动进度表", "", ""]] * (row - 1)
    look = found([*title, HEADER, line()])
    assert (look.header, look.dropped, numbers(look)) == (row, row, [row + 1])


def test_a_header_further_down_is_none() -> None:
    look = layout.find(
        Sheet("S", [*[["标题"]] * 20, HEADER, line()]), columns.of(registers.named("milestone")), "milestone", ENTRIES
    )
    assert isinstance(look, NoHeader)


def test_headings_in_any_order_language_width_and_trim() -> None:
    for header in (
        ["完成日期", "单位", "环节"],
        ["done_on", "unit", "milestone"],
        ["DONE_ON", " Unit ", "Milestone"],
        ["完成日期*", "单 位", "环节（必填）"],
        ["完成日期(年-月-日)", "单位：", "环节【编码】"],
        ["完成\n日期", "单位", "环节"],
    ):
        look = found([header, ["2005-01-05", "330304-A", "M101"]])
        assert {name: look.columns[name] for name in ("unit", "milestone", "done_on")} == {
            "unit": header.index(next(h for h in header if "单" in h or "unit" in h.lower())),
            "milestone": 2,
            "done_on": 0,
        }


def test_titles_are_kept_as_they_stand_there(cli: Cli) -> None:
    document = cli.imported("milestones", "完成日期*,单 位,环节（必填）\n2005-02-30,none,M101\n", code=3)
    assert errors(document) == [(2, "单 位", "unit_unknown"), (2, "完成日期*", "date_invalid")] or errors(document) == [
        (2, "完成日期*", "date_invalid"),
        (2, "单 位", "unit_unknown"),
    ]


def test_a_column_that_nobody_knows_is_said_and_not_lost_silently(filled: Cli) -> None:
    document = filled.imported("milestones", "序号,单位,环节,完成日期,天气\n1,330304-A,M101,2005-01-05,晴\n")
    assert [(w["row"], w["column"]) for w in document["warnings"]] == [(1, "天气")]


def test_a_column_that_stands_there_twice_is_said(filled: Cli) -> None:
    document = filled.imported("milestones", "单位,环节,完成日期,完成时间\n330304-A,M101,2005-01-05,2005-01-09\n")
    (warning,) = document["warnings"]
    assert (warning["column"], warning["code"]) == ("完成时间", "column_twice")
    assert "完成日期" in warning["message"], "it names the one that was read"


def test_a_missing_column_names_what_is_needed(filled: Cli) -> None:
    document = filled.imported("milestones", "一览表\n单位,完成日期\n330304-A,2005-01-05\n", code=3)
    (error,) = document["errors"]
    assert (error["row"], error["code"]) == (2, "column_missing")
    assert "环节" in error["message"]
    for kind, header, missing in (
        ("units", "编码,名称", "类型"),
        ("members", "党员编号,姓名", "所在党组织"),
        ("tasks", "党员,任务", "完成日期"),
        ("nine-ones", "党员,完成日期", "项目"),
    ):
        document = filled.imported(kind, f"{header}\nx,y\n", code=3)
        assert [error["code"] for error in document["errors"]] == ["column_missing"]
        assert missing in document["errors"][0]["column"] + document["errors"][0]["message"]


# ── rows ──


@pytest.mark.parametrize(
    "row",
    [
        ["合计", "", "3"],
        ["合 计", "", ""],
        [" 合计", "", ""],
        ["", "合计", "3"],
        ["小计", 3, None],
        ["总计", "", ""],
        ["共计", "", ""],
        ["Total", "", ""],
        ["合计：", "", "3"],
        ["注：本表一式两份", "", ""],
        ["注:1.未完成的不填", "", ""],
        ["备注：", "见附件", ""],
        ["说明：本表每周五上报", "", ""],
        ["填表人：王小明", "审核人：周正", "2005年3月31日"],
        ["填报单位：景山街道", "", ""],
        ["制表人:王小明", "", ""],
        ["单位负责人：", "", ""],
        HEADER,
        ["", "", ""],
        [None, None, None],
        ["  ", "\t", "　"],
        [],
    ],
    ids=str,
)
def test_rows_that_are_no_data_are_dropped_and_counted_between_data(row: list[object]) -> None:
    look = found([HEADER, line(), row, line("330304-B")])
    assert numbers(look) == [2, 4]
    assert look.dropped == 2


@pytest.mark.parametrize(
    "name",
    [
        "合计划办公室党支部",
        "总工会党支部",
        "小计量所党支部",
        "注册会计师协会党支部",
        "说明书厂党支部",
        "审核中心党支部",
        "单位负责人培训班",
        "note",
    ],
)
def test_units_whose_names_begin_alike_are_data(name: str) -> None:
    look = found([HEADER, line(name)])
    assert numbers(look) == [2]


@pytest.mark.parametrize("spans", [[((0, 3), (0, 4)), ((0, 0), (1, 0)), ((0, 1), (1, 1))], []], ids=["merged", "csv"])
def test_a_heading_that_is_known_itself_over_two_others(spans: list[Span]) -> None:
    upper = ["单位", "环节", "完成日期", "备注", ""]
    rows = [upper, ["", "", "", "备注", "其他"], [*line(), "说明", "x"]]
    look = found(rows, spans=spans)
    assert (look.header, numbers(look), look.titles[3:]) == (2, [3], ["备注", "其他"])
    assert look.unknown == [4]


def test_a_row_of_data_that_says_little_is_no_second_row_of_a_header() -> None:
    look = found([[*HEADER, "备注"], ["", "", "", "备注"], line()])
    assert (look.header, numbers(look)) == (1, [2, 3])


def test_the_empty_end_of_a_sheet_is_no_row_of_anybodys() -> None:
    look = found([["标题"], HEADER, line(), [], line(), ["", "", ""], [None] * 9, []])
    assert (numbers(look), look.dropped) == ([3, 5], 3)


def test_blank_rows_between_others_keep_their_numbers() -> None:
    look = found([HEADER, [""], line(), ["", " "], [], ["合计"], [None], line(), []])
    assert numbers(look) == [3, 8]
    assert [(row.row, row.last_row, row.text) for row in look.dropped_rows] == [
        (1, 1, "单位"),
        (2, 2, None),
        (4, 5, None),
        (6, 6, "合计"),
        (7, 7, None),
    ]
    assert look.dropped == 6


def test_blank_rows_before_a_note_at_the_end_count() -> None:
    look = found([HEADER, line(), [], [], ["注：完"], []])
    assert (numbers(look), look.dropped) == ([2], 4)


KINDS_OF_ROWS: dict[str, list[object]] = {
    "data": ["330304-A", "M101", "2005-01-05"],
    "blank": ["", None, " "],
    "total": ["合计", "", 3],
    "note": ["注：x", "", ""],
    "header": [*HEADER],
}


@given(st.lists(st.sampled_from(list(KINDS_OF_ROWS)), max_size=30), st.integers(0, 19))
def test_every_row_is_data_dropped_or_the_empty_end(kinds: list[str], titles: int) -> None:
    look = found([*[["标题"]] * titles, HEADER, *[KINDS_OF_ROWS[kind] for kind in kinds]])
    first = titles + 2
    assert numbers(look) == [first + place for place, kind in enumerate(kinds) if kind == "data"]
    used = len(kinds)
    while used and kinds[used - 1] == "blank":
        used -= 1
    assert look.dropped == titles + 1 + used - kinds[:used].count("data")


def test_numbers_are_those_of_the_spreadsheet(filled: Cli) -> None:
    rows: list[list[Any]] = [
        ["标题"],
        [],
        HEADER,
        line(),
        [],
        ["none", "M101", "2005-01-05"],
        ["合计"],
        ["none2", "M101"],
    ]
    for name in ("a.csv", "a.xlsx"):
        path = filled.write(name, rows)
        document = filled.json("import", "milestones", path, code=3)
        assert [(row, code) for row, _, code in errors(document)] == [(6, "unit_unknown"), (8, "unit_unknown")], name
        assert (document["read"], document["dropped"]) == (3, 5)


def test_a_slipped_row_is_an_error(filled: Cli) -> None:
    document = filled.imported(
        "milestones", "单位,环节,完成日期\n330304-A,M101,,2005-01-05\n330304-B,M101,2005-01-05,,\n", code=3
    )
    assert [(row, code) for row, _, code in errors(document)] == [(2, "row_shifted")]


# ── sheets ──


def test_the_first_sheet_with_a_usable_header_is_read(filled: Cli) -> None:
    path = write_xlsx(filled.folder / "a.xlsx", {"封面": [["瓯海区"]], "表": [HEADER, line()], "说明": [["x"]]})
    document = filled.json("import", "milestones", path)
    assert (document["inserted"], document["read"]) == (1, 1)


def test_two_sheets_that_fit_equally_well_are_not_chosen_from(filled: Cli) -> None:
    path = write_xlsx(filled.folder / "a.xlsx", {"机关": [HEADER, line()], "街道": [HEADER, line("330304-B")]})
    before = filled.everything()
    document = filled.json("import", "milestones", path, code=3)
    (error,) = document["errors"]
    assert error["code"] == "sheet_unclear"
    assert all(word in error["message"] for word in ("机关", "街道", "--sheet"))
    assert filled.everything() == before


def test_of_two_sheets_the_one_that_fits_better_is_read_and_the_other_named(filled: Cli) -> None:
    sheets = {"街道": [HEADER, line("330304-B")], "机关": [[*HEADER, "组长"], [*line(), "周正"]]}
    document = filled.json("import", "milestones", write_xlsx(filled.folder / "a.xlsx", sheets))
    assert document["inserted"] == 1
    assert [(each["code"], each["sheet"]) for each in document["warnings"]] == [("sheet_left_out", "街道")]


def test_a_named_sheet_is_read_and_named_in_errors(filled: Cli) -> None:
    path = write_xlsx(filled.folder / "a.xlsx", {"机关": [HEADER, line()], "街道": [HEADER, line("none")]})
    document = filled.json("import", "milestones", path, "--sheet", "街道", code=3)
    assert [(error["file"], error["sheet"], error["row"]) for error in document["errors"]] == [("a.xlsx", "街道", 2)]


def test_an_unknown_sheet_lists_those_there_are(filled: Cli, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"机关": [HEADER, line()], "街道": [HEADER]})
    message = filled.refused("import", "milestones", path, "--sheet", "农村")
    assert "机关" in message
    assert "街道" in message

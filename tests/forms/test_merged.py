"""Merged cells of a file that comes back with its errors: corrected, it means what it meant."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.support import Cli

A1, A2 = "330304-A1", "330304-A2"
ROWS = [
    ["区教育局党员名册"],
    ["单位", "党员", "", "联系方式", ""],
    ["", "姓名", "性别", "联系电话", "备用电话"],
    [A1, "甲某", "男", "13905770001", "1"],
    ["", "乙某", "不详", "13905770002", "2"],
    ["", "", "", "", ""],
    ["", "丙某", "女", "13905770003", "3"],
    [A2, "丁某", "女", "13905770004", ""],
]
SPANS = ("A1:E1", "A2:A3", "B2:C2", "D2:E2", "A4:A7")


@pytest.fixture
def sent(filled: Cli) -> Path:
    filled.imported("units", f"编码,名称,上级编码,类型\n{A2},第二支部,330304-A,党支部\n")
    book = openpyxl.Workbook()
    sheet = book.active
    for row in ROWS:
        sheet.append([cell or None for cell in row])
    for span in SPANS:
        sheet.merge_cells(span)
    path = filled.folder / "sent.xlsx"
    book.save(path)
    return path


def back(cli: Cli, path: Path, *options: str) -> Any:
    out = cli.folder / "errors.xlsx"
    document = cli.json("import", "members", path, "--errors", out, *options, code=3)
    assert [(each["row"], each["column"]) for each in document["errors"]] == [(5, "性别")]
    return openpyxl.load_workbook(out)


def test_cells_that_were_one_are_one_again(filled: Cli, sent: Path) -> None:
    sheet = back(filled, sent).worksheets[0]
    assert sorted(map(str, sheet.merged_cells.ranges)) == sorted(SPANS)
    assert [sheet[place].value for place in ("A1", "A2", "B2", "D2", "A4")] == [
        "区教育局党员名册",
        "单位",
        "党员",
        "联系方式",
        A1,
    ]


@pytest.mark.parametrize("options", [(), ("--partial", "--bad-rows")], ids=["all", "bad rows"])
def test_corrected_it_is_imported(filled: Cli, sent: Path, options: tuple[str, ...]) -> None:
    book = back(filled, sent, *options)
    (cell,) = (cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value == "不详")
    cell.value = "男"
    path = filled.folder / "again.xlsx"
    book.save(path)
    document = filled.json("import", "members", path)
    assert (document["inserted"], document["errors"]) == (1 if options else 4, [])
    assert filled.query("SELECT u.code FROM member m JOIN unit u ON u.id = m.unit_id WHERE m.name = '乙某'") == [(A1,)]


def test_what_is_wrong_below_a_merged_cell_can_be_seen(filled: Cli, sent: Path) -> None:
    """A note at a cell that is covered would be shown by no program: there its value is repeated instead."""
    book = openpyxl.load_workbook(sent)
    book.active["A4"] = "none"
    book.save(sent)
    document = filled.json("import", "members", sent, "--errors", filled.folder / "e.xlsx", code=3)
    assert [each["row"] for each in document["errors"] if each["code"] == "unit_unknown"] == [4, 5, 7]
    sheet = openpyxl.load_workbook(filled.folder / "e.xlsx").worksheets[0]
    assert "A4:A7" not in map(str, sheet.merged_cells.ranges)
    assert [sheet.cell(row, 1).value or "" for row in (4, 5, 6, 7)] == ["none", "none", "", "none"]
    assert all(sheet.cell(row, 1).comment for row in (4, 5, 7))


def test_cells_merged_over_a_whole_sheet_cost_nothing(filled: Cli, sent: Path) -> None:
    with zipfile.ZipFile(sent) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    more = b'<mergeCell ref="F1:XFD1048576"/></mergeCells>'
    parts[sheet] = parts[sheet].replace(b"</mergeCells>", more)
    with zipfile.ZipFile(sent, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    assert back(filled, sent).worksheets[0].max_column < 10

"""Whatever the file: every row is counted, every dropped one listed, no cell with content disappears without a word."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advedu.importing import sources
from tests.forms import office
from tests.support import Cli, csv_text, errors, id_number, write_xlsx

A1 = "330304-A1"
HEAD = ["党员编号", "姓名", "所在党组织", "身份证号", "联系电话", "", "备用"]
CELLS = [
    ["", "N1", "N2", "P000001", "Ｎ3", "同上", "合计", "注：x"],
    ["", "甲", "王 小明", "周正", "〃", "#N/A", "1990-01-01", "男"],
    ["", A1, "330304-A", "第一党支部", "none", "″", "区教育局 党委", "<清空>"],
    ["", id_number(700), id_number(701), "3.30304E+17", "330304********0011", "１"],
    ["", "13905770099", id_number(702), "１３９", "同上"],
    ["", "x"],
    ["", "y", " "],
]
ROW = st.tuples(*map(st.sampled_from, CELLS)).map(list) | st.just([]) | st.just(HEAD) | st.just([*HEAD, "z"])


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    above=st.lists(st.sampled_from([[], ["名册"], ["", "2005年"]]), max_size=3),
    rows=st.lists(ROW, max_size=12),
    streamed=st.booleans(),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
)
def test_nothing_disappears(
    filled: Cli, above: list[list[str]], rows: list[list[str]], streamed: bool, encoding: str
) -> None:
    lines = [*above, HEAD, *rows]
    path = filled.write("a.csv", csv_text(lines).encode(encoding))
    before, sources.STREAM_FROM = sources.STREAM_FROM, 0 if streamed else sources.STREAM_FROM
    try:
        answer = filled("import", "members", path, "--format", "json", "--dry-run", "--partial")
    finally:
        sources.STREAM_FROM = before
    document = json.loads(answer.out)
    counted = sum(document[name] for name in ("inserted", "updated", "unchanged", "rejected"))
    assert counted == document["read"]
    listed = [n for each in document["dropped_rows"] for n in range(each["row"], each["last_row"] + 1)]
    dropped = set(listed)
    assert len(dropped) == document["dropped"] == len(listed)
    rejected = {each["row"] for each in document["errors"]}
    assert document["rejected"] == len(rejected)
    last = max((n for n, row in enumerate(lines, 1) if any(cell.strip() for cell in row)), default=0)
    assert document["read"] + document["dropped"] == last
    columns = {each["column"] for each in document["warnings"] if each["code"] == "column_unknown"}
    for number, row in enumerate(lines, start=1):
        if number in dropped or number in rejected or number > last:
            continue
        # A data row that came in: what stands in columns that are not imported was said.
        assert not (len(row) > 5 and row[5].strip()) or "F" in columns
        assert not (len(row) > 6 and row[6].strip()) or "备用" in columns
        assert len(row) <= len(HEAD)
    for each in document["dropped_rows"]:
        texts = [cell.strip() for cell in lines[each["row"] - 1] if cell.strip()]
        assert each["text"] == (texts[0] if texts else None)


# Of each kind of sheet: its header, what may stand in its columns, and which of them are imported.
ENTRIES = ["", "", "2005-01-05", "2005年1月6日", "20050107", "1985.1", "x", "同上", 38357, date(2005, 1, 8)]
UNITS = ["", A1, "330304-A", "330304-A1 区教育局第一党支部", "none", "合计", "小计", "注：x", 0, True]
SHEETS: dict[str, tuple[list[object], list[list[object]]]] = {
    "long": (
        ["单位", "环节", "完成日期", "备注", "", "备用"],
        [UNITS, ["", "M101", "M102", "M305", "没有"], ENTRIES, ["", "〃", "note"], ["", "x"], ["", 0, "y"]],
    ),
    "wide": (["单位", "M101", "M102", "", "备用"], [UNITS, ENTRIES, ENTRIES, ["", "x", 0], ["", False, "y"]]),
}
BESIDE = st.lists(st.lists(st.sampled_from(["", " ", "老王", 0]), max_size=3), max_size=4)


def said(cell: object) -> bool:
    return cell is not None and str(cell).strip() != ""


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data(), shape=st.sampled_from(["long", "wide"]), kind=st.sampled_from(["csv", "xlsx", "tsv"]))
def test_nothing_disappears_from_any_kind_of_file(filled: Cli, data: st.DataObject, shape: str, kind: str) -> None:
    head, cells = SHEETS[shape]
    row = st.tuples(*map(st.sampled_from, cells)).map(list)
    # Cells to the right of the table, too.
    rows = data.draw(st.lists(row | st.just([]) | st.just(head) | row.map(lambda each: [*each, "z"]), max_size=8))
    lines: list[list[object]] = [*data.draw(st.lists(st.sampled_from([[], ["进度表"]]), max_size=2)), head, *rows]
    path = filled.folder / f"a.{kind}"
    sheets: dict[str, list[list[object]]] = {}
    if kind == "xlsx":
        sheets = {f"S{n}": each for n, each in enumerate(data.draw(st.lists(BESIDE, max_size=2)))}
        write_xlsx(path, {"进度": [[cell if said(cell) else None for cell in line] for line in lines], **sheets})
    else:
        lines = [[str(cell) for cell in line] for line in lines]
        path.write_text(csv_text(lines).replace(",", "\t" if kind == "tsv" else ","), "utf-8")
    answer = filled("import", "milestones", path, "--format", "json", "--dry-run", "--partial")
    assert_nothing_disappeared(json.loads(answer.out), lines, shape, sheets)


def assert_nothing_disappeared(
    document: dict[str, Any], lines: list[list[object]], shape: str, sheets: dict[str, list[list[object]]]
) -> None:
    """What an import says of a sheet (and others beside it) accounts for every row and every cell with content."""
    head, _cells = SHEETS[shape]
    dropped = {n for each in document["dropped_rows"] for n in range(each["row"], each["last_row"] + 1)}
    assert len(dropped) == document["dropped"]
    last = max(n for n, line in enumerate(lines, 1) if any(map(said, line)))
    assert document["read"] + document["dropped"] == last
    start = lines.index(head) + 1
    taken = {n: line for n, line in enumerate(lines, 1) if n > start and n not in dropped and any(map(said, line))}
    assert len(taken) == document["read"]
    counted = sum(document[name] for name in ("inserted", "updated", "unchanged", "rejected"))
    wrong = {each["row"] for each in document["errors"]}
    if shape == "long":
        assert counted == document["read"]
        assert document["rejected"] == len(wrong)
    else:
        # A record for each cell of an entry; a row with none is one that changes nothing.
        good = {n: sum(map(said, line[1:3])) for n, line in taken.items() if n not in wrong}
        assert counted >= sum(good.values())
        assert document["rejected"] >= len(wrong)
        assert counted - document["rejected"] >= sum(good.values())
    columns = {each["column"] for each in document["warnings"] if each["code"] == "column_unknown"}
    width = len(head)
    # A row that is rejected was said as a whole.
    for line in (line for n, line in taken.items() if n not in wrong):
        assert not said(line[width - 1]) or "备用" in columns if len(line) >= width else True
        assert not said(line[width - 2]) or "ABCDEF"[width - 2] in columns if len(line) >= width else True
        assert len(line) <= width or "ABCDEFG"[width] in columns
    left = {each["sheet"] for each in document["warnings"] if each["code"] == "sheet_left_out"}
    assert left == {name for name, each in sheets.items() if any(said(cell) for line in each for cell in line)}
    if shape == "long":
        said_so = {each["row"] for each in document["warnings"] if each["code"] == "not_recorded"}
        assert said_so >= {n for n, line in taken.items() if n not in wrong and not said(line[2]) and said(line[3])}


@pytest.mark.skipif(office.SOFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("ending", ["ods", "xls"])
def test_nothing_disappears_from_what_libreoffice_saves(filled: Cli, tmp_path: Path, ending: str) -> None:
    dice = Random(1)
    made: dict[str, tuple[str, list[list[object]], dict[str, list[list[object]]]]] = {}
    for number in range(40):
        shape = dice.choice(["long", "wide"])
        head, cells = SHEETS[shape]
        rows: list[list[object]] = [
            dice.choice([[], [*head], row, row, row, [*row, "z"]])
            for row in ([dice.choice(choices) for choices in cells] for _ in range(dice.randrange(9)))
        ]
        lines = [*dice.choice([[], [["进度表"]], [[], ["进度表"]]]), [*head], *rows]
        beside: dict[str, list[list[object]]] = {
            f"S{n}": [[dice.choice(["", "老王", 0])] for _ in range(dice.randrange(3))]
            for n in range(dice.randrange(3))
        }
        made[f"{number}.xlsx"] = shape, lines, beside
        book = {"进度": [[cell if said(cell) else None for cell in line] for line in lines], **beside}
        write_xlsx(tmp_path / f"{number}.xlsx", book)
    office.run(tmp_path / "profile", "--convert-to", ending, "--outdir", tmp_path, *(tmp_path / name for name in made))
    for name, (shape, lines, beside) in made.items():
        path = (tmp_path / name).with_suffix(f".{ending}")
        answer = filled("import", "milestones", path, "--format", "json", "--dry-run", "--partial")
        assert_nothing_disappeared(json.loads(answer.out), lines, shape, beside)


def test_a_large_file_comes_in_as_a_small_one_does(filled: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [["名册"], HEAD[:3], *([f"N{n}", f"新人{n}", A1] for n in range(50)), [], ["合计", "50"], ["注：x"]]
    path = filled.write("a.csv", csv_text(rows).encode("gb18030"))
    small = filled.json("import", "members", path, "--dry-run")
    monkeypatch.setattr(sources, "STREAM_FROM", 100)
    monkeypatch.setattr("advedu.importing.run.CHUNK", 7)
    assert filled.json("import", "members", path, "--dry-run") == small
    assert (small["read"], small["dropped"]) == (50, 5)


def test_a_large_file_that_breaks_off_leaves_nothing(filled: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even with --partial: after a quotation mark in the wrong place nobody knows which rows are good."""
    monkeypatch.setattr(sources, "STREAM_FROM", 100)
    monkeypatch.setattr("advedu.importing.run.CHUNK", 7)
    text = csv_text([HEAD[:3], *([f"N{n}", f"新人{n}", A1] for n in range(50))]) + 'N99,"新人,330304-A1\n'
    before = filled.everything()
    document = filled.imported("members", text, "--partial", code=3)
    assert [code for _, _, code in errors(document)] == ["unreadable"]
    assert "52" in document["errors"][0]["message"]
    assert document["inserted"] == 0
    assert filled.everything() == before


def test_a_duplicate_far_away_is_found(filled: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("advedu.importing.run.CHUNK", 7)
    rows = [HEAD[:3], *([f"N{n}", f"新人{n}", A1] for n in range(30)), ["N3", "新人3", A1]]
    document = filled.imported("members", rows, code=3)
    assert errors(document) == [(32, "党员编号", "duplicate_in_file")]
    assert "row 5" in document["errors"][0]["message"]


def test_zeros_that_a_spreadsheet_dropped_are_suggested_not_assumed(filled: Cli) -> None:
    filled.imported("units", "编码,名称,上级编码,类型\n0330304001,新支部,330304-B,党支部\n")
    path = filled.write("a.xlsx", [["姓名", "所在党组织"], ["新人", 330304001]])
    document = filled.json("import", "members", path, code=3)
    assert errors(document) == [(2, "所在党组织", "unit_unknown")]
    assert "0330304001" in document["errors"][0]["message"]
    document = filled.imported("units", "编码,名称,上级编码,类型\n330304001,新支部,330304-B,党支部\n", code=3)
    assert errors(document) == [(2, "编码", "unit_unknown")]
    filled.imported("members", f"党员编号,姓名,所在党组织\n007,新人,{A1}\n")
    document = filled.imported("members", f"党员编号,姓名,所在党组织\n7,新人,{A1}\n", code=3)
    assert errors(document) == [(2, "党员编号", "member_unknown")]


def test_dropped_rows_are_shown_on_request(filled: Cli) -> None:
    path = filled.write("a.csv", f"名册\n姓名,所在党组织\n新人,{A1}\n合计,1\n")
    assert "合计" not in filled.ok("import", "members", path, "--dry-run")
    assert "合计" in filled.ok("import", "members", path, "--dry-run", "--dropped")


def test_corrections_are_listed_masked_and_counted(filled: Cli, tmp_path: Path) -> None:
    number = id_number(700)
    path = filled.write("a.csv", f"姓名,所在党组织,身份证号\n新 人,{A1},{number[:6]} {number[6:]}\n")
    answer = filled.ok("import", "members", path, "--dry-run")
    assert "2 values were read otherwise" in answer
    assert number not in answer
    document = filled.json("import", "members", path)
    assert [(each["column"], each["code"]) for each in document["corrections"]] == [
        ("姓名", "corrected"),
        ("身份证号", "corrected"),
    ]
    assert "新人" in document["corrections"][0]["message"]


def test_a_sheet_whose_header_nobody_understands_is_said(filled: Cli) -> None:
    """The retired members may stand there; what is hidden, empty, or our own list is not spoken of."""
    path = filled.folder / "a.xlsx"
    people = [["名字是", "在哪里"], ["老王", A1], [], ["老李", A1]]
    write_xlsx(
        path, {"在职": [["姓名", "所在党组织"], ["新人", A1]], "离退休": people, "空表": [[], [" "]], "藏": people}
    )
    book = openpyxl.load_workbook(path)
    book["藏"].sheet_state = "hidden"
    book.save(path)
    document = filled.json("import", "members", path, "--dry-run")
    assert [(each["sheet"], each["code"]) for each in document["warnings"]] == [("离退休", "sheet_left_out")]
    assert " 3 rows" in document["warnings"][0]["message"]
    assert filled.json("import", "members", path, "--dry-run", "--sheet", "在职")["warnings"] == []


def test_the_list_of_errors_beside_a_corrected_sheet_is_ours(filled: Cli) -> None:
    path = filled.write("a.csv", f"姓名,所在党组织,性别\n新人,{A1},不详\n")
    back = filled.folder / "back.xlsx"
    filled.json("import", "members", path, "--errors", back, code=3)
    book = openpyxl.load_workbook(back)
    book.worksheets[0]["C2"] = "女"
    book.save(back)
    document = filled.json("import", "auto", back)
    assert (document["inserted"], document["warnings"]) == (1, [])

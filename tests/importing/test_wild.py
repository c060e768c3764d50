"""Whatever the file: every row is counted, every dropped one listed, no cell with content disappears without a word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advedu.importing import sources
from tests.support import Cli, csv_text, errors, id_number

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

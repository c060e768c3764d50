"""Sheets of the registers go every way that sheets of members go."""

from __future__ import annotations

import openpyxl

from tests.register_samples import A1
from tests.support import Cli, counts

GOOD = f"单位,制度名称,通过日期\n{A1},学习制度,2005-03-03\n合计,,\n"
BAD = f"单位,制度名称,通过日期\n{A1},学习制度,2005-02-30\n{A1},考勤制度,2005-03-03\n"


def test_unknown_headings_are_mapped_and_remembered(filled: Cli) -> None:
    content = f"单位,章程名,通过日期\n{A1},学习制度,2005-03-03\n"
    assert filled.imported("regulations", content, "--map", "章程名=title")["inserted"] == 1
    assert filled.imported("regulations", content.replace("学习", "考勤"))["inserted"] == 1


def test_dropped_rows_are_listed(filled: Cli) -> None:
    document = filled.imported("regulations", GOOD, "--dropped")
    assert counts(document) == (1, 1, 0, 0, 0, 2)
    assert [row["row"] for row in document["dropped_rows"]] == [1, 3]


def test_a_units_name_with_a_space_is_a_correction(filled: Cli) -> None:
    document = filled.imported("regulations", GOOD.replace(A1, "区教育局 党委"))
    assert [each["code"] for each in document["corrections"]] == ["corrected"]


def test_a_dry_run_shows_old_and_new(filled: Cli) -> None:
    filled.imported("regulations", GOOD)
    document = filled.imported("regulations", GOOD.replace("03-03", "03-04"), "--dry-run")
    assert [(each["field"], each["old"], each["new"]) for each in document["changes"]] == [
        ("adopted_on", "2005-03-03", "2005-03-04")
    ]
    assert "2005-03-04" in filled.ok("import", "regulations", filled.folder / "regulations.csv", "--dry-run")


def test_errors_come_back_at_their_cells(filled: Cli) -> None:
    filled.imported("regulations", BAD, "--errors", str(filled.folder / "back.xlsx"), "--partial", code=3)
    sheet = openpyxl.load_workbook(filled.folder / "back.xlsx").worksheets[0]
    assert sheet["C2"].comment is not None
    assert filled.query("SELECT title FROM regulation") == [("考勤制度",)]


def test_a_watched_folder_takes_them(filled: Cli) -> None:
    box = filled.folder / "inbox"
    box.mkdir()
    (box / "a.csv").write_text(GOOD, encoding="utf-8")
    rows = filled.json("import", "auto", "--watch", box, "--once", "--every", "0.02")["rows"]
    assert [(row["outcome"], row["inserted"]) for row in rows] == [("imported", 1)]


def test_only_members_are_compared(filled: Cli) -> None:
    filled.refused("import", "regulations", filled.write("a.csv", GOOD), "--compare", A1, code=2)

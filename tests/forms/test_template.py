"""Forms: what stands in them, what is offered and checked, and that nothing is lost or changed on the way back."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from advedu.importing.run import KINDS
from tests.forms.support import FIRST, HEAD, filled_in, formulas, rows_of, sheet_of
from tests.register_samples import record
from tests.support import TODAY, Cli, counts, write_xlsx
from tests.torture.test_hostile_names import FORMULAS, MORE, NAMES, unseen

A1 = "330304-A1"
DONE = {"milestones": "完成日期", "tasks": "完成日期", "nine-ones": "完成日期"}


def made(cli: Cli, kind: str, unit: str = "330304", *options: str) -> Path:
    path = cli.folder / f"{kind}.xlsx"
    cli.ok("template", kind, unit, "--output", path, *options)
    return path


# ── there and back ──


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_sent_back_untouched_changes_nothing(filled: Cli, kind: str) -> None:
    record(filled)
    before = filled.everything()
    document = filled.json("import", "auto", made(filled, kind))
    read = len(rows_of(filled.folder / f"{kind}.xlsx"))
    assert (document["kind"], counts(document)) == (kind, (read, 0, 0, read, 0, HEAD))
    assert read > 0
    assert document["templates"] == [{"kind": kind, "unit": "330304", "campaign": "advanced-nature-2005"}]
    assert (document["errors"], document["warnings"]) == ([], [])
    assert filled.everything() == before


@pytest.mark.parametrize("kind", DONE)
def test_filled_in_nothing_is_open_any_more(filled: Cli, kind: str) -> None:
    path = made(filled, kind)
    count = len(rows_of(path))
    filled_in(path, {(row, DONE[kind]): "2005-02-01" for row in range(count)})
    document = filled.json("import", "auto", path)
    assert counts(document) == (count, count, 0, 0, 0, HEAD)
    assert rows_of(made(filled, kind)) == []


def test_new_members_and_corrections_come_in(filled: Cli) -> None:
    path = made(filled, "members", A1)
    count = len(rows_of(path))
    new = {(count, "姓名"): "新人", (count, "所在党组织"): f"{A1} 区教育局党委", (count, "性别"): "女"}
    filled_in(path, {(0, "职务"): "新职务", (0, "联系电话"): "13900000009", **new})
    document = filled.json("import", "auto", path)
    assert (document["inserted"], document["updated"], document["errors"]) == (1, 1, [])
    assert filled.query("SELECT post, phone FROM member WHERE post = '新职务'") == [("新职务", "13900000009")]


def test_an_error_names_the_row_and_the_heading_that_the_sender_sees(filled: Cli) -> None:
    path = filled_in(made(filled, "members", A1), {(1, "出生日期"): "2005-02-30"})
    (error,) = filled.json("import", "auto", path, code=3)["errors"]
    assert (error["row"], error["column"], error["code"]) == (FIRST + 1, "出生日期", "date_invalid")


def test_renamed_and_moved_columns_are_understood(filled: Cli) -> None:
    path = made(filled, "milestones", A1)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for name in [str(each) for each in sheet.merged_cells.ranges]:
        sheet.unmerge_cells(name)
    sheet.insert_cols(1)
    for cell in sheet[HEAD]:
        if cell.value == "环节＊":
            cell.value = "做了什么"
        if cell.value == "完成日期＊":
            cell.value = "什么时候"
            sheet.cell(FIRST, cell.column).value = "2005-02-01"
    book.save(path)
    assert filled.json("import", "auto", path)["inserted"] == 1


def test_masked_numbers_come_back_without_a_change(filled: Cli) -> None:
    path = made(filled, "members")
    numbers = [row["身份证号"] for row in rows_of(path) if row["身份证号"]]
    assert numbers
    assert all("********" in number for number in numbers)
    assert filled.json("import", "auto", path)["updated"] == 0


def test_revealed_numbers_are_whole_and_asking_is_recorded(filled: Cli) -> None:
    path = made(filled, "members", "330304", "--reveal")
    stored = {number for (number,) in filled.query("SELECT id_number FROM member WHERE id_number IS NOT NULL")}
    assert {row["身份证号"] for row in rows_of(path)} - {None} == stored
    assert "--reveal" in filled.rows("log")[0]["command"]


# ── what stands in it ──


def test_only_the_unit_and_what_stands_below_it_is_there(filled: Cli) -> None:
    units = {row["所在党组织"].split()[0] for row in rows_of(made(filled, "members", A1))}
    assert units == {A1, "330304-A1-1", "330304-A1-2"}


def test_what_is_done_or_exempt_is_not_asked_for_again(filled: Cli) -> None:
    before = len(rows_of(made(filled, "milestones", A1)))
    filled.ok("milestone", "mark", A1, "M101", "--on", "2005-01-10")
    filled.ok("milestone", "exempt", A1, "M102", "--reason", "x", "--on", "2005-01-10")
    after = rows_of(made(filled, "milestones", A1))
    assert len(after) == before - 2
    assert not [row for row in after if row["环节"].startswith("M305")], "reached through a survey alone"


def test_every_column_is_there_marked_explained_and_locked(filled: Cli) -> None:
    for kind, what in KINDS.items():
        sheet = sheet_of(made(filled, kind))
        heads = [cell for cell in sheet[HEAD] if cell.value != "截止日期"]
        assert [cell.value for cell in heads] == [f"{c.headings[0]}{'＊' * c.is_needed}" for c in what.columns]
        assert all(cell.comment and cell.protection.locked for cell in heads)
        assert sheet.protection.sheet
        assert not sheet.protection.password
        assert [sheet.row_dimensions[row].hidden for row in (1, 2, 4, HEAD)] == [True, False, True, False]
        free = [sheet.cell(FIRST, place).protection.locked for place in range(1, len(heads) + 1)]
        assert free == [False] * len(heads)


def test_codes_and_numbers_are_text_and_days_are_days(filled: Cli) -> None:
    sheet = sheet_of(made(filled, "members"))
    formats = {str(sheet.cell(HEAD, n).value).strip("＊"): sheet.cell(FIRST, n).number_format for n in range(1, 14)}
    assert {formats[name] for name in ("党员编号", "身份证号", "联系电话", "出生日期")} == {"@"}
    sheet = sheet_of(made(filled, "milestones"))
    assert sheet.cell(FIRST, 3).number_format == "yyyy-mm-dd"


def test_lists_days_and_numbers_are_checked_as_they_are_typed(filled: Cli) -> None:
    def kinds_of(kind: str) -> dict[str, str]:
        sheet = sheet_of(made(filled, kind))
        found = {}
        for each in sheet.data_validations.dataValidation:
            column = next(iter(each.sqref.ranges)).min_col
            found[str(sheet.cell(HEAD, column).value).strip("＊")] = each.type
        return found

    members = kinds_of("members")
    assert {name for name, type_ in members.items() if type_ == "list"} == {
        *("性别", "所在党组织", "党员类别", "职级", "领导干部", "人员类别", "四套班子", "民族", "学历"),
    }
    assert members["身份证号"] == "custom"
    assert kinds_of("milestones") == {"单位": "list", "环节": "list", "完成日期": "date"}
    assert kinds_of("units")["上报党员数"] == "whole"
    offered = openpyxl.load_workbook(filled.folder / "units.xlsx")["_lists"]
    assert offered.sheet_state == "veryHidden"
    words = {cell.value for row in offered.iter_rows() for cell in row}
    assert {"党支部", "第一批", "330304-A 区直机关工委"} <= words


def test_it_prints_on_a4_across_with_its_headings_on_every_page(filled: Cli) -> None:
    sheet = sheet_of(made(filled, "members"))
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == f"${HEAD}:${HEAD}"
    assert "&P" in str(sheet.oddFooter.right.text) + str(sheet.oddFooter.center.text)
    assert "瓯海区委" in sheet["A2"].value


def test_everything_offered_is_understood(filled: Cli) -> None:
    made(filled, "units")
    lists: dict[str, Any] = {}
    book = openpyxl.load_workbook(filled.folder / "units.xlsx")
    sheet = book.worksheets[0]
    for each in sheet.data_validations.dataValidation:
        if each.type == "list":
            column = next(iter(each.sqref.ranges)).min_col
            words = [cell.value for cell in book["_lists"][chr(64 + column)] if cell.value]
            lists[str(sheet.cell(HEAD, column).value).strip("＊")] = words
    most = max(map(len, lists.values()))
    rows = [["名称", *lists]] + [[f"新{n}", *(words[n % len(words)] for words in lists.values())] for n in range(most)]
    document = filled.json("import", "units", write_xlsx(filled.folder / "n.xlsx", {"S": rows}), "--dry-run")
    assert (document["inserted"], document["errors"]) == (most, [])


# ── the file ──


def test_it_is_for_its_owner_alone(filled: Cli) -> None:
    before = os.umask(0)
    try:
        path = made(filled, "members")
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_without_a_name_it_never_replaces_one_that_may_be_filled_in(
    filled: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(filled.folder)
    filled.ok("template", "members", A1)
    content = (filled.folder / f"members-{A1}.xlsx").read_bytes()
    filled.refused("template", "members", A1)
    assert (filled.folder / f"members-{A1}.xlsx").read_bytes() == content


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (("people",), 2),
        (("members", "none"), 1),
        (("members", "-o", "a.csv"), 2),
        (("members", "-o", "none/a.xlsx"), 1),
        ((), 2),
    ],
)
def test_wrong_calls(filled: Cli, argv: tuple[str, ...], code: int) -> None:
    filled.refused("template", *argv, code=code)


def test_an_empty_file_says_what_to_do(cli: Cli) -> None:
    assert "import units" in cli.refused("template", "members")


# ── hostile texts ──


def test_texts_stay_texts_and_come_back_as_they_were(filled: Cli) -> None:
    for number, payload in enumerate((*FORMULAS, "<清空>", "*", "a & b", "&P&D")):
        filled.ok("unit", "add", f"F{number:02}", "--name", payload, "--parent", A1, "--kind", "党支部")
        filled.ok("member", "add", f"G{number:02}", "--name", payload, "--unit", f"F{number:02}", "--post", payload)
    before = filled.everything()
    for kind in KINDS:
        path = made(filled, kind, A1)
        assert [each for each in formulas(path) if "_lists" not in each] == []
        document = filled.json("import", "auto", path)
        assert (document["inserted"], document["updated"], document["errors"]) == (0, 0, []), kind
    assert filled.everything() == before


def test_hostile_names_get_out_harmless_and_come_back_without_a_change(filled: Cli) -> None:
    for number, name in enumerate((*NAMES, *MORE)):
        if "\0" not in name:
            filled("member", "add", f"G{number:02}", "--name", name, "--unit", A1, "--post", name)
    before = filled.everything()
    for kind in ("members", "tasks"):
        path = made(filled, kind, A1)
        sheet = sheet_of(path)
        texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert [unseen(text) for text in texts if unseen(text)] == []
        document = filled.json("import", "auto", path)
        assert (document["updated"], document["errors"]) == (0, []), (
            kind,
            filled.ok("log", "--operation", str(document["operation"])),
        )
    assert filled.everything() == before


def test_a_text_longer_than_a_cell_is_refused_in_one_line(filled: Cli) -> None:
    filled.ok("member", "add", "G1", "--name", "甲", "--unit", A1, "--post", "长" * 32768)
    assert "32,767" in filled.refused("template", "members", A1, "-o", filled.folder / "a.xlsx")
    assert not (filled.folder / "a.xlsx").exists()


def test_the_day_of_the_file_counts(filled: Cli) -> None:
    path = made(filled, "milestones", A1)
    assert openpyxl.load_workbook(path).properties.created.date().isoformat() == TODAY

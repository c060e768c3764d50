"""Lists as workbooks: texts stay texts, what people need is set up, and what goes out comes in again."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from advedu.importing import form_marks
from advedu.output import xlsx
from advedu.output.report import Column, Report
from tests.forms.support import formulas
from tests.support import Cli, process
from tests.torture.test_hostile_names import FORMULAS, NAMES, unseen

LISTS = (
    ("unit", "list"),
    ("unit", "tree"),
    ("member", "list"),
    ("overdue",),
    ("status",),
    ("nine", "status"),
    ("log",),
    ("campaign", "show"),
    ("verify",),
    ("unit", "show", "330304-A1"),
    ("member", "show", "P000001"),
    ("nine", "show", "P000001"),
)


def book_of(cli: Cli, *argv: str, lang: str = "en") -> Any:
    path = cli.folder / "a.xlsx"
    assert cli.ok(*argv, "--output", path, lang=lang) == ""
    return openpyxl.load_workbook(path)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("argv", LISTS, ids=" ".join)
def test_every_report_is_a_workbook(filled: Cli, argv: tuple[str, ...], lang: str) -> None:
    book = book_of(filled, *argv, lang=lang)
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(cell is not None for cell in cells)
    assert formulas(filled.folder / "a.xlsx") == []


def test_a_list_is_set_up_for_people(filled: Cli) -> None:
    sheet = book_of(filled, "member", "list", lang="zh").worksheets[0]
    assert [cell.value for cell in sheet[2]][:3] == ["编码", "姓名", "性别"]
    assert sheet.row_dimensions[1].hidden
    assert sheet.freeze_panes == "C3"
    assert sheet.auto_filter.ref == "A2:T14"
    assert sheet["A3"].number_format == "@"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$2:$2"
    widths = {cell.value: sheet.column_dimensions[cell.column_letter].width for cell in sheet[2]}
    assert widths["身份证号"] > widths["性别"]
    assert sheet["C3"].value == "男"


def test_numbers_are_numbers_and_nothing_is_an_empty_cell(filled: Cli) -> None:
    sheet = book_of(filled, "overdue").worksheets[0]
    late = [cell.value for cell in sheet["F"][2:]]
    assert all(isinstance(value, int) for value in late[:3])
    assert {cell.value for cell in book_of(filled, "member", "list").worksheets[0]["N"][2:]} == {None}


def test_it_is_stamped(filled: Cli) -> None:
    book = book_of(filled, "unit", "list")
    stamp = filled.json("unit", "list")["history"]
    last = [row[0].value for row in book.worksheets[0].iter_rows()][-1]
    assert last == f"# advedu operation={stamp['operation']} hash={stamp['hash']}"
    assert stamp["hash"] in str(book.custom_doc_props["advedu"].value)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("noun", ["unit", "member"])
def test_what_goes_out_comes_in_again(filled: Cli, noun: str, lang: str) -> None:
    book_of(filled, noun, "list", lang=lang)
    before = filled.everything()
    document = filled.json("import", "auto", filled.folder / "a.xlsx")
    assert (document["kind"], document["inserted"], document["updated"]) == (f"{noun}s", 0, 0)
    assert document["errors"] == []
    assert document["read"] == len(filled.rows(noun, "list"))
    assert filled.everything() == before


def test_the_keys_are_those_that_an_import_reads() -> None:
    assert xlsx._KEY.format(key="id_number", title="身份证号") == form_marks.key("id_number", "身份证号")


def test_formulas_and_hostile_names_are_harmless(filled: Cli) -> None:
    for number, name in enumerate((*FORMULAS, *NAMES)):
        filled("member", "add", f"G{number:02}", "--name", name, "--unit", "330304-A", "--post", name)
    sheet = book_of(filled, "member", "list").worksheets[0]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [unseen(text) for text in texts if unseen(text)] == []
    assert formulas(filled.folder / "a.xlsx") == []
    assert all(cell.data_type in ("s", "n") for row in sheet.iter_rows() for cell in row)


def test_a_text_longer_than_a_cell_is_refused_and_the_old_file_stays(filled: Cli) -> None:
    out = filled.write("a.xlsx", b"the old one")
    filled.ok("member", "edit", "P000001", "--post", "长" * 32_768)
    assert "32,767" in filled.refused("member", "list", "--output", out)
    assert out.read_bytes() == b"the old one"


def test_more_rows_than_a_sheet_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from xlsxwriter.worksheet import Worksheet

    from advedu.errors import NoRoomInWorkbook

    monkeypatch.setattr(Worksheet, "_check_dimensions", lambda self, row, *_: -1 if row > 4 else 0)
    rows = [(str(n),) for n in range(10)]
    with pytest.raises(NoRoomInWorkbook):
        xlsx.content(Report([Column("a", "A")], rows))


def test_to_a_pipe_it_goes_as_bytes_and_to_nobody_else(filled: Cli) -> None:
    answer = process("--db", filled.db, "unit", "list", "--format", "xlsx")
    assert answer.returncode == 0
    assert answer.stdout.startswith(b"PK\x03\x04")


def test_it_is_for_its_owner_alone(filled: Cli) -> None:
    before = os.umask(0)
    try:
        book_of(filled, "unit", "list")
    finally:
        os.umask(before)
    assert stat.S_IMODE(Path(filled.folder / "a.xlsx").stat().st_mode) == 0o600


def test_a_report_without_anything_is_an_empty_workbook() -> None:
    assert xlsx.content(Report()).startswith(b"PK")

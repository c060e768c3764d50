"""Files given back with their errors: cells as they were sent, what is wrong at each, and the way back in."""

from __future__ import annotations

import os
import stat
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from advedu.forms import returned as returning
from advedu.importing import sources
from tests.forms.support import formulas
from tests.support import Cli, counts, id_number, write_xlsx
from tests.torture.test_hostile_names import FIRST, FORMULAS, MORE, NAMES

A1 = "330304-A1"
HEADER = ["党员编号", "姓名", "身份证号", "所在党组织", "出生日期", "入党时间"]
WRONG = id_number(700, "1971-01-20")[:-1] + "Q"
ROWS = [
    ["区教育局名册"],
    HEADER,
    ["N1", "甲", "", A1, "1971-01-20", ""],
    ["N2", "乙", WRONG, A1, "", ""],
    ["N3", "丙", "", "none", "1971-13-20", ""],
    ["P000002", "吴敏改", "", A1, "", ""],
]


def returned(cli: Cli, content: Any, *options: str, name: str = "a.csv") -> Any:
    path = cli.write(name, content)
    out = cli.folder / "errors.xlsx"
    answer = cli("import", "members", path, "--errors", out, *options)
    assert answer.code == 3, answer
    return openpyxl.load_workbook(out)


def test_cells_stand_where_they_stood_and_say_what_is_wrong(filled: Cli) -> None:
    sheet = returned(filled, ROWS).worksheets[0]
    assert [[cell.value or "" for cell in row] for row in sheet.iter_rows(max_col=6)] == [
        [*row, *[""] * (6 - len(row))] for row in ROWS
    ]
    notes = {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}
    assert set(notes) == {"C4", "D5", "E5", "B6"}
    assert "18 digits" in notes["C4"] or "check digit" in notes["C4"]
    fills = {name: sheet[name].fill.fgColor.rgb[-6:] for name in notes}
    assert fills == {"C4": "FFC7CE", "D5": "FFC7CE", "E5": "FFC7CE", "B6": "FFEB9C"}
    assert sheet["C4"].number_format == "@"


def test_a_list_of_all_leads_to_the_cells(filled: Cli) -> None:
    book = returned(filled, ROWS)
    lines = list(book.worksheets[1].iter_rows(min_row=2))
    assert [line[1].value for line in lines] == ["C4", "E5", "D5", "B6"]
    assert all(line[1].hyperlink.location.endswith(f"!{line[1].value}") for line in lines)
    assert WRONG not in {cell.value for line in lines for cell in line}, "masked where it is only quoted"


@pytest.mark.parametrize("options", [(), ("--bad-rows",)])
def test_corrected_and_sent_again_it_is_imported(filled: Cli, options: tuple[str, ...]) -> None:
    book = returned(filled, ROWS, *options)
    sheet = book.worksheets[0]
    for row in sheet.iter_rows():
        for cell in row:
            cell.value = {WRONG: id_number(700, "1971-01-20"), "none": A1, "1971-13-20": "1971-12-20"}.get(
                cell.value, cell.value
            )
    path = filled.folder / "again.xlsx"
    book.save(path)
    document = filled.json("import", "members", path)
    assert counts(document) == ((4, 3, 1, 0, 0, 2) if not options else (2, 2, 0, 0, 0, 2))


def test_with_partial_the_bad_rows_alone_go_back(filled: Cli) -> None:
    book = returned(filled, ROWS, "--partial", "--bad-rows")
    codes = [row[0].value for row in book.worksheets[0].iter_rows()]
    assert codes == ["区教育局名册", "党员编号", "N2", "N3"]
    assert filled.query("SELECT count(*) FROM member WHERE code GLOB 'N*'") == [(1,)]


def test_bad_rows_come_back_all_however_many(filled: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(returning, "MOST", 3)
    rows = [HEADER, *([f"N{n}", "甲", "", "none", "", ""] for n in range(8))]
    book = returned(filled, rows, "--bad-rows")
    assert book.worksheets[0].max_row == 9
    assert "5" in [row[0].value for row in book.worksheets[1].iter_rows()][-1]


def test_numbers_days_and_ticks_stay_what_they_were(filled: Cli) -> None:
    number = float(id_number(700, "1971-01-20")[:-1] + "0")
    rows = [HEADER, ["N1", "甲", number, A1, date(1971, 1, 20), 1985.1], ["N2", True, "", A1, 26000, "1985-03"]]
    write_xlsx(filled.folder / "a.xlsx", {"名册": rows})
    out = filled.folder / "errors.xlsx"
    first = filled.json("import", "members", filled.folder / "a.xlsx", "--errors", out, code=3)
    sheet = openpyxl.load_workbook(out)["名册"]
    assert sheet["C2"].value == number
    assert sheet["E2"].value.date() == date(1971, 1, 20)
    assert (sheet["F2"].value, sheet["B3"].value, sheet["E3"].value) == (1985.1, True, 26000)
    second = filled.json("import", "members", out, code=3)
    assert [e["code"] for e in first["errors"]] == [e["code"] for e in second["errors"]]
    assert "id_number_cell" in [e["code"] for e in second["errors"]]


def test_without_errors_nothing_is_written_and_it_says_so(filled: Cli) -> None:
    out = filled.folder / "errors.xlsx"
    text = filled.ok("import", "members", filled.write("a.csv", ROWS[:3]), "--errors", out)
    assert "no workbook" in text
    assert not out.exists()
    assert filled.json("import", "members", filled.folder / "a.csv", "--errors", out)["errors_files"] == []


def test_a_file_without_a_header_or_without_sense_is_listed(filled: Cli) -> None:
    book = returned(filled, [["甲", "乙"], ["1", "2"]])
    assert [cell.value for cell in book.worksheets[1][2]][6] == "column_missing"
    book = returned(filled, b"%PDF-1.4 nothing", name="a.pdf")
    assert [cell.value for cell in book.worksheets[0][2]][6] == "unreadable"


def test_of_several_files_each_with_errors_comes_back_by_itself(filled: Cli) -> None:
    paths = [
        filled.write(f"{name}.csv", [*ROWS[:2], [f"X{name}", "甲", "", unit]])
        for name, unit in (("one", "none"), ("two", A1), ("three", "none"))
    ]
    out = filled.folder / "errors.xlsx"
    document = filled.json("import", "members", *paths, "--errors", out, code=3)
    assert document["errors_files"] == [str(out), str(filled.folder / "errors-2.xlsx")]
    assert openpyxl.load_workbook(document["errors_files"][1]).worksheets[0]["A3"].value == "Xthree"


def test_standard_input_comes_back_too(filled: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    import sys

    stream = io.TextIOWrapper(io.BytesIO("姓名,所在党组织\n甲,none\n".encode()))
    monkeypatch.setattr(sys, "stdin", stream)
    out = filled.folder / "errors.xlsx"
    assert filled("import", "members", "-", "--errors", out).code == 3
    assert openpyxl.load_workbook(out).worksheets[0]["B2"].value == "none"


def test_a_form_comes_back_as_a_form(filled: Cli) -> None:
    form = filled.folder / "form.xlsx"
    filled.ok("template", "members", A1, "-o", form)
    book = openpyxl.load_workbook(form)
    book.worksheets[0]["D6"].value = "1971-02-30"
    book.save(form)
    out = filled.folder / "errors.xlsx"
    assert filled("import", "auto", form, "--errors", out).code == 3
    sheet = openpyxl.load_workbook(out).worksheets[0]
    assert [sheet.row_dimensions[row].hidden for row in (1, 4, 5)] == [True, True, False]
    document = filled.json("import", "auto", out, code=3)
    assert (document["kind"], document["errors"][0]["row"]) == ("members", 6)


def test_it_is_for_its_owner_alone_and_texts_stay_texts(filled: Cli) -> None:
    rows = [HEADER, *([f"N{n}", payload, "", "none", "", payload] for n, payload in enumerate(FORMULAS))]
    before = os.umask(0)
    try:
        write_xlsx_text(filled.folder / "a.xlsx", rows)
        assert filled("import", "members", filled.folder / "a.xlsx", "--errors", filled.folder / "e.xlsx").code == 3
    finally:
        os.umask(before)
    assert stat.S_IMODE((filled.folder / "e.xlsx").stat().st_mode) == 0o600
    assert formulas(filled.folder / "e.xlsx") == []


def test_cells_come_back_as_they_were_whatever_stands_in_them(filled: Cli) -> None:
    names = [name for name in (*NAMES, *MORE, *FORMULAS) if "\0" not in name]
    guarded = [f"'{name}" if name.lstrip("'").startswith(FIRST) else name for name in names]
    returned(filled, [HEADER, *([f"H{n}", name, "", "none", "", ""] for n, name in enumerate(guarded))])
    (sheet, _errors) = sources.read(str(filled.folder / "errors.xlsx")).sheets
    assert [row[1] for row in sheet.rows[1:]] == names


def write_xlsx_text(path: Path, rows: list[list[str]]) -> None:
    book = openpyxl.Workbook()
    for r, row in enumerate(rows, start=1):
        for c, text in enumerate(row, start=1):
            cell = book.active.cell(r, c)
            cell.value = text
            cell.data_type = "s"
    book.save(path)


@pytest.mark.parametrize(("name", "code"), [("a.csv", 2), ("a.xlsx", 2), ("errors.csv", 2), ("none/errors.xlsx", 2)])
def test_a_place_that_will_not_do_is_refused_before_anything_is_imported(filled: Cli, name: str, code: int) -> None:
    write_xlsx(filled.folder / "a.xlsx", {"S": ROWS[1:3]})
    before = filled.everything()
    filled.refused("import", "members", filled.folder / "a.xlsx", "--errors", filled.folder / name, code=code)
    filled.refused("import", "members", filled.folder / "a.xlsx", "--bad-rows", code=2)
    assert filled.everything() == before


def test_a_cell_that_no_workbook_holds_is_said_and_the_answer_is_not_lost(filled: Cli) -> None:
    path = filled.write("a.csv", [HEADER, ["N1", "长" * 40000, "", "none", "", ""]])
    answer = filled("import", "members", path, "--errors", filled.folder / "e.xlsx")
    assert answer.code == 3
    assert "unit_unknown" in answer.out
    assert "was not written" in answer.err
    assert not (filled.folder / "e.xlsx").exists()

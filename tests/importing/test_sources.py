"""Files as they come: encodings, separators, workbooks; and what cannot be read."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from advedu.errors import NoSuchSheet
from advedu.importing import sources
from tests.importing.compound import compound
from tests.support import Cli, csv_text, errors, process, write_xlsx

ROWS = [
    ["单位", "环节", "完成日期"],
    ["330304-A", "M101", "2005-01-05"],
    ["景山街道党委", "成立领导小组和工作机构", "2005年1月6日"],
]
TEXT = csv_text(ROWS)
BOM = "\ufeff"


def rows(path: Path, sheet: str | None = None) -> list[list[object]]:
    (found, *_) = sources.read(str(path), sheet).sheets
    return [list(row) for row in found.rows]


# ── text ──

ENCODED = {
    "utf-8": TEXT.encode(),
    "utf-8 with a mark": (BOM + TEXT).encode(),
    "gb18030": TEXT.encode("gb18030"),
    "gb18030 with letters outside of gbk": csv_text([*ROWS, ["𠮷㛃䶮", "", ""]]).encode("gb18030"),
    "utf-16-le with a mark": (BOM + TEXT).encode("utf-16-le"),
    "utf-16-be with a mark": (BOM + TEXT).encode("utf-16-be"),
    "utf-16-le without a mark": TEXT.encode("utf-16-le"),
    "utf-16-be without a mark": TEXT.encode("utf-16-be"),
    "tsv": csv_text(ROWS, "\t").encode(),
    "tsv as spreadsheets save unicode text": (BOM + csv_text(ROWS, "\t")).encode("utf-16-le"),
    "semicolons": csv_text(ROWS, ";").encode(),
    "unix line ends": TEXT.replace("\r\n", "\n").encode(),
    "old mac line ends": TEXT.replace("\r\n", "\r").encode(),
    "no line end at the end": TEXT.rstrip("\r\n").encode(),
}


@pytest.mark.parametrize("name", ENCODED)
def test_every_text_is_read_as_it_was_meant(bare: Cli, name: str) -> None:
    found = rows(bare.write("a.csv", ENCODED[name]))
    assert found[: len(ROWS)] == ROWS
    assert found[len(ROWS) :] in ([], [["𠮷㛃䶮", "", ""]])


@pytest.mark.parametrize("name", ENCODED)
def test_every_text_is_imported(filled: Cli, name: str) -> None:
    document = filled.imported("milestones", ENCODED[name], "--partial", code=3 if "outside" in name else 0)
    assert document["inserted"] == 2


def test_quotes_commas_and_line_ends_inside_a_cell(bare: Cli) -> None:
    wanted = [["a", 'he said "no"', "x,y"], ["第一行\n第二行", "", "z"]]
    assert rows(bare.write("a.csv", csv_text(wanted))) == wanted


def test_blank_lines_keep_the_numbers_of_the_rows_below(bare: Cli) -> None:
    assert rows(bare.write("a.csv", "a,b\n\n\nc,d\n")) == [["a", "b"], [], [], ["c", "d"]]


def test_cells_that_our_own_export_guarded_come_back_as_they_were(bare: Cli) -> None:
    wanted = ["=1+1", "+86", "-5", "@x", "\tx", "＝1", "＋", "－", "＠"]
    assert rows(bare.write("a.csv", csv_text([[f"'{cell}" for cell in wanted]]))) == [wanted]
    assert rows(bare.write("b.csv", csv_text([["it's", "'quoted'"]]))) == [["it's", "'quoted'"]]


def test_a_quote_that_is_never_closed_swallows_nothing_silently(filled: Cli) -> None:
    """The rest of the file would be one cell, and its records would be lost without a word."""
    text = '单位,环节,完成日期,备注\n330304-A,M101,2005-01-05,"见附件\n330304-B,M101,2005-01-06,\n'
    before = filled.tables()
    answer = filled("import", "milestones", filled.write("a.csv", text))
    assert answer.code in (1, 3), answer
    assert filled.tables() == before


def test_a_cell_beyond_all_measure_is_one_line(filled: Cli) -> None:
    text = "单位,环节,完成日期\n330304-A," + "x" * 200_000 + ",2005-01-05\n"
    answer = filled("import", "milestones", filled.write("a.csv", text))
    assert answer.code in (1, 3)
    assert len(answer.err) < 1000


# ── workbooks ──


def test_cells_of_a_workbook_keep_their_kind(bare: Cli) -> None:
    path = write_xlsx(
        bare.folder / "a.xlsx", {"名册": [["区", 12, 1985.1, date(2005, 1, 20)], [None, True, "0012", ""]]}
    )
    first, second = rows(path)
    assert first[:3] == ["区", 12, 1985.1]
    assert first[3] in (date(2005, 1, 20), datetime(2005, 1, 20))
    assert second[1:3] == [True, "0012"]
    assert second[0] in (None, "")


def test_rows_of_a_workbook_are_numbered_from_its_first_row(bare: Cli) -> None:
    path = write_xlsx(bare.folder / "a.xlsx", {"S": [[], [], ["", "a"], [], ["", "b"]]})
    assert [number for number, row in enumerate(rows(path), start=1) if "a" in row or "b" in row] == [3, 5]


def test_the_content_decides_not_the_ending(bare: Cli) -> None:
    book = write_xlsx(bare.folder / "a.xlsx", {"S": [["a", "b"]]})
    for name in ("a.csv", "a.xls", "a.et", "a"):
        assert rows(book.rename(bare.folder / name)) == [["a", "b"]]
        book = bare.folder / name
    assert rows(bare.write("b.xlsx", b"a,b\n")) == [["a", "b"]]


def test_a_sheet_is_chosen_by_name(bare: Cli) -> None:
    path = write_xlsx(bare.folder / "a.xlsx", {"说明": [["x"]], "名册": [["y"]]})
    assert rows(path, "名册") == [["y"]]
    with pytest.raises(NoSuchSheet):
        sources.read(str(path), "没有")
    with pytest.raises(NoSuchSheet):
        sources.read(str(bare.write("a.csv", TEXT)), "名册")


def test_an_ods_is_read(filled: Cli) -> None:
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        + "</table:table-row>"
        for row in ROWS
    )
    names = {
        name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text", "manifest")
    }
    spaces = " ".join(f'xmlns:{name}="{address}"' for name, address in names.items())
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    parts = {
        "mimetype": kind,
        "META-INF/manifest.xml": f'<manifest:manifest {spaces}><manifest:file-entry manifest:full-path="/"'
        f' manifest:media-type="{kind}"/></manifest:manifest>',
        "content.xml": f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="S">{cells}</table:table></office:spreadsheet></office:body></office:document-content>',
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    path = filled.write("a.ods", content.getvalue())
    assert filled.json("import", "milestones", path)["inserted"] == 2


# ── what cannot be read ──


@pytest.mark.parametrize("name", ["none.csv", "none.xlsx", "none/none.csv"])
def test_a_file_that_is_not_there_is_one_line(filled: Cli, name: str) -> None:
    assert name in filled.refused("import", "milestones", filled.folder / name)


def test_a_folder_is_no_file(filled: Cli) -> None:
    filled.refused("import", "milestones", filled.folder)


UNREADABLE = {
    "encrypted": compound("EncryptedPackage"),
    "a broken workbook": b"PK\x03\x04" + bytes(range(256)),
    "an archive that is no workbook": b"",
    "a workbook cut in half": b"",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
    "a pdf": b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)),
}


@pytest.fixture(params=UNREADABLE)
def unreadable(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    content = UNREADABLE[request.param]
    if request.param == "an archive that is no workbook":
        with zipfile.ZipFile(tmp_path / "zip", "w") as archive:
            archive.writestr("a.txt", "x")
        content = (tmp_path / "zip").read_bytes()
    elif request.param == "a workbook cut in half":
        whole = write_xlsx(tmp_path / "whole.xlsx", {"S": ROWS}).read_bytes()
        content = whole[: len(whole) // 2]
    path = tmp_path / "名册.xlsx"
    path.write_bytes(content)
    return path


def test_what_cannot_be_read_is_refused_and_nothing_is_written(filled: Cli, unreadable: Path) -> None:
    before = filled.everything()
    answer = filled("import", "milestones", unreadable)
    assert answer.code in (1, 3)
    assert "名册.xlsx" in answer.err + answer.out
    assert "Traceback" not in answer.err
    assert filled.everything() == before


def test_what_cannot_be_read_has_a_code_in_json(filled: Cli, unreadable: Path) -> None:
    """Interface: `unreadable`, `too_large`, `encrypted` are codes of errors, and JSON is printed on rejection too."""
    document = filled.json("import", "milestones", unreadable, code=3)
    (error,) = document["errors"]
    assert error["file"] == "名册.xlsx"
    wanted = "encrypted" if unreadable.read_bytes() == UNREADABLE["encrypted"] else "unreadable"
    assert error["code"] == wanted


def test_an_empty_file_lacks_its_columns(filled: Cli) -> None:
    for content in (b"", b"\n\n", BOM.encode()):
        document = filled.imported("milestones", content, code=3)
        assert [code for _, _, code in errors(document)] == ["column_missing"]


# ── standard input ──


def test_standard_input_is_a_file_too(filled: Cli) -> None:
    answer = process("--db", filled.db, "import", "milestones", "-", "--format", "json", stdin=ENCODED["gb18030"])
    assert answer.returncode == 0, answer
    assert b'"inserted": 2' in answer.stdout
    assert filled.rows("log")[0]["source"] == "-"


def test_a_name_that_is_no_utf_8_can_be_imported(filled: Cli) -> None:
    """As archives from a Chinese Windows leave them on Linux."""
    path = bytes(filled.folder) + b"/\xc3\xfb\xb2\xe1.csv"
    try:
        Path(path.decode("utf-8", "surrogateescape")).write_bytes(TEXT.encode())
    except (OSError, UnicodeError):
        pytest.skip("this file system has no such names")
    answer = process("--db", filled.db, "import", "milestones", path.decode("utf-8", "surrogateescape"))
    assert b"Traceback" not in answer.stderr
    assert answer.returncode == 0, answer
    assert process("--db", filled.db, "log").returncode == 0

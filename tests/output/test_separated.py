"""CSV and TSV: no formulas, no control characters, and what goes out comes in again."""

from __future__ import annotations

import csv
import io
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advedu.importing import sources
from advedu.output import separated
from advedu.output.report import Column, Report
from tests.support import Cli

FORMULAS = (
    *("=1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")', "@SUM(1+1)*cmd|' /C calc'!A0", "+1", "-1+1", "--1"),
    *("\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x", "=", "+86 577 1234", "=\u202e1", "-2+3+cmd|' /C calc'!A0"),
    *("\x00=1", "\ufeff=1", "\u200b=1", "=IMPORTXML(CONCAT(1),2)"),
)
STARTS = tuple("=+-@\t\r＝＋－＠")


def written(rows: list[list[object]], separator: str = ",") -> str:
    stream = io.StringIO(newline="")
    columns = [Column(f"c{place}", f"C{place}") for place in range(len(rows[0]))]
    separated.write(Report(columns, rows), stream, separator)
    return stream.getvalue()


def read_back(text: str, separator: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


@pytest.mark.parametrize("payload", FORMULAS)
@pytest.mark.parametrize("separator", [",", "\t"])
def test_no_cell_is_a_formula(payload: str, separator: str) -> None:
    (_, row) = read_back(written([["x", payload, 1]], separator), separator)
    assert not row[1].startswith(STARTS)
    assert row[0] == "x"
    assert row[2] == "1"


@given(st.text(max_size=30), st.sampled_from(",\t"))
def test_no_text_is_a_formula_or_can_steer_anything(text: str, separator: str) -> None:
    out = written([[text, "end"]], separator)
    assert all(
        unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") or char in "\r\n\t" for char in out
    )
    (_, row) = read_back(out, separator)
    assert row[1] == "end"
    assert not row[0].startswith(STARTS)


PRINTABLE = st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"]), max_size=20)


def read_by_import(folder: Path, text: str) -> list[object]:
    """The first column of a file, as an import reads it."""
    path = folder / "a.csv"
    path.write_bytes(text.encode())
    (sheet,) = sources.read(str(path)).sheets
    return [row[0] for row in sheet.rows[1:]]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(PRINTABLE.filter(lambda text: not text.startswith("'")), min_size=1, max_size=5))
def test_what_goes_out_comes_in_again(tmp_path: Path, texts: list[str]) -> None:
    assert read_by_import(tmp_path, written([[text, "|"] for text in texts])) == texts


@pytest.mark.parametrize("text", ["'=1", "'quoted'", "'", "''=1", "'+86"])
def test_a_text_that_begins_with_an_apostrophe_comes_in_again(tmp_path: Path, text: str) -> None:
    assert read_by_import(tmp_path, written([[text, "|"]])) == [text]


def test_values_are_plain() -> None:
    (heading, row) = read_back(written([[None, True, False, 0, -5, "", '区,"委"']]))
    assert heading == ["c0", "c1", "c2", "c3", "c4", "c5", "c6"]
    assert row == ["", "1", "0", "0", "-5", "", '区,"委"']


def test_line_ends_are_those_of_each_format() -> None:
    assert written([["a", "b"]]) == "c0,c1\r\na,b\r\n"
    assert written([["a", "b"]], "\t") == "c0\tc1\na\tb\n"


def test_a_list_of_hostile_names_comes_in_unchanged(filled: Cli) -> None:
    """Formulas, quotes and separators as names: out to a file and in again changes nothing."""
    lines = [["编码", "名称", "上级编码", "类型"]]
    names = ("=1+1", "@x", "+86", "-x", '"', ",", "a\tb", "[bold]", "'='", "；", "－－")
    lines += [[f"X{place}", name, "330304-A", "党支部"] for place, name in enumerate(names)]
    assert filled.imported("units", lines)["inserted"] == len(names)
    before = filled.tables()
    for ending in ("csv", "tsv"):
        path = filled.folder / f"units.{ending}"
        filled.ok("unit", "list", "--output", path)
        document = filled.json("import", "units", path)
        assert (document["updated"], document["unchanged"]) == (0, 9 + len(names))
    assert filled.tables() == before

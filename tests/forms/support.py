"""What the tests of forms share: workbooks looked at and filled in with openpyxl, as somebody at a unit would."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl

HEAD = 5
FIRST = 6


def sheet_of(path: Path) -> Any:
    """Return the first sheet of a workbook."""
    return openpyxl.load_workbook(path).worksheets[0]


def rows_of(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a form that hold something, by the headings without their asterisks."""
    sheet = sheet_of(path)
    heads = [str(cell.value).strip("＊") for cell in sheet[HEAD]]
    found = [dict(zip(heads, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=FIRST)]
    return [row for row in found if any(value is not None for value in row.values())]


def filled_in(path: Path, values: Mapping[tuple[int, str], object]) -> Path:
    """Fill in cells, (row of data from 0, heading) → value, and save the form."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = [str(cell.value).strip("＊") for cell in sheet[HEAD]]
    for (row, heading), value in values.items():
        sheet.cell(FIRST + row, heads.index(heading) + 1).value = value
    book.save(path)
    return path


def formulas(path: Path) -> list[str]:
    """Return the cells with formulas and the links to elsewhere in a workbook."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name).decode() for name in book.namelist() if name.endswith((".xml", ".rels"))}
    sheets = [text for name, text in parts.items() if name.startswith("xl/worksheets/sheet")]
    found = [piece for text in sheets for piece in text.split("<f>")[1:]]
    return found + [name for name, text in parts.items() if 'TargetMode="External"' in text]

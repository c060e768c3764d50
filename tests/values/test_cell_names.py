"""The letters of columns, there and back, as a writer of workbooks and people count them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter.utility import xl_rowcol_to_cell

from advedu.values.cell_names import cell_name, column_letters, column_number


@pytest.mark.parametrize(("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_columns_have_letters(number: int, letters: str) -> None:
    assert column_letters(number) == letters
    assert column_number(letters.encode()) == number


@given(st.integers(0, 1 << 20), st.integers(0, 1 << 14))
def test_cells_are_named_as_in_a_workbook(row: int, column: int) -> None:
    assert cell_name(row, column) == xl_rowcol_to_cell(row, column)
    assert column_number(column_letters(column + 1).encode()) == column + 1

"""The names of a sheet's columns and cells: A, Z, AA; C7."""


def column_letters(number: int) -> str:
    """Return the letters of a column, counted from 1 as in `column_number`."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: bytes) -> int:
    """Return the number of a column, from 1; its letters are capitals, as bytes of a sheet's XML."""
    number = 0
    for char in letters:
        number = number * 26 + char - 64
    return number


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell, such as C7; row and column count from 0."""
    return f"{column_letters(column + 1)}{row + 1}"

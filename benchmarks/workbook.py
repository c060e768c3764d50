"""members.csv → members.xlsx, days as real spreadsheet dates; run by `prepare.py` inside the virtual environment."""

import csv
import sys
from datetime import date
from pathlib import Path

from openpyxl import Workbook

_DAY = len("1980-01-31")

source, target = map(Path, sys.argv[1:])
book = Workbook(write_only=True)
sheet = book.create_sheet("党员名册")
with source.open(encoding="utf-8", newline="") as file:
    header, *rows = csv.reader(file)
days = [place for place, name in enumerate(header) if name in ("born_on", "joined_on")]
sheet.append(header)
for row in rows:
    cells: list[str | date | None] = [cell or None for cell in row]
    for place in days:
        # A month alone stays text, as in the rosters that arrive.
        if len(row[place]) == _DAY:
            cells[place] = date.fromisoformat(row[place])
    sheet.append(cells)
book.save(target)

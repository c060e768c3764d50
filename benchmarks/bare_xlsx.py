"""What an export to a workbook cannot do without: a query, and XlsxWriter writing its rows cell by cell."""

import sqlite3
import sys

import xlsxwriter

db, query, target = sys.argv[1:]
connection = sqlite3.connect(db)
found = connection.execute(query)
book = xlsxwriter.Workbook(target, {"in_memory": True})
sheet = book.add_worksheet()
text = book.add_format({"num_format": "@", "border": 1})
for place, column in enumerate(found.description):
    sheet.write_string(0, place, column[0], text)
for number, row in enumerate(found, start=1):
    for place, value in enumerate(row):
        if isinstance(value, str):
            sheet.write_string(number, place, value, text)
        elif value is not None:
            sheet.write_number(number, place, value)
book.close()

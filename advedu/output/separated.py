"""CSV and TSV: the identifiers as heading, so that what goes out comes in again through `import`."""

from __future__ import annotations

import csv
from typing import Any, TextIO

from advedu.output.report import Report, Several, ValueWithFacts
from advedu.values.text import neutralise

# A spreadsheet takes a cell that begins like this for a formula. One more apostrophe than there was comes before it,
# and `importing.sources` takes one away again.
_FORMULA = tuple("=+-@\t\r＝＋－＠")


def write(report: Report, stream: TextIO, separator: str, *, stamped: bool = False) -> None:
    """Write the columns and rows of a report; a file that is sent on is stamped in its last line."""
    writer = csv.writer(stream, delimiter=separator, lineterminator="\r\n" if separator == "," else "\n")
    writer.writerow([column.key for column in report.columns])
    writer.writerows([[cell(value) for value in row] for row in report.rows])
    if stamped and report.stamp is not None:
        writer.writerow([f"# advedu operation={report.stamp[0]} hash={report.stamp[1]}"])


def cell(value: Any) -> Any:
    """Return what stands in a cell: nothing for None, 1 and 0 for ticks, harmless text for text."""
    if isinstance(value, (ValueWithFacts, Several)):
        value = str(value)
    if isinstance(value, str):
        text = value if value.isprintable() else neutralise(value)
        return f"'{text}" if text.lstrip("'").startswith(_FORMULA) else text
    if value is None:
        return ""
    return int(value) if isinstance(value, bool) else value

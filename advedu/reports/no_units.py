"""The answer about a file that holds no unit yet: nothing, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from advedu.errors import FileEmpty
from advedu.output.report import Column, Report
from advedu.values.wording import error_lines


def no_units(columns: Sequence[Column] = (), **facts: Any) -> Report:
    """Return a report without rows; `facts` are those of `Report` that hold all the same, such as its head."""
    return Report(columns, warnings=[" — ".join(error_lines(FileEmpty()))], **facts)

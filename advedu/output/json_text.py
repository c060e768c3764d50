"""JSON, with a format version: for scripts, the same in both languages."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any, TextIO

from advedu.output.report import FORMAT_VERSION, Report

# What is neither plain Latin nor Chinese is looked at more closely.
_STRANGE = re.compile("[^\n\x20-\x7e\u3000-\u3029\u4e00-\u9fff\uff01-\uff5e]")


def write(report: Report, stream: TextIO) -> None:
    """Write a report as one JSON object and a line end."""
    document: dict[str, Any] = {"format_version": FORMAT_VERSION}
    if report.document is not None:
        document.update(report.document)
    else:
        document.update(report.head)
        document.update(rows=report.records())
        document.update(report.tail)
    if report.stamp is not None:
        document["history"] = {"operation": report.stamp[0], "hash": report.stamp[1]}
    text = json.dumps(document, ensure_ascii=False, indent=1)
    stream.write(_STRANGE.sub(_escaped, text))
    stream.write("\n")


def _escaped(match: re.Match[str]) -> str:
    """Escape what could steer a terminal or hide in an editor; JSON reads it back as it was."""
    char = match[0]
    return char if char.isprintable() or unicodedata.category(char) == "Zs" else json.dumps(char)[1:-1]

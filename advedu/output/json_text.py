"""JSON, with a format version: for scripts, the same in both languages."""

from __future__ import annotations

import json
import re
from typing import Any, TextIO

from advedu.report import FORMAT_VERSION, Report

# Everything that could steer a terminal or hide in an editor is escaped; JSON reads it back as it was.
_UNSEEN = re.compile(
    "[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb]|[^\x00-\uffff]"
)


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
    stream.write(_UNSEEN.sub(_escape, text))
    stream.write("\n")


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    return char if ord(char) > 0xFFFF and char.isprintable() else json.dumps(char)[1:-1]  # noqa: PLR2004

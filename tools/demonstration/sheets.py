"""The district → the archive that the program ships: csv files as units send them, and the steps in their order."""

from __future__ import annotations

import csv
import io
import json
from functools import cache
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from advedu.demo.archive import STEPS
from advedu.importing.kinds import KINDS
from advedu.nouns import registers
from advedu.rules import definition
from tools.demonstration.deliveries import Delivery

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tools.demonstration.deliveries import DemoDistrict, Event

# The oldest moment that a zip archive knows: the same district always makes the same bytes.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"  # Excel takes a csv file for UTF-8 by it
_TICKS = {"1": "是", "0": "否"}


def members(district: DemoDistrict) -> dict[str, bytes]:
    """Return what the archive holds: name → content, in its order."""
    found: dict[str, bytes] = {}
    lines = []
    for step in district.steps():
        if isinstance(step, Delivery):
            found[step.file] = _sheet(step)
        lines.append(json.dumps(_told(step), ensure_ascii=False))
    return {STEPS: "\n".join(lines).encode(), **found}


def packed(found: Mapping[str, bytes]) -> bytes:
    """Return the archive as bytes."""
    whole = io.BytesIO()
    with ZipFile(whole, "w") as file:
        for name, content in found.items():
            file.writestr(ZipInfo(name, _MOMENT), content, ZIP_DEFLATED, 9)
    return whole.getvalue()


def _told(step: Delivery | Event) -> tuple[str, str, dict[str, str]]:
    if isinstance(step, Delivery):
        return step.day, "import", {"kind": step.kind, "file": step.file}
    return step.day, step.verb, dict(step.arguments)


def _sheet(delivery: Delivery) -> bytes:
    """Write a delivery with the headings and words that people use, for Excel."""
    titles = {column.name: column.headings[0] for column in KINDS[delivery.kind].columns}
    words = [_words(delivery.kind, column) for column in delivery.columns]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(titles[column] for column in delivery.columns)
    for row in delivery.rows:
        writer.writerow(known.get(cell, cell) for known, cell in zip(words, row, strict=True))
    return (_BOM + text.getvalue()).encode()


@cache
def _words(kind: str, column: str) -> Mapping[str, str]:
    """Return identifier → word for a column that takes one of a fixed list; nothing for any other."""
    # What is no field of the register says where the record that it belongs to is found.
    field = next((field for field in registers.of_file(kind).fields if field.name == column), None)
    if field is None:
        return {}
    words = {code: word.headings[0] for code, word in field.words.items()}
    return _TICKS if field.name == "leader" else words or _listed().get(field.kind, {})


@cache
def _listed() -> Mapping[str, Mapping[str, str]]:
    """Return kind of value → identifier → word for the lists of the campaign."""
    campaign = definition.load("advanced-nature-2005")
    return {
        "sector": {each.code: each.name for each in campaign.sectors},
        "category": {each.code: each.name for each in campaign.categories},
        "batch": {each.code: each.name for each in campaign.batches},
    }

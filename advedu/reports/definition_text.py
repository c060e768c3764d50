"""The definition as TOML text: as it was applied, or written anew from the tables when those say something else."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from typing import Any

from advedu.errors import CampaignInvalid
from advedu.i18n import _
from advedu.output.report import Report
from advedu.rules import definition
from advedu.rules.definition import FORMAT_VERSION, Definition
from advedu.storage import campaign, definitions

# The lists of a definition, in the order of the file that ships.
_LISTS = ("batches", "phases", "milestones", "tasks", "items", "rules", "sectors", "categories", "ranks")
# What the file calls a field otherwise.
_KEYS = {"kinds": "applies_to"}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def export(connection: sqlite3.Connection) -> Report:
    """Return the definition in the file as TOML."""
    head = campaign.head(connection)
    text = campaign.definition_text(connection)
    as_applied = _holds(connection, text)
    if not as_applied:
        text = written(definitions.stored(connection))
    return Report(
        document={
            "code": head.code,
            "name": head.name,
            "version": head.version,
            "as_applied": as_applied,
            "definition": text,
        },
        text=text,
        warnings=[]
        if as_applied
        else [_("the file no longer holds the text that was applied last: this one is written from its tables")],
    )


def _holds(connection: sqlite3.Connection, text: str) -> bool:
    """Say whether a text defines what stands in the tables."""
    try:
        wanted = definition.parse(text, "")
    except CampaignInvalid:
        return False
    return definitions.Plan(connection, wanted).same_entries


def written(wanted: Definition) -> str:
    """Return a definition as TOML; reading it gives the definition again."""
    return "".join(f"{line}\n" for line in _lines(wanted))


def _lines(wanted: Definition) -> Iterator[str]:
    yield f"format_version = {FORMAT_VERSION}"
    # Fields that a later program adds are written like the others.
    for field, value in wanted._asdict().items():
        if field not in _LISTS and field != "text":
            yield f"{field} = {_value(value)}"
    for list_ in _LISTS:
        for entry in getattr(wanted, list_):
            yield ""
            yield f"[[{list_}]]"
            for field, value in entry._asdict().items():
                # A rank's code is its name; what is empty is left out, as people leave it out.
                if value not in (None, "", ()) and not (list_ == "ranks" and field == "code"):
                    yield f"{_KEYS.get(field, field)} = {_value(value, day=field.endswith('_on'))}"


def _value(value: Any, *, day: bool = False) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple):
        return f"[{', '.join(_value(each) for each in value)}]"
    if day and _DAY.fullmatch(value):
        return str(value)
    # A basic string of TOML is one of JSON, but for DEL, which TOML wants escaped.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")

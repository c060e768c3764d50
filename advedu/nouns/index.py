"""Every noun that is declared: its kind of file, its table, the module that declares it; so none is loaded in vain.

A call loads the declarations that it needs alone. What stands here stands nowhere else: declarations ask this index.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Place(NamedTuple):
    """Where a noun is declared and kept.

    Attributes:
        kind: what imports call it.
        table: where it is kept.
        module: the file of this folder that declares it.
        via: the field that leads to the unit when the noun has none itself; it names a record of the noun that it is
            called after.
    """

    kind: str
    table: str
    module: str
    via: str = ""


# What has rules and commands of its own.
OWN: Mapping[str, Place] = {
    "unit": Place("units", "unit", "units"),
    "member": Place("members", "member", "members"),
    "milestone": Place("milestones", "milestone_done", "marks"),
    "task": Place("tasks", "task_done", "marks"),
    "nine": Place("nine-ones", "item_done", "marks"),
}
# What is a list and no more: commands, imports, forms, lists, receipts and history are made from the declaration.
REGISTERS: Mapping[str, Place] = {
    "post": Place("posts", "post", "posts"),
    "body": Place("bodies", "body_member", "posts"),
    "absence": Place("absences", "chief_absence", "posts"),
    "session": Place("sessions", "study_session", "study"),
    "missed": Place("missed-sessions", "study_absence", "study", "session"),
    "own-milestone": Place("own-milestones", "own_milestone", "study"),
    "opinion": Place("opinions", "opinion", "rectification"),
    "rectification": Place("rectifications", "rectification", "rectification"),
    "regulation": Place("regulations", "regulation", "rectification"),
    "survey": Place("surveys", "survey", "surveys"),
    "remedial": Place("remedials", "remedial", "surveys"),
    "team": Place("teams", "team", "supervision"),
    "cadre": Place("cadres", "cadre", "supervision"),
    "coverage": Place("coverage", "coverage", "supervision"),
    "visit": Place("visits", "visit", "supervision"),
    "suggestion": Place("suggestions", "suggestion", "supervision", "visit"),
    "contact-point": Place("contact-points", "contact_point", "contacts"),
    "contact-visit": Place("contact-visits", "contact_visit", "contacts", "contact_point"),
    "call": Place("calls", "call", "contacts"),
    "bulletin": Place("bulletins", "bulletin", "bulletins"),
    "model": Place("models", "model", "bulletins"),
    "publicity": Place("publicity", "publicity", "bulletins"),
    "commendation": Place("commendations", "commendation", "commendations"),
    "training": Place("trainings", "training", "commendations"),
}
NOUNS: Mapping[str, Place] = {**OWN, **REGISTERS}
# Kind of file → noun, in the order in which imports list them.
FILES: Mapping[str, str] = {place.kind: noun for noun, place in NOUNS.items()}
# Table → noun.
TABLES: Mapping[str, str] = {place.table: noun for noun, place in NOUNS.items()}
REGISTER_TABLES = {place.table: noun for noun, place in REGISTERS.items()}
# Table → the column that leads to the record whose unit is its unit, and that record's table.
VIA: Mapping[str, tuple[str, str]] = {
    place.table: (place.via, REGISTERS[place.via.replace("_", "-")].table) for place in REGISTERS.values() if place.via
}

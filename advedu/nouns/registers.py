"""The registers: every list that clerks keep beside units, members and milestones, each declared once.

To add one: declare it in a file of this folder, write its table in `schema.sql`, and name it in `MODULES`. Commands,
imports, lists, receipts and the history follow; a test tells what is missing.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module

from advedu.nouns.declaration import Register

# Noun → the module that declares it; a command imports its own alone.
MODULES = {
    "post": "posts",
    "body": "posts",
    "absence": "posts",
    "session": "study",
    "missed": "study",
    "own-milestone": "study",
    "opinion": "rectification",
    "rectification": "rectification",
    "regulation": "rectification",
    "survey": "surveys",
    "remedial": "surveys",
    "team": "supervision",
    "cadre": "supervision",
    "coverage": "supervision",
    "visit": "supervision",
    "suggestion": "supervision",
    "contact-point": "contacts",
    "contact-visit": "contacts",
    "call": "contacts",
    "bulletin": "bulletins",
    "model": "bulletins",
    "publicity": "bulletins",
    "commendation": "commendations",
    "training": "commendations",
}
# Kind of file → noun: an import loads the declaration of its kind alone; a test compares.
FILES = {
    "posts": "post",
    "bodies": "body",
    "absences": "absence",
    "sessions": "session",
    "missed-sessions": "missed",
    "own-milestones": "own-milestone",
    "opinions": "opinion",
    "rectifications": "rectification",
    "regulations": "regulation",
    "surveys": "survey",
    "remedials": "remedial",
    "teams": "team",
    "cadres": "cadre",
    "coverage": "coverage",
    "visits": "visit",
    "suggestions": "suggestion",
    "contact-points": "contact-point",
    "contact-visits": "contact-visit",
    "calls": "call",
    "bulletins": "bulletin",
    "models": "model",
    "publicity": "publicity",
    "commendations": "commendation",
    "trainings": "training",
}


# Table → noun: the history knows tables and is not to load every declaration for one of them; a test compares.
TABLES = {
    "post": "post",
    "body_member": "body",
    "chief_absence": "absence",
    "study_session": "session",
    "study_absence": "missed",
    "own_milestone": "own-milestone",
    "opinion": "opinion",
    "rectification": "rectification",
    "regulation": "regulation",
    "survey": "survey",
    "remedial": "remedial",
    "team": "team",
    "cadre": "cadre",
    "coverage": "coverage",
    "visit": "visit",
    "suggestion": "suggestion",
    "contact_point": "contact-point",
    "contact_visit": "contact-visit",
    "call": "call",
    "bulletin": "bulletin",
    "model": "model",
    "publicity": "publicity",
    "commendation": "commendation",
    "training": "training",
}


# Table → the column that leads to the record whose unit is its unit, and that record's table; a test compares.
VIA = {
    "study_absence": ("session", "study_session"),
    "suggestion": ("visit", "visit"),
    "contact_visit": ("contact_point", "contact_point"),
}


@cache
def named(noun: str) -> Register:
    """Return the register of a noun."""
    registers: tuple[Register, ...] = import_module(f"advedu.nouns.{MODULES[noun]}").REGISTERS
    return next(register for register in registers if register.noun == noun)


def everyone() -> list[Register]:
    """Return all registers."""
    return [named(noun) for noun in MODULES]

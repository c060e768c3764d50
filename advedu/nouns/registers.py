"""The declarations by noun and by table: every list that clerks keep, declared once.

To add one: declare it in a file of this folder, write its table in `schema.sql`, and name it in `index.REGISTERS`.
Commands, imports, lists, receipts and the history follow; a test tells what is missing.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module

from advedu.nouns import index
from advedu.nouns.declaration import Register


@cache
def named(noun: str) -> Register:
    """Return the declaration of a noun."""
    declared: tuple[Register, ...] = import_module(f"advedu.nouns.{index.NOUNS[noun].module}").REGISTERS
    return next(register for register in declared if register.noun == noun)


def of_table(table: str) -> Register | None:
    """Return the declaration that a table belongs to; None for a table of another kind."""
    return named(index.TABLES[table]) if table in index.TABLES else None


def of_file(kind: str) -> Register:
    """Return the declaration of a kind of file."""
    return named(index.FILES[kind])


def everyone() -> list[Register]:
    """Return all registers; not what has rules and commands of its own."""
    return [named(noun) for noun in index.REGISTERS]

"""Measure the speed of advedu on this machine: `python benchmarks/run.py [NAME…] [--wheel FILE]` (see README.md)."""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import sys
from importlib import import_module
from pathlib import Path

import prepare
import sqlite_shell
from measure import Figure

# Module and name of each group; those of the second line run only when named.
USUAL = ("status_table", "lists", "check", "terminal", "export", "import_members", "trust", "scale", "demo")
ON_REQUEST = ("import_large",)


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the speed of advedu on this machine.")
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"{', '.join(USUAL)} (the default), {', '.join(ON_REQUEST)}"
    )
    parser.add_argument("--wheel", type=Path, help="measure this wheel instead of one built from the checkout")
    given = parser.parse_args()
    if unknown := set(given.names) - {*USUAL, *ON_REQUEST}:
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    prepare.program(given.wheel)
    print(_machine())
    met = True
    for name in given.names or USUAL:
        print(f"… {name}", file=sys.stderr, flush=True)
        found = import_module(name).figures()
        _show(name, found)
        met = met and all(figure.met is not False for figure in found)
    return 0 if met else 1


def _machine() -> str:
    return (
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version} (shell: {sqlite_shell.version()}),"
        f" {platform.system()} {platform.machine()}, {os.cpu_count()} cores\n"
    )


def _show(name: str, found: list[Figure]) -> None:
    words = {True: "met", False: "NOT MET", None: ""}
    rows = [(name, "figure", "demand", ""), *((each.what, each.figure, each.demand, words[each.met]) for each in found)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    print(flush=True)


if __name__ == "__main__":
    sys.exit(main())

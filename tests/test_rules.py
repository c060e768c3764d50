"""docs/rules.md and its sister: every demand of the speech is answered by a command, a finding and a test that exist."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from advedu.commands import root
from advedu.rules.findings import CATALOGUE
from tests.support import ROOT

PAGE, ENGLISH = ROOT / "docs" / "rules.md", ROOT / "docs" / "rules.en.md"
NOTHING = "—"


class Row(NamedTuple):
    """One line of the table."""

    demand: str
    rule: str
    commands: list[str]
    codes: list[str]
    tests: list[str]


def quoted(cell: str) -> list[str]:
    """What stands in backquotes; a dash says that there is nothing."""
    found = re.findall(r"`([^`]+)`", cell)
    assert found or cell == NOTHING, cell
    return found


def rows(page: Path = PAGE) -> list[Row]:
    lines = [line for line in page.read_text("utf-8").splitlines() if re.match(r"\| D\d+ \|", line)]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [
        Row(demand, rule, quoted(commands), quoted(codes), quoted(tests))
        for demand, rule, commands, codes, tests in cells
    ]


ROWS = rows()
EACH = pytest.mark.parametrize("row", ROWS, ids=[row.demand for row in ROWS])


@cache
def defined_in(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_demand_has_its_row() -> None:
    assert [row.demand for row in ROWS] == [f"D{number}" for number in range(1, 45)]


def test_the_english_page_differs_in_the_words_of_the_rule_alone() -> None:
    english = rows(ENGLISH)
    assert all(row.rule.isascii() for row in english)
    assert [row._replace(rule="") for row in english] == [row._replace(rule="") for row in ROWS]


@EACH
def test_a_row_is_whole(row: Row) -> None:
    assert row.rule
    assert row.commands
    assert row.tests


@EACH
def test_its_commands_exist(row: Row) -> None:
    for words in row.commands:
        noun, *verb = words.split()
        assert noun in root.NOUNS, words
        verbs = root.named(noun).verbs
        assert (verb or [""])[0] in verbs or (not verb and len(verbs) > 0), words


@EACH
def test_its_findings_exist_and_watch_over_it(row: Row) -> None:
    for code in row.codes:
        assert code in CATALOGUE, code


@EACH
def test_its_tests_exist(row: Row) -> None:
    for named in row.tests:
        path, name = named.split("::")
        assert name in defined_in(path), named


def test_every_finding_answers_a_demand_of_the_table() -> None:
    told = {(code, row.demand) for row in ROWS for code in row.codes}
    missing = {code for code in CATALOGUE if code not in {code for code, _ in told}}
    assert missing <= {"members_without_start"}, missing
    for code, finding in CATALOGUE.items():
        assert code in missing or any((code, demand) in told for demand in finding.demands), code

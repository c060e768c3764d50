"""The catalogue of findings: whole, in both languages, and with a source for every entry."""

from __future__ import annotations

import re
import string

import pytest

from advedu import i18n
from advedu.commands import root
from advedu.reports.computed import COMPUTED, SOURCES
from advedu.rules.findings import CATALOGUE, LEVELS, Finding
from advedu.rules.findings.demands import WORDS
from tests.finding_cases import CASES
from tests.support import ROOT

QUERIES = {path.stem for path in (ROOT / "advedu" / "storage" / "queries" / "findings").glob("*.sql")}
EACH = pytest.mark.parametrize("finding", CATALOGUE.values(), ids=list(CATALOGUE))


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_code_has_one_source() -> None:
    assert set(CATALOGUE) == QUERIES | COMPUTED
    assert QUERIES.isdisjoint(COMPUTED)
    given = [code for codes, _ in SOURCES for code in codes]
    assert len(given) == len(set(given))


def test_every_code_has_a_story() -> None:
    assert {case.code for case in CASES} == set(CATALOGUE)
    assert len(CASES) == len({case.code for case in CASES})


def test_the_gravest_come_first() -> None:
    assert list(CATALOGUE.values()) == sorted(
        CATALOGUE.values(), key=lambda each: (list(LEVELS).index(each.level), each.code)
    )


@EACH
def test_an_entry_is_whole(finding: Finding) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z]+)+", finding.code)
    assert finding.level in LEVELS
    assert finding.demands
    assert set(finding.demands) <= set(WORDS)
    assert finding.rule.endswith(".")
    assert not finding.message.endswith(".")
    assert finding.words.keys() <= fields(finding.message)


@EACH
def test_an_entry_speaks_both_languages(finding: Finding) -> None:
    texts = [
        finding.rule,
        finding.message,
        finding.action,
        *(word for words in finding.words.values() for word in words.values()),
    ]
    try:
        i18n.use("zh")
        assert [text for text in texts if i18n._(text) == text] == []
    finally:
        i18n.use("en")


def test_demands_are_those_of_the_speech() -> None:
    assert set(WORDS) <= {f"D{number}" for number in range(1, 45)}
    assert set(WORDS) == {demand for finding in CATALOGUE.values() for demand in finding.demands}


@EACH
def test_its_command_is_one_of_the_program(finding: Finding) -> None:
    """Noun, verb and options exist."""
    if not finding.command:
        return
    _, noun, *rest = finding.command.split()
    command = root.program().get_command(None, noun)
    assert command is not None
    if hasattr(command, "commands"):
        command = command.get_command(None, rest.pop(0))
        assert command is not None
    known = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in rest if word.startswith("--")} <= known

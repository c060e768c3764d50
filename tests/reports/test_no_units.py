"""A file without units: every report about a unit and all below it says so in the same words, and is no error."""

from __future__ import annotations

import pytest

from tests.support import Cli

REPORTS = (
    *("status", "status --by batch", "status --by team", "check", "check --summary", "overdue", "today", "trend"),
    *("matrix", "chase list", "nine status", "unit list", "unit tree", "member list", "ledger show", "phase list"),
    "team gaps",
)


@pytest.mark.parametrize("words", REPORTS)
@pytest.mark.parametrize("format_", ["table", "json", "csv"])
def test_a_file_without_units_is_said_to_be_one(cli: Cli, words: str, format_: str) -> None:
    answer = cli(*words.split(), "--format", format_)
    assert answer.code == 0
    assert answer.err == (
        "there are no units in this file yet —"
        " import them with `advedu import units FILE`, or add the root with `advedu unit add`\n"
    )

"""docs/trust.md and its sister name tests that exist, and every finding that there is."""

from __future__ import annotations

import re

import pytest

from advedu.reports.verification import MEANINGS
from tests.support import ROOT

PAGES = [(ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("trust.md", "trust.en.md")]
EACH = pytest.mark.parametrize("page", PAGES, ids=["zh", "en"])


@EACH
def test_every_test_named_exists(page: str) -> None:
    named = re.findall(r"`(tests/\S+\.py)`: ((?:`test_\w+`(?:, )?)+)", page)
    assert len(named) >= 12
    for file, names in named:
        source = (ROOT / file).read_text(encoding="utf-8")
        for name in re.findall(r"`(\w+)`", names):
            assert f"def {name}(" in source, (file, name)


@EACH
def test_every_finding_is_explained(page: str) -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) == set(MEANINGS)


@EACH
def test_every_file_of_this_folder_is_named(page: str) -> None:
    for path in (ROOT / "tests" / "torture").glob("test_*.py"):
        if path.name != "test_trust_page.py":
            assert f"tests/torture/{path.name}" in page

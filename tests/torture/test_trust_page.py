"""docs/trust.md names tests that exist, and every finding that there is."""

from __future__ import annotations

import re

from advedu.reports.verify import MEANINGS
from tests.support import ROOT

PAGE = (ROOT / "docs" / "trust.md").read_text(encoding="utf-8")


def test_every_test_named_exists() -> None:
    named = re.findall(r"`(tests/\S+\.py)`: ((?:`test_\w+`(?:, )?)+)", PAGE)
    assert len(named) >= 12
    for file, names in named:
        source = (ROOT / file).read_text(encoding="utf-8")
        for name in re.findall(r"`(\w+)`", names):
            assert f"def {name}(" in source, (file, name)


def test_every_finding_is_explained() -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)) == set(MEANINGS)


def test_every_file_of_this_folder_is_named() -> None:
    for path in (ROOT / "tests" / "torture").glob("test_*.py"):
        if path.name != "test_trust_page.py":
            assert f"tests/torture/{path.name}" in PAGE

"""The campaign's definition on a screen and in JSON."""

from __future__ import annotations

import json
import tomllib

from tests.support import ROOT, Cli

DEFINITION = tomllib.loads((ROOT / "advedu" / "campaigns" / "advanced-nature-2005.toml").read_text("utf-8"))


def test_goals_and_principles_are_shown(bare: Cli) -> None:
    bare.ok("init")
    shown = bare.ok("campaign", "show")
    document = json.loads(bare.ok("campaign", "show", "--format", "json"))
    assert document["goals"] == DEFINITION["goals"]
    assert document["principles"] == DEFINITION["principles"]
    for text in (*DEFINITION["goals"], *DEFINITION["principles"]):
        assert text in shown


def test_what_a_sector_is_to_study_and_to_solve_is_shown_with_its_units(filled: Cli) -> None:
    sector = next(each for each in DEFINITION["sectors"] if each["code"] == "street")
    filled.ok("unit", "edit", "330304-A", "--sector", "street")
    page = filled.ok("unit", "show", "330304-A").replace("\n", "")
    assert sector["study"][:6] in page
    assert sector["problems"][:6] in page

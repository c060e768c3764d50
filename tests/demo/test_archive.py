"""The archive of the demonstration as the program reads it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from advedu.demo import DAYS
from advedu.demo.archive import Archive, Step


def test_the_package_alone_loads_nothing() -> None:
    code = "import sys, advedu.demo; print([name for name in sys.modules if name.startswith('advedu.demo.')])"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_steps_end_with_the_day_that_was_asked_for() -> None:
    archive = Archive()
    whole = list(archive.steps(DAYS[-1]))
    assert [step.day for step in whole] == sorted(step.day for step in whole)
    assert list(archive.steps("2004-12-22")) == [step for step in whole if step.day <= "2004-12-22"]
    assert list(archive.steps("2004-12-19")) == []
    imports = [step for step in whole if step.verb == "import"]
    files = [step.given["file"] for step in imports]
    assert len(set(files)) == len(files) > 190
    assert all(step.given["file"] == f"{step.day}/{step.source}" for step in imports)
    assert archive.sheet(files[0]).decode("utf-8-sig").startswith("编码,名称,")


@pytest.mark.parametrize(
    ("step", "typed", "noted"),
    [
        (
            Step("2005-01-07", "import", {"kind": "units", "file": "2005-01-07/名册.csv"}),
            ["import", "units", "2005-01-07/名册.csv"],
            "import units 名册.csv",
        ),
        (
            Step("2005-03-11", "phase override", {"units": "A1 A2 A3", "phase": "study", "reason": "补学 已 落实"}),
            ["phase", "close", "A1", "A2", "A3", "study", "--override", "--reason", "补学 已 落实"],
            "phase close A1 … (3) study --override --reason 补学 已 落实",
        ),
        (
            Step("2005-03-21", "ledger set", {"units": "782", "members": "14972"}),
            ["ledger", "set", "--units", "782", "--members", "14972"],
            "ledger set --units 782 --members 14972",
        ),
    ],
)
def test_a_step_in_words(step: Step, typed: list[str], noted: str) -> None:
    assert step.words == typed
    assert step.noted == noted

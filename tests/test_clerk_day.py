"""The recorded day: the page is of the steps that are planned, its commands go well, and the recorder waits for them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tools import clerk_day
from tools.clerk_day import PAGE, Step, heading, page, planned, pressed, shortened, shown_keys
from tools.terminal import TMUX, terminal

HEADINGS = [heading(number, step) for number, step in enumerate(planned().steps, start=1)]


def test_the_page_has_the_steps_that_are_planned_in_their_order() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert len(HEADINGS) == text.count("\n## ") >= 25
    places = [text.index(f"{each} · ") for each in HEADINGS]
    assert places == sorted(places), "run make day"


def test_nothing_went_wrong_in_the_recorded_day_but_what_was_meant_to() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert "Traceback" not in text
    assert [line for line in text.splitlines() if line.startswith("advedu: ")] == []
    # The one sheet with a wrong ID number is refused.
    assert text.count("没有写入：有1处错误") == text.count("id_checksum") == 1
    assert "已写入1项" in text


def test_how_a_page_is_made() -> None:
    step = Step("看", ("advedu status", "<Enter>"), "$")
    made = page([(step, 0.5, "甲  \n乙\n"), (step, 0.25, "丙")])
    assert "等待最久的一步0.50秒，各步合计0.8秒，敲键28次。" in made
    assert made.endswith(
        "## 2. 看\n\n`advedu status` <kbd>Enter</kbd> · 0.25 秒\n\n```text\n丙\n```\n\n" + clerk_day.NEXT
    )
    assert [clerk_day.shown_time(each) for each in (0.004, 0.01, 1.234)] == ["不到 0.01 秒", "0.01 秒", "1.23 秒"]
    assert (pressed(step), shown_keys(step)) == (14, "`advedu status` <kbd>Enter</kbd>")
    lines = [f"{number}" for number in range(clerk_day.MOST + 1)]
    cut = shortened("\n".join(lines)).splitlines()
    assert (len(cut), cut[0], cut[clerk_day.MOST // 2], cut[-1]) == (clerk_day.MOST + 1, "0", "…", lines[-1])
    assert shortened("\n".join(lines[:-1])).splitlines() == lines[:-1]


@pytest.mark.skipif(TMUX is None, reason="tmux is not installed")
def test_the_recorder_waits_for_a_call_that_thinks_first(tmp_path: Path) -> None:
    with terminal(tmp_path, {**os.environ, "LC_ALL": "C.UTF-8"}, 80, 24) as shell:
        shell.type("PS1='$ '")
        shell.press("Enter")
        shell.settled(until="$")
        shell.type("sleep 1; echo done")
        shell.press("Enter")
        took = shell.settled(until="$")
        assert "done" in shell.screen().splitlines()[-2]
        assert took >= 1

"""The keyboard screen: pick, tick, change the day, take back, write once, leave with a warning."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from advedu import errors
from advedu.commands import tick
from advedu.commands.session import Session
from advedu.i18n import use
from advedu.storage import writers
from tests import fulfilling
from tests.support import TODAY, Cli

pytest.importorskip("textual")

from textual.pilot import Pilot
from textual.widgets import Static

A, A1 = "330304-A", "330304-A1"
Steps = Callable[[Any, "Pilot[None]"], Awaitable[None]]


def run(
    cli: Cli, steps: Steps, whom: str | None = None, *, kind: str = "milestone", day: str = TODAY, lang: str = "en"
) -> Any:
    """Open the screen at 80 × 24 and drive it; return the app."""
    use(lang)
    session = Session(Path(cli.db), "clerk", ["tick"])
    app = tick.screen(session, whom, kind, day)

    async def drive() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            await steps(app, pilot)

    try:
        asyncio.run(drive())
    finally:
        session.close()
        use("en")
    return app


def said(app: Any, id_: str) -> str:
    return str(app.query_one(f"#{id_}", Static).render())


def done(cli: Cli) -> dict[tuple[str, str], str]:
    sql = (
        "SELECT u.code, m.code, d.done_on FROM milestone_done d JOIN unit u ON u.id = d.unit_id"
        " JOIN milestone m ON m.id = d.milestone_id"
    )
    return {(unit, milestone): day for unit, milestone, day in cli.query(sql)}


def operations(cli: Cli) -> int:
    ((count,),) = cli.query("SELECT count(*) FROM operation")
    return int(count)


def test_initials_pick_a_unit_and_space_and_enter_write(filled: Cli) -> None:
    before = operations(filled)

    async def steps(app: Any, pilot: Pilot[None]) -> None:
        await pilot.press(*"qjyj", "enter")
        assert app.choice.code == A1
        await pilot.press("space", "down", "right", "right", "space")
        assert "2 to write" in said(app, "title")
        assert "M103" in said(app, "what")
        assert f"done on {TODAY}" in said(app, "plan")
        await pilot.press("enter")
        assert "written: 2 cells, as operation" in said(app, "plan")
        await pilot.press("q")

    app = run(filled, steps)
    assert done(filled) == {(A1, "M101"): TODAY, (f"{A1}-1", "M103"): TODAY}
    assert operations(filled) == before + 1 == app.written[0]
    filled.ok("undo")
    assert done(filled) == {}
    filled.ok("verify")


def test_a_day_stays_until_it_is_changed(filled: Cli) -> None:
    async def steps(app: Any, pilot: Pilot[None]) -> None:
        await pilot.press("space", "d", "ctrl+u", *"2005.2.30", "enter")
        assert "2005.2.30" in said(app, "plan")
        await pilot.press("ctrl+u", *"2005.4.1", "enter")
        assert "future" in said(app, "plan")
        await pilot.press("ctrl+u", *"2005.1.9", "enter", "right", "space", "down", "right", "space", "f2")

    run(filled, steps, A1)
    assert done(filled) == {(A1, "M101"): TODAY, (A1, "M102"): "2005-01-09", (f"{A1}-1", "M103"): "2005-01-09"}


def test_what_is_stored_can_be_changed_and_taken_back(filled: Cli) -> None:
    filled.ok("milestone", "mark", A1, "M101", "--on", "2005-01-09", "--head", "吴敏")
    filled.ok("milestone", "mark", A1, "M102", "--on", "2005-01-10")

    async def steps(app: Any, pilot: Pilot[None]) -> None:
        assert "space changes it" in said(app, "plan")
        await pilot.press("space")
        assert f"2005-01-09 becomes {TODAY}" in said(app, "plan")
        await pilot.press("right", "u")
        assert "2005-01-10 is taken back" in said(app, "plan")
        await pilot.press("u", "u", "enter")

    run(filled, steps, A1)
    assert done(filled) == {(A1, "M101"): TODAY}
    assert filled.query("SELECT head FROM milestone_done") == [("吴敏",)]


def test_a_second_space_takes_the_intention_away(filled: Cli) -> None:
    async def steps(app: Any, pilot: Pilot[None]) -> None:
        await pilot.press("space", "space", "enter")
        assert said(app, "plan") == "nothing to write"

    assert run(filled, steps, A1).written == []


def test_leaving_warns_once_of_what_is_not_written(filled: Cli) -> None:
    async def steps(app: Any, pilot: Pilot[None]) -> None:
        await pilot.press("space", "q")
        assert app.is_running
        assert "1 not written" in said(app, "plan")
        await pilot.press("tab")
        assert app.kind == "milestone"
        await pilot.press("down", "q")
        assert "1 not written" in said(app, "plan")
        await pilot.press("q")
        await pilot.pause()
        assert app._exit

    run(filled, steps, A1)
    assert done(filled) == {}


def test_tasks_and_items_of_the_same_unit(filled: Cli) -> None:
    async def steps(app: Any, pilot: Pilot[None]) -> None:
        await pilot.press("tab")
        assert [line.code for line in app.board.lines] == ["P000002", "P000003", "P000004", "P000005", "P000006"]
        await pilot.press("space", "enter", "tab")
        assert [line.code for line in app.board.lines] == ["P000002"]
        await pilot.press("space", "enter")

    run(filled, steps, A1)
    assert filled.query("SELECT member_id, task_id FROM task_done") == [(2, 1)]
    assert filled.query("SELECT member_id, item_id FROM item_done") == [(2, 1)]


def test_a_leader_by_initials(filled: Cli) -> None:
    filled.ok("nine", "tick", "P000001", "N1", "--on", "2005-01-09")

    async def steps(app: Any, pilot: Pilot[None]) -> None:
        await pilot.press(*"zz", "down", "enter")
        assert (app.choice.kind, app.choice.code, app.kind) == ("member", "P000001", "item")
        await pilot.press("space", "enter", "right", "space", "enter", "left", "u", "enter")

    run(filled, steps)
    assert filled.query("SELECT item_id, done_on FROM item_done ORDER BY 1, 2") == [(1, TODAY), (2, TODAY)]


def test_a_cell_that_does_not_apply_cannot_be_ticked(filled: Cli) -> None:
    async def steps(app: Any, pilot: Pilot[None]) -> None:
        await pilot.press("down", "space")
        assert app.board.pending == {}
        assert "does not apply" in said(app, "plan") + said(app, "what")

    run(filled, steps, A1)


def test_what_somebody_else_wrote_meanwhile_is_not_written_over(filled: Cli) -> None:
    async def steps(app: Any, pilot: Pilot[None]) -> None:
        await pilot.press("space", "right", "space")
        filled.ok("milestone", "mark", A1, "M101", "--on", "2005-01-09")
        use("en")
        await pilot.press("enter")
        assert "somebody else" in said(app, "plan")
        assert len(app.board.pending) == 2

    run(filled, steps, A1)
    assert done(filled) == {(A1, "M101"): "2005-01-09"}


def test_nobody_who_writes_waits_for_the_screen(filled: Cli) -> None:
    async def steps(app: Any, pilot: Pilot[None]) -> None:
        await pilot.press("space")
        assert not app.desk.session.connection.in_transaction

    run(filled, steps, A1)


def test_hostile_names_are_shown_harmless(filled: Cli) -> None:
    filled.ok("unit", "edit", A1, "--name", "[bold red]区[/]")

    async def steps(app: Any, pilot: Pilot[None]) -> None:
        assert "[bold red]区[/]" in said(app, "what")
        assert "[bold r" in str(app._grid.get_cell_at((0, 0)))

    run(filled, steps, A1)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_line_fits_eighty_columns(filled: Cli, lang: str) -> None:
    from advedu.values.text import cell_width

    async def steps(app: Any, pilot: Pilot[None]) -> None:
        assert cell_width(said(app, "keys")) <= 80
        await pilot.press("enter")
        assert cell_width(said(app, "keys")) <= 80
        assert app._grid.max_scroll_x == 0

    run(filled, steps, lang=lang)


def test_back_to_the_list_and_an_empty_file(filled: Cli, cli: Cli) -> None:
    async def steps(app: Any, pilot: Pilot[None]) -> None:
        await pilot.press("slash")
        assert app.board is None
        await pilot.press(*"xxxxxx")
        assert "nothing fits" in said(app, "what")

    run(filled, steps, A1)

    async def empty(app: Any, pilot: Pilot[None]) -> None:
        await pilot.press("a", "enter", "ctrl+q")

    run(cli, empty)


# ── the command ──


def test_without_a_terminal_it_says_what_to_use(filled: Cli) -> None:
    assert "milestone mark" in filled.refused("tick")


def test_without_textual_it_says_how_to_install_it(filled: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "advedu.commands.tick_screen.app", None)
    monkeypatch.delitem(sys.modules, "advedu.commands.tick_screen.app")
    monkeypatch.setitem(sys.modules, "textual", None)
    session = Session(Path(filled.db), "clerk", [])
    with pytest.raises(errors.ExtraMissing):
        tick.screen(session, None, "milestone", TODAY)
    session.close()


def test_only_leaders_and_units_have_a_grid(filled: Cli) -> None:
    session = Session(Path(filled.db), "clerk", [])
    with pytest.raises(errors.NotALeader):
        tick.screen(session, "P000004", "milestone", TODAY)
    with pytest.raises(errors.NoSuchMember):
        tick.screen(session, "没有", "milestone", TODAY)
    session.close()


def test_a_closed_phase_refuses_in_one_line_and_nothing_that_was_ticked_is_lost(filled: Cli) -> None:
    unit = f"{A1}-1"
    fulfilling.closed(filled, unit)
    stored = done(filled)

    async def steps(app: Any, pilot: Pilot[None]) -> None:
        await pilot.press("right", "right", "u", "right", "right", "space")
        assert [app.board.pending[0, column] for column in (2, 4)] == [None, TODAY]
        await pilot.press("enter")
        assert "M103" in said(app, "plan")
        assert len(said(app, "plan").splitlines()) == 1
        assert len(app.board.pending) == 2
        assert app.written == []
        # Without what is refused the rest is written.
        await pilot.press("left", "left", "u", "enter")
        assert "written: 1 cell" in said(app, "plan")

    run(filled, steps, unit)
    assert len(done(filled)) == len(stored) + 1


def test_a_file_that_is_locked_loses_nothing_that_was_ticked(filled: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "LOCK_SECONDS", 0)

    async def steps(app: Any, pilot: Pilot[None]) -> None:
        await pilot.press("space")
        with closing(sqlite3.connect(filled.db, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await pilot.press("enter")
            assert "another program" in said(app, "plan") or "locked" in said(app, "plan")
            assert (len(app.board.pending), app.written) == (1, [])
        await pilot.press("enter")
        assert "written: 1 cell" in said(app, "plan")

    run(filled, steps, A1)
    assert done(filled) == {(A1, "M101"): TODAY}

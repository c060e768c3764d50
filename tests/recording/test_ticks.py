"""A batch of ticks: all or nothing, and never over what somebody else wrote."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from advedu import errors
from advedu.commands.session import Session
from advedu.recording import ticks
from advedu.recording.ticks import Tick
from advedu.storage import campaign
from tests import fulfilling
from tests.support import Cli


def write(cli: Cli, *batch: tuple[str, str, str, str | None, str | None]) -> None:
    session = Session(Path(cli.db), "clerk", [])
    with closing(session), session.writing() as operation:
        known = {
            (kind, entry.code): entry
            for kind in ("milestone", "task", "item")
            for entry in campaign.entries(session.connection, kind)
        }
        wanted = [Tick(kind, owner, known[kind, entry], seen, day) for kind, owner, entry, seen, day in batch]
        ticks.write(session.connection, wanted, operation.day)


def test_all_three_kinds_in_one_operation(filled: Cli) -> None:
    ((before,),) = filled.query("SELECT count(*) FROM operation")
    write(
        filled,
        ("milestone", "330304-A", "M101", None, "2005-01-10"),
        ("task", "P000004", "T1", None, "2005-02-01"),
        ("item", "P000001", "N1", None, "2005-02-02"),
    )
    assert filled.query("SELECT count(*) FROM operation") == [(before + 1,)]
    assert filled.query("SELECT done_on FROM milestone_done UNION ALL SELECT done_on FROM task_done") == [
        ("2005-01-10",),
        ("2005-02-01",),
    ]


def test_taking_back_an_item_leaves_its_other_days(filled: Cli) -> None:
    for day in ("2005-02-02", "2005-03-03"):
        filled.ok("nine", "tick", "P000001", "N1", "--on", day)
    write(filled, ("item", "P000001", "N1", "2005-02-02", None))
    assert filled.query("SELECT done_on FROM item_done") == [("2005-03-03",)]


@pytest.mark.parametrize(
    ("tick", "error"),
    [
        (("milestone", "330304-A", "M101", "2005-01-01", "2005-01-10"), errors.ChangedMeanwhile),
        (("milestone", "330304-B2", "M101", None, "2005-01-10"), errors.NotApplicable),
        (("milestone", "330304-A", "M305", None, "2005-01-10"), errors.NotByDate),
        (("milestone", "gone", "M101", None, "2005-01-10"), errors.NoSuchUnit),
        (("task", "gone", "T1", None, "2005-01-10"), errors.NoSuchMember),
        (("item", "P000004", "N1", None, "2005-01-10"), errors.NotALeader),
    ],
)
def test_one_that_cannot_be_written_stops_them_all(
    filled: Cli, tick: tuple[str, str, str, str | None, str | None], error: type[errors.AdveduError]
) -> None:
    before = filled.everything()
    with pytest.raises(error):
        write(filled, ("milestone", "330304-A", "M102", None, "2005-01-10"), tick)
    assert filled.everything() == before


def test_what_a_closed_phase_stands_on_cannot_be_ticked_away(filled: Cli) -> None:
    unit = "330304-A1-1"
    fulfilling.closed(filled, unit)
    before = filled.everything()
    for seen, day in (("2005-01-20", None), ("2005-01-20", "2005-02-25")):
        with pytest.raises(errors.GateBroken):
            write(filled, ("milestone", "330304-A", "M102", None, "2005-01-10"), ("milestone", unit, "M103", seen, day))
    member = next(row["code"] for row in filled.rows("member", "list", unit))
    with pytest.raises(errors.GateBroken):
        write(filled, ("task", member, "T1", "2005-01-25", None))
    assert filled.everything() == before
    # Another day before the closing takes nothing away.
    write(filled, ("milestone", unit, "M103", "2005-01-20", "2005-02-01"))

"""What an operation may bear on is found however far away it is: ways past a gate that were open once."""

from __future__ import annotations

from contextlib import closing

import pytest

from advedu.nouns import index, registers
from advedu.recording.gates_touched import touched
from advedu.storage import changes, connection
from tests.fulfilling import milestones, run_through
from tests.support import Cli

A, A1, A11, A12 = "330304-A", "330304-A1", "330304-A1-1", "330304-A1-2"
B = "330304-B"


def test_the_batch_of_a_unit_above_cannot_change_under_a_closed_phase(filled: Cli) -> None:
    # A1 is of A's batch, 1; its branches are of batch 2 and so do not hold it.
    filled.ok("unit", "edit", A11, "--batch", "2")
    filled.ok("unit", "edit", A12, "--batch", "2")
    run_through(filled, [A1], ["2005-01-05", "2005-02-14"])
    # With A all of them would be of batch 2, and A1 past a gate that its branches hold.
    assert "2 units below have not closed it" in filled.refused("unit", "edit", A, "--batch", "2")
    filled.ok("unit", "edit", B, "--batch", "1")


def test_a_unit_above_cannot_move_into_another_batch_under_a_closed_phase(filled: Cli) -> None:
    filled.ok("unit", "edit", A, "--batch", "")
    filled.ok("unit", "edit", "330304", "--batch", "1")
    filled.ok("unit", "edit", A11, "--batch", "2")
    filled.ok("unit", "edit", A12, "--batch", "2")
    run_through(filled, [A1], ["2005-01-05", "2005-02-14"])
    assert "units below have not closed it" in filled.refused("unit", "move", A, B, "--on", "2005-02-01")
    # From the day after the closing on it may.
    filled.ok("unit", "move", A, B, "--on", "2005-02-15")


def test_a_grouping_above_cannot_become_a_unit_that_should_have_signed_off(cli: Cli) -> None:
    cli.imported("units", "编码,名称,上级编码,类型,批次\nR,区委,,分组,1\nG,分组,R,分组,\nA,甲党支部,G,党支部,\n")
    cli.ok("phase", "open", "A", "study", "--on", "2005-01-05")
    milestones(cli, ["A"], "study", "2005-02-14")
    cli.ok("phase", "close", "A", "study", "--on", "2005-02-14")
    assert "not signed off by G 分组" in cli.refused("unit", "edit", "G", "--kind", "党委")


def test_a_session_cannot_move_before_a_phase_that_a_guest_closed(filled: Cli) -> None:
    # Somebody of A1-1 missed a session that another unit, A1, held after A1-1 had closed its phase.
    run_through(filled, [A11], ["2005-01-05", "2005-02-14"])
    filled.ok("session", "add", A1, "--held-on", "2005-03-01", "--topic", "党章")
    filled.ok("missed", "add", "--session", "1", "--member", "P000004")
    assert "missed sessions not made good" in filled.refused("session", "edit", "1", "--held-on", "2005-02-01")
    filled.ok("session", "edit", "1", "--held-on", "2005-02-20")


SUPERVISION = ("supervision", "contacts", "bulletins", "commendations")


@pytest.mark.parametrize("noun", [noun for noun, place in index.REGISTERS.items() if place.module in SUPERVISION])
def test_what_teams_bulletins_and_honours_write_bears_on_no_gate(filled: Cli, noun: str) -> None:
    register = registers.named(noun)
    with closing(connection.connect(filled.db)) as file:
        row: dict[str, object] = {field.column: None for field in register.stored}
        change = changes.Change(1, register.table, (1,), None, {"number": 1, **row, "unit_id": 2, "member_id": 2})
        assert touched(file, [change]) == set()

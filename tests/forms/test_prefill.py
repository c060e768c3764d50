"""What a form is filled with: rows in the words that an import reads, numbers masked unless asked for."""

from __future__ import annotations

from contextlib import closing

import pytest

from advedu.forms import prefill
from advedu.forms.prefill import Ask
from advedu.importing.run import KINDS
from advedu.nouns import registers
from advedu.storage import units
from advedu.storage.connection import connect
from tests.register_samples import record
from tests.support import TODAY, Cli


def rows(cli: Cli, kind: str, unit: str, *, reveal: bool = False) -> list[prefill.Row]:
    with closing(connect(cli.db)) as connection:
        top = units.by_code(connection, unit)
        assert top is not None
        return prefill.rows(Ask(connection, top, TODAY, reveal), registers.of_file(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_rows_have_no_column_that_the_kind_requires_and_they_lack(filled: Cli, kind: str) -> None:
    record(filled)
    required = {column.name for column in KINDS[kind].columns if column.is_needed} - {"done_on"}
    found = rows(filled, kind, "330304")
    assert found
    assert all(required <= {name for name, value in row.items() if value is not None} for row in found)


def test_leaders_owe_nine_and_tasks_are_everybodys(filled: Cli) -> None:
    leaders = filled.query("SELECT count(*) FROM member WHERE leader = 1")[0][0]
    assert len(rows(filled, "nine-ones", "330304")) == 9 * leaders
    assert len(rows(filled, "tasks", "330304")) == 3 * 12


def test_who_has_left_and_what_is_closed_is_not_there(filled: Cli) -> None:
    filled.ok("member", "leave", "P000001", "--on", "2005-03-01")
    assert "P000001" not in {row["code"] for row in rows(filled, "members", "330304")}
    filled.ok("member", "transfer", "P000012", "330304-B1", "--on", "2005-03-01")
    filled.ok("member", "transfer", "P000011", "330304-B1", "--on", "2005-03-01")
    filled.ok("unit", "close", "330304-B2", "--on", "2005-03-02")
    assert "330304-B2" not in {row["code"] for row in rows(filled, "units", "330304")}


def test_numbers_are_masked_unless_asked_for(filled: Cli) -> None:
    masked, whole = (rows(filled, "members", "330304", reveal=reveal) for reveal in (False, True))
    assert all("*" in row["id_number"] for row in masked if row["id_number"])
    assert not any("*" in row["id_number"] for row in whole if row["id_number"])
    assert all("*" in row["phone"] for row in rows(filled, "units", "330304") if row["phone"])

"""A list of members beside ours: who is missing on which side, what differs, and that nothing is written."""

from __future__ import annotations

from typing import Any

import pytest

from tests import fulfilling
from tests.support import Cli, id_number

A1, A11, A12 = "330304-A1", "330304-A1-1", "330304-A1-2"
HEADER = ["党员编号", "姓名", "身份证号", "所在党组织", "职务", "联系电话"]


def compared(cli: Cli, rows: list[list[str]], unit: str = A1, code: int = 0) -> dict[str, Any]:
    before = cli.everything()
    document = cli.json("import", "members", cli.write("a.csv", [HEADER, *rows]), "--compare", unit, code=code)
    assert cli.everything() == before
    return document


def sides(document: dict[str, Any]) -> list[tuple[str, str | None, str]]:
    return [(row["side"], row["code"], row["name"]) for row in document["rows"]]


def everyone(cli: Cli) -> list[list[str]]:
    found = cli.query(
        "SELECT m.code, m.name, m.id_number, u.code, m.post, m.phone FROM member m JOIN unit u ON u.id = m.unit_id"
        " WHERE u.code GLOB '330304-A1*' ORDER BY m.code"
    )
    return [[str(value or "") for value in row] for row in found]


def test_the_same_list_differs_in_nothing(filled: Cli) -> None:
    document = compared(filled, everyone(filled))
    assert (document["rows"], document["here"], document["file"], document["differs"]) == ([], 0, 0, 0)


def test_who_is_missing_on_either_side_and_what_differs(filled: Cli) -> None:
    rows = everyone(filled)
    gone = rows.pop()
    rows[0][4] = "另一职务"
    rows.append(["", "新人", id_number(77, "1980-01-01"), A11, "", ""])
    document = compared(filled, rows)
    assert sides(document) == [
        ("here", gone[0], gone[1]),
        ("file", None, "新人"),
        ("differs", rows[0][0], rows[0][1]),
    ]
    assert (document["rows"][2]["field"], document["rows"][2]["old"], document["rows"][2]["new"]) == (
        "post",
        "局长",
        "另一职务",
    )


def test_numbers_are_masked(filled: Cli) -> None:
    number = id_number(77, "1980-01-01")
    rows = [["", "新人", number, A11, "", "13912345678"]]
    for format_ in ("json", "table", "csv"):
        path = filled.write("a.csv", [HEADER, *rows])
        answer = filled("import", "members", path, "--compare", A1, "--format", format_)
        assert number not in answer.out
        assert "13912345678" not in answer.out
    found = compared(filled, rows)["rows"]
    assert {row["id_number"] for row in found if row["side"] == "file"} == {"330304********0778"[:14] + number[-4:]}


def test_somebody_who_is_stored_elsewhere_differs_in_the_unit(filled: Cli) -> None:
    rows = everyone(filled)
    rows[1][3] = A12
    (row,) = compared(filled, rows)["rows"]
    assert (row["side"], row["field"], row["old"].split()[0], row["new"].split()[0]) == ("differs", "unit", A11, A12)


def test_a_row_that_cannot_be_read_is_no_missing_member(filled: Cli) -> None:
    rows = everyone(filled)
    rows[0][2] = rows[0][2][:-1] + "Q"
    document = compared(filled, rows, code=3)
    assert (document["rows"], [error["code"] for error in document["errors"]]) == ([], ["id_length"])


def test_a_closed_phase_does_not_hold_a_comparison(filled: Cli) -> None:
    """Nothing is written, so nothing is missing afterwards; a newcomer has no code yet."""
    fulfilling.closed(filled, A11)
    rows = [*everyone(filled), ["", "新人", id_number(77, "1980-01-01"), A11, "", ""]]
    path = filled.write("a.csv", [HEADER, *rows])
    assert "gate_closed" in [error["code"] for error in filled.json("import", "members", path, code=3)["errors"]]
    document = compared(filled, rows)
    assert (sides(document), document["errors"]) == ([("file", None, "新人")], [])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_person_reads_it_as_a_table(filled: Cli, lang: str) -> None:
    path = filled.write("a.csv", [HEADER, *everyone(filled)[:-1]])
    text = filled.ok("import", "members", path, "--compare", A1, lang=lang)
    assert everyone(filled)[-1][1] in text


def test_only_members_are_compared(filled: Cli) -> None:
    path = filled.write("u.csv", "编码,名称,类型\n330304-A1,x,党委\n")
    filled.refused("import", "units", path, "--compare", A1, code=2)
    filled.refused("import", "members", path, "--compare", "none")
    filled.refused("import", "members", path, "--compare", A1, "--errors", filled.folder / "e.xlsx", code=2)
    filled.refused("import", "members", path, "--compare", A1, "--partial", code=2)

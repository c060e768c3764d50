"""Mergers and splits: one operation, dated, and earlier days keep their figures."""

from __future__ import annotations

from typing import Any

from tests.support import Cli

ROOT, A, A1, A11, A12, B, B1, B2 = (
    *("330304", "330304-A", "330304-A1", "330304-A1-1", "330304-A1-2"),
    *("330304-B", "330304-B1", "330304-B2"),
)


def figures(cli: Cli, day: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = cli.json("status", "--depth", "4", "--as-of", day)["rows"]
    return found


def home(cli: Cli, code: str) -> str:
    return str(cli.json("member", "show", code)["unit"])


def refused(cli: Cli, *argv: str) -> str:
    before = cli.everything()
    message = cli.refused(*argv)
    assert cli.everything() == before
    return message


def test_a_merger_takes_members_and_units_along_and_closes(filled: Cli) -> None:
    filled.ok("unit", "add", "C", "--name", "下级支部", "--kind", "党支部", "--parent", B2)
    before = figures(filled, "2005-03-09")
    document = filled.json("unit", "merge", B2, A12, "--into", B1, "--on", "2005-03-10")
    assert figures(filled, "2005-03-09") == before
    assert {home(filled, code) for code in ("P000005", "P000006", "P000011", "P000012")} == {B1}
    units = {row["code"]: row for row in filled.rows("unit", "list")}
    assert (units["C"]["parent"], units[B2]["closed_on"], units[A12]["closed_on"]) == (B1, "2005-03-10", "2005-03-10")
    assert len({row["operation"] for row in document["rows"]}) == 1
    assert {row["old"] for row in document["rows"] if row["field"] == "close_reason"} == {None}
    total = filled.json("status", "--as-of", "2005-03-10")["total"]
    assert (total["members"], total["units"]) == (12, before_units(before) - 2)
    filled.ok("undo")
    assert home(filled, "P000011") == B2


def before_units(rows: list[dict[str, Any]]) -> int:
    return sum(row["units"] for row in rows if row["depth"] == 1)


def test_who_left_or_closed_before_stays_behind(filled: Cli) -> None:
    filled.ok("unit", "add", "C", "--name", "下级支部", "--kind", "党支部", "--parent", B2)
    filled.ok("unit", "close", "C", "--on", "2005-02-01")
    filled.ok("member", "leave", "P000011", "--on", "2005-02-01")
    filled.ok("unit", "merge", B2, "--into", B1, "--on", "2005-03-10", "--reason", "规模调整")
    assert home(filled, "P000011") == B2
    assert home(filled, "P000012") == B1
    units = {row["code"]: row for row in filled.rows("unit", "list")}
    assert units["C"]["parent"] == B2
    assert filled.query("SELECT close_reason FROM unit WHERE code = ?", B2) == [("规模调整",)]


def test_a_merger_that_cannot_be_is_refused_as_a_whole(filled: Cli) -> None:
    assert B1 in refused(filled, "unit", "merge", B2, B1, "--into", B1)
    refused(filled, "unit", "merge", ROOT, "--into", B1)
    refused(filled, "unit", "merge", A, "--into", A1)
    filled.ok("milestone", "mark", B2, "M103", "--on", "2005-03-10")
    assert "M103" in refused(filled, "unit", "merge", A12, B2, "--into", B1, "--on", "2005-03-10")
    filled.ok("member", "edit", "P000005", "--arrived-on", "2005-03-12")
    assert "2005-03-12" in refused(filled, "unit", "merge", A12, "--into", B1, "--on", "2005-03-10")


def test_a_split_opens_a_unit_beside_and_takes_members_along(filled: Cli) -> None:
    filled.ok("unit", "edit", B1, "--batch", "3", "--sector", "社区")
    before = figures(filled, "2005-03-09")
    file = filled.write("names.txt", "孙丽\n\nP000009\n")
    words = ("--name", "繁荣社区第二党支部", "--kind", "党支部", "--on", "2005-03-10")
    filled.ok("unit", "split", B1, "N", *words, "--members-from", file, "--dry-run")
    assert "N" not in {row["code"] for row in filled.rows("unit", "list")}
    filled.ok("unit", "split", B1, "N", *words, "--members-from", file)
    assert figures(filled, "2005-03-09") == before
    new = next(row for row in filled.rows("unit", "list") if row["code"] == "N")
    assert (new["parent"], new["kind"], new["batch"], new["sector"]) == (B, "branch", "3", "community")
    assert new["opened_on"] == "2005-03-10"
    assert (home(filled, "P000009"), home(filled, "P000010")) == ("N", B1)
    refused(filled, "unit", "split", B1, "N", *words)
    assert "P000001" in refused(filled, "unit", "split", B1, "O", *words, "--member", "P000001")
    refused(filled, "unit", "split", ROOT, "O", *words)
    refused(filled, "unit", "split", B1, "O", *words, "--members-from", "none.txt")

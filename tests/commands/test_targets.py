"""Many at once: pasted lists and subtrees — all or nothing, everything that is wrong at once, who is left out."""

from __future__ import annotations

import io
import sys

import pytest

from tests.support import Cli

A, A1, B = "330304-A", "330304-A1", "330304-B"


def done(cli: Cli, milestone: str = "M103") -> set[str]:
    sql = (
        "SELECT u.code FROM milestone_done d JOIN unit u ON u.id = d.unit_id"
        " JOIN milestone m ON m.id = d.milestone_id WHERE m.code = ?"
    )
    return {code for (code,) in cli.query(sql, milestone)}


def tasks(cli: Cli) -> set[str]:
    return {code for (code,) in cli.query("SELECT m.code FROM task_done d JOIN member m ON m.id = d.member_id")}


def items(cli: Cli) -> set[str]:
    return {code for (code,) in cli.query("SELECT m.code FROM item_done d JOIN member m ON m.id = d.member_id")}


# ── lists ──


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_pasted_column(filled: Cli, encoding: str) -> None:
    text = "区教育局党委\r\n\r\n 330304-A2 \r\n繁荣社区党总支\r\n区教育局党委\r\n"
    path = filled.write("list.txt", text.encode(encoding))
    answer = filled.json("milestone", "mark", "M103", "--from-list", str(path), "--on", "2005-01-20")
    assert answer["changed"] == 3
    assert done(filled) == {A1, "330304-A2", "330304-B1"}


def test_a_workbook_is_a_list_too(filled: Cli) -> None:
    path = filled.write("list.xlsx", [["区教育局党委"], ["330304-A2"]])
    filled.ok("milestone", "mark", "M103", "--from-list", str(path), "--on", "2005-01-20")
    assert done(filled) == {A1, "330304-A2"}


def test_every_wrong_line_at_once_and_nothing_written(filled: Cli) -> None:
    path = filled.write("list.txt", "区教育局党委\n没有这个单位\n第一党支部\nqjyjdw\n")
    before = filled.everything()
    answer = filled("milestone", "mark", "M103", "--from-list", str(path), "--format", "json")
    assert answer.code == 1
    assert "3 of 4" in answer.err
    rows = filled.json("milestone", "mark", "M103", "--from-list", str(path), code=1)["rows"]
    assert [(row["line"], row["text"]) for row in rows] == [(2, "没有这个单位"), (3, "第一党支部"), (4, "qjyjdw")]
    assert "330304-A1-2" in rows[1]["problem"]
    assert filled.everything() == before
    for lang in ("zh", "en"):
        assert "第一党支部" in filled("milestone", "mark", "M103", "--from-list", str(path), lang=lang).out


def test_standard_input(filled: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("区教育局党委\n".encode())))
    filled.ok("milestone", "mark", "M103", "--from-list", "-")
    assert done(filled) == {A1}


def test_members_with_their_units_beside_them(filled: Cli) -> None:
    path = filled.write("list.txt", "王小明\t第一党支部\n李秀英\n")
    rows = filled.json("task", "mark", "T1", "--from-list", str(path), code=1)["rows"]
    assert [row["line"] for row in rows] == [1]
    path = filled.write("list.txt", "王小明\t教育局机关党支部\n李秀英\nP000005\n")
    filled.ok("task", "mark", "T1", "--from-list", str(path), "--on", "2005-02-01", "--mode", "集中")
    assert tasks(filled) == {"P000004", "P000005", "P000006"}


def test_namesakes_of_a_list_are_told_apart(filled: Cli) -> None:
    path = filled.write("list.txt", "王小明\n")
    (row,) = filled.json("task", "mark", "T1", "--from-list", str(path), code=1)["rows"]
    assert "1971-01-20" in row["problem"]
    assert "P000005" in row["problem"]
    filled.ok("task", "mark", "T1", "--from-list", str(path), "--unit", "330304-A1-2")
    assert tasks(filled) == {"P000005"}


def test_lists_and_names_together(filled: Cli) -> None:
    path = filled.write("list.txt", "区卫生局党组\n")
    filled.ok("milestone", "mark", A, "M103", "--from-list", str(path))
    assert done(filled) == {A, "330304-A2"}


def test_a_list_that_is_not_there(filled: Cli) -> None:
    filled.refused("milestone", "mark", "M103", "--from-list", str(filled.folder / "no.txt"))


def test_an_id_number_in_a_message_is_masked(filled: Cli) -> None:
    path = filled.write("list.txt", "330304197101200012\n")
    answer = filled("task", "mark", "T1", "--from-list", str(path))
    assert "330304197101200012" not in answer.out + answer.err


# ── subtrees ──


def test_a_subtree_less_some_and_what_is_below_them(filled: Cli) -> None:
    answer = filled("milestone", "mark", "M103", "--subtree", A, "--except", A1, "--on", "2005-01-20")
    assert answer.code == 0
    assert "excepted: 3" in answer.out
    assert done(filled) == {A, "330304-A2"}


def test_who_does_not_owe_it_has_it_or_is_closed_is_left_out(filled: Cli) -> None:
    filled.ok("milestone", "mark", A1, "M101", "--on", "2005-01-09")
    filled.ok("milestone", "exempt", "330304-A2", "M101", "--reason", "人少", "--on", "2005-01-01")
    out = filled.ok("milestone", "mark", "M101", "--subtree", "330304", "--on", "2005-01-20")
    assert done(filled, "M101") == {A, A1, B}
    assert filled.json("unit", "show", A1)["milestones"][0]["done_on"] == "2005-01-09"
    assert "done already: 1" in out
    assert "exempt: 1" in out
    assert "not owing it: 5" in out
    filled.ok("unit", "close", "330304-B2", "--on", "2005-02-01")
    assert "closed: 1" in filled.ok("milestone", "mark", "M103", "--subtree", B, "--on", "2005-03-01")


def test_a_dry_run_shows_exactly_who(filled: Cli) -> None:
    dry = filled.json("task", "mark", "T1", "--subtree", "330304", "--except", A1, "--except", "孙丽", "--dry-run")
    named = {row["member"].split()[0] for row in dry["rows"]}
    assert named == {f"P{number:06}" for number in (1, 7, 8, 10, 11, 12)}
    assert tasks(filled) == set()


def test_a_dry_run_lists_more_than_a_receipt_does(filled: Cli) -> None:
    rows = [["姓名", "所在党组织"], *([f"新人{number}", A] for number in range(120))]
    filled.imported("members", rows)
    dry = filled.json("task", "mark", "T1", "--subtree", A, "--dry-run")
    assert len({row["member"] for row in dry["rows"]}) == dry["changed"] == 127
    real = filled.json("task", "mark", "T1", "--subtree", A)
    assert real["rows"] == []
    assert real["summary"][0]["added"] == 127


def test_items_of_leaders_alone(filled: Cli) -> None:
    out = filled.ok("nine", "tick", "N4", "--subtree", "330304", "--except", "钱进", "--on", "2005-03-01")
    assert items(filled) == {"P000001", "P000002", "P000007"}
    assert "no leaders: 8" in out
    filled.ok("nine", "tick", "P000008", "P000007", "N1")
    assert items(filled) == {"P000001", "P000002", "P000007", "P000008"}


def test_one_operation_that_one_undo_takes_back(filled: Cli) -> None:
    filled.ok("milestone", "mark", "M103", "--subtree", "330304", "--on", "2005-01-20")
    assert len(done(filled)) == 8
    filled.ok("undo")
    assert done(filled) == set()


# ── wrong calls ──


def test_exceptions_need_a_subtree_and_an_entry_its_owners(filled: Cli) -> None:
    filled.refused("milestone", "mark", A, "M103", "--except", A1, code=2)
    for call in (("milestone", "mark", "M103"), ("task", "mark", "T1"), ("nine", "tick", "N1")):
        filled.refused(*call, code=2)
    filled.refused("milestone", "mark", "M103", "--subtree", "没有", code=1)
    filled.refused("milestone", "mark", "M999", "--subtree", A, code=1)

"""Importing units: keys, parents, codes, moves, what clears and what changes nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.conftest import District
from tests.support import Cli, counts, errors

HEADER = "编码,名称,上级编码,类型"
ROOT = "R,区委,,区委"
A, A1, A2, B, B1, B2 = "330304-A", "330304-A1", "330304-A2", "330304-B", "330304-B1", "330304-B2"


def text(*lines: str, header: str = HEADER) -> str:
    return "\n".join((header, *lines)) + "\n"


def unit(cli: Cli, code: str) -> dict[str, Any]:
    return next(row for row in cli.rows("unit", "list") if row["code"] == code)


def refused(cli: Cli, content: str, *options: str) -> list[tuple[int, str | None, str]]:
    """Import what must be rejected; nothing is written."""
    before = cli.everything()
    document = cli.imported("units", content, *options, code=3)
    assert (document["operation"], document["inserted"], document["updated"]) == (None, 0, 0)
    assert cli.everything() == before
    return errors(document)


# ── a whole district ──


def test_a_district_comes_in_and_the_same_again_changes_nothing(cli: Cli, district: District) -> None:
    first = cli.imported("units", district.units)
    assert counts(first) == (9, 9, 0, 0, 0, 1)
    before = cli.everything()
    second = cli.imported("units", district.units)
    assert counts(second) == (9, 0, 0, 9, 0, 1)
    assert second["operation"] is None
    assert cli.everything() == before
    assert "Nothing to change" in cli.ok("import", "units", cli.folder / "units.csv")


def test_every_column_is_kept(cli: Cli) -> None:
    header = "code,name,parent,kind,sector,batch,chief,phone,starts_on,shift_reason,declared_members"
    line = "R,区委,,district,机关,第二批,周正,0577-1,2005年2月1日,推迟,12人"
    cli.imported("units", text(line, header=header))
    found = unit(cli, "R")
    assert found["sector"]
    assert {name: found[name] for name in header.split(",") if name not in ("sector", "parent")} == {
        "code": "R",
        "name": "区委",
        "kind": "district",
        "batch": "2",
        "chief": "周正",
        "phone": "0577-1",
        "starts_on": "2005-02-01",
        "shift_reason": "推迟",
        "declared_members": 12,
    }


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        *(("区委", "district"), ("党委", "committee"), ("党组", "party_group"), ("党工委", "work_committee")),
        *(("党总支", "general_branch"), ("党支部", "branch"), ("分组", "group"), ("committee", "committee")),
        *((" 党 委 ", "committee"), ("BRANCH", "branch"), ("总支", "general_branch"), ("支部", "branch")),
    ],
)
def test_kinds(cli: Cli, word: str, kind: str) -> None:
    cli.imported("units", text(f"R,区委,,{word}"))
    assert unit(cli, "R")["kind"] == kind


@pytest.mark.parametrize(("word", "batch"), [("1", "1"), ("第一批", "1"), ("第3批", "3"), ("2批", "2"), ("", None)])
def test_batches(cli: Cli, word: str, batch: str | None) -> None:
    cli.imported("units", text(f"R,区委,,区委,{word}", header=f"{HEADER},批次"))
    assert unit(cli, "R")["batch"] == batch


def test_words_that_are_on_no_list_are_errors_one_by_one(cli: Cli) -> None:
    header = f"{HEADER},领域,批次,启动日期,上报党员数"
    found = refused(cli, text("R,区委,,党小组,无此领域,第九批,2005-02-30,许多", header=header))
    assert sorted(found) == sorted(
        [
            (2, "类型", "value_invalid"),
            (2, "领域", "value_invalid"),
            (2, "批次", "value_invalid"),
            (2, "启动日期", "date_invalid"),
            (2, "上报党员数", "value_invalid"),
        ]
    )


def test_a_first_day_may_lie_ahead_and_needs_a_reason(filled: Cli) -> None:
    header = f"{HEADER},启动日期,调整原因"
    document = filled.imported("units", text(f"{A},区直机关工委,330304,党工委,2005-09-01,", header=header))
    assert [warning["row"] for warning in document["warnings"]] == [2]
    assert unit(filled, A)["starts_on"] == "2005-09-01"
    document = filled.imported("units", text(f"{A},区直机关工委,330304,党工委,2005-09-02,换届", header=header))
    assert document["warnings"] == []


# ── parents ──


def test_a_parent_may_stand_below_its_child_and_be_a_code_or_a_name(cli: Cli) -> None:
    content = text("A11,一支部,甲总支,党支部", "A1,甲总支,A,党总支", "A,甲党委,区委,党委", "A12,二支部,A1,党支部", ROOT)
    assert counts(cli.imported("units", content)) == (5, 5, 0, 0, 0, 1)
    assert {row["code"]: row["parent"] for row in cli.rows("unit", "list")} == {
        "R": None,
        "A": "R",
        "A1": "A",
        "A11": "A1",
        "A12": "A1",
    }
    assert counts(cli.imported("units", content)) == (5, 0, 0, 5, 0, 1)


def test_a_code_wins_over_a_name(cli: Cli) -> None:
    """A unit may bear as its name what is another one's code."""
    cli.imported("units", text(ROOT, "A,甲,R,党委", "X,A,R,党委", "A1,一支部,A,党支部"))
    assert unit(cli, "A1")["parent"] == "A"


def test_both_headings_of_the_parent(cli: Cli) -> None:
    cli.imported("units", text(ROOT, "A,甲,区委,党委", header="编码,名称,上级党组织,类型"))
    assert unit(cli, "A")["parent"] == "R"


def test_an_ambiguous_parent_is_listed_with_its_candidates(filled: Cli) -> None:
    document = filled.imported("units", text("X,新支部,第一党支部,党支部"), code=3)
    assert errors(document) == [(2, "上级编码", "unit_ambiguous")]
    assert "330304-A1-2" in document["errors"][0]["message"]
    assert "330304-B2" in document["errors"][0]["message"]


def test_a_parent_that_the_file_itself_makes_ambiguous(cli: Cli) -> None:
    content = text(ROOT, "A,甲,R,党委", "B,乙,R,党委", "A1,总支,A,党总支", "B1,总支,B,党总支", "X,支部,总支,党支部")
    assert refused(cli, content) == [(7, "上级编码", "unit_ambiguous")]


def test_an_unknown_parent_gets_a_suggestion(filled: Cli) -> None:
    document = filled.imported("units", text("X,新支部,繁荣社区党总之,党支部"), code=3)
    assert errors(document) == [(2, "上级编码", "unit_unknown")]
    assert "330304-B1 繁荣社区党总支" in document["errors"][0]["message"]


def test_a_new_unit_needs_a_parent_a_name_and_a_kind(filled: Cli) -> None:
    assert refused(filled, text("X,新支部,,党支部")) == [(2, "上级编码", "required_missing")]
    assert refused(filled, text(f"X,,{A},党支部")) == [(2, "名称", "required_missing")]
    assert refused(filled, text(f"X,新支部,{A},")) == [(2, "类型", "required_missing")]
    assert refused(filled, "编码,名称,类型\nX,新支部,党支部\n")[0][2] == "required_missing"


def test_there_is_one_root(cli: Cli) -> None:
    assert [code for _, _, code in refused(cli, text(ROOT, "S,另一区委,,区委"))] == ["required_missing"]


def test_a_circle_in_the_file_is_an_error(filled: Cli) -> None:
    found = refused(filled, text("X,甲,Y,党总支", "Y,乙,X,党总支"))
    assert {code for _, _, code in found} == {"value_invalid"}


@pytest.mark.parametrize("word", ["<清空>", "<clear>"])
def test_a_parent_cannot_be_cleared(filled: Cli, word: str) -> None:
    for line in (f"X,新支部,{word},党支部", f"{A1},区教育局党委,{word},党委"):
        found = refused(filled, text(line))
        assert [(row, column) for row, column, _ in found] == [(2, "上级编码")]


def test_nothing_is_added_below_a_closed_unit(filled: Cli) -> None:
    """The rule holds whichever way a record arrives: `unit add` refuses it too."""
    filled.ok("unit", "close", B1, "--on", "2005-03-01")
    assert [(row, column) for row, column, _ in refused(filled, text(f"X,新支部,{B1},党支部"))] == [(2, "上级编码")]


# ── keys ──


def test_a_code_is_the_key_and_the_name_may_change(filled: Cli) -> None:
    document = filled.imported("units", text(f"{B1},繁荣新村党总支,{B},党总支"))
    assert counts(document) == (1, 0, 1, 0, 0, 1)
    assert [warning["row"] for warning in document["warnings"]] == [2], "a change of name is said"
    assert unit(filled, B1)["name"] == "繁荣新村党总支"


@pytest.mark.parametrize("header", ["名称,上级编码,类型,负责人", "编码,名称,上级编码,类型,负责人"])
def test_without_a_code_it_is_the_name_under_the_same_parent(filled: Cli, header: str) -> None:
    start = "," if header.startswith("编码") else ""
    document = filled.imported("units", text(f"{start}第一党支部,{B},党支部,卫东", header=header))
    assert counts(document) == (1, 0, 1, 0, 0, 1)
    assert unit(filled, B2)["chief"] == "卫东"
    assert unit(filled, "330304-A1-2")["chief"] is None


def test_the_same_name_under_another_parent_is_another_unit(filled: Cli) -> None:
    document = filled.imported("units", text(f"第一党支部,{B1},党支部", header="名称,上级编码,类型"))
    assert counts(document) == (1, 1, 0, 0, 0, 1)
    assert document["assigned"] == [{"row": 2, "name": "第一党支部", "code": f"{B1}-01"}]


@pytest.mark.parametrize("code", ["X", "330304-b1"])
def test_another_code_for_a_known_name_and_parent_is_at_least_said(filled: Cli, code: str) -> None:
    """By its code it is a new unit; but the 782 must not become 783 by a slip of the keyboard without a word."""
    path = filled.write("units.csv", text(f"{code},繁荣社区党总支,{B},党总支"))
    document = json.loads(filled("import", "units", path, "--dry-run", "--format", "json").out)
    assert document["errors"] or document["warnings"]


@pytest.mark.parametrize("upside_down", [False, True])
def test_moves_of_one_file_are_made_in_an_order_that_works(filled: Cli, upside_down: bool) -> None:
    """The upper unit goes below the lower one; the rows may stand in either order."""
    lines = [f"{A1},区教育局党委,330304,党委", f"{A},区直机关工委,{A1},党工委"]
    content = text(*(reversed(lines) if upside_down else lines))
    assert filled.imported("units", content, "--moves-on", "2005-03-01")["updated"] == 2


def test_a_full_name_that_is_the_only_one_needs_no_parent(filled: Cli) -> None:
    document = filled.imported("units", "名称,类型,负责人\n繁荣社区党总支,党总支,孙丽\n")
    assert counts(document) == (1, 0, 1, 0, 0, 1)
    assert refused(filled, "名称,类型,负责人\n第一党支部,党支部,孙丽\n") == [(2, "名称", "unit_ambiguous")]


def test_two_stored_units_of_one_name_and_parent_are_ambiguous(filled: Cli) -> None:
    filled.ok("unit", "add", "X", "--name", "第一党支部", "--kind", "党支部", "--parent", B)
    found = refused(filled, text(f"第一党支部,{B},党支部,卫东", header="名称,上级编码,类型,负责人"))
    assert found == [(2, "名称", "unit_ambiguous")]


@pytest.mark.parametrize(
    "lines",
    [
        ("X,新支部,330304-B,党支部", "X,新支部,330304-B,党支部"),
        ("X,新支部,330304-B,党支部", "X,又一支部,330304-B,党支部"),
        (",新支部,330304-B,党支部", ",新支部,330304-B,党支部"),
        (",新支部,330304-B,党支部", ",新支部,景山街道党委,党支部"),
        ("330304-B1,繁荣社区党总支,330304-B,党总支", "330304-B1,繁荣社区党总支,330304-B,党总支"),
        (",繁荣社区党总支,330304-B,党总支", ",繁荣社区党总支,330304-B,党总支"),
        ("330304-B1,繁荣社区党总支,330304-B,党总支", ",繁荣社区党总支,330304-B,党总支"),
    ],
)
def test_the_same_key_twice_is_an_error(filled: Cli, lines: tuple[str, str]) -> None:
    found = refused(filled, text(*lines))
    assert [(row, code) for row, _, code in found] == [(3, "duplicate_in_file")]


def test_a_row_without_a_code_beside_one_with_a_code_and_the_same_name_is_not_added(filled: Cli) -> None:
    found = refused(filled, text(f"X,新支部,{B},党支部", f",新支部,{B},党支部"))
    assert found[0][0] == 3


def test_the_same_key_in_two_files_at_once_is_an_error(filled: Cli) -> None:
    one = filled.write("one.csv", text(f"X,新支部,{B},党支部"))
    two = filled.write("two.csv", text(f"X,另一支部,{B},党支部"))
    before = filled.everything()
    document = filled.json("import", "units", one, two, code=3)
    assert [(error["file"], error["code"]) for error in document["errors"]] == [("two.csv", "duplicate_in_file")]
    assert filled.everything() == before


def test_a_parent_may_stand_in_a_file_given_later(filled: Cli) -> None:
    """Several files are one import, and a parent may stand below its child."""
    one = filled.write("one.csv", text("X1,新支部,X,党支部"))
    two = filled.write("two.csv", text(f"X,新总支,{B},党总支"))
    assert filled.json("import", "units", one, two)["inserted"] == 2


# ── codes ──


def test_codes_are_assigned_and_reported_and_found_again(cli: Cli) -> None:
    content = text(
        "区委,,区委", "甲党委,区委,党委", "一支部,甲党委,党支部", "二支部,甲党委,党支部", header="名称,上级党组织,类型"
    )
    document = cli.imported("units", content)
    codes = {row["name"]: row["code"] for row in cli.rows("unit", "list")}
    assert {each["name"]: each["code"] for each in document["assigned"]} == codes
    assert len(set(codes.values())) == 4
    assert [each["row"] for each in document["assigned"]] == [2, 3, 4, 5]
    assert counts(cli.imported("units", content)) == (4, 0, 0, 4, 0, 1)


def test_an_assigned_code_is_none_that_the_file_or_the_store_has(filled: Cli) -> None:
    filled.ok("unit", "add", f"{B}-02", "--name", "甲", "--kind", "党支部", "--parent", B)
    content = text(f",乙,{B},党支部", f",丙,{B},党支部", f"{B}-03,丁,{B},党支部")
    document = filled.imported("units", content)
    assert [each["code"] for each in document["assigned"]] == [f"{B}-01", f"{B}-04"]


def test_a_number_cell_is_a_code_as_it_looks(cli: Cli) -> None:
    path = cli.write(
        "a.xlsx",
        [["编码", "名称", "上级编码", "类型"], [330304, "区委", None, "区委"], [330304001, "甲", 330304, "党委"]],
    )
    cli.json("import", "units", path)
    assert [row["code"] for row in cli.rows("unit", "list")] == ["330304", "330304001"]


# ── what changes nothing, what clears ──


def test_missing_columns_and_empty_cells_change_nothing(filled: Cli) -> None:
    before = filled.tables()
    for content in (
        text(f"{A},区直机关工委,330304,党工委"),
        "编码,名称,类型\n330304-A,,\n",
        f"编码,名称,上级编码,类型,批次,负责人,联系电话\n{A},区直机关工委,,党工委,,,\n",
        text("330304,瓯海区委,,区委"),
    ):
        assert filled.imported("units", content)["unchanged"] == 1
    assert filled.tables() == before


@pytest.mark.parametrize("cell", ["0577****0001", "****0001", "057*-****", "＊＊＊＊0001"])
def test_a_masked_cell_changes_nothing(filled: Cli, cell: str) -> None:
    before = filled.tables()
    document = filled.imported("units", text(f"{A},区直机关工委,330304,党工委,{cell}", header=f"{HEADER},联系电话"))
    if cell != "057*-****":
        assert document["unchanged"] == 1
    assert filled.tables() == before


@pytest.mark.parametrize("word", ["<清空>", "<clear>", "<CLEAR>", " <clear> ", "＜清空＞"])
def test_a_word_clears(filled: Cli, word: str) -> None:
    header = f"{HEADER},批次,负责人,联系电话"
    document = filled.imported("units", text(f"{A},区直机关工委,330304,党工委,{word},{word},{word}", header=header))
    assert counts(document) == (1, 0, 1, 0, 0, 1)
    found = unit(filled, A)
    assert (found["batch"], found["chief"], found["phone"]) == (None, None, None)


@pytest.mark.parametrize("column", ["名称", "类型"])
def test_what_must_be_there_cannot_be_cleared(filled: Cli, column: str) -> None:
    cells = {"编码": A, "名称": "区直机关工委", "上级编码": "330304", "类型": "党工委", column: "<清空>"}
    content = text(",".join(cells.values()))
    assert refused(filled, content) == [(2, column, "required_missing")]
    new = ",".join((cells | {"编码": "X", "上级编码": A}).values())
    assert refused(filled, text(new)) == [(2, column, "required_missing")]


def test_a_unit_that_the_file_does_not_mention_stays(filled: Cli) -> None:
    before = {row["code"] for row in filled.rows("unit", "list")}
    filled.imported("units", text(f"X,新支部,{B},党支部"))
    assert {row["code"] for row in filled.rows("unit", "list")} == before | {"X"}


# ── moves ──


def test_another_parent_is_an_error(filled: Cli) -> None:
    document = filled.imported("units", text(f"{B1},繁荣社区党总支,{A},党总支"), code=3)
    assert errors(document) == [(2, "上级编码", "would_move")]
    assert "330304-B 景山街道党委" in document["errors"][0]["message"]
    assert "--moves-on" in document["errors"][0]["message"]


def test_moves_on_makes_it_a_dated_move(filled: Cli) -> None:
    content = text(f"{B1},繁荣社区党总支,区直机关工委,党总支")
    document = filled.imported("units", content, "--moves-on", "2005年2月10日")
    assert counts(document) == (1, 0, 1, 0, 0, 1)
    assert filled.query("SELECT moved_on FROM unit_move") == [("2005-02-10",)]
    assert [filled.json("status", A, "--as-of", day)["total"]["members"] for day in ("2005-02-09", "2005-02-10")] == [
        7,
        9,
    ]
    again = filled.imported("units", content, "--moves-on", "2005-03-01")
    assert counts(again) == (1, 0, 0, 1, 0, 1)


@pytest.mark.parametrize(("day", "code"), [("2005-02-30", 2), ("2005-04-01", 1)])
def test_moves_on_is_a_day_that_has_come(filled: Cli, day: str, code: int) -> None:
    path = filled.write("a.csv", text(f"{B1},繁荣社区党总支,{A},党总支"))
    filled.refused("import", "units", path, "--moves-on", day, code=code)


def test_a_move_that_breaks_a_rule_is_an_error_of_its_row(filled: Cli) -> None:
    filled.ok("unit", "move", B1, A, "--on", "2005-03-01")
    for line in (f"{B1},繁荣社区党总支,{B},党总支", f"{A},区直机关工委,{A1},党工委", f"330304,瓯海区委,{A},区委"):
        found = refused(filled, text(line), "--moves-on", "2005-02-01")
        assert [(row, column) for row, column, _ in found] == [(2, "上级编码")]


def test_a_row_that_is_rejected_moves_nobody(filled: Cli) -> None:
    """With --partial the good records are written; a bad one leaves no part of itself behind."""
    before = filled.tables()
    document = filled.imported(
        "units", text(f"{B1},<清空>,{A},党总支"), "--moves-on", "2005-02-01", "--partial", code=3
    )
    assert document["rejected"] == 1
    assert filled.tables() == before


# ── partial ──


def test_partial_writes_the_good_ones_and_not_what_hangs_on_bad_ones(filled: Cli) -> None:
    content = text(
        f"X,甲,{B},党小组", "X1,甲一,X,党支部", "X11,甲一一,X1,党支部", f"Y,乙,{B},党支部", "Y1,乙一,Y,党支部"
    )
    document = filled.imported("units", content, "--partial", code=3)
    assert counts(document) == (5, 2, 0, 0, 3, 1)
    assert {row for row, _, _ in errors(document)} == {2, 3, 4}
    codes = {row["code"] for row in filled.rows("unit", "list")}
    assert codes >= {"Y", "Y1"}
    assert not codes & {"X", "X1", "X11"}


def test_without_partial_a_child_of_a_bad_row_adds_no_error_of_its_own(filled: Cli) -> None:
    found = refused(filled, text(f"X,甲,{B},党小组", "X1,甲一,X,党支部"))
    assert found == [(2, "类型", "value_invalid")]


# ── cells that contradict one another ──


def test_of_two_headings_of_the_parent_the_code_is_read_and_the_name_compared(filled: Cli) -> None:
    header = "编码,名称,上级党组织,上级编码,类型\n"
    lines = (
        f"C1,丙一,区直机关工委,{A},党支部",
        f"C2,丙二,景山街道党委,{A},党支部",
        "C3,丙三,景山街道党委,,党支部",
    )
    document = filled.imported("units", header + "\n".join(lines) + "\n")
    found = [(each["row"], each["column"], each["code"]) for each in document["warnings"]]
    assert found == [(1, "上级党组织", "column_twice"), (3, "上级党组织", "names_differ")]
    assert [unit(filled, code)["parent"] for code in ("C1", "C2", "C3")] == [A, A, B]


def test_a_code_cannot_be_cleared(filled: Cli) -> None:
    assert refused(filled, text(f"<清空>,繁荣社区党总支,{B},党总支")) == [(2, "编码", "value_invalid")]


def test_a_masked_chief_changes_nothing(filled: Cli) -> None:
    document = filled.imported("units", f"编码,名称,类型,负责人\n{A},区直机关工委,党工委,周*\n")
    assert counts(document) == (1, 0, 0, 1, 0, 1)
    assert unit(filled, A)["chief"] == "周正"


def test_a_record_of_another_file_is_named_with_it(filled: Cli) -> None:
    files = [filled.write(name, text(f"C1,丙,{A},党支部")) for name in ("a.csv", "b.csv")]
    document = filled.json("import", "units", *files, code=3)
    assert [each["message"] for each in document["errors"]] == ["the same record stands in a.csv, row 2, already"]

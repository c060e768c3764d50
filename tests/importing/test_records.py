"""Importing what was done: milestones, tasks, nine ones; a row per record, or a column per entry."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from tests.conftest import MEMBERS
from tests.support import TODAY, Cli, counts, errors

ROOT, A, A1, A11, A2, B, B1 = (f"330304{end}" for end in ("", "-A", "-A1", "-A1-1", "-A2", "-B", "-B1"))
NUMBERS = {row[0]: row[4] for row in MEMBERS}


def refused(cli: Cli, kind: str, content: Any, *options: str) -> list[tuple[int, str | None, str]]:
    before = cli.everything()
    document = cli.imported(kind, content, *options, code=3)
    assert (document["operation"], document["inserted"], document["updated"]) == (None, 0, 0)
    assert cli.everything() == before
    return errors(document)


def warned(document: dict[str, Any]) -> list[tuple[int, str | None, str]]:
    return [(each["row"], each["column"], each["code"]) for each in document["warnings"]]


def done(cli: Cli, table: str = "milestone") -> set[tuple[str, str, str]]:
    """(owner, entry, day) of every record of a table."""
    owner = "unit" if table == "milestone" else "member"
    return set(
        cli.query(
            f"SELECT o.code, e.code, d.done_on FROM {table}_done d JOIN {owner} o ON o.id = d.{owner}_id"
            f" JOIN {table} e ON e.id = d.{table}_id"
        )
    )


# ── milestones ──


def test_milestones_a_row_each(filled: Cli) -> None:
    content = [
        ["单位", "环节", "完成日期", "组长", "报告人", "佐证", "备注"],
        [A, "M101", "2005-01-05", "周正", "", "文件1号", "好"],
        ["区教育局党委", "召开动员部署大会", "2005年1月20日", "", "吴敏", "", ""],
        [B1, "M103 召开动员部署大会", "", "", "", "", ""],
    ]
    content[3][1] = "M103"
    document = filled.imported("milestones", content)
    assert counts(document) == (3, 2, 0, 1, 0, 1)
    assert done(filled) == {(A, "M101", "2005-01-05"), (A1, "M103", "2005-01-20")}
    assert filled.query("SELECT head, reporter, evidence, note, entered_on FROM milestone_done ORDER BY unit_id") == [
        ("周正", None, "文件1号", "好", TODAY),
        (None, "吴敏", None, None, TODAY),
    ]
    again = filled.imported("milestones", content)
    assert (counts(again), again["operation"]) == ((3, 0, 0, 3, 0, 1), None)


def test_milestones_a_column_each(filled: Cli) -> None:
    content = [
        ["序号", "单位", "M101", "制定教育活动方案", "M103", "备注"],
        [1, A, "2005-01-05", "2005.1.6", "", "注"],
        [2, "区教育局党委", "", "20050107", "2005年1月20日", ""],
        [3, B1, "", "", "", ""],
    ]
    document = filled.imported("milestones", content)
    assert counts(document) == (3, 4, 0, 0, 0, 1)
    assert done(filled) == {
        (A, "M101", "2005-01-05"),
        (A, "M102", "2005-01-06"),
        (A1, "M102", "2005-01-07"),
        (A1, "M103", "2005-01-20"),
    }
    again = filled.imported("milestones", content)
    assert (counts(again), again["operation"]) == ((3, 0, 0, 4, 0, 1), None)
    content[1][2] = "2005-01-04"
    assert counts(filled.imported("milestones", content)) == (3, 0, 1, 3, 0, 1)


def test_dates_of_a_workbook(filled: Cli) -> None:
    content = [
        ["单位", "M101", "M102", "M103", "M104"],
        [A, date(2005, 1, 5), datetime(2005, 1, 6, 9, 30), 38359, 20050120],
    ]
    document = filled.json("import", "milestones", filled.write("a.xlsx", content))
    assert document["inserted"] == 4
    assert {day for _, _, day in done(filled)} == {"2005-01-05", "2005-01-06", "2005-01-07", "2005-01-20"}


def test_a_row_without_a_day_changes_nothing(filled: Cli) -> None:
    filled.imported("milestones", f"单位,环节,完成日期,备注\n{A},M101,2005-01-05,好\n")
    before = filled.tables()
    document = filled.imported("milestones", f"单位,环节,完成日期,备注\n{A},M101,,坏\n{A},M305,,\n")
    assert document["unchanged"] == 2
    assert filled.tables() == before


def test_a_row_with_the_key_of_a_stored_record_updates_it(filled: Cli) -> None:
    filled.imported("milestones", f"单位,环节,完成日期,组长,备注\n{A},M101,2005-01-05,周正,好\n")
    document = filled.imported("milestones", f"单位,环节,完成日期,组长,备注\n{A},M101,2005-01-06,,<清空>\n")
    assert counts(document) == (1, 0, 1, 0, 0, 1)
    assert filled.query("SELECT done_on, head, note FROM milestone_done") == [("2005-01-06", "周正", None)]


@pytest.mark.parametrize("word", ["<清空>", "<clear>"])
def test_a_day_is_cleared(filled: Cli, word: str) -> None:
    filled.imported("milestones", f"单位,M101,M102\n{A},2005-01-05,2005-01-06\n")
    assert counts(filled.imported("milestones", f"单位,环节,完成日期\n{A},M101,{word}\n")) == (1, 0, 1, 0, 0, 1)
    assert counts(filled.imported("milestones", f"单位,M101,M102\n{A},{word},{word}\n")) == (1, 0, 1, 1, 0, 1)
    assert done(filled) == set()


@pytest.mark.parametrize("word", ["<清空>", "<clear>"])
@pytest.mark.parametrize(
    ("kind", "header", "cells"),
    [
        ("milestones", "单位,环节,完成日期", (A, "M101", "2005-01-05")),
        ("tasks", "党员,任务,完成日期", ("P000001", "T1", "2005-01-05")),
        ("nine-ones", "党员,项目,完成日期", ("P000001", "N1", "2005-01-05")),
    ],
)
def test_a_key_cannot_be_cleared(filled: Cli, kind: str, header: str, cells: tuple[str, ...], word: str) -> None:
    titles = header.split(",")
    for place in (0, 1):
        row = [word if place == index else cell for index, cell in enumerate(cells)]
        assert refused(filled, kind, f"{header}\n{','.join(row)}\n") == [(2, titles[place], "required_missing")]


def test_empty_keys_are_errors(filled: Cli) -> None:
    content = f"单位,环节,完成日期\n,M101,2005-01-05\n{A},,2005-01-05\n"
    assert refused(filled, "milestones", content) == [(2, "单位", "required_missing"), (3, "环节", "required_missing")]
    assert refused(filled, "milestones", "单位,M101\n,2005-01-05\n") == [(2, "单位", "required_missing")]


def test_what_does_not_apply_is_refused(filled: Cli) -> None:
    wide = f"单位,M101,M103,M305\n{A11},2005-01-05,2005-01-05,\n{ROOT},,2005-01-05,\n{A},,,2005-01-05\n"
    found = [(2, "M101", "not_applicable"), (3, "M103", "not_applicable"), (4, "M305", "not_by_date")]
    assert refused(filled, "milestones", wide) == found
    long = f"单位,环节,完成日期\n{A11},M101,2005-01-05\n{A},M305,2005-01-05\n"
    assert [code for _, _, code in refused(filled, "milestones", long)] == ["not_applicable", "not_by_date"]


def test_days_that_are_none(filled: Cli) -> None:
    content = f"单位,环节,完成日期\n{A},M101,2005-02-30\n{A},M102,2005-04-01\n{A},M103,2005年1月\n{A},M109,2005-01-05\n"
    assert sorted(refused(filled, "milestones", content)) == sorted(
        [
            (2, "完成日期", "date_invalid"),
            (3, "完成日期", "date_future"),
            (4, "完成日期", "date_invalid"),
            (5, "环节", "value_invalid"),
        ]
    )
    path = filled.write("a.xlsx", [["单位", "M101"], [A, 2005.1]])
    assert errors(filled.json("import", "milestones", path, code=3)) == [(2, "M101", "date_ambiguous")]


def test_nothing_is_recorded_from_the_closing_day_on(filled: Cli) -> None:
    filled.ok("unit", "close", B1, "--on", "2005-03-01")
    found = refused(filled, "milestones", f"单位,M103,M104\n{B1},2005-02-28,2005-03-01\n")
    assert [(row, column) for row, column, _ in found] == [(2, "M104")]


def test_unknown_and_ambiguous_units(filled: Cli) -> None:
    document = filled.imported("milestones", "单位,M103\n第一党支部,2005-01-05\n繁荣社区党总之,2005-01-05\n", code=3)
    assert errors(document) == [(2, "单位", "unit_ambiguous"), (3, "单位", "unit_unknown")]
    assert "330304-B1 繁荣社区党总支" in document["errors"][1]["message"]


@pytest.mark.parametrize(
    "content",
    [
        f"单位,环节,完成日期\n{A},M101,2005-01-05\n{A},M101,2005-01-05\n",
        f"单位,环节,完成日期\n{A},M101,2005-01-05\n区直机关工委,成立领导小组和工作机构,2005-01-06\n",
        f"单位,M101\n{A},2005-01-05\n区直机关工委,2005-01-06\n",
    ],
)
def test_the_same_key_twice_is_an_error(filled: Cli, content: str) -> None:
    found = refused(filled, "milestones", content)
    assert [(row, code) for row, _, code in found] == [(3, "duplicate_in_file")]


def test_two_columns_for_one_milestone_are_the_same_key_twice(filled: Cli) -> None:
    """By code and by name, in one row: neither may win without a word."""
    content = f"单位,M101,成立领导小组和工作机构\n{A},2005-01-05,2005-01-06\n"
    assert refused(filled, "milestones", content) == [(2, "成立领导小组和工作机构", "duplicate_in_file")]


def test_two_columns_for_one_milestone_may_fill_each_other(filled: Cli) -> None:
    content = f"单位,M103,召开动员部署大会\n{A},2005-01-05,\n{A1},,2005-01-06\n"
    assert filled.imported("milestones", content)["warnings"] == []
    assert done(filled) == {(A, "M103", "2005-01-05"), (A1, "M103", "2005-01-06")}


def test_two_columns_for_one_item_are_two_days(filled: Cli) -> None:
    leader = next(row["code"] for row in filled.rows("member", "list") if row["leader"])
    content = f"党员,N3,上一次党课\n{leader},2005-02-05,2005-03-06\n"
    assert filled.imported("nine-ones", content)["inserted"] == 2


def test_the_same_key_twice_is_an_error_also_without_a_day(filled: Cli) -> None:
    """Nothing is lost by the row without a day; what matters is that the other one stays."""
    filled.imported("milestones", f"单位,环节,完成日期\n{A},M101,2005-01-05\n{A},M101,\n")
    assert done(filled) == {(A, "M101", "2005-01-05")}


@pytest.mark.parametrize("gap", ["", ",,\n"])
def test_the_same_key_in_two_files_at_once_is_an_error(filled: Cli, gap: str) -> None:
    """Whether or not the rows have the same number."""
    one = filled.write("one.csv", f"单位,环节,完成日期\n{A},M101,2005-01-05\n")
    two = filled.write("two.csv", f"单位,环节,完成日期\n{gap}{A},M101,2005-01-09\n")
    document = filled.json("import", "milestones", one, two, code=3)
    assert [(error["file"], error["code"]) for error in document["errors"]] == [("two.csv", "duplicate_in_file")]


def test_a_wide_row_is_as_many_records_as_it_has_days(filled: Cli) -> None:
    content = f"单位,M101,M102,M103\n{A},2005-01-05,2005-02-30,2005-01-07\nnone,2005-01-05,,2005-01-06\n"
    document = filled.imported("milestones", content, "--partial", code=3)
    assert errors(document) == [(2, "M102", "date_invalid"), (3, "单位", "unit_unknown")]
    assert (document["read"], document["inserted"]) == (2, 2)
    assert done(filled) == {(A, "M101", "2005-01-05"), (A, "M103", "2005-01-07")}
    assert document["rejected"] == 3, "one bad cell, and two records of nobody"


def test_long_and_wide_name_the_same_records(filled: Cli) -> None:
    filled.imported("milestones", f"单位,M101,M102\n{A},2005-01-05,2005-01-06\n")
    document = filled.imported("milestones", f"环节,单位,完成日期\nM101,{A},2005.1.5\nM102,{A},20050106\n")
    assert (document["unchanged"], document["operation"]) == (2, None)


# ── tasks ──


def test_tasks_a_row_each(filled: Cli) -> None:
    content = [
        ["党员", "单位", "任务", "完成日期", "方式", "备注"],
        ["P000001", "", "T1", "2005-01-05", "集中", ""],
        [NUMBERS["P000002"], "", "集中学习", "2005-01-06", "", "补"],
        ["王小明", A11, "T1", "2005-01-07", "邮寄", ""],
        ["郑重", "", "T1", "2005-01-08", "", ""],
    ]
    assert counts(filled.imported("tasks", content)) == (4, 4, 0, 0, 0, 1)
    assert done(filled, "task") == {
        ("P000001", "T1", "2005-01-05"),
        ("P000002", "T1", "2005-01-06"),
        ("P000004", "T1", "2005-01-07"),
        ("P000003", "T1", "2005-01-08"),
    }
    assert counts(filled.imported("tasks", content)) == (4, 0, 0, 4, 0, 1)


def test_tasks_a_column_each(filled: Cli) -> None:
    content = f"姓名,单位,T1,参加专题组织生活会\n王小明,{A11},2005-01-05,2005-03-10\n孙丽,,,2005-03-11\n"
    assert counts(filled.imported("tasks", content)) == (2, 3, 0, 0, 0, 1)
    assert done(filled, "task") == {
        ("P000004", "T1", "2005-01-05"),
        ("P000004", "T2", "2005-03-10"),
        ("P000009", "T2", "2005-03-11"),
    }


def test_unknown_and_ambiguous_members(filled: Cli) -> None:
    content = f"党员,单位,T1\n王小明,,2005-01-05\n王小明,{ROOT},2005-01-05\n陈健国,,2005-01-05\n孙丽,{A},2005-01-05\n"
    document = filled.imported("tasks", content, code=3)
    assert errors(document) == [
        (2, "党员", "member_ambiguous"),
        (3, "党员", "member_ambiguous"),
        (4, "党员", "member_unknown"),
        (5, "党员", "member_unknown"),
    ]
    assert "P000004" in document["errors"][0]["message"]
    assert "P000010 陈建国" in document["errors"][2]["message"]


def test_an_unknown_number_is_masked(filled: Cli) -> None:
    from tests.support import id_number

    number = id_number(999)
    content = f"身份证号,T1\n{number},2005-01-05\n"
    assert refused(filled, "tasks", content) == [(2, "身份证号", "member_unknown")]
    for format_ in ("table", "json", "csv"):
        answer = filled("import", "tasks", filled.folder / "tasks.csv", "--format", format_)
        assert number not in answer.out + answer.err
    path = filled.write("a.xlsx", [["身份证号", "T1"], [int(NUMBERS["P000003"].replace("X", "0")), "2005-01-05"]])
    assert errors(filled.json("import", "tasks", path, code=3)) == [(2, "身份证号", "id_number_cell")]


def test_a_milestone_that_takes_members_is_no_task(filled: Cli) -> None:
    assert refused(filled, "tasks", "党员,任务,完成日期\nP000001,M101,2005-01-05\n") == [(2, "任务", "value_invalid")]


# ── nine ones ──


def test_nine_ones_by_item_and_day(filled: Cli) -> None:
    content = [
        ["党员", "单位", "项目", "完成日期", "佐证"],
        ["P000001", "", "N1", "2005-02-10", "记录"],
        ["P000001", "", "听一次先进事迹汇报", "2005-01-10", ""],
        ["吴敏", A1, "L1", "2005-01-11", ""],
    ]
    assert counts(filled.imported("nine-ones", content)) == (3, 3, 0, 0, 0, 1)
    (row,) = (row for row in filled.rows("nine", "status") if row["member"] == "P000001")
    assert (row["N1"], row["done"]) == ("2005-01-10", 1)
    assert counts(filled.imported("nine-ones", content)) == (3, 0, 0, 3, 0, 1)
    content[1][4] = "新记录"
    assert counts(filled.imported("nine-ones", content)) == (3, 0, 1, 2, 0, 1)


def test_nine_ones_a_column_each(filled: Cli) -> None:
    content = "党员编号,N1,建立一个联系点,L4\nP000001,2005-01-05,2005-01-06,2005-01-07\nP000002,,2005-01-08,\n"
    assert counts(filled.imported("nine-ones", content)) == (2, 4, 0, 0, 0, 1)
    assert done(filled, "item") == {
        ("P000001", "N1", "2005-01-05"),
        ("P000001", "N5", "2005-01-06"),
        ("P000001", "L4", "2005-01-07"),
        ("P000002", "N5", "2005-01-08"),
    }


def test_who_is_no_leader_owes_none(filled: Cli) -> None:
    found = refused(filled, "nine-ones", "党员,N1,N2\nP000003,2005-01-05,\nP000001,2005-01-05,\n")
    assert [(row, column) for row, column, _ in found] == [(2, "党员")]


def test_the_same_item_on_the_same_day_twice_is_an_error(filled: Cli) -> None:
    content = "党员,项目,完成日期\nP000001,N1,2005-01-05\nP000001,N1,2005-01-06\n周正,N1,2005-01-05\n"
    assert [(row, code) for row, _, code in refused(filled, "nine-ones", content)] == [(4, "duplicate_in_file")]


def test_an_item_is_cleared_with_all_its_days(filled: Cli) -> None:
    filled.imported("nine-ones", "党员,项目,完成日期\nP000001,N1,2005-01-05\nP000001,N1,2005-01-06\n")
    assert counts(filled.imported("nine-ones", "党员,N1\nP000001,<清空>\n")) == (1, 0, 1, 0, 0, 1)
    assert done(filled, "item") == set()


# ── cells that contradict one another ──


def test_a_code_is_read_rather_than_a_name_wherever_it_stands(filled: Cli) -> None:
    content = [["姓名", "党员编号", "单位", "任务", "完成日期"], ["王小明", "P000005", "", "T1", "2005-03-01"]]
    document = filled.imported("tasks", content)
    assert done(filled, "task") == {("P000005", "T1", "2005-03-01")}
    assert warned(document) == [(1, "姓名", "column_twice")]


def test_a_name_is_read_where_there_is_no_code(filled: Cli) -> None:
    content = [
        ["党员编号", "姓名", "任务", "完成日期"],
        ["", "冯卫", "T1", "2005-03-01"],
        ["", "冯薇", "T1", "2005-03-01"],
    ]
    document = filled.imported("tasks", content, code=3)
    # Named by the column that the cell stands in.
    assert errors(document) == [(3, "姓名", "member_unknown")]
    assert counts(document)[0] == 2


def test_another_name_beside_a_code_is_said(filled: Cli) -> None:
    content = [["党员编号", "姓名", "任务", "完成日期"], ["P000001", "冯卫", "T1", "2005-03-01"]]
    document = filled.imported("tasks", content)
    assert warned(document) == [(1, "姓名", "column_twice"), (2, "姓名", "names_differ")]
    assert "P000001 周正" in document["warnings"][1]["message"]
    for fits in ("周 正", "周*", "P000001 周正"):
        content[1][1] = fits
        assert warned(filled.imported("tasks", content)) == [(1, "姓名", "column_twice")]


@pytest.mark.parametrize("kind", ["tasks", "nine-ones"])
def test_a_unit_that_the_member_never_belonged_to_is_said(filled: Cli, kind: str) -> None:
    head, entry = ("任务", "T1") if kind == "tasks" else ("项目", "N1")
    rows = [["P000001", unit, entry, f"2005-03-0{day}"] for day, unit in enumerate((A, ROOT, B1), 1)]
    for row, expected in zip(rows, ([], [], [(2, "单位", "not_of_unit")]), strict=True):
        document = filled.imported(kind, [["党员编号", "单位", head, "完成日期"], row])
        assert warned(document) == expected
    filled.ok("member", "transfer", "P000001", B1, "--on", "2005-03-10")
    for row in rows:
        assert warned(filled.imported(kind, [["党员编号", "单位", head, "完成日期"], row])) == []


def test_words_in_a_row_without_a_day_are_not_lost_silently(filled: Cli) -> None:
    content = [["单位", "环节", "完成日期", "备注"], [A1, "M101", "", "下周补"], [A, "M101", "2005-01-05", "好"]]
    document = filled.imported("milestones", content)
    assert warned(document) == [(2, "备注", "not_recorded")]
    wide = filled.imported("milestones", [["单位", "M102", "组长"], [A1, "", "吴敏"], [A, "", ""]])
    assert warned(wide) == [(2, "组长", "not_recorded")]


def test_a_masked_head_changes_nothing(filled: Cli) -> None:
    content = [["单位", "环节", "完成日期", "组长"], [A, "M101", "2005-01-05", "周正"]]
    filled.imported("milestones", content)
    content[1][3] = "周*"
    assert counts(filled.imported("milestones", content))[3] == 1
    assert filled.query("SELECT head FROM milestone_done") == [("周正",)]

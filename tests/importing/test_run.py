"""A whole import: the JSON that is promised, all or nothing, partial, dry runs, several files, full size."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import District
from tests.support import Cli, counts, csv_text, errors, id_number, process, write_xlsx
from tools.demonstration import build

A, A1, A11, B, B1 = "330304-A", "330304-A1", "330304-A1-1", "330304-B", "330304-B1"
KEYS = [
    *("format_version", "operation", "kind", "dry_run"),
    *("read", "inserted", "updated", "unchanged", "rejected", "dropped", "errors", "warnings"),
]
ISSUE_KEYS = ["file", "sheet", "row", "column", "value", "code", "message"]
MIXED = (
    f"名册\n党员编号,姓名,所在党组织,身份证号\nN1,甲,{A1},\nN2,乙,none,12345678901234567\n合计,,,\nP000001,周政,{A},\n"
)


# ── the promised JSON ──


def test_the_answer_has_exactly_the_promised_keys_and_types(filled: Cli) -> None:
    document = filled.imported("members", f"党员编号,姓名,所在党组织\nN1,甲,{A1}\nP000001,周政,{A}\n")
    assert list(document)[: len(KEYS)] == KEYS
    assert document["format_version"] == 1
    assert document["operation"] == filled.rows("log")[0]["operation"]
    assert (document["kind"], document["dry_run"], document["errors"]) == ("members", False, [])
    assert counts(document) == (2, 1, 1, 0, 0, 1)
    for issue in document["warnings"]:
        assert list(issue) == ISSUE_KEYS


def test_the_answer_of_a_rejection_has_them_too(filled: Cli) -> None:
    document = filled.imported("members", MIXED, code=3)
    assert list(document)[: len(KEYS)] == KEYS
    assert document["operation"] is None
    assert [list(issue) for issue in document["errors"]] == [ISSUE_KEYS, ISSUE_KEYS]
    assert [[type(issue[key]) for key in ISSUE_KEYS] for issue in document["errors"]] == [
        [str, type(None), int, str, str, str, str]
    ] * 2
    assert {issue["file"] for issue in document["errors"]} == {"members.csv"}


def test_keys_and_codes_are_the_same_in_both_languages(filled: Cli) -> None:
    path = filled.write("a.csv", MIXED)
    english = json.loads(filled("import", "members", path, "--format", "json").out)
    chinese = json.loads(filled("import", "members", path, "--format", "json", lang="zh").out)
    for document in (english, chinese):
        for issue in (*document["errors"], *document["warnings"]):
            assert issue.pop("message")
    assert english == chinese


def test_standard_output_holds_the_answer_alone(filled: Cli) -> None:
    path = filled.write("a.csv", MIXED)
    answer = filled("import", "members", path, "--format", "json")
    json.loads(answer.out)
    assert answer.err == ""


# ── all or nothing ──


def test_all_errors_are_gathered_and_nothing_is_written(filled: Cli) -> None:
    lines = [f"N{n},新人{n},{A1},{sex}" for n, sex in enumerate(["男", "中", "女", "外"] * 30)]
    before = filled.everything()
    document = filled.imported("members", "\n".join(["党员编号,姓名,所在党组织,性别", *lines]), code=3)
    assert [row for row, _, _ in errors(document)] == [row for row in range(2, 122) if row % 2]
    assert counts(document) == (120, 0, 0, 0, 60, 1)
    assert filled.everything() == before


def test_several_errors_of_one_row_are_one_rejected_record(filled: Cli) -> None:
    document = filled.imported("members", "党员编号,姓名,所在党组织,性别\nN1,甲,none,中\n", code=3)
    assert (len(document["errors"]), document["rejected"]) == (2, 1)


def test_errors_come_in_the_order_of_the_rows(filled: Cli) -> None:
    content = f"党员编号,姓名,所在党组织,性别\nN1,,{A1},\nN2,乙,none,\nN3,丙,{A1},中\nN1,丁,{A1},\nN4,,{A1},\n"
    document = filled.imported("members", content, code=3)
    assert [row for row, _, _ in errors(document)] == [2, 3, 4, 5, 6]


def test_partial_writes_the_good_records_and_still_says_3(filled: Cli) -> None:
    document = filled.imported("members", MIXED, "--partial", code=3)
    assert counts(document) == (3, 1, 1, 0, 1, 3)
    assert document["operation"] == filled.rows("log")[0]["operation"]
    codes = {row["code"] for row in filled.rows("member", "list")}
    assert "N1" in codes
    assert "N2" not in codes


def test_partial_with_nothing_good_writes_nothing(filled: Cli) -> None:
    before = filled.everything()
    document = filled.imported("members", "党员编号,姓名,所在党组织\nN1,甲,none\n", "--partial", code=3)
    assert document["operation"] is None
    assert filled.everything() == before


@pytest.mark.parametrize("partial", [False, True])
def test_a_dry_run_says_what_would_happen_and_writes_nothing(filled: Cli, partial: bool) -> None:
    options = ["--partial"] if partial else []
    for content, code in ((MIXED, 3), (f"党员编号,姓名,所在党组织\nN1,甲,{A1}\nP000001,周政,{A}\n", 0)):
        before = filled.everything()
        dry = filled.imported("members", content, "--dry-run", *options, code=code)
        assert filled.everything() == before
        assert (dry["operation"], dry["dry_run"]) == (None, True)
        real = filled.imported("members", content, *options, code=code)
        assert counts(dry) == counts(real)
        assert dry["errors"] == real["errors"]


def test_a_number_in_an_error_is_masked_on_every_way_out(filled: Cli) -> None:
    number = id_number(1)[:-1] + "Q"
    path = filled.write("a.csv", f"姓名,所在党组织,身份证号\n新人,{A1},{number}\n")
    for format_ in ("table", "csv", "tsv", "json"):
        for lang in ("zh", "en"):
            answer = filled("import", "members", path, "--format", format_, lang=lang)
            assert answer.code == 3
            assert number not in answer.out + answer.err
            assert "330304********001Q" in answer.out
    out = filled.folder / "errors.csv"
    filled("import", "members", path, "--output", out)
    assert number not in out.read_text("utf-8-sig")


def test_a_person_reads_row_column_value_and_reason(filled: Cli) -> None:
    answer = filled("import", "members", filled.write("a.csv", MIXED))
    assert answer.code == 3
    for text in ("Nothing was written", "4", "所在党组织", "none", "a.csv", "unit_unknown"):
        assert text in answer.out
    answer = filled("import", "members", filled.folder / "a.csv", lang="zh")
    assert "Nothing" not in answer.out


# ── calling ──


@pytest.mark.parametrize(
    "argv",
    [
        ("import",),
        ("import", "members"),
        ("import", "people", "a.csv"),
        ("import", "members", "a.csv", "--moves-on", "2005-02-30"),
        ("import", "members", "a.csv", "--moves-on", "soon"),
        ("import", "members", "a.csv", "--no-such-option"),
    ],
)
def test_wrong_calls(filled: Cli, argv: tuple[str, ...]) -> None:
    filled.write("a.csv", f"党员编号,姓名,所在党组织\nN1,甲,{A1}\n")
    filled.refused(*argv, code=2)


AUTO: dict[str, tuple[str, str]] = {
    "units": ("units", f"编码,名称,上级编码,类型\nX,新支部,{B},党支部\n"),
    "members": ("members", f"姓名,性别,身份证号,所在党组织,联系电话\n新人,男,,{A1},\n"),
    "the least members": ("members", f"姓名,所在党组织\n新人,{A1}\n"),
    "milestones": ("milestones", f"单位,环节,完成日期\n{A},M101,2005-01-05\n"),
    "wide milestones": ("milestones", f"单位,M101,召开动员部署大会\n{A},2005-01-05,2005-01-06\n"),
    "tasks": ("tasks", f"姓名,单位,任务,完成日期\n周正,{A},T1,2005-01-05\n"),
    "wide tasks": ("tasks", f"姓名,单位,T1,T2,T3\n周正,{A},2005-01-05,,\n"),
    "nine-ones": ("nine-ones", "党员,项目,完成日期,佐证\nP000001,N1,2005-01-05,x\n"),
    "wide nine-ones": ("nine-ones", "党员编号,N1,N2,N9,L4\nP000001,2005-01-05,,,\n"),
    "English": ("nine-ones", "member,item,done_on\nP000001,N1,2005-01-05\n"),
}


@pytest.mark.parametrize("name", AUTO)
def test_auto_recognises_what_is_in_a_file(filled: Cli, name: str) -> None:
    kind, content = AUTO[name]
    document = filled.imported("auto", content)
    assert (document["kind"], document["inserted"] > 0) == (kind, True)


def test_auto_says_when_it_cannot_tell(filled: Cli) -> None:
    before = filled.everything()
    filled.refused("import", "auto", filled.write("a.csv", "甲,乙\n1,2\n"))
    filled.refused("import", "auto", filled.write("b.csv", ""))
    one, two = (filled.write(f"{name}.csv", AUTO[name][1]) for name in ("units", "milestones"))
    filled.refused("import", "auto", one, two)
    assert filled.everything() == before


def test_what_the_program_prints_comes_in_by_itself(filled: Cli) -> None:
    for noun in ("unit", "member"):
        path = filled.folder / f"{noun}.csv"
        filled.ok(noun, "list", "--output", path)
        document = filled.json("import", "auto", path)
        assert (document["kind"], document["updated"], document["errors"]) == (f"{noun}s", 0, [])


def test_several_files_are_one_operation(filled: Cli) -> None:
    one = filled.write("one.csv", f"党员编号,姓名,所在党组织\nN1,甲,{A1}\n")
    two = write_xlsx(filled.folder / "two.xlsx", {"S": [["标题"], ["姓名", "所在党组织"], ["乙", B1], ["丙", B1]]})
    document = filled.json("import", "members", one, two)
    assert counts(document) == (3, 3, 0, 0, 0, 3)
    latest = filled.rows("log")[0]
    assert latest["operation"] == document["operation"]
    assert "one.csv" in latest["source"]
    assert "two.xlsx" in latest["source"]


def test_one_bad_file_of_several_holds_all_back(filled: Cli) -> None:
    good = filled.write("good.csv", f"党员编号,姓名,所在党组织\nN1,甲,{A1}\n")
    bad = filled.write("bad.csv", "党员编号,姓名,所在党组织\nN2,甲,none\n")
    headless = filled.write("headless.csv", "a,b\n1,2\n")
    before = filled.everything()
    document = filled.json("import", "members", good, bad, headless, code=3)
    assert {(error["file"], error["code"]) for error in document["errors"]} == {
        ("bad.csv", "unit_unknown"),
        ("headless.csv", "column_missing"),
    }
    filled.refused("import", "members", good, filled.folder / "none.csv")
    assert filled.everything() == before


def test_namesakes_in_two_files_are_assigned_different_codes(filled: Cli) -> None:
    one = filled.write("one.csv", f"姓名,所在党组织\n新人,{A1}\n")
    two = filled.write("two.csv", f"姓名,所在党组织\n新人,{B1}\n")
    document = filled.json("import", "members", one, two)
    assert [each["code"] for each in document["assigned"]] == ["P000013", "P000014"]


# ── whatever the rows ──

CELLS = {
    "党员编号": ["", "N1", "N2", "N3", "P000001", "P000004", "p000001", "<清空>"],
    "姓名": ["", "甲", "乙", "王小明", "周正", "<clear>", "\u202e反"],
    "所在党组织": ["", A, A1, A11, "第一党支部", "区教育局党委", "none", "<清空>"],
    "出生日期": ["", "1971-01-20", "1971年1月", "1985.1", "2005-13-01", "2006-01-01", "<清空>"],
    "身份证号": ["", id_number(1), id_number(4, "1971-01-20"), id_number(1)[:-1] + "Q", "330304********0011", "<清空>"],
    "领导干部": ["", "是", "否", "?", "<清空>"],
}
NO_DATA = [["", "", "", "", "", ""], ["合计", "3", "", "", "", ""], ["注：x", "", "", "", "", ""], [*CELLS]]
ROW = st.tuples(*(st.sampled_from(cells) for cells in CELLS.values())).map(list)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(rows=st.lists(ROW | st.sampled_from(NO_DATA), max_size=12), moves=st.booleans(), partial=st.booleans())
def test_every_member_row_is_counted_once(filled: Cli, rows: list[list[str]], moves: bool, partial: bool) -> None:
    options = ["--dry-run", *(["--partial"] if partial else []), *(["--moves-on", "2005-02-01"] if moves else [])]
    path = filled.write("a.csv", [[*CELLS], *rows])
    answer = filled("import", "members", path, "--format", "json", *options)
    document = json.loads(answer.out)
    data = [row for row in rows if row not in NO_DATA and any(row)]
    assert document["read"] == len(data)
    rejected = {error["row"] for error in document["errors"]}
    assert document["rejected"] == len(rejected)
    assert answer.code == (3 if rejected else 0)
    whole = document["inserted"] + document["updated"] + document["unchanged"] + document["rejected"]
    if partial or not rejected:
        assert whole == len(data)
    else:
        assert document["inserted"] == document["updated"] == 0


UNIT_CELLS = {
    "编码": ["", "X", "Y", "Z", B1, A, "<清空>"],
    "名称": ["", "甲", "乙", "第一党支部", "繁荣社区党总支", "<清空>"],
    "上级编码": ["", "X", "Y", "Z", "330304", A, B, "甲", "none", "第一党支部", "<清空>"],
    "类型": ["", "党支部", "党小组", "<清空>"],
}


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    rows=st.lists(st.tuples(*(st.sampled_from(cells) for cells in UNIT_CELLS.values())).map(list), max_size=8),
    moves=st.booleans(),
    partial=st.booleans(),
)
def test_every_unit_row_is_counted_once_and_the_tree_stays_one(
    filled: Cli, rows: list[list[str]], moves: bool, partial: bool
) -> None:
    options = [*(["--partial"] if partial else []), *(["--moves-on", "2005-02-01"] if moves else [])]
    path = filled.write("a.csv", [[*UNIT_CELLS], *rows])
    db, copy = filled.db, filled.folder / "copy.db"
    shutil.copy(db, copy)
    filled.db = copy
    try:
        answer = filled("import", "units", path, "--format", "json", *options)
        document = json.loads(answer.out)
        below = filled.rows("unit", "tree")
        everyone = filled.rows("unit", "list")
    finally:
        filled.db = db
    data = [row for row in rows if any(row)]
    assert document["read"] == len(data)
    assert document["rejected"] == len({error["row"] for error in document["errors"]})
    whole = document["inserted"] + document["updated"] + document["unchanged"] + document["rejected"]
    if partial or not document["errors"]:
        assert whole == len(data)
    assert len(everyone) == 9 + document["inserted"]
    assert {row["code"] for row in below} == {row["code"] for row in everyone}, "every unit hangs below the root"


RECORD_CELLS = {
    "单位": ["", A, A1, A11, "区教育局党委", "第一党支部", "none", "<清空>"],
    "环节": ["", "M101", "M103", "M305", "制定教育活动方案", "M999", "<清空>"],
    "完成日期": ["", "2005-01-05", "20050106", "2005-02-30", "2005-04-01", "<清空>"],
}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    rows=st.lists(st.tuples(*(st.sampled_from(cells) for cells in RECORD_CELLS.values())).map(list), max_size=10),
    partial=st.booleans(),
)
def test_every_milestone_row_is_counted_once(filled: Cli, rows: list[list[str]], partial: bool) -> None:
    path = filled.write("a.csv", [[*RECORD_CELLS], *rows])
    options = ["--dry-run", *(["--partial"] if partial else [])]
    answer = filled("import", "milestones", path, "--format", "json", *options)
    document = json.loads(answer.out)
    data = [row for row in rows if any(row)]
    assert document["read"] == len(data)
    assert document["rejected"] == len({error["row"] for error in document["errors"]})
    whole = document["inserted"] + document["updated"] + document["unchanged"] + document["rejected"]
    if partial or not document["errors"]:
        assert whole == len(data)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(rows=st.lists(ROW, max_size=8))
def test_the_same_file_again_changes_nothing(filled: Cli, rows: list[list[str]]) -> None:
    path = filled.write("a.csv", [[*CELLS], *rows])
    db, copy = filled.db, filled.folder / "copy.db"
    shutil.copy(db, copy)
    filled.db = copy
    try:
        if filled("import", "members", path).code == 0:
            before = filled.everything()
            again = filled.json("import", "members", path)
            assert (again["operation"], again["inserted"], again["updated"]) == (None, 0, 0)
            assert filled.everything() == before
    finally:
        filled.db = db


# ── full size ──

UNITS, MEMBERS = 782, 14_972


class Full(NamedTuple):
    """A whole district as it is sent in: header and rows."""

    units: list[Sequence[str]]
    members: list[Sequence[str]]


@pytest.fixture(scope="module")
def full() -> Full:
    """The demonstration district's units and members."""
    lists: dict[str, list[Sequence[str]]] = {"units": [], "members": []}
    for delivery in build().deliveries:
        # Later deliveries with fewer columns bring changes, not units or members.
        rows = lists.get(delivery.kind)
        if rows is not None and (not rows or delivery.columns == rows[0]):
            rows += [delivery.columns, *delivery.rows] if not rows else delivery.rows
    found = Full(lists["units"], lists["members"][: MEMBERS + 1])
    assert len(found.units) > UNITS
    assert len(found.members) == MEMBERS + 1
    return found


@pytest.fixture(scope="module")
def from_csv(full: Full, empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Cli:
    """The full district, imported from csv."""
    cli = Cli(tmp_path_factory.mktemp("csv"))
    shutil.copy(empty_file, cli.db)
    assert cli.imported("units", full.units)["inserted"] == len(full.units) - 1
    assert cli.imported("members", full.members)["inserted"] == MEMBERS
    return cli


def test_a_full_district_comes_in_whole(from_csv: Cli, full: Full) -> None:
    total = from_csv.json("status")["total"]
    kinds = [row[3] for row in full.units[1:]]
    assert total["units"] == sum(kind in ("committee", "general_branch", "branch") for kind in kinds) >= UNITS
    assert total["members"] == MEMBERS


@pytest.mark.parametrize("form", ["gb18030", "xlsx"])
def test_the_form_of_the_file_makes_no_difference(cli: Cli, from_csv: Cli, full: Full, form: str) -> None:
    for kind, rows in full._asdict().items():
        if form == "xlsx":
            path = cli.write(f"{kind}.xlsx", rows)
        else:
            path = cli.write(f"{kind}.csv", csv_text(rows).encode("gb18030"))
        assert cli.json("import", kind, path)["inserted"] == len(rows) - 1
    assert cli.tables() == from_csv.tables()


def test_a_second_time_nothing_changes(from_csv: Cli, full: Full) -> None:
    before = from_csv.everything()
    for kind, rows in full._asdict().items():
        document = from_csv.imported(kind, rows)
        assert counts(document) == (len(rows) - 1, 0, 0, len(rows) - 1, 0, 1)
        assert document["operation"] is None
    assert from_csv.everything() == before


def test_one_bad_number_in_data_row_9000_holds_all_back(cli: Cli, full: Full) -> None:
    cli.imported("units", full.units)
    header, *rows = ([*row] for row in full.members)
    place = header.index("id_number")
    number = rows[8999][place]
    rows[8999][place] = number[:-1] + ("0" if number[-1] != "0" else "1")
    before = cli.everything()
    document = cli.imported("members", [["瓯海区党员名册"], header, *rows], code=3)
    (error,) = document["errors"]
    assert (error["row"], error["column"], error["code"]) == (9002, "id_number", "id_checksum")
    assert error["value"] == f"{number[:6]}********{rows[8999][place][-4:]}"
    assert (document["read"], document["inserted"], document["rejected"]) == (MEMBERS, 0, 1)
    assert cli.everything() == before
    partial = cli.json("import", "members", cli.folder / "members.csv", "--partial", code=3)
    assert counts(partial) == (MEMBERS, MEMBERS - 1, 0, 0, 1, 2)


# ── as a process ──


def test_an_import_by_a_script(bare: Cli, district: District) -> None:
    """What a nightly job does: exit codes, JSON on standard output, nothing else anywhere."""
    bare.write("units.csv", district.units)
    bare.write("members.csv", district.members.encode("gb18030"))
    bare.write("bad.csv", "单位,环节,完成日期\nnone,M101,2005-01-05\n")
    assert process("--db", bare.db, "init").returncode == 0

    def imported(*argv: str) -> tuple[int, dict[str, Any]]:
        answer = process("import", *argv, "--db", bare.db, "--format", "json", cwd=bare.folder)
        assert answer.stderr == b""
        return answer.returncode, json.loads(answer.stdout.decode())

    assert imported("units", "units.csv")[1]["inserted"] == 9
    assert imported("members", "members.csv")[1]["inserted"] == 12
    assert imported("members", "members.csv")[1]["unchanged"] == 12
    code, document = imported("milestones", "bad.csv")
    assert (code, document["operation"]) == (3, None)
    assert process("import", "members", "none.csv", "--db", bare.db, cwd=bare.folder).returncode == 1
    assert process("import", "people", "units.csv", "--db", bare.db, cwd=bare.folder).returncode == 2

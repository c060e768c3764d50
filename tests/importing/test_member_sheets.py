"""Importing members: keys, ID numbers, transfers, what clears and what changes nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.conftest import MEMBER_COLUMNS, MEMBERS, District
from tests.support import Cli, counts, csv_text, errors, id_number

A, A1, A11, A12, A2, B1 = "330304-A", "330304-A1", "330304-A1-1", "330304-A1-2", "330304-A2", "330304-B1"
NUMBERS = {row[0]: row[4] for row in MEMBERS}
HEADER = "党员编号,姓名,所在党组织"


def text(*lines: str, header: str = HEADER) -> str:
    return "\n".join((header, *lines)) + "\n"


def old(number: str) -> str:
    """The 15 digits that somebody bore before there were 18."""
    return number[:6] + number[8:17]


def member(cli: Cli, code: str) -> dict[str, Any]:
    return next(row for row in cli.rows("member", "list", "--reveal", "--left") if row["code"] == code)


def refused(cli: Cli, content: str, *options: str) -> list[tuple[int, str | None, str]]:
    before = cli.everything()
    document = cli.imported("members", content, *options, code=3)
    assert (document["operation"], document["inserted"], document["updated"]) == (None, 0, 0)
    assert cli.everything() == before
    return errors(document)


# ── a whole list ──


def test_members_come_in_and_the_same_again_changes_nothing(cli: Cli, district: District) -> None:
    cli.imported("units", district.units)
    assert counts(cli.imported("members", district.members)) == (12, 12, 0, 0, 0, 1)
    before = cli.everything()
    second = cli.imported("members", district.members)
    assert counts(second) == (12, 0, 0, 12, 0, 1)
    assert second["operation"] is None
    assert cli.everything() == before


def test_every_column_is_kept(filled: Cli) -> None:
    header = "code,name,sex,born_on,id_number,unit,joined_on,status,post,rank,leader,category,phone"
    header += ",转入日期,失联日期,四套班子,民族,学历,转正日期"
    number = id_number(1, "1985-03-02")
    filled.imported(
        "members",
        text(
            f"N1,欧阳 春,女,1985年3月2日,{number.lower()},区教育局党委,2004-07,正式,干事,副科级,√,教师,0577-88510000,"
            "2005-02-01,2005年3月1日,区政协,回,大专,2005年2月",
            header=header,
        ),
    )
    found = member(filled, "N1")
    assert found.pop("category")
    assert found == {
        "code": "N1",
        "name": "欧阳春",
        "sex": "female",
        "born_on": "1985-03-02",
        "id_number": number,
        "unit": A1,
        "joined_on": "2004-07",
        "status": "full",
        "post": "干事",
        "rank": "副科级",
        "leader": True,
        "phone": "0577-88510000",
        "left_on": None,
        "arrived_on": "2005-02-01",
        "missing_since": "2005-03-01",
        "district_body": "consultative",
        "ethnicity": "回族",
        "education": "大学专科",
        "joined_full_on": "2005-02",
    }


@pytest.mark.parametrize(
    ("cell", "leader"),
    [
        ("是", True),
        ("√", True),
        ("1", True),
        ("true", True),
        ("否", False),
        ("0", False),
        ("FALSE", False),
        ("", False),
    ],
)
def test_leaders(filled: Cli, cell: str, leader: bool) -> None:
    filled.imported("members", text(f"N1,新人,{A1},{cell}", header=f"{HEADER},领导干部"))
    assert member(filled, "N1")["leader"] is leader


def test_words_that_are_on_no_list_are_errors_one_by_one(filled: Cli) -> None:
    header = f"{HEADER},性别,出生日期,身份证号,入党时间,党员类别,领导干部,人员类别"
    line = f"N1,新人,没有此单位,中,1985-13,{id_number(1)}9,1985.1,群众,也许,无此类别"
    assert sorted(refused(filled, text(line, header=header))) == sorted(
        [
            (2, "所在党组织", "unit_unknown"),
            (2, "性别", "value_invalid"),
            (2, "出生日期", "date_invalid"),
            (2, "身份证号", "id_length"),
            (2, "入党时间", "date_ambiguous"),
            (2, "党员类别", "value_invalid"),
            (2, "领导干部", "value_invalid"),
            (2, "人员类别", "value_invalid"),
        ]
    )


# ── ID numbers ──


def wrong_digit(number: str) -> str:
    return number[:-1] + ("0" if number[-1] != "0" else "1")


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (wrong_digit(id_number(1)), "id_checksum"),
        (id_number(1)[:-1], "id_length"),
        (id_number(1)[:-5], "id_length"),
        (id_number(1)[:-1] + "Q", "id_length"),
        ("330304198002300019", "id_birth"),
        ("330304851340001", "id_birth"),
        ("abc", "id_length"),
    ],
)
def test_a_wrong_id_number_is_named_and_masked(filled: Cli, number: str, code: str) -> None:
    content = text(f"N1,新人,{A1},{number}", header=f"{HEADER},身份证号")
    document = filled.imported("members", content, code=3)
    (error,) = document["errors"]
    assert (error["row"], error["column"], error["code"]) == (2, "身份证号", code)
    if len(number) >= 14:  # a shorter one is masked whole
        assert error["value"].startswith(number[:6])
        assert "****" in error["value"], "masked, whatever is wrong with it"
    for format_ in ("json", "csv", "table"):
        answer = filled("import", "members", filled.folder / "members.csv", "--format", format_)
        assert len(number) < 6 or number not in answer.out + answer.err


@pytest.mark.parametrize("form", [str.lower, lambda number: f"{number[:6]} {number[6:14]} {number[14:]}"])
def test_an_id_number_is_the_key_in_every_form(filled: Cli, form: Any) -> None:
    content = text(f"周正,{A},{form(NUMBERS['P000001'])},厅长", header="姓名,所在党组织,身份证号,职务")
    assert counts(filled.imported("members", content)) == (1, 0, 1, 0, 0, 1)
    assert member(filled, "P000001")["post"] == "厅长"


def test_an_id_number_in_a_number_cell_is_refused_and_not_repeated(filled: Cli) -> None:
    path = filled.write("a.xlsx", [["姓名", "所在党组织", "身份证号"], ["新人", A1, 330304198001010011]])
    document = filled.json("import", "members", path, code=3)
    assert errors(document) == [(2, "身份证号", "id_number_cell")]
    assert "1980010" not in document["errors"][0]["value"]


def test_an_old_number_in_a_number_cell_is_shown_as_the_sender_sees_it(filled: Cli) -> None:
    number = old(id_number(9))
    path = filled.write("a.xlsx", [["姓名", "所在党组织", "身份证号"], ["新人", A1, float(number)]])
    (error,) = filled.json("import", "members", path, code=3)["errors"]
    assert (error["code"], error["value"]) == ("id_number_cell", f"{number[:6]}*****{number[-4:]}")


def test_an_id_number_of_somebody_else_is_an_error(filled: Cli) -> None:
    header = f"{HEADER},身份证号"
    for line in (f"N1,新人,{A1},{NUMBERS['P000001']}", f"P000002,吴敏,{A1},{NUMBERS['P000001']}"):
        document = filled.imported("members", text(line, header=header), code=3)
        assert errors(document) == [(2, "身份证号", "duplicate_id")]
        assert "P000001 周正" in document["errors"][0]["message"]
    lines = (f"N1,新人,{A1},{id_number(500)}", f"N2,又一人,{A1},{id_number(500)}")
    assert refused(filled, text(*lines, header=header)) == [(3, "身份证号", "duplicate_id")]


def test_a_number_and_a_birth_date_that_differ_are_said(filled: Cli) -> None:
    number = id_number(1, "1980-02-03")
    header = f"{HEADER},身份证号,出生日期"
    for born, warned in (("1980-02-03", False), ("1980-02", False), ("1980-02-04", True), ("1981-02", True)):
        document = filled.imported("members", text(f"N1,新人,{A1},{number},{born}", header=header), "--dry-run")
        assert bool(document["warnings"]) is warned, born


def test_an_old_number_and_its_new_form_are_one_person(filled: Cli) -> None:
    """15 digits are the 18 without the century and the check digit."""
    new = id_number(321, "1950-05-05")
    old = new[:6] + new[8:17]
    filled.imported("members", text(f"N1,老党员,{A1},{old}", header=f"{HEADER},身份证号"))
    document = filled.imported("members", f"姓名,所在党组织,身份证号\n老党员,{A1},{new}\n", "--dry-run")
    assert document["inserted"] == 0


# ── dates in cells ──


def test_dates_of_a_workbook(filled: Cli) -> None:
    header = ["党员编号", "姓名", "所在党组织", "出生日期", "入党时间"]
    rows = [
        header,
        ["N1", "一", A1, date(1970, 1, 20), 31093],
        ["N2", "二", A1, "1985年3月", "1985-03"],
        ["N3", "三", A1, 19700120, 198503],
    ]
    filled.json("import", "members", filled.write("a.xlsx", rows))
    found = {code: (member(filled, code)["born_on"], member(filled, code)["joined_on"]) for code in ("N1", "N2", "N3")}
    assert found == {
        "N1": ("1970-01-20", "1985-02-15"),
        "N2": ("1985-03", "1985-03"),
        "N3": ("1970-01-20", "1985-03"),
    }


def test_a_number_that_may_be_january_or_october_is_refused(filled: Cli) -> None:
    rows = [["姓名", "所在党组织", "入党时间"], ["新人", A1, 1985.1]]
    document = filled.json("import", "members", filled.write("a.xlsx", rows), code=3)
    assert errors(document) == [(2, "入党时间", "date_ambiguous")]


def test_nothing_lies_after_the_files_day(filled: Cli) -> None:
    header = f"{HEADER},出生日期,入党时间"
    for cells, column in (("2005-04-01,", "出生日期"), (",2005-04", "入党时间"), (",20050401", "入党时间")):
        assert refused(filled, text(f"N1,新人,{A1},{cells}", header=header)) == [(2, column, "date_future")]
    assert filled.imported("members", text(f"N1,新人,{A1},,2005-03-31", header=header))["inserted"] == 1


# ── keys ──


@pytest.mark.parametrize(
    ("header", "line"),
    [
        ("党员编号,姓名,所在党组织,职务", f"P000004,王小明,{A11},主任"),
        ("党员编号,身份证号,姓名,所在党组织,职务", f"P000004,,王小明,{A11},主任"),
        ("党员编号,身份证号,姓名,所在党组织,职务", f"P000004,{NUMBERS['P000004']},王小明,{A11},主任"),
        ("党员编号,身份证号,姓名,所在党组织,职务", f",{NUMBERS['P000004']},王小明,{A11},主任"),
        ("身份证号,姓名,所在党组织,职务", f"{NUMBERS['P000004']},王小明,,主任"),
        ("身份证号,姓名,所在党组织,职务", f"{NUMBERS['P000004']},王小明,教育局机关党支部,主任"),
        ("姓名,所在党组织,职务", f"王小明,{A11},主任"),
        ("姓名,所在党组织,职务", f"王 小 明,{A11},主任"),
        ("姓名,所在党组织,出生日期,职务", f"王小明,{A11},1971-01-20,主任"),
    ],
)
def test_a_member_is_known_by_code_else_number_else_name_and_unit(filled: Cli, header: str, line: str) -> None:
    document = filled.imported("members", text(line, header=header))
    assert counts(document)[1:4] == (0, 1, 0), document
    assert member(filled, "P000004")["post"] == "主任"
    assert member(filled, "P000005")["post"] is None


def test_another_birth_date_is_another_person(filled: Cli) -> None:
    document = filled.imported("members", f"姓名,所在党组织,出生日期\n王小明,{A11},1985-05-05\n")
    assert document["inserted"] == 1


def test_a_month_that_fits_the_stored_day_is_the_same_person(filled: Cli) -> None:
    """Where a month is enough a month names the day too: nobody is entered a second time."""
    document = filled.imported("members", f"姓名,所在党组织,出生日期\n王小明,{A11},1971年1月\n", "--dry-run")
    assert document["inserted"] == 0


def test_a_number_for_somebody_stored_without_one_enters_nobody_twice(filled: Cli) -> None:
    filled.imported("members", f"姓名,所在党组织\n无号人,{A11}\n")
    path = filled.write("members.csv", f"姓名,所在党组织,身份证号\n无号人,{A11},{id_number(7)}\n")
    answer = filled("import", "members", path, "--format", "json", "--dry-run")
    assert '"inserted": 0' in answer.out or '"warnings": []' not in answer.out, "known, or at least said"


def test_namesakes_in_one_unit_are_ambiguous(filled: Cli) -> None:
    filled.imported("members", text(f"N1,王小明,{A11}"))
    document = filled.imported("members", f"姓名,所在党组织,职务\n王小明,{A11},主任\n", code=3)
    assert errors(document) == [(2, "姓名", "member_ambiguous")]
    assert "P000004" in document["errors"][0]["message"]
    assert "N1" in document["errors"][0]["message"]


def test_namesakes_in_the_file_are_ambiguous(filled: Cli) -> None:
    found = refused(filled, f"姓名,所在党组织\n新人,{A1}\n新人,{A1}\n")
    assert {code for _, _, code in found} <= {"member_ambiguous", "duplicate_in_file"}
    assert found
    born = f"姓名,所在党组织,出生日期\n新人,{A1},1970-01-01\n新人,{A1},1971-01-01\n"
    assert filled.imported("members", born)["inserted"] == 2


def test_namesakes_in_different_units_are_two(filled: Cli) -> None:
    assert filled.imported("members", f"姓名,所在党组织\n新人,{A1}\n新人,{A2}\n")["inserted"] == 2


@pytest.mark.parametrize(
    "lines",
    [
        (f"N1,新人,{A1},", f"N1,新人,{A1},"),
        (f"N1,新人,{A1},", f"N1,另一人,{A2},"),
        (f",新人,{A1},{id_number(9)}", f",新人,{A1},{id_number(9)}"),
        (f",新人,{A1},{id_number(9)}", f",另一人,{A2},{old(id_number(9))}"),
        (f",新人,{A1},{old(id_number(9))}", f",新人,{A1},{id_number(9)}"),
        (f"P000001,周正,{A},", f"P000001,周正,{A},"),
        (f"P000001,周正,{A},", f",周正,{A},{NUMBERS['P000001']}"),
        (f"P000001,周正,{A},", f",周正,{A},"),
        (f",周正,{A},", f",周正,{A},"),
    ],
)
def test_the_same_key_twice_is_an_error(filled: Cli, lines: tuple[str, str]) -> None:
    found = refused(filled, text(*lines, header=f"{HEADER},身份证号"))
    assert [(row, code) for row, _, code in found] == [(3, "duplicate_in_file")]


@pytest.mark.parametrize("gap", ["", ",\n"])
def test_the_same_key_in_two_files_at_once_is_an_error(filled: Cli, gap: str) -> None:
    """Whether or not the rows have the same number."""
    one = filled.write("one.csv", text(f"N1,新人,{A1}"))
    two = filled.write("two.csv", text(f"{gap}N1,另一人,{A1}"))
    document = filled.json("import", "members", one, two, code=3)
    assert [(error["file"], error["code"]) for error in document["errors"]] == [("two.csv", "duplicate_in_file")]


def test_the_same_key_further_down_than_one_look_reaches(filled: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("advedu.importing.run.CHUNK", 3)
    lines = [f"N{n},新人{n},{A1}" for n in range(8)]
    assert filled.imported("members", text(*lines), "--dry-run")["inserted"] == 8
    for twice in (f"N1,新人1,{A1}", f"N1,另一人,{A2}"):
        found = refused(filled, text(*lines, twice))
        assert [(row, code) for row, _, code in found] == [(10, "duplicate_in_file")]


# ── codes ──


def test_codes_are_assigned_and_reported_and_found_again(filled: Cli) -> None:
    content = f"党员编号,姓名,所在党组织\n,甲,{A1}\nP000014,乙,{A1}\n,丙,{A1}\n"
    document = filled.imported("members", content)
    assert document["assigned"] == [
        {"row": 2, "name": "甲", "code": "P000013"},
        {"row": 4, "name": "丙", "code": "P000015"},
    ]
    assert counts(filled.imported("members", content)) == (3, 0, 0, 3, 0, 1)


def test_a_new_member_needs_a_name_and_a_unit(filled: Cli) -> None:
    assert refused(filled, text(f"N1,,{A1}")) == [(2, "姓名", "required_missing")]
    assert refused(filled, text("N1,新人,")) == [(2, "所在党组织", "required_missing")]


def test_a_unit_is_named_by_code_or_name(filled: Cli) -> None:
    for cell in (A1, "区教育局党委", "区教育局 党委", A1.lower()):
        assert filled.imported("members", text(f"N1,新人,{cell}"), "--dry-run")["inserted"] == 1
    document = filled.imported("members", text("N1,新人,第一党支部", "N2,新人,繁荣社区党总之"), code=3)
    assert errors(document) == [(2, "所在党组织", "unit_ambiguous"), (3, "所在党组织", "unit_unknown")]
    assert "330304-B1 繁荣社区党总支" in document["errors"][1]["message"]


def test_nobody_joins_a_closed_unit(filled: Cli) -> None:
    filled.ok("unit", "close", B1, "--on", "2005-03-01")
    assert [(row, column) for row, column, _ in refused(filled, text(f"N1,新人,{B1}"))] == [(2, "所在党组织")]
    assert filled.imported("members", text(f"P000009,孙丽,{B1}"))["unchanged"] == 1


# ── what changes nothing, what clears ──


def test_missing_columns_and_empty_cells_change_nothing(filled: Cli) -> None:
    before = filled.tables()
    empty = csv_text([MEMBER_COLUMNS, ["P000001", *[""] * (len(MEMBER_COLUMNS) - 1)]])
    for content in (text(f"P000001,周正,{A}"), empty, text("P000001,,")):
        assert counts(filled.imported("members", content))[1:5] == (0, 0, 1, 0)
    assert filled.tables() == before


def test_masked_cells_as_we_print_them_change_nothing(filled: Cli) -> None:
    before = filled.tables()
    listed = filled.folder / "list.csv"
    filled.ok("member", "list", "--output", listed)
    assert "********" in listed.read_text("utf-8-sig")
    assert counts(filled.json("import", "members", listed))[:5] == (12, 0, 0, 12, 0)
    assert filled.tables() == before


def test_a_masked_number_is_no_key(filled: Cli) -> None:
    masked = NUMBERS["P000004"][:6] + "********" + NUMBERS["P000004"][-4:]
    content = f"姓名,所在党组织,身份证号,职务\n王小明,{A11},{masked},主任\n"
    assert filled.imported("members", content)["updated"] == 1
    assert member(filled, "P000004")["post"] == "主任"
    assert member(filled, "P000004")["id_number"] == NUMBERS["P000004"]


def test_a_list_with_everything_shown_comes_in_again_unchanged(filled: Cli) -> None:
    before = filled.tables()
    for ending in ("csv", "tsv"):
        listed = filled.folder / f"list.{ending}"
        filled.ok("member", "list", "--reveal", "--output", listed)
        assert filled.json("import", "members", listed)["unchanged"] == 12
    assert filled.tables() == before


@pytest.mark.parametrize("word", ["<清空>", "<clear>", "<Clear>", "＜清空＞"])
def test_a_word_clears(filled: Cli, word: str) -> None:
    header = f"{HEADER},性别,出生日期,身份证号,入党时间,党员类别,职务,职级,领导干部,人员类别,联系电话"
    line = ",".join(["P000001", "周正", A, *[word] * 10])
    assert filled.imported("members", text(line, header=header))["updated"] == 1
    found = member(filled, "P000001")
    assert {value for name, value in found.items() if name not in ("code", "name", "unit")} == {None, False}


@pytest.mark.parametrize(("line", "column"), [(f"P000001,<clear>,{A}", "姓名"), ("P000001,周正,<clear>", "所在党组织")])
def test_what_must_be_there_cannot_be_cleared(filled: Cli, line: str, column: str) -> None:
    assert refused(filled, text(line)) == [(2, column, "required_missing")]
    assert refused(filled, text(line.replace("P000001", "N1"))) == [(2, column, "required_missing")]


def test_a_changed_name_is_said(filled: Cli) -> None:
    document = filled.imported("members", text(f"P000001,周政,{A}"))
    assert [(warning["row"], warning["column"]) for warning in document["warnings"]] == [(2, "姓名")]
    assert member(filled, "P000001")["name"] == "周政"


# ── transfers ──


def test_another_unit_is_an_error(filled: Cli) -> None:
    document = filled.imported("members", text(f"P000004,王小明,{B1}"), code=3)
    assert errors(document) == [(2, "所在党组织", "would_move")]
    assert "教育局机关党支部" in document["errors"][0]["message"]
    assert "繁荣社区党总支" in document["errors"][0]["message"]


def test_moves_on_makes_it_a_dated_transfer(filled: Cli) -> None:
    content = text(f"P000004,王小明,{B1},主任", header=f"{HEADER},职务")
    document = filled.imported("members", content, "--moves-on", "2005-02-10")
    assert counts(document) == (1, 0, 1, 0, 0, 1)
    assert filled.query("SELECT moved_on, entered_on FROM transfer") == [("2005-02-10", "2005-03-31")]
    assert (member(filled, "P000004")["unit"], member(filled, "P000004")["post"]) == (B1, "主任")
    days = ("2005-02-09", "2005-02-10")
    assert [filled.json("status", A11, "--as-of", day)["total"]["members"] for day in days] == [2, 1]
    assert filled.imported("members", content, "--moves-on", "2005-03-01")["unchanged"] == 1


def test_a_transfer_that_breaks_a_rule_is_an_error_of_its_row(filled: Cli) -> None:
    filled.ok("member", "transfer", "P000004", A2, "--on", "2005-03-01")
    filled.ok("member", "leave", "P000010", "--on", "2005-01-15")
    filled.ok("unit", "close", "330304-B2", "--on", "2005-01-20")
    lines = (f"P000004,王小明,{B1}", f"P000010,陈建国,{A2}", "P000003,郑重,330304-B2", f"P000001,周正,{B1}")
    found = refused(filled, text(*lines), "--moves-on", "2005-02-01")
    assert [(row, column) for row, column, _ in found] == [(row, "所在党组织") for row in (2, 3, 4)]


def test_who_has_left_is_not_brought_back(filled: Cli) -> None:
    filled.ok("member", "leave", "P000010", "--on", "2005-03-01")
    document = filled.imported("members", text(f"P000010,陈建国,{B1}"))
    assert (document["unchanged"], len(document["warnings"])) == (1, 1)
    assert member(filled, "P000010")["left_on"] == "2005-03-01"


# ── partial ──


def test_partial_writes_the_good_ones(filled: Cli) -> None:
    content = text(
        f"N1,甲,{A1},男", f"N2,乙,{A1},中", f"N1,丙,{A1},女", f"P000001,周正,{A},女", header=f"{HEADER},性别"
    )
    document = filled.imported("members", content, "--partial", code=3)
    assert counts(document) == (4, 1, 1, 0, 2, 1)
    assert errors(document) == [(3, "性别", "value_invalid"), (4, "党员编号", "duplicate_in_file")]
    assert member(filled, "N1")["name"] == "甲"
    assert member(filled, "P000001")["sex"] == "female"


@pytest.mark.parametrize("masked", ["王**", "王＊＊", "王*明", "*小明"])
def test_a_masked_name_changes_nothing_and_names_nobody(filled: Cli, masked: str) -> None:
    before = filled.query("SELECT name FROM member WHERE code = 'P000004'")
    document = filled.imported("members", f"党员编号,姓名,所在党组织\nP000004,{masked},\n")
    assert (document["unchanged"], document["operation"]) == (1, None)
    assert filled.query("SELECT name FROM member WHERE code = 'P000004'") == before
    document = filled.imported("members", f"姓名,所在党组织\n{masked},330304-A1\n", code=3)
    assert errors(document) == [(2, "姓名", "required_missing")]


def test_the_old_form_of_a_number_does_not_shorten_the_one_on_record(filled: Cli) -> None:
    number = id_number(7, "1960-05-06")
    old = number[:6] + number[8:17]
    head = "党员编号,姓名,身份证号,所在党组织\n"
    filled.imported("members", f"{head}N9,新人,{number},330304-A1\n")
    document = filled.imported("members", f"{head}N9,新人,{old},330304-A1\n")
    assert (document["unchanged"], document["operation"]) == (1, None)
    assert filled.query("SELECT id_number FROM member WHERE code = 'N9'") == [(number,)]
    # The other way round the number of today takes the place of the old one.
    filled.imported(
        "members", f"{head}N8,旧人,{id_number(8, '1961-05-06')[:6]}{id_number(8, '1961-05-06')[8:17]},330304-A1\n"
    )
    document = filled.imported("members", f"{head}N8,旧人,{id_number(8, '1961-05-06')},330304-A1\n")
    assert document["updated"] == 1

"""Finding: by whatever somebody remembers, the best first, numbers masked."""

from __future__ import annotations

import pytest

from tests.support import Cli

A, A1 = "330304-A", "330304-A1"


def found(cli: Cli, *words: str) -> list[tuple[str, str]]:
    return [(row["code"], row["found_by"]) for row in cli.rows("find", *words)]


@pytest.mark.parametrize(
    ("text", "code", "by"),
    [
        ("330304-A1", A1, "code"),
        ("330304-a1", A1, "code"),
        ("区教育局党委", A1, "name"),
        ("教育局党", A1, "name"),
        ("区教育局　党委", A1, "name"),
        ("qjyjdw", A1, "pinyin"),
        ("jiaoyujudangwei", A1, "pinyin"),
        ("0577-88510002", A1, "phone"),
        ("88510002", A1, "phone"),
        ("P000004", "P000004", "code"),
        ("李秀英", "P000006", "name"),
        ("lxy", "P000006", "pinyin"),
        ("lixiuying", "P000006", "pinyin"),
        ("13905770008", "P000009", "phone"),
    ],
)
def test_by_whatever_is_remembered(filled: Cli, text: str, code: str, by: str) -> None:
    assert found(filled, text)[0] == (code, by)


def test_by_id_number_and_by_its_end(filled: Cli) -> None:
    ((number,),) = filled.query("SELECT id_number FROM member WHERE code = 'P000001'")
    for text in (number, number.lower(), number[-6:]):
        assert ("P000001", "id_number") in found(filled, text)
    answer = filled.ok("find", number, "--format", "json")
    assert number not in answer
    assert number in filled.ok("find", number, "--format", "json", "--reveal")
    assert filled.query("SELECT count(*) FROM operation WHERE command LIKE '%--reveal%'") == [(1,)]


def test_other_names(filled: Cli) -> None:
    filled.ok("unit", "edit", A1, "--alias", "区教委、教委")
    assert found(filled, "教委")[0] == (A1, "alias")
    assert found(filled, "jw")[0] == (A1, "alias")


def test_namesakes_are_told_apart_by_unit_and_birth(filled: Cli) -> None:
    rows = [row for row in filled.rows("find", "wxm") if row["name"] == "王小明"]
    assert [(row["unit"], row["born_on"]) for row in rows] == [(f"{A1}-1", "1971-01-20"), (f"{A1}-2", "1979-09-09")]
    out = filled.ok("find", "王小明")
    assert "1971-01-20" in out
    assert "教育局机关党支部" in out


def test_the_best_first_and_who_is_gone_last(filled: Cli) -> None:
    filled.ok("unit", "add", "X", "--name", "第一党支部筹备组", "--kind", "党支部", "--parent", A)
    filled.ok("unit", "close", f"{A1}-2", "--on", "2005-03-30")
    assert [code for code, _ in found(filled, "第一党支部")] == ["330304-B2", f"{A1}-2", "X"]


def test_within_a_unit(filled: Cli) -> None:
    assert {code for code, _ in found(filled, "第一党支部", "--unit", "330304-B")} == {"330304-B2"}
    assert found(filled, "周正", "--unit", "330304-B") == []


def test_several_words_are_one_text(filled: Cli) -> None:
    assert found(filled, "wang", "xiao", "ming") == found(filled, "wangxiaoming")


def test_nothing_fits_is_no_error_but_a_suggestion(filled: Cli) -> None:
    answer = filled("find", "王小名")
    assert answer.code == 0
    assert "王小明" in answer.err
    assert filled("find", "zzzz").err.strip().endswith("nothing fits zzzz")


def test_short_digits_are_no_number(filled: Cli) -> None:
    assert all(by not in ("phone", "id_number") for _, by in found(filled, "885"))


def test_telephones_of_members_are_masked_and_those_of_units_are_not(filled: Cli) -> None:
    rows = {row["code"]: row for row in filled.rows("find", "0577")} | {
        row["code"]: row for row in filled.rows("find", "139057")
    }
    assert rows[A1]["phone"] == "0577-88510002"
    assert rows["P000002"]["phone"] == "139****0002"


def test_an_empty_file_has_nothing_to_find(cli: Cli) -> None:
    assert found(cli, "wxm") == []


# ── what every command takes ──


def test_commands_take_other_names_and_initials_of_one_alone(filled: Cli) -> None:
    filled.ok("unit", "edit", A1, "--alias", "区教委")
    for name in ("区教委", "qjw", "qjyjdw", "quJiaoyujuDangwei"):
        assert filled.json("unit", "show", name)["code"] == A1
    assert filled.json("member", "show", "lxy")["code"] == "P000006"
    message = filled.refused("member", "show", "wxm")
    assert "P000004" in message
    assert "1971-01-20" in message
    assert "330304-A1-2" in filled.refused("unit", "show", "dydzb")


def test_a_full_name_wins_over_another_name_and_that_over_a_sound(filled: Cli) -> None:
    filled.ok("unit", "edit", A, "--alias", "区教育局党委")
    assert filled.json("unit", "show", "区教育局党委")["code"] == A1
    filled.ok("unit", "edit", A, "--alias", "qjyjdw")
    assert filled.json("unit", "show", "qjyjdw")["code"] == A


def test_part_of_a_name_names_nothing(filled: Cli) -> None:
    filled.refused("unit", "show", "教育局")
    filled.refused("unit", "show", "qjyj")


def test_cells_of_a_file_take_other_names_but_no_initials(filled: Cli) -> None:
    filled.ok("unit", "edit", A1, "--alias", "区教委")
    assert filled.imported("members", "姓名,所在党组织\n新人,区教委\n")["inserted"] == 1
    document = filled.imported("members", "姓名,所在党组织\n新手,qjyjdw\n", code=3)
    assert document["errors"][0]["code"] == "unit_unknown"
    document = filled.imported("tasks", "党员,任务,完成日期\nlxy,T1,2005-03-01\n", code=3)
    assert document["errors"][0]["code"] == "member_unknown"


# ── other names as data ──


def test_other_names_are_replaced_cleared_undone_and_kept_in_history(filled: Cli) -> None:
    filled.ok("unit", "edit", A1, "--alias", "区教委,教委 区教委")
    assert (
        filled.json("unit", "show", A1)["alias"] == "区教委 教委"
        or filled.json("unit", "show", A1)["alias"] == "教委 区教委"
    )
    filled.ok("unit", "edit", A1, "--alias", "教委")
    assert filled.json("unit", "show", A1)["alias"] == "教委"
    filled.ok("undo")
    assert set(filled.json("unit", "show", A1)["alias"].split()) == {"区教委", "教委"}
    filled.ok("unit", "edit", A1, "--alias", "")
    assert filled.json("unit", "show", A1)["alias"] is None
    assert {row["what"] for row in filled.rows("log", A1)} >= {"unit_alias"}
    filled.ok("verify")


def test_other_names_come_in_and_go_out_by_file(filled: Cli) -> None:
    document = filled.imported("units", "编码,名称,类型,简称\n330304-A1,区教育局党委,党委,区教委、教委\n")
    assert (document["updated"], document["unchanged"]) == (1, 0)
    again = filled.imported("units", "编码,名称,类型,简称\n330304-A1,区教育局党委,党委,教委 区教委\n")
    assert (again["updated"], again["unchanged"]) == (0, 1)
    listed = filled.write("out.csv", filled.ok("unit", "list", "--format", "csv"))
    assert filled.json("import", "units", listed)["unchanged"] == 9
    filled.imported("units", "编码,名称,类型,简称\n330304-A1,区教育局党委,党委,<清空>\n")
    assert filled.json("unit", "show", A1)["alias"] is None
    new = filled.imported(
        "units", "编码,名称,类型,上级编码,别名\n,新支部,党支部,330304-A1,新新\n,新组,党支部,330304-A1,\n"
    )
    assert new["inserted"] == 2
    assert filled.json("unit", "show", "新新")["name"] == "新支部"
    below = filled.imported("units", "名称,类型,上级党组织\n下级支部,党支部,新新\n")
    assert below["inserted"] == 1


def test_adding_a_unit_with_other_names(filled: Cli) -> None:
    filled.ok("unit", "add", "N1", "--name", "新支部", "--kind", "党支部", "--parent", A, "--alias", "新")
    assert filled.json("unit", "show", "新")["code"] == "N1"


def test_teams_by_code_name_telephone_and_sound(filled: Cli) -> None:
    team = ("--code", "D01", "--name", "第一督导组", "--kind", "supervision", "--sender", "330304")
    filled.ok("team", "add", *team, "--phone", "0577-88530001")
    filled.ok("cadre", "add", "--team", "D01", "--role", "head", "--name", "张平", "--rank", "正科级")
    for text, by in (("D01", "code"), ("第一督导", "name"), ("88530001", "phone"), ("dyddz", "pinyin")):
        assert (("D01", by)) in found(filled, text), text
    (row,) = [row for row in filled.rows("find", "D01") if row["code"] == "D01"]
    assert "张平" in row.values()
    # A team is no unit: a part of the tree has none.
    assert found(filled, "第一督导组", "--unit", A) == []


@pytest.mark.parametrize(
    ("name", "initials", "spelt"),
    [
        ("单国强", "sgq", "shanguoqiang"),
        ("仇小英", "qxy", "qiuxiaoying"),
        ("解建华", "xjh", "xiejianhua"),
        ("曾丽", "zl", "zengli"),
        ("查文斌", "zwb", "zhawenbin"),
        ("区伟民", "owm", "ouweimin"),
    ],
)
def test_surnames_are_read_as_surnames(filled: Cli, name: str, initials: str, spelt: str) -> None:
    filled.ok("member", "add", "X1", "--name", name, "--unit", A1)
    for text in (initials, spelt):
        assert ("X1", "pinyin") in found(filled, text), text
    # As a unit's first character it is read as usual.
    filled.ok("unit", "add", "330304-Q", "--name", "区供销社党委", "--kind", "committee", "--parent", "330304")
    assert ("330304-Q", "pinyin") in found(filled, "qgxs")

"""Importing the registers: one test per promise, for every kind of sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from advedu.importing import columns
from advedu.nouns import registers
from tests.register_samples import A1, SAMPLES, A, B, prepare
from tests.support import COUNTS, Cli, counts, csv_text, errors, kept

KINDS = [register.kind for register in registers.everyone()]
BY_KIND = {register.kind: register for register in registers.everyone()}
each = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture
@kept
def prepared(filled: Cli) -> Cli:
    """A file in which what the samples refer to is on record."""
    prepare(filled)
    return filled


def titles(kind: str, *, chinese: bool) -> dict[str, str]:
    return {column.name: column.headings[0] if chinese else column.name for column in columns.of(BY_KIND[kind])}


def sheet(kind: str, *rows: dict[str, str], chinese: bool = True) -> str:
    names = list(rows[0])
    head = titles(kind, chinese=chinese)
    return csv_text([[head[name] for name in names], *([row.get(name, "") for name in names] for row in rows)])


def records(cli: Cli, kind: str) -> list[tuple[Any, ...]]:
    return cli.query(f"SELECT * FROM {BY_KIND[kind].table} ORDER BY number")


def refused(cli: Cli, kind: str, content: str) -> list[tuple[int, str | None, str]]:
    before = cli.everything()
    document = cli.imported(kind, content, code=3)
    assert (document["operation"], document["inserted"], document["updated"]) == (None, 0, 0)
    assert cli.everything() == before
    return errors(document)


def test_there_is_a_sample_of_every_kind() -> None:
    assert set(SAMPLES) == set(KINDS)
    for kind, (row, _) in SAMPLES.items():
        assert set(row) | {"unit"} == {field.name for field in BY_KIND[kind].fields} | {"unit"}, kind


@each
@pytest.mark.parametrize("chinese", [True, False], ids=["chinese", "identifiers"])
def test_a_whole_sheet_and_the_same_again(prepared: Cli, kind: str, chinese: bool) -> None:
    row, _ = SAMPLES[kind]
    before = len(records(prepared, kind))
    document = prepared.imported(kind, sheet(kind, row, chinese=chinese))
    assert counts(document) == (1, 1, 0, 0, 0, 1), document
    assert document["warnings"] == []
    assert len(records(prepared, kind)) == before + 1
    again = prepared.imported(kind, sheet(kind, row, chinese=chinese))
    assert (counts(again), again["operation"]) == ((1, 0, 0, 1, 0, 1), None)


@each
def test_the_same_key_updates_and_what_is_empty_stays(prepared: Cli, kind: str) -> None:
    row, changed = SAMPLES[kind]
    if not changed:
        return  # Nothing but its key.
    prepared.imported(kind, sheet(kind, row))
    before = records(prepared, kind)
    key = {field.name for field in BY_KIND[kind].key} | {"unit"}
    update = {name: value if name in key else "" for name, value in row.items()} | changed
    document = prepared.imported(kind, sheet(kind, update))
    assert counts(document) == (1, 0, 1, 0, 0, 1), document
    after = records(prepared, kind)
    assert len(after) == len(before)
    assert sum(old != new for old, new in zip(before[-1], after[-1], strict=True)) == 1


@each
def test_a_cell_is_cleared_and_what_must_stand_cannot_be(prepared: Cli, kind: str) -> None:
    row, _ = SAMPLES[kind]
    register = BY_KIND[kind]
    prepared.imported(kind, sheet(kind, row))
    key = {field.name for field in register.key} | {"unit"}
    for field in register.stored:
        if field.name in key:
            continue
        update = {name: value if name in key else "" for name, value in row.items()} | {field.name: "<清空>"}
        document = prepared.json(
            "import",
            kind,
            prepared.write("clear.csv", sheet(kind, update)),
            code=prepared_code(field, row, prepared, kind, update),
        )
        assert "Traceback" not in str(document)


def prepared_code(field: Any, row: dict[str, str], cli: Cli, kind: str, update: dict[str, str]) -> int:
    """What clearing may lead to: done, or refused because the record would not be whole; never a crash."""
    answer = cli("import", kind, cli.write("clear.csv", sheet(kind, update)), "--dry-run", "--format", "json")
    assert answer.code in (0, 3), answer
    if field.required and field.default is None:
        assert answer.code == 3
    return answer.code


@each
def test_the_same_record_twice_is_refused(prepared: Cli, kind: str) -> None:
    row, changed = SAMPLES[kind]
    assert [code for _, _, code in refused(prepared, kind, sheet(kind, row, {**row, **changed}))] == [
        "duplicate_in_file"
    ]


@each
def test_a_required_column_that_is_missing_is_named(prepared: Cli, kind: str) -> None:
    row, _ = SAMPLES[kind]
    for column in columns.of(BY_KIND[kind]):
        if column.is_needed:
            content = sheet(kind, {name: value for name, value in row.items() if name != column.name})
            document = prepared.imported(kind, content, code=3)
            assert [error["code"] for error in document["errors"]] == ["column_missing"]
            assert column.name in document["errors"][0]["column"]


@each
def test_a_new_record_needs_what_it_cannot_be_without(prepared: Cli, kind: str) -> None:
    row, _ = SAMPLES[kind]
    for field in BY_KIND[kind].fields:
        if field.required and field.default is None:
            (found,) = refused(prepared, kind, sheet(kind, {**row, field.name: ""}))
            assert found[2] == "required_missing", field.name


@each
def test_an_unknown_unit_is_named_with_a_suggestion(prepared: Cli, kind: str) -> None:
    row, _ = SAMPLES[kind]
    if BY_KIND[kind].owner == "" and "unit" not in row:
        return
    document = prepared.imported(kind, sheet(kind, {**row, "unit": "区教育局党"}), code=3)
    found = [error["code"] for error in document["errors"]]
    # Without its unit a name may be anybody's, which is said as well.
    assert (found[0], found.count("unit_unknown")) == ("unit_unknown", 1)
    assert "330304-A1 区教育局党委" in document["errors"][0]["message"]


@each
def test_words_of_lists_get_suggestions(prepared: Cli, kind: str) -> None:
    row, _ = SAMPLES[kind]
    for field in BY_KIND[kind].fields:
        if field.words:
            usual = next(iter(field.words.values())).headings[0]
            misspelt = f"{usual}儿"
            document = prepared.imported(kind, sheet(kind, {**row, field.name: misspelt}), code=3)
            (error,) = document["errors"]
            assert error["code"] == "value_invalid"
            assert usual in error["message"]


@each
def test_bad_days_and_numbers_are_refused_cell_by_cell(prepared: Cli, kind: str) -> None:
    row, _ = SAMPLES[kind]
    for field in BY_KIND[kind].fields:
        bad = {"day": "2005-02-30", "past_day": "2005-12-31", "count": "许多", "number": "零", "hours": "很久"}.get(
            field.kind
        )
        if bad is not None:
            (found,) = refused(prepared, kind, sheet(kind, {**row, field.name: bad}))
            code = {"day": "date_invalid", "past_day": "date_future"}.get(field.kind, "value_invalid")
            assert found == (2, titles(kind, chinese=True)[field.name], code), field.name


@each
def test_auto_recognises_the_full_header(prepared: Cli, kind: str) -> None:
    row, _ = SAMPLES[kind]
    for chinese in (True, False):
        path = prepared.write("a.csv", sheet(kind, row, chinese=chinese))
        assert prepared.json("import", "auto", path, "--dry-run")["kind"] == kind


def test_auto_asks_where_several_kinds_fit(prepared: Cli) -> None:
    path = prepared.write("a.csv", "单位,角色,姓名,起始日期\n330304-A1,成员,吴敏,2005-03-01\n")
    assert "advedu import --help" in prepared.refused("import", "auto", path)


@each
@pytest.mark.parametrize("kind_of_file", ["csv", "tsv"])
def test_what_is_listed_comes_in_again_and_changes_nothing(
    prepared: Cli, kind: str, kind_of_file: str, tmp_path: Path
) -> None:
    prepared.imported(kind, sheet(kind, SAMPLES[kind][0]))
    path = tmp_path / f"list.{kind_of_file}"
    prepared.ok(BY_KIND[kind].noun, "list", "--output", str(path))
    heading = path.read_text("utf-8-sig").splitlines()[0].replace("\t", ",").split(",")
    owned = {"unit", "unit_name"} if BY_KIND[kind].owner else set()
    assert set(heading) >= {"number", *owned, *(field.name for field in BY_KIND[kind].stored)}
    before = prepared.everything()
    document = prepared.json("import", kind, path)
    assert {name: document[name] for name in COUNTS[1:5]} == {
        "inserted": 0, "updated": 0, "unchanged": document["read"], "rejected": 0,
    }  # fmt: skip
    assert document["read"] > 0
    assert document["warnings"] == []
    assert prepared.everything() == before


# ── what single kinds promise ──


def test_a_number_of_another_file_is_never_taken_for_ours(prepared: Cli) -> None:
    row, _ = SAMPLES["rectifications"]
    prepared.imported("rectifications", sheet("rectifications", row))
    foreign = {"number": "1", **row, "problem": "别处的问题"}
    assert refused(prepared, "rectifications", sheet("rectifications", foreign)) == [(2, "登记号", "value_invalid")]
    foreign["number"] = "99"
    assert refused(prepared, "rectifications", sheet("rectifications", foreign)) == [(2, "登记号", "value_invalid")]


def test_a_sheet_that_does_not_add_up_is_a_mismatch(prepared: Cli) -> None:
    row, _ = SAMPLES["surveys"]
    for name, value in (
        ("satisfied", "61"),
        ("unreturned", "11"),
        ("invalid", "4"),
        ("issued", "89"),
        ("classes", "党员 40、群众 49"),
    ):
        (found,) = refused(prepared, "surveys", sheet("surveys", {**row, name: value}))
        assert found[2] == "sum_mismatch", name


def test_an_update_must_add_up_with_what_is_stored(prepared: Cli) -> None:
    row, _ = SAMPLES["surveys"]
    prepared.imported("surveys", sheet("surveys", row))
    update = {**dict.fromkeys(row, ""), **{name: row[name] for name in ("unit", "round", "method")}, "blank": "3"}
    (found,) = refused(prepared, "surveys", sheet("surveys", update))
    assert found[2] == "sum_mismatch"


def test_optional_grades_may_be_left_out(prepared: Cli) -> None:
    head = "单位,轮次,方式,日期,发出,收回,有效,满意,不满意\n"
    document = prepared.imported("surveys", f"{head}{A1},2,群众代表评议,2005-03-20,10,10,10,9,1\n")
    assert counts(document) == (1, 1, 0, 0, 0, 1)
    assert prepared.query("SELECT fairly, basically, blank FROM survey WHERE round = 2") == [(0, 0, 0)]


def test_a_missed_session_is_found_in_the_members_unit_and_above(prepared: Cli) -> None:
    prepared.imported("missed-sessions", "学习日期,党员\n2005-02-05,P000004\n2005-02-05,P000005\n")
    assert prepared.query("SELECT DISTINCT session FROM study_absence") == [(1,)]
    # Another unit's session of that day is not taken for theirs.
    prepared.imported("sessions", [["单位", "日期", "主题"], [B, "2005-02-05", "实事求是"]])
    prepared.imported("missed-sessions", "学习日期,党员\n2005-02-05,P000008\n2005-02-05,P000002\n")
    assert prepared.query("SELECT session, member_id FROM study_absence ORDER BY number")[2:] == [(2, 8), (1, 2)]
    assert refused(prepared, "missed-sessions", "场次,党员\n2,P000003\n") == [(2, "场次", "value_invalid")]
    assert refused(prepared, "missed-sessions", "场次,党员\n2005-02-06,P000003\n") == [(2, "场次", "value_invalid")]


def test_a_record_is_named_by_its_number_too(prepared: Cli) -> None:
    path = prepared.write("a.xlsx", [["场次", "党员"], [1, "P000003"]])
    assert counts(prepared.json("import", "missed-sessions", path))[1] == 1
    head = "单位,收到日期,征求方式,意见对象,意见内容,归并问题\n"
    prepared.imported("opinions", f"{head}{A1},2005-02-10,问卷,单位,甲,1\n")
    assert prepared.query("SELECT rectification FROM opinion") == [(1,)]
    assert refused(prepared, "opinions", f"{head}{B},2005-02-10,问卷,单位,甲,1\n")[0][2] == "value_invalid"


def test_a_post_without_its_first_day_means_the_one_there_is(prepared: Cli) -> None:
    prepared.imported("bodies", f"单位,身份,姓名,职务\n{A1},成员,李新,科长\n")
    document = prepared.imported("bodies", f"单位,身份,姓名,任职日期\n{A1},成员,李新,2005-01-05\n")
    assert counts(document)[2] == 1
    document = prepared.imported("bodies", f"单位,身份,姓名,职务\n{A1},成员,李新,局长\n")
    assert counts(document)[2] == 1
    assert prepared.query("SELECT name, post, from_on FROM body_member") == [("李新", "局长", "2005-01-05")]


def test_chiefs_of_a_sheet_follow_one_another_in_any_order(filled: Cli) -> None:
    rows = [f"{A1},一把手,李新,2005-03-01", f"{A1},一把手,王新,2005-02-01"]
    for order in (rows, rows[::-1]):
        filled.imported("posts", "\n".join(["单位,岗位,姓名,任职日期", *order]))
        posts = filled.query("SELECT name, from_on, to_on FROM post ORDER BY coalesce(from_on, '')")
        assert posts == [
            ("吴敏", None, "2005-02-01"),
            ("王新", "2005-02-01", "2005-03-01"),
            ("李新", "2005-03-01", None),
        ]
        assert filled.query("SELECT chief FROM unit WHERE code = ?", A1) == [("李新",)]
        filled.ok("undo")


def test_another_chief_in_a_sheet_of_units_is_a_hand_over_or_refused(filled: Cli) -> None:
    filled.ok("post", "hand-over", A1, "李新", "--on", "2005-02-01")
    content = f"编码,名称,类型,负责人\n{A1},区教育局党委,党委,赵新\n"
    assert refused(filled, "units", content) == [(2, "负责人", "would_hand_over")]
    assert counts(filled.imported("units", content, "--moves-on", "2005-03-01"))[2] == 1
    assert filled.query("SELECT name FROM post ORDER BY from_on") == [("吴敏",), ("李新",), ("赵新",)]
    assert counts(filled.imported("units", content))[3] == 1


def test_results_are_not_public_while_an_item_is_not(prepared: Cli) -> None:
    content = f"单位,环节,完成日期\n{A1},M303,2005-03-20\n{A},M303,2005-03-20\n"
    assert refused(prepared, "milestones", content) == [(2, "完成日期", "unpublished_items")]
    wide = f"单位,M303\n{A1},2005-03-20\n"
    assert refused(prepared, "milestones", wide) == [(2, "M303", "unpublished_items")]
    prepared.ok("rectification", "done", "1", "--on", "2005-03-10")
    prepared.ok("rectification", "publish", "1", "--results", "--circle", "全体", "--on", "2005-03-20")
    assert refused(prepared, "milestones", wide.replace("03-20", "03-19")) == [(2, "M303", "unpublished_items")]
    assert counts(prepared.imported("milestones", content))[1] == 2

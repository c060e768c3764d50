"""What a dry run of an import would change: old and new, record by record, and how many."""

from __future__ import annotations

from typing import Any

from tests.support import Cli, id_number

A1 = "330304-A1"
ROWS = [
    ["党员编号", "姓名", "身份证号", "所在党组织", "职务"],
    ["P000002", "吴敏", "", "", "副局长"],
    ["N1", "新人", id_number(77, "1980-01-01"), A1, "科员"],
]


def dry(cli: Cli, rows: list[list[str]], *options: str, code: int = 0) -> dict[str, Any]:
    before = cli.everything()
    document = cli.json("import", "members", cli.write("a.csv", rows), "--dry-run", *options, code=code)
    assert cli.everything() == before
    return document


def test_old_and_new_stand_side_by_side(filled: Cli) -> None:
    document = dry(filled, ROWS)
    assert [(row["member"], row["field"], row["old"], row["new"]) for row in document["changes"]] == [
        ("N1 新人", "record", None, "330304-A1 区教育局党委"),
        ("P000002 吴敏", "post", "局长", "副局长"),
    ]
    assert document["summary"] == [{"what": "member", "added": 1, "changed": 1, "removed": 0}]
    assert "副局长" in filled.ok("import", "members", filled.folder / "a.csv", "--dry-run")


def test_what_would_be_rejected_would_change_nothing(filled: Cli) -> None:
    bad = [*ROWS, ["N2", "坏的", "", "none", ""]]
    assert dry(filled, bad, code=3)["changes"] == []
    assert len(dry(filled, bad, "--partial", code=3)["changes"]) == 2


def test_a_real_run_says_what_was_left_out(filled: Cli) -> None:
    path = filled.write("a.csv", [*ROWS, ["N2", "坏的", "", "none", ""]])
    answer = filled("import", "members", path, "--partial")
    assert answer.code == 3
    assert "1 record was left out" in answer.out
    assert "changes" not in filled.json("import", "members", path, "--partial", code=3)


def test_personal_numbers_are_masked(filled: Cli) -> None:
    number, phone = id_number(78, "1980-01-01"), "13912345678"
    rows = [["党员编号", "姓名", "身份证号", "联系电话", "所在党组织"], ["P000002", "", number, phone, ""]]
    text = str(dry(filled, rows))
    assert number not in text
    assert phone not in text
    assert "139****5678" in text


def test_many_changes_are_counted_and_the_first_shown(filled: Cli) -> None:
    rows = [ROWS[0], *([f"N{n}", f"新人{n}", "", A1, ""] for n in range(200))]
    assert len(dry(filled, rows)["changes"]) == 200
    text = filled.ok("import", "members", filled.folder / "a.csv", "--dry-run")
    assert "first 60 of 200" in text

"""Headings that --map explained once: used for the next file, said, recorded, forgotten when somebody asks."""

from __future__ import annotations

import pytest

from tests.support import Cli, kept

A1 = "330304-A1"
SHEET = f"大名,所在党组织\n新人,{A1}\n"
REMEMBERED = "SELECT kind, heading, field FROM heading_memory"


@pytest.fixture
@kept
def taught(filled: Cli) -> Cli:
    filled.imported("members", SHEET, "--map", "大 名=name")
    return filled


def test_the_next_file_is_read_by_it_and_that_is_said(taught: Cli) -> None:
    assert taught.query(REMEMBERED) == [("members", "大名", "name")]
    document = taught.imported("members", f"大名,所在党组织\n又一人,{A1}\n")
    assert document["inserted"] == 1
    assert [(each["code"], each["column"]) for each in document["corrections"]] == [("heading_remembered", "大名")]
    document = taught.json("import", "auto", taught.write("b.csv", f"大名,所在党组织,性别\n第三人,{A1},女\n"))
    assert (document["kind"], document["inserted"]) == ("members", 1)


def test_a_column_by_its_own_name_comes_first(taught: Cli) -> None:
    document = taught.imported("members", f"大名,姓名,所在党组织\n甲,乙,{A1}\n")
    assert taught.query("SELECT count(*) FROM member WHERE name = '乙'") == [(1,)]
    assert [warning["code"] for warning in document["warnings"]] == ["column_unknown"]


def test_what_is_said_now_wins(taught: Cli) -> None:
    taught.imported("members", f"姓名,大名,所在党组织\n丙,科员,{A1}\n", "--map", "大名=post")
    assert taught.query(REMEMBERED) == [("members", "大名", "post")]


@pytest.mark.parametrize("options", [("--dry-run",), ()], ids=["dry run", "errors"])
def test_nothing_is_remembered_of_what_was_not_kept(filled: Cli, options: tuple[str, ...]) -> None:
    unit = A1 if options else "none"
    content = f"大名,所在党组织\n新人,{unit}\n"
    filled.imported("members", content, "--map", "大名=name", *options, code=0 if options else 3)
    assert filled.query(REMEMBERED) == []


def test_it_is_forgotten_and_undone_like_anything_else(taught: Cli) -> None:
    taught.refused("import", "members", "--forget", "小名", code=2)
    taught.ok("import", "members", "--forget", "大名")
    assert taught.query(REMEMBERED) == []
    taught.imported("members", SHEET, code=3)
    taught.ok("undo")
    assert taught.query(REMEMBERED) == [("members", "大名", "name")]


def test_a_form_goes_by_its_keys(taught: Cli) -> None:
    taught.ok("template", "members", A1, "-o", taught.folder / "a.xlsx")
    document = taught.json("import", "auto", taught.folder / "a.xlsx")
    assert (document["updated"], document["corrections"]) == (0, [])

"""JSON: read back as it was, and harmless for a terminal that shows it."""

from __future__ import annotations

import io
import json
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from advedu.output import json_text
from advedu.output.report import Column, Report
from tests.support import Cli, process

HARMFUL = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def written(report: Report) -> str:
    stream = io.StringIO()
    json_text.write(report, stream)
    return stream.getvalue()


@given(st.text(max_size=40))
@example("\x1b[31m\x07\x9b\u202e\u2028\ufeff\u200b\x7f")
@example("\ud800")
@example("\U000e0041\U0001f600𠮷")
@example("\ue000\u0378\u0600\U0010ffff")
def test_every_text_is_read_back_and_cannot_steer_a_terminal(text: str) -> None:
    out = written(Report([Column("name", "Name")], [[text]]))
    assert json.loads(out)["rows"] == [{"name": text}]
    assert [char for char in out if unicodedata.category(char) in HARMFUL and char != "\n"] == []


def test_chinese_stays_readable() -> None:
    assert "瓯海区委" in written(Report([Column("name", "Name")], [["瓯海区委"]]))


def test_values_keep_their_types_and_nothing_is_null() -> None:
    report = Report([Column(key, key) for key in "abcde"], [[None, True, 0, "x", ["2005-01-01"]]])
    assert json.loads(written(report)) == {
        "format_version": 1,
        "rows": [{"a": None, "b": True, "c": 0, "d": "x", "e": ["2005-01-01"]}],
    }


def test_head_rows_and_tail_keep_their_order() -> None:
    report = Report([Column("a", "A")], [[1]], head={"as_of": "2005-03-01", "unit": "R"}, tail={"total": {"a": 1}})
    assert list(json.loads(written(report))) == ["format_version", "as_of", "unit", "rows", "total"]


def test_a_document_stands_instead_of_rows() -> None:
    assert json.loads(written(Report([Column("a", "A")], [[1]], document={"x": 1}))) == {"format_version": 1, "x": 1}


@pytest.mark.parametrize(
    "argv",
    [("unit", "list"), ("member", "list"), ("status",), ("overdue",), ("nine", "status"), ("log",), ("unit", "tree")],
)
def test_every_list_is_one_object_with_rows_in_both_languages(filled: Cli, argv: tuple[str, ...]) -> None:
    english, chinese = (json.loads(filled.ok(*argv, "--format", "json", lang=lang)) for lang in ("en", "zh"))
    assert english == chinese
    assert english["format_version"] == 1
    assert english["rows"]


def test_the_keys_of_lists_are_the_columns_of_imports(filled: Cli) -> None:
    unit = {"code", "name", "parent", "kind", "sector", "batch", "chief", "phone", "starts_on", "shift_reason"}
    member = {"code", "name", "sex", "born_on", "id_number", "unit", "joined_on", "status", "post", "rank", "leader"}
    for row in filled.rows("unit", "list"):
        assert row.keys() >= unit | {"declared_members"}
    for row in filled.rows("member", "list"):
        assert row.keys() >= member | {"category", "phone"}
        assert isinstance(row["leader"], bool)


def test_an_empty_list_has_no_rows_and_a_hint_on_standard_error(cli: Cli) -> None:
    for argv in (("unit", "list"), ("member", "list"), ("status",), ("overdue",), ("nine", "status")):
        answer = cli(*argv, "--format", "json")
        assert answer.code == 0
        assert json.loads(answer.out)["rows"] == []
        assert "import" in answer.err


def test_a_pipe_gets_utf_8_whatever_its_encoding(filled: Cli) -> None:
    for encoding in ("ascii", "gbk", "utf-16"):
        answer = process("--db", filled.db, "unit", "list", "--format", "json", env={"PYTHONIOENCODING": encoding})
        names = [row["name"] for row in json.loads(answer.stdout.decode("utf-8"))["rows"]]
        assert "瓯海区委" in names

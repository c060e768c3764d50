"""What people and scripts see of the registers: lists that fit, words in receipts and in the log, sections of a unit."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from advedu import i18n
from advedu.nouns import registers
from advedu.nouns.declaration import Register
from advedu.output.report import Report
from advedu.output.screen import Screen
from advedu.output.tables import fitted
from advedu.reports import bodies, opinions, rectification, register_lists, study, surveys, unit_pages
from advedu.storage import connection, units
from tests.storage.test_history import DAY, full_file  # noqa: F401 (a fixture)
from tests.support import Cli, kept, process

A, A1, A11, B = "330304-A", "330304-A1", "330304-A1-1", "330304-B"
each = pytest.mark.parametrize("register", registers.everyone(), ids=lambda register: register.noun)
LONG = "瓯海区教育局委员会机关及直属事业单位联合党委"


@kept
def lengthen(cli: Cli) -> None:
    """Give a unit a long name, and fill every field of an item."""
    cli.ok("unit", "edit", A1, "--name", LONG)
    cli.ok("rectification", "edit", "1", "--owner", "欧阳建国", "--measure", "减少会议", "--deadline", "2005-03-20")
    cli.ok("rectification", "publish", "1", "--measures", "--circle", "全体", "--on", "2005-03-01")
    cli.ok("rectification", "done", "1", "--on", "2005-03-10")
    cli.ok("rectification", "publish", "1", "--results", "--circle", "全体", "--on", "2005-03-20")
    cli.ok("rectification", "drop", "1", "--reason", "并入另一项", "--on", "2005-03-25")
    big = (
        "--issued 10000 --returned 9990 --valid 9980 --satisfied 3000 --fairly 1000 --basically 980 --dissatisfied 4990"
    )
    cli.ok(*f"survey add {A1} --round 2 --method representatives --held-on 2005-03-20 {big} --blank 10".split())


@pytest.fixture
def full(full_file: Any, tmp_path: Any) -> Cli:  # noqa: F811
    """A file with a row in every register, of a unit with a long name, and every field of an item filled."""
    cli = Cli(tmp_path)
    cli.db.write_bytes(full_file.read_bytes())
    return lengthen(cli)


@pytest.fixture
def file(full: Cli) -> Iterator[sqlite3.Connection]:
    with closing(connection.connect(full.db)) as opened:
        yield opened
    i18n.use("en")


def too_wide(report: Report) -> list[tuple[str, int]]:
    found = []
    for table in report.tables():
        fit = fitted(table, Screen(80, colour=False, blocks=True))
        width = sum(fit.widths) + fit.gap * (len(fit.widths) - 1)
        if width > 80:
            found.append((table.title, width))
    return found


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_everything_fits_80_columns(file: sqlite3.Connection, language: str) -> None:
    i18n.use(language)
    top, unit = units.root(file), units.by_code(file, A1)
    assert unit is not None
    for register in registers.everyone():
        report = register_lists.listed(file, register, top, DAY)
        assert report.tables(), register.noun
        assert too_wide(report) == [], register.noun
    for report in (
        surveys.result(file, top, DAY),
        rectification.summary(file, top, DAY),
        opinions.summary(file, top, DAY),
        bodies.show(file, unit, DAY),
        study.show(file, 1, DAY),
        unit_pages.show(file, unit, DAY),
    ):
        assert report.tables()
        assert too_wide(report) == []


@each
def test_columns_without_anything_in_them_are_hidden_from_people_alone(
    file: sqlite3.Connection, register: Register
) -> None:
    report = register_lists.listed(file, register, units.root(file), DAY)
    (table,) = report.tables()
    for place, head in enumerate(table.heads):
        assert any(row[place].text for row in table.rows), head.title
    keys = [column.key for column in report.columns]
    assert keys[:3] == ["number", "unit", "unit_name"] or not register.owner
    assert set(keys) >= {field.name for field in register.stored}
    assert len(report.rows[0]) == len(keys)


@each
def test_a_list_as_of_a_day_leaves_out_what_came_later(full: Cli, register: Register) -> None:
    rows = full.rows(register.noun, "list")
    early = full.rows(register.noun, "list", "--as-of", "2004-12-31")
    for row in early:
        days = [row[field.name] for field in register.stored if field.kind == "past_day" and row[field.name]]
        assert all(day <= "2004-12-31" for day in days)
    if register.dated and all(row[register.dated] for row in rows):
        assert early == []


@each
def test_an_empty_file_lists_nothing(cli: Cli, register: Register) -> None:
    assert cli.rows(register.noun, "list") == []
    assert "0 records" in cli.ok(register.noun, "list")


@each
def test_a_list_obeys_what_is_asked_of_lists_in_every_format(full: Cli, register: Register, tmp_path: Path) -> None:
    call = (register.noun, "list")
    rows = full.rows(*call)
    numbers = [row["number"] for row in rows]
    (row,) = full.rows(*call, "--sort", "-number", "--limit", "1", "--columns", "number")
    assert row == {"number": max(numbers)}
    asked = (*call, "--sort", "number", "--columns", "number")
    expected = [str(number) for number in sorted(numbers)]
    assert full.ok(*asked, "--format", "csv").splitlines()[1:] == expected
    assert full.ok(*asked, "--format", "tsv").splitlines()[1:] == expected
    path = tmp_path / "list.xlsx"
    full.ok(*asked, "-o", path)
    sheet = list(load_workbook(path).worksheets[0].iter_rows(values_only=True))
    assert [str(value) for (value, *_) in sheet if isinstance(value, int)] == expected
    for lang in i18n.LANGUAGES:
        assert full.ok(*call, "--sort", "-number", "--limit", "1", lang=lang)
    for format_ in ("table", "json", "csv", "tsv"):
        for option in ("--columns", "--sort"):
            assert "number" in full.refused(*call, option, "numbr", "--format", format_, code=2)
    unwritten = tmp_path / "refused.xlsx"
    assert "number" in full.refused(*call, "--columns", "numbr", "-o", unwritten, code=2)
    assert not unwritten.exists()
    assert full.refused(*call, "--limit", "-1", code=2)


# ── receipts and the log ──


def test_receipts_speak_words(full: Cli) -> None:
    out = full.ok("opinion", "edit", "1", "--channel", "box", "--addressee", "leader")
    assert all(word in out for word in ("opinion 1", "Channel", "forum", "box", "Addressee", "leading body", "leader"))
    out = full.ok("opinion", "edit", "1", "--channel", "letter", lang="zh")
    assert all(word in out for word in ("意见 1", "征求方式", "意见箱", "来信"))
    out = full.ok("opinion", "edit", "1", "--rectification", "")
    assert "1 文山会海" in out
    out = full.ok("session", "absent", "1", "P000002")
    assert "P000002 吴敏" in out
    assert "2005-02-05 党章" in out
    document = full.json("opinion", "edit", "1", "--rectification", "1")
    (line,) = document["rows"]
    assert line["unit"] == f"{A1} {LONG}"
    assert (line["what"], line["field"], line["old"], line["new"]) == ("opinion", "rectification", None, "1 文山会海")


@each
def test_the_log_of_the_unit_has_every_register_and_no_column_of_ours(full: Cli, register: Register) -> None:
    if not register.owner:
        assert not [row for row in full.rows("log", A1) if row["what"] == register.table]
        return
    whose = "P000002" if register.owner == "member" else A1
    rows = [row for row in full.rows("log", whose) if row["what"] == register.table]
    assert rows
    names = {field.column.removesuffix("_id") for field in register.stored}
    assert {row["field"] for row in rows} <= names - {"unit", "number", "member"}
    assert all(row["entry"].split()[0].isdigit() for row in rows)
    assert [row for row in full.rows("log", B) if row["what"] == register.table] == []


def test_phases_and_control_totals_have_words(full: Cli) -> None:
    number = full.query("SELECT operation_id FROM change WHERE table_name = 'phase_event'")[0][0]
    out = full.ok("log", "--operation", str(number))
    assert "opened" in out
    assert "学习动员" in out
    assert "entered" not in out
    number = full.query("SELECT operation_id FROM change WHERE table_name = 'baseline'")[0][0]
    out = full.ok("log", "--operation", str(number))
    assert "control totals" in out
    assert "entered" not in out


def test_a_missed_session_stays_its_units_after_the_session_is_gone(full: Cli) -> None:
    full.ok("missed", "remove", "1")
    full.ok("session", "remove", "1")
    # The number is given again, to a session of another unit.
    full.ok("session", "add", B, "--held-on", "2005-02-05", "--topic", "别处")
    full.ok("session", "absent", "1", "P000008", "--reason", "假")
    ours = [row for row in full.rows("log", A1) if row["what"] == "study_absence"]
    theirs = [row for row in full.rows("log", B) if row["what"] == "study_absence"]
    assert {row["member"] for row in ours} == {"P000003 郑重"}
    assert {row["member"] for row in theirs} == {"P000008 钱进"}


def test_the_log_of_a_member_has_missed_sessions(full: Cli) -> None:
    assert "study_absence" in {row["what"] for row in full.rows("log", "P000003")}


# ── one unit ──


def test_a_unit_shows_its_registers_as_of_a_day(full: Cli) -> None:
    shown = full.json("unit", "show", A1)
    keys = ("posts", "body", "absences", "sessions", "opinions", "rectifications", "regulations", "surveys")
    for key in (*keys, "remedials", "own_milestones"):
        assert shown[key], key
    assert [(sheet["round"], sheet["round_verdict"]) for sheet in shown["surveys"]] == [(1, "failed"), (2, "passed")]
    assert shown["sessions"][0]["open"] == 1
    out = full.ok("unit", "show", A1)
    for word in ("Chiefs", "Leading body", "1 missed and open", "round 1: ✗ failed", "Own milestones"):
        assert word in out
    early = full.json("unit", "show", A1, "--as-of", "2005-01-01")
    assert early["sessions"] == early["surveys"] == early["remedials"] == early["absences"] == []


def test_a_unit_without_registers_shows_none(filled: Cli) -> None:
    assert "Registers" not in filled.ok("unit", "show", A1)
    assert filled.json("unit", "show", A1)["surveys"] == []


def test_the_head_of_a_body_is_compared_with_the_chief_of_the_day(filled: Cli) -> None:
    filled.ok("body", "add", A1, "--role", "head", "--name", "吴敏", "--from-on", "2005-01-05")
    filled.ok("body", "add", A1, "--role", "staff", "--name", "王五")
    assert filled.json("body", "show", A1)["head_is_chief"] is True
    filled.ok("post", "hand-over", A1, "李新", "--on", "2005-03-01")
    shown = {day: filled.json("body", "show", A1, "--as-of", day) for day in ("2005-01-04", "2005-02-28", "2005-03-01")}
    assert [document["head_is_chief"] for document in shown.values()] == [None, True, False]
    assert [[row["role"] for row in document["rows"]] for document in shown.values()] == [
        ["staff"],
        *[["head", "staff"]] * 2,
    ]
    assert "! the head is not the chief" in filled.ok("body", "show", A1)


def test_a_whole_call_as_a_process(full: Cli) -> None:
    answer = process("--db", full.db, "survey", "result", "--format", "csv")
    assert answer.returncode == 0
    heading, *lines = answer.stdout.decode().splitlines()
    assert heading.startswith("unit,unit_name,round,method,held_on,issued")
    assert len(lines) == 2
    answer = process("--db", full.db, "--lang", "zh", "survey", "result")
    assert "现行规则：有效票中不满意超过 50% 的为未通过" in answer.stdout.decode()
    assert answer.stderr == b""

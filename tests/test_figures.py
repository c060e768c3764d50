"""The program's figures against the independent count, on districts of any shape and on any day."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, currently_in_test_context, note
from hypothesis import strategies as st

from tests.independent import count
from tests.independent.count import CAMPAIGNS, DEFAULT_CAMPAIGN, FIGURES
from tests.independent.districts import as_of_days, districts, steps
from tests.independent.model import District
from tests.independent.program import run
from tests.spread import spread

CHECKS = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


class Program:
    """The program on one file."""

    def __init__(self, file: Path) -> None:
        self.options = ["--db", str(file), "--lang", "en", "--user", "clerk", "--no-input"]

    def do(self, argv: list[str]) -> str:
        code, out, err = run([*self.options, *argv])
        if currently_in_test_context():
            note(f"advedu {' '.join(argv)} -> {code} {err.strip()}")
        assert code == 0, f"advedu {' '.join(argv)} ended with {code}: {err}{out}"
        return out

    def json(self, argv: list[str]) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self.do([*argv, "--format", "json"]))
        return answer


@cache
def begun(campaign: str) -> bytes:
    """An empty file of a campaign, as `init` makes it: the same for every district."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "begun.db"
        Program(file).do(["init", "--campaign", campaign])
        return file.read_bytes()


@contextmanager
def entered(district: District, *, chinese: bool, wide: bool) -> Iterator[Program]:
    """A file into which a district was entered by imports and commands."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        program = Program(folder / "district.db")
        (folder / "district.db").write_bytes(begun(district.campaign))
        for argv in steps(district, folder, chinese=chinese, wide=wide):
            program.do(argv)
        yield program


def differences(where: str, expected: dict[str, Any], got: dict[str, Any], keys: tuple[str, ...]) -> list[str]:
    return [
        f"{where} {key}: counted {expected[key]!r}, program {got.get(key, 'no such key')!r}"
        for key in keys
        if key not in got or got[key] != expected[key]
    ]


def compare_answers(
    expected: dict[str, Any], got: dict[str, Any], keys: tuple[str, ...], *, ordered: bool = True
) -> None:
    """Hold a whole answer of `status` against the count; keys that the program adds are no difference."""
    wrong = differences("head", expected, got, ("format_version", "as_of", "unit"))
    wrong += differences("total", expected["total"], got["total"], FIGURES)
    codes = [row["code"] for row in expected["rows"]]
    found = [row["code"] for row in got["rows"]]
    if not ordered:
        codes, found = sorted(codes, key=str), sorted(found, key=str)
    if codes != found:
        wrong.append(f"rows: counted {codes}, program {found}")
    # A child never has its parent's code, so that the own row too is found by its code.
    by_code = {row["code"]: row for row in got["rows"]}
    for row in expected["rows"]:
        if row["code"] in by_code:
            wrong += differences(f"row {row['code']}", row, by_code[row["code"]], (*keys, *FIGURES))
    assert not wrong, "\n".join(wrong)


def compare_tree(program: Program, district: District, unit: str | None, day: date) -> None:
    argv = ["status", *([] if unit is None else [unit]), "--as-of", day.isoformat()]
    got = program.json(argv)
    compare_answers(count.status(district, CAMPAIGNS[district.campaign], unit, as_of=day), got, ("code", "name", "own"))
    add_up(got)


def add_up(answer: dict[str, Any]) -> None:
    """The rows add up to the total: the program's own figures, without the count."""
    for key in FIGURES:
        values = [row[key] for row in answer["rows"] if row[key] is not None]
        whole = max(values, default=None) if key == "worst_days_late" else sum(values)
        assert answer["total"][key] == whole, key


def compare_by(program: Program, district: District, unit: str | None, day: date, by: str) -> None:
    argv = ["status", *([] if unit is None else [unit]), "--by", by, "--as-of", day.isoformat()]
    expected = count.status_by(district, CAMPAIGNS[district.campaign], unit, day, by)
    got = program.json(argv)
    if by == "sector":
        for answer in (expected, got):
            answer["rows"] = [row for row in answer["rows"] if not count.is_zero(row)]
    compare_answers(expected, got, ("code",), ordered=by == "batch")
    add_up(got)


def compare_overdue(program: Program, district: District, unit: str | None, day: date) -> None:
    argv = ["overdue", *([] if unit is None else [unit]), "--as-of", day.isoformat()]
    got = [(row["unit"], row["milestone"], row["due_on"], row["days_late"]) for row in program.json(argv)["rows"]]
    expected = [
        (code, milestone, due_on.isoformat(), late)
        for code, milestone, due_on, late in count.overdue(district, CAMPAIGNS[district.campaign], unit, day)
    ]
    assert got == expected


def compare_nine(program: Program, district: District, unit: str | None, day: date) -> None:
    argv = ["nine", "status", *([] if unit is None else [unit]), "--as-of", day.isoformat()]
    got = sorted(program.json(argv)["rows"], key=lambda row: row["member"])
    expected = count.nine_status(district, CAMPAIGNS[district.campaign], unit, day)
    assert [{key: row[key] for key in expected[0]} for row in got if expected] == expected
    assert len(got) == len(expected)


@st.composite
def questions(draw: st.DrawFn) -> tuple[District, list[tuple[date, str | None]]]:
    """A district with days and units to ask about; one of the units is always the root, named or not."""
    district = draw(districts())
    days = draw(st.lists(st.sampled_from(as_of_days(district)), min_size=1, max_size=4, unique=True))
    units = st.sampled_from([unit.code for unit in district.units])
    return district, [pair for day in days for pair in ((day, None), (day, draw(units)))]


@spread(200, 20, CHECKS, asked=questions(), chinese=st.booleans(), wide=st.booleans())
def test_every_figure_equals_the_independent_count(
    asked: tuple[District, list[tuple[date, str | None]]], chinese: bool, wide: bool
) -> None:
    district, pairs = asked
    with entered(district, chinese=chinese, wide=wide) as program:
        for day, unit in pairs:
            compare_tree(program, district, unit, day)
            compare_by(program, district, unit, day, "batch")
            compare_by(program, district, unit, day, "sector")
            compare_overdue(program, district, unit, day)


@spread(50, 5, CHECKS, asked=questions(), chinese=st.booleans(), wide=st.booleans())
def test_the_nine_ones_equal_the_independent_count(
    asked: tuple[District, list[tuple[date, str | None]]], chinese: bool, wide: bool
) -> None:
    district, pairs = asked
    with entered(district, chinese=chinese, wide=wide) as program:
        for day, unit in pairs:
            compare_nine(program, district, unit, day)


@pytest.mark.parametrize("name", CAMPAIGNS)
def test_the_count_knows_the_definition_that_ships(tmp_path: Path, name: str) -> None:
    program = Program(tmp_path / "empty.db")
    program.do(["init", "--campaign", name])
    shown, counted = program.json(["campaign", "show"]), CAMPAIGNS[name]
    assert [(int(each["code"]), each["starts_on"], each["ends_on"]) for each in shown["batches"]] == [
        (batch.code, batch.first_day.isoformat(), batch.last_day.isoformat()) for batch in counted.batches
    ]
    assert [
        (
            *(each[key] for key in ("code", "name", "due_day", "required", "by_date")),
            frozenset(each["kinds"]),
            frozenset(each["sectors"]) or None,
        )
        for each in shown["milestones"]
    ] == [
        (one.code, one.name, one.due_day, one.required, one.by_date, one.kinds, one.sectors)
        for one in counted.milestones
    ]
    assert [(each["code"], each["name"], each["due_day"]) for each in shown["tasks"]] == [
        (task.code, task.name, task.due_day) for task in counted.tasks
    ]
    for wanted, is_counted in ((counted.items, True), (counted.leads, False)):
        assert {each["code"]: each["name"] for each in shown["items"] if each["counted"] is is_counted} == wanted


def test_every_definition_that_ships_is_counted(tmp_path: Path) -> None:
    rows = Program(tmp_path / "none.db").json(["campaign", "list"])["rows"]
    assert {row["code"] for row in rows} == set(CAMPAIGNS)


def test_an_empty_file_has_no_rows_and_zeros(tmp_path: Path) -> None:
    program = Program(tmp_path / "empty.db")
    program.do(["init"])
    got = program.json(["status", "--as-of", "2005-03-01"])
    compare_answers(count.status(District(), DEFAULT_CAMPAIGN, as_of=date(2005, 3, 1)), got, ("code", "name", "own"))
    assert program.json(["overdue", "--as-of", "2005-03-01"])["rows"] == []

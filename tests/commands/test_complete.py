"""The tab key: what it offers, where, and in the shells that are installed here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from advedu.commands import complete
from advedu.i18n import use
from advedu.storage import candidates
from tests.support import ROOT, Cli
from tests.test_startup import HEAVY, loaded

A, A1 = "330304-A", "330304-A1"


def offered(cli: Cli, *words: str, shell: str = "bash") -> list[str]:
    """The values that are offered for the last word."""
    use("en")
    lines = complete.answer([shell, "--db", str(cli.db), *words])
    return [line.split("\t")[0] for line in lines]


def test_nouns_verbs_and_options(filled: Cli) -> None:
    assert offered(filled, "mil") == ["milestone", ":"]
    assert offered(filled, "milestone", "") == ["mark", "unmark", "exempt", ":"]
    assert "--reporter" in offered(filled, "milestone", "mark", "--re")
    assert "--on" not in offered(filled, "milestone", "mark", "--on", "2005-01-01", "--o")
    assert {"--no-color", "--user"} <= set(offered(filled, "status", "--"))
    assert offered(filled, "status", "--by", "") == ["tree", "batch", "sector", "team", ":"]
    assert offered(filled, "status", "--format=c") == ["--format=csv", ":"]
    assert offered(filled, "status", "--format", "=", "c") == ["csv", ":"]
    assert offered(filled, "status", "--format", "=") == ["table", "csv", "tsv", "json", "xlsx", ":"]


def test_units_by_code_with_their_names(filled: Cli) -> None:
    lines = complete.answer(["bash", "--db", str(filled.db), "unit", "show", "330304-A1"])
    assert lines == [f"{A1}\t区教育局党委", f"{A1}-1\t教育局机关党支部", f"{A1}-2\t第一党支部", ":"]
    assert offered(filled, "status", "330304-B2") == ["330304-B2", ":"]
    assert offered(filled, "member", "list", "--leaders", "330304-B2") == ["330304-B2", ":"]
    assert offered(filled, "member", "show", "王小明", "--unit", "330304-B2") == ["330304-B2", ":"]


def test_a_name_or_initials_of_one_thing_become_its_code(filled: Cli) -> None:
    assert offered(filled, "unit", "show", "教育局") == [f"{A1}-1", ":"]
    assert offered(filled, "unit", "show", "qjyjdw") == [A1, ":"]
    assert offered(filled, "unit", "show", "第一") == ["第一党支部", ":"]
    assert offered(filled, "member", "show", "wxm") == [":"]
    assert offered(filled, "member", "show", "lxy") == ["P000006", ":"]


def test_the_closed_and_those_who_left_are_not_offered(filled: Cli) -> None:
    filled.ok("member", "leave", "P000001", "--on", "2005-03-01")
    assert "P000001" not in offered(filled, "member", "show", "P00000")


def test_what_stands_behind_what(filled: Cli) -> None:
    assert offered(filled, "milestone", "mark", "M10") == [":"]
    assert offered(filled, "milestone", "mark", A, "M10") == ["M101", "M102", "M103", "M104", ":"]
    assert offered(filled, "task", "mark", "P000001", "T") == ["T1", "T2", "T3", ":"]
    assert offered(filled, "nine", "tick", "P000001", "N1") == ["N1", ":"]
    assert offered(filled, "log", "P000012") == ["P000012", ":"]
    assert offered(filled, "milestone", "mark", A, "M101", "--on", "2005-03-3") == ["2005-03-31", "2005-03-30", ":"]
    assert offered(filled, "unit", "add", "--kind", "b") == ["branch", ":"]
    assert offered(filled, "unit", "edit", A, "--sector", "sch") == ["school", ":"]
    assert offered(filled, "undo", "")[-2:] == ["2", ":"] or offered(filled, "undo", "") != [":"]
    assert offered(filled, "find", "x") == [":"]


def test_files(filled: Cli) -> None:
    for words in (("--db", ""), ("backup", ""), ("unit", "list", "--output", ""), ("import", "members", "")):
        assert offered(filled, *words) == [":files"]


def test_of_too_many_the_beginnings_that_there_are(filled: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(complete, "USUAL_MOST", 5)
    assert offered(filled, "member", "show", "P") == ["P00000", "P00001", ":nospace"]
    assert offered(filled, "member", "show", "P00001") == ["P000010", "P000011", "P000012", ":"]
    monkeypatch.setitem(complete.MOST, "fish", 5)
    assert offered(filled, "member", "show", "P", shell="fish") == [":"]


def test_one_code_alone_among_beginnings_is_whole(filled: Cli) -> None:
    filled.ok("member", "add", "Q7", "--name", "某人", "--unit", A)
    with __import__("sqlite3").connect(filled.db) as file:
        found = candidates.coded(file, "member", "", 5)
    assert found[-1] == candidates.Candidate("Q7", "某人")


@pytest.mark.parametrize("content", [b"", b"no database at all", None])
def test_a_file_that_cannot_be_read_offers_nothing_and_says_nothing(bare: Cli, content: bytes | None) -> None:
    if content is not None:
        bare.db.write_bytes(content)
    assert offered(bare, "unit", "show", "3") == [":"]
    assert bare.db.exists() is (content is not None)


def test_a_view_in_the_place_of_a_table_is_not_looked_at(filled: Cli) -> None:
    with __import__("sqlite3").connect(filled.db) as file:
        file.execute("CREATE VIEW trap AS SELECT 1")
    assert offered(filled, "unit", "show", "3") == [":"]


def test_hostile_names_cannot_reach_the_line(filled: Cli) -> None:
    with __import__("sqlite3").connect(filled.db) as file:
        file.execute("DROP TRIGGER history_unit_update")
        file.execute("UPDATE unit SET name = 'a' || char(27) || '[2J' || char(10) || 'b' WHERE code = '330304-B2'")
    (line, _) = complete.answer(["bash", "--db", str(filled.db), "unit", "show", "330304-B2"])
    assert line == "330304-B2\ta\\u001b[2J\\u000ab"


def test_an_empty_last_word_of_powershell(filled: Cli) -> None:
    use("en")
    lines = complete.answer(["powershell", "--current=", "milestone"])
    assert [line.split("\t")[0] for line in lines] == ["mark", "unmark", "exempt", ":"]


def test_the_tab_key_loads_nothing_heavy(filled: Cli) -> None:
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("ADVEDU_", "PYTHON"))}
    answer = subprocess.run(
        [
            sys.executable,
            "-X",
            "importtime",
            "-m",
            "advedu",
            "__complete",
            "bash",
            "--db",
            filled.db,
            "unit",
            "show",
            "3",
        ],
        env=environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    names = {line.rpartition("|")[2].strip() for line in answer.stderr.decode().splitlines()}
    assert "typer" in names
    assert names & (HEAVY | {"rich", "hashlib"}) == set()
    assert loaded(filled, "completion", "bash") & (HEAVY | {"rich"}) == set()


# ── in real shells ──


@pytest.fixture
def shell_environment(filled: Cli, tmp_path: Path) -> dict[str, str]:
    """A folder with `advedu` in it first on the path, and the small district as the file."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "advedu"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{ROOT / "cli.py"}" "$@"\n')
    program.chmod(0o755)
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("ADVEDU_")},
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
        "ADVEDU_DB": str(filled.db),
        "ADVEDU_LANG": "zh",
        "LC_ALL": "C.UTF-8",
        "HOME": str(tmp_path),
    }


def in_shell(argv: list[str], environ: dict[str, str]) -> str:
    if shutil.which(argv[0]) is None:
        pytest.skip(f"no {argv[0]} here")
    done = subprocess.run(argv, env=environ, capture_output=True, timeout=60)
    assert done.stderr == b"", done.stderr.decode()
    return done.stdout.decode()


def bash(environ: dict[str, str], line: str, kind: int = 9) -> list[str]:
    words = line.split(" ")
    script = 'eval "$(advedu completion bash)"; COMP_TYPE=%d; COMP_CWORD=%d; COMP_WORDS=(%s); _advedu 2>/dev/null; printf "%%s\\n" "${COMPREPLY[@]}"'
    quoted = " ".join(f"'{word}'" for word in words)
    return in_shell(["bash", "--norc", "-c", script % (kind, len(words) - 1, quoted)], environ).splitlines()


def test_bash(shell_environment: dict[str, str]) -> None:
    assert bash(shell_environment, "advedu over") == ["overdue"]
    assert bash(shell_environment, "advedu unit show 330304-A1") == [A1, f"{A1}-1", f"{A1}-2"]
    assert bash(shell_environment, "advedu unit show 330304-A1", 63)[1] == f"{A1}-1  教育局机关党支部"
    assert bash(shell_environment, "advedu unit show qjyjdw") == [A1]
    assert bash(shell_environment, "advedu status --format = js") == ["json"]


def test_zsh(shell_environment: dict[str, str]) -> None:
    if shutil.which("zsh") is None:
        pytest.skip("no zsh here")
    script = (
        "compdef() { :; }; source <(advedu completion zsh);"
        "compadd() { print -r -- ${@[1,-2]}; print -rl -- ${(P)@[-1]}; }; words=(%s); CURRENT=$#words; PREFIX=$words[-1]; _advedu"
    )
    shown = in_shell(["zsh", "-f", "-c", script % "advedu unit show 330304-A1"], shell_environment).splitlines()
    assert shown[1:] == [A1, f"{A1}-1", f"{A1}-2"]
    assert "-U" not in shown[0].split()
    shown = in_shell(["zsh", "-f", "-c", script % "advedu unit show qjyjdw"], shell_environment).splitlines()
    assert shown[1:] == [A1]
    assert "-U" in shown[0].split()


def test_fish(shell_environment: dict[str, str]) -> None:
    script = 'advedu completion fish | source; complete -C "advedu unit show 330304-A1"; complete -C "advedu over"'
    lines = in_shell(["fish", "--no-config", "-c", script], shell_environment).splitlines()
    assert f"{A1}-1\t教育局机关党支部" in lines
    assert any(line.startswith("overdue\t") for line in lines)


def test_every_script_is_plain_ascii_and_in_json_too(filled: Cli) -> None:
    for shell in ("bash", "zsh", "fish", "powershell"):
        script = filled.ok("completion", shell)
        assert script.isascii()
        assert "__complete" in script
        assert filled.json("completion", shell)["script"] == script
    assert "bash" in filled.refused("completion", "tcsh", code=2)

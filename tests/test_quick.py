"""What tests a file: every source file has a test file of its name, or the table says which one it is."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

import pytest

from advedu.commands import root
from tests.support import ROOT
from tests.test_architecture import MODULES, imports
from tools import quick


def dotted(path: str) -> str:
    """The module of a file."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


SOURCES = sorted(
    path.relative_to(ROOT).as_posix()
    for place in ("advedu", "tools")
    for path in (ROOT / place).rglob("*.py")
    if path.read_text(encoding="utf-8").strip()
)
TOOLS = {Path(path).name: dotted(path) for path in SOURCES if path.startswith("tools/")}
TABLE = quick.table()
# Module → the package whose modules it loads by their names. Those of commands are known by the nouns that a test names.
BY_NAME = {
    name: package
    for name, path in MODULES.items()
    if (package := name.rpartition(".")[0]) != "advedu.commands"
    and f'import_module(f"{package}.' in path.read_text(encoding="utf-8")
}


# ── the table ──


def test_every_source_file_has_its_test_file_or_the_table_says_which() -> None:
    places = {path: quick.where(path) for path in SOURCES}
    assert [path for path, place in places.items() if not place.tests and not place.why] == []


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="git tells the files of the project")
def test_every_line_of_the_table_is_needed() -> None:
    """A pattern that no file fits is stale, and a file with a test file of its name needs no line."""
    files = [path for path in quick.tracked() if not quick.mirrored(path)]
    taken: dict[str, int] = dict.fromkeys([*TABLE.tests, *TABLE.none], 0)
    for path in files:
        pattern = next((each for each in taken if quick.fits(path, each)), None)
        if pattern:
            taken[pattern] += 1
    assert [pattern for pattern, count in taken.items() if not count] == []


def test_the_test_files_that_the_table_names_exist() -> None:
    assert {test for tests in TABLE.tests.values() for test in tests} - set(quick.test_files()) == set()
    assert all(TABLE.tests.values())
    assert all(TABLE.none.values())


def loaded(modules: set[str]) -> set[str]:
    """Modules of ours and all that they load, at once or later."""
    found, wanted = set[str](), [*modules]
    while wanted:
        name = wanted.pop()
        if name in MODULES and name not in found:
            found.add(name)
            wanted += [each.target for each in imports(name)]
            # The index of a package may load its modules by their names.
            if name in BY_NAME:
                wanted += [each for each in MODULES if each.startswith(f"{BY_NAME[name]}.")]
            # A module brings the package that it lies in.
            wanted.append(name.rpartition(".")[0])
    return found


@cache
def words(path: str) -> frozenset[str]:
    """The first word of every text in a file."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return frozenset(text.split()[0] for text in texts if text.strip())


@cache
def reached(test: str) -> set[str]:
    """The modules that a test file can call: it imports them, names their file, or names the command that loads them."""
    # Every call goes through these.
    found = {"advedu.__main__", "advedu.commands.root"}
    files, wanted = set[str](), [test]
    while wanted:
        path = wanted.pop()
        if path not in files:
            files.add(path)
            found |= {dotted(path), *quick.imported(path)}
            # Helpers of the tests, and tools, which import one another as the program's modules do.
            ours = [name.replace(".", "/") for name in quick.imported(path) if name.startswith(("tests.", "tools."))]
            helpers = [f"{name}{end}" for name in ours for end in (".py", "/__init__.py")]
            wanted += [helper for helper in helpers if (ROOT / helper).is_file()]
    named = {word for path in files for word in words(path)}
    found |= {f"advedu.commands.{root.NOUNS[noun][0]}" for noun in named & set(root.NOUNS)}
    return found | loaded(found) | {module for file, module in TOOLS.items() if file in named}


@pytest.mark.long
def test_the_test_files_that_the_table_names_can_call_what_they_test() -> None:
    """Whether they do is measured by tools/where.py, which takes twice as long as the suite."""
    named = [(path, test) for path in SOURCES if not quick.mirrored(path) for test in quick.where(path).tests]
    assert named
    assert [f"{test} cannot call {path}" for path, test in named if dotted(path) not in reached(test)] == []


def test_a_test_file_that_cannot_call_a_module_would_be_found() -> None:
    assert "advedu.values.dates" in reached("tests/values/test_dates.py")
    assert "advedu.commands.tick_screen.app" not in reached("tests/values/test_dates.py")
    assert "advedu.reports.trend" in reached("tests/reports/test_trend.py")


# ── the choice ──


def test_a_file_is_tested_by_the_one_of_its_name() -> None:
    assert quick.where("advedu/values/dates.py").tests == ("tests/values/test_dates.py",)
    assert quick.where("advedu/storage/history.py").tests == ("tests/storage/test_history.py",)
    assert quick.where("advedu/output/__init__.py").tests == ("tests/output/test_output.py",)
    assert quick.where("tools/bundle.py").tests == ("tests/test_bundle.py",)
    assert quick.where("tests/values/test_dates.py").tests == ("tests/values/test_dates.py",)


def test_an_underscore_behind_a_name_is_none_of_it() -> None:
    assert quick.where("advedu/commands/help_.py").tests == ("tests/commands/test_help.py",)


def test_a_helper_is_tested_by_those_that_share_it() -> None:
    assert quick.where("tests/error_examples.py").tests == ("tests/test_errors.py",)
    assert "run make test" in quick.where("tests/support.py").why


def test_a_file_of_which_nobody_knows_fails_the_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(quick, "where", lambda path: quick.Where())
    assert quick.main(["--list", str(ROOT / "advedu" / "values" / "dates.py")]) == 1
    said = capsys.readouterr()
    assert "NO TEST FOUND" in said.out
    assert "tests/where.toml" in said.out
    assert said.err == "not tested: advedu/values/dates.py\n"


def test_what_is_run_is_said_and_no_test_twice(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(subprocess, "call", lambda command, cwd: ran.append(command) or 5)
    assert quick.main([str(ROOT / "tests" / "test_docs.py"), str(ROOT / "advedu" / "values" / "dates.py")]) == 5
    chosen = ran[0][ran[0].index("auto") + 1 :]
    assert set(chosen[:2]) == {"tests/values/test_dates.py", "tests/test_docs.py"}
    assert "tests/test_architecture.py" in chosen
    assert not any(test.startswith("tests/test_docs.py::") for test in chosen)
    assert "advedu/values/dates.py: tests/values/test_dates.py\n" in capsys.readouterr().out


def test_a_file_that_is_not_there_is_a_wrong_call() -> None:
    with pytest.raises(SystemExit) as raised:
        quick.main(["nowhere.py"])
    assert raised.value.code == 2


def test_what_always_runs_exists() -> None:
    for test in quick.ALWAYS:
        path, _, name = test.partition("::")
        assert not name or f"def {name}(" in (ROOT / path).read_text(encoding="utf-8")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one file on its main branch, and a branch of our own."""
    monkeypatch.setattr(quick, "ROOT", tmp_path)
    git(tmp_path, "init", "--initial-branch", "main")
    (tmp_path / "old.py").write_text("")
    (tmp_path / "gone.py").write_text("")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "one")
    git(tmp_path, "checkout", "-b", "ours")
    return tmp_path


def git(folder: Path, *words: str) -> None:
    who = ("-c", "user.name=clerk", "-c", "user.email=clerk@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", folder, *who, *words], check=True, capture_output=True)


def test_what_differs_from_the_main_branch_is_found_committed_or_not(repository: Path) -> None:
    assert quick.changed() == []
    (repository / "committed 新.py").write_text("")
    git(repository, "add", ".")
    git(repository, "commit", "-m", "two")
    (repository / "old.py").write_text("changed")
    (repository / "new.py").write_text("")
    (repository / "gone.py").unlink()
    assert quick.changed() == ["committed 新.py", "new.py", "old.py"]

"""Run the tests of the files that changed, and those of the whole house that cost little: for every day.

    python tools/quick.py            what differs from the main branch, committed or not
    python tools/quick.py FILE…      these files

The tests of a file stand in the test file of its name: those of `advedu/storage/history.py` in
`tests/storage/test_history.py`. For every other file `tests/where.toml` says where they are, or why there are none.
A file of which neither tells is named, and the run fails: it was not tested. `make test` runs everything.
"""

from __future__ import annotations

import argparse
import ast
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path, PurePosixPath
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "tests" / "where.toml"
# Run whatever changed: the rooms and their arrows, every text translated, every name in the documents known.
ALWAYS = (
    "tests/test_architecture.py",
    "tests/test_i18n.py::test_the_catalogue_is_up_to_date",
    "tests/test_i18n.py::test_every_text_in_the_source_is_english_and_translated",
    "tests/test_i18n.py::test_every_text_for_people_is_marked",
    "tests/test_docs.py::test_commands_named_exist",
    "tests/test_docs.py::test_links_lead_somewhere",
    "tests/test_quick.py",
)
# Compared with the first of these that the repository has.
BASES = ("origin/main", "main", "HEAD")
# What more test files than this share is tested by the whole suite.
SHARED = 12


class Table(NamedTuple):
    """`tests/where.toml`: patterns of paths with their test files, and with the reason why they have none."""

    tests: Mapping[str, list[str]]
    none: Mapping[str, str]


class Where(NamedTuple):
    """What tests a file: test files, or else why there are none; neither where nobody knows."""

    tests: tuple[str, ...] = ()
    why: str = ""


@cache
def table() -> Table:
    """Return the table as it stands."""
    read = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return Table(read["tests"], read["none"])


def mirrored(path: str) -> list[str]:
    """Return the test files that bear the name of a source file."""
    top, *folders, name = PurePosixPath(path).parts if "/" in path else ("", path)
    if top not in ("advedu", "tools") or not name.endswith(".py"):
        return []
    # A module whose name would be a word of Python has an underscore behind it.
    places = [["tests", *folders, f"test_{name.removesuffix('.py').rstrip('_')}.py"]]
    if name == "__init__.py" and folders:
        # A package's own: advedu/output/__init__.py has tests/output/test_output.py, or tests/test_output.py.
        places = [["tests", *above, f"test_{folders[-1]}.py"] for above in (folders, folders[:-1])]
    return ["/".join(place) for place in places if ROOT.joinpath(*place).is_file()]


def fits(path: str, pattern: str) -> bool:
    """Say whether a path fits a pattern of the table; an asterisk stands for any names."""
    return fnmatchcase(path, pattern)


def tracked() -> list[str]:
    """Return every file of the project."""
    return _git("ls-files", "-z", "--cached", "--others", "--exclude-standard")


def test_files() -> list[str]:
    """Return every test file."""
    return sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("test_*.py"))


@cache
def imported(path: str) -> frozenset[str]:
    """Return the modules that a file imports, whether a name comes from the module or is one."""
    found = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(found)


def helped(path: str) -> list[str]:
    """Return the test files that import a helper of the tests, at once or through other helpers."""
    helpers = [each.relative_to(ROOT).as_posix() for each in (ROOT / "tests").rglob("*.py")]
    wanted, found = [path], set()
    while wanted:
        module = wanted.pop().removesuffix(".py").replace("/", ".")
        for each in helpers:
            if each not in found and module in imported(each):
                found.add(each)
                wanted.append(each)
    return sorted(found & set(test_files()))


def where(path: str) -> Where:
    """Say what tests a file of the project."""
    name = PurePosixPath(path).name
    is_python_of_tests = path.startswith("tests/") and name.endswith(".py")
    if is_python_of_tests and name.startswith("test_"):
        return Where((path,))
    if found := mirrored(path):
        return Where(tuple(found))
    for pattern, tests in table().tests.items():
        if fits(path, pattern):
            return Where(tuple(tests))
    why = next((why for pattern, why in table().none.items() if fits(path, pattern)), "")
    if why or not is_python_of_tests:
        return Where(why=why)
    sharing = helped(path)
    if len(sharing) > SHARED:
        return Where(why=f"{len(sharing)} test files share it: run make test")
    return Where(tuple(sharing))


def _git(*words: str) -> list[str]:
    answer = subprocess.run(["git", "-C", ROOT, *words], capture_output=True, check=True, text=True)  # noqa: S603, S607
    return [line for line in answer.stdout.split("\0" if "-z" in words else "\n") if line]


def changed() -> list[str]:
    """Return the files that differ from the main branch, as they stand here; those that are gone have no tests."""
    known = set(_git("for-each-ref", "--format=%(refname:short)"))
    base = next(each for each in BASES if each in known or each == "HEAD")
    since = _git("merge-base", base, "HEAD")[0]
    found = {*_git("diff", "-z", "--name-only", since), *_git("ls-files", "-z", "--others", "--exclude-standard")}
    return sorted(path for path in found if (ROOT / path).is_file())


def main(argv: list[str]) -> int:
    """Run the tests of files; return pytest's exit code, or 1 where a file has none and nobody says why."""
    parser = argparse.ArgumentParser(description="Run the tests of the files that changed.")
    parser.add_argument("files", nargs="*", metavar="FILE", help="these files instead of those that git finds changed")
    parser.add_argument("--list", action="store_true", help="say which tests they are and run nothing")
    asked = parser.parse_args(argv)
    paths = [Path(each).resolve().relative_to(ROOT).as_posix() for each in asked.files] or changed()
    if gone := [path for path in paths if not (ROOT / path).is_file()]:
        parser.error(f"no such file: {', '.join(gone)}")

    found = {path: where(path) for path in paths}
    for path, place in found.items():
        print(f"{path}: {' '.join(place.tests) or place.why or 'NO TEST FOUND: say in tests/where.toml where it is'}")
    if not found:
        print("nothing has changed")
    untested = [path for path, place in found.items() if not place.tests and not place.why]
    own = sorted({test for place in found.values() for test in place.tests})
    # A whole file and one test of it would be run twice.
    ours = [*own, *(test for test in ALWAYS if test.partition("::")[0] not in own)]
    code = 0 if asked.list else subprocess.call([sys.executable, "-m", "pytest", "-n", "auto", *ours], cwd=ROOT)  # noqa: S603
    for path, place in found.items():
        if place.why:
            print(f"without a test of its own: {path} ({place.why})")
    if untested:
        print(f"not tested: {', '.join(untested)}", file=sys.stderr)
    return code or bool(untested)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

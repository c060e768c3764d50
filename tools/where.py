"""Hold tests/where.toml against what happens: which test files call the functions of a module.

    python tools/where.py            run the suite, say which entries are wrong, and what would be right
    python tools/where.py FILE…      run these test files alone

Every call of a function of the program is noted while the tests run, which takes twice their time: this is for the day
on which modules or tests were moved. Calls in processes that tests start are not seen.
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FrameType

import pytest

from tools import quick

ROOT = quick.ROOT
PACKAGE = f"{ROOT / 'advedu'}{os.sep}"
# Where the processes that run the tests leave what they saw.
FOLDER = "ADVEDU_WHERE"
# So many test files are named for one module at most, and each calls a fifth of its functions that no other calls.
FEW, SHARE = 3, 5

Calls = dict[str, set[str]]
"""The functions of each module that a test file calls."""


class Watcher:
    """The part of pytest that notes calls, in every process that runs tests."""

    def __init__(self) -> None:
        self.calls: dict[str, set[CodeType]] = defaultdict(set)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Note what is called from the first fixture to the last."""
        seen = self.calls[item.location[0]]

        def note(frame: FrameType, event: str, _argument: object) -> None:
            if event == "call":
                seen.add(frame.f_code)

        sys.setprofile(note)
        try:
            return (yield)
        finally:
            sys.setprofile(None)

    def pytest_sessionfinish(self) -> None:
        """Leave what was seen as {test file: {module: functions}}."""
        found: dict[str, dict[str, list[str]]] = {}
        for test, codes in self.calls.items():
            by_module: dict[str, list[str]] = defaultdict(list)
            for code in codes:
                if code.co_filename.startswith(PACKAGE) and code.co_name != "<module>":
                    by_module[Path(code.co_filename).relative_to(ROOT).as_posix()].append(code.co_qualname)
            found[test] = by_module
        Path(os.environ[FOLDER], f"{os.getpid()}.json").write_text(json.dumps(found), encoding="utf-8")


def pytest_configure(config: pytest.Config) -> None:
    """Watch, when pytest was told to load this file."""
    config.pluginmanager.register(Watcher())


def observed(tests: list[str]) -> dict[str, Calls]:
    """Run test files, or all, and return what each of them calls."""
    found: dict[str, Calls] = defaultdict(lambda: defaultdict(set))
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pytest", "-n", "auto", "-p", "tools.where", *tests]
        subprocess.call(command, cwd=ROOT, env=os.environ | {FOLDER: folder})  # noqa: S603
        for path in Path(folder).iterdir():
            for test, modules in json.loads(path.read_text(encoding="utf-8")).items():
                for module, functions in modules.items():
                    found[test][module] |= set(functions)
    return found


def has_functions(path: str) -> bool:
    """Say whether there is anything in a module that could be called."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) for node in ast.walk(tree))


def proposed(module: str, calls: dict[str, Calls]) -> list[str]:
    """Return the test files that call most of a module, those first that are about little else."""
    left = set().union(*(modules.get(module, set()) for modules in calls.values()))
    whole, found = len(left), list[str]()
    while left and len(found) < FEW:
        best = max(calls, key=lambda test: (len(calls[test].get(module, set()) & left), -len(calls[test])))
        if found and len(calls[best][module] & left) * SHARE < whole:
            break
        found.append(best)
        left -= calls[best][module]
    return found


def main(argv: list[str]) -> int:
    """Run, compare, and return 1 where an entry is wrong."""
    calls = observed(argv)
    wrong = 0
    for path in sorted((ROOT / "advedu").rglob("*.py")):
        module = path.relative_to(ROOT).as_posix()
        place = quick.where(module)
        idle = [test for test in place.tests if test in calls and module not in calls[test]]
        if has_functions(module) and (idle or not (place.tests or place.why)):
            wrong += 1
            print(
                f'"{module}" = {json.dumps(proposed(module, calls))}  # {", ".join(idle) or "nothing"} calls none of it'
            )
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The rooms of the program and the arrows between them, read from the source.

`docs/architecture.md` draws them. A room may import what stands below it, never what stands above.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support import ROOT

PACKAGE = ROOT / "advedu"
# From top to bottom. A room is a module or a folder of `advedu`; rooms of one row do not know each other.
ROOMS: tuple[tuple[str, ...], ...] = (
    ("__main__",),
    ("commands",),
    ("demo",),
    ("reports", "forms"),
    ("output",),
    ("importing",),
    ("recording",),
    ("naming",),
    ("storage",),
    ("rules",),
    ("nouns",),
    ("values",),
    ("i18n",),
    ("errors",),
)
LEVEL = {room: level for level, row in enumerate(ROOMS) for room in row}
PURE = ("rules", "nouns", "values", "i18n", "errors")
HEAVY = ("sqlite_utils", "python_calamine", "xlsxwriter", "pypinyin", "textual", "tomllib", "rich", "openpyxl")


class Import(NamedTuple):
    """One import of one module: what it names, and whether it happens as soon as the module is loaded."""

    module: str
    target: str
    line: int
    at_once: bool


def modules() -> dict[str, Path]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text("utf-8"))


def is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)


def walk(node: ast.AST, at_once: bool = True) -> Iterator[tuple[ast.AST, bool]]:
    """Every node below one but those that only type checkers see."""
    for child in ast.iter_child_nodes(node):
        if is_type_checking(child):
            continue
        inside = at_once and not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        yield child, inside
        yield from walk(child, inside)


@cache
def imports(module: str) -> tuple[Import, ...]:
    found = []
    for node, at_once in walk(tree(module)):
        if isinstance(node, ast.Import):
            found += [Import(module, alias.name, node.lineno, at_once) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno} imports by dots"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                found.append(Import(module, inner if inner in MODULES else node.module or "", node.lineno, at_once))
    return tuple(found)


def room(module: str) -> str:
    """The room of a module of ours; "" for the package itself."""
    return module.partition(".")[2].partition(".")[0]


def ours(module: str) -> list[Import]:
    return [each for each in imports(module) if each.target.split(".")[0] == "advedu"]


def every(names: tuple[str, ...] = ()) -> list[str]:
    """The modules of some rooms, or all."""
    return [module for module in MODULES if not names or room(module) in names]


def describe(found: list[Import]) -> list[str]:
    return [f"{each.module}:{each.line} imports {each.target}" for each in found]


# ── the arrows ──


def test_every_module_has_a_room() -> None:
    assert {room(module) for module in MODULES} - {""} == set(LEVEL)


def test_every_room_stands_in_the_drawing_on_its_floor() -> None:
    """The page draws the rooms from top to bottom in the order in which they may import one another."""
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    drawn = page.split("## Seven floors")[1].split("Beside them:")[0]
    places = {}
    for name in set(LEVEL) - {"__main__"}:
        found = re.search(rf"(?<![\w.`]){name}(?:/|\.py)(?= )", drawn)
        assert found, name
        places[name] = found.start()
    for upper in places:
        for lower in places:
            if LEVEL[upper] < LEVEL[lower]:
                assert places[upper] < places[lower], (upper, lower)


def test_the_index_of_storage_names_every_file_of_it() -> None:
    index = ast.get_docstring(tree("advedu.storage")) or ""
    files = {path.stem for path in (PACKAGE / "storage").glob("*.py")} - {"__init__"}
    assert {name for name in files if f"`{name}`" not in index} == set()


def test_arrows_point_down_only() -> None:
    turned = [
        each
        for module in every()
        for each in ours(module)
        if room(each.target)
        and room(module)
        and room(each.target) != room(module)
        and LEVEL[room(each.target)] <= LEVEL[room(module)]
    ]
    assert describe(turned) == []


def test_errors_import_nothing_of_the_program() -> None:
    assert describe(ours("advedu.errors")) == []
    assert ours("advedu") == []


def test_pure_modules_import_nothing_above_them() -> None:
    wrong = [
        each
        for module in every(PURE)
        for each in imports(module)
        if each.target.split(".")[0] in ("sqlite3", "typer", "sqlite_utils", "python_calamine", "rich")
        or (each in ours(module) and room(each.target) not in (*PURE, ""))
    ]
    assert describe(wrong) == []


def test_output_knows_neither_storage_nor_commands_nor_the_rules() -> None:
    forbidden = ("storage", "commands", "importing", "recording", "reports", "naming", "vocabulary")
    wrong = [each for module in every(("output",)) for each in ours(module) if room(each.target) in forbidden]
    assert describe(wrong) == []


def test_reports_know_neither_commands_nor_the_inside_of_imports() -> None:
    wrong = [
        each
        for module in every(("reports",))
        for each in ours(module)
        if room(each.target) == "commands"
        or (room(each.target) == "output" and each.target != "advedu.output.report")
        or (room(each.target) == "importing" and module not in ("advedu.reports.importing", "advedu.reports.compare"))
    ]
    assert describe(wrong) == []


def test_recording_knows_nothing_of_files_and_screens() -> None:
    forbidden = ("commands", "importing", "reports", "output", "demo")
    wrong = [each for module in every(("recording",)) for each in ours(module) if room(each.target) in forbidden]
    assert describe(wrong) == []


def test_no_imports_run_in_a_circle() -> None:
    """Not inside a room either, and not by way of an import that waits inside a function."""
    graph = {module: {each.target for each in ours(module)} for module in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


# ── who may use what ──


def users(*packages: str) -> set[str]:
    return {module for module in MODULES for each in imports(module) if each.target.split(".")[0] in packages}


def test_typer_lives_in_commands() -> None:
    allowed = {"advedu.__main__"} | set(every(("commands",)))
    assert users("typer", "click") <= allowed


def test_rich_draws_the_bar_of_an_import_and_the_keyboard_screen_alone() -> None:
    """Tables are drawn without it: loading it takes longer than most answers."""
    assert users("rich") == {"advedu.commands.import_once", "advedu.commands.tick_screen.app"}


def test_textual_lives_in_one_module() -> None:
    assert users("textual") <= {"advedu.commands.tick_screen.app"}


def test_spreadsheets_are_read_in_one_place() -> None:
    assert users("python_calamine", "openpyxl") <= set(every(("importing",)))


def test_workbooks_are_written_in_one_place() -> None:
    """Only there is it made sure that a text stays a text and that nothing is left out without a word."""
    assert users("xlsxwriter") == {"advedu.output.workbook"}


def test_spreadsheets_of_text_are_read_and_written_in_one_place() -> None:
    assert users("csv") <= {"advedu.importing.separated", "advedu.output.separated"}


def test_sqlite_utils_lives_in_storage() -> None:
    assert users("sqlite_utils") <= set(every(("storage",)))


SQL = ("SELECT", "INSERT", "UPDATE", "DELETE", "REPLACE", "PRAGMA", "BEGIN", "COMMIT", "ROLLBACK", "WITH", "CREATE")
SQL += ("DROP", "ALTER", "ATTACH", "DETACH", "VACUUM", "SAVEPOINT", "RELEASE")


def literal(node: ast.AST) -> str:
    """The beginning of a text in the source, as far as it is one."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr) and node.values:
        return literal(node.values[0])
    if isinstance(node, ast.BinOp):
        return literal(node.left)
    return ""


def test_sql_lives_in_storage() -> None:
    found = [
        f"{module}:{node.lineno} {literal(node.args[0])[:40]}"
        for module in MODULES
        if room(module) != "storage"
        for node, _ in walk(tree(module))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr.startswith("execute")
        and node.args
        and literal(node.args[0]).lstrip().upper().startswith(SQL)
    ]
    assert found == []


def test_nobody_else_runs_a_statement_at_all() -> None:
    """Not even one that was put together elsewhere."""
    found = [
        f"{module}:{node.lineno}"
        for module in MODULES
        if room(module) != "storage"
        for node, _ in walk(tree(module))
        if isinstance(node, ast.Attribute) and node.attr in ("execute", "executemany", "executescript", "cursor")
    ]
    assert found == []


def test_heavy_libraries_are_imported_where_they_are_used() -> None:
    """At the top of a module they would slow every command down that loads it; migrations run once in a file's life."""
    allowed = {"advedu.storage.migrations", "advedu.rules.definition", "advedu.commands.tick_screen.app"}
    wrong = [
        each
        for module in every()
        for each in imports(module)
        if each.at_once and each.target.split(".")[0] in HEAVY and module not in allowed
    ]
    assert describe(wrong) == []


def test_only_the_session_looks_at_the_clock() -> None:
    """Today is an argument everywhere else; history notes the moment beside it."""
    allowed = {
        "advedu.commands.session",
        "advedu.storage.history",
        "advedu.storage.writers",
        "advedu.recording.restore",
    }
    found = {
        module
        for module in MODULES
        for node, _ in walk(tree(module))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("today", "now", "utcnow")
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in ("date", "datetime")
    }
    assert found <= allowed


def test_annotations_of_named_tuples_are_no_texts():
    """A postponed annotation of a NamedTuple's field is compiled when the class is made: hundreds of times in every call."""
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))}
    tuples = {path: text for path, text in texts.items() if re.search(r"^class \w+\(NamedTuple\)", text, re.MULTILINE)}
    assert tuples
    assert [path for path, text in tuples.items() if "from __future__ import annotations" in text] == []

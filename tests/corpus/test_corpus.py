"""Files as they come, each with what comes of it: rows, corrections, warnings and errors, one table for all."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.support import COUNTS, Cli

HERE = Path(__file__).parent
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((HERE / "expected.toml").read_text("utf-8"))
LISTS = ("corrections", "warnings", "errors")


def outcome(cli: Cli, path: Path) -> dict[str, Any]:
    """What a dry run says of a file, in the form of expected.toml."""
    answer = cli("import", "members", path, "--dry-run", "--format", "json")
    if answer.code == 1:
        return {"refused": answer.err.partition(" — ")[0].removeprefix("advedu: ").replace(str(path), path.name)}
    import json

    document = json.loads(answer.out)
    assert document["dropped"] == sum(each["last_row"] - each["row"] + 1 for each in document["dropped_rows"])
    whole = sum(document[name] for name in ("inserted", "updated", "unchanged", "rejected"))
    assert whole == document["read"] or document["errors"]
    found: dict[str, Any] = {name: document[name] for name in COUNTS if document[name]}
    for name in LISTS:
        listed = [
            ":".join(str(each[key]) for key in ("row", "column", "code") if each[key] is not None)
            for each in document[name]
        ]
        if listed:
            found[name] = listed
    return found


@pytest.mark.parametrize("name", EXPECTED)
def test_what_comes_of_a_file(filled: Cli, name: str) -> None:
    assert outcome(filled, HERE / "files" / name) == EXPECTED[name]


def test_every_file_is_in_the_table_and_there_are_enough() -> None:
    assert sorted(EXPECTED) == sorted(path.name for path in (HERE / "files").iterdir())
    assert len(EXPECTED) >= 60


def test_the_whole_folder_at_once(filled: Cli) -> None:
    """Every file has its own line, locks and other things are named, and one bad file holds all back."""
    before = filled.everything()
    document = filled.json("import", "members", HERE / "files", code=3)
    skipped = [each["file"] for each in document["warnings"] if each["code"] == "file_skipped"]
    assert skipped == ["flat.fods", "~$open.xlsx"]
    read = {each["file"] for each in document["files"]} | {each["file"] for each in document["errors"]}
    assert read | set(skipped) == set(EXPECTED)
    assert filled.everything() == before

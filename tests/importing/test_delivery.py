"""What a caller names: files, folders, patterns; locks and other things are left out and listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from advedu.errors import NothingToImport
from advedu.importing.delivery import expanded
from tests.support import Cli

LINE = "单位,环节,完成日期\n330304-{},M101,2005-01-05\n"


def names(paths: list[str]) -> list[str]:
    return [Path(path).name for path in paths]


def test_a_folder_and_a_pattern(tmp_path: Path) -> None:
    for name in ("b.csv", "a.XLSX", "c.pdf", "~$a.xlsx", ".hidden", ".~lock.b.ods#"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "below").mkdir()
    found = expanded([str(tmp_path)])
    assert names(found.paths) == ["a.XLSX", "b.csv"]
    assert [name for name, _ in found.skipped] == [".~lock.b.ods#", "c.pdf", "~$a.xlsx"]
    assert names(expanded([str(tmp_path / "*.csv"), str(tmp_path / "b.*")]).paths) == ["b.csv"]
    with pytest.raises(NothingToImport):
        expanded([str(tmp_path / "*.ods")])
    with pytest.raises(NothingToImport):
        expanded([str(tmp_path / "below")])


def test_a_name_with_brackets_is_no_pattern_when_it_is_there(tmp_path: Path) -> None:
    path = tmp_path / "名册[1].csv"
    path.write_bytes(b"")
    assert expanded([str(path)]).paths == [str(path)]


def test_a_folder_is_one_operation_with_a_line_per_file(filled: Cli) -> None:
    folder = filled.folder / "上报"
    folder.mkdir()
    for letter in "AB":
        (folder / f"{letter}.csv").write_text(LINE.format(letter), "utf-8")
    (folder / "~$A.xlsx").write_bytes(b"x")
    document = filled.json("import", "milestones", folder)
    assert [(each["file"], each["read"], each["inserted"]) for each in document["files"]] == [
        ("A.csv", 1, 1),
        ("B.csv", 1, 1),
    ]
    assert [(each["file"], each["code"]) for each in document["warnings"]] == [("~$A.xlsx", "file_skipped")]
    assert "A.csv" in filled.ok("import", "milestones", folder)

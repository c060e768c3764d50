"""A folder that files arrive in: which are meant for us, where they go, and that nobody else watches it."""

from __future__ import annotations

from pathlib import Path

import pytest

from advedu.errors import FolderWatched
from advedu.importing.inbox import DONE, Inbox, free


def test_only_whole_spreadsheets_and_texts_are_taken(tmp_path: Path) -> None:
    wanted = ["a.csv", "B.XLSX", "c d.xls", "e.ods", "名册.tsv"]
    for name in [*wanted, ".a.csv", "~$a.xlsx", "#a.csv", "a.csv.part", "a.tmp", "advedu.db", "a.pdf", "noending"]:
        (tmp_path / name).write_text("x")
    (tmp_path / "empty.csv").touch()
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "link.csv").symlink_to(tmp_path / "a.csv")
    assert {path.name for path in Inbox(tmp_path).arrived()} == set(wanted)


def test_a_file_looks_different_when_anything_was_written(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("x")
    box = Inbox(tmp_path)
    before = box.arrived()
    assert box.arrived() == before
    path.write_text("xy")
    assert box.arrived() != before


def test_a_claimed_file_is_out_of_reach_and_found_again(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("x")
    box = Inbox(tmp_path)
    claimed = box.claim(path)
    assert claimed is not None
    assert (box.arrived(), box.left()) == ({}, [claimed])
    assert box.claim(path) is None
    path.write_text("a new one")
    assert box.put_back(claimed).name == "a-2.csv"
    assert path.read_text() == "a new one"


def test_nothing_is_overwritten_where_files_are_put_away(tmp_path: Path) -> None:
    box = Inbox(tmp_path)
    for text in "123":
        (tmp_path / "a.csv").write_text(text)
        claimed = box.claim(tmp_path / "a.csv")
        assert claimed is not None
        box.settle(claimed, box.place(claimed, DONE))
    assert {path.name: path.read_text() for path in (tmp_path / DONE).iterdir()} == {
        "a.csv": "1",
        "a-2.csv": "2",
        "a-3.csv": "3",
    }


def test_a_name_gets_the_first_free_number(tmp_path: Path) -> None:
    for name in ("a.csv", "a-2.csv", "a-4.csv"):
        (tmp_path / name).touch()
    assert free(tmp_path / "a.csv").name == "a-3.csv"
    assert free(tmp_path / "b.csv").name == "b.csv"


def test_halves_of_our_own_are_removed_and_nothing_else(tmp_path: Path) -> None:
    box = Inbox(tmp_path)
    for name in (".a.csv-errors.xlsx.123.part", "a.csv-errors.xlsx", ".mine.part", "b.part"):
        (tmp_path / "rejected" / name).touch()
    box.tidy()
    assert {path.name for path in (tmp_path / "rejected").iterdir()} == {"a.csv-errors.xlsx", ".mine.part", "b.part"}


def test_two_do_not_watch_one_folder(tmp_path: Path) -> None:
    one, other = Inbox(tmp_path), Inbox(tmp_path)
    with one.locked(), pytest.raises(FolderWatched), other.locked():
        pass
    with other.locked():
        pass

"""Copies that programs made by themselves, and what killed ones left of them."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from advedu.storage import writers
from tests.support import Cli


@pytest.mark.skipif(os.name == "nt", reason="whether a program still runs cannot be asked there")
def test_halves_of_copies_go_when_their_program_is_gone(filled: Cli) -> None:
    dead = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    home = filled.folder / "test.db.backups"
    home.mkdir(exist_ok=True)
    here, gone = writers.host(), int(dead.stdout)
    names = {
        f".before-000001.db.{gone}@{here}.part": False,
        f".before-000001.db.{gone}@{here}.part-journal": False,
        f".before-000001.db.{os.getpid()}@{here}.part": True,
        f".before-000001.db.{gone}@another.part": True,
        ".mine.part": True,
    }
    for name in names:
        (home / name).write_bytes(b"half")
    filled.imported("members", "姓名,所在党组织\n新来的,330304-A1\n")
    assert {name: (home / name).exists() for name in names} == names


def test_only_the_last_copies_are_kept(filled: Cli) -> None:
    for number in range(8):
        filled.imported("members", f"姓名,所在党组织\n新来的{number},330304-A1\n")
    kept = sorted(path.name for path in (filled.folder / "test.db.backups").iterdir())
    assert len(kept) == 5
    assert kept[-1] == f"before-{filled.query('SELECT max(id) FROM operation')[0][0]:06}.db"

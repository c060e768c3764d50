"""The demonstration on both its days; no test of this folder writes into it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support import Cli


def _on(factory: pytest.TempPathFactory, file: Path) -> Cli:
    cli = Cli(factory.mktemp("demo"))
    shutil.copy(file, cli.db)
    return cli


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, demo_file: Path) -> Cli:
    """The demonstration on its usual day."""
    return _on(tmp_path_factory, demo_file)


@pytest.fixture(scope="session")
def near_the_end(tmp_path_factory: pytest.TempPathFactory, late_demo_file: Path) -> Cli:
    """The demonstration on its last day."""
    return _on(tmp_path_factory, late_demo_file)

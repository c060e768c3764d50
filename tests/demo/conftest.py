"""The demonstration files, each made once; no test of this folder writes into them."""

from __future__ import annotations

import pytest

from advedu.demo import DAYS
from tests.support import Cli


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Cli:
    """The demonstration on its usual day."""
    cli = Cli(tmp_path_factory.mktemp("demo"))
    cli.ok("demo", "--output", cli.db)
    return cli


@pytest.fixture(scope="session")
def near_the_end(tmp_path_factory: pytest.TempPathFactory) -> Cli:
    """The demonstration on its last day."""
    cli = Cli(tmp_path_factory.mktemp("end"))
    cli.ok("demo", "--day", DAYS[-1], "--output", cli.db)
    return cli

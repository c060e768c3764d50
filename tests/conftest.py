"""Fixtures: the program on a file in a temporary folder, and a small district to put into it."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import settings

from tests.support import ROOT, TODAY, Cli, csv_text, id_number

# Runs are the same everywhere and take the same time on a busy machine.
settings.register_profile("suite", deadline=None, derandomize=True, database=None)
settings.load_profile("suite")

# A file system in memory, where there is one, and how much room the files of the tests are given in it.
MEMORY, ROOM = Path("/dev/shm"), 2 * 1024**3
# As long does one process wait for what another one makes for both.
PATIENCE = 120

# What a file's tests share is made once only when one process runs them all, and a story is told in its order. The
# fixtures of these files cost less than a core that waits.
APART = (
    "tests/test_docs.py",
    "tests/test_i18n.py",
    "tests/recording/test_phases.py",
    "tests/torture/test_foreign_files.py",
)

UNIT_COLUMNS = ("编码", "名称", "上级编码", "类型", "领域", "批次", "负责人", "联系电话")
UNITS = (
    ("330304", "瓯海区委", "", "区委", "", "", "", ""),
    ("330304-A", "区直机关工委", "330304", "党工委", "", "1", "周正", "0577-88510001"),
    ("330304-A1", "区教育局党委", "330304-A", "党委", "", "", "吴敏", "0577-88510002"),
    ("330304-A1-1", "教育局机关党支部", "330304-A1", "党支部", "", "", "郑重", ""),
    ("330304-A1-2", "第一党支部", "330304-A1", "党支部", "", "", "", ""),
    ("330304-A2", "区卫生局党组", "330304-A", "党组", "", "", "", ""),
    ("330304-B", "景山街道党委", "330304", "党委", "", "2", "钱进", "0577-88520001"),
    ("330304-B1", "繁荣社区党总支", "330304-B", "党总支", "", "", "", ""),
    ("330304-B2", "第一党支部", "330304-B", "党支部", "", "", "", ""),
)
MEMBER_COLUMNS = (
    *("党员编号", "姓名", "性别", "出生日期", "身份证号", "所在党组织", "入党时间", "党员类别"),
    *("职务", "职级", "领导干部", "联系电话"),
)
_MEMBERS = (
    ("周正", "男", "1955-02-11", "330304-A", "1980-07-01", "正式党员", "书记", "正处级", "是", "13905770001"),
    ("吴敏", "女", "1960-06-30", "330304-A1", "1985-03", "正式党员", "局长", "正科级", "是", "13905770002"),
    ("郑重", "男", "1966-11-05", "330304-A1-1", "1990-12-01", "正式党员", "科长", "副科级", "否", "13905770003"),
    ("王小明", "男", "1971-01-20", "330304-A1-1", "1996-07-01", "正式党员", "", "", "否", ""),
    ("王小明", "男", "1979-09-09", "330304-A1-2", "2002-07-01", "正式党员", "", "", "否", ""),
    ("李秀英", "女", "1948-04", "330304-A1-2", "1970-07-01", "正式党员", "", "", "否", ""),
    ("冯卫", "男", "1963-03-03", "330304-A2", "1989-07-01", "正式党员", "组长", "正科级", "是", ""),
    ("钱进", "男", "1962-08-18", "330304-B", "1988-07-01", "正式党员", "书记", "正科级", "是", ""),
    ("孙丽", "女", "1975-05-15", "330304-B1", "1999-07-01", "正式党员", "", "", "否", "13905770008"),
    ("陈建国", "男", "1949-10-01", "330304-B1", "1969-10-01", "正式党员", "", "", "否", ""),
    ("卫东", "男", "1968-12-26", "330304-B2", "1994-07-01", "正式党员", "", "", "否", ""),
    ("蒋新", "女", "1983-07-07", "330304-B2", "2004-07-01", "预备党员", "", "", "否", ""),
)
MEMBERS = tuple(
    (
        f"P{number:06}",
        *row[:3],
        id_number(number, row[2]) if len(row[2]) == len("1955-02-11") else "",
        *row[3:],
    )
    for number, row in enumerate(_MEMBERS, start=1)
)


class District(NamedTuple):
    """A small district: 9 units of two batches, 12 members, four of them leaders; one name is that of two units."""

    units: str
    members: str


def pytest_configure(config: pytest.Config) -> None:
    """Let temporary files lie in memory where nobody says where else: every write of the program waits for its disk.

    The full form of the trials stays on the disk, which is what it tries.
    """
    chosen = config.getoption("basetemp") or os.environ.get("TMPDIR") or os.environ.get("ADVEDU_TORTURE") == "full"
    if not chosen and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that no core is left alone with it at the end."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@cache
def _shares(file: str) -> bool:
    """Whether the tests of a file share a fixture of it."""
    return 'scope="module"' in (ROOT / file).read_text(encoding="utf-8")


def pytest_collection_finish() -> None:
    """Leave out of every later collection of cycles what is loaded by now and stays: thousands of tests."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Hand tests out one by one, so that the last to end are short; but those that share a fixture to one process."""
    if config.getoption("dist") != "load":
        return None
    from xdist.scheduler import LoadScopeScheduling

    class OneByOne(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return file if file not in APART and _shares(file) else nodeid

    return OneByOne(config, log)


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that is set on this machine changes what a test sees."""
    for name in ("ADVEDU_DB", "ADVEDU_USER", "ADVEDU_LANG", "NO_COLOR", "LC_ALL", "LC_MESSAGES", "LANG", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")


@pytest.fixture(scope="session")
def district() -> District:
    """The small district, as the csv files that a clerk receives."""
    return District(csv_text([UNIT_COLUMNS, *UNITS]), csv_text([MEMBER_COLUMNS, *MEMBERS]))


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    cli = Cli(tmp_path_factory.mktemp("empty"))
    cli.ok("init")
    cli.ok("pin", TODAY)
    return cli.db


@pytest.fixture(scope="session")
def filled_file(tmp_path_factory: pytest.TempPathFactory, empty_file: Path, district: District) -> Path:
    cli = Cli(tmp_path_factory.mktemp("filled"))
    shutil.copy(empty_file, cli.db)
    cli.imported("units", district.units)
    cli.imported("members", district.members)
    return cli.db


def _made_once(factory: pytest.TempPathFactory, worker_id: str, name: str, *argv: str) -> Path:
    """A demonstration file, made once for all processes that run tests; it is copied, never written to."""
    base = factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / name
    made = folder / "demo.db"
    try:
        folder.mkdir()
    except FileExistsError:
        deadline = time.monotonic() + PATIENCE
        while not made.exists():
            assert time.monotonic() < deadline, "another process makes the demonstration and does not come to an end"
            time.sleep(0.1)
    else:
        making = Cli(folder)
        making.ok("demo", *argv, "--output", making.db)
        making.db.rename(made)
    return made


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The demonstration district on its usual day."""
    return _made_once(tmp_path_factory, worker_id, "demonstration")


@pytest.fixture(scope="session")
def late_demo_file(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The demonstration district near the end of its campaign."""
    return _made_once(tmp_path_factory, worker_id, "demonstration-late", "--day", "2006-06-20")


@pytest.fixture
def bare(tmp_path: Path) -> Cli:
    """The program where no file is yet."""
    return _cli(tmp_path / "bare")


@pytest.fixture
def cli(tmp_path: Path, empty_file: Path) -> Cli:
    """The program on an empty file, pinned to 31 March 2005."""
    return _cli(tmp_path / "empty", empty_file)


@pytest.fixture
def filled(tmp_path: Path, filled_file: Path) -> Cli:
    """The program on a file with the small district in it, pinned to 31 March 2005."""
    return _cli(tmp_path / "filled", filled_file)


def _cli(folder: Path, file: Path | None = None) -> Cli:
    folder.mkdir()
    cli = Cli(folder)
    if file is not None:
        shutil.copy(file, cli.db)
    return cli

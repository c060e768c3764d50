"""What is built: a wheel has the manual pages, made for it, and so has one that is built from a source distribution."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from packaging.requirements import Requirement

from hatch_build import ManualPages
from tests.support import ROOT
from tools import man_page


def built(source: Path, target: str, folder: Path) -> Path:
    """Build a wheel or a source distribution as pip would, without an environment of its own."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ADVEDU_", "PYTHONPATH"))}
    subprocess.run(command, cwd=source, env=environment, check=True, capture_output=True, timeout=300)
    (path,) = folder.iterdir()
    return path


def pages(wheel: Path) -> dict[str, str]:
    """The manual pages of a wheel, by where an installation puts them."""
    with zipfile.ZipFile(wheel) as archive:
        return {
            name.partition(".data/data/")[2]: archive.read(name).decode()
            for name in archive.namelist()
            if ".data/data/" in name
        }


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An unpacked source distribution."""
    folder = tmp_path_factory.mktemp("source")
    with tarfile.open(built(ROOT, "sdist", folder / "dist")) as archive:
        archive.extractall(folder, filter="data")
    (path,) = folder.glob("advedu-*")
    return path


def wanted() -> dict[str, str]:
    return {f"share/man/{place}": man_page.page(language) for language, place in man_page.PLACES.items()}


def test_a_wheel_has_both_manual_pages(tmp_path: Path) -> None:
    assert pages(built(ROOT, "wheel", tmp_path / "dist")) == wanted()


def test_a_source_distribution_has_what_makes_them_and_builds_the_same_wheel(source: Path, tmp_path: Path) -> None:
    assert (source / "hatch_build.py").is_file()
    assert not (source / "man").exists()
    assert pages(built(source, "wheel", tmp_path / "dist")) == wanted()


def test_an_editable_install_goes_without_them() -> None:
    data: dict[str, object] = {"shared_data": {}}
    hook = ManualPages(str(ROOT), {}, None, None, "", "wheel")  # type: ignore[arg-type]
    hook.initialize("editable", data)
    hook.finalize("editable", data, "")
    assert data == {"shared_data": {}}


# Fails at once where a module of these is asked for.
BLOCKED = """
import sys
for name in {others!r}:
    sys.modules[name] = None
from tools import man_page
print(len(man_page.page("zh")))
"""


def test_what_the_build_requires_is_enough() -> None:
    """The environment that pip makes for building has the required library of the program, and none of the others."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    metadata = SimpleNamespace(core=SimpleNamespace(dependencies=project["dependencies"]))
    hook = ManualPages(str(ROOT), {}, None, metadata, "", "wheel")  # type: ignore[arg-type]
    (typer,) = hook.dependencies()
    others = [
        Requirement(each).name for each in project["dependencies"] if each != typer and not each.startswith("rich")
    ]
    blocked = BLOCKED.format(others=[{"XlsxWriter": "xlsxwriter"}.get(each, each.replace("-", "_")) for each in others])
    answer = subprocess.run([sys.executable, "-c", blocked], cwd=ROOT, check=True, capture_output=True, timeout=60)
    assert int(answer.stdout) == len(man_page.page("zh"))

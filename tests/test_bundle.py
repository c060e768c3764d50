"""The folder for installing without a network: what would be missing is found, and the whole is installed and run."""

from __future__ import annotations

import os
import subprocess
import zipfile
from pathlib import Path

import pytest

from tools import bundle
from tools.bundle import Target


def wheel(
    folder: Path, name: str, version: str = "1.0", tag: str = "py3-none-any", requires: tuple[str, ...] = ()
) -> None:
    """Make a wheel that holds nothing but its description."""
    lines = [
        "Metadata-Version: 2.1",
        f"Name: {name}",
        f"Version: {version}",
        *(f"Requires-Dist: {r}" for r in requires),
    ]
    with zipfile.ZipFile(folder / f"{name}-{version}-{tag}.whl", "w") as archive:
        archive.writestr(f"{name}-{version}.dist-info/METADATA", "\n".join(lines) + "\n")


def lacking(folder: Path, system: str = "linux", python: str = "3.12") -> list[str]:
    return sorted(str(requirement) for requirement in bundle.missing(folder, Target(system, python)))


def test_what_an_installation_would_look_for_in_vain_is_found(tmp_path: Path) -> None:
    assert lacking(tmp_path) == ["advedu"]
    wheel(tmp_path, "advedu", requires=("alpha>=2", "beta; python_version < '3.12'", "gamma; extra == 'dev'"))
    assert lacking(tmp_path) == ["alpha>=2"]
    assert lacking(tmp_path, python="3.11") == ["alpha>=2", 'beta; python_version < "3.12"']
    wheel(tmp_path, "alpha", "1.9")
    assert lacking(tmp_path) == ["alpha>=2"]
    wheel(tmp_path, "alpha", "2.1", requires=("colorama; platform_system == 'Windows'",))
    assert lacking(tmp_path) == []
    # What Windows alone needs, which pip on Linux leaves out.
    assert lacking(tmp_path, "windows") == ['colorama; platform_system == "Windows"']


def test_a_wheel_of_another_system_or_version_does_not_count(tmp_path: Path) -> None:
    wheel(tmp_path, "advedu", requires=("fast",))
    wheel(tmp_path, "fast", tag="cp312-cp312-win_amd64")
    wheel(tmp_path, "fast", tag="cp311-cp311-manylinux2014_x86_64")
    assert lacking(tmp_path, "windows", "3.12") == []
    assert lacking(tmp_path, "linux", "3.11") == []
    assert lacking(tmp_path, "windows", "3.11") == lacking(tmp_path, "linux", "3.12") == ["fast"]
    wheel(tmp_path, "fast", "2.0", tag="cp39-abi3-manylinux_2_28_x86_64")
    assert lacking(tmp_path, "linux", "3.12") == []


def test_two_wheels_that_need_each_other_are_no_trap(tmp_path: Path) -> None:
    wheel(tmp_path, "advedu", requires=("alpha",))
    wheel(tmp_path, "alpha", requires=("advedu",))
    assert lacking(tmp_path) == []


def test_a_bad_copy_is_found(tmp_path: Path) -> None:
    (tmp_path / "wheels").mkdir()
    wheel(tmp_path / "wheels", "advedu")
    (tmp_path / "BUNDLE.txt").write_text("linux 3.12\nwindows 3.12\n", encoding="utf-8")
    bundle._sum_up(tmp_path)
    assert bundle.faults(tmp_path) == []
    wheel(tmp_path / "wheels", "advedu", requires=("alpha",))
    assert bundle.faults(tmp_path) == [
        "wheels/advedu-1.0-py3-none-any.whl is damaged or not there",
        "linux 3.12: alpha is not there",
        "windows 3.12: alpha is not there",
    ]
    assert bundle.main(["--check", str(tmp_path)]) == 1


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    assert bundle.main(["--output", str(tmp_path)]) == 1
    assert "not made by this tool" in capsys.readouterr().err
    assert (tmp_path / "mine.txt").exists()


def test_scripts_are_what_their_systems_read() -> None:
    batch = (bundle.SCRIPTS / "install.bat").read_text(encoding="utf-8")
    # A console of any code page reads it.
    assert batch.isascii()
    for text in (batch, (bundle.SCRIPTS / "install.sh").read_text(encoding="utf-8")):
        assert "--no-index" in text
        assert "BUNDLE.txt" in text


@pytest.mark.skipif(os.name == "nt", reason="a shell script")
def test_the_script_says_when_there_is_no_fitting_python(tmp_path: Path) -> None:
    script = tmp_path / "install.sh"
    script.write_text((bundle.SCRIPTS / "install.sh").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "BUNDLE.txt").write_text("linux 2.7\nwindows 3.12\n", encoding="utf-8")
    answer = subprocess.run(["sh", str(script), str(tmp_path / "x")], capture_output=True, text=True, timeout=60)
    assert answer.returncode == 1
    assert answer.stderr == "install.sh: none of the versions of Python in BUNDLE.txt is here\n"
    assert not (tmp_path / "x").exists()


@pytest.mark.skipif(not os.environ.get("ADVEDU_BUNDLE"), reason="fetches wheels; set ADVEDU_BUNDLE to run it")
def test_the_whole_is_gathered_installed_and_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bundle.main(["--output", str(tmp_path / "安装 盘")]) == 0
    assert "installed from the folder and run: advedu" in capsys.readouterr().out
    assert bundle.main(["--check", str(tmp_path / "安装 盘")]) == 0

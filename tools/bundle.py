"""Gather all that an installation without a network needs: our wheel, those it depends on, and scripts to install them.

    python tools/bundle.py                      dist/advedu-VERSION-offline, for this Python and 3.12, Windows and Linux
    python tools/bundle.py --python 3.13        for other versions of Python
    python tools/bundle.py --check FOLDER       look whether a folder is complete, without a network

What was gathered is tried before it is called ready: every wheel's requirements are held against the folder for every
system, and on the system at hand the program is installed from it and run.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from email.parser import Parser
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = ROOT / "tools" / "offline"
SYSTEMS = {
    "windows": (["win_amd64"], {"os_name": "nt", "sys_platform": "win32", "platform_system": "Windows"}),
    "linux": (
        ["manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"],
        {"os_name": "posix", "sys_platform": "linux", "platform_system": "Linux"},
    ),
}
MACHINES = {"windows": "AMD64", "linux": "x86_64"}


class Target(NamedTuple):
    """A system and a version of Python, such as windows and 3.12."""

    system: str
    python: str

    @property
    def tags(self) -> set[Tag]:
        """The tags of the wheels that can be installed there."""
        version = tuple(map(int, self.python.split(".")))
        platforms = SYSTEMS[self.system][0]
        interpreter = f"cp{self.python.replace('.', '')}"
        return {*cpython_tags(version, platforms=platforms), *compatible_tags(version, interpreter, platforms)}

    @property
    def environment(self) -> dict[str, str]:
        """What the conditions of requirements are about."""
        return SYSTEMS[self.system][1] | {
            "platform_machine": MACHINES[self.system],
            "python_version": self.python,
            "python_full_version": f"{self.python}.0",
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
            "extra": "",
        }


class Incomplete(Exception):
    """Something that an installation would need is not in the folder."""


def targets(versions: list[str]) -> list[Target]:
    """Return every system with every version of Python."""
    return [Target(system, version) for system in SYSTEMS for version in versions]


def missing(wheels: Path, target: Target, name: str = "advedu") -> list[Requirement]:
    """Return what an installation on a system would look for in a folder in vain.

    pip asks the system it runs on whether a requirement applies, and so leaves out what Windows alone needs.
    """
    wanted, seen, found = [Requirement(name)], set(), []
    there = list(_installable(wheels, target))
    while wanted:
        requirement = wanted.pop()
        key = canonicalize_name(requirement.name)
        fitting = [path for path, own, version in there if own == key and requirement.specifier.contains(version, True)]
        if not fitting:
            found.append(requirement)
        elif key not in seen:
            seen.add(key)
            wanted += _requirements(fitting[0], target)
    return found


def _installable(wheels: Path, target: Target) -> Iterator[tuple[Path, str, str]]:
    tags = target.tags
    for path in sorted(wheels.glob("*.whl")):
        name, version, _build, own = parse_wheel_filename(path.name)
        if own & tags:
            yield path, name, str(version)


def _requirements(wheel: Path, target: Target) -> list[Requirement]:
    """Return what a wheel requires on a system."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        head = Parser().parsestr(archive.read(name).decode())
    every = [Requirement(text) for text in head.get_all("Requires-Dist") or []]
    return [each for each in every if each.marker is None or each.marker.evaluate(target.environment)]


def gather(folder: Path, versions: list[str]) -> None:
    """Fill a folder with wheels and scripts.

    Raises:
        Incomplete: a wheel that some system needs is nowhere to be had.
        subprocess.CalledProcessError: pip failed; it has said why.
    """
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    listed = "".join(f"{target.system} {target.python}\n" for target in targets(versions))
    (folder / "BUNDLE.txt").write_text(listed, encoding="utf-8", newline="\n")
    _pip("wheel", "--no-deps", "--wheel-dir", str(wheels), str(ROOT))
    dependencies = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    for target in targets(versions):
        _download(wheels, target, dependencies)
        # What pip left out because this system does not need it, with what that needs in turn.
        while lacking := missing(wheels, target):
            before = len(list(wheels.iterdir()))
            _download(wheels, target, [f"{each.name}{each.specifier}" for each in lacking])
            if len(list(wheels.iterdir())) == before:
                raise Incomplete(f"{target.system} {target.python}: {', '.join(map(str, lacking))}")
    for name, ends in (("install.sh", "\n"), ("install.bat", "\r\n"), ("README.txt", "\r\n")):
        text = (SCRIPTS / name).read_text(encoding="utf-8")
        # Notepad takes a text without a mark for one of the local code page; a shell stumbles over a mark.
        mark = "utf-8-sig" if name.endswith(".txt") else "utf-8"
        (folder / name).write_text(text, encoding=mark, newline=ends)
    (folder / "install.sh").chmod(0o755)
    _sum_up(folder)


def _pip(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", *words, "--quiet", "--disable-pip-version-check"], check=True)  # noqa: S603


def _download(wheels: Path, target: Target, requirements: list[str]) -> None:
    platforms = [word for platform in SYSTEMS[target.system][0] for word in ("--platform", platform)]
    where = ["--dest", str(wheels), "--only-binary=:all:", "--implementation", "cp", "--python-version", target.python]
    _pip("download", *where, *platforms, *requirements)


def _sum_up(folder: Path) -> None:
    """Write the SHA-256 of every file, so that a bad copy is found before it is installed."""
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "SHA256SUMS"
    ]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8", newline="\n")


def faults(folder: Path) -> list[str]:
    """Return what is wrong with a gathered folder: bad copies, and what an installation would lack."""
    found = []
    for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            found.append(f"{name} is damaged or not there")
    for line in (folder / "BUNDLE.txt").read_text(encoding="utf-8").splitlines():
        target = Target(*line.split())
        found += [f"{line}: {requirement} is not there" for requirement in missing(folder / "wheels", target)]
    return found


def tried(folder: Path) -> str:
    """Install from the folder as its user would, on the system at hand; return what the program says of itself.

    Raises:
        subprocess.CalledProcessError: it could not be installed, or does not run.
    """
    with tempfile.TemporaryDirectory() as home:
        target = Path(home) / "程序 advedu"
        # Nothing that this machine is set up with may help.
        environ = {
            name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON", "ADVEDU_"))
        }
        environ |= {"PIP_CONFIG_FILE": os.devnull}
        windows = os.name == "nt"
        script = ["cmd", "/c", "install.bat"] if windows else ["sh", "install.sh"]
        subprocess.run([*script, str(target)], cwd=folder, env=environ, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        program = target / ("Scripts/advedu.exe" if windows else "bin/advedu")
        for words in (["demo"], ["--db", "demo.db", "status"], ["--db", "demo.db", "verify"]):
            subprocess.run([program, *words], cwd=home, env=environ, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        answer = subprocess.run([program, "--version"], env=environ, check=True, capture_output=True, text=True)  # noqa: S603
        return answer.stdout.strip()


def main(argv: list[str]) -> int:
    """Gather and try a folder, or check one, and return the exit code."""
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    parser = argparse.ArgumentParser(description="Gather what an installation without a network needs.")
    parser.add_argument("--output", metavar="FOLDER", help="where to; dist/advedu-VERSION-offline by default")
    parser.add_argument("--python", action="append", metavar="X.Y", help="a version of Python; may be repeated")
    parser.add_argument("--check", metavar="FOLDER", help="look whether a gathered folder is complete")
    options = parser.parse_args(argv)

    if options.check:
        found = faults(Path(options.check))
        print("\n".join(found) or f"{options.check} is complete")
        return 1 if found else 0
    sys.path.insert(0, str(ROOT))
    import advedu

    folder = Path(options.output or ROOT / "dist" / f"advedu-{advedu.__version__}-offline").absolute()
    if folder.exists() and not (folder / "BUNDLE.txt").is_file():
        print(f"{folder} is there already and was not made by this tool", file=sys.stderr)
        return 1
    shutil.rmtree(folder, ignore_errors=True)
    versions = list(dict.fromkeys(options.python or [here, "3.12"]))
    try:
        gather(folder, versions)
    except (Incomplete, subprocess.CalledProcessError) as error:
        print(f"not gathered: {error}", file=sys.stderr)
        return 1
    if found := faults(folder):
        print("\n".join(found), file=sys.stderr)
        return 1
    if here in versions:
        print(f"installed from the folder and run: {tried(folder)}")
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"{folder} is ready: {len(list((folder / 'wheels').iterdir()))} wheels, {size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

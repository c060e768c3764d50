"""What a caller named → files: folders, patterns (which shells on Windows leave alone), and what is no delivery."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from advedu.errors import NothingToImport
from advedu.i18n import N_
from advedu.values.text import storable

# What is taken out of a folder; a file that is named is read whatever it is called.
ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".xlt", ".et", ".ods")
# What Excel, WPS and LibreOffice leave beside a workbook that is open.
_LOCKS = ("~$", ".~lock.", ".~")
LOCK = N_("a sign that somebody has the workbook open, no workbook")
OTHER = N_("neither a text nor a workbook by its ending")


class Delivery(NamedTuple):
    """The files to read, and those left out with the reason, a text for the catalogue."""

    paths: list[str]
    skipped: list[tuple[str, str]]


def expanded(paths: Sequence[str]) -> Delivery:
    """Return the files that paths name.

    Raises:
        NothingToImport: a folder or a pattern has nothing that could be imported.
    """
    found = Delivery([], [])
    for path in paths:
        if path == "-":
            found.paths.append(path)
        elif Path(path).is_dir():
            _take(found, path, sorted(map(str, filter(Path.is_file, Path(path).iterdir()))), chosen=False)
        elif any(mark in path for mark in "*?[") and not Path(path).exists():
            from glob import glob

            matching = glob(path)  # noqa: PTH207 (Path.glob knows no pattern that begins at the root)
            _take(found, path, sorted(each for each in matching if Path(each).is_file()), chosen=True)
        elif _is_lock(path) and Path(path).is_file():
            found.skipped.append((storable(Path(path).name), LOCK))
        else:
            found.paths.append(path)
    if not found.paths:
        raise NothingToImport(path=", ".join(paths))
    # A file that two patterns name is one file.
    return found._replace(paths=list(dict.fromkeys(found.paths)))


def _take(found: Delivery, path: str, files: Sequence[str], *, chosen: bool) -> None:
    taken = 0
    for file in files:
        name = Path(file).name
        if _is_lock(file):
            found.skipped.append((storable(name), LOCK))
        elif chosen or name.lower().endswith(ENDINGS):
            found.paths.append(file)
            taken += 1
        elif not name.startswith("."):
            found.skipped.append((storable(name), OTHER))
    if not taken:
        raise NothingToImport(path=path)


def _is_lock(path: str) -> bool:
    return Path(path).name.startswith(_LOCKS)

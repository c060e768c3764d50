"""The sheets of the demonstration → a folder to practise with."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from tempfile import mkdtemp

from advedu.demo.archive import Archive, Step
from advedu.errors import CannotWriteOutput, FolderExists
from advedu.i18n import N_, _
from advedu.values.wording import reason

README, COMMANDS = "README.txt", "commands.txt"
# A word that every shell takes for one word as it stands.
_PLAIN = re.compile(r"[\w…./-]+")
_TEXT = N_("""\
The sheets of the demonstration district, as they had come in by {day}: {sheets} csv files, a folder for each day.
Place names are real, people are made up.

Each is a file as a unit sends it; a spreadsheet program opens it, and advedu imports it. Make an empty file in this
folder and import the first ones:

{first}

The file's day is pinned, because what is entered notes the day of its entry. {commands} has all {steps} commands in
their order: the imports, and between them what the clerk recorded by hand. Later sheets build on earlier ones, so go
by that order; on Linux and macOS `sh {commands}` runs it whole. Then the file holds what this command makes at once:

advedu demo --day {day} --output demo.db""")


def unpack(folder: Path, day: str) -> int:
    """Write what had come in by a day into a new folder, whole or not at all; tell how many sheets these are.

    Raises:
        FolderExists: something is there already; it is not touched.
        CannotWriteOutput: the folder cannot be made.
    """
    if folder.exists() or folder.is_symlink():
        raise FolderExists(path=folder)
    archive = Archive()
    steps = list(archive.steps(day))
    sheets = [step.given["file"] for step in steps if step.verb == "import"]
    unfinished = None
    try:
        unfinished = Path(mkdtemp(prefix=f".{folder.name}.", suffix=".part", dir=folder.parent))
        for name in sheets:
            sheet = unfinished / name
            sheet.parent.mkdir(exist_ok=True)
            sheet.write_bytes(archive.sheet(name))
        lines = commands(steps)
        (unfinished / COMMANDS).write_text("\n".join([*lines, ""]), encoding="utf-8")
        text = _(_TEXT).format(
            day=day, sheets=len(sheets), steps=len(lines), commands=COMMANDS, first="\n".join(lines[:FIRST])
        )
        (unfinished / README).write_text(f"{text}\n", encoding="utf-8-sig")
        unfinished.rename(folder)
    except BaseException as error:
        if unfinished is not None:
            shutil.rmtree(unfinished, ignore_errors=True)
        if isinstance(error, OSError):
            raise CannotWriteOutput(path=folder, why=reason(error)) from error
        raise
    return len(sheets)


# The empty file, the units, and the first members.
FIRST = 5


def commands(steps: list[Step]) -> list[str]:
    """Return the command lines that make the demonstration from its sheets."""
    found = [["init"]]
    day = ""
    for step in steps:
        if step.day != day:
            day = step.day
            found.append(["pin", day])
        found.append(step.words)
    return [
        " ".join(["advedu", *(word if _PLAIN.fullmatch(word) else f'"{word}"' for word in words)]) for words in found
    ]

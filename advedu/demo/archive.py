"""The archive of the demonstration: its steps in their order, and its sheets."""

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import PurePosixPath
from typing import NamedTuple
from zipfile import ZipFile

STEPS = "steps.jsonl"
# What stands after each verb, as somebody would type it.
_ARGUMENTS = {
    "import": "{kind} {file}",
    "ledger set": "--units {units} --members {members}",
    "unit move": "{unit} {parent}",
    "unit close": "{unit} --reason {reason}",
    "member transfer": "{member} {unit}",
    "member leave": "{member} --reason {reason}",
    "milestone exempt": "{unit} {milestone} --reason {reason}",
    "task exempt": "{member} {task} --reason {reason}",
    "phase open": "{units} {phase}",
    "phase sign-off": "{units} {phase}",
    "phase close": "{units} {phase}",
    "phase override": "{units} {phase} --override --reason {reason}",
    "phase reopen": "{units} {phase} --reason {reason}",
}
# Closing by override is a step of its own here and an option there.
_TYPED = {"phase override": "phase close"}


class Step(NamedTuple):
    """Something that was entered: a file that came in, or what the clerk recorded by hand.

    Attributes:
        day: the ISO day.
        verb: one of `_ARGUMENTS`.
        given: what the command is told, by name; several units are codes between spaces.
    """

    day: str
    verb: str
    given: dict[str, str]

    @property
    def source(self) -> str:
        """The name of the file that came in."""
        return PurePosixPath(self.given["file"]).name

    @property
    def words(self) -> list[str]:
        """The command as one would type it, word by word, without the program's name."""
        found = _TYPED.get(self.verb, self.verb).split()
        for word in _ARGUMENTS[self.verb].split():
            text = word.format(**self.given)
            found += text.split() if word == "{units}" else [text]
        return found

    @property
    def noted(self) -> str:
        """The command as the history names it: a few of many units, since a line of the history is to be read."""
        given = dict(self.given)
        first, *others = given.get("units", "").split() or [""]
        if others:
            given["units"] = f"{first} … ({1 + len(others)})"
        if "file" in given:
            given["file"] = self.source
        return f"{_TYPED.get(self.verb, self.verb)} {_ARGUMENTS[self.verb].format(**given)}"


class Archive:
    """The archive, opened."""

    def __init__(self) -> None:
        self._zip = ZipFile(str(files("advedu.demo").joinpath("sheets.zip")))

    def steps(self, last: str) -> Iterator[Step]:
        """Give what was entered up to a day, in its order."""
        for line in self._zip.read(STEPS).decode().splitlines():
            step = Step(*json.loads(line))
            if step.day > last:
                return
            yield step

    def sheet(self, name: str) -> bytes:
        """Return one csv file."""
        return self._zip.read(name)

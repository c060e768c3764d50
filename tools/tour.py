"""Walk through the tours in the READMEs and docs/: run their commands in order and put what they print beneath them.

    python tools/tour.py            rewrite the outputs in all pages
    python tools/tour.py --check    change nothing; exit 1 when an output has changed
    python tools/tour.py FILE…      these pages alone

A tour consists of the fenced blocks that name it. All of them share one empty folder.

    ```csv tour=zh file=units.csv      the block becomes this file
    ```diff tour=zh file=units.csv     lines of this file change: each -line becomes the +line after it
    ```console tour=zh                 each line after "$ " is run; what stands below is its output
    ```console tour=zh exit=3          the same, for commands that leave with another exit code than 0

An output that holds a line "…" stays shortened in the same way.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
# Each with its English sister.
_NAMES = ("README", "docs/backups", "docs/output", "docs/supervision", "docs/ten-minutes", "docs/tutorial")
PAGES = tuple(ROOT / f"{name}{ending}" for name in _NAMES for ending in (".md", ".en.md"))
PROGRAM = ROOT / "cli.py"
# The clerk of the tours, and what stands for every real moment and hash.
WHO = "李敏"
DAY, HOUR, HASH = "2026-03-02", "01:30", "4b7a0c9e1d52"
CUT = "…"

_BLOCK = re.compile(
    r"^```(?P<language>\w+) (?P<attributes>[^\n]*\btour=[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL
)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d([T ])\d\d:\d\d(:\d\d)?")
_HASH = re.compile(r"(?<= · )[0-9a-f]{12}$", re.MULTILINE)


class WrongExit(Exception):
    """A command of a tour left with another exit code than the tour says."""


class Block(NamedTuple):
    """One block of a tour: where its body stands in the page, what it is, and its attributes."""

    start: int
    end: int
    language: str
    attributes: dict[str, str]
    body: str


def blocks(text: str) -> list[Block]:
    """Return the blocks of all tours, in the order of the page."""
    return [
        Block(
            match.start("body"),
            match.end("body"),
            match["language"],
            dict(word.split("=", 1) for word in match["attributes"].split()),
            match["body"],
        )
        for match in _BLOCK.finditer(text)
    ]


def played(text: str, folder: Path) -> str:
    """Return the page with the outputs that its tours have now; each tour gets a folder of its own in `folder`.

    Raises:
        WrongExit: a command left otherwise than the page says.
    """
    pieces, position = [], 0
    for block in blocks(text):
        place = folder / block.attributes["tour"]
        place.mkdir(exist_ok=True)
        pieces += [text[position : block.start], _play(block, place)]
        position = block.end
    return "".join([*pieces, text[position:]])


def _play(block: Block, folder: Path) -> str:
    """Do what one block says and return its body as it is now."""
    if block.language == "console":
        return _run(block, folder)
    path = folder / block.attributes["file"]
    path.write_text(_edited(path, block.body) if block.language == "diff" else block.body, encoding="utf-8")
    return block.body


def _edited(path: Path, changes: str) -> str:
    """Return the text of a file with the lines of a diff replaced."""
    text = path.read_text(encoding="utf-8")
    lines = changes.splitlines()
    for old, new in zip(lines[::2], lines[1::2], strict=True):
        if not (old[0] == "-" and new[0] == "+" and f"{old[1:]}\n" in text):
            raise ValueError(f"{path.name} cannot be changed like this: {old} {new}")
        text = text.replace(f"{old[1:]}\n", f"{new[1:]}\n")
    return text


def _run(block: Block, folder: Path) -> str:
    lines: list[str] = []
    for part in re.split(r"^\$ ", block.body, flags=re.MULTILINE)[1:]:
        command, *shown = part.rstrip("\n").splitlines()
        environment = {name: value for name, value in os.environ.items() if not name.startswith("ADVEDU_")}
        environment |= {"ADVEDU_LANG": block.attributes["tour"], "ADVEDU_USER": WHO, "PYTHONUTF8": "1"}
        answer = subprocess.run(  # noqa: S603 (the commands are our own page's)
            [sys.executable, PROGRAM, *shlex.split(command)[1:]],
            check=False,
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        printed = _HASH.sub(HASH, _MOMENT.sub(_moment, answer.stdout)).splitlines()
        if answer.returncode != int(block.attributes.get("exit", "0")):
            raise WrongExit("\n".join([f"{command} leaves with exit code {answer.returncode}", *printed]))
        # An empty line sets one command's output off from the next command.
        lines += [*([""] if lines else []), f"$ {command}", *_shortened(printed, shown)]
    return "".join(f"{line}\n" for line in lines)


def _moment(found: re.Match[str]) -> str:
    """Return the fixed moment in the shape of the one that was printed."""
    return f"{DAY}{found[1]}{HOUR}{':00' if found[2] else ''}"


def _shortened(printed: list[str], shown: list[str]) -> list[str]:
    """Return an output with as much of its beginning and end as the page shows now."""
    if CUT not in shown:
        return printed
    begin = shown.index(CUT)
    end = len(shown) - begin - 1
    return [*printed[:begin], CUT, *(printed[-end:] if end else [])]


def main(argv: list[str]) -> int:
    """Rewrite or check the pages, and return the exit code."""
    parser = argparse.ArgumentParser(description="Run the tours in the documents and refresh their outputs.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when an output has changed")
    parser.add_argument("pages", nargs="*", type=Path, metavar="FILE", help="the pages; all that have tours by default")
    options = parser.parse_args(argv)

    code = 0
    for page in options.pages or PAGES:
        text = page.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            now = played(text, Path(folder))
        if not options.check:
            page.write_text(now, encoding="utf-8", newline="\n")
        elif now != text:
            print(f"the tours in {page.name} are not up to date; run python tools/tour.py", file=sys.stderr)
            code = 1
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

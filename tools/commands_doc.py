"""Write docs/commands.md: every command with its own help, in both languages.

    python tools/commands_doc.py            rewrite docs/commands.md
    python tools/commands_doc.py --check    change nothing; exit 1 when it is not up to date

The width is fixed at 80 columns, so that the page is the same from every terminal.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "commands.md"
# A checkout that is not installed has the program beside this folder.
sys.path.insert(0, str(ROOT))

WIDTH = 80
LANGUAGES = {"zh": "中文：", "en": "English:"}
HEAD = """\
# 命令 · Commands

每条命令的帮助，中英文各一份，与 `advedu … --help` 打印的一致。本页由 `make docs` 生成，不要手改。

The help of every command, in Chinese and in English, as `advedu … --help` prints it. This page is made by
`make docs`; do not edit it by hand.
"""


def commands() -> Iterator[tuple[str, ...]]:
    """Yield the words of every command: the program, each noun, each verb of a noun."""
    from advedu.commands import root

    yield ()
    for noun in root.NOUNS:
        yield (noun,)
        for verb in root.named(noun).verbs:
            # A command by itself has the one verb "".
            if verb:
                yield (noun, verb)


def help_of(words: tuple[str, ...], language: str) -> str:
    """Return what `--help` prints for a command.

    Raises:
        RuntimeError: the command has no help.
    """
    from advedu import i18n
    from advedu.__main__ import run

    printed = io.StringIO()
    spoken = i18n.current()
    with _width(), contextlib.redirect_stdout(printed):
        code = run(["--lang", language, *words, "--help"])
    i18n.use(spoken)
    if code:
        raise RuntimeError(f"advedu {' '.join(words)} --help leaves with exit code {code}")
    return printed.getvalue().rstrip("\n")


@contextlib.contextmanager
def _width() -> Iterator[None]:
    """Fix the width, which is that of the terminal otherwise."""
    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = str(WIDTH)
    try:
        yield
    finally:
        del os.environ["COLUMNS"]
        if before is not None:
            os.environ["COLUMNS"] = before


def page() -> str:
    """Return the text of the page."""
    everything = list(commands())
    pieces = [HEAD, *_contents(everything)]
    for words in everything:
        pieces.append(f"\n{'###' if words[1:] else '##'} {_title(words)}\n")
        pieces += [f"\n{name}\n\n```text\n{help_of(words, code)}\n```\n" for code, name in LANGUAGES.items()]
    return "".join(pieces)


def _contents(everything: list[tuple[str, ...]]) -> Iterator[str]:
    """Yield a line per noun that links to it and to its verbs."""
    yield "\n"
    for words in everything:
        if len(words) == 1:
            verbs = [other for other in everything if len(other) > 1 and other[0] == words[0]]
            links = [_link(other, other[-1]) for other in verbs]
            yield f"- {_link(words, _title(words))}{': ' if links else ''}{' · '.join(links)}\n"


def _title(words: tuple[str, ...]) -> str:
    return " ".join(["advedu", *words])


def _link(words: tuple[str, ...], text: str) -> str:
    return f"[{text}](#{'-'.join(['advedu', *words])})"


def main(argv: list[str]) -> int:
    """Write or check the page, and return the exit code."""
    parser = argparse.ArgumentParser(description="Write docs/commands.md from the program's own help.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when it is not up to date")
    check = parser.parse_args(argv).check

    text = page()
    if not check:
        PAGE.write_text(text, encoding="utf-8", newline="\n")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
        print(f"{PAGE.relative_to(ROOT)} is not up to date; run make docs", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Write docs/commands.md and its English sister: every command, from the program's own help.

    python tools/commands_doc.py            rewrite both pages
    python tools/commands_doc.py --check    change nothing; exit 1 when one is not up to date

What many verbs have in common is said once: an option or an argument of the same name and meaning, and a verb that
means the same of many nouns (add, edit, remove, list of the registers). A verb's own section has what is its own, and
names the rest.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

# Run as a script, this folder is on the path and not the one above.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools import described
from tools.described import Command, Row

ROOT = Path(__file__).resolve().parents[1]
PAGES = {"zh": ROOT / "docs" / "commands.md", "en": ROOT / "docs" / "commands.en.md"}
# In so many verbs an option or an argument is said once for all, and for so many nouns a verb.
MANY_VERBS, MANY_NOUNS = 6, 4
WORDS = {
    "zh": {
        "head": "# 命令\n\n[English](commands.en.md)\n\n全部命令，由程序自己的帮助生成（`make docs`），不要手改。"
        "随时可加 `--help` 看同样的内容；按用途找，见[按用途找命令](by-purpose.md)。\n",
        "global": "全局选项",
        "anywhere": "写在任何命令的前面、后面都行。",
        "shared": "共用的参数和选项",
        "shared_text": "很多命令都有，意思相同，只在这里说一次。各命令的“共用”一行写明它有哪几个。",
        "arguments": "参数：",
        "options": "选项：",
        "common": "各种登记共用的动词",
        "common_text": "下面几个动词，各种登记都一样，只在这里说一次；各自的选项（即登记的各栏）见各名词。",
        "of": "有这个动词的：",
        "besides": "共用：",
        "as_above": "同[各种登记共用的动词](#各种登记共用的动词)。",
        "next": "下一步：[按用途找命令](by-purpose.md)，或照着[一周](tutorial.md)做一遍。",
        "comma": "、",
        "colon": "：",
        "stop": "。",
    },
    "en": {
        "head": "# Commands\n\n[中文](commands.md)\n\nAll commands, made from the program's own help (`make docs`);"
        " do not edit by hand. `--help` behind any command says the same. By what they are for:"
        " [commands by purpose](by-purpose.en.md).\n",
        "global": "Global options",
        "anywhere": "Before or after any command.",
        "shared": "Shared arguments and options",
        "shared_text": "Many commands have these with the same meaning; it is given here once. The line “Shared” of a"
        " command names those that it has.",
        "arguments": "Arguments:",
        "options": "Options:",
        "common": "Verbs that the registers share",
        "common_text": "These verbs are the same for all registers and described here once. Their own options,"
        " which are the columns of the register, stand with each noun.",
        "of": "Nouns with it: ",
        "besides": "Shared: ",
        "as_above": "as in [verbs that the registers share](#verbs-that-the-registers-share).",
        "next": "Next: [commands by purpose](by-purpose.en.md), or [a week](tutorial.en.md) to go along with.",
        "comma": ", ",
        "colon": ": ",
        "stop": ".",
    },
}


class Page:
    """The page in one language; the program speaks it while the page is made."""

    def __init__(self, language: str) -> None:
        self.words = WORDS[language]
        self.program = described.program()
        self.nouns = list(described.nouns())
        every = [verb for noun, verbs in self.nouns for verb in verbs or (noun,)]
        self.arguments = _frequent((row for verb in every for row in verb.arguments), MANY_VERBS)
        self.options = _frequent((row for verb in every for row in verb.options), MANY_VERBS)
        known = Counter((verb.words[1], verb.paragraphs) for _, verbs in self.nouns for verb in verbs)
        # The verbs of each such name, of all nouns.
        self.common = {
            name: [
                verb for _, verbs in self.nouns for verb in verbs if (verb.words[1], verb.paragraphs) == (name, text)
            ]
            for (name, text), times in known.items()
            if times >= MANY_NOUNS
        }

    def text(self) -> str:
        """Return the page."""
        return "\n".join([self.words["head"], *self._contents(), *self._top(), *self._common(), *self._nouns()])

    def _contents(self) -> Iterator[str]:
        """Yield a line per noun that links to it, says what it is and names its verbs."""
        for noun, verbs in self.nouns:
            names = " ".join(f"`{verb.words[1]}`" for verb in verbs)
            line = f"- [{noun.title}](#{_anchor(noun.title)}){self.words['colon']}{_plain(noun.paragraphs[0])}"
            yield f"{line}{self.words['colon']}{names}" if names else line
        yield ""

    def _top(self) -> Iterator[str]:
        words = self.words
        yield from (f"## {words['global']}", "", words["anywhere"], "", *self._rows(self.program.options), "")
        yield from (f"## {words['shared']}", "", words["shared_text"], "")
        yield from (words["arguments"], "", *self._rows(self.arguments), "")
        # What the global options have said needs no second time.
        own = [row for row in self.options if row not in self.program.options]
        yield from (words["options"], "", *self._rows(own), "")

    def _common(self) -> Iterator[str]:
        words = self.words
        yield from (f"## {words['common']}", "", words["common_text"], "")
        for name, verbs in self.common.items():
            # The names alone: every usage stands with its noun.
            yield from (f"**{name}**{words['colon']}{_plain(verbs[0].paragraphs[0])}", "")
            yield from (part for text in verbs[0].paragraphs[1:] for part in (_plain(text), ""))
            together = [row for row in verbs[0].options if self._is_common(name, row)]
            rows = [row for row in self._arguments_of(verbs) if row not in self.arguments]
            rows += [row for row in together if row not in self.options]
            yield from (*self._rows(rows), *([""] if rows else []))
            yield from (self._besides(row for row in together if row in self.options), "")
            yield from (
                f"{words['of']}{words['comma'].join(f'`{verb.words[0]}`' for verb in verbs)}{words['stop']}",
                "",
            )

    def _arguments_of(self, verbs: Iterable[Command]) -> list[Row]:
        """Return the arguments of all these verbs, each once."""
        return list(dict.fromkeys(row for verb in verbs for row in verb.arguments))

    def _is_common(self, name: str, row: Row) -> bool:
        """Whether all verbs that go by a name have an option."""
        return all(row in verb.options for verb in self.common[name])

    def _nouns(self) -> Iterator[str]:
        for noun, verbs in self.nouns:
            yield from (f"## {noun.title}", "")
            if not verbs:
                yield from self._verb(noun)
                continue
            yield from (part for text in noun.paragraphs for part in (_plain(text), ""))
            common = [verb for verb in verbs if verb in self.common.get(verb.words[1], ())]
            yield from self._as_above(common)
            for verb in verbs:
                if verb not in common:
                    yield from (f"### {verb.title}", "", *self._verb(verb))
        yield self.words["next"] + "\n"

    def _as_above(self, verbs: list[Command]) -> Iterator[str]:
        """Yield what a noun's verbs have beside what is said of all nouns; equal ones together."""
        words = self.words
        own = {verb: tuple(row for row in verb.options if not self._is_common(verb.words[1], row)) for verb in verbs}
        for rows in dict.fromkeys(own.values()):
            usages = words["comma"].join(f"`{verb.usage}`" for verb in verbs if own[verb] == rows)
            yield from (f"{usages}{words['colon']}{words['as_above']}", "")
            mine = [row for row in rows if row not in self.options]
            yield from (*self._rows(mine), *([""] if mine else []))
            if len(mine) < len(rows):
                yield from (self._besides(row for row in rows if row in self.options), "")

    def _verb(self, verb: Command) -> Iterator[str]:
        """Yield the section of a verb: its usage, what it does, and what is its own."""
        yield from (f"`{verb.usage}`", "")
        yield from (part for text in verb.paragraphs for part in (_plain(text), ""))
        rows = [row for row in verb.arguments if row not in self.arguments]
        rows += [row for row in verb.options if row not in self.options]
        yield from (*self._rows(rows), *([""] if rows else []))
        yield from (self._besides(row for row in verb.options if row in self.options), "")

    def _rows(self, rows: Iterable[Row]) -> Iterator[str]:
        """Yield names with their meanings as a list."""
        for name, meaning in rows:
            yield f"- `{name}`{self.words['colon'] if meaning else ''}{_plain(meaning)}"

    def _besides(self, rows: Iterable[Row]) -> str:
        """Return a line that names shared options; the one that every command has goes without saying."""
        return self.words["besides"] + " ".join(f"`{_name(row)}`" for row in rows if _name(row) != "--help")


def _frequent(rows: Iterable[Row], times: int) -> list[Row]:
    return [row for row, count in Counter(rows).items() if count >= times]


def _name(row: Row) -> str:
    """Return an option without its short form and its value."""
    return row[0].split()[0].rstrip(",")


def _plain(text: str) -> str:
    """Return a text whose signs mean nothing to Markdown outside of backquotes."""
    pieces = re.split(r"(`[^`]*`)", text)
    return "".join(piece if piece.startswith("`") else re.sub(r"([<>*\[\]|])", r"\\\1", piece) for piece in pieces)


def _anchor(title: str) -> str:
    return title.replace(" ", "-")


def page(language: str) -> str:
    """Return the text of the page in a language."""
    with described.spoken(language):
        return Page(language).text()


def main(argv: list[str]) -> int:
    """Write or check the pages, and return the exit code."""
    parser = argparse.ArgumentParser(description="Write docs/commands.md and its sister from the program's own help.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when a page is not up to date")
    check = parser.parse_args(argv).check

    stale = []
    for language, path in PAGES.items():
        text = page(language)
        if not check:
            path.write_text(text, encoding="utf-8", newline="\n")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(path.relative_to(ROOT).as_posix())
    if stale:
        print(f"not up to date: {', '.join(stale)}; run make docs", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

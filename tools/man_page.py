"""Write the manual pages, man1/advedu.1 and zh_CN/man1/advedu.1, from the commands and the pages of `help`.

    python tools/man_page.py            write both pages into man/
    python tools/man_page.py FOLDER     into this folder

A wheel gets them when it is built (`hatch_build.py`); they are not kept. The roff is plain: the macros of man(7) and
nothing else, so that every man program shows it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from unicodedata import east_asian_width

# Run as a script, this folder is on the path and not the one above.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools import described
from tools.described import Command

ROOT = Path(__file__).resolve().parents[1]
# Where a page stands below a folder of manual pages.
PLACES = {"en": "man1/advedu.1", "zh": "zh_CN/man1/advedu.1"}
# What stands in the pages beside the program's own texts.
WORDS = {
    "en": {
        "name": "NAME",
        "brief": "track a staged education campaign in one SQLite file",
        "synopsis": "SYNOPSIS",
        "description": "DESCRIPTION",
        "about": "One file holds one campaign: its definition, the units, their members, and what was done on which"
        " day. Everything that is written can be taken back. The program needs no network.",
        "global": "GLOBAL OPTIONS",
        "anywhere": "They are understood before and after the command.",
        "commands": "COMMANDS",
        "environment": "ENVIRONMENT",
        "files": "FILES",
        "file": "The campaign file, where neither --db nor ADVEDU_DB names another.",
        "ADVEDU_DB": "The campaign file, where --db names none.",
        "ADVEDU_USER": "Who is writing, where --user names nobody.",
        "ADVEDU_LANG": "zh or en, where --lang says nothing; else the locale decides.",
        "NO_COLOR": "Anything but nothing: no colours.",
    },
    "zh": {
        "name": "名称",
        "brief": "分阶段教育活动台账，一个活动一个 SQLite 文件",
        "synopsis": "用法",
        "description": "说明",
        "about": "一个文件装一个活动：活动设置、单位、党员，以及哪一天做了什么。写入的都可以撤回。程序不用网络。",
        "global": "全局选项",
        "anywhere": "写在命令前后都行。",
        "commands": "命令",
        "environment": "环境变量",
        "files": "文件",
        "file": "数据文件，没有用 --db 或 ADVEDU_DB 另外指定时就是它。",
        "ADVEDU_DB": "数据文件，没有写 --db 时用它。",
        "ADVEDU_USER": "操作人，没有写 --user 时用它。",
        "ADVEDU_LANG": "zh 或 en，没有写 --lang 时用它；再没有就看系统语言。",
        "NO_COLOR": "只要不是空的，就不用颜色。",
    },
}
VARIABLES = ("ADVEDU_DB", "ADVEDU_USER", "ADVEDU_LANG", "NO_COLOR")
_WIDE = {"W", "F"}
# Before these no line is broken, and after those none.
_CLOSING, _OPENING = "，。；：！？、）》」』”’…·%", "（《「『“‘"


def escaped(text: str) -> str:
    """Return a text as roff shows it: no command, no hyphen that a search would miss, breaks between Chinese."""
    pieces: list[str] = []
    for i, char in enumerate(text):
        pieces.append({"\\": "\\e", "-": "\\-", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti"}.get(char, char))
        following = text[i + 1 : i + 2]
        wide = _WIDE & {east_asian_width(char), east_asian_width(following or " ")}
        if char == "|" and following.strip():
            # A list of words is broken between two of them.
            pieces.append("\\:")
        elif wide and " " not in (char, following or " ") and following not in _CLOSING and char not in _OPENING:
            # A line may be broken here, although there is no space.
            pieces.append("\\:")
    found = "".join(pieces)
    return f"\\&{found}" if found.startswith(".") else found


def _macro(name: str, text: str) -> str:
    """Return a macro with one argument."""
    quoted = escaped(text).replace('"', "\\(dq")
    return f'.{name} "{quoted}"'


def _paragraphs(paragraphs: tuple[str, ...]) -> Iterator[str]:
    for paragraph in paragraphs:
        yield ".PP"
        yield escaped(paragraph)


def _described(rows: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for name, meaning in rows:
        yield ".TP"
        yield _macro("B", name)
        # A term without a meaning would swallow what comes next.
        yield escaped(meaning) or "\\&"


def _commands() -> Iterator[str]:
    """Yield a section per verb, in the order of the program's help."""
    for noun, verbs in described.nouns():
        for verb in verbs or (noun,):
            yield from _command(verb)


def _command(verb: Command) -> Iterator[str]:
    yield _macro("SS", verb.usage)
    yield from _paragraphs(verb.paragraphs)
    # That every command has --help, the top of the page says.
    yield from _described((*verb.arguments, *(row for row in verb.options if row[0] != "--help")))


def _topics() -> Iterator[str]:
    """Yield a section per page of `help`."""
    from advedu.commands import topics
    from advedu.i18n import _

    for topic in topics.TOPICS.values():
        yield _macro("SH", _(topic.title).upper())
        for kind, lines in topics.blocks(topic):
            if kind == "text":
                yield from (".PP", escaped(lines[0]))
            elif kind == "list":
                yield from (part for line in lines for part in (".IP", escaped(line)))
            else:
                # Outside filling, so that it can be copied.
                yield from (".PP", ".RS 4", ".nf", *map(escaped, lines), ".fi", ".RE")


def page(language: str) -> str:
    """Return the manual page in a language."""
    import advedu

    words = WORDS[language]
    with described.spoken(language):
        lines = [
            '.\\" Made by tools/man_page.py from the commands themselves: do not edit.',
            f'.TH ADVEDU 1 "" "advedu {advedu.__version__}" "advedu"',
            # No hyphens in words, and no stretched lines, which Chinese has no spaces for.
            ".nh",
            ".ad l",
            _macro("SH", words["name"]),
            f"advedu \\- {escaped(words['brief'])}",
            _macro("SH", words["synopsis"]),
            ".B advedu",
            escaped("[--db FILE] [--lang zh|en] [--user NAME] [--no-color] [--no-input] NOUN VERB …"),
            _macro("SH", words["description"]),
            escaped(words["about"]),
            _macro("SH", words["global"]),
            escaped(words["anywhere"]),
            *_described(described.program().options),
            _macro("SH", words["commands"]),
            *_commands(),
            *_topics(),
            _macro("SH", words["environment"]),
            *_described(tuple((name, words[name]) for name in VARIABLES)),
            _macro("SH", words["files"]),
            *_described((("advedu.db", words["file"]),)),
        ]
    return "".join(f"{line}\n" for line in lines)


def written(folder: Path) -> dict[str, Path]:
    """Write the pages below a folder and return where each language's stands."""
    pages = {language: folder / place for language, place in PLACES.items()}
    for language, path in pages.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(language), encoding="utf-8", newline="\n")
    return pages


def main(argv: list[str]) -> int:
    """Write the pages, and return the exit code."""
    parser = argparse.ArgumentParser(description="Write the manual pages from the commands.")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "man", metavar="FOLDER", help="where to; man/")
    for path in written(parser.parse_args(argv).folder).values():
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

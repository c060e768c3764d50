"""What the tab key asks: the words typed so far → what may come next, with a name beside each.

The scripts in `completions/` call `advedu __complete SHELL WORDS…`, the last word being the one under the cursor. A
line of the answer is a value, a tab and a description; the last line says what the shell is to do: `:files` to complete
names of files, `:nospace` to put no space behind, `:` for nothing special. Nothing is ever written and no error shown.
"""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from advedu.commands import root
from advedu.i18n import _
from advedu.nouns import index, registers
from advedu.nouns.declaration import Field
from advedu.storage import campaign, candidates
from advedu.storage.candidates import Candidate
from advedu.storage.connection import glance
from advedu.values import pinyin
from advedu.values.identity import scrub
from advedu.values.kinds import DAY
from advedu.values.text import neutralise

# So many at most; fish cannot be told to put no space behind the beginning of a code, so it gets whole codes alone.
MOST = {"fish": 2000}
USUAL_MOST = 100
DAYS = 7
# What is asked of the file, by the words that help has for it; other words stand for nothing that could be offered.
_FOUND = ("unit", "member", "team", "milestone", "task", "item", "phase", "day", "file", "operation")
_SAID = {"parent": "unit", "to": "unit", "date": "day", "file.toml": "file"}
# Options that name the owners in another way, so that the entry may stand first.
_OWNERS_ELSEWHERE = ("from_list", "subtree")


class Asked(NamedTuple):
    """What stands under the cursor: kinds of things, words of a fixed list, or options."""

    kinds: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()


def answer(argv: Sequence[str]) -> list[str]:
    """Return the lines of the answer to `SHELL WORDS…`."""
    shell, words = argv[0], [word.strip("'\"") for word in argv[1:]]
    if words and words[0].startswith("--current="):
        words = [*words[1:], words[0].removeprefix("--current=")]
    words = _joined(words or [""])
    current = words.pop()
    # `--format=js` is one word to most shells, and so is the answer.
    option, equals, value = current.partition("=")
    before = ""
    if equals and option.startswith("--"):
        words, current, before = [*words, option], value, f"{option}="
    call = _Call(words)
    found = list(_candidates(call, call.asked(current), current, MOST.get(shell, USUAL_MOST)))
    if found == [_FILES]:
        return [":files"]
    if shell == "fish":
        found = [each for each in found if each.whole]
    lines = [_line(before + each.value, each.description) for each in found]
    return [*lines, ":nospace" if any(not each.whole for each in found) else ":"]


_FILES = Candidate(":files", "")


def _line(value: str, description: str) -> str:
    return f"{neutralise(value)}\t{neutralise(description)}"


def _joined(words: list[str]) -> list[str]:
    """Take out the = that bash makes a word of its own, with what is typed behind it as the next word."""
    if words[-1] == "=":
        words = [*words, ""]
    return [word for word in words if word != "="]


class _Call:
    """The words before the cursor, read by the program's own commands as far as they go."""

    def __init__(self, words: list[str]) -> None:
        self.db = Path(os.environ.get("ADVEDU_DB") or "advedu.db")
        self.given = words
        # A global option whose value is under the cursor.
        self.waiting = words[-1] if words and words[-1] in root.VALUED and "--" not in words else ""
        rest = self._without_globals(words[:-1] if self.waiting else words)
        self.name = rest[0] if rest and rest[0] in root.NOUNS else ""
        self.noun = root.named(self.name) if self.name else None
        self.verb = self._verb(rest)
        self.words = rest[1:] if self.verb == "" else rest[2:]
        self.command = self.noun.command(self.verb) if self.noun is not None and self.verb is not None else None

    def _without_globals(self, words: list[str]) -> list[str]:
        rest = root.hoisted(words)
        while rest and rest[0].startswith("-") and rest[0] != "--":
            name, equals, value = rest.pop(0).partition("=")
            if name in root.VALUED and not equals and rest:
                value = rest.pop(0)
            if name == "--db" and value:
                self.db = Path(value).expanduser()
        return rest

    def _verb(self, rest: list[str]) -> str | None:
        """Return the verb that is named, or "" where a noun is a command by itself; None where there is none yet."""
        if self.noun is None:
            return None
        if "" in self.noun.verbs:
            return ""
        return rest[1] if len(rest) > 1 and rest[1] in self.noun.verbs else None

    def asked(self, current: str) -> Asked:
        """Return what the word under the cursor may be."""
        if self.waiting:
            return _of_global(self.waiting)
        if self.command is None:
            return self._first_words(current)
        # Click reads what is there, knows which options take a value, and complains of nothing.
        context = self.command.make_context(self.verb or self.name, list(self.words), resilient_parsing=True)
        only_words = "--" in self.words
        last = self.words[-1] if self.words and not only_words else ""
        options: list[Any] = [each for each in self.command.params if each.param_type_name == "option"]
        valued = next((each for each in options if last in each.opts and not each.is_flag), None)
        if valued is not None:
            return self._of(valued)
        if current.startswith("-") and not only_words:
            return Asked(words=tuple(self._option_names(options)))
        return self._argument(context)

    def _first_words(self, current: str) -> Asked:
        if current.startswith("-"):
            return Asked(words=tuple(self._option_names([])))
        if self.noun is None:
            return Asked(words=tuple((name, _(help_)) for name, (_module, help_) in root.NOUNS.items()))
        return Asked(words=tuple((verb.name, _short(verb.help)) for verb in self.noun.verbs.values()))

    def _argument(self, context: Any) -> Asked:
        for each in context.command.params:
            if each.param_type_name != "argument":
                continue
            taken = context.params.get(each.name)
            if each.nargs != -1:
                if taken is None:
                    return self._of(each)
                continue
            asked = self._of(each)
            # Units first and then the milestone: as the first word only where something else names the units.
            if len(asked.kinds) > 1 and not taken:
                elsewhere = any(context.params.get(name) is not None for name in _OWNERS_ELSEWHERE)
                return Asked(kinds=asked.kinds[1:] if elsewhere else asked.kinds[:1])
            return asked
        return Asked()

    def _of(self, param: Any) -> Asked:
        """Return what stands in the place of an argument or an option: what its field is, else what help calls it."""
        choices = getattr(param.type, "choices", None)
        if choices:
            return Asked(words=tuple((str(getattr(choice, "value", choice)), "") for choice in choices))
        if self.name in index.NOUNS and param.param_type_name == "option":
            for field in registers.named(self.name).fields:
                if field.name == param.name:
                    return _of_field(field)
        said = (param.metavar or "").strip("[]").lower().replace("|", " ").split()
        kinds = [_SAID.get(word.rstrip("…"), word.rstrip("…")) for word in said]
        return Asked(kinds=tuple(kind for kind in kinds if kind in _FOUND))

    def _option_names(self, options: list[Any]) -> Iterator[tuple[str, str]]:
        from advedu.commands.base import option_help

        for each in options:
            names = [name for name in (*each.opts, *each.secondary_opts) if name.startswith("--")]
            given = {word.partition("=")[0] for word in self.given}
            yield from ((name, _(option_help(each))) for name in names if each.multiple or name not in given)
        yield from ((name, "") for name in (*root.VALUED, *root.FLAGS) if name not in self.given)
        yield "--help", _("Show this message and exit.")


def _of_global(name: str) -> Asked:
    if name == "--lang":
        return Asked(words=(("zh", "中文"), ("en", "English")))
    return Asked(kinds=("file",) if name == "--db" else ())


def _of_field(field: Field) -> Asked:
    """Return what may stand in a field."""
    if field.words:
        # Of usual words the values are Chinese already.
        return Asked(
            words=tuple(
                (code, "" if code == word.headings[0] else word.headings[0]) for code, word in field.words.items()
            )
        )
    kind = field.of_kind
    if kind.listed or kind.names:
        return Asked(kinds=(kind.listed or kind.names,))
    if kind.form == DAY:
        return Asked(kinds=("day",))
    return Asked(kinds=(field.kind,) if field.kind in _FOUND else ())


def _short(text: str) -> str:
    return _(text).split("\n\n")[0]


# ── candidates ──


def _candidates(call: _Call, asked: Asked, current: str, most: int) -> Iterator[Candidate]:
    for value, description in asked.words:
        if value.startswith(current):
            yield Candidate(value, description)
    if "file" in asked.kinds:
        yield _FILES
    elif asked.kinds and (connection := glance(call.db)) is not None:
        with closing(connection):
            try:
                for kind in asked.kinds:
                    yield from _of_kind(connection, kind, current, most)
            except sqlite3.Error:
                # Somebody is writing, or the file is damaged: a message would stand in the middle of the typed line.
                return


def _of_kind(connection: sqlite3.Connection, kind: str, current: str, most: int) -> Iterator[Candidate]:
    if kind in ("unit", "member"):
        yield from candidates.coded(connection, kind, current, most) or _by_name(connection, kind, current, most)
    elif kind == "day":
        yield from _days(connection, current)
    elif kind == "team":
        teams = candidates.teams(connection)
        yield from (Candidate(code, name) for code, name in teams if code.startswith(current))
    elif kind == "operation":
        found = candidates.operations(connection, most)
        yield from (
            each._replace(description=scrub(each.description)) for each in found if each.value.startswith(current)
        )
    else:
        for entry in campaign.entries(connection, kind):
            if entry.code.startswith(current):
                yield Candidate(entry.code, "" if entry.name == entry.code else entry.name)
            elif current and entry.name.startswith(current):
                yield Candidate(entry.name, entry.code)


def _by_name(connection: sqlite3.Connection, kind: str, current: str, most: int) -> Iterator[Candidate]:
    """Yield names that begin with what was typed; the code of the one thing that bears such a name or sounds so."""
    found = candidates.named(connection, kind, current, most)
    letters = pinyin.typed(current) if not found else None
    if letters is not None:
        sound = pinyin.Sound(letters)
        found = [
            (code, name)
            for code, name in candidates.names(connection, kind)
            if sound.is_whole(name, person=kind == "member")
        ]
    if len(found) == 1:
        yield Candidate(*found[0])
    elif letters is None:
        # Of namesakes one name is enough here: the command lists them with their codes.
        yield from (Candidate(name, code) for name, code in {name: code for code, name in reversed(found)}.items())


def _days(connection: sqlite3.Connection, current: str) -> Iterator[Candidate]:
    from advedu.commands.session import calendar_today
    from advedu.values.dates import add_days

    today = campaign.head(connection).pinned_on or calendar_today()
    for back in range(DAYS):
        day = add_days(today, -back)
        if day.startswith(current):
            yield Candidate(day, _("today") if back == 0 else _("{count} days ago").format(count=back))

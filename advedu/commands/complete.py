"""What the tab key asks: the words typed so far → what may come next, with a name beside each.

The scripts in `completions/` call `advedu __complete SHELL WORDS…`, the last word being the one under the cursor. A
line of the answer is a value, a tab and a description; the last line says what the shell is to do: `:files` to complete
names of files, `:nospace` to put no space behind, `:` for nothing special. Nothing is ever written and no error shown.
"""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from advedu.commands import root
from advedu.commands.base import Noun
from advedu.i18n import _
from advedu.naming import vocabulary
from advedu.storage import campaign, candidates
from advedu.storage.candidates import Candidate
from advedu.storage.connection import glance
from advedu.values import pinyin
from advedu.values.identity import scrub
from advedu.values.text import neutralise

# So many at most; fish cannot be told to put no space behind the beginning of a code, so it gets whole codes alone.
MOST = {"fish": 2000}
USUAL_MOST = 100
DAYS = 7
# Metavars of arguments and options → what stands there; of several words the last may also be of the second kind.
_PLACES: dict[str, tuple[str, ...]] = {
    "UNIT": ("unit",),
    "PARENT": ("unit",),
    "TO": ("unit",),
    "UNIT…": ("unit",),
    "MEMBER": ("member",),
    "UNIT|MEMBER": ("unit", "member"),
    "UNIT… MILESTONE": ("unit", "milestone"),
    "UNIT… PHASE": ("unit", "phase"),
    "PHASE": ("phase",),
    "TEAM": ("team",),
    "MEMBER…": ("member",),
    "MEMBER… TASK": ("member", "task"),
    "MEMBER… ITEM": ("member", "item"),
    "ITEM": ("item",),
    "DATE": ("day",),
    "FILE": ("file",),
    "FILE…": ("file",),
    "FILE.toml": ("file",),
    "NAME|FILE.toml": ("file",),
    "OPERATION": ("operation",),
    "N": (),
}
# Options whose value is one of a fixed list …
_FIXED = {"--kind": vocabulary.KIND_WORDS, "--sex": vocabulary.SEX_WORDS, "--status": vocabulary.STATUS_WORDS}
# … or of a list of the definition.
_LISTED = {"--sector": "sector", "--batch": "batch", "--category": "category", "--rank": "rank"}
# Options that name the owners in another way, so that the entry may stand first.
_OWNERS_ELSEWHERE = ("--from-list", "--subtree")


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
    """The words before the cursor, understood as far as they go."""

    def __init__(self, words: list[str]) -> None:
        self.db = Path(os.environ.get("ADVEDU_DB") or "advedu.db")
        self.noun: str | None = None
        self.verbs: list[tuple[str, str]] = []
        self.command: Any = None
        self.options: list[str] = []
        self.arguments = 0
        # The option that the word under the cursor is the value of.
        self.waiting: str | None = None
        self.only_words = False
        for word in words:
            self._take(word)

    def _take(self, word: str) -> None:
        if self.waiting is not None:
            if self.waiting == "--db":
                self.db = Path(word).expanduser()
            self.waiting = None
        elif word == "--":
            self.only_words = True
        elif word.startswith("-") and not self.only_words:
            self._take_option(word)
        elif self.noun is None:
            self._take_noun(word)
        elif self.command is None:
            if word in dict(self.verbs):
                self.command = _noun(self.noun).command(word)
        else:
            self.arguments += 1

    def _take_option(self, word: str) -> None:
        name, equals, value = word.partition("=")
        self.options.append(name)
        if name == "--db" and equals:
            self.db = Path(value).expanduser()
        elif not equals and (name in root.VALUED or self._needs_value(name)):
            self.waiting = name

    def _needs_value(self, name: str) -> bool:
        option = self._option(name)
        return option is not None and not option.is_flag

    def _option(self, name: str) -> Any:
        params = self.command.params if self.command is not None else []
        return next((each for each in params if name in each.opts and each.param_type_name == "option"), None)

    def _take_noun(self, word: str) -> None:
        if word not in root.NOUNS:
            return
        self.noun = word
        noun = _noun(word)
        if "" in noun.verbs:
            self.command = noun.command("")
        else:
            self.verbs = [(verb.name, _short(verb.help)) for verb in noun.verbs.values()]

    def asked(self, current: str) -> Asked:
        """Return what the word under the cursor may be."""
        if self.waiting is not None:
            return self._value_of(self.waiting)
        if current.startswith("-") and not self.only_words:
            return Asked(words=tuple(self._option_names()))
        if self.noun is None:
            return Asked(words=tuple((name, _(help_)) for name, (_module, help_) in root.NOUNS.items()))
        if self.command is None:
            return Asked(words=tuple(self.verbs))
        return self._argument()

    def _value_of(self, name: str) -> Asked:
        if name == "--lang":
            return Asked(words=(("zh", "中文"), ("en", "English")))
        if name == "--db":
            return Asked(kinds=("file",))
        if name in _FIXED:
            return Asked(words=tuple((code, others[0]) for code, others in _FIXED[name].items()))
        if name in _LISTED:
            return Asked(kinds=(_LISTED[name],))
        return _place(self._option(name))

    def _argument(self) -> Asked:
        arguments = [each for each in self.command.params if each.param_type_name == "argument"]
        if not arguments:
            return Asked()
        wanted = arguments[min(self.arguments, len(arguments) - 1)]
        if self.arguments >= len(arguments) and wanted.nargs != -1:
            return Asked()
        asked = _place(wanted)
        # Units first and then the milestone: as the first word only where something else names the units.
        if wanted.nargs == -1 and len(asked.kinds) > 1 and not self.arguments:
            elsewhere = any(name in self.options for name in _OWNERS_ELSEWHERE)
            return Asked(kinds=asked.kinds[1:] if elsewhere else asked.kinds[:1])
        return asked

    def _option_names(self) -> Iterator[tuple[str, str]]:
        from advedu.commands.base import option_help

        params = self.command.params if self.command is not None else []
        for each in params:
            if each.param_type_name == "option":
                names = [name for name in (*each.opts, *each.secondary_opts) if name.startswith("--")]
                yield from ((name, _(option_help(each))) for name in names if each.multiple or name not in self.options)
        yield from ((name, "") for name in (*root.VALUED, *root.FLAGS) if name not in self.options)
        yield "--help", _("Show this message and exit.")


def _noun(name: str) -> Noun:
    noun: Noun = import_module(f"advedu.commands.{root.NOUNS[name][0]}").noun
    return noun


def _short(text: str) -> str:
    return _(text).split("\n\n")[0]


def _place(param: Any) -> Asked:
    """Return what stands in the place of an argument or an option."""
    if param is None:
        return Asked()
    choices = getattr(param.type, "choices", None)
    if choices:
        return Asked(words=tuple((str(getattr(choice, "value", choice)), "") for choice in choices))
    metavar = (param.metavar or "").strip("[]")
    if metavar not in _PLACES and "|" in metavar and metavar.islower():
        # A field of a register with words of its own.
        return Asked(words=tuple((word, "") for word in metavar.split("|")))
    return Asked(kinds=_PLACES.get(metavar, ()))


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

"""Wrong calls: said in the user's language from what an error carries, never from how typer words it."""

from __future__ import annotations

from typing import Annotated

import pytest
import typer
from typer import TyperException
from typer._click.exceptions import ClickException

from advedu import i18n
from advedu.commands import usage
from advedu.commands.base import Noun
from advedu.commands.session import Session
from advedu.output import Format
from advedu.output.report import Report
from tests.support import Cli

Levels = Annotated[list[Format] | None, typer.Option("--level", "-l")]
Number = Annotated[int, typer.Option("--number", min=1, max=3)]

HELP = "`advedu {} --help` shows how it is called"
CALLS = (
    ("status --bogus", "there is no option --bogus — did you mean: --columns?"),
    ("status --forma csv", "there is no option --forma — did you mean: --format, --sort?"),
    ("status -z", "there is no option -z — " + HELP.format("status")),
    ("staus", "there is no command staus — did you mean: status, task?"),
    ("unit lst", "there is no command lst — did you mean: list?"),
    ("unit xyzzy", "there is no command xyzzy — " + HELP.format("unit")),
    ("unit --foo", "there is no option --foo — " + HELP.format("unit")),
    ("--no-color", "a command is missing — `advedu --help` shows how it is called"),
    ("member show", "MEMBER is missing — " + HELP.format("member show")),
    ("unit add A", "the option --name is missing — " + HELP.format("unit add")),
    ("status --format", "the option --format needs a value — " + HELP.format("status")),
    ("import units --errors", "the option --errors needs a value — " + HELP.format("import")),
    ("member list --leaders=3", "the option --leaders takes no value — " + HELP.format("member list")),
    ("status a b c", "these words are too many here: b c — " + HELP.format("status")),
    ("completion fsh", "SHELL: 'fsh' is not one of 'bash', 'zsh', 'fish', 'powershell' — " + HELP.format("completion")),
    ("status --depth two", "--depth: 'two' is not a whole number — " + HELP.format("status")),
    ("unit list --limit -3", "--limit: -3 is not in the range x>=0 — " + HELP.format("unit list")),
)


@pytest.fixture
def other_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every sentence of typer's errors be another one."""

    def silent(error: ClickException, message: str) -> None:
        Exception.__init__(error, message)
        error.message = "?"

    monkeypatch.setattr(ClickException, "__init__", silent)


@pytest.mark.usefixtures("other_words")
@pytest.mark.parametrize(("words", "said"), CALLS)
def test_a_wrong_call_is_told_by_what_its_error_carries(bare: Cli, words: str, said: str) -> None:
    answer = bare(*words.split())
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == f"advedu: {said}\n"


@pytest.mark.usefixtures("other_words")
@pytest.mark.parametrize("words", [words for words, _ in CALLS])
def test_every_wrong_call_is_told_in_chinese(bare: Cli, words: str) -> None:
    answer = bare(*words.split(), lang="zh")
    assert answer.code == 2
    assert "用法见" in answer.err or "是不是" in answer.err
    assert "shows how" not in answer.err


def asked(session: Session, level: Levels = None, number: Number = 1) -> Report:
    """Be a verb with several values and a range, of which the program has none today."""
    return Report()


def complaint(*words: str) -> str:
    i18n.use("en")
    noun = Noun()
    noun.verb("", "")(asked)
    with pytest.raises(TyperException) as caught:
        noun.command("").main(list(words), standalone_mode=False)
    return usage.lines(caught.value)[0]


def test_the_wrong_one_of_several_values_is_named() -> None:
    assert (
        complaint("--level", "bad", "--level", "json")
        == "--level / -l: 'bad' is not one of 'table', 'csv', 'tsv', 'json', 'xlsx'"
    )
    assert complaint("--level", "csv", "-l", "bad").startswith("--level / -l: 'bad' is not one of")


def test_both_ends_of_a_range_are_told() -> None:
    assert complaint("--number", "4") == "--number: 4 is not in the range 1<=x<=3"


def test_a_noun_alone_is_answered_with_its_help(bare: Cli) -> None:
    answer = bare("unit")
    assert answer.code == 2
    assert answer.err.startswith("Usage: advedu unit")

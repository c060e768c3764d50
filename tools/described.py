"""The program's commands as their help describes them: what the pages that are made from it begin with."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
# A checkout that is not installed has the program beside this folder.
sys.path.insert(0, str(ROOT))

Row = tuple[str, str]


class Command(NamedTuple):
    """The program, a noun or a verb: its words, what it does, and its arguments and options with their meanings."""

    words: tuple[str, ...]
    paragraphs: tuple[str, ...]
    arguments: tuple[Row, ...]
    options: tuple[Row, ...]
    is_group: bool

    @property
    def title(self) -> str:
        """The words as they are typed."""
        return " ".join(["advedu", *self.words])

    @property
    def usage(self) -> str:
        """The words with the arguments behind them."""
        return " ".join([self.title, *(name for name, _ in self.arguments)])


@contextlib.contextmanager
def spoken(language: str) -> Iterator[None]:
    """Let the program speak a language."""
    from advedu import i18n

    before = i18n.current()
    i18n.use(language)
    try:
        yield
    finally:
        i18n.use(before)


def program() -> Command:
    """Return the program itself."""
    from advedu.commands import root

    return _described((), root.program(), None)


def nouns() -> Iterator[tuple[Command, tuple[Command, ...]]]:
    """Yield each noun with its verbs, in the order of the program's help; a command by itself has none."""
    import typer

    from advedu.commands import root

    top: Any = root.program()
    context: Any = typer.Context(top, info_name="advedu")
    for name in root.NOUNS:
        noun: Any = top.get_command(context, name)
        inner: Any = typer.Context(noun, info_name=name, parent=context)
        verbs = noun.list_commands(inner) if hasattr(noun, "list_commands") else ()
        yield (
            _described((name,), noun, context),
            tuple(_described((name, verb), noun.get_command(inner, verb), inner) for verb in verbs),
        )


def _described(words: tuple[str, ...], command: Any, parent: Any) -> Command:
    import typer

    from advedu.commands import help_text
    from advedu.i18n import _

    context: Any = typer.Context(command, info_name=words[-1] if words else "advedu", parent=parent)
    parameters = command.get_params(context)
    return Command(
        words,
        tuple(" ".join(each.split()) for each in _(command.help or "").split("\n\n")),
        tuple(help_text.argument(each, context) for each in parameters if each.param_type_name == "argument"),
        tuple(help_text.option(each, context) for each in parameters if each.param_type_name == "option"),
        hasattr(command, "list_commands"),
    )

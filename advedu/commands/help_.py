"""`advedu help`: the help of a command, or a page about a topic."""

from __future__ import annotations

import shutil
from typing import Annotated, Any

import typer

from advedu.commands import help_text, topics
from advedu.commands.base import Noun
from advedu.commands.session import Session
from advedu.errors import NoSuchTopic
from advedu.i18n import N_, _
from advedu.output.report import Report
from advedu.values.text import fold

noun = Noun()


@noun.verb(
    "",
    N_(
        "Show the help of a command, or a page about a topic\n\n"
        "Without a topic: what there is to read. Topics: first-day, dates, files, figures, campaigns, exit-codes,"
        " privacy."
    ),
)
def help_(
    session: Session,  # noqa: ARG001 (every verb takes one)
    topic: Annotated[
        list[str] | None, typer.Argument(metavar="[TOPIC]", help=N_("A topic, or the words of a command"))
    ] = None,
) -> Report:
    """Show help."""
    name = " ".join(topic or [])
    text = _contents() if not name else _page(name)
    return Report(document={"topic": name or None, "text": text}, text=text, spoken=True)


def _width() -> int:
    return max(50, min(shutil.get_terminal_size().columns, help_text.WIDEST))


def _contents() -> str:
    """Return the list of topics."""
    rows = [(name, page.title) for name, page in topics.TOPICS.items()]
    lines = [
        _("advedu help TOPIC shows one of these pages; advedu help COMMAND is the same as advedu COMMAND --help."),
        "",
        *help_text.definitions(rows, _width()),
    ]
    return "".join(f"{line}\n" for line in [*fold(lines[0], _width()), *lines[1:]])


def _page(name: str) -> str:
    """Return the page about a topic, or the help of a command.

    Raises:
        NoSuchTopic: there is neither.
    """
    page = topics.TOPICS.get(topics.ALIASES.get(name, name))
    if page is None:
        return _help_of(name.split())
    width = _width()
    lines = [_(page.title)]
    before = ""
    for kind, block in topics.blocks(page):
        # Commands that follow one another stand together.
        if not kind == before == "command":
            lines.append("")
        before = kind
        lines += [folded for line in block for folded in _laid_out(kind, line, width)]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _laid_out(kind: str, line: str, width: int) -> list[str]:
    if kind == "text":
        return [each.strip() for each in fold(line, width)]
    if kind == "list":
        first, *rest = fold(line, width - 4)
        return [f"  {first}", *(f"    {each.strip()}" for each in rest)]
    # A command or a line of a file must stay in one piece, so that it can be copied.
    return [f"    {line}"]


def _help_of(words: list[str]) -> str:
    """Return what `--help` prints for a noun or a verb.

    Raises:
        NoSuchTopic: there is no such command.
    """
    from advedu.commands.root import NOUNS, program

    command: Any = program()
    context = typer.Context(command, info_name="advedu")
    for word in words:
        found = command.get_command(context, word) if hasattr(command, "get_command") else None
        if found is None:
            raise NoSuchTopic(wanted=" ".join(words), known=", ".join([*topics.TOPICS, *NOUNS]))
        command, context = found, typer.Context(found, info_name=word, parent=context)
    return f"{command.get_help(context)}\n"

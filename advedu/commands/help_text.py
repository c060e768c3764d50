"""Help in the user's language, laid out for wide characters.

typer writes its help in English and measures text by characters; a Chinese character takes two columns.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from typing import Any

from advedu.i18n import N_, _
from advedu.values.text import cell_width, fold, pad

Rows = Sequence[tuple[str, str]]
WIDEST = 100
_FIRST = 30


def of_command(command: Any, ctx: Any) -> str:
    """Return the help of a verb: usage, what it does, arguments, options."""
    arguments = [argument(each, ctx) for each in command.params if each.param_type_name == "argument"]
    options = [option(each, ctx) for each in command.get_params(ctx) if each.param_type_name == "option"]
    pieces = [
        _("[OPTIONS]"),
        *(each.make_metavar(ctx) for each in command.params if each.param_type_name == "argument"),
    ]
    return _laid_out(
        f"{ctx.command_path} {' '.join(pieces)}",
        command.help,
        [(N_("Arguments"), arguments), (N_("Options"), options)],
        _("Before or after any command: --db FILE, --lang zh|en, --user NAME, --no-color, --no-pager, --no-input."),
    )


def of_group(group: Any, ctx: Any, sections: Sequence[tuple[str, Rows]]) -> str:
    """Return the help of a noun or of the program: usage, what it is, its commands by section, options."""
    options = [option(each, ctx) for each in group.get_params(ctx) if each.param_type_name == "option"]
    named = [(title or N_("Commands"), rows) for title, rows in sections]
    return _laid_out(
        f"{ctx.command_path} {_('[OPTIONS] COMMAND …')}", group.help, [*named, (N_("Options"), options)], ""
    )


def _laid_out(usage: str, text: str | None, sections: Sequence[tuple[str, Rows]], end: str) -> str:
    width = max(50, min(shutil.get_terminal_size().columns, WIDEST))
    lines = [_("Usage: {usage}").format(usage=usage), ""]
    for paragraph in _(text or "").split("\n\n"):
        lines += [*fold(" ".join(paragraph.split()), width), ""] if paragraph else []
    for title, rows in sections:
        if rows:
            lines += [_("{title}:").format(title=_(title)), *definitions(rows, width), ""]
    if end:
        lines += [*fold(end, width), ""]
    return "\n".join(line.rstrip() for line in lines).rstrip("\n")


def definitions(rows: Rows, width: int) -> list[str]:
    """Return names with their meanings beside them, as lines."""
    first = min(max(cell_width(name) for name, _ in rows), _FIRST) + 4
    lines = []
    for name, meaning in rows:
        # Only the first paragraph of a command's help stands in a list of commands.
        folded = fold(" ".join(_(meaning).split("\n\n")[0].split()), width - first) or [""]
        head = f"  {name}"
        if cell_width(head) > first - 2:
            lines.append(head)
        else:
            folded[0], start = pad(head, first) + folded[0], 1
            lines.append(folded.pop(0)) if start else None
        lines += [" " * first + line for line in folded]
    return lines


def argument(parameter: Any, ctx: Any) -> tuple[str, str]:
    """Return an argument as it is shown, and what it means."""
    return parameter.make_metavar(ctx), _(parameter.help or "")


def option(parameter: Any, ctx: Any) -> tuple[str, str]:
    """Return an option with its value, and what it means."""
    names = ", ".join([*parameter.opts, *parameter.secondary_opts])
    metavar = "" if parameter.is_flag or parameter.count else f" {parameter.make_metavar(ctx)}"
    metavar = metavar.replace("<str>", "TEXT").replace("<int>", "N")
    meaning = _("Show this message and exit.") if "--help" in parameter.opts else _(parameter.help or "")
    if parameter.required:
        meaning += " " + _("[required]")
    return names + metavar, meaning

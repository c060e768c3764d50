"""`advedu completion`: what a shell needs so that the tab key completes."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from advedu.commands.base import Noun
from advedu.commands.session import Session
from advedu.i18n import N_
from advedu.output.report import Report

noun = Noun()
_SCRIPTS = Path(__file__).with_name("completions")


class Shell(StrEnum):
    """The shells that are known."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"


@noun.verb(
    "",
    N_(
        "Print the script that lets a shell complete commands, options, units, members and milestones\n\n"
        'bash: eval "$(advedu completion bash)" in ~/.bashrc. The script of every other shell says in its first lines'
        " where it belongs."
    ),
)
def completion(
    session: Session,  # noqa: ARG001 (every verb takes one)
    shell: Annotated[Shell, typer.Argument(metavar="SHELL", help=N_("bash, zsh, fish or powershell"))],
) -> Report:
    """Print a script."""
    text = (_SCRIPTS / f"{shell.value}.txt").read_text(encoding="utf-8")
    return Report(document={"shell": shell.value, "script": text}, text=text)

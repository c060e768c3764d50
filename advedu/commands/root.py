"""The program itself: global options, and the nouns, each imported only when it is called."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

import advedu
from advedu import errors, i18n
from advedu.commands import help_text
from advedu.commands.base import Group, Noun, NounGroup
from advedu.commands.session import Session
from advedu.i18n import N_

# Every noun: its module in this folder and its line in the program's help, in sections.
SECTIONS: tuple[tuple[str, dict[str, tuple[str, str]]], ...] = (
    (
        N_("A file"),
        {
            "init": ("init", N_("Make an empty file with a campaign in it")),
            "demo": ("demo", N_("Make the full-size demonstration district")),
            "campaign": ("campaign", N_("The campaign's definition: phases, milestones, tasks, items")),
            "completion": ("completion", N_("Let a shell complete commands, units, members and milestones")),
            "pin": ("pin", N_("Pin the file's own day, or give it back to the calendar")),
        },
    ),
    (
        N_("Record"),
        {
            "import": ("import_", N_("Import units, members, milestones, tasks or nine ones from files")),
            "template": ("template", N_("Write a form for a unit to fill in and send back")),
            "unit": ("unit", N_("Units: add, edit, show, list, tree, move, close, merge, split")),
            "member": ("member", N_("Members: add, edit, show, list, transfer, leave, rejoin, missing")),
            "milestone": ("milestone", N_("Milestones of units: mark, unmark, exempt")),
            "phase": ("phase", N_("Phases of units: open, sign-off, close, reopen, show, list")),
            "tick": ("tick", N_("Tick milestones, tasks and nine ones by keyboard, on one screen")),
            "task": ("task", N_("Tasks of members: mark, unmark, exempt")),
            "nine": ("nine", N_("The nine ones and the four leads of leaders: tick, untick, show, status")),
        },
    ),
    (
        N_("The campaign's registers"),
        {
            "session": ("study", N_("Study sessions: who missed one, and how that was made good")),
            "missed": ("registered", N_("Missed study sessions, one by one")),
            "opinion": ("opinion", N_("Opinions of the masses, by channel and addressee")),
            "rectification": ("rectification", N_("Problem, measure, owner, deadline, done, published twice")),
            "regulation": ("registered", N_("Rules adopted while rectifying and after")),
            "survey": ("survey", N_("Satisfaction surveys: sheets, results, remedial work")),
            "remedial": ("registered", N_("Remedial work after a failed round")),
            "post": ("post", N_("Posts: who is the chief from which day to which day")),
            "body": ("body", N_("Leading bodies and their offices")),
            "absence": ("registered", N_("Absences of chiefs")),
            "own-milestone": ("registered", N_("A unit's own, optional milestones")),
        },
    ),
    (
        N_("Supervision and what goes out"),
        {
            "team": ("team", N_("Supervision and inspection teams: cadres, units, gaps")),
            "cadre": ("registered", N_("Cadres of the teams, with their rank")),
            "coverage": ("registered", N_("Which units a team looks after")),
            "visit": ("registered", N_("Visits of the teams, one by one")),
            "suggestion": ("suggestion", N_("What the teams found and suggested, until it is verified")),
            "contact-point": ("registered", N_("Contact points of leaders")),
            "contact-visit": ("registered", N_("Visits of leaders to their contact points")),
            "bulletin": ("bulletin", N_("Bulletins: drafts, and what went out, numbered without gaps")),
            "model": ("registered", N_("Models: units and persons to learn from")),
            "publicity": ("registered", N_("Publicity by channel")),
            "commendation": ("commendation", N_("Commendation: proposals and awards")),
            "training": ("training", N_("Remedial training of persons")),
            "chase": ("chase", N_("Whom to ring about what, and what was promised on the last call")),
            "call": ("registered", N_("The calls, one by one")),
        },
    ),
    (
        N_("See"),
        {
            "status": ("status", N_("Who is how far: by tree, batch, sector or team")),
            "find": (
                "find",
                N_("Find units, members and teams by code, name, part of a name, pinyin, initials or number"),
            ),
            "today": ("today", N_("The day on one page: what changed, what falls due, who is worst")),
            "overdue": ("overdue", N_("Who is late with what, and whom to ring")),
            "matrix": ("matrix", N_("Units × milestones, one sign each")),
            "trend": ("trend", N_("Planned against done, week by week")),
            "ledger": ("ledger", N_("Control totals: who came and went, and what does not fit")),
            "check": ("check", N_("What is wrong, and what to do about it")),
            "log": ("log", N_("The history: who changed what, when, from which file")),
        },
    ),
    (
        N_("Trust"),
        {
            "undo": ("undo", N_("Take an operation back")),
            "verify": ("verify", N_("Check the file itself: integrity, chain, history against the tables")),
            "backup": ("backup", N_("Write a whole copy of the file")),
            "restore": ("restore", N_("Bring the file back from a backup")),
        },
    ),
    (
        N_("Look up"),
        {
            "help": (
                "help_",
                N_("Pages about topics: first-day, dates, files, figures, campaigns, exit-codes, privacy"),
            ),
        },
    ),
)
NOUNS = {name: entry for _, nouns in SECTIONS for name, entry in nouns.items()}
# Global options are understood anywhere in a call; those of the first row take a value.
VALUED = ("--db", "--lang", "--user")
FLAGS = ("--no-color", "--no-input", "--no-pager")


class Program(Group):
    """The command `advedu`."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 (click's signature)
        """Return the names of the nouns."""
        return list(NOUNS)

    def get_command(self, ctx: Any, cmd_name: str) -> TyperGroup | TyperCommand | None:  # noqa: ARG002
        """Import a noun and return its command, or None."""
        if cmd_name not in NOUNS:
            return None
        noun = named(cmd_name)
        return noun.command("") if "" in noun.verbs else NounGroup(cmd_name, noun)

    def get_help(self, ctx: Any) -> str:
        """Return the help text."""
        return help_text.of_group(
            self,
            ctx,
            [(title, [(name, help_) for name, (_, help_) in nouns.items()]) for title, nouns in SECTIONS],
        )


def named(name: str) -> Noun:
    """Import a noun's module and return the noun."""
    module = import_module(f"advedu.commands.{NOUNS[name][0]}")
    # Registers without verbs of their own share a module, which makes the noun from its declaration.
    noun: Noun = module.noun if isinstance(module.noun, Noun) else module.noun(name)
    return noun


def hoisted(argv: list[str]) -> list[str]:
    """Return the words of a call with the global options put in front, wherever they stood before `--`."""
    front: list[str] = []
    rest: list[str] = []
    words = iter(argv)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word in FLAGS or word.startswith(tuple(f"{name}=" for name in VALUED)):
            front.append(word)
        elif word in VALUED:
            front += [word, *(value for value in [next(words, None)] if value is not None)]
        else:
            rest.append(word)
    return front + rest


def language(argv: list[str]) -> str | None:
    """Return the value of --lang among hoisted words."""
    for i, word in enumerate(argv):
        if word == "--lang" and i + 1 < len(argv):
            return argv[i + 1]
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return None


def _version(value: bool) -> None:
    if value:
        typer.echo(f"advedu {advedu.__version__}")
        raise typer.Exit


def _start(
    ctx: typer.Context,
    db: Annotated[
        Path | None,
        typer.Option(
            "--db",
            metavar="FILE",
            help=N_("The campaign file; else ADVEDU_DB, else advedu.db in this folder"),
        ),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option("--lang", metavar="zh|en", help=N_("The language; else ADVEDU_LANG, else the locale's")),
    ] = None,
    user: Annotated[
        str | None,
        typer.Option("--user", metavar="NAME", help=N_("Who is writing; else ADVEDU_USER, else the login")),
    ] = None,
    no_color: Annotated[bool, typer.Option("--no-color", help=N_("No colours"))] = False,  # noqa: ARG001 (likewise)
    no_pager: Annotated[bool, typer.Option("--no-pager", help=N_("No pager for long answers"))] = False,  # noqa: ARG001
    no_input: Annotated[bool, typer.Option("--no-input", help=N_("Never ask anything"))] = False,
    version: Annotated[  # noqa: ARG001 (its callback does the work)
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help=N_("Show the version and exit.")),
    ] = False,
) -> None:
    # What it asks for was done before the commands were made.
    if lang and not i18n.known(lang):
        raise errors.BadValue(option="--lang", value=lang, why=", ".join(i18n.LANGUAGES))
    path = db or Path(os.environ.get("ADVEDU_DB") or "advedu.db")
    ctx.obj = Session(path, user or os.environ.get("ADVEDU_USER"), ctx.obj, no_input=no_input)


def program() -> TyperGroup:
    """Make the program's command."""
    app = typer.Typer(cls=Program, add_completion=False, rich_markup_mode=None, no_args_is_help=True)
    app.callback(help=N_("Track a staged education campaign: units, members, milestones and leaders' checklists."))(
        _start
    )
    return typer.main.get_group(app)

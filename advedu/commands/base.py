"""How a verb is declared, and the options that verbs share.

    noun = Noun(N_("Units: the tree of Party organizations"))

    @noun.verb("show", N_("Show one unit"))
    def show(session: Session, unit: UnitArgument, as_of: AsOf = None) -> Report: ...

The function's annotations are typer's. `--format` and `--output` are added to every verb, `--dry-run` to those that
write, which take it as a parameter.
"""

import inspect
from collections.abc import Callable, Sequence
from typing import Annotated, Any, NamedTuple

import typer
from typer._click.exceptions import UsageError
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command_from_info
from typer.models import CommandInfo

from advedu.commands import help_text, usage
from advedu.commands.session import Session
from advedu.errors import BadValue
from advedu.i18n import N_, _
from advedu.output import Format
from advedu.output.report import Report, View
from advedu.storage.connection import translated
from advedu.values.text import storable

AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help=N_("Figures as of this day; the file's day by default")),
]
On = Annotated[str | None, typer.Option("--on", metavar="DATE", help=N_("The day it happened; today by default"))]
DryRun = Annotated[bool, typer.Option("--dry-run", help=N_("Show what would change and write nothing"))]
Reveal = Annotated[bool, typer.Option("--reveal", help=N_("Show ID numbers and telephones whole"))]
UnitArgument = Annotated[
    str, typer.Argument(metavar="UNIT", help=N_("A unit's code, full name, other name or initials"))
]
MemberArgument = Annotated[
    str, typer.Argument(metavar="MEMBER", help=N_("A member's code, ID number, name or initials (with --unit)"))
]
NewCode = Annotated[str | None, typer.Argument(metavar="[CODE]", help=N_("The code; assigned when left out"))]
SomeUnit = Annotated[
    str | None,
    typer.Argument(metavar="[UNIT]", help=N_("A unit's code, name, other name or initials; the whole file by default")),
]
Within = Annotated[
    str | None,
    typer.Option("--unit", metavar="UNIT", help=N_("Where to look for the name: this unit and below it")),
]
_Columns = Annotated[
    str | None,
    typer.Option("--columns", metavar="A,B", help=N_("Show these columns, named by their JSON keys or headings")),
]
_Sort = Annotated[
    str | None,
    typer.Option("--sort", metavar="KEY", help=N_("Sort by this column; -KEY backwards; A,-B by several")),
]
_Limit = Annotated[int | None, typer.Option("--limit", min=0, metavar="N", help=N_("Show so many rows at most"))]
_Format = Annotated[
    Format | None,
    typer.Option("--format", help=N_("How to print; by default as the file's ending says, else a table")),
]
_Output = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", help=N_("Write to this file instead of the screen")),
]


# What every verb that lists takes besides its own options.
_VIEW = {"columns": _Columns, "sort": _Sort, "limit": _Limit}


class Answer(NamedTuple):
    """What a verb answered, and how it is to be printed."""

    report: Report
    format: Format | None
    output: str | None


class Verb(NamedTuple):
    """A declared verb."""

    name: str
    help: str
    function: Callable[..., Report]
    lists: bool = False


class VerbCommand(TyperCommand):
    """A leaf: one verb, with help and complaints in the user's language."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words of a call; what is wrong with them is raised with all that is known of it."""
        given = list(args)
        # Words that nobody takes are refused here, by an error that carries them.
        ctx.allow_extra_args = True
        try:
            rest = super().parse_args(ctx, args)
        except UsageError as error:
            raise usage.completed(error, ctx, given) from None
        # While the tab key is answered nothing is complained of.
        if rest and not ctx.resilient_parsing:
            raise usage.WordsTooMany(rest, ctx)
        return rest

    def get_help(self, ctx: Any) -> str:
        """Return the help text."""
        return help_text.of_command(self, ctx)


class Group(TyperGroup):
    """Commands by name, each of which is made only when it is called."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words of a call up to the command."""
        given = list(args)
        try:
            return super().parse_args(ctx, args)
        except UsageError as error:
            raise usage.completed(error, ctx, given) from None

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Return the command that the words begin with."""
        if not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            raise usage.CommandUnknown(args[0], self.list_commands(ctx), ctx)
        return super().resolve_command(ctx, args)


class Noun:
    """A noun of the command line and its verbs; a noun with the single verb "" is a command by itself.

    `default` is the verb that is meant where none is named.
    """

    def __init__(self, help: str = "", default: str = "") -> None:  # noqa: A002 (typer's word)
        self.help = help
        self.default = default
        self.verbs: dict[str, Verb] = {}

    def verb(
        self,
        name: str,
        help: str,  # noqa: A002
        *,
        lists: bool = False,
    ) -> Callable[[Callable[..., Report]], Callable[..., Report]]:
        """Declare a verb; its function takes a `Session` first and returns a `Report`.

        A verb that `lists` returns rows that may be sorted, cut and seen by chosen columns.
        """

        def declare(function: Callable[..., Report]) -> Callable[..., Report]:
            self.verbs[name] = Verb(name, help, function, lists)
            return function

        return declare

    def command(self, name: str) -> TyperCommand:
        """Make the command of one verb."""
        verb = self.verbs[name]
        info = CommandInfo(name=name, cls=VerbCommand, callback=_shared(verb), help=verb.help)
        return get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)  # type: ignore[return-value]


class NounGroup(Group):
    """A noun with several verbs."""

    def __init__(self, name: str, noun: Noun) -> None:
        super().__init__(name=name, help=noun.help, no_args_is_help=not noun.default, rich_markup_mode=None)
        self.noun = noun

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the default verb in front of words that name none."""
        if self.noun.default and (not args or (args[0] not in self.noun.verbs and args[0] != "--help")):
            args = [self.noun.default, *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 (click's signature)
        """Return the names of the verbs."""
        return list(self.noun.verbs)

    def get_command(self, ctx: Any, cmd_name: str) -> TyperCommand | None:  # noqa: ARG002
        """Return the command of a verb, or None."""
        return self.noun.command(cmd_name) if cmd_name in self.noun.verbs else None

    def get_help(self, ctx: Any) -> str:
        """Return the help text."""
        rows = [(name, verb.help) for name, verb in self.noun.verbs.items()]
        return help_text.of_group(self, ctx, [("", rows)])


def option_help(option: Any) -> str:
    """Return the help line of an option, a template for the catalogue."""
    return option.help or ""


# Options that name files, whose names may be any bytes.
_PATHS = ("files", "file", "target", "source", "errors", "watch")


def _refuse_bytes(options: dict[str, Any]) -> None:
    """Refuse words of the command line that are no text: no file could hold them.

    Raises:
        BadValue: with the word made visible.
    """
    for name, value in options.items():
        for word in value if isinstance(value, list) else [value]:
            if isinstance(word, str) and name not in _PATHS and storable(word) != word:
                why = _("this is not text in the encoding of the terminal")
                raise BadValue(option=name, value=storable(word), why=why)


def _view(options: dict[str, Any]) -> View:
    """Take what somebody wants to see of a list out of the options."""

    def words(name: str) -> tuple[str, ...]:
        return tuple(word.strip() for word in (options.pop(name, None) or "").split(",") if word.strip())

    return View(words("columns"), words("sort"), options.pop("limit", None))


def _say_pinned(session: Session, day: str, report: Report) -> None:
    """Say on the screen that a report is as of the file's own day, which is not the calendar's."""
    if day != session.pinned_on or report.text or report.silent:
        return
    if day in report.title:
        report.title += " " + _("(the day this file is pinned to)")
    else:
        report.notes = [*report.notes, _("As of {day} (the day this file is pinned to).").format(day=day)]


def _shared(verb: Verb) -> Callable[..., Answer]:
    """Return a typer callback that runs a verb and keeps how its report is to be printed."""
    function = verb.function
    own = inspect.signature(function, eval_str=True).parameters.values()
    # A verb that makes a file says itself what --output means.
    makes_file = any(parameter.name == "file" for parameter in own)

    def run(ctx: typer.Context, **options: Any) -> Answer:
        format_, output = options.pop("format"), options.pop("output", None)
        session: Session = ctx.obj
        _refuse_bytes(options)
        view = _view(options) if verb.lists else View()
        try:
            with translated(session.path):
                report = function(session, **options)
                if view != View():
                    report.view(view)
                if "as_of" in options and session.opened:
                    _say_pinned(session, session.as_of(options["as_of"]), report)
                report.stamp = session.stamp
        finally:
            # Also after a failure: an open file goes on holding what was read, and writers would wait.
            session.close()
        return Answer(report, format_, output)

    keyword = inspect.Parameter.KEYWORD_ONLY
    shared: Sequence[inspect.Parameter] = [
        inspect.Parameter("ctx", keyword, annotation=typer.Context),
        *(parameter.replace(kind=keyword) for parameter in own if parameter.annotation is not Session),
        *(inspect.Parameter(name, keyword, default=None, annotation=_VIEW[name]) for name in _VIEW if verb.lists),
        inspect.Parameter("format", keyword, default=None, annotation=_Format),
        *([] if makes_file else [inspect.Parameter("output", keyword, default=None, annotation=_Output)]),
    ]
    run.__signature__ = inspect.Signature(list(shared))  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in shared}
    return run

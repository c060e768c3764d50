"""Wrong calls, said in the user's language.

typer reports them in English sentences, which a new version may word anew. So nothing is read out of a sentence: what
is wrong is told by the class of an error and what it carries, and where typer's errors carry too little our own
commands raise one of those here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from typer import TyperException

# typer brings its own copy of click, whose errors have no public names; pyproject.toml keeps to one minor version.
from typer._click.exceptions import (
    BadOptionUsage,
    BadParameter,
    MissingParameter,
    NoArgsIsHelpError,
    NoSuchOption,
    UsageError,
)

from advedu.i18n import N_, _


class CommandUnknown(UsageError):
    """A noun or a verb that there is not."""

    def __init__(self, name: str, known: Sequence[str], ctx: Any) -> None:
        from difflib import get_close_matches

        super().__init__(name, ctx)
        self.name = name
        self.possibilities = get_close_matches(name, known)


class WordsTooMany(UsageError):
    """Words at the end that nothing is left to take."""

    def __init__(self, words: Sequence[str], ctx: Any) -> None:
        super().__init__(" ".join(words), ctx)
        self.words = words


class ValueWrong(BadParameter):
    """A value that is none of its kind: not on a list, no number, out of range."""

    def __init__(self, error: BadParameter, value: str, ctx: Any) -> None:
        super().__init__(error.message, ctx, error.param)
        self.value = value


def completed(error: UsageError, ctx: Any, args: Sequence[str]) -> UsageError:
    """Return an error that carries all that is needed to say it: the command, and a value that was refused."""
    if error.ctx is None:
        error.ctx = ctx
    if not isinstance(error, BadParameter) or isinstance(error, MissingParameter) or error.param is None:
        return error
    given = ctx.command.make_parser(ctx).parse_args(list(args))[0].get(error.param.name)
    for value in given if isinstance(given, list | tuple) else [given]:
        try:
            error.param.type.convert(value, error.param, ctx)
        except UsageError:
            return ValueWrong(error, value, ctx)
    return error


def is_help(error: TyperException) -> bool:
    """Tell whether this is no mistake: a noun alone, which is answered with its help."""
    return isinstance(error, NoArgsIsHelpError)


def lines(error: TyperException) -> list[str]:
    """Return what a user reads of a wrong call: what is wrong, and where help is."""
    nearest = getattr(error, "possibilities", None)
    if nearest:
        named = ", ".join(sorted(nearest) if isinstance(error, NoSuchOption) else nearest)
        return [_said(error), _("did you mean: {nearest}?").format(nearest=named)]
    ctx = getattr(error, "ctx", None)
    path = ctx.command_path if ctx is not None else "advedu"
    return [_said(error), _("`{path} --help` shows how it is called").format(path=path)]


def _said(error: TyperException) -> str:
    template, fields = "", dict[str, object]()
    match error:
        case NoSuchOption():
            template, fields = N_("there is no option {name}"), {"name": error.option_name}
        case CommandUnknown():
            template, fields = N_("there is no command {name}"), {"name": error.name}
        case WordsTooMany():
            template, fields = N_("these words are too many here: {name}"), {"name": " ".join(error.words)}
        case MissingParameter() if error.param is not None:
            template = N_("the option {name} is missing") if _is_option(error.param) else N_("{name} is missing")
            fields = {"name": _name(error)}
        case BadOptionUsage() if error.ctx is not None:
            flag = _is_flag(error.ctx, error.option_name)
            template = N_("the option {name} takes no value") if flag else N_("the option {name} needs a value")
            fields = {"name": error.option_name}
        case ValueWrong():
            template, fields = _wrong_value(error)
        case UsageError() if type(error) is UsageError and hasattr(getattr(error.ctx, "command", None), "commands"):
            # All else that a group of commands says of a call has a class of its own.
            template = N_("a command is missing")
    return _(template).format(**fields) if template else error.format_message()


def _is_option(param: Any) -> bool:
    return bool(param.param_type_name == "option")


def _name(error: BadParameter) -> str:
    """Return how the help calls what an error is about."""
    param: Any = error.param
    return " / ".join(param.opts) if _is_option(param) else param.get_error_hint(error.ctx).strip("'")


def _is_flag(ctx: Any, name: str) -> bool:
    options = [param for param in ctx.command.get_params(ctx) if name in (*param.opts, *param.secondary_opts)]
    return any(option.is_flag for option in options)


def _wrong_value(error: ValueWrong) -> tuple[str, dict[str, object]]:
    kind: Any = error.param.type if error.param is not None else None
    fields: dict[str, object] = {"name": _name(error), "value": repr(error.value)}
    if choices := getattr(kind, "choices", None):
        return N_("{name}: {value} is not one of {known}"), fields | {"known": ", ".join(map(repr, choices))}
    try:
        number = int(error.value)
    except ValueError:
        return N_("{name}: {value} is not a whole number"), fields
    least, most = (getattr(kind, name, None) for name in ("min", "max"))
    known = f"x<={most}" if most is not None else f"x>={least}"
    if least is not None and most is not None:
        known = f"{least}<={known}"
    return N_("{name}: {value} is not in the range {known}"), fields | {"value": number, "known": known}

"""Wrong calls, said in the user's language.

typer reports them in English; they are recognised here by what they carry and said again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from typer import TyperException

from advedu.i18n import N_, _

# typer's words → ours. The groups of a pattern fill the fields of the template in order.
_SAYINGS = (
    (r"No such option: (?P<name>\S+)", N_("there is no option {name}")),
    (
        r"No such command ['\"](?P<name>.*?)['\"]\.?(?: Did you mean (?P<nearest>.*)\?)?$",
        N_("there is no command {name}"),
    ),
    (r"Missing command\.", N_("a command is missing")),
    (r"Missing argument ['\"](?P<name>.*?)['\"]\..*", N_("{name} is missing")),
    (r"Missing option ['\"](?P<name>.*?)['\"]\..*", N_("the option {name} is missing")),
    (r"Option ['\"](?P<name>.*?)['\"] requires an argument\.", N_("the option {name} needs a value")),
    (r"Option ['\"](?P<name>.*?)['\"] does not take a value\.", N_("the option {name} takes no value")),
    (r"Got unexpected extra argument(?:s|\(s\))? \((?P<name>.*)\)", N_("these words are too many here: {name}")),
    (
        r"Invalid value for '?(?P<name>.*?)'?: (?P<value>'.*') is not one of (?P<known>.*)\.",
        N_("{name}: {value} is not one of {known}"),
    ),
    (
        r"Invalid value for '?(?P<name>.*?)'?: (?P<value>'.*') is not a valid int(?:eger)?(?: range)?\.",
        N_("{name}: {value} is not a whole number"),
    ),
    (
        r"Invalid value for '?(?P<name>.*?)'?: (?P<value>.*) is not in the range (?P<known>.*)\.",
        N_("{name}: {value} is not in the range {known}"),
    ),
)


def lines(error: TyperException, words: Sequence[str] = ()) -> list[str]:
    """Return what a user reads of a wrong call, made of these words: what is wrong, and where help is."""
    ctx = getattr(error, "ctx", None)
    path = ctx.command_path if ctx is not None else _called(words)
    said = [_said(error.format_message())]
    possibilities = getattr(error, "possibilities", None)
    nearest = re.search(r"Did you mean (.*)\?", error.format_message())
    if possibilities or nearest:
        named = ", ".join(sorted(possibilities)) if possibilities else nearest[1].replace("'", "")  # type: ignore[index]
        said.append(_("did you mean: {nearest}?").format(nearest=named))
    else:
        said.append(_("`{path} --help` shows how it is called").format(path=path))
    return said


def _called(words: Sequence[str]) -> str:
    """Return the command that the words begin with: some of typer's errors do not say which it was."""
    from advedu.commands.root import NOUNS

    for place, word in enumerate(words):
        if word in NOUNS:
            verb = words[place + 1] if place + 1 < len(words) and words[place + 1].isalpha() else ""
            return f"advedu {word} {verb}".rstrip()
    return "advedu"


def _said(message: str) -> str:
    first = message.split(" (Possible options", maxsplit=1)[0]
    for pattern, template in _SAYINGS:
        if match := re.match(pattern, first, re.DOTALL):
            return _(template).format(**match.groupdict())
    return first

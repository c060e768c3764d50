"""What a finding is: the shape that every entry of the catalogue has."""

from collections.abc import Mapping
from typing import NamedTuple

from advedu.i18n import N_

# The gravest first: a rule is broken · somebody has to look · worth knowing.
LEVELS = {"error": N_("error"), "warning": N_("warning"), "info": N_("information")}


class Finding(NamedTuple):
    """One kind of finding.

    Attributes:
        code: its name; never changed once given.
        level: one of LEVELS.
        demands: what it watches over, by the numbers of `speech.WORDS`.
        rule: what must hold; a text for the catalogue, as the next two are.
        message: what is wrong, with fields that its source fills in.
        action: what to do about it.
        command: the command that mends it, with the fields of the message and {unit}, {member}; never translated.
        words: field → value → its name, a text for the catalogue.
    """

    code: str
    level: str
    demands: tuple[str, ...]
    rule: str
    message: str
    action: str
    command: str = ""
    words: Mapping[str, Mapping[str, str]] = {}

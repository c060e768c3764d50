"""`advedu milestone`: what units have reached."""

from typing import Annotated

import typer

from advedu.commands import marks
from advedu.commands.base import Noun
from advedu.i18n import N_
from advedu.nouns.marks import MILESTONE

noun = Noun(MILESTONE.title)

Words = Annotated[
    list[str],
    typer.Argument(metavar="UNIT… MILESTONE", help=N_("Units by code or full name, then the milestone's code or name")),
]
noun.verb("mark", N_("Record that units reached a milestone; marking again changes the day"))(
    marks.mark(MILESTONE, Words)
)
noun.verb("unmark", N_("Take back that units reached a milestone; the history keeps it"))(
    marks.unmark(MILESTONE, Words)
)
noun.verb("exempt", N_("Exempt units from a milestone, with a reason; --lift takes the exemption back"))(
    marks.exempt(MILESTONE, Words)
)

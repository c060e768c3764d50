"""`advedu task`: what every member owes."""

from typing import Annotated

import typer

from advedu.commands import marks
from advedu.commands.base import Noun
from advedu.i18n import N_
from advedu.nouns.marks import TASK

noun = Noun(TASK.title)

Words = Annotated[
    list[str],
    typer.Argument(metavar="MEMBER… TASK", help=N_("Members by code, ID number or name, then the task's code or name")),
]
noun.verb("mark", N_("Record that members did a task; marking again changes the day"))(marks.mark(TASK, Words))
noun.verb("unmark", N_("Take back that members did a task; the history keeps it"))(marks.unmark(TASK, Words))
noun.verb("exempt", N_("Exempt members from a task, with a reason; --lift takes the exemption back"))(
    marks.exempt(TASK, Words)
)

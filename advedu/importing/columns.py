"""The columns of each kind of file: the fields that its declaration has in sheets, for reading, messages and forms.

A heading is recognised by its identifier, its title or one of its other names, in any order, whatever its spaces,
width, asterisks or remarks in brackets.
"""

from advedu.i18n import N_
from advedu.nouns import index
from advedu.nouns.declaration import WHERE, Field, Register

# A number of the file's own: lists that were printed may be sent back.
NUMBER = Field(
    "number",
    N_("No."),
    ("登记号", "记录编号"),
    "number",
    hint=N_("Leave it as it is; for something new leave it empty: it is assigned."),
)
# The day in one column of a wide sheet.
DAY = Field("done_on", N_("Done on"), (), "past_day")


def of(register: Register) -> tuple[Field, ...]:
    """Return the columns of a declaration's sheet; a record of a register may bear the number that lists show."""
    if register.noun in index.OWN:
        return register.in_sheets
    # What belongs to the whole file needs no unit to be found.
    where = () if register.has_unit or not register.owner else (WHERE,)
    return (NUMBER, *where, *register.in_sheets)

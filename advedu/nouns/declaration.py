"""What a register is: the shape that every declaration in this folder has.

A register is a list that clerks keep: opinions, rectification items, study sessions, … Its commands, its import sheet,
its lists and its words in the history all come from one declaration; only the table stands a second time, in
`schema.sql`. Nothing here knows SQL or a terminal.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from advedu.i18n import N_
from advedu.values.readers import Problem

# What a record holds: field name → value as it is stored, None where nothing stands.
Values = Mapping[str, Any]
# Kinds of field that name something else: the column ends in _id, except for records of other registers.
NAMED = ("unit", "member", "phase", "milestone", "batch")


class Word(NamedTuple):
    """One value of a fixed list: its English name (a text for the catalogue) and the words that sheets use for it."""

    name: str
    headings: tuple[str, ...]


class Field(NamedTuple):
    """One field of a register.

    Attributes:
        name: the identifier: heading of a sheet, JSON key, and option with dashes.
        title: what people call it, a text for the catalogue.
        headings: the headings of sheets, the usual one first.
        kind: how it is read: "text", "day", "past_day", "count", "number" (from 1), "hours", "tick", "word", "rank",
            "phone", "units" (codes of several), one of `NAMED`, or the noun of another register.
        required: whether a record cannot be without.
        key: whether it belongs to what tells one record from another.
        words: the fixed list of a "word".
        entered: the column with the day on which this day was entered (R13); "" for the record's own.
        stored: whether the table has it; what is not stored is compared with what is, and dropped.
        default: what a new record gets when nothing is given.
        anywhere: whether what it names may belong to any unit, and not to the record's own alone.
    """

    name: str
    title: str
    headings: tuple[str, ...]
    kind: str = "text"
    required: bool = False
    key: bool = False
    words: Mapping[str, Word] = {}
    entered: str = ""
    stored: bool = True
    default: Any = None
    anywhere: bool = False

    @property
    def column(self) -> str:
        """The column of the table."""
        return f"{self.name}_id" if self.kind in NAMED else self.name

    @property
    def option(self) -> str:
        """The option of commands."""
        return "--" + self.name.replace("_", "-")


class Register(NamedTuple):
    """One register.

    Attributes:
        noun: what commands call it.
        kind: what imports call it.
        table: where it is kept.
        title: a line of help; one: what a single record is called. Both are texts for the catalogue.
        fields: in the order of lists and sheets.
        dated: the field whose day places a record in time; "" when none does.
        labels: fields by which a record may be named within its unit, beside its number.
        via: the field that leads to the unit when the register has none itself.
        check: raises `Wrong` when the values of a whole record do not go together.
        hidden: fields that the screen has no room for; files and scripts get them.
        open: tells whether something is still to be done about a record; None where nothing ever is.
    """

    noun: str
    kind: str
    table: str
    title: str
    one: str
    fields: tuple[Field, ...]
    dated: str
    labels: tuple[str, ...] = ()
    via: str = ""
    check: Callable[[Values], None] | None = None
    open: Callable[[Values], bool] | None = None
    hidden: tuple[str, ...] = ()

    def field(self, name: str) -> Field:
        """Return the field of that name."""
        return next(field for field in self.fields if field.name == name)

    @property
    def stored(self) -> tuple[Field, ...]:
        """The fields that the table has."""
        return tuple(field for field in self.fields if field.stored)

    @property
    def key(self) -> tuple[Field, ...]:
        """The fields that tell one record from another."""
        return tuple(field for field in self.fields if field.key)

    @property
    def owner(self) -> str:
        """The field that leads to the unit: "unit", `via`, "member", or "" for what belongs to the whole file."""
        if self.has_unit:
            return "unit"
        return self.via or ("member" if any(field.name == "member" for field in self.fields) else "")

    @property
    def above(self) -> str:
        """The noun of the register that `via` leads to."""
        return self.field(self.via).kind

    @property
    def phones(self) -> tuple[str, ...]:
        """The fields with somebody's telephone, which is masked unless asked for."""
        return tuple(field.name for field in self.stored if field.kind == "phone")

    @property
    def has_unit(self) -> bool:
        """Whether its records belong to a unit directly."""
        return any(field.name == "unit" for field in self.fields)


class Wrong(Problem):
    """Values of a record that do not go together; `field` is where it shows."""

    def __init__(self, field: str, code: str, why: str, **values: object) -> None:
        super().__init__(code, why, **values)
        self.field = field


def in_order(first: str, second: str) -> Callable[[Values], None]:
    """Return a check that one day is not after another."""

    def check(values: Values) -> None:
        if values.get(first) and values.get(second) and values[first] > values[second]:
            why = N_("{second} lies before {first}")
            raise Wrong(second, "value_invalid", why, first=values[first], second=values[second])

    return check


UNIT = Field(
    "unit",
    N_("Unit"),
    ("单位", "单位编码", "单位名称", "党组织", "党组织名称", "党组织编码", "所在党组织"),
    "unit",
    required=True,
    key=True,
)

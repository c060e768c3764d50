"""What a declaration says: of a register, a list that clerks keep, and of each of its fields.

Units, members, what was done, opinions, rectification items, study sessions, …: commands, import sheets, forms, lists,
receipts and the words of the history all come from one declaration each; only the table stands a second time, in
`schema.sql`. How a kind of value is read and shown says `values.kinds`. Nothing here knows SQL or a terminal.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from advedu.i18n import N_
from advedu.nouns import index
from advedu.values import kinds
from advedu.values.kinds import Kind, Word
from advedu.values.readers import Problem

# What a record holds: field name → value as it is stored, None where nothing stands.
Values = Mapping[str, Any]
# The verbs that set fields.
ADD, EDIT = "add", "edit"


class Field(NamedTuple):
    """One field of a register.

    Attributes:
        name: the identifier: heading of a sheet, JSON key, and option with dashes.
        title: what people call it, a text for the catalogue.
        headings: the headings of sheets, the usual one first.
        kind: a kind of value, one of `kinds.KINDS`, or the noun of the register whose records it names.
        required: whether a record cannot be without.
        key: whether it belongs to what tells one record from another.
        words: the fixed list of a "word", the usual words of a "usual".
        entered: the column with the day on which this day was entered (R13); "" for the record's own.
        stored: whether the table has it; what is not stored is compared with what is, or kept elsewhere.
        default: what a new record gets when nothing is given.
        anywhere: whether what it names may belong to any unit, and not to the record's own alone.
        verbs: the verbs that take it as an option; others have verbs of their own.
        flag: whether that option is `--name` or `--no-name`, and not a word.
        help: the line of help of that option, a text for the catalogue; "" for the title.
        sheet: whether sheets have a column for it.
        listed: whether lists show it.
        public: whether it is shown whole although its kind is masked: a unit's telephone is there to be rung.
        width, hint: of a form's column, where they are other than those of the kind.
    """

    name: str
    title: str
    headings: tuple[str, ...] = ()
    kind: str = "text"
    required: bool = False
    key: bool = False
    words: Mapping[str, Word] = {}
    entered: str = ""
    stored: bool = True
    default: Any = None
    anywhere: bool = False
    verbs: tuple[str, ...] = (ADD, EDIT)
    flag: bool = False
    help: str = ""
    sheet: bool = True
    listed: bool = True
    public: bool = False
    width: int = 0
    hint: str = ""

    @property
    def is_needed(self) -> bool:
        """Whether a sheet must have its column."""
        return self.required and self.default is None

    @property
    def of_kind(self) -> Kind:
        """How its values are read, shown, masked, offered."""
        return kinds.of(self.kind)

    @property
    def is_record(self) -> bool:
        """Whether it names a record of a register, by its number or what it is known by."""
        return self.kind not in kinds.KINDS

    @property
    def column(self) -> str:
        """The column of the table."""
        return f"{self.name}_id" if self.of_kind.names else self.name

    @property
    def option(self) -> str:
        """The option of commands."""
        return "--" + self.name.replace("_", "-")

    def masked(self, value: str) -> str:
        """Return a value as it is shown to somebody who did not ask for it whole."""
        mask = self.of_kind.mask
        return mask(value) if mask is not None and not self.public else value

    @property
    def is_private(self) -> bool:
        """Whether it is masked unless asked for whole."""
        return self.of_kind.mask is not None and not self.public


class Register(NamedTuple):
    """One register.

    Attributes:
        noun: what commands call it.
        title: a line of help; one: what a single record is called. Both are texts for the catalogue.
        form_title: what its form is called, a text for the catalogue; "" for the first words of the title.
        fields: in the order of lists and sheets.
        dated: the field whose day places a record in time; "" when none does.
        labels: fields by which a record may be named within its unit, beside its number.
        check: raises `Wrong` when the values of a whole record do not go together.
        hidden: fields that the screen has no room for; files and scripts get them.
        open: tells whether something is still to be done about a record; None where nothing ever is.
    """

    noun: str
    title: str
    one: str
    fields: tuple[Field, ...]
    dated: str
    labels: tuple[str, ...] = ()
    check: Callable[[Values], None] | None = None
    open: Callable[[Values], bool] | None = None
    hidden: tuple[str, ...] = ()
    form_title: str = ""

    @property
    def kind(self) -> str:
        """What imports call it."""
        return index.NOUNS[self.noun].kind

    @property
    def table(self) -> str:
        """Where it is kept."""
        return index.NOUNS[self.noun].table

    @property
    def via(self) -> str:
        """The field that leads to the unit when the register has none itself."""
        return index.NOUNS[self.noun].via

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

    def taken_by(self, verb: str) -> tuple[Field, ...]:
        """Return the fields that a verb takes as options."""
        return tuple(field for field in self.fields if verb in field.verbs)

    @property
    def in_sheets(self) -> tuple[Field, ...]:
        """The fields that sheets have a column for."""
        return tuple(field for field in self.fields if field.sheet)

    @property
    def in_lists(self) -> tuple[Field, ...]:
        """The fields that lists show."""
        return tuple(field for field in self.fields if field.listed)

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
    def private(self) -> tuple[str, ...]:
        """The fields that are masked unless asked for whole."""
        return tuple(field.name for field in self.stored if field.is_private)

    @property
    def has_unit(self) -> bool:
        """Whether its records belong to a unit directly."""
        return any(field.name == "unit" and field.stored for field in self.fields)


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
    # An argument of the verb that adds; no other verb lets a record belong to another unit.
    verbs=(),
)
# Where a member or a record is looked for; kept nowhere.
WHERE = Field(
    "unit",
    N_("Unit"),
    ("单位", "所在党组织", "党组织", "所在支部", "单位名称", "单位编码", "党组织名称", "党组织编码", "所在党组织编码"),
    "unit",
    stored=False,
    verbs=(),
)

"""What is wrong with a file, gathered: file, sheet, row, column, value, code and reason."""

from typing import NamedTuple

from advedu.i18n import N_, _
from advedu.values.identity import scrub
from advedu.values.text import neutralise


class Issue(NamedTuple):
    """One error or warning. `why` is a template in English and `values` fills it; `place` is the cell's in its row."""

    file: str
    sheet: str | None
    row: int | None
    column: str | None
    value: str | None
    code: str
    why: str
    values: dict[str, object]
    place: int | None = None

    @property
    def message(self) -> str:
        """The reason in the user's language."""
        return _(self.why).format(**{name: neutralise(str(value)) for name, value in self.values.items()})

    def as_json(self) -> dict[str, object]:
        """Return what interface.md promises; ID numbers and telephones in the value are masked."""
        value = None if self.value is None else scrub(self.value)
        return {
            "file": self.file,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "value": value,
            "code": self.code,
            "message": self.message,
        }


# Reasons that belong to rows and records; those of single values stand with their readers in `fields`.
WHY = {
    "column_missing": N_("the column is missing; the header must have: {needed}"),
    "required_missing": N_("this cell must not be empty"),
    "unit_unknown": N_("no unit with this code or full name"),
    "unit_misspelt": N_("no unit with this code or full name; did you mean: {nearest}"),
    "parent_rejected": N_("the unit above is rejected itself"),
    "unit_ambiguous": N_("several units bear this name: {candidates}; write the code"),
    "member_unknown": N_("no member with this code, ID number or name"),
    "member_misspelt": N_("no member with this code, ID number or name; did you mean: {nearest}"),
    "member_ambiguous": N_("several members fit: {candidates}; write the code or the ID number"),
    "duplicate_in_file": N_("the same record stands in row {row} already"),
    "duplicate_in_files": N_("the same record stands in {file}, row {row}, already"),
    "duplicate_id": N_("this ID number belongs to {owner} already"),
    "would_move": N_(
        "is now in {now}, the file says {then}; give --moves-on DATE to record a move, or correct the cell"
    ),
    "would_hand_over": N_(
        "dated posts say that the chief is {now}, the file says {then}; give --moves-on DATE to record a hand-over"
    ),
    "unpublished_items": N_("rectification items of the unit are unpublished on {day}: number {numbers}"),
    "not_applicable": N_("{milestone} does not apply to {kind}"),
    "not_by_date": N_("{milestone} is reached through a passed survey round alone"),
    "row_shifted": N_("the row has more cells than the header; its cells have slipped"),
    "slipped": N_("the cells of this row have slipped: {signs}"),
    "zeros_lost": N_("no such code; the spreadsheet may have dropped the zeros in front: did you mean {nearest}?"),
    "corrected": N_("read as {new}"),
    "heading_corrected": N_("this heading is read as {new}"),
    "copied_down": N_("taken from the row above: {new}"),
    "nothing_above": N_("there is nothing above that could be taken"),
    "column_untitled": N_("the column has no heading; its cells, of which this is the first, are not imported"),
    "sheet_unclear": N_("these sheets fit equally well: {sheets}; name one with --sheet"),
    "unit_closed": N_("the unit was closed on {day}"),
    "unit_not_open": N_("the unit was opened only on {day}"),
    "not_a_leader": N_("is not marked as a leader, so the nine ones are not owed"),
    "second_root": N_("a file has one root, {root}; name the unit above"),
    "circle": N_("this unit would stand below itself"),
    "no_longer_member": N_("left on {day}; the row does not bring anybody back"),
    "name_changed": N_("the name changes from {old} to {new}"),
    "birth_differs": N_("the ID number says {there}, the cell {here}"),
    "rank_unknown": N_("not among the ranks of this campaign; kept as it is"),
    "became_full": N_("on probation so far; a full member by this day"),
    "word_unknown": N_("not among the usual words; kept as it is"),
    "masked_new": N_("a masked cell holds nothing that could be stored"),
    "shift_without_reason": N_("a start of its own needs a reason (调整原因)"),
    "unreadable": N_("{why}"),
    "sheet_no_header": N_(
        "this sheet has {rows} rows but no header that is understood and was left out; {used} was read"
    ),
    "sheet_left_out": N_("this sheet has {rows} rows too and was left out, {used} was read; name one with --sheet"),
    "unit_look_alike": N_("a unit of this name stands below the same unit already: {who}; the same one?"),
    "look_alike_row": N_("somebody of this name and unit stands in row {row} too; the same person?"),
    "look_alike": N_("somebody of this name stands in the unit already: {who}; the same person?"),
    "file_skipped": N_("left out: {why}"),
    "column_unknown": N_("no such column here; its cells are not imported"),
    "column_twice": N_("the column {read} means the same and was read; of this one only where that is empty"),
    "names_differ": N_("the row was read as {read}, which is not what stands here"),
    "not_of_unit": N_("{who} is in {now}; the record is theirs all the same"),
    "not_recorded": N_("there is no day in this row, so nothing of it was recorded"),
    "code_cleared": N_("a code cannot be cleared"),
    "gate_closed": N_(
        "{unit} closed {phase} on {day}, and the files would take away what it was closed on: {missing};"
        " reopen the phase first, or give new members their day of arrival"
    ),
    "heading_remembered": N_("read as {new}, as --map said before; `import --forget` forgets it"),
    "not_own_unit": N_("this file was made for {unit}, and the row is about a unit that does not stand below it"),
    "other_campaign": N_("this file was made for the campaign {theirs}; this one is {ours}"),
    "not_after_last_move": N_("was already moved on {last}; a further move must be later"),
}

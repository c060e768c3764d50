"""What became of the files that arrived in a folder."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from advedu.i18n import N_, _
from advedu.output.report import Cell, Column, Head, Report, Table

OUTCOMES = {
    "imported": N_("imported"),
    "unchanged": N_("nothing new"),
    "again": N_("imported before"),
    "partly": N_("imported in part"),
    "rejected": N_("rejected"),
    "waiting": N_("not ready"),
}
COUNTS = ("read", "inserted", "updated", "unchanged", "rejected")
COLUMNS = (
    Column("file", N_("File")),
    Column("outcome", N_("Outcome"), OUTCOMES),
    Column("operation", N_("Operation"), align="right"),
    Column("moved_to", N_("Moved to")),
    Column("errors_in", N_("Errors in")),
    Column("read", N_("Read"), align="right"),
    Column("inserted", N_("Inserted"), align="right"),
    Column("updated", N_("Updated"), align="right"),
    Column("unchanged", N_("Unchanged"), align="right"),
    Column("rejected", N_("Rejected"), align="right"),
)
_STYLES = {"imported": "good", "rejected": "bad", "partly": "warn", "waiting": "dim"}
REJECTED = 3


class Taken(NamedTuple):
    """One file: a key of `OUTCOMES`, where it is now and where its errors are, within the folder, and the counts."""

    file: str
    outcome: str
    operation: int | None = None
    moved_to: str | None = None
    errors_in: str | None = None
    read: int | None = None
    inserted: int | None = None
    updated: int | None = None
    unchanged: int | None = None
    rejected: int | None = None


def result(taken: Sequence[Taken], waiting: Sequence[str], aside: Mapping[str, str]) -> Report:
    """Return the report of a watch that ended.

    Args:
        taken: what became of the files.
        waiting: the files that were not whole yet.
        aside: the files that are never taken, each with the reason.
    """
    rows = [*taken, *(Taken(name, "waiting") for name in waiting)]
    bad = sum(each.outcome in ("rejected", "partly") for each in taken)
    text = _("{done} done, {rejected} rejected, {waiting} not ready yet.")
    return Report(
        COLUMNS,
        list(rows),
        tables=lambda: [_table(rows)] if rows else [],
        notes=[text.format(done=len(taken) - bad, rejected=bad, waiting=len(waiting))],
        warnings=[
            _("{file} is left where it is: {why}").format(file=name, why=_(why)) for name, why in sorted(aside.items())
        ],
        exit_code=REJECTED if bad else 0,
    )


def _table(rows: Sequence[Taken]) -> Table:
    heads = tuple(Head(_(column.title), column.align) for column in COLUMNS)
    lines = []
    for row in rows:
        file, outcome, *others = row
        said = Cell(_(OUTCOMES[outcome]), _STYLES.get(outcome, ""))
        lines.append([Cell(file), said, *(Cell("" if value is None else str(value)) for value in others)])
    return Table(heads, lines)

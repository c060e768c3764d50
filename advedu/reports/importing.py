"""What an import did: counts, errors, warnings, assigned codes."""

from __future__ import annotations

from advedu.i18n import N_, _
from advedu.identity import scrub
from advedu.importing.batch import Import
from advedu.importing.issues import Issue
from advedu.report import Cell, Column, Head, Report, Table

_COUNTS = ("read", "inserted", "updated", "unchanged", "rejected", "dropped")
# A clerk reads the first errors, mends them and sees the next; a script reads JSON.
SHOWN = 50
ISSUE_COLUMNS = tuple(
    Column(name, name) for name in ("level", "file", "sheet", "row", "column", "value", "code", "message")
)
REJECTED = 3


def result(kind: str, batch: Import, operation: int | None, *, dry_run: bool) -> Report:
    """Return the report of an import; `operation` is None when nothing was written."""
    document = {
        "operation": operation,
        "kind": kind,
        "dry_run": dry_run,
        **{name: batch.counts[name] for name in _COUNTS},
        "errors": [issue.as_json() for issue in batch.errors],
        "warnings": [issue.as_json() for issue in batch.warnings],
        "assigned": [{"row": row, "name": name, "code": code} for row, name, code in batch.assigned],
    }
    rows = [
        (level, *issue.as_json().values())
        for level, issues in (("error", batch.errors), ("warning", batch.warnings))
        for issue in issues
    ]
    return Report(
        ISSUE_COLUMNS,
        rows,
        document=document,
        tables=lambda: _tables(batch),
        title=_title(batch, operation, dry_run),
        notes=_notes(batch),
        exit_code=REJECTED if batch.errors else 0,
    )


def _title(batch: Import, operation: int | None, dry_run: bool) -> str:
    if batch.errors and operation is None:
        return _("Nothing was written: {errors} errors.").format(errors=len(batch.errors))
    if dry_run:
        return _("Dry run: nothing was written.")
    if operation is None:
        return _("Nothing to change: the file says what is stored already.")
    return _("Imported as operation {number}.").format(number=operation)


def _tables(batch: Import) -> list[Table]:
    heads = tuple(Head(_(title), "right") for title in _COUNT_TITLES)
    tables = [Table(heads, [[Cell(str(batch.counts[name])) for name in _COUNTS]])]
    for title, style, issues in ((_("Errors"), "bad", batch.errors), (_("Warnings"), "warn", batch.warnings)):
        if issues:
            tables.append(_issues(title, style, issues))
    if batch.assigned:
        lines = [[Cell(str(row)), Cell(name), Cell(code)] for row, name, code in batch.assigned[:SHOWN]]
        tables.append(Table((Head(_("Row"), "right"), Head(_("Name")), Head(_("Code"))), lines, _("Codes assigned")))
    return tables


_COUNT_TITLES = (N_("Read"), N_("Inserted"), N_("Updated"), N_("Unchanged"), N_("Rejected"), N_("Dropped"))


def _issues(title: str, style: str, issues: list[Issue]) -> Table:
    heads = (
        Head(_("Row"), "right"),
        Head(_("Column"), least=8),
        Head(_("Value"), least=8),
        Head(_("What is wrong")),
        Head(_("Issue code")),
    )
    several = len({issue.file for issue in issues}) > 1
    rows = [
        [
            Cell("" if issue.row is None else str(issue.row)),
            Cell(f"{issue.file}: {issue.column or ''}" if several else issue.column or ""),
            Cell(scrub(issue.value or "")),
            Cell(issue.message, style),
            Cell(issue.code, "dim"),
        ]
        for issue in issues[:SHOWN]
    ]
    where = f"{issues[0].file}" + (f" · {issues[0].sheet}" if issues[0].sheet else "")
    return Table(heads, rows, title if several else f"{title} · {where}")


def _notes(batch: Import) -> list[str]:
    notes = []
    for name, found in (
        (N_("errors"), len(batch.errors)),
        (N_("warnings"), len(batch.warnings)),
        (N_("codes"), len(batch.assigned)),
    ):
        if found > SHOWN:
            notes.append(
                _("The first {shown} of {found} {name} are shown; --format json has them all.").format(
                    shown=SHOWN, found=found, name=_(name)
                )
            )
    return notes

"""What an import did: counts, errors, warnings, assigned codes."""

from collections.abc import Sequence
from typing import NamedTuple

from advedu.i18n import N_, _, ngettext
from advedu.importing.batch import Import
from advedu.importing.form_marks import FormMark
from advedu.importing.issues import Issue
from advedu.importing.layout import Dropped
from advedu.output.report import Cell, Column, Head, Report, Table
from advedu.reports.preview import Preview
from advedu.values.identity import scrub
from advedu.values.wording import first_alone

_COUNTS = ("read", "inserted", "updated", "unchanged", "rejected", "dropped")
# A clerk reads the first errors, mends them and sees the next; a script reads JSON.
SHOWN = 50
ISSUE_COLUMNS = tuple(
    Column(name, name) for name in ("level", "file", "sheet", "row", "column", "value", "code", "message")
)
REJECTED = 3


class Beside(NamedTuple):
    """What an import did beside writing: what it would have changed, and where the errors were written to.

    Attributes:
        preview: what a dry run would change.
        errors_files: the workbooks with the errors; None when none were asked for.
        warnings: lines for standard error.
        dropped: whether the rows that are no data are listed.
    """

    preview: Preview | None = None
    errors_files: list[str] | None = None
    warnings: Sequence[str] = ()
    dropped: bool = False


def result(
    kind: str,
    batch: Import,
    operation: int | None,
    *,
    dry_run: bool,
    made_for: Sequence[FormMark] = (),
    beside: Beside | None = None,
) -> Report:
    """Return the report of an import; `operation` is None when nothing was written.

    `made_for` are the marks of the templates among the files.
    """
    beside = beside or Beside()
    document = {
        "operation": operation,
        "kind": kind,
        "dry_run": dry_run,
        **{name: batch.counts[name] for name in _COUNTS},
        "errors": [issue.as_json() for issue in batch.errors],
        "warnings": [issue.as_json() for issue in batch.warnings],
        "corrections": [issue.as_json() for issue in batch.corrections],
        "dropped_rows": [
            {
                "file": file,
                "sheet": sheet,
                "row": dropped.row,
                "last_row": dropped.last_row,
                "text": None if dropped.text is None else scrub(dropped.text),
            }
            for file, sheet, dropped in batch.dropped_rows
        ],
        "files": [{"file": file, **{name: counts[name] for name in _COUNTS}} for file, counts in batch.files.items()],
        "assigned": [{"row": row, "name": name, "code": code} for row, name, code in batch.assigned],
        "partial": batch.partial,
        "templates": [mark._asdict() for mark in made_for],
        **({} if beside.errors_files is None else {"errors_files": beside.errors_files}),
        **(beside.preview.document() if beside.preview else {}),
    }
    rows = [
        (level, *issue.as_json().values())
        for level, issues in (
            ("error", batch.errors),
            ("warning", batch.warnings),
            ("correction", batch.corrections),
        )
        for issue in issues
    ]
    return Report(
        ISSUE_COLUMNS,
        rows,
        document=document,
        tables=lambda: [
            *_tables(batch, show_dropped=beside.dropped),
            *(beside.preview.tables() if beside.preview else []),
        ],
        title=_title(batch, operation, dry_run),
        notes=[*_notes(batch), *_about_templates(made_for), *_about_files(beside), *_about_preview(beside)],
        warnings=beside.warnings,
        exit_code=REJECTED if batch.errors else 0,
    )


def _about_templates(made_for: Sequence[FormMark]) -> list[str]:
    return [_("Recognised: the form {kind} for {unit}").format(kind=mark.kind, unit=mark.unit) for mark in made_for]


def _about_files(beside: Beside) -> list[str]:
    if beside.errors_files is None:
        return []
    if not beside.errors_files:
        return [_("There are no errors, so no workbook with errors was written.")]
    return [_("The errors stand at the cells in {path}").format(path=path) for path in beside.errors_files]


def _about_preview(beside: Beside) -> list[str]:
    return beside.preview.notes() if beside.preview else []


def _title(batch: Import, operation: int | None, dry_run: bool) -> str:
    rejected = batch.counts["rejected"]
    if dry_run and batch.partial and batch.errors:
        text = ngettext(
            "Dry run: nothing was written. {count} record would be left out.",
            "Dry run: nothing was written. {count} records would be left out.",
            rejected,
        )
        return text.format(count=rejected)
    if batch.errors and operation is None:
        errors = len(batch.errors)
        text = ngettext("Nothing was written: {errors} error.", "Nothing was written: {errors} errors.", errors)
        return text.format(errors=errors)
    if dry_run:
        return _("Dry run: nothing was written.")
    if batch.errors:
        text = ngettext(
            "Imported as operation {number}; {count} record was left out, the others are written.",
            "Imported as operation {number}; {count} records were left out, the others are written.",
            rejected,
        )
        return text.format(number=operation, count=rejected)
    if operation is None:
        return _("Nothing to change: the file says what is stored already.")
    return _("Imported as operation {number}.").format(number=operation)


def _tables(batch: Import, *, show_dropped: bool) -> list[Table]:
    heads = tuple(Head(_(title), "right") for title in _COUNT_TITLES)
    tables = [Table(heads, [[Cell(str(batch.counts[name])) for name in _COUNTS]])]
    if len(batch.files) > 1:
        lines = [[Cell(file), *(Cell(str(counts[name])) for name in _COUNTS)] for file, counts in batch.files.items()]
        tables.append(Table((Head(_("File"), least=8), *heads), lines, _("File by file")))
    for title, style, issues in (
        (_("Errors"), "bad", batch.errors),
        (_("Warnings"), "warn", batch.warnings),
        (_("Corrections"), "dim", batch.corrections),
    ):
        if issues:
            tables.append(_issues(title, style, issues))
    if show_dropped:
        tables += _dropped(batch)
    if batch.assigned:
        lines = [[Cell(str(row)), Cell(name), Cell(code)] for row, name, code in batch.assigned[:SHOWN]]
        tables.append(Table((Head(_("Row"), "right"), Head(_("Name")), Head(_("Code"))), lines, _("Codes assigned")))
    return tables


def _dropped(batch: Import) -> list[Table]:
    heads = (Head(_("File"), least=8), Head(_("Row"), "right"), Head(_("First text"), least=8))
    lines = [
        [Cell(file), Cell(_numbers(dropped)), Cell(scrub(dropped.text or ""))]
        for file, _sheet, dropped in batch.dropped_rows
    ]
    return [Table(heads, lines, _("Rows that are no data"))] if lines else []


def _numbers(dropped: Dropped) -> str:
    return str(dropped.row) if dropped.rows == 1 else f"{dropped.row}–{dropped.last_row}"


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
    if batch.corrections:
        text = _("{found} values were read otherwise than they stand there; each is listed.")
        notes.append(text.format(found=len(batch.corrections)))
    for name, found in (
        (N_("errors"), len(batch.errors)),
        (N_("warnings"), len(batch.warnings)),
        (N_("corrections"), len(batch.corrections)),
        (N_("codes"), len(batch.assigned)),
    ):
        if found > SHOWN:
            notes.append(first_alone(SHOWN, found, _(name)))
    return notes

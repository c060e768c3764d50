"""Files that were read → what is in them: their kind, their sheet, their header; nothing is written."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from advedu.errors import KindUnclear, NoSuchColumn
from advedu.i18n import _
from advedu.importing import form_marks, headings, layout, sources
from advedu.importing.issues import WHY, Issue
from advedu.importing.kinds import KINDS, FileKind
from advedu.importing.layout import Layout, NoHeader
from advedu.naming import vocabulary
from advedu.storage import campaign, heading_memory
from advedu.storage.history import Source


class Prepared(NamedTuple):
    """Files that were read and understood as far as their headers, before anything is written."""

    kind: str
    source: Source
    sheets: list[tuple[str, Layout]]
    # What is wrong with files as a whole, and sheets with data that are left out.
    errors: list[Issue]
    warnings: list[Issue]

    # What was made of the files before the first row was read: headings.
    corrections: Sequence[Issue] = ()
    # Key of a heading → identifier of a column, as the user said; remembered when the import is kept.
    mapped: Mapping[str, str] = {}

    @property
    def large(self) -> bool:
        """Whether rows are read as they are written, because all at once would fill the memory."""
        return any(not isinstance(sheet.rows, list) for name, sheet in self.sheets)

    @property
    def rows(self) -> int:
        """About how many data rows there are; exactly, but for large files."""
        return sum(sheet.guess for name, sheet in self.sheets)


def understood(
    connection: sqlite3.Connection,
    kind: str,
    files: Sequence[sources.ReadFile],
    mapped: Mapping[str, str] | None = None,
    skipped: Sequence[tuple[str, str]] = (),
) -> Prepared:
    """Find the headers of files that were read.

    Args:
        connection: the file, whose definition tells the headings of wide sheets.
        kind: a key of `KINDS`, or "auto".
        files: the files.
        mapped: heading → identifier of a column, as the user said.
        skipped: names of files that were left out, and why.

    Raises:
        KindUnclear: "auto" does not recognise a header.
        NoSuchColumn: a heading was mapped to a column that this kind does not have.
    """
    if kind == "auto":
        kind = _recognised(connection, files)
    for name in (mapped or {}).values():
        if name not in (known := [column.name for column in KINDS[kind].columns]):
            raise NoSuchColumn(wanted=name, kind=kind, known=", ".join(known))
    source = Source(", ".join(file.source.name for file in files), ", ".join(file.source.sha256 for file in files))
    said = {headings.heading(text): name for text, name in (mapped or {}).items()}
    memory = heading_memory.remembered(connection).get(kind, {})
    prepared = Prepared(kind, source, [], [], [], [], said)
    for file in files:
        if file.fault is not None:
            why: dict[str, object] = {"why": file.fault.why}
            fault = file.fault
            prepared.errors.append(Issue(file.name, None, fault.row, None, None, fault.code, WHY["unreadable"], why))
            continue
        _choose(prepared, file.name, [_look(connection, kind, each, mapped, memory) for each in file.sheets], memory)
        _left_aside(prepared, file)
    for name, used in list(prepared.sheets):
        if wrong := _other_campaign(connection, name, used):
            prepared.errors.extend(wrong)
            # Not one row of it, with --partial either: its M101 is another milestone.
            prepared.sheets.remove((name, used))
    for name, why_not in skipped:
        values: dict[str, object] = {"why": _(why_not)}
        text = WHY["file_skipped"]
        prepared.warnings.append(Issue(name, None, None, None, None, "file_skipped", text, values))
    return prepared


def _choose(prepared: Prepared, name: str, looks: Sequence[Layout | NoHeader], memory: Mapping[str, str]) -> None:
    """Take the sheet that fits best; those that fit as well must be told apart by the user."""
    usable = [look for look in looks if isinstance(look, Layout)]
    if not usable:
        unusable = [look for look in looks if isinstance(look, NoHeader)]
        best = min(unusable, key=lambda look: len(look.missing)) if unusable else NoHeader(None, 1, [])
        prepared.errors.append(_column_missing(name, best, KINDS[prepared.kind]))
        return
    # A sheet that nobody sees, or one without rows, is taken only when there is no other.
    usable.sort(key=lambda look: (look.visible and look.guess > 0, look.score), reverse=True)
    used = usable[0]
    rivals = [look for look in usable if look.guess and look.visible == used.visible and look.score == used.score]
    if len(rivals) > 1:
        sheets: dict[str, object] = {"sheets": ", ".join(str(look.sheet) for look in rivals)}
        text = WHY["sheet_unclear"]
        prepared.errors.append(Issue(name, None, None, None, None, "sheet_unclear", text, sheets))
        return
    prepared.sheets.append((name, used))
    for other in usable[1:]:
        if other.guess:
            values: dict[str, object] = {"used": used.sheet, "rows": other.guess}
            text = WHY["sheet_left_out"]
            prepared.warnings.append(Issue(name, other.sheet, None, None, None, "sheet_left_out", text, values))
    recalled = {index: column for column, index in used.columns.items() if _recalled(prepared, used, index, memory)}
    for code, found in (("heading_corrected", used.near), ("heading_remembered", recalled)):
        for index, column in found.items():
            title = used.titles[index]
            right = next(each.headings[0] for each in KINDS[prepared.kind].columns if each.name == column)
            issue = Issue(name, used.sheet, used.header, title, title, code, WHY[code], {"new": right}, index)
            assert isinstance(prepared.corrections, list)
            prepared.corrections.append(issue)


def _left_aside(prepared: Prepared, file: sources.ReadFile) -> None:
    """Warn of sheets with content in which no header is understood: the people of a whole office may stand there."""
    used = next((sheet.sheet for name, sheet in reversed(prepared.sheets) if name == file.name), None)
    if used is None:
        # Nothing of the file is read, and its error says so.
        return
    said = {issue.sheet for issue in prepared.warnings if issue.file == file.name}
    for sheet in file.sheets:
        if sheet.name == used or sheet.name in said or not sheet.visible or form_marks.ours(layout.top(sheet)):
            continue
        rows = sum(layout.filled(row) for row in sheet.rows)
        if rows:
            values: dict[str, object] = {"used": used, "rows": rows}
            text = WHY["sheet_no_header"]
            prepared.warnings.append(Issue(file.name, sheet.name, None, None, None, "sheet_left_out", text, values))


def _recalled(prepared: Prepared, used: Layout, index: int, memory: Mapping[str, str]) -> bool:
    """Tell whether a column is understood because its heading is remembered."""
    key = headings.heading(used.titles[index])
    known = headings.known(KINDS[prepared.kind].columns, {}, {}).columns
    return (
        key in memory
        and key not in prepared.mapped
        and used.columns.get(memory[key]) == index
        and (known.get(key) != memory[key] and used.mark is None)
    )


def _look(
    connection: sqlite3.Connection,
    kind: str,
    sheet: sources.Sheet,
    mapped: Mapping[str, str] | None = None,
    memory: Mapping[str, str] | None = None,
) -> Layout | NoHeader:
    wanted = KINDS[kind]
    entries = vocabulary.listed(connection, wanted.entry).words if wanted.entry else {}
    found = layout.find(sheet, wanted.columns, wanted.entry, entries, mapped)
    # What is remembered gives way to a column that is there by its own name.
    there = found.columns if isinstance(found, Layout) else {}
    names = {column.name for column in wanted.columns} - there.keys()
    recalled = {key: name for key, name in (memory or {}).items() if name in names}
    if not recalled or (
        isinstance(found, Layout)
        and recalled.keys().isdisjoint(
            headings.heading(found.titles[index]) for index in (*found.unknown, *found.twice)
        )
    ):
        return found
    again = layout.find(sheet, wanted.columns, wanted.entry, entries, {**recalled, **(mapped or {})})
    return again if isinstance(again, Layout) else found


def _recognised(connection: sqlite3.Connection, files: Sequence[sources.ReadFile]) -> str:
    """Return the one kind whose required columns every file has; the one with more known columns wins."""
    tops = [[layout.top(each) for each in file.sheets] for file in files if file.fault is None]
    made = [next((mark for top in each if (mark := form_marks.marked(top))), None) for each in tops]
    if made and len({mark.kind if mark else None for mark in made}) == 1 and made[0] and made[0].kind in KINDS:
        return made[0].kind
    scores = {}
    memory = heading_memory.remembered(connection)
    for kind in KINDS:
        looks = [
            [_look(connection, kind, sheet, None, memory.get(kind)) for sheet in file.sheets]
            for file in files
            if file.fault is None
        ]
        if all(any(isinstance(look, Layout) for look in each) for each in looks):
            known = [look for each in looks for look in each if isinstance(look, Layout)]
            scores[kind] = sum(
                len(look.columns) + len(look.entries) - len(look.unknown) - len(look.twice) for look in known
            )
    best = [kind for kind, score in scores.items() if score == max(scores.values())]
    if len(best) != 1:
        raise KindUnclear(path=", ".join(file.name for file in files))
    return best[0]


def _other_campaign(connection: sqlite3.Connection, name: str, sheet: Layout) -> list[Issue]:
    """Refuse a template of another campaign, whose milestones are others under the same codes."""
    ours = campaign.head(connection).code
    if sheet.mark is None or sheet.mark.campaign == ours:
        return []
    values: dict[str, object] = {"theirs": sheet.mark.campaign, "ours": ours}
    return [Issue(name, sheet.sheet, None, None, None, "other_campaign", WHY["other_campaign"], values)]


def _column_missing(name: str, look: NoHeader, kind: FileKind) -> Issue:
    missing = ", ".join(f"{column.headings[0]} ({column.name})" for column in look.missing)
    needed = ", ".join(column.headings[0] for column in kind.columns if column.is_needed)
    return Issue(
        name,
        look.sheet,
        look.row,
        missing or None,
        None,
        "column_missing",
        WHY["column_missing"],
        {"needed": needed},
    )

"""From which day on does a changed row change figures? One table says it for every table of the schema.

A figure is a number of `status`, `overdue`, `nine status` or `ledger`. A record counts from its own day on. What has no
day, such as the kind of a unit, is taken as it is now whatever the as-of day and so counts from the beginning, or from
the day on which its unit opened or its member arrived: before that day nothing of it counts.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from advedu.storage import changes
from advedu.storage.changes import Change

# Earlier than any day.
BEGINNING = ""
Row = Mapping[str, object]


class Effect(NamedTuple):
    """What of a table bears on figures.

    Attributes:
        since: the column with the day from which a row counts (empty: from the beginning); "" when there is none, and
            rows count from the beginning.
        facts: the columns that count from that day on. A table without any, and without `since`, bears on no figure.
        events: columns that are days themselves, on which something begins or ends; empty: never.
        silent: the columns that bear on no figure.
    """

    since: str = ""
    facts: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


def _always(*facts: str) -> Effect:
    """Return the effect of a list of the definition: it has no days, so all of it counts from the beginning."""
    return Effect("", facts)


def _never(*silent: str) -> Effect:
    """Return the effect of a table that no figure is made from."""
    return Effect(silent=silent)


EFFECTS: dict[str, Effect] = {
    # ── the definition ──
    # Its lists stand in tables of their own; the pinned day only chooses a day.
    "campaign": _never("id", "code", "name", "version", "source", "definition", "pinned_on"),
    "campaign_text": _never("topic", "seq", "text"),
    "rule": _always("code", "value", "text"),
    "batch": _always("id", "code", "name", "starts_on", "ends_on", "scope", "sectors"),
    "phase": _always("id", "code", "name", "first_day", "last_day"),
    "milestone": _always("id", "code", "name", "phase_id", "due_day", "required", "by_date", "role", "evidence"),
    "milestone_scope": _always("milestone_id", "kind", "sector"),
    "task": _always("id", "code", "name", "phase_id", "due_day", "study"),
    "item": _always("id", "code", "name", "counted", "role"),
    # The focus of a sector is a text that is read, and no figure.
    "sector": Effect("", ("id", "code", "name", "aliases"), (), ("study", "problems", "organ")),
    "category": _always("id", "code", "name", "aliases"),
    "rank": _never("id", "name", "aliases"),
    # ── who there is ──
    "unit": Effect(
        "opened_on",
        ("id", "kind", "sector_id", "batch_id", "starts_on", "declared_members"),
        ("closed_on",),
        # The unit above changes through unit_move, which has the day.
        ("code", "name", "parent_id", "chief", "phone", "shift_reason", "close_reason", "municipal"),
    ),
    # Other names are looked up when somebody types one.
    "unit_alias": _never("unit_id", "alias"),
    "unit_move": Effect("moved_on", ("unit_id", "from_parent_id", "to_parent_id"), (), ("reason", "entered_on")),
    "member": Effect(
        "arrived_on",
        ("id", "status", "leader", "category_id"),
        ("left_on", "missing_since"),
        # The unit changes through transfer, which has the day; the day of joining the Party places nobody in time.
        (
            *("code", "name", "sex", "born_on", "id_number", "unit_id", "joined_on", "post", "rank", "phone"),
            *("leave_reason", "district_body", "ethnicity", "education", "joined_full_on"),
        ),
    ),
    "transfer": Effect("moved_on", ("member_id", "from_unit_id", "to_unit_id"), (), ("reason", "entered_on")),
    # ── what was done ──
    "milestone_done": Effect(
        "done_on", ("unit_id", "milestone_id"), (), ("head", "reporter", "evidence", "note", "entered_on")
    ),
    "milestone_exemption": Effect("exempt_on", ("unit_id", "milestone_id"), (), ("reason", "entered_on")),
    # The ledger counts how members were reached.
    "task_done": Effect("done_on", ("member_id", "task_id", "mode"), (), ("note", "entered_on")),
    "task_exemption": Effect("exempt_on", ("member_id", "task_id"), (), ("reason", "entered_on")),
    "item_done": Effect("done_on", ("member_id", "item_id"), (), ("evidence", "entered_on")),
    # A milestone may be reached through a passed survey; what follows a failed one is no figure.
    "survey": Effect(
        "held_on",
        (
            *("number", "unit_id", "round", "method", "issued", "returned", "valid"),
            *("satisfied", "fairly", "basically", "dissatisfied", "blank"),
        ),
        (),
        ("classes", "entered_on"),
    ),
    "remedial": _never("number", "unit_id", "round", "plan", "deadline", "done_on", "entered_on", "done_entered_on"),
    # A missed session keeps a member's study open from its day until it is made up. The row of an absence names the
    # session and not its day: `first_day` is told the days.
    "study_session": Effect("held_on", ("number", "unit_id"), (), ("topic", "hours", "entered_on")),
    "study_absence": Effect(
        "session", ("number", "member_id"), ("made_up_on",), ("reason", "mode", "entered_on", "made_up_entered_on")
    ),
    # How files are read says nothing of what was done.
    "heading_memory": _never("kind", "heading", "field", "entered_on"),
    # The control totals of a day, against which the ledger counts from that day on.
    "baseline": Effect("set_on", ("units", "members"), (), ("entered_on",)),
    # ── phases and registers: lists, and no figures of those named above ──
    "phase_event": _never(
        *("number", "unit_id", "phase_id", "event", "happened_on", "by_unit_id", "overridden", "missing"),
        *("reason", "entered_on"),
    ),
    "post": _never("number", "unit_id", "role", "name", "title", "from_on", "to_on", "entered_on"),
    "body_member": _never("number", "unit_id", "role", "name", "post", "from_on", "to_on", "entered_on"),
    "chief_absence": _never("number", "unit_id", "name", "from_on", "to_on", "reason", "approved_by", "entered_on"),
    "own_milestone": _never(
        "number", "unit_id", "title", "planned_on", "done_on", "note", "entered_on", "done_entered_on"
    ),
    "rectification": _never(
        *("number", "unit_id", "problem", "source", "found_on", "measure", "owner", "deadline", "measures_on"),
        *("measures_circle", "done_on", "results_on", "results_circle", "dropped_on", "drop_reason", "entered_on"),
        *("measures_entered_on", "done_entered_on", "results_entered_on"),
    ),
    "opinion": _never(
        *("number", "unit_id", "received_on", "channel", "addressee", "text", "count", "rectification", "entered_on"),
    ),
    "regulation": _never("number", "unit_id", "title", "adopted_on", "entered_on"),
    # ── supervision: figures are summed up by the team that looks after a unit on the day ──
    "team": Effect("", ("number", "code", "kind"), (), ("name", "batch_id", "sender_id", "phone", "entered_on")),
    "coverage": Effect("from_on", ("number", "team", "unit_id"), ("to_on",), ("entered_on",)),
    "cadre": _never(*("number", "team", "role", "name", "rank", "home", "phone", "from_on", "to_on", "entered_on")),
    "visit": _never("number", "team", "unit_id", "visited_on", "who", "how", "looked_at", "entered_on"),
    "suggestion": _never(
        *("number", "visit", "kind", "text", "owner", "deadline", "done_on", "verified_on", "verified_by"),
        *("entered_on", "done_entered_on", "verified_entered_on"),
    ),
    # Registering one fulfils a personal item from that day on, also when it ends later.
    "contact_point": Effect("from_on", ("member_id",), (), ("number", "unit_id", "to_on", "entered_on")),
    "contact_visit": _never("number", "contact_point", "visited_on", "what", "entered_on"),
    "call": _never("number", "unit_id", "called_on", "said", "again_on", "who", "entered_on"),
    # ── what goes out, honours, training ──
    "bulletin": _never(
        *("number", "unit_id", "kind", "title", "drafted_on", "issued_on", "issue", "running", "sources"),
        *("entered_on", "issued_entered_on"),
    ),
    "model": _never("number", "unit_id", "member_id", "deeds", "found_on", "bulletin", "entered_on"),
    "publicity": _never("number", "unit_id", "channel", "published_on", "title", "count", "entered_on"),
    "commendation": _never(
        *("number", "unit_id", "member_id", "honour", "proposed_on", "awarded_on", "overridden", "missing", "reason"),
        *("entered_on", "awarded_entered_on"),
    ),
    "training": _never(
        *("number", "member_id", "reason", "from_on", "to_on", "done_on", "entered_on", "done_entered_on")
    ),
}


def first_day(change: Change, sessions: Mapping[object, str]) -> str | None:
    """Return the first day from which a changed row can change a figure; BEGINNING for all days, None for no day.

    Args:
        change: the row as it was and as it is.
        sessions: the day of each study session, for the rows that name one.
    """
    effect = EFFECTS[change.table]
    if not effect.since and not effect.facts:
        return None
    starts = [_start(effect, row, sessions) for row in (change.old, change.new) if row is not None]
    if change.old is None or change.new is None:
        return starts[0]
    changed = {name for name in {*change.old, *change.new} if change.old.get(name) != change.new.get(name)}
    if changed & {effect.since, *effect.facts}:
        return min(starts)
    # An end that moves changes nothing before the earlier of its two days, nor before the row counts at all.
    days = [
        str(row[name])
        for name in changed.intersection(effect.events)
        for row in (change.old, change.new)
        if row.get(name) is not None
    ]
    return max(min(days), min(starts)) if days else None


def _start(effect: Effect, row: Row, sessions: Mapping[object, str]) -> str:
    value = row.get(effect.since) if effect.since else None
    if effect.since == "session":
        return sessions.get(value, BEGINNING)
    return BEGINNING if value is None else str(value)


def session_days(history: Iterable[Change]) -> dict[object, str]:
    """Return the earliest day that each study session ever had."""
    found: dict[object, str] = {}
    for change in history:
        if change.table == "study_session":
            for row in (change.old, change.new):
                if row is not None:
                    day = str(row["held_on"])
                    found[change.key[0]] = min(day, found.get(change.key[0], day))
    return found


def affecting(connection: sqlite3.Connection, day: str) -> set[int]:
    """Return the operations that changed what figures as of a day, or of an earlier one, are made from."""
    sessions = session_days(changes.each(connection, ("study_session",), set()))
    found: set[int] = set()
    bearing = [table for table, effect in EFFECTS.items() if effect.since or effect.facts]
    for change in changes.each(connection, bearing, found):
        first = first_day(change, sessions)
        if first is not None and first <= day:
            found.add(change.operation)
    return found

"""The campaign definition inside a file, and the file's own day."""

import sqlite3
from typing import TYPE_CHECKING, NamedTuple

from advedu.errors import NoCampaign
from advedu.nouns.model import Entry

if TYPE_CHECKING:
    # Only `init` has a definition at hand; every command loads this module.
    from advedu.rules.definition import Definition


class Campaign(NamedTuple):
    """The head of the definition, and the day that the file may pin."""

    code: str
    name: str
    version: int
    source: str
    pinned_on: str | None


def head(connection: sqlite3.Connection) -> Campaign:
    """Return the campaign of this file.

    Raises:
        NoCampaign: it has none; `init` always writes one.
    """
    row = connection.execute("SELECT code, name, version, source, pinned_on FROM campaign").fetchone()
    if row is None:
        raise NoCampaign
    return Campaign(*row)


def pin(connection: sqlite3.Connection, day: str | None) -> None:
    """Make `day` the file's own day, or give it back to the calendar."""
    connection.execute("UPDATE campaign SET pinned_on = ?", (day,))


# The definition's lists, which all have id, code and name. A rank's name is its code.
_LISTS = {
    name: f"SELECT id, code, name FROM {name} ORDER BY id"  # noqa: S608 (names from this line)
    for name in ("batch", "phase", "milestone", "task", "item", "sector", "category")
} | {"rank": "SELECT id, name, name FROM rank ORDER BY id"}


def entries(connection: sqlite3.Connection, name: str) -> list[Entry]:
    """Return the entries of one of the definition's lists, in its order."""
    return [Entry(*row) for row in connection.execute(_LISTS[name])]


def aliases(connection: sqlite3.Connection, name: str) -> list[tuple[int, str]]:
    """Return (id, other name) for each entry of the lists "sector", "category" and "rank" that has other names."""
    rows = connection.execute(f"SELECT id, aliases FROM {name} ORDER BY id")  # noqa: S608 (three known names)
    return [(id_, alias) for id_, text in rows for alias in text.split()]


def milestone_scopes(connection: sqlite3.Connection) -> dict[int, set[tuple[str, str]]]:
    """Return what each milestone applies to: pairs of kind and sector code, "" being any sector."""
    scopes: dict[int, set[tuple[str, str]]] = {}
    for id_, kind, sector in connection.execute("SELECT milestone_id, kind, sector FROM milestone_scope"):
        scopes.setdefault(id_, set()).add((kind, sector))
    return scopes


def required_milestones(connection: sqlite3.Connection) -> set[int]:
    """Return the milestones that are owed, and not only possible."""
    return {id_ for (id_,) in connection.execute("SELECT id FROM milestone WHERE required")}


def not_by_date(connection: sqlite3.Connection) -> set[int]:
    """Return the milestones that are reached through a survey alone."""
    return {id_ for (id_,) in connection.execute("SELECT id FROM milestone WHERE NOT by_date")}


def playing(connection: sqlite3.Connection, role: str) -> set[int]:
    """Return the milestones that play a role."""
    return {id_ for (id_,) in connection.execute("SELECT id FROM milestone WHERE role = ?", (role,))}


def rule(connection: sqlite3.Connection, code: str) -> int | None:
    """Return the number of a rule; None where the campaign has none of that code."""
    row = connection.execute("SELECT value FROM rule WHERE code = ?", (code,)).fetchone()
    return None if row is None else int(row[0])


def study_tasks(connection: sqlite3.Connection) -> set[str]:
    """Return the codes of the tasks that are not done while a missed study session is open (D27)."""
    return {code for (code,) in connection.execute("SELECT code FROM task WHERE study = 1")}


def rules(connection: sqlite3.Connection) -> list[tuple[str, int, str]]:
    """Return the rules as they stand in the file: code, value, words."""
    return connection.execute("SELECT code, value, text FROM rule ORDER BY code").fetchall()


def set_rule(connection: sqlite3.Connection, code: str, value: int) -> None:
    """Give a rule another value; the same value changes nothing."""
    connection.execute("UPDATE rule SET value = ?2 WHERE code = ?1 AND value <> ?2", (code, value))


def save(connection: sqlite3.Connection, definition: "Definition") -> None:
    """Write a whole definition into a file that has none yet."""
    put = connection.execute
    many = connection.executemany
    put(
        "INSERT INTO campaign (id, code, name, version, source, definition) VALUES (1, ?, ?, ?, ?, ?)",
        (definition.code, definition.name, definition.version, definition.source, definition.text),
    )
    for topic, texts in (("goal", definition.goals), ("principle", definition.principles)):
        many(
            "INSERT INTO campaign_text (topic, seq, text) VALUES (?, ?, ?)",
            [(topic, seq, text) for seq, text in enumerate(texts, start=1)],
        )
    many("INSERT INTO rule (code, value, text) VALUES (?, ?, ?)", definition.rules)
    many(
        "INSERT INTO batch (code, name, starts_on, ends_on, scope, sectors) VALUES (?, ?, ?, ?, ?, ?)",
        [(*batch[:-1], " ".join(batch.sectors)) for batch in definition.batches],
    )
    many("INSERT INTO phase (code, name, first_day, last_day) VALUES (?, ?, ?, ?)", definition.phases)
    phases = {phase.code: phase.id for phase in entries(connection, "phase")}
    for milestone in definition.milestones:
        cursor = put(
            "INSERT INTO milestone (code, name, phase_id, due_day, required, by_date, role, evidence)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                milestone.code,
                milestone.name,
                phases[milestone.phase],
                milestone.due_day,
                milestone.required,
                milestone.by_date,
                milestone.role,
                milestone.evidence,
            ),
        )
        many(
            "INSERT OR IGNORE INTO milestone_scope (milestone_id, kind, sector) VALUES (?, ?, ?)",
            [(cursor.lastrowid, kind, sector) for kind in milestone.kinds for sector in milestone.sectors or ("",)],
        )
    many(
        "INSERT INTO task (code, name, phase_id, due_day, study) VALUES (?, ?, ?, ?, ?)",
        [(task.code, task.name, phases[task.phase], task.due_day, task.study) for task in definition.tasks],
    )
    many("INSERT INTO item (code, name, counted, role) VALUES (?, ?, ?, ?)", definition.items)
    many(
        "INSERT INTO sector (code, name, aliases, study, problems, organ) VALUES (?, ?, ?, ?, ?, ?)",
        [(s.code, s.name, " ".join(s.aliases), s.study, s.problems, s.organ) for s in definition.sectors],
    )
    many(
        "INSERT INTO category (code, name, aliases) VALUES (?, ?, ?)",
        [(c.code, c.name, " ".join(c.aliases)) for c in definition.categories],
    )
    many(
        "INSERT INTO rank (name, aliases) VALUES (?, ?)",
        [(rank.name, " ".join(rank.aliases)) for rank in definition.ranks],
    )


def phases_in_use(connection: sqlite3.Connection) -> bool:
    """Tell whether a phase was ever closed in this file: every write asks, and nearly every file says no."""
    return connection.execute("SELECT 1 FROM phase_event WHERE event = 'close' LIMIT 1").fetchone() is not None


def focus(connection: sqlite3.Connection, sector_id: int | None) -> tuple[str, str]:
    """Return what units of a sector are to study and to solve (D6); empty texts without a sector."""
    row = connection.execute("SELECT study, problems FROM sector WHERE id = ?", (sector_id,)).fetchone()
    return (str(row[0]), str(row[1])) if row else ("", "")


def set_focus(connection: sqlite3.Connection, sector_id: int, study: str | None, problems: str | None) -> None:
    """Say what units of a sector are to study and to solve; None leaves a text as it is."""
    connection.execute(
        "UPDATE sector SET study = coalesce(?2, study), problems = coalesce(?3, problems) WHERE id = ?1"
        " AND (study, problems) <> (coalesce(?2, study), coalesce(?3, problems))",
        (sector_id, study, problems),
    )


def counted_items(connection: sqlite3.Connection) -> set[int]:
    """Return the items that are counted: the nine ones, not the four leads."""
    return {id_ for (id_,) in connection.execute("SELECT id FROM item WHERE counted")}


def definition_text(connection: sqlite3.Connection) -> str:
    """Return the TOML text of the definition as it was applied."""
    return str(connection.execute("SELECT definition FROM campaign").fetchone()[0])

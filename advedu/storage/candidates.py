"""What the tab key may complete to: codes that begin with what was typed, with a name beside each.

Of thousands a shell could only show the first, and would take what these have in common for what all have. So where
there are too many, the answer is the next letters that there are, each with their number.
"""

import sqlite3
from typing import NamedTuple

# No code and no name has a character beyond this one.
_LAST = "\U0010ffff"


class Candidate(NamedTuple):
    """What may stand in the place of what was typed; `whole` is False for the beginning of several codes."""

    value: str
    description: str
    whole: bool = True


def coded(connection: sqlite3.Connection, kind: str, typed: str, most: int) -> list[Candidate]:
    """Return the units ("unit") or members ("member") whose code begins with what was typed, or their beginnings."""
    gone = "closed_on" if kind == "unit" else "left_on"
    # Who has left or was closed can still be named, but is offered only by a code that is almost typed out.
    rows = connection.execute(
        f"SELECT code, name FROM {kind} WHERE code >= ?1 AND code < ?2 AND {gone} IS NULL"  # noqa: S608 (ours)
        " ORDER BY code LIMIT ?3",
        (typed, typed + _LAST, most + 1),
    ).fetchall()
    if len(rows) <= most:
        return [Candidate(code, name) for code, name in rows]
    return _beginnings(connection, kind, gone, typed, most)


def _beginnings(connection: sqlite3.Connection, kind: str, gone: str, typed: str, most: int) -> list[Candidate]:
    length = len(typed)
    while True:
        length += 1
        rows = connection.execute(
            f"SELECT substr(code, 1, ?3), count(*), min(code), min(name) FROM {kind}"  # noqa: S608 (ours)
            f" WHERE code >= ?1 AND code < ?2 AND {gone} IS NULL GROUP BY 1 ORDER BY 1 LIMIT ?4",
            (typed, typed + _LAST, length, most),
        ).fetchall()
        # More than `most` codes differ somewhere, so this ends.
        if len(rows) > 1:
            return [
                Candidate(start, f"… ({count})", whole=False) if count > 1 else Candidate(code, name)
                for start, count, code, name in rows
            ]


def named(connection: sqlite3.Connection, kind: str, typed: str, most: int) -> list[tuple[str, str]]:
    """Return (code, name) of the units or members whose name begins with what was typed."""
    return connection.execute(
        f"SELECT code, name FROM {kind} WHERE substr(name, 1, length(?1)) = ?1 ORDER BY code LIMIT ?2",  # noqa: S608
        (typed, most),
    ).fetchall()


def names(connection: sqlite3.Connection, kind: str) -> list[tuple[str, str]]:
    """Return (code, name) of all units or members."""
    return connection.execute(f"SELECT code, name FROM {kind}").fetchall()  # noqa: S608 (one of two words)


def teams(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return (code, name) of the teams."""
    return connection.execute("SELECT code, name FROM team ORDER BY code").fetchall()


def operations(connection: sqlite3.Connection, most: int) -> list[Candidate]:
    """Return the latest operations with their commands."""
    rows = connection.execute("SELECT id, command FROM operation WHERE changes > 0 ORDER BY id DESC LIMIT ?", (most,))
    return [Candidate(str(number), command) for number, command in rows]

"""A file as the plain district that is in it, read table by table; nothing is asked of the program."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import Any

from tests.independent.model import (
    Closing,
    District,
    Leaving,
    Member,
    Missed,
    Move,
    Session,
    Sheet,
    Transfer,
    Unit,
)

Row = dict[str, Any]


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


class _File:
    """The tables of a file; what a row points to is said by its code."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.codes = {
            table: dict(connection.execute(f"SELECT id, code FROM {table}"))
            for table in ("unit", "member", "batch", "sector", "milestone", "task", "item")
        }

    def rows(self, table: str, order: str = "1") -> Iterator[Row]:
        cursor = self.connection.execute(f"SELECT * FROM {table} ORDER BY {order}")
        names = [column[0] for column in cursor.description]
        for values in cursor:
            yield dict(zip(names, values, strict=True))

    def dated(self, table: str, owner: str, entry: str, on: str) -> dict[tuple[str, str], date]:
        return {
            (self.codes[owner][row[f"{owner}_id"]], self.codes[entry][row[f"{entry}_id"]]): date.fromisoformat(row[on])
            for row in self.rows(table)
        }

    def units(self) -> Iterator[Unit]:
        first: dict[int, int] = {}
        for move in self.rows("unit_move", "moved_on"):
            first.setdefault(move["unit_id"], move["from_parent_id"])
        for row in self.rows("unit"):
            parent = first.get(row["id"], row["parent_id"])
            batch = row["batch_id"]
            yield Unit(
                code=row["code"],
                name=row["name"],
                parent=None if parent is None else self.codes["unit"][parent],
                kind=row["kind"],
                sector=self.codes["sector"].get(row["sector_id"]),
                batch=None if batch is None else int(self.codes["batch"][batch]),
                starts_on=_day(row["starts_on"]),
                opened_on=_day(row["opened_on"]),
            )

    def members(self) -> Iterator[Member]:
        first: dict[int, int] = {}
        for transfer in self.rows("transfer", "moved_on"):
            first.setdefault(transfer["member_id"], transfer["from_unit_id"])
        for row in self.rows("member"):
            yield Member(
                code=row["code"],
                name=row["name"],
                unit=self.codes["unit"][first.get(row["id"], row["unit_id"])],
                leader=bool(row["leader"]),
                arrived_on=_day(row["arrived_on"]),
            )


def district(connection: sqlite3.Connection) -> District:
    """Read everything that figures are counted from."""
    file = _File(connection)
    unit, member, item = file.codes["unit"], file.codes["member"], file.codes["item"]
    rules = dict(connection.execute("SELECT code, value FROM rule"))
    # A session is called by its number here: topics repeat.
    return District(
        units=list(file.units()),
        members=list(file.members()),
        milestone_dates=file.dated("milestone_done", "unit", "milestone", "done_on"),
        milestone_exemptions=file.dated("milestone_exemption", "unit", "milestone", "exempt_on"),
        task_dates=file.dated("task_done", "member", "task", "done_on"),
        task_exemptions=file.dated("task_exemption", "member", "task", "exempt_on"),
        nine_ones=[
            *(
                (member[row["member_id"]], item[row["item_id"]], date.fromisoformat(row["done_on"]))
                for row in file.rows("item_done")
            ),
            # A contact point that is on record fulfils the item, whether or not anybody ticked it.
            *(
                (member[row["member_id"]], code, date.fromisoformat(row["from_on"]))
                for row in file.rows("contact_point")
                for (code,) in connection.execute("SELECT code FROM item WHERE role = 'contact_point'")
            ),
        ],
        transfers=[
            Transfer(member[row["member_id"]], date.fromisoformat(row["moved_on"]), unit[row["to_unit_id"]])
            for row in file.rows("transfer")
        ],
        leavings=[Leaving(row["code"], on) for row in file.rows("member") if (on := _day(row["left_on"]))],
        moves=[
            Move(unit[row["unit_id"]], date.fromisoformat(row["moved_on"]), unit[row["to_parent_id"]])
            for row in file.rows("unit_move")
        ],
        closings=[Closing(row["code"], on) for row in file.rows("unit") if (on := _day(row["closed_on"]))],
        sheets=[
            Sheet(
                unit[row["unit_id"]],
                row["round"],
                row["method"],
                date.fromisoformat(row["held_on"]),
                *(row[grade] for grade in ("satisfied", "fairly", "basically", "dissatisfied", "blank")),
            )
            for row in file.rows("survey")
        ],
        sessions=[
            Session(unit[row["unit_id"]], date.fromisoformat(row["held_on"]), str(row["number"]))
            for row in file.rows("study_session")
        ],
        missed=[
            Missed(str(row["session"]), member[row["member_id"]], _day(row["made_up_on"]))
            for row in file.rows("study_absence")
        ],
        least_percent=rules["survey_least_percent"],
        grades=rules["survey_grades"],
    )

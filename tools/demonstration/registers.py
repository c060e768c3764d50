"""Sheets of the registers: what happened on a day, cut into the weekly files in which it reached the clerk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.demonstration.days import reported
from tools.demonstration.deliveries import Delivery

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from tools.demonstration.deliveries import Kind, Row

_PUBLISHED = "measures_on measures_circle done_on results_on results_circle"
# In the order of delivery on one day: what others refer to comes first. Columns, those of the key first; how many of
# them are the key; what the file is called.
_SHAPES: Mapping[Kind, tuple[str, int, str]] = {
    "units": ("code name kind municipal", 1, "市属单位名单"),
    "members": ("code name unit district_body", 1, "区四套班子领导名单"),
    "posts": ("unit role name from_on to_on title", 3, "主要负责人任免登记"),
    "bodies": ("unit role name from_on to_on post", 3, "领导小组及办公室名单"),
    "absences": ("unit name from_on to_on reason approved_by", 3, "主要负责人外出报备"),
    "teams": ("code name kind batch sender phone", 1, "督导组名单"),
    "cadres": ("team name role rank home from_on", 2, "督导组干部名单"),
    "coverage": ("team unit from_on", 3, "督导组分工表"),
    "sessions": ("unit held_on topic hours", 3, "集中学习登记"),
    "missed-sessions": ("unit session member reason made_up_on mode", 3, "缺课补课登记"),
    "own-milestones": ("unit title planned_on done_on note", 2, "自选动作登记"),
    "visits": ("unit team visited_on who how looked_at", 3, "督导走访登记"),
    "suggestions": ("unit visit text kind owner deadline done_on verified_on verified_by", 3, "督导意见台账"),
    "rectifications": (
        f"unit problem source found_on measure owner deadline {_PUBLISHED}",
        2,
        "突出问题和整改事项",
    ),
    "regulations": ("unit title adopted_on", 2, "规章制度登记"),
    "surveys": (
        "unit round method held_on issued returned valid satisfied fairly basically dissatisfied blank",
        3,
        "群众满意度测评计票汇总",
    ),
    "remedials": ("unit round plan deadline done_on", 2, "测评未通过单位补课登记"),
    "opinions": ("unit received_on channel addressee text count rectification", 5, "征求意见登记"),
    "contact-points": ("unit member from_on", 3, "领导联系点登记"),
    "bulletins": ("unit kind title drafted_on issued_on sources", 4, "区简报编发登记"),
    "models": ("unit member deeds found_on bulletin", 3, "先进典型登记"),
    "publicity": ("unit channel published_on title count", 4, "宣传报道统计"),
    "commendations": ("unit member honour proposed_on awarded_on overridden reason", 3, "七一表彰推荐汇总"),
    "trainings": ("member reason from_on to_on done_on", 1, "公务员末位培训登记"),
    "calls": ("unit called_on said again_on who", 3, "催办记录"),
}
KEYS: Mapping[Kind, tuple[str, ...]] = {
    kind: tuple(columns.split()[:keys]) for kind, (columns, keys, _) in _SHAPES.items()
}


class Sheets:
    """What is still to be delivered: kind and day → the rows, each under its key."""

    def __init__(self, reported: Callable[[date], date | None] = reported) -> None:
        self._reported = reported
        self._files: dict[tuple[Kind, str], dict[Row, Row]] = {}

    def add(self, kind: Kind, happened: date, /, **cells: str) -> None:
        """Let a row arrive in the report after the day on which it happened; never, when that is still to come."""
        day = self._reported(happened)
        if day is not None:
            self.put(kind, day.isoformat(), **cells)

    def put(self, kind: Kind, day: str, /, **cells: str) -> None:
        """Let a row arrive on a day; what the same file says of the same thing is one row."""
        columns = tuple(_SHAPES[kind][0].split())
        row = tuple(cells.pop(name, "") for name in columns)
        if cells:
            raise AssertionError(f"{kind} has no column {', '.join(cells)}")
        rows = self._files.setdefault((kind, day), {})
        key = row[: _SHAPES[kind][1]]
        known = rows.get(key, row)
        rows[key] = tuple(new or old for new, old in zip(row, known, strict=True))

    def records(self, kind: Kind) -> list[dict[str, str]]:
        """Give what is told of each thing by all files together."""
        columns, keys, _ = _SHAPES[kind]
        found: dict[Row, dict[str, str]] = {}
        for (other, _day), rows in sorted(self._files.items(), key=lambda item: item[0][1]):
            for key, row in rows.items() if other == kind else ():
                told = {name: cell for name, cell in zip(columns.split(), row, strict=True) if cell}
                found.setdefault(key[:keys], {}).update(told)
        return list(found.values())

    def deliveries(self) -> Iterator[Delivery]:
        """Give the files; those of one day in the order in which they can be entered."""
        order = list(_SHAPES)
        for (kind, day), rows in sorted(self._files.items(), key=lambda item: (item[0][1], order.index(item[0][0]))):
            columns, _, title = _SHAPES[kind]
            source = f"{title}（{int(day[5:7])}月{int(day[8:])}日）.csv"
            yield Delivery(kind, day, source, tuple(columns.split()), tuple(rows.values()))

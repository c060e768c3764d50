"""The demonstration district: a full-size 瓯海区 with real place names and made-up people.

`build` returns plain rows in the columns of the program's own imports, in the order in which a clerk's office
received them, and the few things that were recorded by hand; it reads no clock and writes nothing. The rows
are the same on every machine and every Python, so documents and tests may quote figures of this district.

`divisions.csv` holds the real towns, subdistricts, communities and villages with their statistical codes,
from the public package china-division 2.7.0 (WTFPL). `organs.txt` holds the district's own organs. Every
person, every firm and everything that anybody does or fails to do here is made up.

    model.py      what `build` returns, and the figures it must come to
    places.py     the units, from divisions.csv, organs.txt and invented enterprises
    names.py      surnames and given names
    people.py     the members, and who heads which unit
    changes.py    what happens by hand: transfers, leavings, moves, closings, exemptions
    days.py       working days, and the days on which units report
    tree.py       what is above a unit, and when it starts
    pace.py       how fast each unit works; where the trouble is
    progress.py   the milestones that follow from the pace
    checklists.py tasks of members, nine ones and four leads of leaders
    leading.py    leading bodies, changes of chiefs, absences, contact points
    doing.py      study sessions, opinions, problems, milestones of the units' own
    supervision.py the ten teams: cadres, coverage, visits, suggestions
    telling.py    bulletins, models, publicity, trainings, calls
    phasing.py    which phases were opened, signed off and closed
    sheets.py     the columns of these registers, and the weekly files they came in
    district.py   all of it together, cut into deliveries
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from advedu.demo.model import DemoDistrict

__all__ = ["build"]


def build() -> DemoDistrict:
    """Make the district up: always the same one."""
    # Imported here: every command loads this package's name, only `advedu demo` needs what is behind it.
    from advedu.demo.district import assemble

    return assemble()

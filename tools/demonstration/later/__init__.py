"""What happened in the district from the first pinned day, 21 March 2005, to the last, 20 June 2006.

calendar.py       working days, the days on which units report, those on which phases were gone through
course.py         how each unit goes on: its milestones, its survey rounds, when its phases close
checklists.py     tasks and missed sessions of members, nine ones and contact points of leaders
rectification.py  opinions, problems put right and published, rules adopted, surveys, remedial work
supervision.py    teams of the later batches, inspection teams of towns, visits, suggestions
office.py         bulletins, models, publicity, trainings, calls, commendations, changes of people
continued.py      all of it together, cut into deliveries
"""

from tools.demonstration.later.whole import continued

__all__ = ["continued"]

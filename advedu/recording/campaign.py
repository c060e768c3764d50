"""The rules by which a changed definition replaces the one in a file."""

import sqlite3
from typing import NamedTuple

from advedu import errors
from advedu.i18n import N_, _
from advedu.rules.definition import MOST_TASKS, Definition
from advedu.storage import campaign, definitions
from advedu.values.text import shortened
from advedu.values.wording import filled

# A message that lists entries stays readable up to here.
_OUTSIDE = N_("{milestone} no longer applies to {count} of its records: they stay in the file, outside the figures")
_SAME_VERSION = N_("the version is still {version}: raise it, so that reports tell the two apart")


class Applied(NamedTuple):
    """The definition before and after, and what the clerk should know about the change."""

    before: Definition
    after: Definition
    warnings: list[str]


def apply(connection: sqlite3.Connection, path: str, definition: Definition) -> Applied:
    """Make the file hold a changed definition of its campaign; inside an operation.

    Entries are told by their codes. What was done stays: an entry with records cannot be left out.

    Raises:
        CampaignDiffers: it is another campaign's definition.
        VersionBack: the file holds a later version.
        EntriesInUse: records stand on what the definition leaves out.
        CampaignInvalid: it has more tasks than a file has room for.
    """
    held = campaign.head(connection)
    if definition.code != held.code:
        raise errors.CampaignDiffers(path=path, wanted=definition.code, held=held.code)
    if definition.version < held.version:
        raise errors.VersionBack(path=path, wanted=definition.version, held=held.version)
    plan = definitions.Plan(connection, definition)
    if in_use := [each for each in plan.removed() if each.records]:
        named = shortened(in_use, lambda each: f"{each.label} ({each.records})")
        raise errors.EntriesInUse(path=path, entries=named)
    if plan.new_keys("task") > MOST_TASKS:
        why = _("a file has room for {count} tasks, those that were taken out included").format(count=MOST_TASKS)
        raise errors.CampaignInvalid(path=path, where="tasks", why=why)
    before, outside = definitions.stored(connection), definitions.outside_scope(connection)
    same_entries = plan.same_entries
    plan.carry_out()
    warnings = [
        filled(_OUTSIDE, {"milestone": milestone, "count": count - outside.get(milestone, 0)})
        for milestone, count in definitions.outside_scope(connection).items()
        if count > outside.get(milestone, 0)
    ]
    if not same_entries and definition.version == held.version:
        warnings.append(filled(_SAME_VERSION, {"version": held.version}))
    return Applied(before, definitions.stored(connection), warnings)

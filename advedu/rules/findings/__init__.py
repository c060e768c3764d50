"""What may be found wrong: the catalogue of findings, by code. Pure: texts and levels, no SQL and no terminal.

To add one: its entry in the file of its subject here, and its source: a file of that name in
`storage/queries/findings/`, or a line in `SOURCES` of `reports/computed.py` where SQL is not enough. Tests tell what is
missing.
"""

from __future__ import annotations

from advedu.rules.findings import bodies, rectification, study, teams, units
from advedu.rules.findings.declaration import LEVELS, Finding

__all__ = ["CATALOGUE", "LEVELS", "Finding", "ordered"]

_EVERY = (*units.FINDINGS, *bodies.FINDINGS, *study.FINDINGS, *rectification.FINDINGS, *teams.FINDINGS)
# By level, the gravest first, then by code: the order in which they are listed.
CATALOGUE = {each.code: each for each in sorted(_EVERY, key=lambda each: (list(LEVELS).index(each.level), each.code))}


def ordered(codes: set[str]) -> list[Finding]:
    """Return some findings in the order of the catalogue."""
    return [each for code, each in CATALOGUE.items() if code in codes]

"""Chance that falls the same way everywhere.

Only methods of `random.Random` are used whose results have not changed between versions of Python: `random`,
`randrange`, `choice` and `shuffle`.
"""

from __future__ import annotations

from random import Random


def seeded(seed: int) -> Random:
    """Give a generator of its own to one part of the district, so that the parts do not shake each other."""
    return Random(seed)  # noqa: S311


def chance(rng: Random, share: float) -> bool:
    """Be true in that share of all cases."""
    return rng.random() < share


def distinct(rng: Random, among: int, count: int) -> list[int]:
    """Draw that many different numbers below `among`."""
    # A dict keeps the order of drawing; a set would not promise any.
    drawn: dict[int, None] = {}
    while len(drawn) < count:
        drawn[rng.randrange(among)] = None
    return list(drawn)

"""How long the demonstration district takes to make: a hundred imports and two hundred entries by hand."""

from __future__ import annotations

from functools import partial

import prepare
from measure import Candidate, Figure, piped, race

ROUNDS = 5


def figures() -> list[Figure]:
    target = prepare.DATA / "made.db"
    times = race(
        {
            "advedu demo": Candidate(
                piped(prepare.ADVEDU, "demo", "--output", target), partial(target.unlink, missing_ok=True)
            )
        },
        ROUNDS,
    )
    return [Figure("advedu demo", times.shown("advedu demo"))]

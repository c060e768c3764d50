"""Where members stood, in eight bytes each."""

from __future__ import annotations

from advedu.importing.seen import Seen


def test_the_first_mention_is_kept() -> None:
    seen = Seen()
    seen.added(5, "a.csv", [2, 3, 9])
    assert seen.first(6, "b.csv", 4) == ("a.csv", 3)
    assert seen.first(2, "b.csv", 5) == ("b.csv", 5)
    assert seen.first(2, "c.csv", 6) == ("b.csv", 5)
    assert seen.first(100, "c.csv", 1_500_000) == ("c.csv", 1_500_000)
    seen.added(101, "c.csv", [7])
    assert seen.first(101, "d.csv", 8) == ("c.csv", 7)

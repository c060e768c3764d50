"""One property, many examples: shared among several tests, so that they can run on several cores."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis.strategies import SearchStrategy


def spread(
    examples: int, parts: int, checks: list[HealthCheck], **strategies: SearchStrategy[Any]
) -> Callable[[Callable[..., None]], Callable[[int], None]]:
    """Hold a property against so many examples in all; each part draws its own."""
    assert examples % parts == 0

    def shared(check: Callable[..., None]) -> Callable[[int], None]:
        @pytest.mark.long
        @pytest.mark.parametrize("part", range(parts))
        def test(part: int) -> None:
            limits = settings(max_examples=examples // parts, deadline=None, suppress_health_check=checks)
            seed(part)(limits(given(**strategies)(check)))()

        test.__name__, test.__doc__ = check.__name__, check.__doc__
        return test

    return shared

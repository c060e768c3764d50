"""Lines for standard error: errors, warnings and hints, in the user's language and harmless for a terminal."""

from __future__ import annotations

from advedu.errors import AdveduError
from advedu.i18n import _
from advedu.text import neutralise


def filled(template: str, values: dict[str, object]) -> str:
    """Translate a template and fill it in; values are made harmless first, since they may come from a file."""
    return _(template).format(**{name: neutralise(str(value)) for name, value in values.items()})


def error_lines(error: AdveduError) -> list[str]:
    """Return what a user reads of an error: one line what is wrong, one line what to do."""
    lines = [filled(error.message, error.values)]
    # A suggestion that has nothing to suggest is left out.
    empty = any(f"{{{name}}}" in error.hint and not value for name, value in error.values.items())
    if error.hint and not empty:
        lines.append(filled(error.hint, error.values))
    return lines

"""Lines for standard error: errors, warnings and hints, in the user's language and harmless for a terminal."""

from __future__ import annotations

import errno

from advedu.errors import AdveduError
from advedu.i18n import N_, _
from advedu.values.text import neutralise


def filled(template: str, values: dict[str, object]) -> str:
    """Translate a template and fill it in; values are made harmless first, since they may come from a file."""
    return _(template).format(**{name: neutralise(str(value)) for name, value in values.items()})


_REASONS = {
    errno.ENOENT: N_("there is no such file or folder"),
    errno.EACCES: N_("no permission"),
    errno.EPERM: N_("no permission"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EFBIG: N_("the file grows too large"),
    errno.EROFS: N_("the disk cannot be written to"),
    errno.EISDIR: N_("this is a folder"),
    errno.ENOTDIR: N_("a part of the path is no folder"),
    errno.EEXIST: N_("something of that name exists already"),
}


def reason(error: OSError) -> str:
    """Return why the system refused, in the user's language where the reason is a common one."""
    known = _REASONS.get(error.errno or 0)
    return _(known) if known else error.strerror or str(error)


def and_more(count: int, where: str = "") -> str:
    """Return what stands below the first of many: how many more there are, and what shows them."""
    if not where:
        return _("… and {count} more").format(count=count)
    return _("… and {count} more: {where}").format(count=count, where=where)


def first_alone(shown: int, count: int, things: str) -> str:
    """Return the note that of `count` things (in the user's language) the first are shown."""
    text = _("The first {shown} of {count} {things} are shown; --format json has them all.")
    return text.format(shown=shown, count=count, things=things)


def error_lines(error: AdveduError) -> list[str]:
    """Return what a user reads of an error: one line what is wrong, one line what to do."""
    lines = [filled(error.message, error.values)]
    # A suggestion that has nothing to suggest is left out.
    empty = any(f"{{{name}}}" in error.hint and not value for name, value in error.values.items())
    hint = error.otherwise if empty else error.hint
    if hint:
        lines.append(filled(hint, error.values))
    return lines

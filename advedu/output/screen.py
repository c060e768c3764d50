"""What the place where people read can do: its width, its colours, its characters."""

import shutil
from collections.abc import Mapping
from typing import NamedTuple, TextIO

from advedu.output import windows


class Screen(NamedTuple):
    """Where text for people goes.

    Attributes:
        width: columns, or None where nothing cuts (a pipe, a file).
        colour: whether colours are wanted and understood.
        blocks: whether block characters can be shown in the stream's encoding.
        encoding: the stream's encoding where it lacks characters, so that what stands for them is measured too.
        height: lines, or None where nobody could leaf through what is longer.
    """

    width: int | None
    colour: bool
    blocks: bool
    encoding: str | None = None
    height: int | None = None


def screen(
    stream: TextIO,
    environ: Mapping[str, str],
    *,
    no_color: bool = False,
    keys: TextIO | None = None,
) -> Screen:
    """Return what a stream can do: NO_COLOR, TERM=dumb and --no-color switch colours off.

    With a terminal for `keys` too, what is longer than the screen may go through a pager.
    """
    terminal = stream.isatty()
    colour = terminal and not no_color and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"
    colour = colour and windows.colours_understood()
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        "█░✓".encode(encoding)
        blocks = True
    except (UnicodeEncodeError, LookupError):
        blocks = False
    whole = encoding.lower().replace("-", "").replace("_", "").startswith("utf")
    columns, lines = shutil.get_terminal_size()
    leafs = terminal and keys is not None and keys.isatty() and environ.get("TERM") != "dumb"
    return Screen(columns if terminal else None, colour, blocks, None if whole else encoding, lines if leafs else None)

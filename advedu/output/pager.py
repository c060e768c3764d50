"""A pager for what is longer than the screen, as git and man use one."""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from typing import TextIO

# less: leave at once when all fits, show colours, leave the text on the screen. Only where the user says nothing else.
_LESS = {"LESS": "FRX", "LESSCHARSET": "utf-8"}
# What somebody writes who wants none.
_NONE = ("", "cat")


def command(environ: Mapping[str, str]) -> list[str]:
    """Return the words of the pager: ADVEDU_PAGER, else PAGER, else less where there is one; [] for none."""
    for name in ("ADVEDU_PAGER", "PAGER"):
        if (wanted := environ.get(name)) is not None:
            return [] if wanted.strip() in _NONE else shlex.split(wanted, posix=os.name != "nt")
    return ["less"] if shutil.which("less") else []


def show(text: str, words: list[str], stream: TextIO) -> None:
    """Let a pager show a text; where it cannot be started, write the text to the stream."""
    environ = {**_LESS, **os.environ}
    try:
        # The words are the user's own, and no shell reads them.
        process = subprocess.Popen(words, stdin=subprocess.PIPE, env=environ)  # noqa: S603
    except OSError:
        stream.write(text)
        return
    assert process.stdin is not None
    encoding = getattr(stream, "encoding", None) or sys.getdefaultencoding()
    # Whoever has seen enough leaves the pager while we still write.
    with contextlib.suppress(OSError), process.stdin as pipe:
        pipe.write(text.encode(encoding, "backslashreplace"))
    while process.poll() is None:
        # ctrl-c is the pager's own key: it stops a search, and less goes on.
        with contextlib.suppress(KeyboardInterrupt):
            process.wait()

"""What a Windows console needs to be told."""

from __future__ import annotations

import sys

# As the Windows API numbers them.
_STANDARD_OUTPUT = -11
_PROCESS_OUTPUT, _UNDERSTAND_COLOURS = 1, 4


def colours_understood() -> bool:
    """Say whether the terminal on standard output takes colours; a Windows console is asked to, an old one cannot."""
    if sys.platform != "win32":
        return True
    import ctypes

    api = ctypes.windll.kernel32
    handle = api.GetStdHandle(_STANDARD_OUTPUT)
    mode = ctypes.c_ulong()
    if not api.GetConsoleMode(handle, ctypes.byref(mode)):
        # No console of Windows' own, such as that of git: it takes colours by itself.
        return True
    return bool(api.SetConsoleMode(handle, mode.value | _PROCESS_OUTPUT | _UNDERSTAND_COLOURS))

"""The program with a step at which it kills itself: `python -m tests.torture.dying POINT WHEN WORD…`."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from advedu import output
from advedu.__main__ import main
from advedu.commands import import_once, watch
from advedu.importing import run, sources
from advedu.importing.inbox import Inbox

POINTS: dict[str, tuple[Any, str]] = {
    "claim": (Inbox, "claim"),
    "read": (sources, "read"),
    "backup": (import_once.backups, "automatic"),
    "apply": (run, "apply"),
    "import": (watch.import_once, "imported"),
    "errors": (output, "save"),
    "settle": (Inbox, "settle"),
}


def dying(function: Callable[..., Any], when: str) -> Callable[..., Any]:
    def step(*args: Any, **options: Any) -> Any:
        if when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = function(*args, **options)
        os.kill(os.getpid(), signal.SIGKILL)
        return result

    return step


if __name__ == "__main__":
    place, name = POINTS[sys.argv[1]]
    setattr(place, name, dying(getattr(place, name), sys.argv[2]))
    sys.argv[1:] = sys.argv[3:]
    main()

"""What works on a file in a process of its own: `python -m tests.torture.workers NAME FILE …`.

Each prints a line of JSON at its end, which comes after so many rounds or when its standard input is closed.
"""

from __future__ import annotations

import json
import select
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

from tests.torture.support import call


def told_to_stop() -> bool:
    return bool(select.select([sys.stdin], [], [], 0)[0])


def ready() -> None:
    print("ready", flush=True)


def write(db: Path, who: str, unit: str, rounds: str) -> dict[str, object]:
    """Edit one unit again and again; 0 rounds are endless."""
    done, failed, longest = 0, [], 0.0
    ready()
    while (done + len(failed) < int(rounds)) if int(rounds) else not told_to_stop():
        begin = time.perf_counter()
        answer = call(db, "unit", "edit", unit, "--chief", f"{who}-{done + len(failed):04}", "--user", who)
        longest = max(longest, time.perf_counter() - begin)
        if answer.code:
            failed.append(answer.err)
        else:
            done += 1
    return {"done": done, "failed": failed, "longest": longest}


def read(db: Path) -> dict[str, object]:
    """Ask for the status through the program and for a count past it, until told to stop."""
    asked, failed, longest = 0, [], 0.0
    # The first call loads the program.
    call(db, "status")
    ready()
    while not told_to_stop():
        begin = time.perf_counter()
        answer = call(db, "status", "--format", "json")
        middle = time.perf_counter()
        with closing(sqlite3.connect(db, timeout=30)) as connection:
            connection.execute("SELECT count(*) FROM member").fetchone()
        longest = max(longest, middle - begin, time.perf_counter() - middle)
        asked += 2
        if answer.code:
            failed.append(answer.err)
    return {"asked": asked, "failed": failed, "longest": longest}


if __name__ == "__main__":
    part = {"write": write, "read": read}[sys.argv[1]]
    print(json.dumps(part(Path(sys.argv[2]), *sys.argv[3:])))

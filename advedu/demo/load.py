"""The demonstration district → a file, through the program's own imports and verbs, day by day."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from advedu.demo import build
from advedu.demo.model import MEMBERS, PINNED_DAY, UNITS, Delivery, Event
from advedu.importing import run
from advedu.importing.sources import ReadFile, Sheet
from advedu.naming import resolve
from advedu.nouns.model import Author, Unit
from advedu.recording import done, ledger, members, phases, units
from advedu.recording.phases import Override
from advedu.rules import definition
from advedu.storage import campaign, connection, phase_events
from advedu.storage.history import Operation, Source, operation

# Nobody at a real keyboard wrote this.
WHO, HOST = "demo", "demo"


def load(path: Path, tick: Callable[[int, int], None] | None = None) -> None:
    """Make the demonstration file; `tick(done, of)` is told how far it is.

    Raises:
        FileExists: something is there already; it is not touched.
    """
    district = build()
    file = connection.create(path)
    try:
        # Until it is whole nobody uses it, and if this is interrupted it is removed.
        connection.without_waiting(file)
        first = min(step.day for step in district.steps())
        _write(file, "init", first, lambda _: campaign.save(file, definition.load("advanced-nature-2005")))
        steps = list(district.steps())
        for number, step in enumerate(steps, start=1):
            if isinstance(step, Delivery):
                _deliver(file, step)
            else:
                _record(file, step)
            if tick:
                tick(number, len(steps))
        _write(
            file,
            f"ledger set --units {UNITS} --members {MEMBERS}",
            PINNED_DAY,
            lambda _: ledger.set_baseline(file, PINNED_DAY, UNITS, MEMBERS, PINNED_DAY),
        )
        _write(file, f"pin {PINNED_DAY}", PINNED_DAY, lambda _: campaign.pin(file, PINNED_DAY))
    except BaseException:
        file.close()
        path.unlink(missing_ok=True)
        raise
    file.close()


def _write(
    file: sqlite3.Connection,
    command: str,
    day: str,
    body: Callable[[Operation], None],
    source: Source | None = None,
) -> None:
    author = Author(WHO, HOST, f"advedu {command}")
    # The demonstration is the same whenever it is made, so its history goes by its own days.
    with operation(file, author, day, source=source, at=f"{day}T09:00:00+00:00") as under_way:
        body(under_way)


def _deliver(file: sqlite3.Connection, delivery: Delivery) -> None:
    rows = [delivery.columns, *delivery.rows]
    source = Source(delivery.source, delivery.sha256())
    prepared = run.understood(file, delivery.kind, [ReadFile(delivery.source, source, [Sheet(None, rows)])])

    def body(under_way: Operation) -> None:
        batch = run.apply(file, under_way, prepared, today=delivery.day)
        if batch.errors:
            raise AssertionError(f"{delivery.source}: {batch.errors[0].message} (row {batch.errors[0].row})")

    _write(file, f"import {delivery.kind} {delivery.source}", delivery.day, body, source)


def _record(file: sqlite3.Connection, event: Event) -> None:
    given = dict(event.arguments)
    named = " ".join(value if name != "units" else _shortened(value) for name, value in given.items())

    def body(_: Operation) -> None:
        _VERBS[event.verb](file, given, event.day)

    _write(file, f"{event.verb} {named}", event.day, body)


def _move(file: sqlite3.Connection, given: dict[str, str], day: str) -> None:
    units.move(file, resolve.unit(file, given["unit"]), resolve.unit(file, given["parent"]).id, day, None, day)


def _close(file: sqlite3.Connection, given: dict[str, str], day: str) -> None:
    units.close(file, resolve.unit(file, given["unit"]), day, given["reason"])


def _transfer(file: sqlite3.Connection, given: dict[str, str], day: str) -> None:
    members.transfer(file, resolve.member(file, given["member"]), resolve.unit(file, given["unit"]), day, None, day)


def _leave(file: sqlite3.Connection, given: dict[str, str], day: str) -> None:
    members.leave(file, resolve.member(file, given["member"]), day, given["reason"])


def _exempt_unit(file: sqlite3.Connection, given: dict[str, str], day: str) -> None:
    milestone = resolve.entry(file, "milestone", given["milestone"])
    done.exempt(file, resolve.unit(file, given["unit"]), milestone, day, given["reason"], day)


def _exempt_member(file: sqlite3.Connection, given: dict[str, str], day: str) -> None:
    task = resolve.entry(file, "task", given["task"])
    done.exempt(file, resolve.member(file, given["member"]), task, day, given["reason"], day)


def _shortened(codes: str) -> str:
    """Name a few of many units: a line of the history is to be read."""
    first, *others = codes.split()
    return f"{first} … ({1 + len(others)})" if others else first


def _phase(file: sqlite3.Connection, given: dict[str, str]) -> tuple[list[Unit], phase_events.PlannedPhase]:
    wanted = next(phase for phase in phase_events.phases(file) if phase.code == given["phase"])
    return [resolve.unit(file, code) for code in given["units"].split()], wanted


def _open_phase(file: sqlite3.Connection, given: dict[str, str], day: str) -> None:
    chosen, phase = _phase(file, given)
    for unit in chosen:
        phases.open_(file, unit, phase, day, Override(), day)


def _sign_off(file: sqlite3.Connection, given: dict[str, str], day: str) -> None:
    chosen, phase = _phase(file, given)
    for unit in chosen:
        phases.sign_off(file, unit, phase, day, day)


def _close_phase(file: sqlite3.Connection, given: dict[str, str], day: str) -> None:
    chosen, phase = _phase(file, given)
    held = phases.close(file, chosen, phase, day, Override(given.get("reason")), day)
    if held:
        raise AssertionError(held[0].in_words)


_VERBS: dict[str, Callable[[sqlite3.Connection, dict[str, str], str], None]] = {
    "unit move": _move,
    "unit close": _close,
    "member transfer": _transfer,
    "member leave": _leave,
    "milestone exempt": _exempt_unit,
    "task exempt": _exempt_member,
    "phase open": _open_phase,
    "phase sign-off": _sign_off,
    "phase close": _close_phase,
}

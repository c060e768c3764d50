"""The steps of the demonstration → a file, through the program's own imports and verbs, day by day."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

from advedu.demo.archive import Archive, Step
from advedu.importing import run, separated
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


def load(path: Path, day: str, tick: Callable[[int, int], None] | None = None) -> None:
    """Make the demonstration file as it stood on a day; `tick(done, of)` is told how far it is.

    Raises:
        FileExists: something is there already; it is not touched.
    """
    archive = Archive()
    steps = list(archive.steps(day))
    file = connection.create(path)
    try:
        # Until it is whole nobody uses it, and if this is interrupted it is removed.
        connection.without_waiting(file)
        _write(file, steps[0].day, "init", lambda _: campaign.save(file, definition.load("advanced-nature-2005")))
        for number, step in enumerate(steps, start=1):
            if step.verb == "import":
                _import(file, step, archive.sheet(step.given["file"]))
            else:
                _record(file, step)
            if tick:
                tick(number, len(steps))
        _write(file, day, f"pin {day}", lambda _: campaign.pin(file, day))
    except BaseException:
        file.close()
        path.unlink(missing_ok=True)
        raise
    file.close()


def _write(
    file: sqlite3.Connection, day: str, command: str, body: Callable[[Operation], None], source: Source | None = None
) -> None:
    author = Author(WHO, HOST, f"advedu {command}")
    # The demonstration is the same whenever it is made, so its history goes by its own days.
    with operation(file, author, day, source=source, at=f"{day}T09:00:00+00:00") as under_way:
        body(under_way)


def _import(file: sqlite3.Connection, step: Step, content: bytes) -> None:
    source = Source(step.source, sha256(content).hexdigest())
    rows = separated.rows(content)
    assert rows is not None
    prepared = run.understood(file, step.given["kind"], [ReadFile(source.name, source, [Sheet(None, rows)])])

    def body(under_way: Operation) -> None:
        batch = run.apply(file, under_way, prepared, today=step.day)
        if batch.errors:
            raise AssertionError(f"{step.given['file']}: {batch.errors[0].message} (row {batch.errors[0].row})")

    _write(file, step.day, step.noted, body, source)


def _record(file: sqlite3.Connection, step: Step) -> None:
    _write(file, step.day, step.noted, lambda _: _VERBS[step.verb](file, step.given, step.day))


Given = Mapping[str, str]


def _move(file: sqlite3.Connection, given: Given, day: str) -> None:
    units.move(file, resolve.unit(file, given["unit"]), resolve.unit(file, given["parent"]).id, day, None, day)


def _close(file: sqlite3.Connection, given: Given, day: str) -> None:
    units.close(file, resolve.unit(file, given["unit"]), day, given["reason"])


def _transfer(file: sqlite3.Connection, given: Given, day: str) -> None:
    members.transfer(file, resolve.member(file, given["member"]), resolve.unit(file, given["unit"]), day, None, day)


def _leave(file: sqlite3.Connection, given: Given, day: str) -> None:
    members.leave(file, resolve.member(file, given["member"]), day, given["reason"])


def _exempt_unit(file: sqlite3.Connection, given: Given, day: str) -> None:
    milestone = resolve.entry(file, "milestone", given["milestone"])
    done.exempt(file, resolve.unit(file, given["unit"]), milestone, day, given["reason"], day)


def _exempt_member(file: sqlite3.Connection, given: Given, day: str) -> None:
    task = resolve.entry(file, "task", given["task"])
    done.exempt(file, resolve.member(file, given["member"]), task, day, given["reason"], day)


def _set_ledger(file: sqlite3.Connection, given: Given, day: str) -> None:
    ledger.set_baseline(file, day, int(given["units"]), int(given["members"]), day)


def _phase(file: sqlite3.Connection, given: Given) -> tuple[list[Unit], phase_events.PlannedPhase]:
    wanted = next(phase for phase in phase_events.phases(file) if phase.code == given["phase"])
    return [resolve.unit(file, code) for code in given["units"].split()], wanted


def _open_phase(file: sqlite3.Connection, given: Given, day: str) -> None:
    chosen, phase = _phase(file, given)
    for unit in chosen:
        phases.open_(file, unit, phase, day, Override(), day)


def _sign_off(file: sqlite3.Connection, given: Given, day: str) -> None:
    chosen, phase = _phase(file, given)
    for unit in chosen:
        phases.sign_off(file, unit, phase, day, day)


def _close_phase(file: sqlite3.Connection, given: Given, day: str) -> None:
    chosen, phase = _phase(file, given)
    held = phases.close(file, chosen, phase, day, Override(given.get("reason")), day)
    if held:
        raise AssertionError(held[0].in_words)


def _reopen_phase(file: sqlite3.Connection, given: Given, day: str) -> None:
    chosen, phase = _phase(file, given)
    for unit in chosen:
        phases.reopen(file, unit, phase, day, given["reason"], day)


_VERBS: dict[str, Callable[[sqlite3.Connection, Given, str], None]] = {
    "ledger set": _set_ledger,
    "unit move": _move,
    "unit close": _close,
    "member transfer": _transfer,
    "member leave": _leave,
    "milestone exempt": _exempt_unit,
    "task exempt": _exempt_member,
    "phase open": _open_phase,
    "phase sign-off": _sign_off,
    "phase close": _close_phase,
    "phase override": _close_phase,
    "phase reopen": _reopen_phase,
}

"""Nobody gets past a gate unseen: random days in a small district, held against the gate counted a second time."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from advedu import errors
from advedu.commands.session import Session
from advedu.errors import AdveduError
from advedu.nouns import registers
from advedu.nouns.declaration import Wrong
from advedu.nouns.model import Entry, Member, Unit
from advedu.recording import done, members, phases, register_records, undo, units
from advedu.recording.phases import Override
from advedu.storage import campaign, phase_events, records, register_rows
from advedu.storage import members as stored_members
from advedu.storage import units as stored_units
from advedu.storage.history import Operation
from advedu.storage.phase_events import PlannedPhase
from tests.fulfilling import fulfil, run_through
from tests.independent.gates import File
from tests.support import Cli

# Three phases with little in each, so that a unit gets through them within a few steps; 30 days at least.
CAMPAIGN = """
format_version = 1
code = "small"
name = "小活动"
version = 1
source = "测试"
goals = ["一"]
principles = ["一"]
sectors = [{ code = "rural", name = "农村", study = "学", problems = "题" }]
categories = [{ code = "cadre", name = "干部" }]
ranks = [{ name = "科级" }]
items = [{ code = "N1", name = "听" }]
batches = [
  { code = "1", name = "第一批", starts_on = 2005-01-01, ends_on = 2005-06-30, scope = "机关" },
  { code = "2", name = "第二批", starts_on = 2005-07-01, ends_on = 2005-12-31, scope = "镇" },
]
phases = [
  { code = "study", name = "学习", first_day = 0, last_day = 9 },
  { code = "analysis", name = "分析", first_day = 10, last_day = 19 },
  { code = "improvement", name = "整改", first_day = 20, last_day = 39 },
]
milestones = [
  { code = "M1", name = "动员", phase = "study", due_day = 5, applies_to = "owing" },
  { code = "M2", name = "组织生活会", phase = "analysis", due_day = 15, applies_to = "owing" },
  { code = "M3", name = "总结", phase = "improvement", due_day = 30, applies_to = "owing" },
  { code = "M4", name = "农村的", phase = "analysis", due_day = 15, applies_to = ["branch"], sectors = ["rural"] },
  { code = "M5", name = "测评", phase = "improvement", due_day = 30, applies_to = "owing", by_date = false },
]
tasks = [
  { code = "T1", name = "学习", phase = "study", due_day = 5, study = true },
  { code = "T3", name = "措施", phase = "improvement", due_day = 25 },
]
rules = [{ code = "least_days", value = 30, text = "不少于" }]

[scopes]
owing = ["committee", "general_branch", "branch"]
"""
UNITS = """编码,名称,上级编码,类型,批次
R,区委,,区委,
A,甲党委,R,党委,1
G,分组,A,分组,
A1,甲一支部,G,党支部,
A2,甲二总支,A,党总支,
A3,甲三支部,A2,党支部,
B,乙党委,R,党委,2
B1,乙一支部,B,党支部,1
B2,乙二支部,B,党支部,
"""
HOMES = ("A", "A1", "A1", "A2", "A3", "A3", "B", "B1", "B1", "B2", "B2", "G")
MEMBERS = "党员编号,姓名,所在党组织\n" + "".join(f"P{n:02},党员{n},{home}\n" for n, home in enumerate(HOMES))
TODAY = "2005-03-31"
DAYS = ("2005-01-05", "2005-01-15", "2005-02-03", "2005-02-04", "2005-02-20", "2005-03-10", TODAY)

# One branch more often than others, with its parents: what happens to units far apart rarely meets.
codes = st.sampled_from(("A3", "A2", "A1", "A", "B2", "B1", "B", "G", "R", "N1", "N2"))
person = st.sampled_from([f"P{n:02}" for n in range(len(HOMES))])
day = st.sampled_from(DAYS)
place = st.integers(0, 2)
yes = st.booleans()
seldom = st.sampled_from((False, False, False, True))
index = st.integers(0, 30)
REFUSALS = (AdveduError, Wrong, sqlite3.IntegrityError)


class Clerks(RuleBasedStateMachine):
    """Several clerks who record, correct and take back at random, and open and close phases in between."""

    template: Path
    closed = 0
    broken = 0

    @initialize(code=st.sampled_from(("A3", "A2", "A", "B1", "B")), until=place, whole=yes)
    def begin(self, code: str, until: int, whole: bool) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="advedu-phases-"))
        shutil.copy(self.template, self.home / "a.db")
        self.session = Session(self.home / "a.db", "clerk", ["test"], no_input=True)
        self.connection = self.session.connection
        self.session.end_reading()
        self.connection.execute("PRAGMA synchronous = OFF")
        self.first = int(self.connection.execute("SELECT max(id) FROM operation").fetchone()[0])
        # Somebody is past a gate already: what takes that away is tried from the first step on.
        self.advance(code, until, DAYS[0], DAYS[4], whole=whole)

    def teardown(self) -> None:
        if hasattr(self, "session"):
            Clerks.closed += len(File(self.connection).standing())
            self.session.close()
            shutil.rmtree(self.home)

    # ── how anything is done ──

    def do(self, body: Callable[[Operation], object]) -> type[Exception] | None:
        """Do something inside an operation, as a command does; answer how it was refused."""
        try:
            with self.session.writing() as operation:
                body(operation)
        except REFUSALS as error:
            note(f"refused: {error!r} {getattr(error, 'values', '')}")
            if isinstance(error, errors.GateBroken):
                Clerks.broken += 1
            return type(error)
        return None

    def unit(self, code: str) -> Unit:
        found = stored_units.by_code(self.connection, code)
        return found or self.unit("A3")

    def member(self, code: str) -> Member:
        found = stored_members.by_code(self.connection, code)
        assert found is not None
        return found

    def phase(self, which: int) -> PlannedPhase:
        return phase_events.phases(self.connection)[which]

    def entries(self, kind: str) -> Sequence[Entry]:
        return list(campaign.entries(self.connection, kind))

    def record(self, noun: str, which: int) -> int:
        numbers = register_rows.numbers(self.connection, registers.named(noun))
        return numbers[which % len(numbers)] if numbers else 0

    def add(self, noun: str, **values: Any) -> type[Exception] | None:
        return self.do(lambda op: register_records.add(self.connection, registers.named(noun), values, op.day))

    def edit(self, noun: str, which: int, **values: Any) -> None:
        number = self.record(noun, which)
        register = registers.named(noun)
        if number:
            self.do(lambda op: register_records.change(self.connection, register, number, values, op.day))

    def remove(self, noun: str, which: int) -> None:
        number = self.record(noun, which)
        self.do(lambda op: register_records.remove(self.connection, registers.named(noun), number, op.day))

    # ── phases ──

    def expected(self, verb: str, chosen: Unit, phase: PlannedPhase, on: str, *, override: bool = False) -> set[str]:
        """How a verb must be refused, by the words of the rules; nothing when it must be done."""
        file = File(self.connection)
        past = file.own_events(chosen.id)
        if not file.applying(chosen.id):
            return {"NoPhases"}
        if chosen.closed_on is not None and chosen.closed_on <= on:
            return {"UnitClosed"}
        if chosen.opened_on is not None and chosen.opened_on > on:
            return {"UnitNotOpen"}
        if past and past[-1]["happened_on"] > on:
            return {"BeforeLastEvent"}
        wanted = {"open": "not opened", "sign-off": "open", "close": "open", "reopen": "closed"}[verb]
        if file.state(chosen.id, phase.id) != wanted:
            return {"PhaseState"} if file.signer(chosen.id, on) or verb != "sign-off" else {"NoSignerAbove"}
        if verb == "sign-off" and file.signer(chosen.id, on) is None:
            return {"NoSignerAbove"}
        if verb == "open" and not override:
            before = [each["id"] for each in file.phases if each["id"] < phase.id]
            return set() if all(file.state(chosen.id, each, on) == "closed" for each in before) else {"PhaseOutOfOrder"}
        return set()

    def open(self, chosen: Unit, phase: PlannedPhase, on: str, override: Override) -> None:
        wanted = self.expected("open", chosen, phase, on, override=override.reason is not None)
        got = self.do(lambda op: phases.open_(self.connection, chosen, phase, on, override, op.day))
        self.as_expected(got, wanted)

    def sign_off(self, chosen: Unit, phase: PlannedPhase, on: str) -> None:
        wanted = self.expected("sign-off", chosen, phase, on)
        got = self.do(lambda op: phases.sign_off(self.connection, chosen, phase, on, op.day))
        self.as_expected(got, wanted)

    def close(self, chosen: Unit, phase: PlannedPhase, on: str, override: Override) -> None:
        wanted = self.expected("close", chosen, phase, on)
        missing = File(self.connection).missing(chosen.id, phase.id, on)
        held: list[str] = []

        def body(op: Operation) -> None:
            for each in phases.close(self.connection, [chosen], phase, on, override, op.day):
                held.extend(found.code for found in each.missing)

        got = self.do(body)
        self.as_expected(got, wanted)
        if got is None:
            # Refused with exactly what is missing, and only when something is.
            assert set(held) == (missing if override.reason is None else set())
            if override.reason is not None:
                last = File(self.connection).own_events(chosen.id)[-1]
                assert bool(last["overridden"]) == bool(missing)
                assert bool(last["reason"]) == bool(last["missing"]) == bool(missing)

    def as_expected(self, got: type[Exception] | None, wanted: set[str]) -> None:
        # What would be done, but would take away what another unit was closed on, may be refused for that.
        assert got is errors.GateBroken or {got.__name__ if got else ""} == (wanted or {""})

    @rule(code=codes, which=place, on=day, override=seldom)
    def open_one(self, code: str, which: int, on: str, override: bool) -> None:
        self.open(self.unit(code), self.phase(which), on, Override("理由" if override else None))

    @rule(code=codes, which=place, on=day)
    def sign_off_one(self, code: str, which: int, on: str) -> None:
        self.sign_off(self.unit(code), self.phase(which), on)

    @rule(code=codes, which=place, on=day, override=seldom)
    def close_one(self, code: str, which: int, on: str, override: bool) -> None:
        self.close(self.unit(code), self.phase(which), on, Override("理由" if override else None))

    @rule(code=codes, which=place, on=day)
    def reopen_one(self, code: str, which: int, on: str) -> None:
        chosen, phase = self.unit(code), self.phase(which)
        wanted = self.expected("reopen", chosen, phase, on)
        got = self.do(lambda op: phases.reopen(self.connection, chosen, phase, on, "理由", op.day))
        self.as_expected(got, wanted)

    @rule(code=codes, until=place, on=st.sampled_from(DAYS[:5]), last=st.sampled_from(DAYS[3:]), whole=yes, but=index)
    def hurry(self, code: str, until: int, on: str, last: str, whole: bool, but: int) -> None:
        """Everything that a unit needs up to a phase, and often all below it; now and then something is left out."""
        self.advance(code, until, on, last, whole=whole, but=but)

    def advance(self, code: str, until: int, on: str, last: str, *, whole: bool, but: int = -1) -> None:
        top = self.unit(code)
        ids = [id_ for id_, _ in stored_units.subtree(self.connection, top.id)] if whole else [top.id]
        for which in range(until + 1):
            today = on if which == 0 else last
            for each in [stored_units.by_id(self.connection, id_) for id_ in ids]:
                self.open(each, self.phase(which), today, Override())
            for place_, id_ in enumerate(reversed(ids)):
                each = stored_units.by_id(self.connection, id_)
                self.fulfil(each, which, today, leave_out=but - place_)
                self.sign_off(each, self.phase(which), today)
                self.close(each, self.phase(which), today, Override())

    def fulfil(self, chosen: Unit, which: int, on: str, leave_out: int = -1) -> None:
        """All that a phase asks of a unit, but for one thing."""

        def body(op: Operation) -> None:
            file = File(self.connection)
            things: list[Callable[[], object]] = []
            for milestone in file.applying(chosen.id, self.phase(which).id):
                if milestone["by_date"]:
                    entry = Entry(milestone["id"], "", "")
                    things.append(lambda e=entry: done.mark(self.connection, "milestone", chosen, e, on, {}, op.day))  # type: ignore[misc]
                else:
                    things.append(lambda: self.sheet(chosen, 9, on, 5, 1, op))
            for member in file.members:
                for task in file.tasks:
                    if file.belongs(member, chosen.id, on) and task["phase_id"] == self.phase(which).id:
                        who, what = self.member(member["code"]), Entry(task["id"], "", "")
                        things.append(lambda w=who, e=what: done.mark(self.connection, "task", w, e, on, {}, op.day))  # type: ignore[misc]
            for place_, thing in enumerate(things):
                if place_ != leave_out:
                    thing()

        self.do(body)

    # ── what gates stand on ──

    @rule(code=codes, which=st.integers(0, 4), on=day, how=st.sampled_from(("mark", "unmark", "exempt", "unexempt")))
    def milestone(self, code: str, which: int, on: str, how: str) -> None:
        chosen, entry = self.unit(code), self.entries("milestone")[which]

        def body(op: Operation) -> None:
            if how == "mark":
                done.mark(self.connection, "milestone", chosen, entry, on, {}, op.day)
            elif how == "unmark":
                records.remove(self.connection, records.MILESTONE_DONE, (chosen.id, entry.id))
            elif how == "exempt":
                done.exempt(self.connection, chosen, entry, on, "理由", op.day)
            else:
                done.unexempt(self.connection, chosen, entry)

        self.do(body)

    @rule(code=person, which=st.integers(0, 1), on=day, how=st.sampled_from(("mark", "unmark", "exempt", "unexempt")))
    def task(self, code: str, which: int, on: str, how: str) -> None:
        chosen, entry = self.member(code), self.entries("task")[which]

        def body(op: Operation) -> None:
            if how == "mark":
                done.mark(self.connection, "task", chosen, entry, on, {}, op.day)
            elif how == "unmark":
                records.remove(self.connection, records.TASK_DONE, (chosen.id, entry.id))
            elif how == "exempt":
                done.exempt(self.connection, chosen, entry, on, "理由", op.day)
            else:
                done.unexempt(self.connection, chosen, entry)

        self.do(body)

    @rule(code=codes, on=day, who=person, made=st.one_of(st.none(), day))
    def session_and_missed(self, code: str, on: str, who: str, made: str | None) -> None:
        self.add("session", unit=self.unit(code).id, held_on=on, topic="学习")
        number, member = self.record("session", -1), self.member(who).id
        if number:
            self.add("missed", session=number, member=member, made_up_on=made)

    @rule(which=index, on=day)
    def session_edit(self, which: int, on: str) -> None:
        self.edit("session", which, held_on=on)

    @rule(which=index, who=st.one_of(st.none(), person), made=st.one_of(st.none(), day), other=index)
    def missed_edit(self, which: int, who: str | None, made: str | None, other: int) -> None:
        if who is not None:
            self.edit("missed", which, member=self.member(who).id)
        elif other % 3 == 0:
            self.edit("missed", which, session=self.record("session", other))
        else:
            self.edit("missed", which, made_up_on=made)

    @rule(noun=st.sampled_from(("missed", "session", "rectification", "survey")), which=index)
    def take_away(self, noun: str, which: int) -> None:
        self.remove(noun, which)

    @rule(code=codes, on=day, through=st.integers(0, 6), later=day)
    def rectification(self, code: str, on: str, through: int, later: str) -> None:
        steps = {"measure": "措施", "owner": "人", "deadline": TODAY, "measures_on": on, "done_on": on}
        steps |= {"results_on": max(on, later)}
        given = dict(list(steps.items())[:through])
        self.add(
            "rectification", unit=self.unit(code).id, problem=f"题{on}{through}", source="own", found_on=on, **given
        )

    @rule(
        which=index,
        field=st.sampled_from(("found_on", "measures_on", "done_on", "results_on", "owner", "measure", "deadline")),
        on=st.one_of(st.none(), day),
    )
    def rectification_edit(self, which: int, field: str, on: str | None) -> None:
        self.edit("rectification", which, **{field: on})

    @rule(which=index, on=st.one_of(st.none(), day))
    def rectification_drop(self, which: int, on: str | None) -> None:
        self.edit("rectification", which, dropped_on=on, drop_reason="理由" if on else None)

    def sheet(self, chosen: Unit, round_: int, on: str, good: int, bad: int, op: Operation) -> None:
        values = {"unit": chosen.id, "round": round_, "method": "sample", "held_on": on, "satisfied": good}
        values |= {"dissatisfied": bad, "valid": good + bad, "returned": good + bad, "issued": good + bad}
        register_records.put(self.connection, registers.named("survey"), values, op.day)

    @rule(code=codes, round_=st.integers(8, 10), on=day, ballots=st.tuples(st.integers(0, 2), st.integers(0, 2)))
    def survey(self, code: str, round_: int, on: str, ballots: tuple[int, int]) -> None:
        self.do(lambda op: self.sheet(self.unit(code), round_, on, *ballots, op))

    @rule(which=index, on=day)
    def survey_edit(self, which: int, on: str) -> None:
        self.edit("survey", which, held_on=on)

    # ── who there is ──

    @rule(code=codes, on=st.one_of(st.none(), day))
    def member_add(self, code: str, on: str | None) -> None:
        values = {"name": "新党员", "arrived_on": on}
        self.do(lambda op: members.add(self.connection, None, self.unit(code), values, op.day))

    @rule(who=person, on=st.one_of(st.none(), day))
    def member_arrived(self, who: str, on: str | None) -> None:
        self.do(lambda _: members.edit(self.connection, self.member(who), {"arrived_on": on}))

    @rule(who=person, code=codes, on=day)
    def member_transfer(self, who: str, code: str, on: str) -> None:
        self.do(lambda op: members.transfer(self.connection, self.member(who), self.unit(code), on, "调动", op.day))

    @rule(who=person, on=day)
    def member_leave(self, who: str, on: str) -> None:
        self.do(lambda _: members.leave(self.connection, self.member(who), on, "离开"))

    @rule(code=st.sampled_from(("N1", "N2")), above=codes, kind=st.sampled_from(("branch", "group")), on=day, known=yes)
    def unit_add(self, code: str, above: str, kind: str, on: str, known: bool) -> None:
        values = {"name": code, "kind": kind, "opened_on": on if known else None}
        self.do(lambda op: units.add(self.connection, code, self.unit(above), values, op.day))

    @rule(code=codes, above=codes, on=day)
    def unit_move(self, code: str, above: str, on: str) -> None:
        self.do(lambda op: units.move(self.connection, self.unit(code), self.unit(above).id, on, "调整", op.day))

    @rule(code=codes, on=day)
    def unit_close(self, code: str, on: str) -> None:
        self.do(lambda _: units.close(self.connection, self.unit(code), on, "合并"))

    @rule(code=codes, batch=st.sampled_from((None, 1, 2)))
    def unit_batch(self, code: str, batch: int | None) -> None:
        self.do(lambda _: units.edit(self.connection, self.unit(code), {"batch_id": batch}))

    @rule(code=codes, kind=st.sampled_from(("group", "branch", "committee", "district")))
    def unit_kind(self, code: str, kind: str) -> None:
        self.do(lambda _: units.edit(self.connection, self.unit(code), {"kind": kind}))

    @rule(code=codes, sector=st.sampled_from((None, 1)), on=st.one_of(st.none(), day))
    def unit_edit(self, code: str, sector: int | None, on: str | None) -> None:
        self.do(lambda _: units.edit(self.connection, self.unit(code), {"sector_id": sector, "opened_on": on}))

    # ── taken back ──

    @rule(back=st.integers(0, 25))
    def undo_one(self, back: int) -> None:
        number = int(self.connection.execute("SELECT max(id) FROM operation").fetchone()[0]) - back
        if number <= self.first:
            return

        def body(op: Operation) -> None:
            op.takes_back(undo.undo(self.connection, number))

        self.do(body)

    @invariant()
    def nobody_slipped(self) -> None:
        if hasattr(self, "session"):
            file = File(self.connection)
            assert file.slipped() == []
            assert file.disordered() == []


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    cli = Cli(tmp_path_factory.mktemp("phases"))
    cli.ok("init", "--campaign", cli.write("small.toml", CAMPAIGN))
    cli.ok("pin", TODAY)
    cli.imported("units", UNITS)
    cli.imported("members", MEMBERS)
    return cli.db


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> None:
    """The guard refuses what breaks a gate by the independent count, and nothing else."""
    guard = phases.guard

    def both(connection: sqlite3.Connection, operation: Operation) -> None:
        slipped = File(connection).slipped()
        try:
            guard(connection, operation)
        except errors.GateBroken as error:
            assert slipped, f"refused without need: {error.values}"
            raise
        assert not slipped, f"not refused: {slipped}"

    monkeypatch.setattr(phases, "guard", both)


@pytest.mark.long
@pytest.mark.usefixtures("watched")
def test_no_sequence_of_commands_gets_past_a_gate(template: Path) -> None:
    Clerks.template = template
    run_state_machine_as_test(
        Clerks,
        settings=settings(
            max_examples=100,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
    # A run in which no gate was ever passed, or none ever held, would prove nothing.
    assert Clerks.closed > 200
    assert Clerks.broken > 40


# ── taken back, closed, reopened ──

A11 = "330304-A1-1"


@pytest.mark.parametrize("verb", ["open", "sign-off", "close"])
def test_an_event_that_others_stand_on_is_not_undone(filled: Cli, verb: str) -> None:
    numbers = {}
    for each in ("open", "sign-off", "close"):
        if each == "sign-off":
            fulfil(filled, [A11], "study", "2005-02-14")
        filled.ok("phase", each, A11, "study", "--on", "2005-01-05" if each == "open" else "2005-02-14")
        numbers[each] = filled.query("SELECT max(id) FROM operation")[0][0]
    filled.ok("phase", "open", A11, "analysis", "--on", "2005-02-15")
    before = filled.tables()
    refused = filled.refused("undo", str(numbers[verb]))
    assert "cannot be undone" in refused or ("not signed off" in refused and verb == "sign-off")
    assert filled.tables() == before
    # In the order in which they came they can all be taken back.
    for _ in range(2):
        filled.ok(
            "undo", str(filled.query("SELECT max(operation_id) FROM change WHERE table_name = 'phase_event'")[0][0])
        )


def test_a_unit_is_not_closed_before_its_phases(filled: Cli) -> None:
    run_through(filled, [A11], ["2005-01-05", "2005-02-14"])
    filled.ok("phase", "open", A11, "analysis", "--on", "2005-02-20")
    why = filled.refused("unit", "close", A11, "--on", "2005-02-20")
    assert "analysis is dated 2005-02-20" in why
    filled.ok("unit", "close", A11, "--on", "2005-02-21")


def test_a_reopening_taken_back_needs_what_the_phase_was_closed_on(filled: Cli) -> None:
    run_through(filled, [A11], ["2005-01-05", "2005-02-14"])
    filled.ok("phase", "reopen", A11, "study", "--on", "2005-02-20", "--reason", "补课")
    filled.ok("milestone", "unmark", A11, "M104")
    number = filled.query("SELECT max(operation_id) FROM change WHERE table_name = 'phase_event'")[0][0]
    assert "M104" in filled.refused("undo", str(number))
    filled.ok("milestone", "mark", A11, "M104", "--on", "2005-02-13")
    filled.ok("undo", str(number))

"""A whole campaign as clerks go through it: one small subtree of each batch, from January 2005 to the last meeting.

At each gate the refusal comes first; then what it names is done, and the gate opens. The demonstration district is
only the stage: which units play is found by looking at it.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from advedu.nouns.model import Author
from advedu.storage import connection
from advedu.storage.history import operation
from tests.fulfilling import BAD, GOOD, milestones, subtree, survey, tasks
from tests.independent import count
from tests.independent.count import DEFAULT_CAMPAIGN
from tests.independent.model import District
from tests.independent.reading import district
from tests.support import Cli
from tests.test_figures import compare_answers

FILE_DAY = "2005-03-21"
LATER = (
    *("phase_event", "study_absence", "study_session", "opinion", "rectification", "own_milestone", "chief_absence"),
    *("body_member", "post", "contact_visit", "contact_point", "regulation"),
)
LAST_MEETING = "2006-06-20"
WITH_PHASES = count.ALL_OWING


@dataclass
class Run:
    """One subtree on its way: the unit at its top, all units, those without units below, days counted from day 0."""

    cli: Cli
    batch: int
    top: str
    units: list[str]
    leaves: list[str]
    members: list[str]
    last_day: int

    def day(self, number: int) -> str:
        zero = next(batch.first_day for batch in DEFAULT_CAMPAIGN.batches if batch.code == self.batch)
        return (zero + timedelta(days=number)).isoformat()

    def come(self, number: int) -> str:
        """Let the calendar stand at a day of this batch."""
        self.cli.ok("pin", self.day(number))
        return self.day(number)

    def held(self, phase: str) -> str:
        """The top unit is not let through, and told everything that is missing."""
        return self.cli.refused("phase", "close", self.top, phase)

    def pass_gate(self, phase: str) -> None:
        """Sign-offs from above, then the closing of the whole subtree, those below first."""
        self.cli.ok("phase", "sign-off", self.top, phase, "--subtree")
        answer = self.cli.json("phase", "close", self.top, phase, "--subtree")
        assert answer["held"] == []
        states = [row["state"] for row in self.cli.rows("phase", "list", self.top, "--phase", phase)]
        assert states == ["closed"] * len(self.units)

    def compare(self, plain: District, day: str) -> dict[str, object]:
        """The program's figures of the subtree are those of the independent count; return them."""
        got = self.cli.json("status", self.top, "--as-of", day)
        expected = count.status(plain, DEFAULT_CAMPAIGN, self.top, as_of=date.fromisoformat(day))
        compare_answers(expected, got, ("code", "name", "own"))
        total: dict[str, object] = got["total"]
        return total


# ── who plays ──


def cast(cli: Cli, plain: District, batch: int, last_day: int) -> Run:
    """Find the smallest subtree of a batch that has three or more units, all of them in it from day 0 on."""
    day = count.Day(plain, DEFAULT_CAMPAIGN, date(2006, 12, 31))
    found: list[tuple[int, str, list[str]]] = []
    moved = {move.unit for move in plain.moves} | day.closed | {unit.code for unit in plain.units if unit.starts_on}
    restless = {transfer.unit for transfer in plain.transfers} | {
        member.unit
        for member in plain.members
        if member.code in {each.member for each in (*plain.transfers, *plain.leavings)}
    }
    for unit in plain.units:
        codes = day.subtree(unit.code)
        usual = all(day.batch(code) == batch and day.units[code].kind in WITH_PHASES for code in codes)
        if usual and 3 <= len(codes) <= 6 and not (moved | restless) & set(codes):
            people = sum(1 for home in day.unit_of.values() if home in codes)
            if people >= 10:
                found.append((people, unit.code, codes))
    _, top, codes = min(found)
    assert {row["code"] for row in subtree(cli, top)} == set(codes)
    leaves = [code for code in codes if not day.children(code)]
    members = [member for member, home in day.unit_of.items() if home in leaves]
    return Run(cli, batch, top, codes, leaves, members, last_day)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, demo_file: Path) -> Cli:
    cli = Cli(tmp_path_factory.mktemp("campaign"))
    shutil.copy(demo_file, cli.db)
    # What the demonstration keeps in registers belongs to another story: this one starts before any of it.
    with closing(connection.connect(cli.db)) as file, operation(file, Author("test", "test", "test"), FILE_DAY):
        for table in LATER:
            file.execute(f"DELETE FROM {table}")
    return cli


def read(cli: Cli) -> District:
    with closing(sqlite3.connect(cli.db)) as file:
        return district(file)


def clear(run: Run, plain: District) -> None:
    """Take back what the demonstration district knows of these units already: the story begins on a blank page."""
    for code, milestone in plain.milestone_dates:
        if code in run.units:
            run.cli.ok("milestone", "unmark", code, milestone)
    day = count.Day(plain, DEFAULT_CAMPAIGN, date(2006, 12, 31))
    for member, task in plain.task_dates:
        if day.unit_of.get(member) in run.units:
            run.cli.ok("task", "unmark", member, task)


# ── the acts ──


def study(run: Run) -> None:
    cli = run.cli
    run.come(4)
    assert "is not closed" in cli.refused("phase", "open", run.top, "analysis")
    cli.ok("phase", "open", run.top, "study", "--subtree")
    # A month and a half later nearly everything is there, but one member missed a session.
    today = run.come(40)
    absent = run.members[0]
    home = read_unit(cli, absent)
    cli.imported("sessions", [["unit", "held_on", "topic", "hours"], [home, run.day(20), f"党章（{run.batch}）", 3]])
    number = str(cli.rows("session", "list", home)[-1]["number"])
    cli.ok("session", "absent", number, absent, "--reason", "住院")
    milestones(cli, run.units, "study", today, but=["M104"])
    tasks(cli, run.units, "study", today, but=run.members[1:2])
    refused = run.held("study")
    for words in ("M104", "units below have not closed it", "not signed off by"):
        assert words in refused
    assert "M103" not in refused
    refused = cli.refused("phase", "close", home, "study")
    assert "missed sessions not made good" in refused
    assert absent in refused
    # Done one after the other: the last member, the milestone, the make-up.
    tasks(cli, run.units, "study", today)
    milestones(cli, run.units, "study", today)
    cli.imported("missed-sessions", [["session", "member", "made_up_on", "mode"], [number, absent, today, "送学上门"]])
    run.pass_gate("study")


def read_unit(cli: Cli, member: str) -> str:
    """The unit a member belongs to."""
    found: str = cli.json("member", "show", member)["unit"]
    return found


def override_one(run: Run) -> None:
    """One unit cannot wait: its second phase is closed by override as soon as it is open, and that is never forgotten."""
    cli, code = run.cli, run.leaves[-1]
    today = run.come(42)
    cli.ok("phase", "open", code, "analysis", "--on", today)
    refused = cli.refused("phase", "close", code, "analysis")
    assert "M205" in refused
    close = ("phase", "close", code, "analysis", "--override")
    assert "--reason" in cli.refused(*close, code=2)
    cli.ok(*close, "--reason", "村级组织换届，提前合并进行")


def analysis(run: Run) -> None:
    cli = run.cli
    today = run.come(45)
    cli.ok("phase", "open", run.top, "analysis", "--subtree")
    # Opinions come in and become a problem; in between the unit gets another chief.
    opinions = [["unit", "received_on", "channel", "addressee", "text", "count"]]
    cli.imported("opinions", [*opinions, [run.top, today, "座谈会", "领导班子", "办事环节多", "7"]])
    cli.ok("post", "hand-over", run.top, "林新任", "--on", today)
    today = run.come(80)
    items = [["unit", "problem", "source", "found_on"]]
    cli.imported("rectifications", [*items, [run.top, "办事环节多", "群众意见", today]])
    opinion, item = (str(cli.rows(noun, "list", run.top)[-1]["number"]) for noun in ("opinion", "rectification"))
    cli.ok("opinion", "merge", opinion, "--into", item)
    assert "M201" in run.held("analysis")
    milestones(cli, run.units, "analysis", today)
    tasks(cli, run.units, "analysis", today)
    refused = run.held("analysis")
    assert "is not reached" not in refused
    assert "not signed off by" in refused
    run.pass_gate("analysis")
    assert cli.json("unit", "show", run.top)["chief"] == "林新任"


def improvement(run: Run) -> None:
    cli, top = run.cli, run.top
    today = run.come(90)
    cli.ok("phase", "open", top, "improvement", "--subtree")
    (item,) = [row for row in cli.rows("rectification", "list", top) if row["unit"] == top]
    number = str(item["number"])
    refused = run.held("improvement")
    for words in ("86 of 90 days", "办事环节多", "no measure", "no survey on record", "M301"):
        assert words in refused
    # The plan; the measures are published; the first survey fails.
    plan = ("--measure", "合并窗口", "--owner", "林新任", "--deadline", run.day(120))
    cli.ok("rectification", "edit", number, *plan)
    today = run.come(105)
    cli.ok("rectification", "publish", number, "--measures", "--circle", "全体党员和服务对象")
    assert number in cli.refused("milestone", "mark", top, "M303")
    survey(cli, run.units, 1, run.day(104), GOOD)
    survey(cli, [top], 1, run.day(104), BAD, method="sample")
    milestones(cli, run.units, "improvement", today, but=["M303", "M304", "M306"])
    refused = run.held("improvement")
    assert "survey round 1 failed; a further round must pass" in refused
    assert "its measures are not published" not in refused
    # Remedial work, the item done and its results published, a further round.
    cli.imported("remedials", [["unit", "round", "plan"], [top, 1, "上门听取意见"]])
    today = run.come(118)
    cli.imported("remedials", [["unit", "round", "done_on"], [top, 1, today]])
    cli.ok("rectification", "done", number)
    assert "its results are not published" in run.held("improvement")
    cli.ok("rectification", "publish", number, "--results", "--circle", "全体党员和服务对象")
    survey(cli, [top], 2, today, GOOD)
    cli.imported("regulations", [["unit", "title", "adopted_on"], *([code, "首问责任制", today] for code in run.units)])
    tasks(cli, run.units, "improvement", today)
    milestones(cli, run.units, "improvement", today, but=["M306"])
    refused = run.held("improvement")
    assert "M306" in refused
    assert "survey" not in refused
    assert "of 90 days" not in refused


def summary(run: Run) -> None:
    """The summary meeting ends it: all three phases of every unit are closed."""
    today = run.come(run.last_day)
    milestones(run.cli, run.units, "improvement", run.day(118), but=["M306"])
    rows = [[code, "M306", today] for code in run.units]
    run.cli.imported("milestones", [["unit", "milestone", "done_on"], *rows])
    run.pass_gate("improvement")
    assert {row["state"] for row in run.cli.rows("phase", "list", run.top)} == {"closed"}


# ── the campaign ──


@pytest.mark.long
def test_three_subtrees_go_through_the_whole_campaign(stage: Cli) -> None:
    plain = read(stage)
    until = (date.fromisoformat(LAST_MEETING) - date(2006, 1, 1)).days
    runs = [cast(stage, plain, batch, last) for batch, last in ((1, 134), (2, 140), (3, until))]
    for run in runs:
        clear(run, plain)
        study(run)
        if run.batch == 2:
            override_one(run)
        analysis(run)
        improvement(run)
        summary(run)
    assert stage.json("status", runs[0].top)["as_of"] == LAST_MEETING
    plain = read(stage)
    for run in runs:
        for day in (run.day(30), run.day(100), run.day(119), LAST_MEETING):
            total = run.compare(plain, day)
        assert total["milestones_done"] == total["milestones_expected"]
        assert total["members_covered"] == total["members_due"] == total["members"]
        assert total["milestones_overdue"] == 0
        # The rounds of the survey stand beside one another: nothing was overwritten.
        rounds = [
            (row["round"], row["method"]) for row in stage.rows("survey", "list", run.top) if row["unit"] == run.top
        ]
        assert sorted(rounds) == [(1, "representatives"), (1, "sample"), (2, "representatives")]
    # The override is told to the end, for the unit and all above it, with its reason.
    second = runs[1]
    for unit in (second.leaves[-1], second.top):
        answer = stage("status", unit)
        assert "Overridden: 1 times" in answer.out + answer.err
    (row,) = stage.rows("phase", "list", "--overridden")
    assert (row["unit"], row["phase"], row["reason"]) == (
        second.leaves[-1],
        "analysis",
        "村级组织换届，提前合并进行",
    )
    assert "verridden" not in stage.ok("status", runs[0].top)
    assert stage("verify").code == 0

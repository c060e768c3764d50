"""The whole campaign as a clerk records it: a subtree of each batch, January 2005 to the awards of June 2006.

The subtrees are those of the demonstration district, in a file of their own. At every gate the refusal comes first, with
what is missing, and then what was missing is done. The file's day moves on with the story.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from tests import fulfilling
from tests.support import Cli
from tools.demonstration import build

ROOT = "330304"
# The unit above and those below it: an organ, a street with its office, a street's villages.
TOPS = {"1": "A26", "2": "330304004", "3": "330304004N"}
VILLAGES = 2
LAST_DAY = "2006-06-30"
HONOUR, ADVANCED = "优秀共产党员", "先进基层党组织"


class Batch(NamedTuple):
    """A batch in the story: its number, its first day, its units (the lower ones first), the unit on top, its chief."""

    number: str
    start: date
    codes: list[str]
    top: str
    chief: str

    def day(self, number: int) -> str:
        """Return the day of that number, counted from the first."""
        return (self.start + timedelta(days=number)).isoformat()


class Story(NamedTuple):
    """The file, and the batches in it."""

    cli: Cli
    batches: dict[str, Batch]

    def on(self, day: str) -> Cli:
        """Let it be that day."""
        self.cli.ok("pin", day)
        return self.cli


# ── the file ──


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    cli = Cli(tmp_path_factory.mktemp("campaign"))
    cli.ok("init")
    cli.ok("pin", "2004-12-31")
    district = build()
    columns, units = next((each.columns, each.rows) for each in district.deliveries if each.kind == "units")
    wanted = _wanted(list(units))
    cli.imported("units", [columns, *(row for row in units if row[0] in wanted)])
    members = [each for each in district.deliveries if each.kind == "members" and "sex" in each.columns]
    rows = [row for each in members for row in each.rows if row[5] in wanted]
    cli.imported("members", [members[0].columns, *rows])
    counted = sum(row["kind"] in ("committee", "general_branch", "branch") for row in cli.rows("unit", "list"))
    cli.ok("ledger", "set", "--units", str(counted), "--members", str(len(rows)), "--on", "2004-12-31")
    starts = {"1": date(2005, 1, 1), "2": date(2005, 7, 1), "3": date(2006, 1, 1)}
    return Story(cli, {number: _batch(cli, number, starts[number]) for number in TOPS})


def _wanted(units: list[tuple[str, ...]]) -> set[str]:
    street, group = TOPS["2"], TOPS["3"]
    villages = [row[0] for row in units if row[2] == group and row[3] == "branch"][:VILLAGES]
    own = [row[0] for row in units if row[0].startswith((TOPS["1"], f"{street}J"))]
    return {ROOT, "A", "D", street, group, *own, *villages}


def _batch(cli: Cli, number: str, start: date) -> Batch:
    villages = [row["code"] for row in cli.rows("unit", "list", TOPS["3"])]
    below = [row for row in cli.rows("unit", "list", TOPS[number]) if row["kind"] != "group"]
    below = [row for row in below if (row["code"] in villages) == (number == "3")]
    codes = sorted((row["code"] for row in below), key=len, reverse=True)
    return Batch(number, start, codes, codes[-1], next(row["chief"] for row in below if row["code"] == codes[-1]))


# ── one batch ──


@pytest.mark.long
def test_first_batch(story: Story) -> None:
    batch = story.batches["1"]
    teams_are_sent(story, batch, "T01")
    study(story, batch)
    analysis(story, batch)
    improvement(story, batch, passes_at_once=True)


@pytest.mark.long
def test_second_batch(story: Story) -> None:
    batch = story.batches["2"]
    assert story.on(batch.day(5)).rows("team", "gaps") != []
    teams_are_sent(story, batch, "X01", "--kind", "inspection", "--sender", batch.top)
    study(story, batch, deputy="陈代读")
    analysis(story, batch)
    improvement(story, batch, passes_at_once=False)


@pytest.mark.long
def test_third_batch(story: Story) -> None:
    batch = story.batches["3"]
    teams_are_sent(story, batch, "X02", "--kind", "inspection", "--sender", ROOT)
    study(story, batch)
    analysis(story, batch)
    improvement(story, batch, passes_at_once=True)


def teams_are_sent(story: Story, batch: Batch, code: str, *more: str) -> None:
    """A team without a qualified head is a finding; with one it is none, and the units are covered."""
    cli = story.on(batch.day(9))
    cli.ok("team", "add", "--code", code, "--name", f"{code}组", "--batch", batch.number, *more)
    assert "team_head_unqualified" in findings(cli)
    cli.ok("cadre", "add", "--team", code, "--role", "head", "--name", "郑明", "--rank", "副科级")
    cli.ok("cadre", "add", "--team", code, "--role", "member", "--name", "林红", "--rank", "科员")
    # Villages stand below their street, which the team of the batch before looks after.
    assert ("team_none" in findings(cli)) == (batch.number != "3")
    cli.ok("team", "cover", code, *batch.codes, "--on", batch.day(9))
    assert not {"team_head_unqualified", "team_none"} & findings(cli).keys()


def study(story: Story, batch: Batch, deputy: str = "") -> None:
    """学习动员: the body, the plan, the meeting, the sessions; nobody is left out."""
    cli = story.on(batch.day(10))
    assert "not closed" in cli.refused("phase", "open", *batch.codes, "analysis")
    cli.ok("phase", "open", *batch.codes, "study")
    team = next(row["team"] for row in cli.rows("coverage", "list", batch.top))
    cli = story.on(batch.day(14))
    if batch.number != "3":
        for role, name in (("head", batch.chief), ("deputy", "周副"), ("staff", "李敏")):
            cli.ok("body", "add", batch.top, "--role", role, "--name", name, "--from-on", batch.day(14))
        cli.ok("milestone", "mark", batch.top, "M101", "--on", batch.day(14), "--head", batch.chief)
        cli.ok("milestone", "mark", batch.top, "M102", "--on", batch.day(14))
    # The team comes before the meeting and finds it is not prepared.
    cli.ok("visit", "add", batch.top, "--team", team, "--visited-on", batch.day(14), "--how", "听、查")
    visit = cli.rows("visit", "list", batch.top)[-1]["number"]
    cli.ok("suggestion", "add", "--visit", visit, "--kind", "finding", "--text", "动员大会未定日期", "--owner", batch.chief,
           "--deadline", batch.day(20))  # fmt: skip
    cli = story.on(batch.day(22))
    assert "suggestion_late" in findings(cli)
    for code in batch.codes:
        chief = chief_of(cli, code)
        cli.ok("milestone", "mark", code, "M103", "--on", batch.day(22), "--reporter", deputy or chief)
        cli.ok("session", "add", code, "--held-on", batch.day(22), "--topic", "党章", "--hours", "3")
    advice = cli.rows("suggestion", "list", batch.top)[-1]["number"]
    refused = cli("suggestion", "verify", advice)
    assert refused.code != 0
    cli.ok("suggestion", "done", advice)
    cli.ok("suggestion", "verify", advice, "--by", "林红")
    assert "suggestion_late" not in findings(cli)

    branch = batch.codes[0]
    pupil = next(row["code"] for row in cli.rows("member", "list", branch) if not row["leader"])
    number = cli.rows("session", "list", branch)[-1]["number"]
    cli.ok("session", "absent", number, pupil, "--reason", "病假")
    cli = story.on(batch.day(44))
    why = cli.refused("phase", "close", branch, "study")
    assert "M104" in why
    assert pupil in why
    for code in batch.codes:
        cli.ok("milestone", "mark", code, "M104", "--on", batch.day(44))
    fulfilling.tasks(cli, batch.codes, "study", batch.day(44), but=[pupil])
    cli.ok("session", "make-up", number, pupil, "--mode", "送学上门")
    assert "1 members not covered" in cli.refused("phase", "close", branch, "study")
    cli.ok("task", "mark", pupil, "T1", "--on", batch.day(44))
    assert "not signed off" in cli.refused("phase", "close", branch, "study")
    close(story, batch, "study", 44)


def analysis(story: Story, batch: Batch) -> None:
    """分析评议: opinions, problems, the organizational life; who is late is rung up and promises."""
    cli = story.on(batch.day(45))
    cli.ok("phase", "open", *batch.codes, "analysis")
    cli = story.on(batch.day(57))
    late = {row["unit"] for row in cli.rows("chase")}
    assert set(batch.codes) <= late
    cli.ok("chase", "log", batch.top, "--said", "三天内补上", "--again-on", batch.day(60), "--who", batch.chief)
    assert not any(row["promised"] for row in cli.rows("chase"))
    cli = story.on(batch.day(60))
    assert {row["unit"] for row in cli.rows("chase") if row["promised"]} == {batch.top}
    for code in batch.codes:
        cli.ok("milestone", "mark", code, "M201", "--on", batch.day(60))
        for channel in ("forum", "questionnaire"):
            cli.ok("opinion", "add", code, "--received-on", batch.day(60), "--channel", channel, "--addressee", "body",
                   "--count", "12")  # fmt: skip
        cli.ok("rectification", "add", code, "--problem", "下基层少", "--source", "opinions", "--found-on", batch.day(60),
               "--measure", "每月下基层两天", "--owner", batch.chief, "--deadline", batch.day(120))  # fmt: skip
        cli.ok("milestone", "mark", code, "M202", "--on", batch.day(60))
    cli.ok("chase", "log", batch.top, "--said", "已补上", "--on", batch.day(60))
    assert not {row["unit"] for row in cli.rows("chase")} & set(batch.codes)
    visited(story, batch, 75)
    cli = story.on(batch.day(89))
    assert "M205" in cli.refused("phase", "close", batch.codes[0], "analysis")
    fulfilling.milestones(cli, batch.codes, "analysis", batch.day(89), but=["M201", "M202"])
    fulfilling.tasks(cli, batch.codes, "analysis", batch.day(89))
    close(story, batch, "analysis", 89)


def improvement(story: Story, batch: Batch, *, passes_at_once: bool) -> None:
    """整改提高: measures and results are published, the masses are asked, and asked again until they are content."""
    cli = story.on(batch.day(90))
    cli.ok("phase", "open", *batch.codes, "improvement")
    cli = story.on(batch.day(104))
    items = [row["number"] for code in batch.codes for row in own(cli, "rectification", code)]
    fulfilling.milestones(cli, batch.codes, "improvement", batch.day(104), but=["M302", "M303", "M304", "M306"])
    cli.ok("rectification", "publish", *items, "--measures", "--circle", "全体党员")
    mark(cli, batch, "M302", 104)
    fulfilling.tasks(cli, batch.codes, "improvement", batch.day(104))
    visited(story, batch, 110)
    cli = story.on(batch.day(124))
    assert "publish" in cli.refused("milestone", "mark", batch.codes[0], "M303", "--on", batch.day(124))
    cli.ok("rectification", "done", *items)
    cli.ok("rectification", "publish", *items, "--results", "--circle", "全体党员")
    mark(cli, batch, "M303", 124)
    for code in batch.codes:
        cli.ok("regulation", "add", code, "--title", "下基层制度", "--adopted-on", batch.day(124))
    mark(cli, batch, "M304", 124)
    nine_ones(cli, batch, batch.day(124))
    assert "no survey" in cli.refused("phase", "close", batch.codes[0], "improvement")
    rounds = surveys(story, batch, passes_at_once=passes_at_once)
    visited(story, batch, 130 + rounds)
    cli = story.on(batch.day(134 + rounds))
    mark(cli, batch, "M306", 134 + rounds)
    close(story, batch, "improvement", 134 + rounds)


def surveys(story: Story, batch: Batch, *, passes_at_once: bool) -> int:
    """Ask the masses, by representatives and by sample; return how many days the make-up cost."""
    cli = story.on(batch.day(126))
    assert cli("milestone", "mark", batch.top, "M305", "--on", batch.day(126)).code != 0
    for method in ("representatives", "sample"):
        bad = method == "sample" and not passes_at_once
        fulfilling.survey(cli, batch.codes, 1, batch.day(126), fulfilling.BAD if bad else fulfilling.GOOD, method)
    if passes_at_once:
        return 0
    assert "failed" in cli.refused("phase", "close", batch.codes[0], "improvement")
    for code in batch.codes:
        cli.ok("survey", "remedy", code, "--round", "1", "--plan", "上门听意见，限期解决")
    cli = story.on(batch.day(140))
    for code in batch.codes:
        cli.ok("survey", "remedy", code, "--round", "1", "--done")
    for method in ("representatives", "sample"):
        fulfilling.survey(cli, batch.codes, 2, batch.day(140), fulfilling.GOOD, method)
    return 14


# ── what happens in every batch ──


def visited(story: Story, batch: Batch, day: int) -> None:
    """The team comes back to every unit."""
    cli = story.on(batch.day(day))
    team = next(row["team"] for row in cli.rows("coverage", "list", batch.top))
    for code in batch.codes:
        cli.ok("visit", "add", code, "--team", team, "--visited-on", batch.day(day), "--how", "看")
    assert not findings(cli, batch.top).keys() & {"never_visited", "not_visited"}


def close(story: Story, batch: Batch, phase: str, day: int) -> None:
    """The unit above signs off, and the units close the phase: the one on top only after those below it."""
    cli = story.on(batch.day(day))
    if batch.number != "3":
        cli.ok("phase", "sign-off", batch.top, phase)
        assert "units below" in cli.refused("phase", "close", batch.top, phase)
    cli.ok("phase", "sign-off", *batch.codes, phase)
    cli.ok("phase", "close", *batch.codes, phase)
    assert {row["state"] for code in batch.codes for row in own(cli, "phase", code) if row["phase"] == phase} == {
        "closed"
    }


def nine_ones(cli: Cli, batch: Batch, day: str) -> None:
    """Every leader does the nine and the four; the contact point is registered, and that fulfils N5."""
    leaders = [row["code"] for code in batch.codes for row in cli.rows("member", "list", code) if row["leader"]]
    for code in dict.fromkeys(leaders):
        cli.ok("contact-point", "add", batch.codes[0], "--member", code, "--from-on", day)
    items = [f"N{number}" for number in range(1, 10) if number != 5] + [f"L{number}" for number in range(1, 5)]
    rows = [[code, item, day] for code in dict.fromkeys(leaders) for item in items]
    cli.imported("nine-ones", [["member", "item", "done_on"], *rows])
    status = cli.json("status", batch.top)["total"]
    assert status["leaders_complete"] == status["leaders"] > 0


def mark(cli: Cli, batch: Batch, milestone: str, day: int) -> None:
    cli.ok("milestone", "mark", *batch.codes, milestone, "--on", batch.day(day))


def own(cli: Cli, noun: str, code: str) -> list[dict[str, str]]:
    return [row for row in cli.rows(noun, "list", code) if row["unit"] == code]


def chief_of(cli: Cli, code: str) -> str:
    return str(next(row["chief"] for row in cli.rows("unit", "list", code) if row["code"] == code) or "")


def findings(cli: Cli, *unit: str) -> Counter[str]:
    answer = cli.json("check", *unit, code=4) if cli("check", *unit).code else cli.json("check", *unit)
    return Counter(row["code"] for row in answer["rows"])


# ── the end ──


def test_bulletins_go_out_without_gaps(story: Story) -> None:
    cli = story.on("2006-06-05")
    for title in ("第一批总结", "第二批总结", "第三批总结"):
        cli.ok("bulletin", "add", ROOT, "--title", title, "--drafted-on", "2006-06-05")
    drafts = [row["number"] for row in cli.rows("bulletin", "list")]
    cli.ok("bulletin", "issue", *drafts[:2])
    assert cli("bulletin", "remove", drafts[0]).code != 0
    cli.ok("bulletin", "issue", drafts[2])
    assert [row["issue"] for row in cli.rows("bulletin", "list")] == [1, 2, 3]
    assert "bulletin_gap" not in findings(cli)


def test_training(story: Story) -> None:
    cli = story.on("2006-06-06")
    member = cli.rows("member", "list", TOPS["1"])[-1]["code"]
    cli.ok(
        "training",
        "add",
        "--member",
        member,
        "--reason",
        "考核末位",
        "--from-on",
        "2006-05-15",
        "--to-on",
        "2006-06-01",
    )
    assert "training_open" in findings(cli)
    cli.ok("training", "done", cli.rows("training", "list")[0]["number"])
    assert "training_open" not in findings(cli)


def test_commendation(story: Story) -> None:
    """Who has finished is proposed; who has not, only by an override that stays; the awards come in time."""
    cli = story.on("2006-06-10")
    branch = story.batches["1"].codes[0]
    worthy = next(row["code"] for row in cli.rows("member", "list", branch) if not row["leader"])
    assert "would take away" in cli.refused("task", "unmark", worthy, "T2")
    # A member who came from elsewhere has done nothing here yet.
    cli.ok("member", "add", "--name", "新来", "--unit", branch, "--arrived-on", "2006-06-01")
    newcomer = next(row["code"] for row in cli.rows("member", "list", branch) if row["name"] == "新来")
    for batch in story.batches.values():
        cli.ok("commendation", "propose", batch.top, "--honour", ADVANCED)
    cli.ok("commendation", "propose", branch, "--member", worthy, "--honour", HONOUR)
    propose = ("commendation", "propose", branch, "--member", newcomer, "--honour", HONOUR)
    assert "override" in cli.refused(*propose)
    assert cli(*propose, "--override").code != 0
    cli.ok(*propose, "--override", "--reason", "见义勇为")
    cli = story.on("2006-06-28")
    cli.ok("commendation", "award", *(row["number"] for row in cli.rows("commendation", "list")))
    found = findings(cli)
    assert found["commendation_overridden"] == 1
    assert not {"commendation_unfinished", "award_late"} & found.keys()


def test_at_the_end_nothing_is_wrong_but_what_is_meant(story: Story) -> None:
    cli = story.on(LAST_DAY)
    rows = cli.json("check", code=4)["rows"]
    # The report of the second batch's meetings was given by somebody else: that cannot be undone.
    wrong = {(row["code"], row["unit"]) for row in rows if row["level"] == "error"}
    assert wrong == {("reporter_not_chief", code) for code in story.batches["2"].codes}
    total = cli.json("status")["total"]
    assert total["milestones_done"] == total["milestones_expected"]
    assert total["units_overdue"] == 0
    assert cli.rows("overdue") == []
    assert cli.rows("suggestion", "list", "--open") == []
    cli.ok("verify")


def test_the_story_is_told_in_one_place(story: Story, tmp_path: Path) -> None:
    """The history has every step; none was made past the program."""
    log = story.cli.rows("log")
    assert len(log) > 150
    story.cli.ok("backup", tmp_path / "copy.db")

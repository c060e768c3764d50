"""The count itself, on districts so small that every number below was worked out by hand."""

import csv
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.independent import count
from tests.independent.count import ALL_OWING, CAMPAIGNS, DEFAULT_CAMPAIGN, FIGURES, Batch, Campaign, Milestone, Task
from tests.independent.districts import (
    as_of_days,
    check_character,
    districts,
    events,
    id_number,
    steps,
    write_csvs,
)
from tests.independent.model import (
    BRANCH,
    COMMITTEE,
    DISTRICT,
    GENERAL_BRANCH,
    GROUP,
    PARTY_GROUP,
    WORK_COMMITTEE,
    Closing,
    District,
    Leaving,
    Member,
    Missed,
    Move,
    Session,
    Sheet,
    Transfer,
    Unit,
)

JANUARY_31, FEBRUARY_1 = date(2005, 1, 31), date(2005, 2, 1)


def tiny() -> District:
    """A root over a committee (A, batch 1) with two branches, a party group (P), a group with a branch.

    Batch 1 starts on 2005-01-01: M101 is due on 16, M102 on 21, M103 on 31 January, M104 on 14 February.
    A owes 13 milestones, a branch 11 (all but M101 and M102). C starts ten days later: M103 on 10 February.
    """
    return District(
        units=[
            Unit("R", "区委", None, DISTRICT),
            Unit("A", "甲党委", "R", COMMITTEE, batch=1, sector="government"),
            Unit("B", "乙支部", "A", BRANCH, sector="rural"),
            Unit("C", "丙支部", "A", BRANCH, starts_on=date(2005, 1, 11), shift_reason="换届"),
            Unit("P", "党组", "R", PARTY_GROUP, batch=2, sector="government"),
            Unit("G", "分组", "R", GROUP),
            Unit("D", "丁支部", "G", BRANCH),
        ],
        milestone_dates={
            ("A", "M101"): date(2005, 1, 16),  # on its due day: on time
            ("A", "M102"): date(2005, 1, 25),  # four days late
            ("B", "M104"): date(2005, 1, 20),  # before it is due
            ("C", "M103"): date(2005, 2, 2),  # on time, but only tomorrow
        },
    )


def total(district: District, day: date, unit: str | None = None, **wanted: Any) -> None:
    """Look at some figures of a total."""
    got = count.status(district, DEFAULT_CAMPAIGN, unit, as_of=day)["total"]
    assert {key: got[key] for key in wanted} == wanted


def test_the_definition_is_that_of_the_tables() -> None:
    required = [milestone for milestone in DEFAULT_CAMPAIGN.milestones if milestone.required]
    # Sixteen milestones, three of them optional; two concern only those who form a leading body.
    assert (len(DEFAULT_CAMPAIGN.milestones), len(required)) == (16, 13)
    assert sum(1 for milestone in required if BRANCH in milestone.kinds) == 11
    assert sum(1 for milestone in required if GENERAL_BRANCH in milestone.kinds) == 11
    for kind in (COMMITTEE, PARTY_GROUP, WORK_COMMITTEE):
        assert sum(1 for milestone in required if kind in milestone.kinds) == 13
    assert not any(kind in milestone.kinds for milestone in required for kind in (DISTRICT, GROUP))
    assert [task.due_day for task in DEFAULT_CAMPAIGN.tasks] == [44, 85, 100]
    assert list(DEFAULT_CAMPAIGN.items) == ["N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", "N9"]


def test_the_whole_tiny_district() -> None:
    answer = count.status(tiny(), DEFAULT_CAMPAIGN, as_of=FEBRUARY_1)
    assert (answer["format_version"], answer["as_of"], answer["unit"]) == (1, "2005-02-01", "R")
    assert answer["total"] == {
        "units": 4,  # A B C D: a party group, a group and the root are no grassroots units
        "units_owing": 5,  # A B C P D
        "members": 0,
        "members_due": 0,
        "members_covered": 0,
        "milestones_expected": 59,  # 13 + 11 + 11 + 13 + 11
        "milestones_due": 4,  # M101 to M103 of A, M103 of B; C is ten days later, P in July, D never
        "milestones_done": 3,  # A two, B one; that of C is dated tomorrow
        "milestones_on_time": 2,  # M101 of A, M104 of B
        "milestones_overdue": 2,  # M103 of A and of B, due yesterday
        "units_overdue": 2,
        "units_at_zero": 3,  # C P D
        "worst_days_late": 1,
        "leaders": 0,
        "leaders_complete": 0,
        "nine_ones_expected": 0,
        "nine_ones_done": 0,
    }
    assert list(answer["total"].keys() - set(FIGURES)) == []
    # The root itself owes nothing and has nobody: no row of its own.
    assert [(row["code"], row["name"], row["own"]) for row in answer["rows"]] == [
        ("A", "甲党委", False),
        ("G", "分组", False),
        ("P", "党组", False),
    ]
    assert [row["milestones_expected"] for row in answer["rows"]] == [35, 11, 13]  # A: 13 + 11 + 11
    assert [row["worst_days_late"] for row in answer["rows"]] == [1, None, None]


def test_the_own_row_is_the_last_and_for_the_unit_alone() -> None:
    rows = count.status(tiny(), DEFAULT_CAMPAIGN, "A", as_of=FEBRUARY_1)["rows"]
    assert [(row["code"], row["own"]) for row in rows] == [("B", False), ("C", False), ("A", True)]
    assert [row["milestones_expected"] for row in rows] == [11, 11, 13]
    assert [row["milestones_done"] for row in rows] == [1, 0, 2]
    # A leaf has but its own row.
    leaf = count.status(tiny(), DEFAULT_CAMPAIGN, "B", as_of=FEBRUARY_1)
    assert [(row["code"], row["own"]) for row in leaf["rows"]] == [("B", True)]


def test_a_due_day_is_due_and_not_overdue_and_the_next_day_is() -> None:
    # 30 January: M101 and M102 of A. 31 January: M103 of A and B too. 1 February: those two are a day late.
    total(tiny(), date(2005, 1, 30), milestones_due=2, milestones_overdue=0, worst_days_late=None)
    total(tiny(), JANUARY_31, milestones_due=4, milestones_overdue=0, units_overdue=0, worst_days_late=None)
    total(tiny(), FEBRUARY_1, milestones_due=4, milestones_overdue=2, units_overdue=2, worst_days_late=1)
    # 24 January: M102 of A, due on 21, is done on 25 only: three days late. On 25 it is no longer.
    total(tiny(), date(2005, 1, 24), milestones_overdue=1, worst_days_late=3, milestones_done=2)
    total(tiny(), date(2005, 1, 25), milestones_overdue=0, worst_days_late=None, milestones_done=3)


def test_overdue_lists_the_latest_first_then_unit_then_milestone() -> None:
    # 15 February: M103 of A and B 15 days late (31 January), M104 of A one day (14 February; B has done it),
    # M104 of C falls on 24 February, its M103 is done.
    assert count.overdue(tiny(), DEFAULT_CAMPAIGN, None, date(2005, 2, 15)) == [
        ("A", "M103", JANUARY_31, 15),
        ("B", "M103", JANUARY_31, 15),
        ("A", "M104", date(2005, 2, 14), 1),
    ]
    total(tiny(), date(2005, 2, 15), milestones_overdue=3, units_overdue=2, worst_days_late=15)
    # M304 and M305 fall on the same day, 1 January + 130 = 11 May. A day later: by unit, then by milestone.
    may_11 = date(2005, 5, 11)
    assert count.overdue(tiny(), DEFAULT_CAMPAIGN, "A", date(2005, 5, 12))[-4:] == [
        ("A", "M304", may_11, 1),
        ("A", "M305", may_11, 1),
        ("B", "M304", may_11, 1),
        ("B", "M305", may_11, 1),
    ]
    # The worst of B is the oldest, M103: from 31 January 28 + 31 + 30 + 12 days.
    total(tiny(), date(2005, 5, 12), "B", worst_days_late=101)


def test_without_a_day_0_all_is_owed_and_nothing_due_or_on_time() -> None:
    district = tiny()
    district.milestone_dates["D", "M103"] = date(2005, 1, 10)
    total(
        district,
        date(2006, 12, 31),
        "D",
        units_owing=1,
        milestones_expected=11,
        milestones_due=0,
        milestones_done=1,
        milestones_on_time=0,
        milestones_overdue=0,
        units_at_zero=0,
        worst_days_late=None,
    )


def test_optional_milestones_are_never_counted() -> None:
    district = tiny()
    district.milestone_dates = {("B", code): date(2005, 1, 5) for code in ("M203", "M204", "M206")}
    total(district, FEBRUARY_1, "B", milestones_expected=11, milestones_done=0, units_at_zero=1)


def test_a_start_does_not_pass_to_the_children_but_a_batch_does() -> None:
    district = tiny()
    district.units[1] = replace(district.units[1], starts_on=date(2005, 3, 1))  # A
    # A now begins in March, so on 1 February none of its own is due; B keeps batch 1: its M103 is a day late.
    total(district, FEBRUARY_1, "A", milestones_due=1, milestones_overdue=1, worst_days_late=1)
    assert count.overdue(district, DEFAULT_CAMPAIGN, "A", FEBRUARY_1) == [("B", "M103", JANUARY_31, 1)]


def test_an_exemption_counts_from_its_day_and_beats_a_date() -> None:
    district = tiny()
    district.milestone_exemptions = {("B", "M103"): FEBRUARY_1, ("A", "M101"): FEBRUARY_1}
    # The day before both count: B owes 11, one due; A has done M101.
    total(district, JANUARY_31, "A", milestones_expected=35, milestones_due=4, milestones_done=3)
    # Then two fewer: due are M102 and M103 of A; done M102 of A and M104 of B; on time the last alone.
    total(
        district,
        FEBRUARY_1,
        "A",
        milestones_expected=33,
        milestones_due=2,
        milestones_done=2,
        milestones_on_time=1,
        milestones_overdue=1,
        units_owing=3,
        units_overdue=1,
    )


def test_exempt_from_everything_owes_nothing_and_is_still_a_unit() -> None:
    district = tiny()
    for milestone in DEFAULT_CAMPAIGN.milestones:
        if milestone.required and BRANCH in milestone.kinds:
            district.milestone_exemptions["C", milestone.code] = FEBRUARY_1
    total(district, JANUARY_31, "C", units=1, units_owing=1, units_at_zero=1, milestones_expected=11)
    total(district, FEBRUARY_1, "C", units=1, units_owing=0, units_at_zero=0, milestones_expected=0)
    # It contributes a unit, so that it has a row of its own.
    rows = count.status(district, DEFAULT_CAMPAIGN, "C", as_of=FEBRUARY_1)["rows"]
    assert [(row["code"], row["own"], row["units"]) for row in rows] == [("C", True, 1)]


def test_a_closed_unit_leaves_the_figures_and_keeps_members_children_and_row() -> None:
    district = tiny()
    district.closings = [Closing("A", FEBRUARY_1), Closing("C", FEBRUARY_1)]
    district.members = [Member("1", "王", "A")]
    total(district, JANUARY_31, units=4, units_owing=5, milestones_expected=59, members=1)
    # A (13) and C (11) leave 35; B is still counted, late with M103 by a day; the member of A stays, too.
    total(
        district,
        FEBRUARY_1,
        units=2,
        units_owing=3,
        milestones_expected=35,
        milestones_done=1,
        milestones_overdue=1,
        units_at_zero=2,
        members=1,
    )
    # On 14 February, day 44 of batch 1, T1 of the member of the closed A is due: it still has its day 0.
    total(district, date(2005, 2, 13), "A", members=1, members_due=0)
    total(district, date(2005, 2, 14), "A", members=1, members_due=1)
    # Row C is there with zeros; A's own row is there for its member's sake.
    rows = count.status(district, DEFAULT_CAMPAIGN, "A", as_of=FEBRUARY_1)["rows"]
    assert [(row["code"], row["own"], row["units"], row["members"]) for row in rows] == [
        ("B", False, 1, 0),
        ("C", False, 0, 0),
        ("A", True, 0, 1),
    ]
    assert count.is_zero(rows[1])


def test_a_closed_and_empty_unit_has_no_row_of_its_own() -> None:
    district = tiny()
    district.closings = [Closing("B", FEBRUARY_1)]
    assert count.status(district, DEFAULT_CAMPAIGN, "B", as_of=FEBRUARY_1)["rows"] == []


def test_a_move_counts_from_its_day_and_brings_another_batch() -> None:
    district = tiny()
    district.moves = [Move("B", FEBRUARY_1, "P"), Move("B", date(2005, 3, 1), "G")]

    def children(unit: str, day: date) -> list[str]:
        rows = count.status(district, DEFAULT_CAMPAIGN, unit, as_of=day)["rows"]
        return [row["code"] for row in rows if not row["own"]]

    assert [children(unit, JANUARY_31) for unit in "APG"] == [["B", "C"], [], ["D"]]
    assert [children(unit, FEBRUARY_1) for unit in "APG"] == [["C"], ["B"], ["D"]]
    assert [children(unit, date(2005, 3, 1)) for unit in "APG"] == [["C"], [], ["B", "D"]]
    # Under A it had batch 1, M103 due on 31 January; under P batch 2, nothing due before July; under G none.
    total(district, JANUARY_31, "B", milestones_due=1, milestones_on_time=1)
    total(district, FEBRUARY_1, "B", milestones_due=0, milestones_overdue=0, milestones_on_time=1)
    total(district, date(2006, 6, 1), "B", milestones_due=0, milestones_done=1, milestones_on_time=0)


def people() -> District:
    """Four members: in B (batch 1), in C (starts 11 January), in the root (no day 0) and in the group.

    T1 is due on day 44: in B on 14 February, in C on 24 February. T2 is due on day 85, T3 on day 100.
    """
    district = tiny()
    district.members = [
        Member("1", "王", "B", leader=True),
        Member("2", "李", "C"),
        Member("3", "陈", "R"),
        Member("4", "周", "G", leader=True),
    ]
    return district


def test_members_are_due_by_the_unit_they_are_in() -> None:
    district = people()
    total(district, date(2005, 2, 13), members=4, members_due=0)
    total(district, date(2005, 2, 14), members=4, members_due=1)
    total(district, date(2005, 2, 24), members=4, members_due=2)
    total(district, date(2006, 12, 31), members=4, members_due=2)
    # The root has a member: now it has a row of its own, after the children.
    rows = count.status(district, DEFAULT_CAMPAIGN, as_of=FEBRUARY_1)["rows"]
    assert [(row["code"], row["own"], row["members"]) for row in rows] == [
        ("A", False, 2),
        ("G", False, 1),
        ("P", False, 0),
        ("R", True, 1),
    ]


def test_a_member_of_the_root_is_due_when_the_root_has_a_batch() -> None:
    district = people()
    district.units[0] = replace(district.units[0], batch=1)
    # Root, B and the group (by the root's batch) on 14 February; C ten days later.
    total(district, date(2005, 2, 14), members_due=3)
    total(district, date(2005, 2, 14), "G", members_due=1)


def test_covered_is_every_due_task_done_or_exempt_and_one_at_least_due() -> None:
    district = people()
    district.task_dates = {("1", "T1"): date(2005, 2, 20), ("1", "T2"): date(2005, 2, 20)}
    total(district, date(2005, 2, 19), "B", members_due=1, members_covered=0)
    total(district, date(2005, 2, 20), "B", members_due=1, members_covered=1)
    # T2 on 27 March is done long before; T3 on 11 April is not.
    total(district, date(2005, 4, 10), "B", members_due=1, members_covered=1)
    total(district, date(2005, 4, 11), "B", members_due=1, members_covered=0)
    district.task_exemptions = {("1", "T3"): date(2005, 4, 12)}
    total(district, date(2005, 4, 11), "B", members_due=1, members_covered=0)
    total(district, date(2005, 4, 12), "B", members_due=1, members_covered=1)


def test_exempt_from_every_due_task_is_neither_due_nor_covered() -> None:
    district = people()
    district.task_exemptions = {("1", "T1"): date(2005, 2, 15)}
    total(district, date(2005, 2, 14), "B", members=1, members_due=1, members_covered=0)
    total(district, date(2005, 2, 15), "B", members=1, members_due=0, members_covered=0)
    # From 27 March (day 85) T2 is due, from which nobody exempted.
    total(district, date(2005, 3, 27), "B", members=1, members_due=1, members_covered=0)


def test_transfers_and_leavings_count_from_their_day() -> None:
    district = people()
    district.transfers = [Transfer("1", date(2005, 2, 14), "P"), Transfer("1", date(2005, 3, 1), "C")]
    district.leavings = [Leaving("2", date(2005, 2, 24))]
    # The member of B leaves for P on the very day T1 falls due; in P (batch 2, July) nothing is due.
    total(district, date(2005, 2, 13), "B", members=1, leaders=1)
    total(district, date(2005, 2, 14), "B", members=0, members_due=0, leaders=0, nine_ones_expected=0)
    total(district, date(2005, 2, 14), "P", members=1, members_due=0, leaders=1, nine_ones_expected=9)
    # C: its own member until 23 February; from 1 March the other one, whose T1 was due there on 24 February.
    total(district, date(2005, 2, 23), "C", members=1, members_due=0)
    total(district, date(2005, 2, 24), "C", members=0, members_due=0)
    total(district, date(2005, 3, 1), "C", members=1, members_due=1)
    total(district, date(2005, 2, 23), members=4)
    total(district, date(2005, 2, 24), members=3)


def test_nine_ones_count_each_item_once_from_its_first_day() -> None:
    district = people()
    district.nine_ones = [
        ("1", "N1", date(2005, 3, 1)),
        ("1", "N1", date(2005, 1, 20)),  # the same again, earlier
        ("1", "N2", FEBRUARY_1),
        ("1", "N3", date(2005, 2, 2)),  # tomorrow
        ("1", "L1", date(2005, 1, 5)),  # a lead
    ]
    # Two leaders owe 18; N1 and N2 are done by 1 February.
    total(
        district,
        FEBRUARY_1,
        leaders=2,
        leaders_complete=0,
        nine_ones_expected=18,
        nine_ones_done=2,
        members=4,
    )
    rows = count.nine_status(district, DEFAULT_CAMPAIGN, None, FEBRUARY_1)
    assert [(row["member"], row["unit"], row["done"]) for row in rows] == [("1", "B", 2), ("4", "G", 0)]
    assert [rows[0]["N1"], rows[0]["N2"], rows[0]["N3"]] == ["2005-01-20", "2005-02-01", None]
    assert "L1" not in rows[0]
    # The later date of N1 changes nothing when its day has come.
    assert count.nine_status(district, DEFAULT_CAMPAIGN, "B", date(2005, 3, 1))[0]["N1"] == "2005-01-20"


def test_a_leader_is_complete_with_the_ninth_and_not_by_a_lead() -> None:
    district = people()
    district.nine_ones = [("4", f"N{number}", date(2005, 1, number)) for number in range(1, 10)]
    district.nine_ones.append(("4", "L1", date(2005, 1, 1)))
    total(district, date(2005, 1, 8), "G", leaders=1, leaders_complete=0, nine_ones_done=8)
    total(district, date(2005, 1, 9), "G", leaders=1, leaders_complete=1, nine_ones_done=9)
    # Who has left is no leader any more, whatever he or she did.
    district.leavings = [Leaving("4", date(2005, 2, 1))]
    total(district, date(2005, 2, 1), "G", leaders=0, leaders_complete=0, nine_ones_done=0)


def test_by_batch() -> None:
    answer = count.status_by(people(), DEFAULT_CAMPAIGN, None, FEBRUARY_1, "batch")
    # Batch 1: A, and B and C by A's; batch 2: P; batch 3: nobody, and still a row; none: R, G and D.
    found = [
        (row["code"], row["units"], row["units_owing"], row["milestones_expected"], row["members"])
        for row in answer["rows"]
    ]
    assert found == [("1", 3, 3, 35, 2), ("2", 0, 1, 13, 0), ("3", 0, 0, 0, 0), (None, 1, 1, 11, 2)]
    assert answer["total"] == count.status(people(), DEFAULT_CAMPAIGN, as_of=FEBRUARY_1)["total"]
    # Below A every unit has a batch: no row without one.
    below = count.status_by(people(), DEFAULT_CAMPAIGN, "A", FEBRUARY_1, "batch")
    assert [row["code"] for row in below["rows"]] == ["1", "2", "3"]


def test_by_sector() -> None:
    answer = count.status_by(people(), DEFAULT_CAMPAIGN, None, FEBRUARY_1, "sector")
    # Government: A and P; rural: B; without one: R, C (below A, not inherited), G, D.
    found = [(row["code"], row["units"], row["milestones_expected"], row["members"]) for row in answer["rows"]]
    assert found == [("government", 1, 26, 0), ("rural", 1, 11, 1), (None, 2, 22, 3)]
    with pytest.raises(ValueError, match="moon"):
        count.status_by(people(), DEFAULT_CAMPAIGN, None, FEBRUARY_1, "moon")


def test_an_empty_district() -> None:
    answer = count.status(District(), DEFAULT_CAMPAIGN, as_of=FEBRUARY_1)
    assert (answer["rows"], answer["unit"]) == ([], None)
    assert count.is_zero(answer["total"])
    assert count.status_by(District(), DEFAULT_CAMPAIGN, None, FEBRUARY_1, "batch")["rows"] == []
    assert count.overdue(District(), DEFAULT_CAMPAIGN, None, FEBRUARY_1) == []


def test_another_definition() -> None:
    campaign = Campaign(
        batches=(Batch(7, date(2010, 5, 1), date(2010, 6, 30)),),
        milestones=(
            Milestone("X", "首日", 0, frozenset(ALL_OWING), sectors=frozenset({"rural"})),
            Milestone("Y", "次日", 1, frozenset({BRANCH})),
        ),
        tasks=(Task("S", "学", 0),),
        items={"I1": "一", "I2": "二"},
        leads={},
    )
    district = District(
        units=[
            Unit("R", "区委", None, DISTRICT, batch=7),
            Unit("A", "甲", "R", COMMITTEE),
            Unit("B", "乙", "R", BRANCH, sector="rural"),
        ],
        members=[Member("1", "王", "A", leader=True)],
        nine_ones=[("1", "I1", date(2010, 4, 1)), ("1", "I2", date(2010, 5, 3))],
    )
    # A owes nothing (X is for the rural ones, Y for branches), B owes X on 1 May and Y on 2 May.
    got = count.status(district, campaign, as_of=date(2010, 5, 2))["total"]
    assert (got["units"], got["units_owing"], got["milestones_expected"], got["milestones_due"]) == (
        2,
        1,
        2,
        2,
    )
    assert (got["milestones_overdue"], got["worst_days_late"], got["members_due"]) == (1, 1, 1)
    assert (got["nine_ones_expected"], got["nine_ones_done"], got["leaders_complete"]) == (2, 1, 0)
    assert count.overdue(district, campaign, None, date(2010, 5, 2)) == [("B", "X", date(2010, 5, 1), 1)]


def test_id_numbers_carry_the_right_check_character() -> None:
    # The two examples of the standard itself, GB 11643-1999.
    assert check_character("11010519491231002") == "X"
    assert check_character("44052418800101001") == "4"
    assert id_number(date(1950, 2, 3), 7).startswith("33030419500203007")


def sheet(number: int, on: date, *ballots: int, method: str = "sample") -> Sheet:
    return Sheet("B", number, method, on, *ballots, *[0] * (5 - len(ballots)))


MAY_1, MAY_10, MAY_20, JUNE_1 = date(2005, 5, 1), date(2005, 5, 10), date(2005, 5, 20), date(2005, 6, 1)


def surveyed(day: date, *sheets: Sheet, least: int = 0, grades: int = 3) -> int | None:
    """How many of B's milestones are done on a day: the survey's alone can be."""
    district = tiny()
    district.milestone_dates, district.sheets = {}, list(sheets)
    district.least_percent, district.grades = least, grades
    done: int | None = count.status(district, DEFAULT_CAMPAIGN, "B", as_of=day)["total"]["milestones_done"]
    return done


def test_a_survey_is_passed_unless_more_than_half_are_dissatisfied() -> None:
    assert surveyed(MAY_1, sheet(1, MAY_1, 5, 0, 0, 5)) == 1
    assert surveyed(MAY_1, sheet(1, MAY_1, 4, 1, 0, 6)) == 0
    # Blank ballots are valid ones: five of ten are not more than half.
    assert surveyed(MAY_1, sheet(1, MAY_1, 1, 0, 0, 5, 4)) == 1
    # No ballots are no result, a survey of tomorrow is none yet, and without any nothing is passed.
    assert surveyed(MAY_1, sheet(1, MAY_1)) == 0
    assert surveyed(date(2005, 4, 30), sheet(1, MAY_1, 5)) == 0
    assert surveyed(MAY_1) == 0


def test_a_district_may_set_a_least_satisfaction_instead() -> None:
    # Seven of ten with the first three grades, six with two, four with one; the dissatisfied no longer decide.
    ballots = sheet(1, MAY_1, 4, 2, 1, 3)
    assert [surveyed(MAY_1, ballots, least=70, grades=grades) for grades in (1, 2, 3)] == [0, 0, 1]
    assert [surveyed(MAY_1, ballots, least=least, grades=2) for least in (60, 61)] == [1, 0]
    assert surveyed(MAY_1, sheet(1, MAY_1, 2, 0, 0, 8), least=10) == 1


def test_each_sheet_of_a_round_must_pass_and_the_last_round_decides() -> None:
    good = sheet(1, MAY_1, 5, method="representatives")
    assert surveyed(MAY_20, good, sheet(1, MAY_10, 0, 0, 0, 3)) == 0
    assert surveyed(MAY_1, good, sheet(1, MAY_10, 0, 0, 0, 3)) == 1  # the bad sheet comes only on the 10th
    assert surveyed(MAY_20, good, sheet(2, MAY_10, 0, 0, 0, 3)) == 0
    assert surveyed(MAY_20, good, sheet(2, MAY_10, 0, 0, 0, 3), sheet(3, MAY_20, 3)) == 1


def test_a_survey_is_done_on_the_day_of_the_first_round_that_passed_after_the_last_that_did_not() -> None:
    # M305 is due on 11 May (1 January + 130). Passed on the 10th it is on time; passed again later it stays so.
    district = tiny()
    district.sheets = [sheet(1, MAY_1, 0, 0, 0, 3), sheet(2, MAY_10, 3), sheet(3, MAY_20, 3)]
    total(district, JUNE_1, "B", milestones_on_time=2)
    # Failed in between, it counts from the 20th only.
    district.sheets[1] = sheet(2, MAY_10, 0, 0, 0, 3)
    total(district, JUNE_1, "B", milestones_on_time=1, milestones_done=2)
    # A round has the day of its last sheet.
    district.sheets[1:] = [sheet(2, MAY_10, 3), sheet(2, MAY_20, 3, method="representatives")]
    total(district, JUNE_1, "B", milestones_on_time=1)
    assert ("B", "M305", date(2005, 5, 11), 21) not in count.overdue(district, DEFAULT_CAMPAIGN, "B", JUNE_1)
    assert ("B", "M305", date(2005, 5, 11), 1) not in count.overdue(district, DEFAULT_CAMPAIGN, "B", date(2005, 5, 12))
    district.sheets.append(sheet(3, JUNE_1, 0, 0, 0, 3))
    assert ("B", "M305", date(2005, 5, 11), 21) in count.overdue(district, DEFAULT_CAMPAIGN, "B", JUNE_1)


def test_a_missed_session_keeps_the_study_task_open_until_it_is_made_good() -> None:
    # T1 is due on 14 February (1 January + 44).
    district = tiny()
    district.members = [Member("1", "王", "B")]
    district.task_dates["1", "T1"] = FEBRUARY_1
    february_14, march_1 = date(2005, 2, 14), date(2005, 3, 1)
    total(district, february_14, "B", members_due=1, members_covered=1)
    district.sessions = [Session("A", date(2005, 2, 10), "党章")]
    district.missed = [Missed("党章", "1", march_1)]
    total(district, february_14, "B", members_due=1, members_covered=0)
    total(district, march_1, "B", members_due=1, members_covered=1)
    district.missed = [Missed("党章", "1", None)]
    total(district, march_1, "B", members_covered=0)
    # Exempt from studying nobody is held up by it.
    district.task_exemptions["1", "T1"] = FEBRUARY_1
    total(district, march_1, "B", members_due=0, members_covered=0)


CHECKS = [HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=50, deadline=None, suppress_health_check=CHECKS)
@given(district=districts(), data=st.data())
def test_rows_add_up_to_the_total_on_any_district(district: District, data: st.DataObject) -> None:
    day = data.draw(st.sampled_from(as_of_days(district)))
    unit = data.draw(st.sampled_from([unit.code for unit in district.units]))
    answers = [count.status(district, CAMPAIGNS[district.campaign], unit, as_of=day)]
    answers += [count.status_by(district, CAMPAIGNS[district.campaign], unit, day, by) for by in ("batch", "sector")]
    for answer in answers:
        assert answer["total"] == answers[0]["total"]
        for key in FIGURES:
            values = [row[key] for row in answer["rows"] if row[key] is not None]
            whole = max(values, default=None) if key == "worst_days_late" else sum(values)
            assert answer["total"][key] == whole
    late = count.overdue(district, CAMPAIGNS[district.campaign], unit, day)
    assert len(late) == answers[0]["total"]["milestones_overdue"]


@settings(max_examples=50, deadline=None, suppress_health_check=CHECKS)
@given(district=districts(), chinese=st.booleans(), wide=st.booleans())
def test_the_files_hold_everything(
    tmp_path_factory: pytest.TempPathFactory, district: District, chinese: bool, wide: bool
) -> None:
    folder = tmp_path_factory.mktemp("files")
    cells: dict[str, int] = {}
    for kind, path in write_csvs(district, folder, chinese=chinese, wide=wide):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.reader(stream))
        assert len({len(row) for row in rows}) == 1
        assert len(set(rows[0])) == len(rows[0])
        keys = 2 if "单位" in rows[0] and kind in ("tasks", "nine-ones") else 1
        filled = sum(1 for row in rows[1:] for cell in row[keys:] if cell)
        cells[kind] = filled if wide and kind in ("milestones", "tasks", "nine-ones") else len(rows) - 1
    assert cells.pop("units") == len(district.units)
    assert cells.pop("members", 0) == len(district.members)
    assert cells.pop("milestones", 0) == len(district.milestone_dates)
    assert cells.pop("tasks", 0) == len(district.task_dates)
    assert cells.pop("nine-ones", 0) == len(district.nine_ones)
    assert cells.pop("surveys", 0) == len(district.sheets)
    assert cells.pop("sessions", 0) == len(district.sessions)
    assert cells.pop("missed-sessions", 0) == len(district.missed)
    assert cells == {}
    made = steps(district, folder, chinese=chinese, wide=wide)
    assert [argv for argv in made if argv[0] not in ("import", "campaign")] == events(district)

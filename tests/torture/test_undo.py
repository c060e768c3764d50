"""Everything can be taken back: the import of a whole district in one go, and any row of commands in reverse."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from tests.support import assert_one_line, id_number
from tests.torture.conftest import Counted
from tests.torture.support import FULL, Base, asked, call, content, copied, duration, ok, plain, sound, times

LAST = "SELECT max(id) FROM operation"


def test_the_import_of_a_district_is_undone_and_redone(base: Base, folder: Path, counted: Counted) -> None:
    db = copied(base.units, folder)
    empty = content(db)
    importing = duration(lambda: ok(db, "import", "members", base.members), time.perf_counter)
    full = content(db)
    number = asked(db, LAST)
    undoing = duration(lambda: ok(db, "undo"), time.perf_counter)
    assert content(db) == empty
    assert asked(db, "SELECT count(*) FROM member") == 0
    assert sound(db) == []
    # An undo is an operation, and so can be undone.
    redoing = duration(lambda: ok(db, "undo"), time.perf_counter)
    assert content(db) == full
    assert sound(db) == []
    assert asked(db, LAST) == number + 2
    counted(
        f"import of {base.count} members undone and redone in one go: import {importing:.2f} s, "
        f"undo {undoing:.2f} s, redo {redoing:.2f} s"
    )


def test_an_import_that_updates_is_undone(base: Base, folder: Path) -> None:
    db = copied(base.units, folder)
    ok(db, "import", "members", base.members)
    before = content(db)
    changed = folder / "changed.csv"
    lines = base.members.read_text("utf-8").splitlines()
    changed.write_text("\n".join([lines[0], *(line.replace("男", "女") for line in lines[1:])]) + "\n", "utf-8")
    text = changed.read_text("utf-8").replace(",male,", ",female,")
    changed.write_text(text, "utf-8")
    ok(db, "import", "members", changed)
    assert content(db) != before
    ok(db, "undo")
    assert content(db) == before
    assert sound(db) == []


def operations(path: Path) -> list[tuple[int, int]]:
    """Return the number of each operation and of its changes."""
    with plain(path) as connection:
        return connection.execute("SELECT id, changes FROM operation ORDER BY id").fetchall()


UNITS = (
    "330304-A",
    "330304-A1",
    "330304-A1-1",
    "330304-A1-2",
    "330304-A2",
    "330304-B",
    "330304-B1",
    "330304-B2",
    "N1",
    "N2",
)
MEMBERS = (*(f"P{number:06}" for number in range(1, 13)), "M1", "M2", "M3")
DAYS = tuple(f"2005-{month:02}-{day:02}" for month in (1, 2, 3) for day in (1, 15, 28))
TEXTS = ("", "周正", "it's", "'", "a,b|c\n'd'", "NULL", "1", "区\u202e\U0001f600", "x" * 300)
unit, member, day, text = (st.sampled_from(values) for values in (UNITS, MEMBERS, DAYS, TEXTS))
FIELDS = ("code", "name", "unit", "id_number", "born_on", "post", "leader")


class Clerk(RuleBasedStateMachine):
    """Somebody who calls commands at random, refused ones too, and takes some of them back at once."""

    template: Path
    steps = 0
    undone = 0
    refused = 0

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp(prefix="advedu-undo-"))
        self.db = copied(self.template, self.home)

    @initialize()
    def begin(self) -> None:
        self.before = content(self.db)
        self.first = asked(self.db, LAST)

    def do(self, *argv: str | Path) -> None:
        answer = call(self.db, *argv)
        assert answer.code in (0, 1, 2, 3), answer
        if answer.code:
            Clerk.refused += 1
            if answer.code != 3:
                assert_one_line(answer.err)
        Clerk.steps += 1
        assert sound(self.db) == [], argv

    def imported(self, kind: str, names: tuple[str, ...], rows: list[dict[str, Any]], *options: str) -> None:
        import csv

        path = self.home / f"{kind}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, names, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
        self.do("import", kind, path, *options)

    @rule(code=unit, parent=unit, name=text, kind=st.sampled_from(("党支部", "党委", "党组")))
    def unit_add(self, code: str, parent: str, name: str, kind: str) -> None:
        self.do("unit", "add", code, "--name", name, "--parent", parent, "--kind", kind)

    @rule(code=unit, name=text, chief=text, start=st.one_of(st.just(""), day))
    def unit_edit(self, code: str, name: str, chief: str, start: str) -> None:
        self.do("unit", "edit", code, "--chief", chief, "--starts-on", start, *(["--name", name] if name else []))

    @rule(code=unit, parent=unit, on=day)
    def unit_move(self, code: str, parent: str, on: str) -> None:
        self.do("unit", "move", code, parent, "--on", on)

    @rule(code=unit, on=day)
    def unit_close(self, code: str, on: str) -> None:
        self.do("unit", "close", code, "--on", on, "--reason", "合并")

    @rule(code=member, where=unit, name=text, number=st.integers(0, 3))
    def member_add(self, code: str, where: str, name: str, number: int) -> None:
        numbered = ["--id-number", id_number(800 + number)] if number else []
        self.do("member", "add", code, "--name", name, "--unit", where, *numbered)

    @rule(code=member, post=text, number=st.integers(0, 3), leader=st.sampled_from(("--leader", "--no-leader")))
    def member_edit(self, code: str, post: str, number: int, leader: str) -> None:
        self.do(
            "member", "edit", code, "--post", post, "--id-number", id_number(800 + number) if number else "", leader
        )

    @rule(code=member, where=unit, on=day)
    def transfer(self, code: str, where: str, on: str) -> None:
        self.do("member", "transfer", code, where, "--on", on)

    @rule(code=member, on=day)
    def leave(self, code: str, on: str) -> None:
        self.do("member", "leave", code, "--on", on)

    @rule(
        codes=st.lists(unit, min_size=1, max_size=3),
        milestone=st.sampled_from(("M101", "M103", "M104")),
        on=day,
        who=text,
    )
    def mark(self, codes: list[str], milestone: str, on: str, who: str) -> None:
        self.do("milestone", "mark", *codes, milestone, "--on", on, "--head", who, "--reporter", who)

    @rule(
        code=unit,
        milestone=st.sampled_from(("M101", "M103", "M104")),
        verb=st.sampled_from(("unmark", "exempt", "lift")),
    )
    def unmark(self, code: str, milestone: str, verb: str) -> None:
        words = {
            "unmark": ("unmark", code, milestone),
            "exempt": ("exempt", code, milestone, "--reason", "撤"),
            "lift": ("exempt", code, milestone, "--lift"),
        }
        self.do("milestone", *words[verb])

    @rule(code=member, task=st.sampled_from(("T1", "T2")), on=day, verb=st.sampled_from(("mark", "unmark", "exempt")))
    def task(self, code: str, task: str, on: str, verb: str) -> None:
        words = {"mark": ("--on", on), "unmark": (), "exempt": ("--reason", "病")}
        self.do("task", verb, code, task, *words[verb])

    @rule(code=member, item=st.sampled_from(("N1", "L1")), on=day, verb=st.sampled_from(("tick", "untick")))
    def nine(self, code: str, item: str, on: str, verb: str) -> None:
        self.do("nine", verb, code, item, "--on", on)

    @rule(
        rows=st.lists(
            st.fixed_dictionaries(
                {
                    "code": member,
                    "name": st.sampled_from(("王小明", "新人", "'引'")),
                    "unit": unit,
                    "id_number": st.sampled_from(("", "<clear>", id_number(801), id_number(802))),
                    "post": text,
                    "leader": st.sampled_from(("", "是", "否")),
                }
            ),
            min_size=1,
            max_size=4,
        ),
        options=st.sampled_from(
            ((), ("--partial",), ("--moves-on", "2005-03-30"), ("--partial", "--moves-on", "2005-03-30"))
        ),
    )
    def import_members(self, rows: list[dict[str, str]], options: tuple[str, ...]) -> None:
        self.imported("members", FIELDS, rows, *options)

    @rule(
        rows=st.lists(
            st.fixed_dictionaries(
                {"unit": unit, "milestone": st.sampled_from(("M101", "M103", "M104")), "done_on": day, "note": text}
            ),
            min_size=1,
            max_size=4,
        )
    )
    def import_milestones(self, rows: list[dict[str, str]]) -> None:
        self.imported("milestones", ("unit", "milestone", "done_on", "note"), rows, "--partial")

    @rule(on=st.one_of(st.just("--off"), day))
    def pin(self, on: str) -> None:
        self.do("pin", on)

    @precondition(lambda self: asked(self.db, LAST) > self.first)
    @rule()
    def undo(self) -> None:
        """The last one, which may be an undo itself."""
        self.do("undo")

    @precondition(lambda self: asked(self.db, LAST) > self.first)
    @rule(back=st.integers(0, 5))
    def undo_an_earlier_one(self, back: int) -> None:
        self.do("undo", str(max(self.first + 1, asked(self.db, LAST) - back)))

    def teardown(self) -> None:
        try:
            if hasattr(self, "before"):
                self.all_back()
        finally:
            shutil.rmtree(self.home)

    def all_back(self) -> None:
        """Take back everything that was done, in reverse, the undoings too."""
        for number, changes in reversed(operations(self.db)):
            if number > self.first and changes:
                answer = call(self.db, "undo", str(number))
                assert answer.code == 0, (number, answer.err)
                Clerk.undone += 1
        assert content(self.db) == self.before
        assert sound(self.db) == []


@pytest.mark.long
def test_whatever_was_done_is_undone_in_reverse(filled_file: Path, counted: Counted) -> None:
    Clerk.template = filled_file
    Clerk.steps = Clerk.undone = Clerk.refused = 0
    run_state_machine_as_test(
        Clerk,
        settings=settings(
            max_examples=times(100, 6),
            stateful_step_count=times(30, 12),
            suppress_health_check=list(HealthCheck),
            derandomize=not FULL,
        ),
    )
    counted(
        f"{Clerk.steps} random commands ({Clerk.refused} refused): verify clean after each, "
        f"{Clerk.undone} operations taken back in reverse, content as at the beginning each time"
    )
    assert Clerk.undone > Clerk.steps // 10


# ── what stands in the way ──


def test_an_operation_whose_rows_changed_since_is_not_undone(small: Path) -> None:
    ok(small, "unit", "edit", "330304-A", "--chief", "甲")
    first = asked(small, LAST)
    ok(small, "unit", "edit", "330304-B", "--chief", "丙")
    ok(small, "unit", "edit", "330304-A", "--chief", "乙")
    later = asked(small, LAST)
    before = content(small)
    answer = call(small, "undo", str(first))
    assert answer.code == 1
    assert_one_line(answer.err)
    assert f"operation {later}" in answer.err
    assert content(small) == before
    assert asked(small, LAST) == later
    # What does not touch it is no obstacle, and once the later one is taken back the earlier one can be.
    ok(small, "undo", str(later - 1))
    ok(small, "undo", str(later))
    ok(small, "undo", str(first))
    assert asked(small, "SELECT chief FROM unit WHERE code = '330304-A'").decode() == "周正己"
    assert sound(small) == []


@pytest.mark.parametrize("way", ["records on it", "its number is taken"])
def test_what_a_later_operation_needs_is_not_taken_away(small: Path, way: str) -> None:
    """It names the later operation here too, not only the table."""
    if way == "records on it":
        ok(small, "unit", "add", "N1", "--name", "新支部", "--parent", "330304-A", "--kind", "党支部")
        first = asked(small, LAST)
        ok(small, "milestone", "mark", "N1", "M103", "--on", "2005-02-01")
    else:
        number = asked(small, "SELECT id_number FROM member WHERE code = 'P000001'").decode()
        ok(small, "member", "edit", "P000001", "--id-number", "")
        first = asked(small, LAST)
        ok(small, "member", "edit", "P000006", "--id-number", number, "--born-on", "")
    later, before = asked(small, LAST), content(small)
    answer = call(small, "undo", str(first))
    assert answer.code == 1
    assert_one_line(answer.err)
    assert content(small) == before
    assert f"operation {later}" in answer.err
    assert "constraint" not in answer.err
    ok(small, "undo", str(later))
    ok(small, "undo", str(first))
    assert sound(small) == []


@pytest.mark.parametrize("number", ["0", "-1", "1", "999", "9223372036854775808"])
def test_a_number_that_cannot_be_undone(small: Path, number: str) -> None:
    before = content(small)
    answer = call(small, "undo", "--", number)
    assert answer.code in (1, 2)
    assert_one_line(answer.err)
    assert content(small) == before


def test_a_dry_run_of_an_undo_changes_nothing(small: Path) -> None:
    before, number = content(small), asked(small, LAST)
    shown = ok(small, "undo", "--dry-run")
    assert "330304-B" in shown
    assert (content(small), asked(small, LAST)) == (before, number)

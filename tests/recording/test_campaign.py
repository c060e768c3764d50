"""A changed definition in a file that is in use: what it changes, what it must not, and the way back."""

from __future__ import annotations

import hashlib
import re
import shutil
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from advedu.reports.definition_text import written
from advedu.rules import definition
from tests.support import Cli, process

A, A1, A11, B, B1 = "330304-A", "330304-A1", "330304-A1-1", "330304-B", "330304-B1"
SHIPPED = definition.SHIPPED / "advanced-nature-2005.toml"
TEXT = SHIPPED.read_text(encoding="utf-8")


def edited(*changes: tuple[str, str], version: int = 2) -> str:
    text = TEXT.replace("version = 1\nsource", f"version = {version}\nsource")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def without(*codes: str) -> str:
    """The definition without some tables, each found by its code or, a rank, by its name."""
    text = edited()
    for code in codes:
        # A batch names the sectors that it is meant for.
        text = text.replace(f', "{code}"', "")
        text, count = re.subn(
            rf'\[\[\w+\]\][^\[]*?(?:code|name) = "{code}"\n[^\[]*(?:\[[^\[\]]*\][^\[]*)*?(?=\[\[)', "", text
        )
        assert count == 1, code
    return text


def apply(cli: Cli, text: str, *options: str, code: int = 0) -> dict:  # type: ignore[type-arg]
    return cli.json("campaign", "apply", cli.write("mine.toml", text), *options, code=code)


def changed(document: dict) -> list[tuple]:  # type: ignore[type-arg]
    return [tuple(row[key] for key in ("change", "what", "code", "field", "old", "new")) for row in document["rows"]]


def moved(document: dict) -> dict:  # type: ignore[type-arg]
    """The figures that differ."""
    before, after = document["figures"]["before"], document["figures"]["after"]
    return {key: (before[key], after[key]) for key in before if before[key] != after[key]}


# ── export ──


def test_what_was_applied_is_exported_byte_for_byte(cli: Cli) -> None:
    assert cli.ok("campaign", "export") == TEXT
    target = cli.folder / "出 口.toml"
    cli.ok("campaign", "export", "--output", target)
    assert target.read_bytes() == TEXT.encode()
    document = cli.json("campaign", "export")
    assert (document["definition"], document["as_applied"]) == (TEXT, True)


def test_comments_of_an_applied_text_are_exported_too(cli: Cli) -> None:
    text = edited() + "# 我区的说明\n"
    apply(cli, text)
    assert cli.ok("campaign", "export") == text


def test_a_pipe_gets_utf_8_whatever_the_code_page(cli: Cli) -> None:
    answer = process("--db", cli.db, "campaign", "export", env={"PYTHONIOENCODING": "gbk"})
    assert answer.stdout == TEXT.encode()


@pytest.mark.parametrize("name", definition.shipped())
def test_what_is_written_from_the_tables_is_the_same_definition(bare: Cli, name: str) -> None:
    """Whoever adds a field to a definition meets this test: it must be read from its table and written as TOML."""
    from contextlib import closing

    from advedu.storage import definitions
    from advedu.storage.connection import connect

    bare.ok("init", "--campaign", name)
    wanted = definition.load(name)
    with closing(connect(bare.db)) as file:
        held = definitions.stored(file)
        assert definitions.Plan(file, wanted).same_entries
    assert held._replace(rules=()) == wanted._replace(rules=())
    assert sorted(held.rules) == sorted(wanted.rules)
    text = written(held)
    assert definition.parse(text, "x")._replace(text="") == held._replace(text="")
    assert apply(bare, text)["rows"] == []


def test_a_text_that_is_no_longer_true_is_written_anew(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("advedu.storage.campaign.definition_text", lambda _: edited(("due_day = 15", "due_day = 16")))
    answer = cli("campaign", "export")
    assert "tables" in answer.err
    document = tomllib.loads(answer.out)
    assert document["milestones"][0] == {
        "code": "M101",
        "name": "成立领导小组和工作机构",
        "phase": "study",
        "due_day": 15,
        "required": True,
        "role": "body",
        "evidence": False,
        "by_date": True,
        "applies_to": ["committee", "party_group", "work_committee"],
    }


def test_hostile_texts_survive_being_written() -> None:
    hostile = 'a"b\\c\nd\te\x7f\u202e\U00020bb7'
    wanted = definition.load("advanced-nature-2005")
    wanted = wanted._replace(name=hostile, goals=(hostile,), items=(wanted.items[0]._replace(name=hostile),))
    assert definition.parse(written(wanted), "x")._replace(text="") == wanted._replace(text="")


# ── what a change shows and does ──


def test_the_same_text_again_changes_nothing(filled: Cli) -> None:
    before = filled.everything()
    assert apply(filled, TEXT) == {**apply(filled, TEXT), "operation": None, "rows": []}
    assert "Nothing to change" in filled.ok("campaign", "apply", "advanced-nature-2005")
    assert filled.everything() == before
    apply(filled, edited())
    before = filled.everything()
    assert apply(filled, edited())["operation"] is None
    assert filled.everything() == before


def test_each_kind_of_change_is_one_line(filled: Cli) -> None:
    text = edited(
        ('name = "制定教育活动方案"\nrole = "plan"\ndue_day = 20', 'name = "制定活动方案"\nrole = "plan"\ndue_day = 10'),
        ("[[tasks]]\ncode = \"T1\"", '[[milestones]]\ncode = "M307"\nphase = "improvement"\nname = "回头看"\ndue_day = 134\napplies_to = "owing"\n\n[[tasks]]\ncode = "T1"'),
        ("value = 90", "value = 80"),
        ('"促进各项工作"]', '"促进各项工作", "群众满意"]'),
    )  # fmt: skip
    document = apply(filled, text)
    lines = changed(document)
    assert lines[0] == ("changed", "campaign", "advanced-nature-2005", "version", 1, 2)
    assert ("changed", "milestones", "M102", "name", "制定教育活动方案", "制定活动方案") in lines
    assert ("changed", "milestones", "M102", "due_day", 20, 10) in lines
    assert ("changed", "rules", "least_days", "value", 90, 80) in lines
    assert ("added", "goals", "5", None, None, "群众满意") in lines
    added = next(line for line in lines if line[0] == "added" and line[1] == "milestones")
    assert added[2] == "M307"
    assert (added[5]["phase"], added[5]["due_day"], added[5]["required"]) == ("improvement", 134, True)
    assert len(lines) == 6
    # Eight units owe milestones, and each owes the new one too, which is not due yet; M102 is due ten days earlier.
    assert moved(document) == {"milestones_expected": (96, 104), "worst_days_late": (74, 79)}
    assert document["operation"] == 5


def test_figures_before_and_after_are_those_of_status(filled: Cli) -> None:
    filled.ok("milestone", "mark", A, A1, "M101", "--on", "2005-01-10")
    before = filled.json("status")["total"]
    text = edited(("starts_on = 2005-01-01\nends_on = 2005-06-30", "starts_on = 2005-02-01\nends_on = 2005-07-31"))
    dry = apply(filled, text, "--dry-run")
    assert filled.json("status")["total"] == before
    document = apply(filled, text)
    after = filled.json("status")["total"]
    assert dry["figures"] == document["figures"]
    assert {key: before[key] for key in dry["figures"]["before"]} == dry["figures"]["before"]
    assert {key: after[key] for key in dry["figures"]["after"]} == dry["figures"]["after"]
    assert set(moved(document)) >= {"milestones_due", "milestones_overdue", "worst_days_late"}
    assert ("changed", "batches", "1", "starts_on", "2005-01-01", "2005-02-01") in changed(document)
    # The units' due days have moved with their batch.
    rows = filled.rows("overdue", A1)
    assert [row["due_on"] for row in rows if row["milestone"] == "M102"] == ["2005-02-21"]


def test_a_dry_run_writes_nothing(filled: Cli) -> None:
    before = filled.everything()
    said = filled.ok(
        "campaign", "apply", filled.write("mine.toml", edited(("due_day = 15", "due_day = 5"))), "--dry-run"
    )
    assert "nothing was written" in said
    assert "M101 成立领导小组和工作机构" in said
    assert filled.everything() == before


def test_keys_and_records_stay_whatever_the_order_in_the_file(filled: Cli) -> None:
    filled.ok("milestone", "mark", A, "M101", "--on", "2005-01-10")
    keys = dict(filled.query("SELECT code, id FROM milestone"))
    first, second = (TEXT.index(f'[[milestones]]\ncode = "{code}"') for code in ("M101", "M102"))
    third = TEXT.index('[[milestones]]\ncode = "M103"')
    turned = TEXT[:first] + TEXT[second:third] + TEXT[first:second] + TEXT[third:]
    document = apply(filled, turned)
    assert (document["rows"], document["operation"]) == ([], 6)
    assert dict(filled.query("SELECT code, id FROM milestone")) == keys
    assert filled.ok("campaign", "export") == turned
    assert filled.ok("campaign", "apply", filled.write("x.toml", TEXT)).count("Only the text") == 1
    document = apply(filled, edited(('code = "M102"\nphase', 'code = "M109"\nname = "新"\nphase = "study"\ndue_day = 3\napplies_to = "owing"\n[[milestones]]\ncode = "M102"\nphase')))  # fmt: skip
    new = dict(filled.query("SELECT code, id FROM milestone"))
    assert new.pop("M109") == max(keys.values()) + 1
    assert new == keys
    assert filled.query("SELECT done_on FROM milestone_done d JOIN milestone m ON m.id = d.milestone_id WHERE m.code = 'M101'") == [("2005-01-10",)]  # fmt: skip


def test_ranks_keep_the_order_of_the_file(filled: Cli) -> None:
    text = edited(('[[ranks]]\nname = "副厅级"', '[[ranks]]\nname = "厅级助理"\n[[ranks]]\nname = "副厅级"'))
    lines = changed(apply(filled, text))
    assert ("added", "ranks", "厅级助理") in [line[:3] for line in lines]
    names = [name for (name,) in filled.query("SELECT name FROM rank ORDER BY id")]
    assert names[-3:] == ["厅级助理", "副厅级", "正厅级"]
    filled.ok("undo")
    assert len(filled.query("SELECT * FROM rank")) == 9
    filled.ok("verify")
    swapped = edited(
        ('name = "副厅级"', 'name = "？"'), ('name = "正厅级"', 'name = "副厅级"'), ('name = "？"', 'name = "正厅级"')
    )
    places = [line[2:] for line in changed(apply(filled, swapped)) if line[3] == "place"]
    assert sorted(places) == [("副厅级", "place", 8, 9), ("正厅级", "place", 9, 8)]
    filled.ok("verify")


# ── what stays ──


@pytest.mark.parametrize(
    ("before", "gone", "named"),
    [
        ([("milestone", "mark", A, A1, "M101", "--on", "2005-01-10")], "M101", "M101 成立领导小组和工作机构 (2)"),
        ([("milestone", "exempt", A, "M101", "--reason", "x")], "M101", "M101 成立领导小组和工作机构 (1)"),
        ([("task", "mark", "P000001", "T1", "--on", "2005-01-10")], "T1", "T1 集中学习 (1)"),
        ([("nine", "tick", "P000001", "L4", "--on", "2005-01-10")], "L4", "L4 带头联系基层和群众 (1)"),
        ([("unit", "edit", A1, "--sector", "school")], "school", "school 学校 (1)"),
        ([("member", "edit", "P000001", "--category", "worker")], "worker", "worker 工人 (1)"),
        ([], "1", "1 第一批 (1)"),
        ([], "正科级", "正科级 (3)"),
    ],
    ids=lambda each: each if isinstance(each, str) and each.isascii() else "",
)
def test_what_records_stand_on_cannot_be_left_out(
    filled: Cli, before: list[tuple[str, ...]], gone: str, named: str
) -> None:
    for argv in before:
        filled.ok(*argv)
    everything = filled.everything()
    path = filled.write("mine.toml", without(gone))
    assert named in filled.refused("campaign", "apply", path)
    assert named in filled.refused("campaign", "apply", path, "--dry-run")
    assert filled.everything() == everything


def test_what_nobody_used_can_go_and_comes_back_with_undo(filled: Cli) -> None:
    filled.ok("unit", "edit", B, "--batch", "1")
    tables = filled.tables()
    document = apply(filled, without("M203", "T3", "L4", "3", "2", "hospital", "soldier", "办事员", "remedial_days"))
    gone = [(what, code) for change, what, code, *_ in changed(document) if change == "removed"]
    assert gone == [
        *(("batches", "2"), ("batches", "3"), ("milestones", "M203"), ("tasks", "T3"), ("items", "L4")),
        *(("rules", "remedial_days"), ("sectors", "hospital"), ("categories", "soldier"), ("ranks", "办事员")),
    ]
    filled.ok("verify")
    assert "L4" not in filled.ok("campaign", "show")
    filled.ok("undo")
    assert filled.tables() == tables
    assert filled.ok("campaign", "export") == TEXT
    filled.ok("verify")


def test_a_phase_can_go_when_its_milestones_move(filled: Cli) -> None:
    filled.ok("milestone", "mark", A, "M205", "--on", "2005-03-20")
    text = edited(('phase = "analysis"', 'phase = "improvement"'))
    text = re.sub(r'\[\[phases\]\]\ncode = "analysis"[^\[]*', "", text)
    assert ("removed", "phases", "analysis") in [line[:3] for line in changed(apply(filled, text))]
    filled.ok("verify")
    assert "M205" in filled.ok("unit", "show", A)


def test_a_key_that_was_used_once_is_not_used_again(filled: Cli) -> None:
    """An undone mark must come back on its own milestone, or not at all."""
    filled.ok("nine", "tick", "P000001", "L4", "--on", "2005-01-10")
    filled.ok("nine", "untick", "P000001", "L4")
    untick = filled.query("SELECT max(id) FROM operation")[0][0]
    (old,) = filled.query("SELECT id FROM item WHERE code = 'L4'")[0]
    apply(filled, without("L4"))
    apply(filled, edited(('code = "L4"\nname = "带头联系基层和群众"', 'code = "L5"\nname = "另一件事"')))
    assert filled.query("SELECT id FROM item WHERE code = 'L5'")[0][0] > old
    assert "later records" in filled.refused("undo", str(untick)) or filled.query("SELECT * FROM item_done") == []


def test_an_undo_is_refused_once_somebody_used_what_was_added(filled: Cli) -> None:
    extra = '[[tasks]]\ncode = "T4"\nphase = "study"\nname = "谈体会"\ndue_day = 20\n\n[[tasks]]\ncode = "T1"'
    operation = apply(filled, edited(('[[tasks]]\ncode = "T1"', extra)))["operation"]
    filled.ok("task", "mark", "P000001", "T4", "--on", "2005-01-10")
    assert "later records stand on its rows" in filled.refused("undo", str(operation))
    filled.ok("task", "unmark", "P000001", "T4")
    filled.ok("undo", str(operation))
    assert filled.ok("campaign", "export") == TEXT


def test_records_outside_a_narrower_scope_are_kept_and_said(filled: Cli) -> None:
    filled.ok("milestone", "mark", A11, A1, "M103", "--on", "2005-01-10")
    text = edited(('name = "召开动员部署大会"\nrole = "meeting"\ndue_day = 30\napplies_to = "owing"', 'name = "召开动员部署大会"\nrole = "meeting"\ndue_day = 30\napplies_to = "with_body"'))  # fmt: skip
    answer = filled("campaign", "apply", filled.write("mine.toml", text))
    assert (answer.code, answer.err.count("\n")) == (0, 1)
    assert "M103 召开动员部署大会 no longer applies to 1 of its records" in answer.err
    assert len(filled.query("SELECT * FROM milestone_done")) == 2
    filled.ok("undo")
    assert filled.json("status")["total"]["milestones_done"] == 2


def test_a_hostile_name_steers_no_terminal(filled: Cli) -> None:
    filled.ok("milestone", "mark", A11, "M103", "--on", "2005-01-10")
    text = edited(
        ('name = "召开动员部署大会"\nrole = "meeting"\ndue_day = 30\napplies_to = "owing"', 'name = "\\u001b[2J\\u202e"\ndue_day = 30\napplies_to = "with_body"'),
    )  # fmt: skip
    for argv in (
        ("apply", filled.write("mine.toml", text), "--dry-run"),
        ("apply", filled.folder / "mine.toml"),
        ("show",),
    ):
        answer = filled("campaign", *argv)
        assert answer.code == 0
        assert all(line.isprintable() for line in (answer.out + answer.err).splitlines())
        assert "\\u001b[2J\\u202e" in answer.out


# ── refusals ──


def test_another_campaign_or_an_older_version_is_refused(filled: Cli) -> None:
    other = edited(('code = "advanced-nature-2005"', 'code = "mass-line-2099"'))
    assert "advedu init --campaign" in filled.refused("campaign", "apply", filled.write("a.toml", other))
    apply(filled, edited(version=3))
    message = filled.refused("campaign", "apply", filled.write("b.toml", edited(version=2)))
    assert "version 2" in message
    assert "version 3" in message
    answer = filled("campaign", "apply", filled.write("c.toml", edited(("value = 90", "value = 91"), version=3)))
    assert "still 3" in answer.err
    assert answer.code == 0


def test_tasks_that_find_no_room_are_refused(filled: Cli) -> None:
    def tasks(count: int) -> Path:
        tables = (f'[[tasks]]\ncode = "X{i}"\nphase = "study"\nname = "任务{i}"\ndue_day = 1\n' for i in range(count))
        return filled.write("a.toml", edited() + "".join(tables))

    assert "no more than 59 tasks" in filled.refused("campaign", "apply", tasks(57))
    filled.ok("campaign", "apply", tasks(56))
    filled.ok("campaign", "apply", filled.write("b.toml", edited()))
    # Keys are not used a second time.
    assert "room for 59" in filled.refused("campaign", "apply", tasks(1))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("value = 90", "value = 9223372036854775808"),
        ("due_day = 15", "due_day = 999999999"),
        ("last_day = 134", "last_day = 999999999"),
        ('name = "谈心活动"', 'name = "谈心\\u0000活动"'),
        ('code = "M101"', 'code = ""'),
        ('name = "谈心活动"', 'name = " "'),
    ],
)
def test_values_that_no_file_could_hold_are_refused(filled: Cli, old: str, new: str) -> None:
    path = filled.write("a.toml", edited((old, new)))
    assert "campaign definition" in filled.refused("campaign", "apply", path)
    assert "campaign definition" in filled.refused("--db", filled.folder / "new.db", "init", "--campaign", path)


@pytest.mark.parametrize("text", ["", "format_version = 1", "[[", "\udcff"], ids=["empty", "head", "broken", "bytes"])
def test_what_is_no_definition_is_refused(filled: Cli, text: str) -> None:
    path = filled.write("a.toml", text.encode("utf-8", "surrogateescape"))
    assert "campaign definition" in filled.refused("campaign", "apply", path)
    assert "no campaign definition" in filled.refused("campaign", "apply", "none.toml")


def test_a_definition_that_an_editor_saved_otherwise_is_refused_with_what_to_do(filled: Cli) -> None:
    path = filled.write("MINE.TOML", TEXT.encode("gb18030"))
    assert "save it as UTF-8" in filled.refused("campaign", "apply", path)
    answer = process("--db", filled.db, "campaign", "apply", "-", stdin=TEXT.encode("gb18030"))
    assert answer.returncode == 1
    assert b"save it as UTF-8" in answer.stderr


# ── the history of it ──


def test_the_log_tells_who_applied_which_file(filled: Cli) -> None:
    text = edited(("due_day = 15", "due_day = 10"))
    number = apply(filled, text)["operation"]
    past = next(row for row in filled.rows("log") if row["operation"] == number)
    assert past["source"] == "mine.toml"
    assert past["source_sha256"] == hashlib.sha256(text.encode()).hexdigest()
    rows = filled.rows("log", "--operation", str(number))
    entry = next(row for row in rows if row["what"] == "milestone")
    assert (entry["entry"], entry["field"], entry["old"], entry["new"]) == (
        "M101 成立领导小组和工作机构",
        "due_day",
        "15",
        "10",
    )
    shown = next(row["new"] for row in rows if row["field"] == "definition")
    assert shown == f"SHA-256 {past['source_sha256'][:12]}"
    assert "[[" not in filled.ok("log", "--operation", "1")


def test_a_definition_comes_from_standard_input(cli: Cli) -> None:
    text = edited(("due_day = 15", "due_day = 10"))
    answer = process("--db", cli.db, "campaign", "apply", "-", stdin=text.replace("\n", "\r\n").encode("utf-8-sig"))
    assert answer.returncode == 0, answer.stderr
    assert cli.ok("campaign", "export") == text


def test_what_ships_is_listed(bare: Cli) -> None:
    rows = bare.rows("campaign", "list")
    assert [row["code"] for row in rows][0] == "advanced-nature-2005"
    assert {row["code"] for row in rows} == set(definition.shipped())
    assert (rows[0]["starts_on"], rows[0]["ends_on"], rows[0]["milestones"], rows[0]["items"]) == ("2005-01-01", "2006-06-30", 16, 13)  # fmt: skip
    for name in definition.shipped():
        assert Path(definition.SHIPPED / f"{name}.toml").read_text(encoding="utf-8").startswith("# ")


def test_every_table_of_a_definition_is_known(bare: Cli) -> None:
    """A table that `init` fills must be in `definitions.TABLES`, else a changed definition leaves it as it is."""
    from advedu.storage import definitions

    bare.ok("init")
    filled = {table for table, rows in bare.tables().items() if rows}
    assert filled == {*definitions.TABLES, "campaign"}


# ── any change ──

_RECORDS = ("unit", "member", "milestone_done", "milestone_exemption", "task_done", "task_exemption", "item_done")
_LISTS = ("batches", "phases", "milestones", "tasks", "items", "rules", "sectors", "categories", "ranks")


@st.composite
def definitions_(draw: st.DrawFn) -> str:
    """The definition that ships with some entries left out, put elsewhere, renamed or doubled under a new code."""
    wanted = definition.load("advanced-nature-2005")._replace(version=2)
    for name in draw(st.lists(st.sampled_from(_LISTS), min_size=1, max_size=4, unique=True)):
        entries = list(getattr(wanted, name))
        for _ in range(draw(st.integers(1, 3))):
            place = draw(st.integers(0, len(entries) - 1))
            entry = entries.pop(place)
            deed = draw(st.sampled_from(("drop", "move", "rename", "double")))
            if deed != "drop":
                new = entry._replace(name=f"{entry.name}新") if deed == "rename" and "name" in entry._fields else entry
                new = new._replace(code=new.name) if name == "ranks" else new
                entries.insert(draw(st.integers(0, len(entries))), new)
            code = f"X{place}"
            if deed == "double" and code not in {each.code for each in entries}:
                entries.append(entry._replace(code=code, **({"name": code} if name == "ranks" else {})))
        wanted = wanted._replace(**{name: tuple(entries)})
    return written(wanted)


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory, filled_file: Path) -> Cli:
    """A file in use: something stands on every kind of entry."""
    cli = Cli(tmp_path_factory.mktemp("used"))
    shutil.copy(filled_file, cli.db)
    cli.ok("milestone", "mark", A, A1, "M101", "--on", "2005-01-10")
    cli.ok("milestone", "exempt", A1, "M102", "--reason", "x")
    cli.ok("task", "mark", "P000001", "T1", "--on", "2005-01-10")
    cli.ok("nine", "tick", "P000001", "N3", "--on", "2005-01-10")
    cli.ok("unit", "edit", A1, "--sector", "school")
    return cli


@pytest.mark.long
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(text=definitions_())
def test_any_definition_is_refused_whole_or_keeps_every_record(used: Cli, text: str) -> None:
    before = used.tables()
    path = used.write("any.toml", text)
    answer = used("campaign", "apply", path, "--format", "json")
    event("refused" if answer.code else "applied")
    if answer.code:
        # A phase that is still used, or something with records, was left out.
        assert ("records stand on" in answer.err) or ("is not among" in answer.err), answer
        assert used.tables() == before
        return
    after = used.tables()
    assert {name: after[name] for name in _RECORDS} == {name: before[name] for name in _RECORDS}
    assert used.json("campaign", "apply", path)["operation"] is None
    assert used.json("campaign", "export")["as_applied"]
    used.ok("verify")
    used.ok("undo")
    assert used.tables() == before
    used.ok("verify")

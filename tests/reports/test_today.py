"""The first page of the day: what changed, what falls due, who is worst."""

from __future__ import annotations

from tests.support import TODAY, Cli


def test_changes_since_yesterday_by_operation(filled: Cli) -> None:
    filled.ok("milestone", "mark", "330304-A", "M101", "--on", "2005-01-10")
    page = filled.json("today")
    assert (page["as_of"], page["since"], page["until"]) == (TODAY, "2005-03-30", "2005-04-06")
    latest = page["changed"][0]
    assert latest["who"] == "clerk"
    assert latest["rows"] == [{"what": "milestone_done", "added": 1, "changed": 0, "removed": 0}]
    assert {"what": "member", "added": 12, "changed": 0, "removed": 0} in [
        row for each in page["changed"] for row in each["rows"]
    ]


def test_an_older_entry_is_no_news(filled: Cli) -> None:
    filled.ok("pin", "2005-04-20")
    assert [each["command"].split()[-2:] for each in filled.json("today")["changed"]] == []


def test_what_falls_due_within_seven_days_and_how_much_is_open(filled: Cli) -> None:
    filled.ok("milestone", "mark", "330304-A1", "M201", "--on", "2005-02-10")
    filled.ok("pin", "2005-02-24")
    due = {row["code"]: row for row in filled.json("today")["due"]}
    assert due["M201"] == {
        "due_on": "2005-02-25",
        "what": "milestone",
        "code": "M201",
        "name": "广泛征求群众意见",
        "expected": 5,
        "open": 4,
    }
    filled.ok("pin", "2005-02-10")
    filled.ok("task", "mark", "P000001", "T1", "--on", "2005-02-01")
    filled.ok("task", "exempt", "P000002", "T1", "--reason", "病休", "--on", "2005-02-01")
    due = {row["code"]: row for row in filled.json("today")["due"]}
    assert (due["T1"]["what"], due["T1"]["expected"], due["T1"]["open"]) == ("task", 6, 5)
    assert list(due) == ["M104", "T1"]


def test_the_worst_are_units_once_each(filled: Cli) -> None:
    page = filled.json("today")
    late = filled.rows("overdue")
    assert [row["unit"] for row in page["worst"]] == sorted(
        {row["unit"] for row in late},
        key=lambda unit: (
            -max(row["days_late"] for row in late if row["unit"] == unit),
            -sum(row["unit"] == unit for row in late),
            unit,
        ),
    )
    first = page["worst"][0]
    assert first["milestones"] == sum(row["unit"] == first["unit"] for row in late)


def test_one_page_in_both_languages(filled: Cli) -> None:
    for lang, words in (
        ("en", ("Changed since", "Due until", "The worst")),
        ("zh", ("以来的变动", "以前到期", "最落后的")),
    ):
        out = filled.ok("today", lang=lang)
        assert all(word in out for word in words)
        assert out.count("\n") < 50


def test_a_day_on_which_nothing_happens_says_so(filled: Cli) -> None:
    out = filled.ok("today", "330304-B", "--as-of", "2004-06-01")
    assert "Nothing was entered." in out
    assert "Nothing falls due." in out
    assert "Nothing is overdue." in out


def test_an_empty_file_has_a_page_too(cli: Cli) -> None:
    page = cli.json("today")
    assert (page["unit"], page["due"], page["worst"]) == (None, [], [])


def test_what_was_promised_for_today_or_earlier_the_oldest_first(filled: Cli) -> None:
    a1, a = "330304-A1", "330304-A"
    for unit, again in ((a1, "2005-03-31"), (a, "2005-03-30"), ("330304-A1-1", "2005-04-02")):
        filled.ok("call", "add", unit, "--called-on", "2005-03-20", "--said", f"{again}前补上", "--again-on", again)
    promised = filled.json("today")["promised"]
    assert [(row["unit"], row["again_on"]) for row in promised] == [(a, "2005-03-30"), (a1, "2005-03-31")]
    first = promised[0]
    late = [row for row in filled.rows("overdue") if row["unit"] == a]
    assert first["milestones"] == len(late) > 0
    assert (first["said"], first["called_on"]) == ("2005-03-30前补上", "2005-03-20")
    assert (first["chief"], first["phone"]) == (late[0]["chief"], late[0]["phone"])
    assert "2005-03-30前补上" in filled.ok("today")
    # A later promise stands instead of the one before; what was promised below another unit is that one's.
    filled.ok("call", "add", a, "--called-on", "2005-03-30", "--said", "再等", "--again-on", "2005-04-05")
    assert [row["unit"] for row in filled.json("today")["promised"]] == [a1]
    assert filled.json("today", "330304-B")["promised"] == []


def test_the_rules_that_are_broken_are_those_of_check(filled: Cli) -> None:
    filled.ok("milestone", "mark", "330304-A1", "M103", "--on", "2005-01-20", "--reporter", "张三")
    errors = filled.json("today")["errors"]
    rows = filled.json("check", "--level", "error", code=4)["rows"]
    assert errors == {code: sum(row["code"] == code for row in rows) for code in sorted({row["code"] for row in rows})}
    assert errors
    assert f"Rules broken: {len(rows)}." in filled.ok("today")
    assert filled.json("today", "--as-of", "2004-06-01")["errors"] == {}

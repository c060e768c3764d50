"""Tables: every line fits, nothing is cut, and no name can steer a terminal."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advedu.output import tables
from advedu.output.report import Cell, Head, Report, Table
from advedu.output.screen import Screen
from advedu.values.text import cell_width, neutralise
from tests.support import Cli, csv_text

HOSTILE = (
    *(
        "\x1b[31m红",
        "\x1b]0;title\x07",
        "\x1b]52;c;cm0gLXJmIC8=\x07",
        "\u202e反向",
        "a\u2066b\u2069",
        "a\x9bb",
        "\x7f删",
    ),
    *(
        "[/x]",
        "[bold]粗[/bold]",
        "[link=http://x]y[/link]",
        ":smile:",
        "\\[x",
        "{name}",
        "%s%n",
        "'; DROP TABLE unit;--",
    ),
    *(
        "=1+1",
        "\u2028段\u2029",
        "e\u0301\u0301\u0301",
        "\ufeff名",
        "\u200b空",
        "👨‍👩‍👧家",
        "甲" * 80,
        "x" * 200,
        "\ue000私",
    ),
)
# Rows of a long table.
MANY = 100
HARMFUL = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
COLOUR = re.compile("\x1b\\[[0-9;]*m")


def harmful(text: str) -> list[str]:
    return [char for char in text if unicodedata.category(char) in HARMFUL and char not in "\n"]


def table(rows: Sequence[Sequence[str]], aligns: Sequence[str], heads: Sequence[str], **more: bool) -> Table:
    return Table(
        tuple(Head(head, align) for head, align in zip(heads, aligns, strict=True)),
        [[Cell(text) for text in row] for row in rows],
        **more,
    )


def drawn(wanted: Table, width: int | None, *, colour: bool = False, blocks: bool = True) -> str:
    stream = io.StringIO()
    tables.write(Report(tables=lambda: [wanted]), stream, Screen(width, colour, blocks))
    return stream.getvalue()


def ink(*texts: str) -> Counter[str]:
    """The characters of texts, without white space and rules."""
    return Counter(char for text in texts for char in text if not char.isspace() and char not in "─-+|")


# ── fitting ──

WORDS = st.text(
    st.sampled_from("区委党支部第一二ab cde XYZ-（），·—…é\u0301") | st.characters(codec="utf-8"), max_size=60
)
NUMBERS = st.integers(0, 999_999).map(str)
HEADS = st.sampled_from(["Unit", "单位", "完成日期", "Days late", "领导小组组长", "At zero", ""])


@st.composite
def any_table(draw: st.DrawFn, rows: st.SearchStrategy[int]) -> Table:
    aligns = draw(st.lists(st.sampled_from(["left", "right"]), min_size=1, max_size=4))
    count = draw(rows)
    line = st.tuples(*(WORDS if align == "left" else NUMBERS for align in aligns))
    lines = draw(st.lists(line, min_size=min(count, 3), max_size=min(count, 3)))
    heads = draw(st.tuples(*([HEADS] * len(aligns))))
    return table([lines[place % len(lines)] for place in range(count)], aligns, heads)


@given(any_table(st.integers(1, 3)), st.integers(44, 120))
def test_short_tables_fit_the_terminal_and_nothing_is_cut(wanted: Table, width: int) -> None:
    check(wanted, width, drawn(wanted, width))


@given(any_table(st.just(MANY + 1)), st.integers(44, 120))
def test_long_tables_fit_the_terminal_and_nothing_is_cut(wanted: Table, width: int) -> None:
    check(wanted, width, drawn(wanted, width))


def check(wanted: Table, width: int, out: str) -> None:
    for line in out.splitlines():
        assert cell_width(line.rstrip()) <= width, line
    cells = [neutralise(cell.text) for row in wanted.rows for cell in row]
    assert ink(*cells, *(head.title for head in wanted.heads)) == ink(out)
    assert harmful(out) == []


@given(any_table(st.integers(1, 3)))
def test_a_pipe_gets_every_cell_whole(wanted: Table) -> None:
    out = drawn(wanted, None)
    lines = out.splitlines()
    for row in wanted.rows:
        texts = [neutralise(cell.text) for cell in row]
        assert any(all(text.strip() in line for text in texts) for line in lines)


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=120), st.integers(20, 60))
def test_a_folded_cell_reads_on_from_line_to_line(text: str, width: int) -> None:
    shown = neutralise(text)
    lines = drawn(table([[text]], ["left"], ["H"]), width).splitlines()[2:]
    assert "".join(lines).replace(" ", "") == shown.replace(" ", "")


@pytest.mark.parametrize("count", [1, MANY + 1])
def test_a_column_of_one_sign_costs_one_column(count: int) -> None:
    """Ticks and single digits beside a long text: the whole still fits."""
    for row, heads in ((["✓", "甲" * 60], ["", "单位"]), (["✓", "x" * 60, "1"], ["", "Unit", "N"])):
        aligns = ["right" if cell == "1" else "left" for cell in row]
        wanted = table([row] * count, aligns, heads)
        check(wanted, 45, drawn(wanted, 45))


@pytest.mark.parametrize("count", [1, MANY + 1])
@pytest.mark.parametrize("text", ["0𝌀", "㇤x", "☰☱☲", "🀄", "⚡️", "🇨🇳", "ｶﾞ", "한글", "\u1100\u1161", "กำ"])
def test_a_character_whose_width_is_disputed_is_not_cut(text: str, count: int) -> None:
    """The drawing library and the program may know different versions of Unicode; no character may get lost."""
    out = drawn(table([[text, "x"]] * count, ["left", "left"], ["H", "G"]), 45)
    assert ink(*[neutralise(text), "x"] * count, "H", "G") == ink(out)


def test_numbers_are_never_folded() -> None:
    out = drawn(table([["甲" * 60, "123456789"]], ["left", "right"], ["单位", "Days"]), 40)
    assert "123456789" in out
    out = drawn(table([["甲", "1234567890123456789012345"] * 2], ["left", "right"] * 2, ["a", "b"] * 2), 20)
    assert out.count("1234567890123456789012345") == 2, "longer than the terminal, but whole"


def test_columns_of_wide_characters_stand_straight() -> None:
    rows = [["甲", "1"], ["abc", "22"], ["区教育局", "333"]]
    for count in (1, MANY):
        out = drawn(table(rows * count, ["left", "right"], ["单位", "N"]), 80)
        ends = {cell_width(line.rstrip()) for line in out.splitlines() if line.rstrip()[-1:].isdigit()}
        assert len(ends) == 1


def test_short_and_long_tables_say_the_same() -> None:
    rows = [["区教育局党委", "12", "x" * 50], ["景山街道", "3", "第一党支部" * 9]]
    short = drawn(table(rows, ["left", "right", "left"], ["单位", "N", "说明"]), 60)
    long = drawn(table(rows * MANY, ["left", "right", "left"], ["单位", "N", "说明"]), 60)
    strip = [line.rstrip() for line in short.splitlines() if not line.lstrip().startswith("─")]
    assert [line for line in strip if line] == [
        line for line in long.splitlines()[: len(strip) + 2] if not line.startswith("─")
    ][: len(strip)]


# ── hostile text ──


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("count", [1, MANY + 1])
@pytest.mark.parametrize("width", [None, 80])
def test_no_name_steers_a_terminal_and_none_is_lost(name: str, count: int, width: int | None) -> None:
    wanted = table([[name, "1"]] * count, ["left", "right"], ["Name", "N"])
    out = drawn(wanted, width)
    assert harmful(out) == []
    cells = [neutralise(name), "1"] * count
    assert ink(*cells, "Name", "N") == ink(out)


@pytest.mark.parametrize("name", HOSTILE)
def test_titles_and_notes_are_made_harmless_too(name: str) -> None:
    stream = io.StringIO()
    wanted = Table((Head("H"),), [[Cell("x")]], title=name)
    tables.write(Report(tables=lambda: [wanted], title=name, notes=[name]), stream, Screen(None, False, True))
    assert harmful(stream.getvalue()) == []
    assert stream.getvalue().count(neutralise(name)) == 3


def test_colours_are_the_only_control_characters_of_a_coloured_table() -> None:
    for count in (1, MANY + 1):
        wanted = Table((Head("H"), Head("N", "right")), [[Cell("\x1b[5m甲", "bad"), Cell("1", "good")]] * count)
        out = drawn(wanted, 80, colour=True)
        assert COLOUR.search(out)
        assert harmful(COLOUR.sub("", out)) == []


def test_a_code_page_without_blocks_gets_plain_signs() -> None:
    for width in (None, 80):
        wanted = table([["███░ 30%", "✓"], ["甲", "…"]], ["left", "left"], ["On schedule", "是"], last_is_total=True)
        drawn(wanted, width, blocks=False).encode("gbk")


def test_an_empty_table_has_its_headings() -> None:
    for width in (None, 80):
        assert "Unit" in drawn(table([], ["left"], ["Unit"]), width)


# ── on every screen ──

SCREENS = (
    *("status", "status --by sector", "overdue", "unit list", "unit tree", "member list", "member list --reveal"),
    *("nine status", "log", "unit show X3", "member show H3", "nine show H3", "log X3", "log H3", "unit show none"),
    *("member show none", "import units bad.csv", "campaign show", "log --operation 5", "status X3"),
)


@pytest.fixture
def hostile(filled: Cli) -> Cli:
    """A file in which everything that is free text is hostile."""
    units = [["编码", "名称", "上级编码", "类型", "负责人", "联系电话", "批次", "调整原因"]]
    units += [[f"X{n}", name, "330304-A", "党委", name, name, "1", name] for n, name in enumerate(HOSTILE)]
    members = [["党员编号", "姓名", "所在党组织", "职务", "职级", "联系电话", "领导干部"]]
    members += [[f"H{n}", name, f"X{n}", name, name, name, "是"] for n, name in enumerate(HOSTILE)]
    assert filled.imported("units", units)["inserted"] == len(HOSTILE)
    assert filled.imported("members", members)["inserted"] == len(HOSTILE)
    for n, name in enumerate(HOSTILE):
        filled.ok("milestone", "mark", f"X{n}", "M101", "--on", "2005-01-05", "--note", name, "--head", name)
    filled.write(
        "bad.csv", csv_text([["编码", "名称", "上级编码", "类型", *HOSTILE]] + [["Z", *[name] * 3] for name in HOSTILE])
    )
    return filled


def test_every_screen_shows_hostile_names_harmlessly(hostile: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(hostile.folder)
    for words in SCREENS:
        for format_ in ("table", "csv", "tsv", "json"):
            answer = hostile(*words.split(), "--format", format_)
            assert answer.code in (0, 1, 3), (words, answer)
            allowed = "\n\r\t" if format_ in ("csv", "tsv") else "\n"
            left = [char for char in answer.out + answer.err if char not in allowed and harmful(char)]
            assert left == [], (words, format_)
            if format_ == "json" and answer.out:
                json.loads(answer.out)


def test_every_hostile_name_is_shown_whole_in_a_pipe(hostile: Cli) -> None:
    names = [row["name"] for row in hostile.rows("unit", "list") if row["code"].startswith("X")]
    out = hostile.ok("unit", "list")
    for name in names:
        assert neutralise(name) in out


def test_every_hostile_name_can_be_asked_for(hostile: Cli) -> None:
    for row in hostile.rows("unit", "list"):
        if row["code"].startswith("X"):
            answer = json.loads(hostile.ok("unit", "show", "--format", "json", "--", row["name"]))
            assert answer["code"] == row["code"]

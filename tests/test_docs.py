"""What the documents say is so: commands exist, tours run, outputs, columns and links are the program's own."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from advedu.commands import root
from advedu.importing.run import KINDS
from tools import commands_doc, tour

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])

_FENCED = re.compile(r"^```[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`(advedu [^`\n]+)`")
_PROMPT = re.compile(r"^(\$ |> )?(\S*[/\\])?advedu ")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# ── commands ──


def test_reference_of_commands_is_up_to_date() -> None:
    assert commands_doc.PAGE.read_text(encoding="utf-8") == commands_doc.page(), "run make docs"


def named_commands(text: str) -> Iterator[str]:
    """Yield every command of ours in a document, from blocks and from the running text."""
    for block in _FENCED.findall(text):
        for line in block.splitlines():
            if _PROMPT.match(line):
                yield _PROMPT.sub("advedu ", line)
    yield from _INLINE.findall(_FENCED.sub("", text))


def fault(command: str) -> str:
    """Return what is wrong with the noun, the verb or the options of a command; nothing for a good one."""
    words = [word for word in root.hoisted(shlex.split(command, comments=True)[1:]) if word != "…"]
    given = {word.split("=")[0] for word in words if word.startswith("--")}
    while words and words[0].startswith("--"):
        words = words[2 if words[0] in root.VALUED else 1 :]
    if not words:
        return ""
    if words[0] not in root.NOUNS:
        return f"no noun {words[0]}"
    noun = root.named(words[0])
    verb = "" if "" in noun.verbs else next(iter(words[1:]), "--help")
    known = {"--help", *root.VALUED, *root.FLAGS}
    if noun.default and verb not in noun.verbs:
        verb = noun.default
    if not verb.startswith("--"):
        if verb not in noun.verbs:
            return f"no verb {verb}"
        for parameter in noun.command(verb).params:
            known |= {*parameter.opts, *parameter.secondary_opts}
    return ", ".join(sorted(f"no option {option}" for option in given - known))


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_commands_named_exist(path: Path) -> None:
    faults = {command: fault(command) for command in named_commands(path.read_text(encoding="utf-8"))}
    assert {command: wrong for command, wrong in faults.items() if wrong} == {}


@pytest.mark.parametrize(
    ("command", "wrong"),
    [
        ("advedu", ""),
        ("advedu --help", ""),
        ("advedu --db demo.db status 区教育局 --as-of 2005-03-01 --lang zh", ""),
        ("advedu unit show CODE", ""),
        ("advedu unit", ""),
        ("advedu satus", "no noun satus"),
        ("advedu unit mark X", "no verb mark"),
        ("advedu status --since 2005-03-01", "no option --since"),
        ("advedu member edit P1 --no-leader", ""),
    ],
)
def test_a_wrong_command_would_be_found(command: str, wrong: str) -> None:
    assert fault(command) == wrong


def test_commands_are_found_in_documents() -> None:
    found = set(named_commands(README.read_text(encoding="utf-8")))
    assert {"advedu init", "advedu unit show SL01", "advedu --db demo.db status"} <= found
    assert len(found) > 20


# ── the tours ──


@pytest.mark.long
@pytest.mark.parametrize("page", tour.PAGES, ids=name)
def test_tours_show_what_the_program_prints(page: Path, tmp_path: Path) -> None:
    """The outputs are those that the tours have now; a wrong exit code raises."""
    text = page.read_text(encoding="utf-8")
    assert tour.played(text, tmp_path).splitlines() == text.splitlines(), "run python tools/tour.py"


def test_all_pages_with_tours_are_walked() -> None:
    assert {path for path in DOCUMENTS if tour.blocks(path.read_text(encoding="utf-8"))} == set(tour.PAGES)


def beside(page: Path) -> Path:
    """The page with the other language: the same one, or `NAME.en.md`."""
    other = page.with_suffix(".en.md")
    return other if other.exists() else page


@pytest.mark.parametrize("page", [page for page in tour.PAGES if not page.name.endswith(".en.md")], ids=name)
def test_tours_are_the_same_in_both_languages(page: Path) -> None:
    def shape(language: str) -> list[tuple[str, str, list[str]]]:
        return [
            (block.language, block.attributes.get("exit", "0"), re.findall(r"^\$ (\S+ \S+)", block.body, re.MULTILINE))
            for block in tour.blocks((page if language == "zh" else beside(page)).read_text(encoding="utf-8"))
            if block.attributes["tour"].startswith(language)
        ]

    assert shape("zh") == shape("en")
    assert len(shape("zh")) > 5


def test_a_tour_with_another_exit_code_is_found(tmp_path: Path) -> None:
    with pytest.raises(tour.WrongExit, match="advedu status leaves with exit code 1"):
        tour.played("```console tour=en\n$ advedu status\n```\n", tmp_path)


def test_a_shortened_output_stays_shortened(tmp_path: Path) -> None:
    page = "```console tour=en\n$ advedu --help\nx\n…\nx\nx\n```\n"
    lines = tour.played(page, tmp_path).splitlines()
    assert [lines[2][:6], lines[3], len(lines)] == ["Usage:", "…", 7]


# ── the rest ──


@pytest.mark.parametrize("kind", KINDS)
def test_tables_of_columns_are_complete(kind: str) -> None:
    """Every column stands in both halves, in order, bold where it is required; the first half names all headings."""
    declared = [(column.name, column.titles[0], column.required) for column in KINDS[kind].columns]
    pattern = rf"<!-- columns: {kind} -->\n(?:\|[^\n]*\n){{2}}((?:\|[^\n]*\n)+)"
    # Those of the registers stand on a page of their own.
    text = "".join((ROOT / page).read_text(encoding="utf-8") for page in ("README.md", "docs/registers.md"))
    chinese, english = re.findall(pattern, text)
    for table in (chinese, english):
        cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
        shown = [(row[1].strip("`"), row[0].strip("*"), row[0].startswith("**")) for row in cells]
        assert shown == declared
    others = [line.strip("|").split("|")[2].strip() for line in chinese.splitlines()]
    assert others == ["、".join(column.titles[1:]) for column in KINDS[kind].columns]


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_links_lead_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    anchors = {
        re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.*)$", _FENCED.sub("", text), re.MULTILINE)
    } | set(re.findall(r'<a id="([^"]+)">', text))
    for target in re.findall(r"\]\(([^)\s]+)\)", _FENCED.sub("", text)):
        if target.startswith("#"):
            assert target[1:] in anchors, target
        elif not target.startswith("https://"):
            assert (path.parent / target).exists(), target


def test_readme_begins_with_the_two_commands() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    first, *_ = _FENCED.findall(README.read_text(encoding="utf-8"))
    assert re.findall(r"^make (\w+)", first, re.MULTILINE) == ["demo", "test"]
    for path in DOCUMENTS:
        assert set(re.findall(r"`make (\w+)`", path.read_text(encoding="utf-8"))) <= targets, path

"""What the documents say is so: commands exist, tours run, outputs, columns and links are the program's own."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from advedu import i18n
from advedu.commands import root
from advedu.importing.run import KINDS
from tests.support import Cli
from tools import commands_doc, described, tour

ROOT = Path(__file__).resolve().parents[1]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


README = ROOT / "README.md"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
# Pages in one language alone: in English for developers, and the recording of a day, which shows the Chinese screens.
ALONE = {"CHANGELOG.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/dependencies.md", "docs/clerk-day.md"}
CHINESE = [path for path in DOCUMENTS if not path.name.endswith(".en.md") and name_of(path) not in ALONE]

_FENCED = re.compile(r"^```[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`(advedu [^`\n]+)`")
_PROMPT = re.compile(r"^(\$ |> )?(\S*[/\\])?advedu ")


# ── commands ──


BOTH = pytest.mark.parametrize("language", i18n.LANGUAGES)


@BOTH
def test_reference_of_commands_is_up_to_date(language: str) -> None:
    assert commands_doc.PAGES[language].read_text(encoding="utf-8") == commands_doc.page(language), "run make docs"


def sections(text: str) -> dict[str, str]:
    """The sections of a page by their headings."""
    _, *pieces = re.split(r"^##+ (.*)\n", text, flags=re.MULTILINE)
    return dict(zip(pieces[::2], pieces[1::2], strict=True))


def lists(text: str, name: str, meaning: str) -> bool:
    """Whether a list gives a name with its meaning."""
    plain = re.sub(r"\\([<>*\[\]|])", r"\1", text)
    return any(f"- `{name}`{colon}{meaning}\n" in plain for colon in ("：", ": ", ""))


@BOTH
def test_every_option_of_every_verb_is_in_the_reference(language: str) -> None:
    """With its meaning in the verb's section, or named there and explained once for all."""
    found = sections(commands_doc.PAGES[language].read_text(encoding="utf-8"))
    # The sections at the top: global options, shared ones, shared verbs.
    once = "".join([text for title, text in found.items() if not title.startswith("advedu")][:2])
    (verbs,) = [text for title, text in found.items() if not title.startswith("advedu")][2:]
    with described.spoken(language):
        every = [verb for noun, verbs in described.nouns() for verb in verbs or (noun,)]
    assert len(every) > 150
    for verb in every:
        noun = f"advedu {verb.words[0]}"
        own = found.get(verb.title, found[noun])
        if verb.title not in found:
            start = verbs.index(f"**{verb.words[1]}**")
            own += verbs[start : verbs.find("\n**", start)]
        assert f"`{verb.usage}`" in own
        for name, meaning in (*verb.arguments, *verb.options):
            word = name.split()[0].rstrip(",")
            named = f"`{word}`" in own or word == "--help" or (name, meaning) in verb.arguments
            assert lists(own, name, meaning) or (named and lists(once, name, meaning)), (verb.title, name)


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


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
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
    assert {"advedu init", "advedu unit show A0305", "advedu --db demo.db status"} <= found
    assert len(found) > 20


# ── the sisters ──


def sister(page: Path) -> Path:
    """The English page beside a Chinese one."""
    return page.with_suffix(".en.md")


def test_every_page_has_its_sister() -> None:
    english = [path for path in DOCUMENTS if path.name.endswith(".en.md")]
    assert sorted(map(sister, CHINESE)) == english
    assert {name_of(path) for path in DOCUMENTS} >= ALONE


def headings(text: str) -> list[str]:
    """How deep each heading of a page is."""
    return re.findall(r"^(#+) ", _FENCED.sub("", text), re.MULTILINE)


def called(command: str) -> str:
    """A command without what it is about, which has another name in each language."""
    words = root.hoisted(shlex.split(command, comments=True)[1:])
    verb = (
        words[1:2] if words and words[0] in root.NOUNS and words[1:2] and words[1] in root.named(words[0]).verbs else []
    )
    options = sorted(word.split("=")[0] for word in words if word.startswith("-"))
    return " ".join([*words[:1], *verb, *options])


@pytest.mark.parametrize("page", CHINESE, ids=name_of)
def test_sisters_say_the_same(page: Path) -> None:
    """They have the same headings and name the same commands, and begin with a link to each other."""
    chinese, english = (path.read_text(encoding="utf-8") for path in (page, sister(page)))
    assert headings(chinese) == headings(english)
    ours, theirs = ({called(command) for command in named_commands(text)} for text in (chinese, english))
    assert ours == theirs
    for path, text in ((page, english), (sister(page), chinese)):
        assert f"]({path.name})" in text.split("\n\n")[1]


@pytest.mark.parametrize("page", CHINESE, ids=name_of)
def test_pages_stay_in_their_language_and_say_where_to_go_next(page: Path) -> None:
    for path, follow, english in ((page, "下一步：", False), (sister(page), "Next: ", True)):
        # Behind the title and the link to the sister.
        parts = _FENCED.sub("", path.read_text(encoding="utf-8")).split("\n\n")[2:]
        last = parts[-1].strip()
        assert last.startswith(follow)
        assert "](" in last
        for target in re.findall(r"\]\(([^)\s#]+\.md)", "".join(parts)):
            reached = (path.parent / target).resolve()
            assert name_of(reached) in ALONE or reached.name.endswith(".en.md") == english, target


def test_the_index_names_every_page() -> None:
    for index in (ROOT / "docs" / "README.md", ROOT / "docs" / "README.en.md"):
        linked = set(re.findall(r"\]\(([^)]+)\)", index.read_text(encoding="utf-8")))
        same = [path for path in CHINESE if path.parent == index.parent and path.name != "README.md"]
        pages = {path.name if index.name == "README.md" else sister(path).name for path in same}
        assert linked >= pages | {"architecture.md", "dependencies.md", "clerk-day.md"}


@BOTH
def test_every_noun_is_among_the_commands_by_purpose(language: str) -> None:
    page = ROOT / "docs" / {"zh": "by-purpose.md", "en": "by-purpose.en.md"}[language]
    named = {command.split()[1] for command in named_commands(page.read_text(encoding="utf-8"))}
    assert set(root.NOUNS) <= named


def test_readmes_are_short() -> None:
    for page in (README, sister(README)):
        assert page.stat().st_size <= 12 * 1024
    for path in commands_doc.PAGES.values():
        assert path.stat().st_size < 120_000


# ── what somebody asks on the telephone ──


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory, demo_file: Path) -> Cli:
    """The demonstration district, which the answers are of."""
    cli = Cli(tmp_path_factory.mktemp("telephone"))
    shutil.copy(demo_file, cli.db)
    return cli


def answers(page: Path) -> list[str]:
    """The commands of the table of questions."""
    rows = re.findall(r"^\| [^|]+ \| (`advedu [^|]+) \|$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return [command for row in rows for command in _INLINE.findall(row)]


@BOTH
def test_what_is_asked_on_the_telephone_is_answered(
    language: str, asked: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    commands = answers(README if language == "zh" else sister(README))
    assert len(commands) > 15
    for command in commands:
        words = shlex.split(command)[1:]
        answer = asked(*words, lang=language)
        assert (answer.code, answer.err) == (0, ""), command
        written = [tmp_path / words[i + 1] for i, word in enumerate(words) if word == "-o"]
        assert answer.out or written, command
        assert all(path.stat().st_size for path in written), command


# ── the tours ──


@pytest.mark.long
@pytest.mark.parametrize("page", tour.PAGES, ids=name_of)
def test_tours_show_what_the_program_prints(page: Path, tmp_path: Path) -> None:
    """The outputs are those that the tours have now; a wrong exit code raises."""
    text = page.read_text(encoding="utf-8")
    assert tour.played(text, tmp_path).splitlines() == text.splitlines(), "run python tools/tour.py"


def test_all_pages_with_tours_are_walked() -> None:
    assert {path for path in DOCUMENTS if tour.blocks(path.read_text(encoding="utf-8"))} == set(tour.PAGES)


@pytest.mark.parametrize("page", [page for page in tour.PAGES if page in CHINESE], ids=name_of)
def test_tours_are_the_same_in_both_languages(page: Path) -> None:
    def shape(path: Path) -> list[tuple[str, str, list[str]]]:
        return [
            (block.language, block.attributes.get("exit", "0"), re.findall(r"^\$ (\S+ \S+)", block.body, re.MULTILINE))
            for block in tour.blocks(path.read_text(encoding="utf-8"))
        ]

    assert shape(page) == shape(sister(page))
    assert len(shape(page)) > 1


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
    """Every column stands in both sisters, in order, bold where it is required; the Chinese one names all headings."""
    declared = [(column.name, column.headings[0], column.is_needed) for column in KINDS[kind].columns]
    pattern = rf"<!-- columns: {kind} -->\n(?:\|[^\n]*\n){{2}}((?:\|[^\n]*\n)+)"
    # Those of the registers stand on a page of their own.
    pages = [(ROOT / "docs" / name, sister(ROOT / "docs" / name)) for name in ("imports.md", "registers.md")]
    texts = ("".join(path.read_text(encoding="utf-8") for path in half) for half in zip(*pages, strict=True))
    ((chinese,), (english,)) = (re.findall(pattern, text) for text in texts)
    for table in (chinese, english):
        cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
        shown = [(row[1].strip("`"), row[0].strip("*"), row[0].startswith("**")) for row in cells]
        assert shown == declared
    others = [line.strip("|").split("|")[2].strip() for line in chinese.splitlines()]
    assert others == ["、".join(column.headings[1:]) for column in KINDS[kind].columns]


def anchors(path: Path) -> set[str]:
    """What a link into a page may name."""
    text = path.read_text(encoding="utf-8")
    return {
        re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.*)$", _FENCED.sub("", text), re.MULTILINE)
    } | set(re.findall(r'<a id="([^"]+)">', text))


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", _FENCED.sub("", path.read_text(encoding="utf-8"))):
        if target.startswith("https://"):
            continue
        file, _, place = target.partition("#")
        reached = path.parent / file if file else path
        assert reached.exists(), target
        assert not place or place in anchors(reached), target


def test_readme_begins_with_the_two_commands() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for page in (README, sister(README)):
        first, *_ = _FENCED.findall(page.read_text(encoding="utf-8"))
        assert re.findall(r"^make (\w+)", first, re.MULTILINE) == ["demo", "test"]
    for path in DOCUMENTS:
        assert set(re.findall(r"`make (\w+)`", path.read_text(encoding="utf-8"))) <= targets, path

"""Two languages: every text is in the catalogue, nothing shown to people is forgotten, scripts see no difference."""

import ast
import gettext
import importlib
import json
import pkgutil
import re
import string
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Message

import advedu
from advedu import errors, i18n
from advedu.commands import root
from advedu.importing import issues
from advedu.nouns.model import KINDS
from advedu.output import report
from advedu.values import readers
from advedu.values.text import cell_width
from tests.independent.program import run
from tools import catalogue

WIDTH = 80
CJK = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
# Chinese that an English text quotes: what may be typed, and what stands in spreadsheets.
QUOTED = re.compile(
    r"党委 党组 党工委 党总支 党支部 区委 分组|第一批|男 or 女|正式党员 or 预备党员|副科级|汉族|大学本科"
    r"|集中, 送学上门, 邮寄, 电话|2005年1月20日|二〇〇五年一月二十日|1985年3月|是/否|调整原因|党员 40、群众 60"
    r"|听, 查, 看|总?第N期|优秀共产党员|党委, 党组, 党工委, 党总支, 党支部|转入日期"
)
# English that a Chinese text keeps: calls, options, names of files, variables, identifiers and codes, placeholders.
KEPT = re.compile(r"advedu(?: [\w.|{}-]+)*|--?[a-z][\w|-]*|[\w.*]*\.\w+|\b[A-Z]+\d*\b|<[\w|]+>|\b\w+_\w+\b")
ENGLISH = re.compile(r"[A-Za-z]{2,}[,;]? [a-z]+")


EXTRACTED = catalogue.extracted


@cache
def extracted() -> tuple[catalogue.Found, ...]:
    """The texts of the source, which is read once."""
    return tuple(EXTRACTED())


@cache
def messages() -> tuple[Message, ...]:
    """Every text of the source with its translation; for all who ask."""
    return tuple(message for message in catalogue.updated(catalogue.stored()) if message.id)


@cache
def known() -> frozenset[str]:
    """Every text of the source, both forms of those that have two."""
    return frozenset(text for message in messages() for text in texts(message.id))


def texts(of: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return of if isinstance(of, tuple) else (of or "",)


def named_fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def english_in(text: str) -> list[str]:
    """Return what reads like English: two words side by side, apart from what stays as it is in both languages."""
    return ENGLISH.findall(KEPT.sub("", text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("单位  Units late  最久", ["Units late"]),
        ("没有写入：the row is empty", ["the row", "is empty"]),
        ("用 advedu unit add 新增，见 advedu campaign show", []),
        ("advedu: no such file", ["no such"]),
        ("--db FILE、--lang zh|en、--user NAME，units.csv、required_missing、<clear>、N1", []),
    ],
)
def test_the_search_for_english_finds_it(text, found):
    assert english_in(text) == found


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("ADVEDU_LANG", "ADVEDU_DB", "ADVEDU_USER", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    monkeypatch.setattr(catalogue, "extracted", extracted)
    yield
    i18n.use("en")


def test_a_text_is_found_in_the_compiled_catalogue_as_gettext_finds_it():
    path = Path(i18n.__file__).parent / "locale" / "zh_CN" / "LC_MESSAGES" / "advedu.mo"
    with path.open("rb") as file:
        theirs = gettext.GNUTranslations(file)
    i18n.use("zh")
    sources = [texts(message.id)[0] for message in messages()]
    for source in sources:
        assert i18n._(source) == theirs.gettext(source) != ""
    for unknown in ("", "no such text", "zzzz", "\U0010ffff", sources[0] + "?"):
        assert i18n._(unknown) == unknown
    assert [i18n.ngettext("one such", "{n} such", n) for n in (1, 2)] == ["one such", "{n} such"]


# ── the catalogue ──


def test_the_catalogue_is_up_to_date(capsys):
    code = catalogue.main(["--check"])
    assert code == 0, capsys.readouterr().err


def test_the_catalogue_names_no_machine_and_no_day():
    text = catalogue.PO.read_text(encoding="utf-8")
    head = text.split("\n\n", 1)[0]
    assert "Date" not in head
    assert "Generated" not in head
    places = re.findall(r"^#: (.*)$", text, re.MULTILINE)
    assert places
    assert all(re.fullmatch(r"(advedu|cli\.py)[\w/.]*", place) for line in places for place in line.split())


def faults(message: Message) -> Iterator[str]:
    """Yield what is wrong with a text and its translation."""
    if not all(texts(message.string)):
        yield "no translation"
        return
    if message.fuzzy:
        yield "only a guess"
    wanted = named_fields(texts(message.id)[-1])
    for text in texts(message.string):
        if named_fields(text) != wanted:
            yield f"other fields: {text}"
        if text != text.strip():
            yield f"space at an end: {text!r}"
        if english_in(text):
            yield f"English: {text}"
        if re.search(r"[\u4e00-\u9fff][,;:?!]", text):
            yield f"half-width punctuation beside Chinese characters: {text}"
        if text != "{why}" and not CJK.search(text):
            yield f"nothing Chinese: {text}"
    for text in texts(message.id):
        if CJK.search(QUOTED.sub("", text)):
            yield f"Chinese in the source: {text}"


def test_every_text_in_the_source_is_english_and_translated() -> None:
    assert len(messages()) > 1000
    wrong = {texts(message.id)[0]: list(faults(message)) for message in messages()}
    assert {text: found for text, found in wrong.items() if found} == {}


@pytest.mark.parametrize(
    ("message", "found"),
    [
        (Message("Units", "组织数"), []),
        (Message("Units", ""), ["no translation"]),
        (Message(("{n} unit", "{n} units"), ("{n}个组织", "")), ["no translation"]),
        (Message("Units", "组织数", flags=["fuzzy"]), ["only a guess"]),
        (Message("{n} units", "{m}个组织"), ["other fields: {m}个组织"]),
        (Message("Units", "组织数 "), ["space at an end: '组织数 '"]),
        (Message("Units late", "组织 units late"), ["English: 组织 units late"]),
        (Message("Units: {n}", "组织数: {n}"), ["half-width punctuation beside Chinese characters: 组织数: {n}"]),
        (Message("Units", "UNITS"), ["nothing Chinese: UNITS"]),
        (Message("Units 组织", "组织数"), ["Chinese in the source: Units 组织"]),
    ],
    ids=lambda value: value.string if isinstance(value, Message) else None,
)
def test_a_fault_of_a_text_is_found(message: Message, found: list[str]) -> None:
    assert list(faults(message)) == found


def test_a_stale_catalogue_is_noticed(tmp_path, monkeypatch, capsys):
    copy = tmp_path / "advedu.po"
    monkeypatch.setattr(catalogue, "PO", copy)
    copy.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Units"\nmsgstr "组织数"\n\nmsgid "a text that nobody shows"\nmsgstr "无"\n',
        encoding="utf-8",
    )
    before = copy.read_bytes()
    assert catalogue.main(["--check"]) == 1
    assert copy.read_bytes() == before
    assert "advedu.po, advedu.mo" in capsys.readouterr().err

    assert catalogue.main([]) == 0
    assert 'msgid "Units"\nmsgstr "组织数"\n' in copy.read_text(encoding="utf-8")
    assert "a text that nobody shows" not in copy.read_text(encoding="utf-8")
    assert "no translation: 'Members'" in capsys.readouterr().out
    once = copy.read_bytes(), copy.with_suffix(".mo").read_bytes()
    assert catalogue.main([]) == 0
    assert (copy.read_bytes(), copy.with_suffix(".mo").read_bytes()) == once
    assert catalogue.main(["--check"]) == 0


# ── nothing is forgotten ──

SOURCES = sorted((catalogue.ROOT / "advedu").rglob("*.py"))
SHOWN_KEYWORDS = ("title", "notes", "warnings", "warning", "help", "why", "hint", "message")


def shown_to_people(call: ast.Call) -> Iterator[ast.AST]:
    """Yield the arguments of a call that end up before somebody's eyes."""
    name = getattr(call.func, "id", None) or getattr(call.func, "attr", "")
    yield from (each.value for each in call.keywords if each.arg in SHOWN_KEYWORDS)
    if name in ("Head", "Noun", "Cell"):
        yield from call.args[:1]
    elif name in ("Column", "verb"):
        yield from call.args[1:2]
    elif name in ("print", "echo"):
        yield from call.args


def unmarked(node: ast.AST) -> Iterator[str]:
    """Yield the literals below a node that read like text and are not marked for the catalogue."""
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
        if name in catalogue.KEYWORDS:
            return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search(r"[A-Za-z]", node.value):
        if " " in node.value.strip():
            yield node.value
        return
    for child in ast.iter_child_nodes(node):
        yield from unmarked(child)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(catalogue.ROOT).as_posix())
def test_every_text_for_people_is_marked(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [
        f"line {call.lineno}: {text!r}"
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        for argument in shown_to_people(call)
        for text in unmarked(argument)
    ]
    assert not found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('Head("Days late")', ["Days late"]),
        ('Head(_("Days late"))', []),
        ('Column("days_late", "Days late")', ["Days late"]),
        ('Report(title=f"as of {day}")', ["as of "]),
        ('Report(title=_("as of {day}").format(day=day))', []),
        ('Report(notes=[_("one note"), "another note"])', ["another note"]),
        ('typer.Option("--on", help="The day")', ["The day"]),
        ('Noun(N_("Units of a file"))', []),
    ],
)
def test_the_search_for_unmarked_texts_finds_them(source, found):
    (call,) = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and node.col_offset == 0)
    assert [text for argument in shown_to_people(call) for text in unmarked(argument)] == found


def modules() -> list[str]:
    found = pkgutil.walk_packages(advedu.__path__, "advedu.")
    return [module.name for module in found if not module.name.endswith("__main__")]


@pytest.mark.parametrize("name", modules())
def test_texts_that_are_looked_up_later_are_in_the_catalogue(name):
    for held in vars(importlib.import_module(name)).values():
        columns = held if isinstance(held, tuple) else ()
        for column in columns:
            if isinstance(column, report.Column):
                # Columns under their identifiers are for CSV alone.
                assert column.title in known() | {column.key, "SHA-256"}
                assert set(column.words.values()) <= known()
        if isinstance(held, type) and issubclass(held, errors.AdveduError):
            assert {held.message, held.hint} <= known() | {""}


def test_reasons_of_imports_are_in_the_catalogue():
    assert set(issues.WHY.values()) <= known()
    assert {*readers.DATE_PROBLEMS.values(), *readers.ID_PROBLEMS.values()} <= known()


def test_kinds_of_unit_bear_the_names_that_their_users_say():
    i18n.use("zh")
    assert [i18n._(name) for name in KINDS.values()] == [
        "区委",
        "党委",
        "党组",
        "党工委",
        "党总支",
        "党支部",
        "分组",
    ]


# ── help ──


def commands() -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = [()]
    for noun in root.NOUNS:
        found.append((noun,))
        found += [(noun, verb) for verb in root.named(noun).verbs if verb]
    return found


@pytest.mark.parametrize("words", commands(), ids=lambda words: " ".join(words) or "advedu")
def test_help_is_in_the_users_language_and_fits(words):
    said = {}
    for language in i18n.LANGUAGES:
        code, said[language], err = run([*words, "--help", "--lang", language])
        assert (code, err) == (0, "")
        lines = said[language].splitlines()
        assert len(lines) > 4
        assert [line for line in lines if cell_width(line) > WIDTH] == []
    assert said["en"] != said["zh"]
    # Names of commands and metavars stay; a command stands at the start of its line.
    body = re.sub(r"^  [a-z-]+  ", "", said["zh"], flags=re.MULTILINE)
    assert english_in(body.split("\n", 1)[1]) == []
    # Whatever is explained is explained in Chinese.
    explained = [line for line in body.splitlines()[1:] if len(line.split()) > 1]
    assert [line for line in explained if not CJK.search(line) and "--" not in line] == []
    # And what English help quotes is the only Chinese in it.
    assert not CJK.search(re.sub(QUOTED.pattern.replace(" ", ""), "", "".join(said["en"].split())))


# ── which language ──


@pytest.mark.parametrize(
    ("option", "environ", "chosen"),
    [
        ("zh", {"ADVEDU_LANG": "en", "LC_ALL": "en_US.UTF-8"}, "zh"),
        ("en", {"ADVEDU_LANG": "zh", "LC_ALL": "zh_CN.UTF-8"}, "en"),
        (None, {"ADVEDU_LANG": "zh", "LC_ALL": "en_US.UTF-8"}, "zh"),
        (None, {"ADVEDU_LANG": "en", "LANG": "zh_CN.UTF-8"}, "en"),
        (None, {"ADVEDU_LANG": "zh_CN"}, "zh"),
        (None, {"ADVEDU_LANG": "", "LANG": "zh_CN.GB18030"}, "zh"),
        (None, {"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "zh"),
        (None, {"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        (None, {"LC_ALL": "", "LANG": "zh_CN"}, "zh"),
        (None, {"LC_MESSAGES": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "zh"),
        (None, {"LANG": "de_DE.UTF-8"}, "en"),
        (None, {"LANG": "zh_TW.UTF-8"}, "zh"),
    ],
)
def test_option_then_variable_then_locale_choose_the_language(option, environ, chosen):
    assert i18n.choose(option, environ) == chosen


@pytest.mark.parametrize(
    ("wanted", "code"), [("zh", 0), ("en", 0), ("ZH", 0), ("zh_CN", 0), ("en-GB", 0), ("fr", 2), ("zhx", 2)]
)
def test_a_language_that_is_none_of_ours_is_a_wrong_call(filled, wanted, code):
    answer = filled("unit", "list", lang=wanted)
    assert answer.code == code
    if code:
        assert answer.out == ""
        assert answer.err.count("\n") == 1
        assert wanted in answer.err


@pytest.mark.parametrize(
    ("locale_name", "chosen"),
    [("zh_CN", "zh"), ("Chinese (Simplified)_China", "zh"), ("en_US", "en"), (None, "en")],
)
def test_windows_asks_the_desktop(monkeypatch, locale_name, chosen):
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr("locale.getlocale", lambda: (locale_name, "cp936"))
    assert i18n.choose(None, {}) == chosen


@pytest.mark.skipif(sys.platform == "win32", reason="Windows asks the desktop")
def test_english_where_nothing_is_said():
    assert i18n.choose(None, {}) == "en"


@pytest.mark.parametrize(
    ("words", "environ", "first"),
    [
        (["--lang", "zh"], {}, "用法"),
        (["--lang=zh"], {}, "用法"),
        (["--lang", "en"], {"ADVEDU_LANG": "zh"}, "Usage"),
        ([], {"ADVEDU_LANG": "zh"}, "用法"),
        ([], {"LC_ALL": "zh_CN.UTF-8"}, "用法"),
        ([], {"LANG": "zh_CN.UTF-8"}, "用法"),
        ([], {"LANG": "en_US.UTF-8"}, "Usage"),
    ],
)
def test_a_call_speaks_the_language_asked_for_before_and_after_the_command(monkeypatch, words, environ, first):
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    for argv in ([*words, "status", "--help"], ["status", "--help", *words]):
        assert run(argv)[1].startswith(first)


# ── the same for scripts, and Chinese for people ──

UNITS = """\
编码,名称,上级编码,类型,领域,批次,负责人,联系电话
A,中共某区委,,区委,,,张书记,0577-88000001
A1,区教育局党委,A,党委,机关,1,李明,0577-88000002
A101,区教育局机关党支部,A1,党支部,机关,,王芳,0577-88000003
A102,实验小学党支部,A1,党支部,学校,,,
A2,区属企业系统,A,分组,,,,
A201,水泥厂党总支,A2,党总支,国有企业,2,赵刚,0577-88000004
A3,新建支部,A,党支部,,,,
"""
MEMBERS = """\
党员编号,姓名,性别,出生日期,身份证号,所在党组织,入党时间,党员类别,职务,职级,领导干部,联系电话
P1,李明,男,1960-05-06,,A101,1985-07,正式党员,局长,正科级,是,13905770001
P2,王芳,女,1971-03-08,330304197103085183,A101,1995-07,正式党员,科长,股级,否,13905770002
P3,陈小红,女,1982-04,,A102,2004-07,预备党员,教师,,,
P4,赵刚,男,1958-11-02,,A201,1980-01,正式党员,厂长,副科级,是,
"""
MILESTONES = """\
单位,环节,完成日期,组长,报告人,备注
A1,M101,2005-01-10,李明,,
A1,M103,2005-02-04,,李明,
A101,M103,2005-01-20,,王芳,补开一次
"""
TASKS = "党员,任务,完成日期,方式\nP1,T1,2005-02-01,集中\nP2,T1,2005-02-20,送学上门\n"
ITEMS = "党员,项目,完成日期\nP1,N1,2005-01-12\nP1,N3,2005-02-03\nP1,L1,2005-02-03\n"
BAD = """\
某区党员名册,,,,,
姓名,所在党组织,身份证号,出生日期,领导干部,爱好
李四,A99,33030419680409751,1985.1,也许,篮球
,A101,,,,
陈五,实验小学党支部,330304197103085180,2005-13-01,否,
合计,,,,,
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("i18n")
    made = folder / "small.db"
    calls = [["init"], ["pin", "2005-03-21"]]
    for kind, text in (
        ("units", UNITS),
        ("members", MEMBERS),
        ("milestones", MILESTONES),
        ("tasks", TASKS),
        ("nine-ones", ITEMS),
    ):
        (folder / f"{kind}.csv").write_text(text, encoding="utf-8")
        calls.append(["import", kind, str(folder / f"{kind}.csv")])
    (folder / "bad.csv").write_text(BAD, encoding="utf-8")
    for call in calls:
        code, out, err = run(["--db", str(made), "--user", "clerk", *call])
        assert code == 0, (call, out, err)
    return made


def in_both(file: Path, words: list[str]) -> dict[str, tuple[int, str, str]]:
    bad = str(file.with_name("bad.csv"))
    return {
        language: run(["--db", str(file), "--lang", language, *(bad if word == "BAD" else word for word in words)])
        for language in i18n.LANGUAGES
    }


@pytest.mark.parametrize(
    "call",
    [
        "status",
        "status A1 --depth 2",
        "unit list",
        "unit tree",
        "unit show A1",
        "member list",
        "member show P1",
        "overdue",
        "nine status",
        "nine show P1",
        "campaign show",
    ],
)
@pytest.mark.parametrize("format_", ["json", "csv"])
def test_scripts_read_the_same_in_both_languages(file, call, format_):
    said = in_both(file, [*call.split(), "--format", format_])
    assert said["zh"] == said["en"]
    assert said["en"][0] == 0
    if format_ == "json":
        assert json.loads(said["en"][1])["format_version"] == 1


@pytest.mark.parametrize(
    "call",
    [
        "status",
        "status --by batch",
        "status --by sector",
        "unit list",
        "unit tree",
        "unit show A1",
        "member list",
        "member show P1",
        "overdue",
        "nine status",
        "nine show P1",
        "campaign show",
        "log A1",
        "milestone mark A101 M104 --on 2005-03-01 --dry-run",
        "unit edit A3 --kind 党总支 --batch 3 --dry-run",
        "member edit P2 --leader --dry-run",
    ],
)
def test_people_read_their_own_language(file, call):
    said = in_both(file, call.split())
    assert said["zh"][0] == said["en"][0] == 0
    assert said["zh"][1] != said["en"][1]
    assert english_in(said["zh"][1] + said["zh"][2]) == []
    # Headings too, which are single words: only codes are left.
    words = {language: re.findall(r"\b[A-Z][a-z]+\b", KEPT.sub("", out)) for language, (_, out, _) in said.items()}
    assert words["zh"] == []
    assert words["en"]


@pytest.mark.parametrize(
    ("call", "code"),
    [
        ("status A9", 1),
        ("member show 李明明", 1),
        ("milestone mark A1 M305", 1),
        ("milestone mark A101 M101 --on 2005-03-01", 1),
        ("milestone mark A1 M104 --on 2005-04-01", 1),
        ("nine tick P2 N1", 1),
        ("init", 1),
        ("log --operation 99", 1),
        ("unit add --name 又一个 --kind 党委", 1),
        ("milestone exempt A1 M203", 2),
        ("milestone mark M203", 2),
        ("unit add --name 某支部 --kind 党小组 --parent A1", 2),
        ("member edit P1", 1),
        ("status --as-of 2005-02-30", 2),
        ("pin", 2),
        ("stat", 2),
        ("unit shwo A1", 2),
        ("status --deep 2", 2),
        ("status --depth x", 2),
        ("status --depth 0", 2),
        ("status --by colour", 2),
        ("status A1 A2", 2),
        ("overdue --check=1", 2),
        ("unit add", 2),
        ("unit move A1", 2),
        ("member list --unit", 2),
        ("import members BAD", 3),
        ("import units BAD", 3),
        ("import auto nowhere.csv", 1),
        ("overdue --check", 4),
    ],
)
def test_errors_have_the_same_code_and_are_said_in_the_users_language(file, call, code):
    said = in_both(file, call.split())
    assert said["en"][0] == said["zh"][0] == code
    if code in (1, 2):
        assert said["en"][1] == said["zh"][1] == ""
        assert CJK.search(said["zh"][2])
        said["zh"] = (code, "", said["zh"][2].replace("No such file or directory", ""))
    assert english_in(said["zh"][1] + said["zh"][2].replace("advedu: ", "")) == []

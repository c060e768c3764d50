"""The catalogue of errors: each as the user sees it, in both languages, and the call that brings it about."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from string import Formatter

import pytest

from advedu import errors, i18n
from advedu.errors import AdveduError
from advedu.rules import definition
from advedu.storage import writers
from advedu.values.wording import error_lines
from tests.error_examples import EXAMPLES
from tests.fulfilling import run_through
from tests.support import Cli, assert_one_line, write_xlsx
from tests.test_i18n import QUOTED

A, A1, B, B1 = "330304-A", "330304-A1", "330304-B", "330304-B1"
CJK = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


def classes() -> list[type[AdveduError]]:
    """Every error that is raised: those with a message of their own."""
    found: list[type[AdveduError]] = []
    wanted = [AdveduError]
    while wanted:
        below = wanted.pop().__subclasses__()
        wanted += below
        found += [each for each in below if each.message]
    return sorted(set(found), key=lambda each: each.__name__)


CLASSES = classes()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    before = i18n.current()
    i18n.use(language)
    try:
        yield
    finally:
        i18n.use(before)


def shown(error: AdveduError, language: str) -> list[str]:
    with speaking(language):
        return error_lines(error)


def translated(template: str, language: str) -> str:
    with speaking(language):
        return i18n._(template)


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


# ── each as the user sees it ──


def example(error: type[AdveduError]) -> Mapping[str, object]:
    """Values for the fields of an error; none for one without fields."""
    return EXAMPLES.get(error, {})


def test_examples_are_those_of_the_errors_that_are_raised() -> None:
    assert EXAMPLES.keys() <= set(CLASSES)


@pytest.mark.parametrize("error", CLASSES, ids=lambda each: each.__name__)
def test_the_example_fills_every_field(error: type[AdveduError]) -> None:
    assert fields(error.message) | fields(error.hint) == set(example(error))


@pytest.mark.parametrize("error", CLASSES, ids=lambda each: each.__name__)
def test_every_error_is_whole_in_both_languages(error: type[AdveduError]) -> None:
    said = {language: shown(error(**example(error)), language) for language in i18n.LANGUAGES}
    for lines in said.values():
        assert len(lines) == (2 if error.hint else 1)
        for line in lines:
            assert line.strip() == line != ""
            assert "\n" not in line
            assert not re.search(r"[{}]", line)
        for value in example(error).values():
            assert str(value) in " ".join(lines)
    assert said["zh"][0] != said["en"][0]


@pytest.mark.parametrize("error", CLASSES, ids=lambda each: each.__name__)
def test_english_is_english_and_chinese_is_chinese(error: type[AdveduError]) -> None:
    # What the file holds is Chinese in both languages, so plain values stand in for the example's.
    values = dict.fromkeys(example(error), "x")
    assert not CJK.search(QUOTED.sub("", " ".join(shown(error(**values), "en"))))
    for template in (error.message, error.hint):
        assert CJK.search(translated(template, "zh")) or re.fullmatch(r"({\w+})?", template)


@pytest.mark.parametrize("error", CLASSES, ids=lambda each: each.__name__)
def test_every_error_has_an_exit_code_and_most_say_what_to_do(error: type[AdveduError]) -> None:
    assert error.exit_code == (2 if issubclass(error, errors.UsageFault) else 1)
    assert error.hint or error in (errors.BadValue,)


@pytest.mark.parametrize("error", CLASSES, ids=lambda each: each.__name__)
def test_a_value_cannot_steer_a_terminal_or_fill_a_field(error: type[AdveduError]) -> None:
    hostile = "\x1b]52;c;x\x07\u202e{path}\n%s{0}"
    for language in i18n.LANGUAGES:
        lines = shown(error(**dict.fromkeys(example(error), hostile)), language)
        assert all(line.isprintable() for line in lines)
        if example(error):
            assert "{path}" in "".join(lines)


def test_a_suggestion_with_nothing_to_suggest_is_left_out() -> None:
    assert len(shown(errors.NoSuchTask(wanted="x", nearest=""), "en")) == 1
    assert "advedu find" in shown(errors.NoSuchUnit(wanted="x", nearest=""), "en")[1]


# ── the call that brings it about ──

Call = Callable[[Cli], tuple[str, ...]]


def call(*argv: str) -> Call:
    return lambda _: argv


def missing(cli: Cli) -> tuple[str, ...]:
    cli.db.unlink()
    return ("status",)


def not_ours(cli: Cli) -> tuple[str, ...]:
    cli.db.write_bytes(b"not a file of ours, but long enough to be one" * 20)
    return ("status",)


def pragma(name: str, value: int) -> Call:
    def prepared(cli: Cli) -> tuple[str, ...]:
        with closing(sqlite3.connect(cli.db)) as file:
            file.execute(f"PRAGMA {name} = {value}")
        return ("status",)

    return prepared


def strange_table(cli: Cli) -> tuple[str, ...]:
    with closing(sqlite3.connect(cli.db)) as file:
        file.execute("CREATE TABLE strange (x)")
    return ("status",)


def damaged(cli: Cli) -> tuple[str, ...]:
    content = cli.db.read_bytes()
    cli.db.write_bytes(content[:8192] + b"\xff" * (len(content) - 8192))
    return ("member", "list")


def damaged_index(cli: Cli) -> tuple[str, ...]:
    """Swap two rows' names under the index, which only a look at the whole file finds."""
    with closing(sqlite3.connect(cli.db)) as file:
        (page,) = file.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'unit_by_name'").fetchone()
        (size,) = file.execute("PRAGMA page_size").fetchone()
    content = bytearray(cli.db.read_bytes())
    content[page * size - 40 : page * size] = b"\x01" * 40
    cli.db.write_bytes(bytes(content))
    return ("backup", str(cli.folder / "copy.db"))


def bad_copy(cli: Cli) -> tuple[str, ...]:
    """A copy in which a name was changed behind history's back."""
    copy = cli.folder / "copy.db"
    shutil.copy(cli.db, copy)
    with closing(sqlite3.connect(copy)) as file:
        trigger = "history_unit_update"
        (sql,) = file.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (trigger,)).fetchone()
        file.execute(f"DROP TRIGGER {trigger}")
        file.execute("UPDATE unit SET name = name || 'x' WHERE id = 1")
        file.execute(sql)
        file.commit()
    return ("restore", str(copy))


def after(*before: tuple[str, ...], then: tuple[str, ...]) -> Call:
    def prepared(cli: Cli) -> tuple[str, ...]:
        for argv in before:
            cli.ok(*argv)
        return then

    return prepared


def written(name: str, content: str | bytes, *argv: str) -> Call:
    return lambda cli: (*argv, str(cli.write(name, content)))


def sheets(cli: Cli) -> tuple[str, ...]:
    path = write_xlsx(cli.folder / "a.xlsx", {"名册": [["姓名", "所在党组织"]]})
    return ("import", "members", str(path), "--sheet", "农村")


def definition_file(cli: Cli, *, code: str = "advanced-nature-2005", version: int = 1, batch: str = "1") -> Path:
    """The definition that ships with another head, or with another first batch."""
    text = (definition.SHIPPED / "advanced-nature-2005.toml").read_text(encoding="utf-8")
    text = text.replace('code = "advanced-nature-2005"', f'code = "{code}"').replace(
        "version = 1\nsource", f"version = {version}\nsource"
    )
    return cli.write("mine.toml", text.replace('[[batches]]\ncode = "1"', f'[[batches]]\ncode = "{batch}"'))


def gate_passed(cli: Cli) -> tuple[str, ...]:
    """A closed phase, and a milestone it was closed on that is to be taken back."""
    run_through(cli, ["330304-A1-1"], ["2005-01-05", "2005-02-14"])
    return ("milestone", "unmark", "330304-A1-1", "M104")


STUDY = ("phase", "open", B1, "study", "--on", "2005-02-01")
CLOSED = ("unit", "close", B1, "--on", "2005-03-01")
OPENED = ("unit", "edit", B1, "--opened-on", "2005-03-01")
ARRIVED = ("member", "edit", "P000010", "--arrived-on", "2005-03-01")
MOVED = ("member", "transfer", "P000004", B1, "--on", "2005-02-10")
HANDED_OVER = ("post", "hand-over", A, "李新", "--on", "2005-02-10")
HELD = ("session", "add", A, "--held-on", "2005-02-05", "--topic", "党章")
PROBLEM = ("rectification", "add", A, "--problem", "文山会海", "--found-on", "2005-02-20")
ADDRESSED = ("--received-on", "2005-02-10", "--channel", "forum", "--addressee", "body")
OPINION = ("opinion", "add", A1, *ADDRESSED)
MERGED = ("opinion", "add", A, *ADDRESSED, "--rectification", "1")
BALLOTS = ("--issued", "9", "--returned", "9", "--valid", "9", "--satisfied", "1", "--dissatisfied", "7")
PHASE_OPENED = ("phase", "open", A, "study", "--on", "2005-01-10")
REACHED: dict[type[AdveduError], Call] = {
    errors.FileMissing: missing,
    errors.FileIsFolder: call("--db", ".", "status"),
    errors.BackupMissing: call("restore", "none.db"),
    errors.FileExists: call("init"),
    errors.FolderExists: call("demo", "--sheets", "."),
    errors.NotOurFile: not_ours,
    errors.FileTooNew: pragma("user_version", 999),
    errors.SchemaChanged: strange_table,
    errors.FileUnusable: damaged,
    errors.CannotWriteOutput: call("status", "--output", "/nowhere/status.csv"),
    errors.NoRoomInWorkbook: after(
        ("member", "edit", "P000001", "--post", "长" * 32_768), then=("template", "members", A, "-o", "a.xlsx")
    ),
    errors.OutputExists: after(("template", "members", A), then=("template", "members", A)),
    errors.FileEmpty: after(("--db", "new.db", "init"), then=("--db", "new.db", "template", "members")),
    errors.CampaignInvalid: written("mine.toml", "format_version = 9\n", "--db", "new.db", "init", "--campaign"),
    errors.NoSuchCampaign: call("--db", "new.db", "init", "--campaign", "none"),
    errors.CampaignDiffers: lambda cli: ("campaign", "apply", str(definition_file(cli, code="mass-line-2099"))),
    errors.VersionBack: lambda cli: ("campaign", "apply", str(definition_file(cli, version=0))),
    errors.EntriesInUse: lambda cli: ("campaign", "apply", str(definition_file(cli, batch="9"))),
    errors.NoSuchUnit: call("unit", "show", "none"),
    errors.NobodyOfThatName: call("log", "nobody"),
    errors.NoSuchMember: call("member", "show", "none"),
    errors.NoSuchMilestone: call("milestone", "mark", A, "M999"),
    errors.NoSuchTask: call("task", "mark", "P000001", "T9"),
    errors.NoSuchSector: call("campaign", "focus", "schools"),
    errors.NoSuchItem: call("nine", "tick", "P000001", "N10"),
    errors.NoSuchRecord: call("opinion", "remove", "99"),
    errors.RecordInUse: after(PROBLEM, MERGED, then=("rectification", "remove", "1")),
    errors.NotMissed: after(HELD, then=("session", "make-up", "1", "P000003")),
    errors.NotOfTheUnit: after(PROBLEM, OPINION, then=("opinion", "merge", "1", "--into", "1")),
    errors.NoSuchRound: call("survey", "remedy", A, "--round", "1", "--done"),
    errors.NoSuchRule: call("campaign", "rule", "survey_least", "80"),
    errors.DoesNotFit: call(
        *("survey", "add", A, "--round", "1", "--method", "sample", "--held-on", "2005-03-01", *BALLOTS)
    ),
    errors.UnpublishedItems: after(PROBLEM, then=("milestone", "mark", A, "M303")),
    errors.ChiefByPosts: after(HANDED_OVER, then=("unit", "edit", A, "--chief", "赵新")),
    errors.NotAfterLastPost: after(HANDED_OVER, then=("post", "hand-over", A, "赵新", "--on", "2005-02-10")),
    errors.NoSuchOperation: call("log", "--operation", "999"),
    errors.AmbiguousUnit: call("unit", "show", "第一党支部"),
    errors.AmbiguousMember: call("member", "show", "王小明"),
    errors.BadValue: call("unit", "edit", A, "--kind", "党小组"),
    errors.BadDay: call("status", "--as-of", "2005-02-30"),
    errors.FutureDay: call("milestone", "mark", A, "M101", "--on", "2005-04-01"),
    errors.MissingValue: call("milestone", "exempt", A, "M101"),
    errors.CodeTaken: call("unit", "add", B1, "--name", "x", "--kind", "党支部", "--parent", A),
    errors.IdNumberTaken: lambda cli: (
        *("member", "edit", "P000002", "--id-number"),
        cli.query("SELECT id_number FROM member WHERE code = 'P000001'")[0][0],
    ),
    errors.RootExists: call("unit", "add", "X", "--name", "x", "--kind", "区委"),
    errors.NotApplicable: call("milestone", "mark", B1, "M101"),
    errors.NotByDate: call("milestone", "mark", A, "M305"),
    errors.UnitClosed: after(CLOSED, then=("milestone", "mark", B1, "M103", "--on", "2005-03-01")),
    errors.MoveMakesCircle: call("unit", "move", A, A1),
    errors.NotAfterLastMove: after(MOVED, then=("member", "transfer", "P000004", A, "--on", "2005-02-10")),
    errors.AlreadyGone: after(
        ("member", "leave", "P000010", "--on", "2005-03-01"), then=("member", "transfer", "P000010", A)
    ),
    errors.UnitNotOpen: after(OPENED, then=("milestone", "mark", B1, "M103", "--on", "2005-02-01")),
    errors.NotYetArrived: after(ARRIVED, then=("member", "leave", "P000010", "--on", "2005-02-01")),
    errors.FirstDayTooLate: after(MOVED, then=("unit", "edit", B1, "--opened-on", "2005-03-20")),
    errors.StillHere: call("member", "rejoin", "P000010", A),
    errors.MergedIntoItself: call("unit", "merge", B1, "--into", B1),
    errors.NotAMember: call("unit", "split", B1, "B1X", "--name", "新支部", "--member", "P000001"),
    errors.NoSuchPhase: call("phase", "open", A, "summer"),
    errors.NoPhases: call("phase", "open", "330304", "study"),
    errors.PhaseState: after(STUDY, then=STUDY),
    errors.PhaseOutOfOrder: call("phase", "open", A, "analysis"),
    errors.PhaseHeld: after(STUDY, then=("phase", "close", B1, "study", "--on", "2005-03-01")),
    errors.NoSignerAbove: after(
        ("unit", "edit", "330304", "--kind", "党委"), then=("phase", "sign-off", "330304", "study")
    ),
    errors.BeforeLastEvent: after(STUDY, then=("phase", "close", B1, "study", "--on", "2005-01-31")),
    errors.GateBroken: gate_passed,
    errors.NotALeader: call("nine", "tick", "P000003", "N1"),
    errors.UnitInUse: after(MOVED, then=("unit", "close", B1, "--on", "2005-02-01")),
    errors.NothingToDo: call("unit", "edit", A),
    errors.CannotRead: call("import", "members", "none.csv"),
    errors.NoSuchSheet: sheets,
    errors.NothingToImport: call("import", "members", "*.none"),
    errors.NoSuchColumn: written("a.csv", "a,b\n1,2\n", "import", "members", "--map", "a=telephone"),
    errors.KindUnclear: written("a.csv", "a,b\n1,2\n", "import", "auto"),
    errors.NoSuchTopic: call("help", "moon"),
    errors.CannotUndo: call("undo", "1"),
    errors.NotRestorable: bad_copy,
    errors.NoSuchPhase: call("phase", "open", A, "nothing"),
    errors.PhaseOutOfOrder: call("phase", "open", A, "analysis"),
    errors.NoPhases: call("phase", "open", "330304", "study"),
    errors.PhaseState: call("phase", "close", A, "study"),
    errors.PhaseHeld: after(PHASE_OPENED, then=("phase", "close", A, "study", "--on", "2005-02-20")),
    errors.BeforeLastEvent: after(PHASE_OPENED, then=("phase", "sign-off", A, "study", "--on", "2005-01-05")),
    errors.BackupDamaged: damaged_index,
}
# Reached where something is open or killed beside the call, or through no command yet.
ELSEWHERE = {
    errors.FileLocked: "tests/storage/test_connection.py",
    errors.NoCampaign: "tests/storage/test_connection.py",
    errors.LockHeld: "below",
    errors.GateBroken: "tests/recording/test_gates_touched.py",
    errors.NoSignerAbove: "tests/recording/test_phases.py",
    errors.ChangedMeanwhile: "tests/commands/tick_screen/test_app.py",
    errors.ExtraMissing: "tests/commands/tick_screen/test_app.py",
    errors.NeedsTerminal: "tests/commands/tick_screen/test_app.py",
    errors.AlreadyImported: "tests/test_watch.py",
    errors.FolderWatched: "tests/test_watch.py",
    errors.NoSuchBatch: "no command names a batch as an argument yet",
}


def test_every_error_is_here() -> None:
    """A new error needs a line above: the call that brings it about."""
    assert {each.__name__ for each in CLASSES} == {each.__name__ for each in (*REACHED, *ELSEWHERE)}


@pytest.mark.parametrize("error", REACHED, ids=lambda each: each.__name__)
def test_every_error_can_be_reached_and_is_one_line(
    filled: Cli, error: type[AdveduError], monkeypatch: pytest.MonkeyPatch
) -> None:
    raised: list[AdveduError] = []
    make = AdveduError.__init__

    def noting(self: AdveduError, **values: object) -> None:
        make(self, **values)
        raised.append(self)

    monkeypatch.chdir(filled.folder)
    argv = REACHED[error](filled)
    monkeypatch.setattr(AdveduError, "__init__", noting)
    for language in i18n.LANGUAGES:
        raised.clear()
        answer = filled(*argv, lang=language)
        assert answer.code == error.exit_code, answer
        assert answer.out == ""
        assert_one_line(answer.err)
        assert type(raised[-1]) is error
        assert raised[-1].values.keys() >= fields(error.message) | fields(error.hint)
        template = translated(error.message, language)
        assert all(part in answer.err for part, _, _, _ in Formatter().parse(template) if part.strip())


def test_who_holds_the_lock_is_said(filled: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "LOCK_SECONDS", 0.05)
    from advedu.nouns.model import Author

    with closing(sqlite3.connect(filled.db, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with writers.noted(filled.db, Author("张三", "办公室-2", "advedu import")):
            message = filled.refused("pin", "2005-03-01")
        other.execute("ROLLBACK")
    assert "张三" in message
    assert "办公室-2" in message


# ── wrong calls ──


@pytest.mark.parametrize(
    "argv",
    [
        ("nosuch",),
        ("unit", "nosuch"),
        ("unit", "show"),
        ("unit", "show", A, "more"),
        ("unit", "show", A, "--no-such-option"),
        ("unit", "add", "--name", "x"),
        ("status", "--depth", "many"),
        ("status", "--depth", "0"),
        ("status", "--depth"),
        ("status", "--by", "moon"),
        ("status", "--format", "xml"),
        ("status", "--as-of", "soon"),
        ("log", "--operation", "x"),
        ("undo", "x"),
        ("import", "people", "a.csv"),
        ("unit", "list", "--no-color=yes"),
    ],
)
def test_wrong_calls_are_one_line_in_both_languages(filled: Cli, argv: tuple[str, ...]) -> None:
    for language in i18n.LANGUAGES:
        answer = filled(*argv, lang=language)
        assert answer.code == 2, answer
        assert answer.out == ""
        assert_one_line(answer.err)
        # How a day may be written is shown in both languages.
        said = answer.err.removeprefix("advedu: ").replace("2005年1月20日", "")
        assert bool(CJK.search(said)) == (language == "zh"), said


def test_hostile_words_of_a_call_are_made_harmless(filled: Cli) -> None:
    for argv in (("\x1b[31mnosuch",), ("unit", "show", "\x1b]52;c;x\x07\u202e"), ("status", "--by", "\x1b[2J\u202e")):
        answer = filled(*argv)
        assert answer.code in (1, 2)
        assert_one_line(answer.err)

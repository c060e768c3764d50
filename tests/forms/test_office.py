"""There and back through LibreOffice: it must have written the file that is imported."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import MEMBER_COLUMNS, MEMBERS, UNIT_COLUMNS, UNITS
from tests.forms import office
from tests.forms.support import HEAD, rows_of
from tests.register_samples import SAMPLES, prepare
from tests.support import TODAY, Cli, counts, id_number

pytestmark = [
    pytest.mark.skipif(office.SOFFICE is None, reason="LibreOffice is not installed"),
    pytest.mark.long,
]
A1 = "330304-A1"
DONE = ("milestones", "tasks", "nine-ones")
NUMBER = id_number(1, "1980-01-01")


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("office")


def form(cli: Cli, kind: str) -> Path:
    path = cli.folder / f"{kind}.xlsx"
    cli.ok("template", kind, "--output", path, lang="zh")
    return path


def _application(path: Path) -> str:
    import zipfile

    with zipfile.ZipFile(path) as book:
        return book.read("docProps/app.xml").decode()


class Sent(NamedTuple):
    """The forms of the small district, and the same as LibreOffice saves them."""

    empty: dict[str, Path]
    untouched: dict[str, Path]
    done: dict[str, Path]
    completed: Path


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory, filled_file: Path, profile: Path) -> Sent:
    """Forms untouched, filled in with a day, and the members' completed by a new one; all of them in one start."""
    cli = Cli(tmp_path_factory.mktemp("forms"))
    shutil.copy(filled_file, cli.db)
    empty = {kind: form(cli, kind) for kind in ("units", "members", *DONE)}
    made = Sent(
        empty,
        {kind: cli.folder / f"untouched-{kind}.xlsx" for kind in empty},
        {kind: cli.folder / f"done-{kind}.xlsx" for kind in DONE},
        cli.folder / "completed.xlsx",
    )
    extra = f"姓名=新来的|性别=女|所在党组织={A1}|身份证号='{NUMBER}|入党时间=2004-07|领导干部=否"
    office.fill(
        profile,
        *(office.Form(empty[kind], target) for kind, target in made.untouched.items()),
        *(office.Form(empty[kind], target, "完成日期", "2005-02-01") for kind, target in made.done.items()),
        office.Form(empty["members"], made.completed, "职务", "有职务", extra),
    )
    return made


@pytest.mark.parametrize("kind", DONE)
def test_filled_in_by_libreoffice_nothing_is_open_any_more(filled: Cli, sent: Sent, kind: str) -> None:
    count = len(rows_of(sent.empty[kind]))
    assert count > 0
    assert "LibreOffice" in _application(sent.done[kind])
    document = filled.json("import", "auto", sent.done[kind])
    assert (document["kind"], document["errors"], document["warnings"]) == (kind, [], [])
    assert counts(document) == (count, count, 0, 0, 0, HEAD)
    assert document["templates"] == [{"kind": kind, "unit": "330304", "campaign": "advanced-nature-2005"}]
    assert rows_of(form(filled, kind)) == []
    total = filled.json("status")["total"]
    if kind == "milestones":
        # The survey alone is missing: it is not reached by a date.
        assert total["milestones_expected"] - total["milestones_done"] == total["units_owing"]
    elif kind == "tasks":
        assert total["members_covered"] == total["members_due"] > 0
    else:
        assert total["nine_ones_done"] == total["nine_ones_expected"] > 0


def test_a_register_is_completed_by_libreoffice(filled: Cli, sent: Sent) -> None:
    document = filled.json("import", "auto", sent.completed)
    assert (document["read"], document["inserted"], document["errors"]) == (13, 1, [])
    assert document["updated"] == 12
    rows = filled.query("SELECT sex, joined_on, id_number FROM member WHERE name = '新来的'")
    assert rows == [("female", "2004-07", NUMBER)]


@pytest.mark.parametrize("kind", ["units", "members", "milestones", "tasks", "nine-ones"])
def test_saved_by_libreoffice_untouched_nothing_changes(filled: Cli, sent: Sent, kind: str) -> None:
    before = filled.everything()
    document = filled.json("import", "auto", sent.untouched[kind])
    assert (document["kind"], document["inserted"], document["updated"]) == (kind, 0, 0)
    assert (document["errors"], document["warnings"]) == ([], [])
    assert document["read"] == len(rows_of(sent.empty[kind]))
    assert filled.everything() == before


def test_as_csv_it_comes_back_too(filled: Cli, sent: Sent, profile: Path) -> None:
    document = filled.json("import", "auto", office.converted(profile, sent.done["nine-ones"], "csv"))
    assert (document["kind"], document["errors"]) == ("nine-ones", [])
    assert document["inserted"] > 0


def test_a_form_prints_as_wide_as_the_page(sent: Sent, profile: Path) -> None:
    content = office.converted(profile, sent.empty["members"], "pdf").read_bytes()
    assert content.startswith(b"%PDF")
    # A4 across, in points; a column that does not fit would make a second page.
    assert b"841." in content
    assert content.count(b"/Type/Page\n") + content.count(b"/Type/Page/") == 1


@pytest.fixture(scope="module")
def forms_of_registers(tmp_path_factory: pytest.TempPathFactory, profile: Path) -> tuple[Path, Path]:
    """A file with a record in every register, and a folder with their forms as LibreOffice saves them, ods and xls."""
    folder = tmp_path_factory.mktemp("registers")
    cli = Cli(folder)
    cli.ok("init")
    cli.ok("pin", TODAY)
    cli.ok("import", "units", cli.write("units.csv", [UNIT_COLUMNS, *UNITS]))
    cli.ok("import", "members", cli.write("members.csv", [MEMBER_COLUMNS, *MEMBERS]))
    prepare(cli)
    made = folder / "forms"
    made.mkdir()
    for kind, (row, _change) in SAMPLES.items():
        cli.imported(kind, [[*row], [*row.values()]])
        cli.ok("template", kind, "--output", made / f"{kind}.xlsx", lang="zh")
    for ending in ("ods", "xls"):
        office.run(profile, "--convert-to", ending, "--outdir", str(made), *map(str, sorted(made.glob("*.xlsx"))))
    return cli.db, made


@pytest.mark.parametrize("ending", ["ods", "xls"])
@pytest.mark.parametrize("kind", SAMPLES)
def test_a_register_comes_back_as_it_was(
    forms_of_registers: tuple[Path, Path], tmp_path: Path, kind: str, ending: str
) -> None:
    db, made = forms_of_registers
    cli = Cli(tmp_path)
    shutil.copy(db, cli.db)
    before = cli.everything()
    document = cli.json("import", "auto", made / f"{kind}.{ending}")
    assert (document["kind"], document["errors"], document["warnings"]) == (kind, [], [])
    assert document["read"] == document["unchanged"] > 0
    assert cli.everything() == before

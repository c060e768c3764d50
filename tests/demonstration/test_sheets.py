"""The archive that the program ships is the one that the generator makes, and holds files as units send them."""

from __future__ import annotations

import sys
from zipfile import ZipFile

import pytest

from tools.demonstration import __main__ as tool
from tools.demonstration import build_whole, sheets


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return sheets.members(build_whole())


def test_the_program_ships_what_the_generator_makes(made: dict[str, bytes]) -> None:
    shipped = tool.shipped()
    assert list(shipped) == list(made)
    assert [name for name, content in made.items() if shipped[name] != content] == []
    assert tool.ARCHIVE.stat().st_size < 3 << 20


def test_the_same_district_makes_the_same_archive(made: dict[str, bytes]) -> None:
    some = dict(list(made.items())[:5])
    assert sheets.packed(some) == sheets.packed(dict(some))


def test_sheets_are_what_a_spreadsheet_program_opens(made: dict[str, bytes]) -> None:
    units = made["2004-12-20/全区党组织名册.csv"].decode("utf-8-sig").splitlines()
    assert units[0] == "编码,名称,上级编码,类型,领域,批次,负责人,联系电话,上报党员数"
    assert "A01,区级机关工委,A,党工委,机关,," in units[3]
    names = [name for name in made if name.endswith(".csv")]
    assert len(names) == len(made) - 1
    assert all(made[name].startswith(b"\xef\xbb\xbf") for name in names)
    # Quotation marks of any kind end a text in one shell or the other; and no system forbids these names.
    assert not set("".join(names)) & set("“”‘’\"'`$\\:*?<>|")


def test_the_tool_says_when_the_archive_is_old(
    made: dict[str, bytes],
    tmp_path: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    old = tmp_path / "sheets.zip"
    monkeypatch.setattr(tool, "ARCHIVE", old)
    monkeypatch.setattr(tool.sheets, "members", lambda _: made)
    monkeypatch.setattr(tool, "build_whole", lambda: None)
    old.write_bytes(sheets.packed(dict(list(made.items())[:-1])))
    monkeypatch.setattr(sys, "argv", ["demonstration", "--check"])
    assert tool.main() == 1
    assert capsys.readouterr().err == "sheets.zip is not up to date: make demonstration\n"
    monkeypatch.setattr(sys, "argv", ["demonstration"])
    assert tool.main() == 0
    with ZipFile(old) as packed:
        assert packed.namelist() == list(made)
    monkeypatch.setattr(sys, "argv", ["demonstration", "--check"])
    assert tool.main() == 0

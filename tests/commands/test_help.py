"""The pages of `advedu help`: what they say is so, for every command in them is run, in order, in both languages."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from advedu import i18n
from advedu.commands import root, topics
from advedu.importing.run import KINDS
from advedu.values.text import cell_width
from tests.independent.program import run
from tests.support import Cli, process


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, demo_file: Path) -> Path:
    return Path(shutil.copy(demo_file, tmp_path_factory.mktemp("demo") / "demo.db"))


def page(name: str, language: str) -> str:
    code, out, err = run(["--lang", language, "help", name])
    assert (code, err) == (0, "")
    return out


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("name", topics.TOPICS)
def test_every_command_of_a_page_does_what_the_page_says(
    tmp_path: Path, demo: Path, name: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ADVEDU_LANG", language)
    topic = topics.TOPICS[name]
    if topic.demo:
        shutil.copy(demo, "demo.db")
    commands = 0
    i18n.use(language)
    try:
        written = [(block, block.spoken() if isinstance(block, topics.ExampleFile) else None) for block in topic.blocks]
    finally:
        i18n.use("en")
    for block, content in written:
        if isinstance(block, topics.ExampleFile):
            Path(block.name).write_text(f"{content}\n", encoding="utf-8")
        elif isinstance(block, topics.ExampleCommand):
            commands += 1
            program, *words = shlex.split(block.words)
            assert program == "advedu"
            code, out, err = run(words)
            assert code == block.exit_code, (block.words, out, err)
    assert commands >= 3


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("name", topics.TOPICS)
def test_pages_fit_and_show_their_commands_in_one_piece(
    name: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    said = page(name, language)
    lines = said.splitlines()
    shown = [f"    {block.words}" for block in topics.TOPICS[name].blocks if isinstance(block, topics.ExampleCommand)]
    assert [line for line in lines if line in shown] == shown
    assert max(cell_width(line) for line in lines if line not in shown) <= 80
    assert "{" not in said
    # Commands that are named in passing exist too.
    for noun in re.findall(r"`advedu (\w+)", said):
        assert noun in root.NOUNS


def test_the_list_of_topics_names_them_all_and_so_does_the_commands_own_help() -> None:
    for language in i18n.LANGUAGES:
        listed = run(["help", "--lang", language])[1]
        explained = run(["help", "--help", "--lang", language])[1]
        for name in topics.TOPICS:
            assert re.search(rf"^  {name} ", listed, re.MULTILINE)
            assert name in "".join(explained.split())
    assert set(topics.ALIASES.values()) <= set(topics.TOPICS)
    assert page("imports", "en") == page("files", "en")


def test_help_of_a_command_is_what_the_command_prints() -> None:
    for words in (["unit"], ["unit", "add"], ["status"], ["campaign", "apply"]):
        for language in i18n.LANGUAGES:
            assert run(["help", *words, "--lang", language])[1] == run([*words, "--help", "--lang", language])[1]


def test_every_column_of_every_kind_of_file_is_listed() -> None:
    said = re.sub(r"\s+", "", page("files", "zh"))
    for kind in KINDS.values():
        for column in kind.columns:
            assert f"{column.name}{'*' if column.is_needed else ''}{column.headings[0]}" in said


def test_the_exit_codes_are_all_there() -> None:
    assert re.findall(r"^(\d+):", page("exit-codes", "en"), re.MULTILINE) == ["0", "1", "2", "3", "4", "130"]


def test_an_unknown_topic_is_refused_with_what_there_is(bare: Cli) -> None:
    assert "first-day" in bare.refused("help", "moon")
    assert "unit mooon" in bare.refused("help", "unit", "mooon")
    assert "status unit" in bare.refused("help", "status", "unit")


def test_a_page_needs_no_file_and_goes_out_in_the_encoding_of_the_screen(tmp_path: Path) -> None:
    answer = process("--lang", "zh", "help", "dates", cwd=tmp_path, env={"PYTHONIOENCODING": "gbk"})
    assert answer.returncode == 0
    assert "日期可以写成" in answer.stdout.decode("gbk")
    assert process("help", "dates", "--format", "json", cwd=tmp_path).stdout.startswith(
        b'{\n "format_version": 1,\n "topic": "dates"'
    )

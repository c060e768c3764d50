"""The manual pages: complete, and without a complaint of the formatter."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from advedu import i18n
from advedu.commands import root, topics
from tools import man_page

needs_groff = pytest.mark.skipif(shutil.which("groff") is None, reason="no groff here")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return man_page.written(tmp_path_factory.mktemp("man"))


def shown(page: Path, width: int = 80) -> tuple[str, str]:
    """What a reader sees, without overstriking, and what the formatter complains about."""
    answer = subprocess.run(
        ["groff", "-Kutf8", "-Tutf8", "-P-cbou", "-man", "-ww", f"-rLL={width}n", str(page)],
        capture_output=True,
        # How wide a Chinese character is, the formatter asks the locale.
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        check=True,
        timeout=60,
    )
    return answer.stdout.decode(), answer.stderr.decode()


def test_every_language_has_its_page(pages: dict[str, Path]) -> None:
    assert set(pages) == set(i18n.LANGUAGES)


@needs_groff
@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_formatter_has_nothing_to_complain_about(pages: dict[str, Path], language: str, width: int) -> None:
    assert shown(pages[language], width)[1] == ""


@needs_groff
@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_command_option_and_topic_is_shown_as_it_is_typed(pages: dict[str, Path], language: str) -> None:
    said = shown(pages[language], 200)[0]
    # Hyphens are those that somebody can copy and search for.
    assert not re.search("[\u2010\u2212]", said)
    for name in root.NOUNS:
        noun = root.named(name)
        for verb in noun.verbs:
            assert f"\n   advedu {name} {verb}".rstrip() in said
            for parameter in noun.command(verb).params:
                assert parameter.param_type_name == "argument" or parameter.opts[0] in said
    for topic in topics.TOPICS.values():
        for block in topic.blocks:
            if isinstance(block, topics.ExampleCommand):
                assert f"    {block.words}\n" in said


@needs_groff
def test_a_chinese_page_has_no_line_that_is_too_long(pages: dict[str, Path]) -> None:
    from advedu.values.text import cell_width

    long = [line for line in shown(pages["zh"])[0].splitlines() if cell_width(line) > 80]
    assert long == []


def test_texts_cannot_become_commands_of_the_formatter() -> None:
    assert man_page.escaped(".TH x") == "\\&.TH x"
    assert man_page.escaped("'a' \\n -x ~`^") == "\\(aqa\\(aq \\en \\-x \\(ti\\(ga\\(ha"
    assert man_page.escaped("甲乙，丙（丁）") == "甲\\:乙，\\:丙\\:（丁）"


def test_pages_are_written_where_they_are_wanted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert man_page.main([str(tmp_path / "man")]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told == [str(tmp_path / "man" / place) for place in man_page.PLACES.values()]
    for language, place in man_page.PLACES.items():
        assert (tmp_path / "man" / place).read_text(encoding="utf-8") == man_page.page(language)

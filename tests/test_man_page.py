"""The manual pages: up to date, complete, and without a complaint of the formatter."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import pytest

from advedu import i18n
from advedu.commands import root, topics
from tools import man_page

needs_groff = pytest.mark.skipif(shutil.which("groff") is None, reason="no groff here")


def shown(language: str, width: int = 80) -> tuple[str, str]:
    """What a reader sees, without overstriking, and what the formatter complains about."""
    answer = subprocess.run(
        ["groff", "-Kutf8", "-Tutf8", "-P-cbou", "-man", "-ww", f"-rLL={width}n", str(man_page.PAGES[language])],
        capture_output=True,
        # How wide a Chinese character is, the formatter asks the locale.
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        check=True,
        timeout=60,
    )
    return answer.stdout.decode(), answer.stderr.decode()


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_pages_are_up_to_date(language: str) -> None:
    assert man_page.PAGES[language].read_text(encoding="utf-8") == man_page.page(language), "run make man"


@needs_groff
@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_formatter_has_nothing_to_complain_about(language: str, width: int) -> None:
    assert shown(language, width)[1] == ""


@needs_groff
@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_command_option_and_topic_is_shown_as_it_is_typed(language: str) -> None:
    said = shown(language, 200)[0]
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
def test_a_chinese_page_has_no_line_that_is_too_long() -> None:
    from advedu.values.text import cell_width

    long = [line for line in shown("zh")[0].splitlines() if cell_width(line) > 80]
    assert long == []


def test_texts_cannot_become_commands_of_the_formatter() -> None:
    assert man_page.escaped(".TH x") == "\\&.TH x"
    assert man_page.escaped("'a' \\n -x ~`^") == "\\(aqa\\(aq \\en \\-x \\(ti\\(ga\\(ha"
    assert man_page.escaped("甲乙，丙（丁）") == "甲\\:乙，\\:丙\\:（丁）"


def test_check_finds_a_stale_page(tmp_path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(man_page, "ROOT", tmp_path)
    monkeypatch.setattr(man_page, "PAGES", {"en": tmp_path / "man" / "advedu.1"})
    assert man_page.main(["--check"]) == 1
    assert "run make man" in capsys.readouterr().err
    assert man_page.main([]) == 0
    assert man_page.main(["--check"]) == 0

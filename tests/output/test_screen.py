"""What a stream can show: a terminal's width and colours, and the characters of its encoding."""

from __future__ import annotations

import io

import pytest

from advedu.output.screen import Screen, screen


class Terminal(io.TextIOWrapper):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def terminal(encoding: str = "utf-8") -> Terminal:
    return Terminal(io.BytesIO(), encoding=encoding)


@pytest.mark.parametrize(
    ("environ", "no_color", "colour"),
    [
        ({}, False, True),
        ({"TERM": "xterm"}, False, True),
        ({"TERM": "dumb"}, False, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, False, True),
        ({}, True, False),
    ],
)
def test_colours_are_for_terminals_that_want_them(environ: dict[str, str], no_color: bool, colour: bool) -> None:
    assert screen(terminal(), environ, no_color=no_color).colour is colour
    assert screen(io.StringIO(), environ, no_color=no_color).colour is False


def test_only_a_terminal_has_a_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "73")
    assert screen(terminal(), {}).width == 73
    assert screen(io.StringIO(), {}).width is None


def test_blocks_are_for_encodings_that_have_them() -> None:
    assert screen(terminal("utf-8"), {}).blocks
    assert not screen(terminal("ascii"), {}).blocks
    assert not screen(terminal("cp1252"), {}).blocks


def test_screen_is_a_plain_value() -> None:
    assert Screen(80, colour=True, blocks=True) == (80, True, True, None, None)

"""What columns want follows from their readers, so that a further kind of file needs nothing of its own."""

from __future__ import annotations

import pytest

from advedu.forms import guides
from advedu.importing.columns import Column
from advedu.importing.run import KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_every_reader_says_what_it_wants(kind: str) -> None:
    for column in KINDS[kind].columns:
        if column.reader != "text":
            assert guides.of(kind, column) != guides.Guide(), column


def test_a_reader_that_nobody_knows_yet_is_text() -> None:
    assert guides.of("surveys", Column("issued", ("发出",), reader="something new")) == guides.Guide()


def test_a_note_says_whether_it_is_required_and_gives_examples() -> None:
    text = guides.note("units", Column("kind", ("类型",), required=True, reader="kind"), tuple("甲乙丙丁戊己庚辛"))
    assert "Required" in text
    assert "甲" in text
    assert "辛" not in text

"""What columns want follows from their kinds, so that a further field needs nothing of its own."""

from __future__ import annotations

import pytest

from advedu.forms import guides
from advedu.importing.run import KINDS
from advedu.nouns.declaration import Field
from advedu.nouns.words import UNIT_KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_says_what_it_wants(kind: str) -> None:
    for column in KINDS[kind].columns:
        assert guides.hint(column).endswith((".", "。")), column.name
        assert 5 <= guides.width(column) <= 40, column.name


def test_what_a_field_says_goes_before_its_kind() -> None:
    field = Field("issued", "Issued", ("发出",), "count")
    assert guides.width(field) == field.of_kind.width
    assert guides.hint(field) == field.of_kind.hint
    own = field._replace(width=33, hint="So many.")
    assert (guides.width(own), guides.hint(own)) == (33, "So many.")


def test_a_note_says_whether_it_is_required_and_gives_examples() -> None:
    field = Field("kind", "Kind", ("类型",), "word", required=True, words=UNIT_KINDS)
    text = guides.note(field, tuple("甲乙丙丁戊己庚辛"))
    assert "Required" in text
    assert "甲" in text
    assert "辛" not in text

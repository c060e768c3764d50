"""The tab key at every place of every command: an answer, never a traceback; what a field may be is offered for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from advedu.commands import root
from advedu.commands.complete import answer
from advedu.nouns import index, registers
from tests.support import Cli


def places() -> Iterator[tuple[str, ...]]:
    """The words of every verb of every noun."""
    for name in root.NOUNS:
        noun = root.named(name)
        yield from ((name,) if verb == "" else (name, verb) for verb in noun.verbs)


def command(words: tuple[str, ...]) -> Any:
    return root.named(words[0]).command(words[1] if len(words) > 1 else "")


@pytest.mark.parametrize("words", list(places()), ids="-".join)
def test_every_place_answers(filled: Cli, words: tuple[str, ...]) -> None:
    before = ["bash", "--db", str(filled.db), *words]
    tried = [[*before, ""], [*before, "-"], [*before, "330304-A1", ""], [*before, "330304-A1", "M103", "x", ""]]
    for param in command(words).params:
        if param.param_type_name == "option":
            tried += [[*before, name, ""] for name in param.opts]
    for argv in tried:
        lines = answer(argv)
        assert lines[-1] in (":", ":nospace", ":files"), argv
        assert all("\t" in line for line in lines[:-1]), argv
    offered = {line.split("\t")[0] for line in answer([*before, "-"])}
    assert {name for param in command(words).params for name in param.opts if name.startswith("--")} <= offered


@pytest.mark.parametrize("name", root.NOUNS)
def test_every_noun_offers_its_verbs(name: str) -> None:
    noun = root.named(name)
    if "" not in noun.verbs:
        assert {line.split("\t")[0] for line in answer(["bash", name, ""])[:-1]} == set(noun.verbs)


@pytest.mark.parametrize("noun", index.NOUNS)
def test_what_a_field_may_be_is_offered_for_its_option(filled: Cli, noun: str) -> None:
    verbs = root.named(noun).verbs
    for verb in ("add", "edit"):
        if verb not in verbs:
            continue
        for field in registers.named(noun).taken_by(verb):
            offered = [
                line.split("\t")[0] for line in answer(["bash", "--db", str(filled.db), noun, verb, field.option, ""])
            ]
            if field.flag:
                continue
            if field.words:
                assert set(field.words) <= set(offered), field.name
            elif field.of_kind.listed:
                assert len(offered) > 1, field.name
            elif field.kind == "unit":
                assert "330304-A1" in offered, field.name
            elif field.kind == "member":
                assert "P000001" in offered, field.name
            elif "day" in field.kind:
                assert "2005-03-31" in offered, field.name

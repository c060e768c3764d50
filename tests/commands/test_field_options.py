"""Options of fields: there for every field of every noun, read as cells are, and refused where nothing could be stored."""

from __future__ import annotations

from typing import Any

import pytest

from advedu.commands import root
from advedu.nouns import index, registers
from advedu.nouns.declaration import ADD, EDIT, Field
from tests.register_samples import record
from tests.support import Cli

VERBS = [(noun, verb) for noun in index.NOUNS for verb in (ADD, EDIT) if verb in root.named(noun).verbs]
FIELDS = [(noun, verb, field) for noun, verb in VERBS for field in registers.named(noun).taken_by(verb)]
# A text of each kind that cells correct: what is typed is corrected in the same way.
CORRECTED = {
    "name": ("王 小明", "王小明"),
    "phone": ("１３９５８８１２３４５", "13958812345"),
    "past_month": ("1985年3月", "1985-03"),
    "past_day": ("2005年1月3日", "2005-01-03"),
    "day": ("2005.2.3", "2005-02-03"),
    "rank": ("副科", "副科级"),
    "usual": ("本科", "大学本科"),
    "count": ("12人", 12),
    "id_number": ("33030419460514299x", "33030419460514299X"),
}


def name(value: Any) -> str:
    return value.name if isinstance(value, Field) else str(value)


def params(noun: str, verb: str) -> dict[str, Any]:
    return {option: param for param in root.named(noun).command(verb).params for option in param.opts}


@pytest.mark.parametrize(("noun", "verb", "field"), FIELDS, ids=name)
def test_every_field_has_its_option(noun: str, verb: str, field: Field) -> None:
    option = params(noun, verb)[field.option]
    assert option.is_flag == field.flag
    assert option.help


@pytest.mark.parametrize(("noun", "verb"), VERBS, ids=name)
def test_there_is_no_option_that_no_field_has(noun: str, verb: str) -> None:
    others = {"--dry-run", "--format", "--output", "-o", "-f", "--help", "--unit"}
    fields = {field.option for field in registers.named(noun).taken_by(verb)}
    assert {option for option in params(noun, verb) if option.startswith("--")} - fields <= others


def required(cli: Cli, noun: str) -> list[str]:
    """What `edit` needs before its options: whose record it is."""
    return {"unit": ["330304-A1"], "member": ["P000001"]}.get(noun) or ["1"]


def needed(noun: str, verb: str) -> list[str]:
    """Options without which the words of a call are not read at all, with words that nobody could object to."""
    given = {"name": "新来", "kind": "党支部", "unit": "330304-A1"}
    words = [(field.option, given[field.name]) for field in registers.named(noun).taken_by(verb) if field.name in given]
    return [word for pair in words for word in pair] if noun in ("unit", "member") else []


MASKED = [(noun, verb, field) for noun, verb, field in FIELDS if field.of_kind.masked]


@pytest.mark.parametrize(("noun", "verb", "field"), MASKED, ids=name)
def test_what_is_masked_is_refused_and_nothing_is_written(filled: Cli, noun: str, verb: str, field: Field) -> None:
    record(filled)
    before = filled.everything()
    mask = field.of_kind.mask
    text = "王**" if mask is None else mask("330304194605142993" if field.kind == "id_number" else "13958812345")
    arguments = ["330304-A1"] if registers.named(noun).has_unit else []
    begin = required(filled, noun) if verb == EDIT else [*arguments, *needed(noun, verb)]
    said = filled.refused(noun, verb, *begin, field.option, text, code=2)
    assert "masked" in said
    assert filled.everything() == before


def test_masked_kinds_stand_in_units_members_and_registers() -> None:
    for verb in (ADD, EDIT):
        assert {noun for noun, each, _field in MASKED if each == verb} >= {"unit", "member", "team"}
        assert {field.kind for _noun, each, field in MASKED if each == verb} == {"name", "phone", "id_number"}


@pytest.mark.parametrize(("noun", "field"), [(n, f) for n, v, f in FIELDS if v == EDIT and n in index.OWN], ids=name)
def test_what_is_typed_is_stored_as_what_a_cell_says(filled: Cli, noun: str, field: Field) -> None:
    if field.kind not in CORRECTED or (noun, field.name) in {("unit", "name")}:
        return
    text, stored = ("汉", "汉族") if field.name == "ethnicity" else CORRECTED[field.kind]
    key = required(filled, noun)[0]
    typed = Cli(filled.folder)
    typed.ok(noun, "edit", key, field.option, text)
    row = typed.json(noun, "show", key, *(["--reveal"] if noun == "member" else []))
    typed.ok("undo")
    # The same by a sheet.
    sheet = filled.folder / "one.csv"
    unit = row["unit"] if noun == "member" else ""
    columns = ["code", "name", "unit", field.name] if noun == "member" else ["code", "name", "kind", field.name]
    values = [key, row["name"], unit if noun == "member" else row["kind"], text]
    if field.name == "name":
        columns, values = columns[:-1], [key, text, *values[2:-1]]
    sheet.write_text(",".join(columns) + "\n" + ",".join(values) + "\n", encoding="utf-8")
    filled.ok("import", index.NOUNS[noun].kind, sheet)
    again = filled.json(noun, "show", key, *(["--reveal"] if noun == "member" else []))
    if field.name != "chief":
        assert row[field.name] == stored
    assert again[field.name] == row[field.name]


def test_an_empty_value_clears_what_may_be_empty(filled: Cli) -> None:
    filled.ok("member", "edit", "P000001", "--education", "本科")
    filled.ok("member", "edit", "P000001", "--education", "")
    assert filled.json("member", "show", "P000001")["education"] is None
    assert "must not be empty" in filled.refused("member", "edit", "P000001", "--name", "", code=2)


def test_somebody_on_probation_becomes_a_full_member_by_the_day(filled: Cli) -> None:
    filled.ok("member", "edit", "P000001", "--status", "预备党员", "--joined-on", "2004-01-05")
    assert "on probation" in filled.refused(
        "member", "edit", "P000001", "--status", "预备党员", "--joined-full-on", "2005-01-05"
    )
    assert "lies before" in filled.refused("member", "edit", "P000001", "--joined-full-on", "2003-01")
    receipt = filled.ok("member", "edit", "P000001", "--joined-full-on", "2005-01-05")
    assert "full member" in receipt
    shown = filled.json("member", "show", "P000001")
    assert (shown["status"], shown["joined_full_on"]) == ("full", "2005-01-05")
    # Back on probation while the day is on record: one of the two is wrong.
    assert "on probation" in filled.refused("member", "edit", "P000001", "--status", "预备党员")


def test_a_sheet_makes_full_members_too_and_says_so(filled: Cli) -> None:
    filled.ok("member", "edit", "P000001", "--status", "预备党员")
    who = filled.json("member", "show", "P000001")
    sheet = filled.folder / "full.csv"
    sheet.write_text(
        f"党员编号,姓名,所在党组织,转正日期,民族,学历\nP000001,{who['name']},{who['unit']},2005年1月,汉,自学\n", "utf-8"
    )
    document = filled.json("import", "members", sheet)
    assert [(each["code"], each["column"]) for each in document["warnings"]] == [
        ("word_unknown", "学历"),
        ("became_full", "转正日期"),
    ]
    shown = filled.json("member", "show", "P000001")
    assert [shown[key] for key in ("status", "joined_full_on", "ethnicity", "education")] == [
        "full",
        "2005-01",
        "汉族",
        "自学",
    ]

"""The declarations: the same columns, words and requirements as the tables; headings that can be told apart."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest

from advedu.commands.import_ import ImportKind
from advedu.importing import registers as importing
from advedu.importing.layout import heading
from advedu.importing.run import KINDS
from advedu.naming import vocabulary
from advedu.nouns import registers
from advedu.nouns.declaration import Register
from advedu.storage.migrations import schema_text
from advedu.values import readers
from tests.storage.test_history import TABLES

ALL = registers.everyone()
SECTION = schema_text().split("the registers ──")[1].split("── history ──")[0]
# Kept beside the registers, and written by other verbs.
OTHERS = {"baseline"}


def ids(register: Register) -> str:
    return register.noun


each = pytest.mark.parametrize("register", ALL, ids=ids)


@pytest.fixture(scope="module")
def schema() -> sqlite3.Connection:
    with closing(sqlite3.connect(":memory:")) as file:
        file.executescript(schema_text())
        yield file


def test_every_table_of_the_section_is_declared_and_the_other_way_round() -> None:
    tables = set(re.findall(r"^CREATE TABLE (\w+)", SECTION, re.MULTILINE))
    assert tables - OTHERS == {register.table for register in ALL}
    assert {register.table: register.noun for register in ALL} == registers.TABLES
    via = {each.table: each for each in ALL if each.via}
    assert {
        table: (each.field(each.via).column, registers.named(each.above).table) for table, each in via.items()
    } == registers.VIA
    assert tables <= set(TABLES)


def test_every_register_can_be_imported() -> None:
    assert {register.kind: register.noun for register in ALL} == registers.FILES
    assert set(registers.FILES) <= set(KINDS)
    assert {kind.value for kind in ImportKind} == {*KINDS, "auto"}


@each
def test_columns_are_those_of_the_table(schema: sqlite3.Connection, register: Register) -> None:
    info = {name: bool(notnull) for _, name, _, notnull, _, _ in schema.execute(f"PRAGMA table_info({register.table})")}
    entered = {field.entered for field in register.stored if field.entered} | {"entered_on"}
    assert set(info) == {"number", *entered, *(field.column for field in register.stored)}
    for field in register.stored:
        needed = field.required or field.default is not None
        assert info[field.column] == needed, field.name
    for name in entered:
        assert info[name] == (name == "entered_on")


@each
def test_words_are_those_of_the_table(register: Register) -> None:
    (body,) = re.findall(rf"CREATE TABLE {register.table} \((.*?)\) STRICT", SECTION, re.DOTALL)
    for field in register.stored:
        check = re.search(
            rf"^  {field.column} .*?CHECK \({field.column} IN \((.*?)\)\)", body, re.MULTILINE | re.DOTALL
        )
        listed = set(re.findall(r"'(\w+)'", check[1])) if check else set()
        assert listed == set(field.words), field.name
        assert bool(field.words) == (field.kind == "word")


@each
def test_the_key_is_the_one_of_the_table(schema: sqlite3.Connection, register: Register) -> None:
    indexes = [name for _, name, unique, *_ in schema.execute(f"PRAGMA index_list({register.table})") if unique]
    keys = []
    for name in indexes:
        columns = [column for _, _, column in schema.execute(f"PRAGMA index_info({name})")]
        # What is left out of a key stands in the index as an expression.
        keys.append({column for column in columns if column is not None})
    assert {field.column for field in register.key if field.required or field.default is not None} in keys


@each
def test_headings_can_be_told_apart(register: Register) -> None:
    seen: dict[str, str] = {}
    for column in importing.columns(register):
        for title in (column.name, *column.titles):
            assert seen.setdefault(heading(title), column.name) == column.name, title


@each
def test_names_that_the_declaration_uses_are_fields(register: Register) -> None:
    names = {field.name for field in register.fields}
    assert {*register.labels, *register.hidden} <= names
    assert register.dated in names | {""}
    assert register.via in names | {""}
    # The others belong to a member, or to the whole file.
    assert register.owner or register.noun in ("team", "cadre")
    # A list shows what tells its records apart; the way to the unit is shown as the unit.
    telling = [field.name for field in register.key if field.required and field.name != register.via]
    assert not set(telling) & set(register.hidden)


@each
def test_the_usual_words_are_understood(register: Register) -> None:
    for field in register.fields:
        if field.words:
            read = vocabulary.word_reader(field.words)
            for code, word in field.words.items():
                assert {read(code), *(read(each) for each in word.headings)} == {code}
            with pytest.raises(readers.Problem):
                read("没有这样的词")


def test_columns_of_surveys_are_those_of_the_interface() -> None:
    promised = {
        "unit": "单位",
        "round": "轮次",
        "method": "方式",
        "held_on": "日期",
        "issued": "发出",
        "returned": "收回",
        "valid": "有效",
        "satisfied": "满意",
        "fairly": "比较满意",
        "basically": "基本满意",
        "dissatisfied": "不满意",
        "blank": "未填",
    }
    columns = {column.name: column for column in importing.columns(registers.named("survey"))}
    for name, title in promised.items():
        assert title in columns[name].titles, name
        assert columns[name].required == (name not in ("fairly", "basically", "blank"))
    assert [field.name for field in registers.named("survey").key] == ["unit", "round", "method"]


@each
def test_required_columns_are_what_a_record_cannot_be_without(register: Register) -> None:
    required = {column.name for column in importing.columns(register) if column.required}
    assert required == {field.name for field in register.fields if field.required and field.default is None}

"""Everything that speaks SQL, and nothing else.

One file per noun: `units`, `aliases` (their other names), `members`, `records` (what was done), `campaign` (the
definition), `figures` (the counts), `finding`, `history` (operations and changes). `connection` opens and makes files,
`migrations` brings old ones up to date.
A query of more than a few lines is a file in `queries/`, named after the question that it answers.

To add a table: write it in `schema.sql`, add a step in `migrations`, and read and write it in a file of its own here.
History comes by itself; `tests/storage/test_history.py` proves it for every table of the schema.
"""

from functools import cache
from pathlib import Path

_QUERIES = str(Path(__file__).with_name("queries"))


@cache
def query(*names: str) -> str:
    """Return the text of the named queries, one after the other."""
    texts = []
    for name in names:
        # `check` reads eighty of them: a path and a text stream for each would cost as much as ten of the queries.
        with open(f"{_QUERIES}/{name}.sql", "rb", buffering=0) as file:  # noqa: PTH123
            texts.append(file.read().decode())
    return "\n".join(texts)

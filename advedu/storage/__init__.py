"""Everything that speaks SQL, and nothing else.

The file:      `connection` opens and makes it, `schema` knows what it looks like, `migrations` brings an old one up to
               date, `backups` copies it, `writers` notes who writes.
History:       `history` begins operations and writes changes down, `chain` seals them, `changes` reads them,
               `reverting` takes them back, `verify` plays them all again, `effects` says from which day on one shows.
Nouns:         `units`, `aliases` (their other names), `members`, `records` (milestones, tasks, items, exemptions),
               `phase_events`, `register_rows` (every list, from its declaration) and what some of these need beside
               it: `bulletins`, `commendations`, `study`, `supervision`, `survey_rounds`.
The campaign:  `campaign` reads and writes its definition, `definitions` compares two.
Answers:       `figures` (the counts), `findings` (what `check` finds), `ledger_rows`, `search` (for `find`),
               `candidates` (for the tab key), `heading_memory` (what imports remember).

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

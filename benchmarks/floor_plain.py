"""The bare floor of a typer program: two options, one query, plain text."""

import sqlite3
from typing import Annotated

import typer

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def show(db: Annotated[str, typer.Option()], rows: Annotated[int, typer.Option()] = 20) -> None:
    connection = sqlite3.connect(db)
    for row in connection.execute(
        "SELECT code, name, kind, batch_id, chief, phone FROM unit ORDER BY code LIMIT ?", (rows,)
    ):
        print(*row, sep="\t")


app()

"""The floor of a command that shows a table: typer, two options, twenty rows out of SQLite, drawn by rich."""

import sqlite3
from typing import Annotated

import typer

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def show(db: Annotated[str, typer.Option()], rows: Annotated[int, typer.Option()] = 20) -> None:
    from rich.console import Console
    from rich.table import Table

    connection = sqlite3.connect(db)
    found = connection.execute(
        "SELECT code, name, kind, batch_id, chief, phone FROM unit ORDER BY code LIMIT ?", (rows,)
    )
    table = Table()
    for column in found.description:
        table.add_column(column[0])
    for row in found:
        table.add_row(*("" if value is None else str(value) for value in row))
    Console().print(table)


app()

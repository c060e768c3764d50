"""The floor of a screen: textual, one line, a table of 300 rows, a line that says it is ready."""

import sqlite3
import sys
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.widgets import DataTable, Input, Static


class Floor(App[None]):
    """The least that such a screen can be."""

    ENABLE_COMMAND_PALETTE: ClassVar[bool] = False
    CSS = "#found { height: 1fr; }"

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield Input()
        yield DataTable(id="found", show_header=False)
        yield Static("ready: ctrl+q")

    def on_mount(self) -> None:
        """Fill the table."""
        table = self.query_one("#found", DataTable)
        table.add_column("", key="label")
        connection = sqlite3.connect(sys.argv[1])
        for (name,) in connection.execute("SELECT code || ' ' || name FROM unit ORDER BY code LIMIT 300"):
            table.add_row(name)


Floor().run()

"""The keyboard screen, drawn by textual: pick somebody, tick, write."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.coordinate import Coordinate
from textual.widgets import DataTable, Input, Static

from advedu.commands.tick_screen import choices
from advedu.commands.tick_screen.choices import Pick
from advedu.commands.tick_screen.grid import KINDS, Grid
from advedu.commands.tick_screen.tick_port import TickPort
from advedu.errors import AdveduError
from advedu.i18n import N_, _
from advedu.values.text import letters_in_common, neutralise
from advedu.values.wording import error_lines

# Columns of a cell: three for "!49" or "[✓]", and one between.
_CELL = 4
# The names' column, at least and at most.
_LEAST_NAME, _MOST_NAME = 19, 46
# So many matches are listed.
_LISTED = 300


class GridTable(DataTable[Text]):
    """The grid, on which enter writes; a click moves the cursor and writes nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "app.write", show=False)]


class TickApp(App[None]):
    """Pick a unit or a leader, tick its grid, write."""

    ENABLE_COMMAND_PALETTE = False
    CSS = """
    Screen { layout: vertical; }
    #title, #what, #plan, #keys { height: 1; }
    #title { text-style: bold; }
    #plan { text-style: bold; }
    #keys { color: $text-muted; }
    #pick, #day { height: 1; border: none; padding: 0; }
    #found, #grid { height: 1fr; scrollbar-size: 1 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", show=False),
        Binding("u", "take_back", show=False),
        Binding("d", "change_day", show=False),
        Binding("f2", "write", show=False),
        Binding("tab", "next_kind", show=False, priority=True),
        Binding("slash,escape", "go_back", show=False),
        Binding("q", "leave", show=False),
        Binding("ctrl+q,ctrl+c", "leave", show=False, priority=True),
    ]

    def __init__(self, desk: TickPort, day: str, first: Pick | None = None, kind: str = "milestone") -> None:
        super().__init__()
        self.desk = desk
        self.day = day
        self.kind = kind
        self.first = first
        self.board: Grid | None = None
        self.choice: Pick | None = None
        self.known: list[Pick] = []
        self.matches: list[Pick] = []
        self.warned: Callable[[], None] | None = None
        self.written: list[int] = []
        # What was said of a writing stays until the cursor moves on or something is ticked.
        self.note: tuple[tuple[int, int] | None, str] = (None, "")

    # ── what is on the screen ──

    def compose(self) -> ComposeResult:
        """Lay the screen out: a title, a list or a grid, and three lines that say what is going on."""
        yield Static(id="title", markup=False)
        yield Input(id="pick", placeholder=_("initials or part of a name: a unit or a leader"))
        yield DataTable(id="found", show_header=False, cursor_type="row", cell_padding=0)
        yield GridTable(id="grid", cursor_type="cell", cell_padding=0, fixed_columns=1)
        yield Static(id="what", markup=False)
        yield Static(id="plan", markup=False)
        yield Input(id="day")
        yield Static(id="keys", markup=False)

    def on_mount(self) -> None:
        """Show the list, or at once the grid of what the call named."""
        self._found.add_column("", key="label")
        self.query_one("#day").display = False
        if self.first is not None:
            self._open(self.first)
        else:
            self._pick()

    @property
    def _found(self) -> DataTable[Text]:
        return self.query_one("#found", DataTable)

    @property
    def _grid(self) -> GridTable:
        return self.query_one("#grid", GridTable)

    def _say(self, id_: str, text: str, style: str = "") -> None:
        self.query_one(f"#{id_}", Static).update(Text(neutralise(text), style, no_wrap=True, overflow="ellipsis"))

    def _show(self, *, grid: bool) -> None:
        for id_, shown in (("#pick", not grid), ("#found", not grid), ("#grid", grid)):
            self.query_one(id_).display = shown

    # ── picking ──

    def _pick(self) -> None:
        self.board = self.choice = None
        self._show(grid=False)
        self._say("title", self.desk.title)
        self._say("what", "")
        self._say("plan", "")
        self._say("keys", _("type to find · ↓ list · enter opens · ctrl+q leaves"))
        self.known = self.known or self.desk.choices()
        self._list(self.query_one("#pick", Input).value)
        self.query_one("#pick").focus()

    def _list(self, text: str) -> None:
        self.matches = choices.fitting(self.known, text)[:_LISTED]
        self._found.clear()
        for each in self.matches:
            self._found.add_row(Text(neutralise(each.label)))
        if not self.matches:
            self._say("what", _("nothing fits {wanted}").format(wanted=text))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list with every letter."""
        if event.input.id == "pick" and self.board is None:
            self._say("what", "")
            self._list(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open the best match, or take the day over."""
        if event.input.id == "day":
            self._take_day(event.value)
        elif self.matches:
            self._open(self.matches[0])

    def on_key(self, event: events.Key) -> None:
        """Go from the line into the list."""
        if event.key == "down" and self.focused is self.query_one("#pick"):
            self._found.focus()
            event.stop()

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Open what was chosen in the list."""
        self._open(self.matches[event.cursor_row])

    # ── the grid ──

    def _open(self, choice: Pick) -> None:
        self.choice = choice
        if choice.kind == "member":
            self.kind = "item"
        self._load()

    def _load(self) -> None:
        assert self.choice is not None
        try:
            self.board = self.desk.board(self.kind, self.choice)
        except AdveduError as error:
            self._complain(error)
            return
        self._show(grid=True)
        self._draw()
        self._grid.focus()

    def _draw(self) -> None:
        board = self.board
        assert board is not None
        grid = self._grid
        grid.clear(columns=True)
        space = self.size.width - len(board.entries) * _CELL - 1
        width = max(_LEAST_NAME, min(_MOST_NAME, space))
        grid.add_column(Text(_(KINDS[board.kind])), width=width)
        letters = letters_in_common(entry.code for entry in board.entries)
        for entry in board.entries:
            grid.add_column(Text(neutralise(entry.code.removeprefix(letters))), width=_CELL)
        for row, line in enumerate(board.lines):
            name = Text(neutralise(line.label), no_wrap=True, overflow="ellipsis")
            name.truncate(width - 1, overflow="ellipsis")
            grid.add_row(name, *(Text(*board.sign(row, column)) for column in range(len(board.entries))))
        if board.lines and board.entries:
            grid.move_cursor(row=0, column=1)
        self._tell()

    def _cell(self) -> tuple[int, int] | None:
        """Return the row and the entry under the cursor."""
        place = self._grid.cursor_coordinate
        if self.board is None or not self.board.lines or place.column < 1:
            return None
        return place.row, place.column - 1

    def on_data_table_cell_highlighted(self, _event: DataTable.CellHighlighted) -> None:
        """Say what the cell under the cursor is about."""
        if self.board is not None:
            self._tell()

    def _tell(self) -> None:
        """Bring the lines above and below the grid up to date."""
        board, choice = self.board, self.choice
        assert board is not None
        assert choice is not None
        pending = len(board.pending)
        title = f"{choice.label.strip()} · " + _("day: {day}").format(day=self.day)
        self._say("title", title + (" · " + _("{count} to write").format(count=pending) if pending else ""))
        cell = self._cell()
        if not board.lines:
            self._say("what", _("nobody here"))
            self._say("plan", "")
        elif cell is not None:
            self._say("what", board.described(*cell))
            where, said = self.note
            if where == cell and not pending:
                self._say("plan", said, "green")
            else:
                self.note = (None, "")
                self._say("plan", board.intended(*cell, self.day))
        if board.cut:
            self._say("what", _("too many to show all: pick a smaller unit"))
        self._say("keys", _("space tick · u back · d day · enter write · tab next grid · / pick · q leave"))
        self.warned = None

    # ── keys ──

    def action_tick(self) -> None:
        """Tick the cell, or take the tick away again."""
        cell = self._cell()
        if self.board is None or cell is None:
            return
        if cell not in self.board.pending and (why := self.desk.refused(self.board, *cell, self.day)):
            self._complain(why)
            return
        self.board.tick(*cell, self.day)
        self._changed(cell)

    def action_take_back(self) -> None:
        """Take back what is intended or stored."""
        cell = self._cell()
        if self.board is not None and cell is not None:
            self.board.take_back(*cell)
            self._changed(cell)

    def _changed(self, cell: tuple[int, int]) -> None:
        assert self.board is not None
        row, column = cell
        self._grid.update_cell_at(Coordinate(row, column + 1), Text(*self.board.sign(row, column)))
        self._tell()

    def action_change_day(self) -> None:
        """Ask for the day that the space bar ticks from now on."""
        if self.board is None:
            return
        line = self.query_one("#day", Input)
        line.display = True
        line.value = self.day
        self._say("plan", _("the day for ticks from now on, then enter:"))
        line.focus()

    def _take_day(self, text: str) -> None:
        try:
            self.day = self.desk.day(text)
        except AdveduError as error:
            self._complain(error)
            return
        self._close_day()

    def _close_day(self) -> None:
        self.query_one("#day").display = False
        self._grid.focus()
        self._tell()

    def action_write(self) -> None:
        """Write everything that is intended, as one operation."""
        board = self.board
        if board is None or self.query_one("#day").display:
            return
        if not board.pending:
            self._say("plan", _("nothing to write"))
            return
        count = len(board.pending)
        try:
            number = self.desk.write(board.ticks())
        except AdveduError as error:
            self._complain(error)
            return
        self.written.append(number)
        place, cell = self._grid.cursor_coordinate, self._cell()
        self._load()
        self._grid.move_cursor(row=place.row, column=place.column)
        self.note = (cell, _("written: {count} cells, as operation {number}").format(count=count, number=number))
        self._tell()

    def action_next_kind(self) -> None:
        """Show the next grid of the same unit: milestones, tasks, nine ones."""
        if self.board is None or self.choice is None or self.choice.kind == "member":
            return
        if self._unwritten(self.action_next_kind):
            return
        kinds = list(KINDS)
        self.kind = kinds[(kinds.index(self.kind) + 1) % len(kinds)]
        self._load()

    def action_go_back(self) -> None:
        """Leave the day's line, or the grid."""
        if self.query_one("#day").display:
            self._close_day()
        elif self.board is not None and not self._unwritten(self.action_go_back):
            self._pick()

    def action_leave(self) -> None:
        """Leave, after a warning when something is not written."""
        if not self._unwritten(self.action_leave):
            self.exit()

    def _unwritten(self, action: Callable[[], None]) -> bool:
        """Warn once of what is not written; the same key again goes on."""
        pending = len(self.board.pending) if self.board is not None else 0
        if not pending or self.warned == action:
            return False
        self.warned = action
        self._say("plan", _(WARNING).format(count=pending), "bold red")
        return True

    def _complain(self, error: AdveduError) -> None:
        self._say("plan", " — ".join(error_lines(error)), "bold red")


WARNING = N_("{count} not written! enter writes; the same key again leaves them")

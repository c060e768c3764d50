"""What the benchmarks run on, made in `.bench/` and kept: an installed program, and data.

    program   a virtual environment with advedu installed from a wheel (an editable install starts twice as slowly)
    demo      the demonstration district, and its members and units as files to import
    large     a file of a hundred such districts, and its members as a file to import

The program and the demonstration are made again when the sources changed, the large file when the schema did.
"""

from __future__ import annotations

import csv
import hashlib
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from measure import output

ROOT = Path(__file__).resolve().parent.parent
BENCH = ROOT / ".bench"
DATA = BENCH / "data"
_BIN = BENCH / "venv" / ("Scripts" if os.name == "nt" else "bin")
PYTHON = _BIN / "python"
ADVEDU = _BIN / "advedu"
SQLITE_UTILS = _BIN / "sqlite-utils"

DEMO = DATA / "demo.db"
UNITS_CSV = DATA / "units.csv"
MEMBERS_CSV = DATA / "members.csv"
MEMBERS_XLSX = DATA / "members.xlsx"
# A file with the units and nobody in them.
UNITS = DATA / "units.db"
MEMBERS = 14_972

LARGE = DATA / "large.db"
# The demonstration as it was when the large file was made from it.
DISTRICT = DATA / "large-district.db"
LARGE_UNITS = DATA / "large-units.db"
LARGE_CSV = DATA / "large-members.csv"
COPIES = 100


def program(wheel: Path | None) -> None:
    """Install advedu: the wheel given, else one built from this checkout."""
    DATA.mkdir(parents=True, exist_ok=True)
    sources = [wheel] if wheel else [ROOT / "pyproject.toml", ROOT / "schema.sql", *sorted(ROOT.glob("advedu/**/*.*"))]
    if not _changed(BENCH / "program.sha256", (path for path in sources if "__pycache__" not in path.parts)):
        return
    _say("installing advedu into a virtual environment")
    if not PYTHON.exists():
        output(sys.executable, "-m", "venv", BENCH / "venv")
    output(PYTHON, "-m", "pip", "uninstall", "--quiet", "--yes", "advedu")
    output(PYTHON, "-m", "pip", "install", "--quiet", wheel or ROOT, "openpyxl", "textual")
    for path in DATA.glob("*"):
        if path.is_dir():
            # The copies that an import makes beforehand.
            shutil.rmtree(path)
        elif not path.name.startswith("large"):
            path.unlink()


def demo() -> None:
    """Make the demonstration district, and files for importing it into one that has its units."""
    if MEMBERS_XLSX.exists():
        return
    _say("making the demonstration district and its files")
    for path in (DEMO, UNITS):
        path.unlink(missing_ok=True)
    output(ADVEDU, "demo", "--output", DEMO)
    _rows(
        output(ADVEDU, "--db", DEMO, "unit", "list", "--format", "csv"),
        UNITS_CSV,
        ("closed_on", "opened_on", "municipal"),
    )
    # The columns of a usual list of members.
    without = ("left_on", "arrived_on", "missing_since", "district_body")
    _rows(output(ADVEDU, "--db", DEMO, "member", "list", "--reveal", "--format", "csv"), MEMBERS_CSV, without)
    output(ADVEDU, "--db", UNITS, "init")
    output(ADVEDU, "--db", UNITS, "import", "units", UNITS_CSV)
    output(PYTHON, Path(__file__).with_name("workbook.py"), MEMBERS_CSV, MEMBERS_XLSX)


def large() -> None:
    """Make the file of a hundred districts, by SQL: through imports it would take minutes."""
    with closing(sqlite3.connect(DEMO)) as file:
        schema = file.execute("SELECT sql FROM sqlite_schema ORDER BY name").fetchall()
    if not _changed(DATA / "large.sha256", [repr(schema).encode()]) and LARGE.exists():
        return
    _say("making a file of a hundred districts")
    for path in (LARGE_CSV, LARGE_UNITS):
        path.unlink(missing_ok=True)
    _copy(DEMO, DISTRICT)
    _multiply(DISTRICT, LARGE)


def large_import() -> None:
    """Make a file with the units of a hundred districts, and the members as a csv file."""
    if LARGE_CSV.exists():
        return
    _say("making a csv file of 1.5 million members")
    LARGE_UNITS.unlink(missing_ok=True)
    _multiply(UNITS, LARGE_UNITS)
    unfinished = LARGE_CSV.with_suffix(".part")
    with (
        MEMBERS_CSV.open(encoding="utf-8", newline="") as source,
        unfinished.open("w", encoding="utf-8", newline="") as target,
    ):
        rows = csv.DictReader(source)
        writer = csv.DictWriter(target, rows.fieldnames or ())
        writer.writeheader()
        members = list(rows)
        for copy in range(COPIES):
            for number, member in enumerate(members, start=copy * len(members)):
                id_number, born = _id_number(number) if member["id_number"] else ("", member["born_on"])
                placed = {"code": f"{copy:02d}{member['code']}", "unit": f"{copy:02d}{member['unit']}"}
                writer.writerow(member | placed | {"id_number": id_number, "born_on": born})
    unfinished.replace(LARGE_CSV)


def fresh(source: Path, target: Path) -> Path:
    """Copy a file that nobody has open, and return the copy; what lay beside an earlier one goes."""
    for path in target.parent.glob(f"{target.name}*"):
        _remove(path)
    shutil.copyfile(source, target)
    return target


def count(path: Path, table: str) -> int:
    """Return the number of rows of a table."""
    with closing(sqlite3.connect(path)) as file:
        return int(file.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _say(text: str) -> None:
    print(f"… {text}", file=sys.stderr, flush=True)


def _changed(stamp: Path, parts: Iterable[Path | bytes]) -> bool:
    """Tell whether files or texts differ from those of the last time, and remember them."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part if isinstance(part, bytes) else part.read_bytes())
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return False
    stamp.write_text(digest.hexdigest())
    return True


def _rows(text: str, path: Path, without: tuple[str, ...]) -> None:
    """Write a list that advedu printed to a csv file, without columns that are no columns of an import."""
    rows = list(csv.DictReader(text.splitlines()))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [name for name in rows[0] if name not in without], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def _id_number(number: int) -> tuple[str, str]:
    """Return a valid ID number and its day of birth, another one for each number."""
    day, seq = number % 12_000, number // 12_000
    year, month, day = 1940 + day // 336, day % 336 // 28 + 1, day % 28 + 1
    digits = f"330304{year}{month:02d}{day:02d}{seq:03d}"
    check = "10X98765432"[sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(digits)) % 11]
    return digits + check, f"{year}-{month:02d}-{day:02d}"


# ── a hundred districts out of one ──


def _copy(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)


def _multiply(source: Path, target: Path) -> None:
    """Write a file with a hundred copies of a district below a new root. Each copy's keys follow the one before."""
    unfinished = target.with_suffix(".part")
    _copy(source, unfinished)
    with closing(sqlite3.connect(unfinished, isolation_level=None)) as file:
        file.execute("ATTACH ? AS district", (str(source),))
        for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -500000", "foreign_keys = OFF"):
            file.execute(f"PRAGMA {setting}")
        # History would refuse rows from outside an operation.
        triggers = file.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            file.execute(f'DROP TRIGGER "{name}"')
        steps = {table: _steps(file, table) for table in _about_units(file)}
        greatest = {table: _greatest(file, table) for table in steps}
        file.execute("BEGIN")
        for table in steps:
            file.execute(f"DELETE FROM {table}")
        root = COPIES * greatest["unit"] + 1
        file.execute("INSERT INTO unit (id, code, name, kind) VALUES (?, 'all', '一百个区', 'district')", (root,))
        for table, columns in steps.items():
            values = {name: f"{name} + :copy * {greatest[other]}" for name, other in columns.items()}
            if table in ("unit", "member"):
                values["code"] = "printf('%02d', :copy) || code"
            if table == "unit":
                values["parent_id"] = f"coalesce({values['parent_id']}, {root})"
            if table == "member":
                values["id_number"] = "printf('%02d', :copy) || substr(id_number, 3)"
            names = [name for (name,) in file.execute("SELECT name FROM pragma_table_info(?)", (table,))]
            read = ", ".join(values.get(name, name) for name in names)
            for copy in range(COPIES):
                file.execute(f"INSERT INTO {table} SELECT {read} FROM district.{table}", {"copy": copy})
        file.execute("COMMIT")
        for _, statement in triggers:
            file.execute(statement)
    unfinished.replace(target)


def _about_units(file: sqlite3.Connection) -> list[str]:
    """Return the tables that belong to units: unit itself and all that refer to it, directly or not."""
    tables = [name for (name,) in file.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'")]
    found = ["unit"]
    for known in found:
        found += [table for table in tables if table not in found and known in _referred(file, table).values()]
    return found


def _referred(file: sqlite3.Connection, table: str) -> dict[str, str]:
    """Return the columns of a table that hold keys of another, and which one."""
    return dict(file.execute('SELECT "from", "table" FROM pragma_foreign_key_list(?)', (table,)))


def _steps(file: sqlite3.Connection, table: str) -> dict[str, str]:
    """Return the columns that differ from copy to copy, and the table whose keys they hold."""
    about = _about_units(file)
    columns = {name: other for name, other in _referred(file, table).items() if other in about}
    if file.execute("SELECT 1 FROM pragma_table_info(?) WHERE name = 'id'", (table,)).fetchone():
        columns["id"] = table
    return columns


def _greatest(file: sqlite3.Connection, table: str) -> int:
    if not file.execute("SELECT 1 FROM pragma_table_info(?) WHERE name = 'id'", (table,)).fetchone():
        return 0
    return int(file.execute(f"SELECT coalesce(max(id), 0) FROM district.{table}").fetchone()[0])

"""Write advedu/demo/sheets.zip anew, or say whether it is up to date."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from zipfile import ZipFile

from tools.demonstration import build_whole, sheets

ARCHIVE = Path(__file__).resolve().parents[2] / "advedu" / "demo" / "sheets.zip"


def shipped() -> dict[str, bytes]:
    """Return what the shipped archive holds: name → content, in its order."""
    with ZipFile(ARCHIVE) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def main() -> int:
    """Run the tool."""
    parser = argparse.ArgumentParser(prog="python -m tools.demonstration", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when it is not up to date")
    if not parser.parse_args().check:
        ARCHIVE.write_bytes(sheets.packed(sheets.members(build_whole())))
        return 0
    # Not the bytes: another zlib packs the same content otherwise.
    if list(sheets.members(build_whole()).items()) == list(shipped().items()):
        return 0
    print(f"{ARCHIVE.name} is not up to date: make demonstration", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())

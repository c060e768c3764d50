"""Bring the Chinese catalogue up to date with the texts in the source.

    python tools/catalogue.py            rewrite advedu.po and advedu.mo
    python tools/catalogue.py --check    change nothing; exit 1 when they are not up to date

Translations that exist are kept, those that no source has any more are dropped, new ones
stand there empty. Both files hold nothing but texts and file names, so the same source always makes the same bytes.
"""

from __future__ import annotations

import argparse
import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
PO = ROOT / "advedu" / "locale" / "zh_CN" / "LC_MESSAGES" / "advedu.po"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
HEADER = "# Chinese texts of advedu. After a change: python tools/catalogue.py"


class Catalogue(Catalog):
    """A catalogue whose header names neither a day nor a machine nor a version of babel."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """What stands in the header."""
        return [
            ("Language", "zh_CN"),
            ("Plural-Forms", "nplurals=1; plural=0;"),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit\n"),
        ]


class Found(NamedTuple):
    """A text in the source: its file below the project, its line, and the text or its two forms."""

    file: str
    line: int
    id: str | tuple[str, ...]


def sources() -> list[Path]:
    """Return the files that may hold texts."""
    return [*sorted((ROOT / "advedu").rglob("*.py")), ROOT / "cli.py"]


def marked(node: ast.AST, line: int = 0) -> Iterator[tuple[int, str, list[str | None]]]:
    """Yield the calls of keywords below a node: the line of the statement, the keyword, the literal arguments.

    babel's own reader of Python finds what stands inside an f-string in some versions of Python only.
    """
    if isinstance(node, ast.stmt):
        line = node.lineno
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
        name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        literals = [getattr(argument, "value", None) for argument in node.args]
        if name in KEYWORDS and literals and isinstance(literals[0], str):
            yield line, name, [text if isinstance(text, str) else None for text in literals]
    for child in ast.iter_child_nodes(node):
        yield from marked(child, line)


def _read(file: IO[bytes], *_: object, **__: object) -> Iterator[tuple[Any, ...]]:
    """Find texts, in the shape that babel asks of an extraction method."""
    for line, name, texts in marked(ast.parse(file.read())):
        yield line, name, tuple(texts), []


def extracted() -> Iterator[Found]:
    """Yield every marked text, by file and line."""
    for path in sources():
        file = path.relative_to(ROOT).as_posix()
        for line, text, _comments, _context in extract_from_file(_read, path, keywords=KEYWORDS):
            yield Found(file, line, text)


def stored() -> Catalog:
    """Return the catalogue as it stands in the file; an empty one where there is none."""
    if not PO.exists():
        return Catalog(locale="zh_CN")
    with PO.open("rb") as file:
        return read_po(file, locale="zh_CN")


def updated(old: Catalog) -> Catalogue:
    """Return a catalogue of the texts that the source has now, with the translations of `old`."""
    catalogue = Catalogue(locale="zh_CN", header_comment=HEADER, fuzzy=False)
    for found in extracted():
        known = old.get(found.id)
        # Chinese has one form for every number: babel would make two of a new one.
        new = ("",) if isinstance(found.id, tuple) else None
        catalogue.add(
            found.id,
            known.string if known else new,
            locations=[(found.file, found.line)],
            flags=known.flags if known else (),
            user_comments=known.user_comments if known else (),
        )
    for message in catalogue:
        # What babel adds by itself differs from one of its versions to the next.
        message.flags -= {"python-format", "python-brace-format"}
    return catalogue


def po_text(catalogue: Catalog) -> str:
    """Return the text of the .po file."""
    file = io.BytesIO()
    write_po(file, catalogue, width=0, sort_by_file=True, ignore_obsolete=True, include_lineno=False)
    return file.getvalue().decode("utf-8").rstrip("\n") + "\n"


def mo_bytes(catalogue: Catalog) -> bytes:
    """Return the bytes of the .mo file."""
    file = io.BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def untranslated(catalogue: Catalog) -> list[Message]:
    """Return the texts without a translation, and those whose translation is only a guess."""

    def complete(message: Message) -> bool:
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        return all(forms) and not message.fuzzy

    return [message for message in catalogue if message.id and not complete(message)]


def main(argv: list[str]) -> int:
    """Update or check both files, say what is missing, and return the exit code."""
    parser = argparse.ArgumentParser(description="Bring the Chinese catalogue up to date with the source.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when it is not up to date")
    check = parser.parse_args(argv).check

    catalogue = updated(stored())
    text, binary, mo = po_text(catalogue), mo_bytes(catalogue), PO.with_suffix(".mo")
    # Read as text: a checkout may have turned the line ends.
    stale = [
        path.name
        for path, same in (
            (PO, PO.exists() and PO.read_text(encoding="utf-8") == text),
            (mo, mo.exists() and mo.read_bytes() == binary),
        )
        if not same
    ]
    if not check:
        PO.write_text(text, encoding="utf-8", newline="\n")
        mo.write_bytes(binary)
    missing = untranslated(catalogue)
    for message in missing:
        print(f"no translation: {message.id!r} ({', '.join(sorted({file for file, _ in message.locations}))})")
    print(f"{len(catalogue)} texts, {len(missing)} without translation")
    if check and stale:
        print(f"not up to date: {', '.join(stale)}; run python tools/catalogue.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

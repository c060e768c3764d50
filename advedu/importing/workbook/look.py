"""All parts of a workbook, looked at without the library that reads it."""

from __future__ import annotations

from advedu.importing.workbook import archive, elements, sheets
from advedu.importing.workbook.archive import Refused
from advedu.importing.workbook.extent import Extent

_ZIP = b"PK\x03\x04"


def look(content: bytes) -> dict[str, Extent]:
    """Return how far the sheets of a workbook reach, by name; nothing for an xls, whose sheets cannot reach far.

    Raises:
        Refused: it is damaged, encrypted or too large.
    """
    if not content.startswith(_ZIP):
        return {}
    parts = archive.parts(content)
    if "content.xml" in parts:
        manifest = parts.get("META-INF/manifest.xml")
        if manifest and b"encryption-data" in b"".join(archive.unpacked(content, manifest)):
            raise Refused("encrypted", "encrypted")
        return sheets.ods(content, parts["content.xml"])
    extents: dict[str, Extent] = {}
    for part in parts.values():
        if part.name.lower().endswith((".xml", ".rels")):
            if _may_be_sheet(part.name):
                extents[part.name] = sheets.xlsx(content, part)
            else:
                for _ in sheets.checked(archive.unpacked(content, part), part):
                    pass
    return _by_name(content, parts, extents)


def _may_be_sheet(name: str) -> bool:
    # Whatever else the workbook calls a sheet; these are read by other rules and known by their place.
    known = ("sharedstrings.xml", "styles.xml", "workbook.xml", "[content_types].xml")
    return not name.lower().endswith((".rels", *known)) and not name.lower().startswith(("docprops/", "xl/theme/"))


def _by_name(content: bytes, parts: dict[str, archive.Part], extents: dict[str, Extent]) -> dict[str, Extent]:
    """Return the extents by the names that people see; those of other parts stay under their path."""
    book, relations = parts.get("xl/workbook.xml"), parts.get("xl/_rels/workbook.xml.rels")
    if book is None or relations is None:
        return extents
    targets = {
        given.get("Id", ""): given.get("Target", "").lstrip("/").removeprefix("xl/")
        for given in elements.elements(archive.unpacked(content, relations), "Relationship")
    }
    found = dict(extents)
    for given in elements.elements(archive.unpacked(content, book), "sheet"):
        path = f"xl/{targets.get(given.get('id', ''), '')}"
        if path in found:
            found[given.get("name", "")] = found.pop(path)
    return found

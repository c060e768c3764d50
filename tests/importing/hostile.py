"""Workbooks that would take a program down: made here, never kept."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

from tests.importing.compound import compound

NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = (
    "<row r='1'>"
    + "".join(
        f'<c r="{letter}1" t="inlineStr"><is><t>{title}</t></is></c>'
        for letter, title in zip("ABC", ("单位", "环节", "完成日期"), strict=True)
    )
    + "</row>"
)
HEAD = HEAD.replace("'", '"')


def sheet(rows: str, before: str = "", root: str = "") -> str:
    return f'<?xml version="1.0"?>{before}<worksheet {NS} {root}><sheetData>{rows}</sheetData></worksheet>'


def parts(sheet1: str | bytes, **more: str | bytes) -> dict[str, str | bytes]:
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="r1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<?xml version="1.0"?><workbook {NS} xmlns:r="{_RELATIONS}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/'
        f'package/2006/relationships"><Relationship Id="r1" Type="{_RELATIONS}/worksheet" '
        f'Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{_RELATIONS}/sharedStrings" '
        'Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet1,
    }
    return found | more


def packed(content: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method, compresslevel=9) as archive:
        for name, text in content.items():
            archive.writestr(name, text)
    return out.getvalue()


def cell(place: str, text: str = "x") -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def xlsx(rows: str, before: str = "", **more: str | bytes) -> bytes:
    return packed(parts(sheet(HEAD + rows, before), **more))


def ods(rows: str, **more: str | bytes) -> bytes:
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return packed(
        {
            "mimetype": kind,
            "META-INF/manifest.xml": '<?xml version="1.0"?><manifest:manifest xmlns:manifest='
            '"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
            "content.xml": f'<?xml version="1.0"?><office:document-content {names}><office:body><office:spreadsheet>'
            f'<table:table table:name="S">{rows}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
            **more,
        }
    )


def ods_cell(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'


def patched(content: bytes, name: str, **given: int) -> bytes:
    """An archive whose directory lies about a part."""
    found = bytearray(content)
    at = found.find(b"PK\x01\x02")
    while at >= 0:
        length = struct.unpack_from("<H", found, at + 28)[0]
        if found[at + 46 : at + 46 + length].decode() == name:
            for field, value in given.items():
                place, form = {"flags": (8, "<H"), "method": (10, "<H"), "packed": (20, "<I"), "size": (24, "<I")}.get(
                    field, (42, "<I")
                )
                struct.pack_into(form, found, at + place, value)
        at = found.find(b"PK\x01\x02", at + 4)
    return bytes(found)


def overlapping() -> bytes:
    """Many entries that all point to one and the same bytes, as in the better known bombs."""
    body = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = body.compress(bytes(1 << 20)) + body.flush()
    local = b"PK\x03\x04" + struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, 0, len(data), 1 << 20, 1, 0) + b"a" + data
    entries = b""
    for number in range(300):
        name = f"xl/{number}.xml".encode()
        head = struct.pack("<HHHHHHIIIHHHHHII", 20, 20, 0, 8, 0, 33, 0, len(data), 1 << 20, len(name), 0, 0, 0, 0, 0, 0)
        entries += b"PK\x01\x02" + head + name
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 300, 300, len(entries), len(local), 0)
    return local + entries + end


def laughs() -> str:
    lines = ['<!ENTITY a "ha">']
    lines += [f'<!ENTITY {chr(97 + n)} "{f"&{chr(96 + n)};" * 10}">' for n in range(1, 10)]
    return f"<!DOCTYPE x [{''.join(lines)}]>"


def shared(strings: str, more: str = "") -> str:
    return f'<?xml version="1.0"?><sst {NS} {more}>{strings}</sst>'


LINE = f'<row r="2">{cell("A2", "330304-A")}{cell("B2", "M101")}{cell("C2", "2005-01-05")}</row>'
ROW = "<table:table-row>" + "".join(ods_cell(text) for text in ("单位", "环节", "完成日期")) + "</table:table-row>"
ODS_LINE = "<table:table-row>" + "".join(ods_cell(t) for t in ("330304-A", "M101", "2005-01-05")) + "</table:table-row>"
GOOD = xlsx(LINE)

# Name → how to make it, and what comes of it: "read", or the code of the one error.
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "two cells at the ends of the world": (lambda: xlsx(f'<row r="1048576">{cell("XFD1048576")}</row>'), "too_large"),
    "a cell far to the right": (lambda: xlsx(LINE + f'<row r="9000">{cell("XFD9000")}</row>'), "too_large"),
    "a cell far below": (lambda: xlsx(LINE + f'<row r="1048576">{cell("C1048576")}</row>'), "too_large"),
    "a cell beyond all columns": (lambda: xlsx(f'<row r="2">{cell("ZZZZ2")}</row>'), "any"),
    "a row beyond all rows": (lambda: xlsx(f'<row r="4000000000">{cell("A4000000000")}</row>'), "any"),
    "row numbers in the cell alone": (lambda: xlsx(f"<row>{cell('XFD1048576')}</row>"), "too_large"),
    "attributes in another order": (
        lambda: xlsx('<row r="2"><c t="inlineStr" r="XFD1048576"><is><t>x</t></is></c></row>'),
        "too_large",
    ),
    "quotes of the other kind": (lambda: xlsx("<row r='2'><c r='XFD1048576'><v>1</v></c></row>"), "too_large"),
    "cells behind a prefix": (
        lambda: packed(
            parts(
                f'<?xml version="1.0"?><y:worksheet xmlns:y="{NS[7:-1]}"><y:sheetData><y:row r="1"><y:c r="A1"><y:v>1'
                '</y:v></y:c></y:row><y:row r="1048576"><y:c r="XFD1048576"><y:v>1</y:v></y:c></y:row></y:sheetData>'
                "</y:worksheet>"
            )
        ),
        "too_large",
    ),
    "a declared extent of everything": (
        lambda: packed(parts(sheet(HEAD + LINE).replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>'))),
        "read",
    ),
    "a declared extent of one cell": (
        lambda: packed(parts(sheet(HEAD + LINE).replace("<sheetData>", '<dimension ref="A1"/><sheetData>'))),
        "read",
    ),
    "empty styled cells down to the last row": (
        lambda: xlsx(LINE + "".join(f'<row r="{n}"><c r="C{n}" s="1"/></row>' for n in range(1_048_000, 1_048_577))),
        "read",
    ),
    "a merged cell over everything": (
        lambda: packed(
            parts(
                sheet(HEAD + LINE).replace(
                    "</worksheet>", '<mergeCells count="1"><mergeCell ref="D1:XFD1048576"/></mergeCells></worksheet>'
                )
            )
        ),
        "read",
    ),
    "shared strings that are announced by the billion": (
        lambda: xlsx(LINE, **{"xl/sharedStrings.xml": shared("<si><t>x</t></si>", 'uniqueCount="4000000000"')}),
        "too_large",
    ),
    "styles that are announced by the billion": (
        lambda: xlsx(LINE, **{"xl/styles.xml": f'<styleSheet {NS}><cellXfs count="4000000000"/></styleSheet>'}),
        "too_large",
    ),
    "one long string in every cell": (
        lambda: packed(
            parts(
                sheet(
                    HEAD
                    + "".join(
                        f'<row r="{n}">' + "".join(f'<c r="{c}{n}" t="s"><v>0</v></c>' for c in "ABC") + "</row>"
                        for n in range(2, 3000)
                    )
                ),
                **{"xl/sharedStrings.xml": shared(f"<si><t>{'长' * 300_000}</t></si>", 'count="9000" uniqueCount="1"')},
            )
        ),
        "too_large",
    ),
    "a shared string that is not there": (lambda: xlsx('<row r="2"><c r="A2" t="s"><v>99</v></c></row>'), "any"),
    "a bomb of one sheet": (
        lambda: packed(parts(b"<worksheet>" + bytes(300 << 20).replace(b"\0", b" ") + b"</worksheet>")),
        "too_large",
    ),
    "a bomb of many sheets": (
        lambda: packed(parts(sheet(HEAD + LINE), **{f"xl/s{n}.xml": b" " * (3 << 20) for n in range(100)})),
        "too_large",
    ),
    "a bomb in a picture": (lambda: xlsx(LINE, **{"xl/media/a.png": bytes(200 << 20)}), "read"),
    "a bomb in another bomb": (lambda: xlsx(LINE, **{"xl/embeddings/a.xlsx": packed({"a": bytes(50 << 20)})}), "read"),
    "a size that lies low": (lambda: patched(GOOD, "xl/worksheets/sheet1.xml", size=10), "any"),
    "a size that lies high": (lambda: patched(GOOD, "xl/worksheets/sheet1.xml", size=4_000_000_000), "too_large"),
    "parts over one another": (overlapping, "unreadable"),
    "a hundred thousand parts": (
        lambda: packed({f"xl/{n}.xml": "" for n in range(20_000)}, zipfile.ZIP_STORED),
        "too_large",
    ),
    "a part that is encrypted": (lambda: patched(GOOD, "xl/workbook.xml", flags=1), "encrypted"),
    "an unknown method of packing": (lambda: patched(GOOD, "xl/worksheets/sheet1.xml", method=99), "unreadable"),
    "an offset into nowhere": (lambda: patched(GOOD, "xl/workbook.xml", offset=4_000_000_000), "unreadable"),
    "names that climb out": (lambda: xlsx(LINE, **{"../../etc/passwd.xml": "x"}), "unreadable"),
    "names from the root": (lambda: xlsx(LINE, **{"/etc/passwd.xml": "x"}), "unreadable"),
    "names of a drive": (lambda: xlsx(LINE, **{"C:\\x.xml": "x"}), "unreadable"),
    "entities that multiply": (lambda: xlsx(LINE, laughs()), "unreadable"),
    "an entity from a file": (
        lambda: xlsx(LINE, '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        "unreadable",
    ),
    "entities in the shared strings": (
        lambda: xlsx(LINE, **{"xl/sharedStrings.xml": laughs() + shared("<si><t>&c;</t></si>")}),
        "unreadable",
    ),
    "a sheet in utf-16": (lambda: packed(parts(sheet(HEAD + LINE).encode("utf-16"))), "unreadable"),
    "xml that ends in the middle": (lambda: packed(parts(sheet(HEAD + LINE)[:300])), "any"),
    "xml a hundred thousand deep": (lambda: packed(parts(sheet("<a>" * 100_000))), "any"),
    "no sheets at all": (lambda: packed({"xl/workbook.xml": "<workbook/>"}), "any"),
    "a sheet that refers to nothing": (
        lambda: packed({k: v for k, v in parts("").items() if k != "xl/worksheets/sheet1.xml"}),
        "any",
    ),
    "cut in half": (lambda: GOOD[: len(GOOD) // 2], "unreadable"),
    "its directory cut off": (lambda: GOOD[:-30], "unreadable"),
    "nothing but the first four bytes": (lambda: b"PK\x03\x04", "unreadable"),
    "zeros behind the end": (lambda: GOOD + bytes(1 << 20), "any"),
    "a directory without an end": (lambda: b"PK\x03\x04" + b"PK\x01\x02" * 10_000, "unreadable"),
    "macros": (lambda: xlsx(LINE, **{"xl/vbaProject.bin": compound("VBA") * 3}), "read"),
    "a link to another file": (
        lambda: xlsx(LINE, **{"xl/externalLinks/externalLink1.xml": f"<externalLink {NS}/>"}),
        "read",
    ),
    "a formula that starts a program": (
        lambda: xlsx('<row r="2"><c r="A2"><f>cmd|\' /C calc\'!A0</f></c></row>'),
        "value_invalid",
    ),
    "a password on an xlsx": (lambda: compound("EncryptedPackage"), "encrypted"),
    "an ole file that is no workbook": (lambda: compound("WordDocument"), "unreadable"),
    "an ole file cut off": (lambda: compound("Workbook")[:700], "unreadable"),
    "an ole directory in a circle": (lambda: compound("Workbook").replace(b"\x03\0\0\0", b"\x02\0\0\0"), "any"),
    "an ods with a row a million times": (
        lambda: ods(
            ROW + '<table:table-row table:number-rows-repeated="1048576">' + ods_cell("x") * 30 + "</table:table-row>"
        ),
        "too_large",
    ),
    "an ods with a cell sixteen thousand times": (
        lambda: ods(
            ROW
            + (
                '<table:table-row table:number-rows-repeated="1000">'
                + ods_cell("x", 'table:number-columns-repeated="16384"')
                + "</table:table-row>"
            )
            * 40
        ),
        "too_large",
    ),
    "an ods with a number of rows beyond all numbers": (
        lambda: ods(
            ROW + f'<table:table-row table:number-rows-repeated="{9 * 10**18}">{ods_cell("x")}</table:table-row>'
        ),
        "too_large",
    ),
    "an ods with empty rows without end, as they all have": (
        lambda: ods(
            ROW + ODS_LINE + '<table:table-row table:number-rows-repeated="1048500">'
            '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        ),
        "read",
    ),
    "an ods with entities": (
        lambda: ods(ROW, **{"content.xml": laughs() + "<a>&c;</a>"}),
        "unreadable",
    ),
    "an ods with a password": (
        lambda: ods(ROW, **{"META-INF/manifest.xml": "<m><manifest:encryption-data/></m>"}),
        "encrypted",
    ),
    "a text of one line without end": (lambda: b"x" * (20 << 20), "any"),
    "a text that is one quoted cell": (lambda: '单位,环节,完成日期\n"'.encode() + b"x" * 400_000, "unreadable"),
    "a hundred thousand columns": (lambda: b"," * 100_000, "too_large"),
    "a known header and a million columns": (lambda: "单位,环节,完成日期".encode() + b"," * 1_000_000, "too_large"),
    "five million blank lines": (lambda: b"\n" * 5_000_000 + b"x", "column_missing"),
    "a million blank rows in the middle": (
        lambda: b",,\n".join(["单位,环节,完成日期\n".encode(), *[b""] * 1_000_000, b"330304-A,M101,2005-01-05\n"]),
        "read",
    ),
    "a list that ends in blank rows": (
        lambda: "单位,环节,完成日期\n330304-A,M101,2005-01-05\n".encode() + b",,\n" * 500_000,
        "read",
    ),
}

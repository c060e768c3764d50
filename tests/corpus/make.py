"""Makes the files of this folder: `python tests/corpus/make.py`. What shall come of each stands in expected.toml.

Text in the encodings that spreadsheets save is written here, xlsx by openpyxl, xls by xlwt (which is needed for this alone),
and workbooks of LibreOffice by LibreOffice itself, where it is installed; files that are there already are left alone.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl

FILES = Path(__file__).parent / "files"
A1, A11, B1 = "330304-A1", "330304-A1-1", "330304-B1"
HEAD = ["姓名", "性别", "出生日期", "身份证号", "所在党组织", "入党时间", "联系电话"]
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
Rows = Sequence[Sequence[object]]


def number(born: str, order: int) -> str:
    """Return a valid ID number."""
    body = f"330304{born.replace('-', '')}{order:03}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) % 11]


def person(name: str, order: int, born: str = "1970-01-01", unit: str = A1, **more: object) -> list[object]:
    """Return a row under `HEAD`."""
    row: dict[str, object] = dict(
        zip(HEAD, [name, "男", born, number(born, order), unit, "1990-07-01", f"1390577{order:04}"], strict=True)
    )
    return list((row | more).values())


PEOPLE = [person("张三", 601), person("李四海", 602, "1985-05-05", A11), person("欧阳文华", 603, "1962-03-03", B1)]
PLAIN = [HEAD, *PEOPLE]


def text(rows: Rows, separator: str = ",", end: str = "\r\n") -> str:
    """Return rows as csv without quotation marks."""
    return "".join(separator.join("" if cell is None else str(cell) for cell in row) + end for row in rows)


def texts() -> dict[str, bytes]:
    """Return the text files."""
    plain, tabs = text(PLAIN), text(PLAIN, "\t")
    found = {
        "utf8.csv": plain.encode(),
        "utf8-bom.csv": plain.encode("utf-8-sig"),
        "gbk.csv": plain.encode("gbk"),
        "gb18030.csv": text([HEAD, person("张㛃", 601), *PEOPLE[1:]]).encode("gb18030"),
        "utf16-bom.csv": plain.encode("utf-16"),
        "utf16-be-bom.csv": b"\xfe\xff" + plain.encode("utf-16-be"),
        "utf16-none.csv": plain.encode("utf-16-le"),
        "unicode-text.txt": b"\xff\xfe" + tabs.encode("utf-16-le"),
        "tabs.tsv": tabs.encode(),
        "tabs-gbk.txt": tabs.encode("gbk"),
        "semicolons.csv": text(PLAIN, ";").encode("gbk"),
        "mac-line-ends.csv": text(PLAIN, end="\r").encode(),
        "csv-called.xlsx": plain.encode("gbk"),
        "empty.csv": b"",
        "header-alone.csv": text([HEAD]).encode(),
        "picture-called.csv": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        "page-called.xls": _PAGE.encode("gbk"),
        "page-called.csv": _PAGE.encode("utf-8-sig"),
        "zero-bytes.csv": plain.replace("张三", "张\0三").encode(),
        "unclosed-quote.csv": (text([HEAD]) + '张三,"男,1970-01-01\n' + text(PEOPLE)).encode(),
        "long-cell.csv": (text([HEAD]) + '张三,"' + "男" * 140_000 + '"\n').encode("gbk"),
        "~$open.xlsx": b"\x05clerk" + bytes(50),
    }
    return found | {f"{name}.csv": text(rows).encode() for name, rows in WILD.items()}


_PAGE = f"<html><head><title>名册</title></head><body><table><tr><td>{'</td><td>'.join(HEAD)}</td></tr></table></body></html>"
ENDS_IN_X = next(found for order in range(100) if (found := number("1970-01-01", order)).endswith("X"))
FULL = str.maketrans("0123456789X-", "０１２３４５６７８９Ｘ－")
WILD: dict[str, Rows] = {
    "title-and-notes": [
        ["瓯海区党员名册"],
        ["填报单位：教育局"],
        [],
        HEAD,
        *PEOPLE,
        ["合计", "3"],
        [],
        ["注：本表一式两份"],
        ["填表人：王小明"],
        ["审核人：周正"],
    ],
    "subtotals": [HEAD, PEOPLE[0], ["小计", "1"], PEOPLE[1], ["小 计", "1"], [], PEOPLE[2], ["总计", "3"]],
    "header-on-every-page": [HEAD, PEOPLE[0], HEAD, PEOPLE[1], HEAD, PEOPLE[2]],
    "other-order": [HEAD[::-1], *(row[::-1] for row in PEOPLE)],
    "other-names": [["党员姓名", "性 别", "出生年月", "公民身份号码", "所在支部", "入党日期", "手机号码"], *PEOPLE],
    "english": [["Name", "sex", "BORN_ON", "id_number", "Unit", "joined_on", "phone"], *PEOPLE],
    "running-number": [["序号", *HEAD], *([n, *row] for n, row in enumerate(PEOPLE, 1))],
    "misspelt-1": [["姓名", "性别", "出生日其", "身份证号玛", "所在党组只", "入党时间", "联系电话"], *PEOPLE],
    "misspelt-2": [["姓明", "性别", "出生日期", "身份正号", "所在党组织", "入党时间间", "联系电话"], *PEOPLE],
    "nearly-another-word": [["姓名", "性别", "出生日期", "身份证号", "所在党组织", "入团日期", "联系人电话"], *PEOPLE],
    "unknown-column": [[*HEAD, "血型"], *([*row, "A"] for row in PEOPLE)],
    "column-without-heading": [[*HEAD, ""], PEOPLE[0], [*PEOPLE[1], "转出"], PEOPLE[2]],
    "two-row-header": [
        ["姓名", "性别", "出生", "身份", "所在党组织", "入党", "联系"],
        ["", "", "日期", "证号", "", "时间", "电话"],
        *PEOPLE,
    ],
    "missing-column": [HEAD[:4], *(row[:4] for row in PEOPLE)],
    "ditto": [HEAD, PEOPLE[0], person("李四海", 602, "1985-05-05", "同上"), person("王五", 603, unit="〃")],
    "ditto-sign": [HEAD, PEOPLE[0], person("李四海", 602, "1985-05-05", "″"), person("王五", 603, unit="“")],
    "ditto-at-the-top": [HEAD, person("张三", 601, unit="同上")],
    "spaces-in-names": [HEAD, person("张 三", 601), person("李　四　海", 602), person(" 王五 ", 603)],
    "long-names-keep-theirs": [HEAD, person("买买提 · 艾力", 601), person("John Smith", 602)],
    "full-width": [
        HEAD,
        person("张三", 601, 身份证号=number("1970-01-01", 601).translate(FULL), 联系电话="１３９０５７７０６０１"),
    ],
    "id-with-spaces": [HEAD, person("张三", 601, 身份证号="330304 19700101 " + number("1970-01-01", 601)[14:])],
    "id-lower-x": [HEAD, person("张三", 605, 身份证号=ENDS_IN_X.lower())],
    "id-scientific": [HEAD, person("张三", 601, 身份证号="3.30304E+17"), PEOPLE[1]],
    "phone-scientific": [HEAD, person("张三", 601, 联系电话="1.39E+10")],
    "id-wrong": [
        HEAD,
        person("张三", 601, 身份证号="330304197001016010"),
        person("李四", 602, 身份证号="33030419700101601"),
        person("王五", 603, 身份证号="330304197013016012"),
    ],
    "dates": [
        HEAD,
        *(
            person(f"张{n}", 600 + i, 出生日期=day, 身份证号="", 联系电话="", 姓名="张" + "一二三四五六七八九"[i])
            for i, (n, day) in enumerate(
                enumerate(
                    (
                        "1970-1-2",
                        "1970.1.2",
                        "1970/1/2",
                        "19700102",
                        "1970年1月2日",
                        "一九七〇年一月二日",
                        "１９７０－０１－０２",
                    )
                )
            )
        ),
    ],
    "months": [
        HEAD,
        person("张三", 601, 入党时间="1985年3月", 身份证号=""),
        person("李四", 602, 入党时间="1985-03", 身份证号=""),
        person("王五", 603, 入党时间="一九八五年三月", 身份证号=""),
    ],
    "dates-wrong": [
        HEAD,
        person("张三", 601, 入党时间="2005-02-30"),
        person("李四", 602, 入党时间="1985.1"),
        person("王五", 603, 入党时间="2006-01-01"),
        person("赵六", 604, 入党时间="元旦"),
    ],
    "ticks": [
        [*HEAD, "领导干部"],
        *(
            [*person("张" + name, 601 + i), tick]
            for i, (name, tick) in enumerate(zip("一二三四五六七八", "√✓是1否0×✔", strict=True))
        ),
    ],
    "shifted-block": [
        HEAD,
        PEOPLE[0],
        *([row[0], "", *row[1:-1]] for row in (person("李四", 602), person("王五", 603), person("赵六", 604))),
    ],
    "shifted-row-with-id": [
        [HEAD[0], *HEAD[3:5], *HEAD[1:3], *HEAD[5:]],
        *([row[0], *row[3:5], *row[1:3], *row[5:]] for row in PEOPLE[:2]),
        ["欧阳文华", "", PEOPLE[2][3], B1, "女", "1962-03-03", "1990-07-01"],
    ],
    "not-born-yet": [HEAD, person("张三", 601, "2090-03-05", 出生日期=""), PEOPLE[1]],
    "code-cleared": [["党员编号", "姓名", "所在党组织"], ["<清空>", "王小明", A11], ["P000003", "郑重", A11]],
    "two-unit-columns": [
        [*HEAD[:4], "所在党组织", "单位编码", *HEAD[5:]],
        *(
            [*row[:4], name, code, *row[5:]]
            for row, name, code in zip(PEOPLE, ("区教育局党委", "", A1), (A1, A11, B1), strict=True)
        ),
        [*person("赵六", 604)[:4], "区教育局党委", "", *person("赵六", 604)[5:]],
        [*person("孙七", 605)[:4], "没有的支部", "", *person("孙七", 605)[5:]],
    ],
    "id-in-phone": [HEAD, person("张三", 601, 身份证号="", 联系电话=number("1970-01-01", 601)), PEOPLE[1]],
    "too-many-cells": [HEAD, [*PEOPLE[0], "x"], PEOPLE[1]],
    "same-person-twice": [HEAD, PEOPLE[0], PEOPLE[1], PEOPLE[0]],
    "same-id-two-names": [HEAD, PEOPLE[0], person("李四", 601)],
    "same-name-no-id": [["姓名", "所在党组织"], ["张三", A1], ["张三", A1]],
    "unknown-units": [HEAD, person("张三", 601, unit="330304-A9"), person("李四", 602, unit="区教育局党伟")],
    "ambiguous-unit": [HEAD, person("张三", 601, unit="第一党支部")],
    "unit-with-spaces": [
        HEAD,
        person("张三", 601, unit="区教育局 党委"),
        person("李四", 602, unit="３３０３０４－Ａ１"),
    ],
    "known-people": [["姓名", "所在党组织", "职务"], ["王 小明", A11, "主任"], ["周正", "330304-A", "书记"]],
    "would-move": [["党员编号", "姓名", "所在党组织"], ["P000004", "王小明", B1]],
    "spreadsheet-errors": [HEAD, person("张三", 601, 联系电话="#N/A"), person("#REF!", 602)],
    "masked": [["党员编号", "姓名", "所在党组织", "联系电话"], ["P000003", "郑重", A11, "139****0003"]],
    "cleared": [["党员编号", "姓名", "所在党组织", "联系电话"], ["P000003", "郑重", A11, "<清空>"]],
    "required-empty": [HEAD, person("", 601), person("李四", 602, unit="")],
}
BOOKS: dict[str, dict[str, Rows]] = {
    "plain": {"名册": PLAIN},
    "several-sheets": {"说明": [["本表每周五上报"]], "名册": PLAIN, "汇总": [["单位", "人数"], [A1, 3]]},
    "two-that-fit": {"机关": PLAIN, "街道": [HEAD, person("王五", 604)]},
    "one-that-fits-is-empty": {"模板": [HEAD], "名册": PLAIN},
    "real-dates": {
        "名册": [
            HEAD,
            person("张三", 601, 出生日期=date(1970, 1, 1), 入党时间=datetime(1990, 7, 1, 8, 30)),
            person("李四", 602, 出生日期=25569, 入党时间=199007),
        ]
    },
    "numbers": {
        "名册": [
            HEAD,
            person("张三", 601, 身份证号=330304197001016012.0, 联系电话=13905770601),
            person("李四", 602, 入党时间=1985.1),
        ]
    },
    "ages-for-days": {"名册": [HEAD, person("张三", 601, 出生日期=45, 入党时间=1985), PEOPLE[1]]},
    "formulas": {"名册": [HEAD, person("张三", 601, 联系电话="=1+1"), PEOPLE[1]]},
}


def book(name: str, sheets: dict[str, Rows]) -> openpyxl.Workbook:
    """Return a workbook."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    return made


def merged() -> openpyxl.Workbook:
    """Return a roster as people lay it out: a title, a header of two rows, units merged down."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "名册"
    sheet.append(["瓯海区党员名册"])
    sheet.append(["所在党组织", "基本情况", None, None, "入党时间", "联系电话"])
    sheet.append([None, "姓名", "性别", "身份证号", None, None])
    sheet.append([A1, "张三", "男", number("1970-01-01", 601), "1990-07-01", None])
    sheet.append([None, "李四海", "男", number("1985-05-05", 602), "1999-07-01", None])
    sheet.append([None, "合计", 2])
    sheet.append([B1, "欧阳文华", "女", number("1962-03-03", 603), "1999年7月", None])
    sheet.append([None, "王五", "男", number("1963-03-03", 604), "1999年7月", None])
    for span in ("A1:F1", "A2:A3", "B2:D2", "E2:E3", "F2:F3", "A4:A6"):
        sheet.merge_cells(span)
    return made


def main() -> None:
    """Write every file that is not there."""
    FILES.mkdir(exist_ok=True)
    for name, content in texts().items():
        (FILES / name).write_bytes(content)
    made = {name: book(name, sheets) for name, sheets in BOOKS.items()} | {"merged": merged()}
    hidden = book("hidden", {"旧名册": PLAIN, "名册": [HEAD, person("王五", 604)]})
    hidden["旧名册"].sheet_state = "hidden"
    for name, workbook in (made | {"hidden-sheet": hidden}).items():
        if not (FILES / f"{name}.xlsx").exists():
            workbook.save(FILES / f"{name}.xlsx")
    flat = FILES / "flat.fods"
    shutil.copy(FILES / "plain.xlsx", FILES / "xlsx-called.xls")
    office = shutil.which("soffice")
    for name in ("plain", "merged", "several-sheets", "real-dates", "numbers", "formulas"):
        for ending in ("xls", "ods"):
            if office and not (FILES / f"{name}.{ending}").exists():
                subprocess.run(
                    [office, "--headless", "--convert-to", ending, "--outdir", FILES, FILES / f"{name}.xlsx"],
                    check=True,
                )
    if office and not flat.exists():
        subprocess.run(
            [office, "--headless", "--convert-to", "fods", "--outdir", FILES, FILES / "plain.xlsx"], check=True
        )
        (FILES / "plain.fods").rename(flat)
    _old()


def _old() -> None:
    """Write an xls as a program of before 2007 does."""
    path = FILES / "old.xls"
    if path.exists():
        return
    import xlwt

    old = xlwt.Workbook(encoding="gbk")
    sheet = old.add_sheet("名册")
    for i, row in enumerate(PLAIN):
        for j, cell in enumerate(row):
            sheet.write(i, j, cell)
    old.save(str(path))


if __name__ == "__main__":
    main()

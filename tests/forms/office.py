"""LibreOffice as the one who fills a form in: it opens the file, types into cells and saves it itself."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
PATIENCE = 60

# Types a value into a column, found by its heading in row 5, of every row that has something in its first cell; and
# then the values of a further row below, given as heading=value|heading=value. Typing goes through the same door as a
# user's: a locked cell stays as it is.
_MACRO = """
Sub Fill(source As String, target As String, kind As String, heading As String, value As String, extra As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  Dim book, sheet
  book = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
  sheet = book.Sheets.getByIndex(0)
  Dim row, column As Integer
  row = 5
  column = -1
  If heading <> "" Then column = Place(sheet, heading)
  While sheet.getCellByPosition(0, row).String <> "" Or sheet.getCellByPosition(1, row).String <> ""
    If column >= 0 Then sheet.getCellByPosition(column, row).setFormula(value)
    row = row + 1
  Wend
  Dim pair, parts
  If extra <> "" Then
    For Each pair In Split(extra, "|")
      parts = Split(pair, "=")
      sheet.getCellByPosition(Place(sheet, parts(0)), row).setFormula(parts(1))
    Next
  End If
  Dim saving(0) As New com.sun.star.beans.PropertyValue
  saving(0).Name = "FilterName"
  saving(0).Value = kind
  book.storeToURL(target, saving())
  book.close(True)
End Sub

Function Place(sheet, heading) As Integer
  Dim i As Integer
  For i = 0 To 60
    If Left(sheet.getCellByPosition(i, 4).String, Len(heading)) = heading Then
      Place = i
      Exit Function
    End If
  Next
  Place = -1
End Function
"""
_FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".ods": "calc8", ".xls": "MS Excel 97"}


class Form(NamedTuple):
    """A form to fill in, under which name it is saved, in the format of its ending, and what is typed into it."""

    source: Path
    target: Path
    heading: str = ""
    value: str = ""
    extra: str = ""


def fill(profile: Path, *forms: Form) -> None:
    """Let LibreOffice fill forms in; it is started once for all of them."""
    _install(profile)
    run(profile, *map(_macro, forms))
    assert [form.target for form in forms if not form.target.is_file()] == [], "LibreOffice did not save them"


def _macro(form: Form) -> str:
    words = [form.source.as_uri(), form.target.as_uri(), _FILTERS[form.target.suffix], *form[2:]]
    call = ",".join(f'"{word}"' for word in words)
    return f"macro:///Standard.Module1.Fill({call})"


def converted(profile: Path, source: Path, ending: str) -> Path:
    """Let LibreOffice save a file in another format beside it; csv as UTF-8."""
    # Comma, quotation mark, UTF-8, from the first row on: LibreOffice's own numbers for them.
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1" if ending == "csv" else ending
    run(profile, "--convert-to", form, "--outdir", str(source.parent), str(source))
    return source.with_suffix(f".{ending}")


def _install(profile: Path) -> None:
    """Make a profile and put the macro where LibreOffice looks for a user's own."""
    module = profile / "user" / "basic" / "Standard" / "Module1.xba"
    if module.is_file():
        return
    # The first start fills the profile, and would replace what is there already; it has an empty Module1.
    run(profile, "--terminate_after_init")
    module.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">\n'
        '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"'
        f' script:language="StarBasic">{escape(_MACRO)}</script:module>\n'
    )


def run(profile: Path, *words: str | Path) -> None:
    """Run LibreOffice; the text of its command line is Chinese, whatever the locale of the test is."""
    assert SOFFICE is not None
    command = [SOFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", *map(str, words)]
    environ = os.environ | {"LC_ALL": "C.UTF-8"}
    child = subprocess.Popen(
        command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        child.wait(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        # An error in the macro waits for somebody to press a button.
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        raise

"""Two languages: which one is spoken, and the text in it.

Texts in the source are English and are the catalogue's keys. `_` translates now, `N_` only marks a text that is
translated when it is shown (help texts, error templates, column headings), so that the language can be chosen after
a module was imported.
"""

from __future__ import annotations

import gettext
import sys
from bisect import bisect_left
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from struct import unpack_from

from advedu.errors import N_

__all__ = ["LANGUAGES", "N_", "_", "choose", "current", "ngettext", "use"]

LANGUAGES = ("zh", "en")
_LOCALE = Path(__file__).with_name("locale")
_CATALOGUES: dict[str, gettext.NullTranslations] = {"en": gettext.NullTranslations()}
_language = "en"


def known(wanted: str) -> bool:
    """Tell whether a language that somebody asked for is one of ours: `zh`, `en`, also as `zh_CN` or `en-GB`."""
    return wanted.lower().replace("_", "-").partition("-")[0] in LANGUAGES


def choose(option: str | None, environ: Mapping[str, str]) -> str:
    """Return "zh" or "en": the option, else ADVEDU_LANG, else the locale (Chinese for a Chinese locale)."""
    for wanted in (option, environ.get("ADVEDU_LANG")):
        if wanted:
            return "zh" if wanted.lower().startswith("zh") else "en"
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    return _windows_language() if sys.platform == "win32" else "en"


def _windows_language() -> str:
    """Return the language of the Windows desktop, which sets none of the variables."""
    import locale

    name = locale.getlocale()[0] or ""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


class _Catalogue(gettext.NullTranslations):
    """A compiled catalogue in which each text is found when it is asked for: the format is sorted for that.

    `gettext.GNUTranslations` unpacks all fifteen hundred texts first, some milliseconds of every call.
    """

    def __init__(self, compiled: bytes) -> None:
        super().__init__()
        self._compiled = compiled
        _magic, _version, self._count, self._sources, self._texts = unpack_from("<5I", compiled)
        self._found = cache(self._search)

    def gettext(self, message: str) -> str:
        return self._found(message) or message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        # Chinese has one form for every number; the source has two.
        return self._found(msgid1) or (msgid1 if n == 1 else msgid2)

    def _search(self, message: str) -> str | None:
        wanted = message.encode()
        place = bisect_left(range(self._count), wanted, key=self._source)
        if place == self._count or self._source(place) != wanted:
            return None
        return self._at(self._texts, place).decode()

    def _source(self, place: int) -> bytes:
        # Where there is a plural, it stands behind the singular.
        return self._at(self._sources, place).partition(b"\0")[0]

    def _at(self, table: int, place: int) -> bytes:
        length, start = unpack_from("<2I", self._compiled, table + 8 * place)
        return self._compiled[start : start + length]


def use(language: str) -> None:
    """Speak `language` ("zh" or "en") from now on."""
    global _language  # noqa: PLW0603 (one process speaks one language at a time)
    if language not in _CATALOGUES:
        path = _LOCALE / "zh_CN" / "LC_MESSAGES" / "advedu.mo"
        _CATALOGUES[language] = _Catalogue(path.read_bytes())
    _language = language


def current() -> str:
    """Return the language spoken now."""
    return _language


def _(text: str) -> str:
    """Return `text` in the language spoken now."""
    return _CATALOGUES[_language].gettext(text) if text else ""


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form of a text that fits `count`."""
    return _CATALOGUES[_language].ngettext(one, many, count)

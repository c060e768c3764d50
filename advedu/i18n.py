"""Two languages: which one is spoken, and the text in it.

Texts in the source are English and are the catalogue's keys. `_` translates now, `N_` only marks a text that is
translated when it is shown (help texts, error templates, column headings), so that the language can be chosen after
a module was imported.
"""

from __future__ import annotations

import gettext
import os
import sys
from collections.abc import Mapping
from pathlib import Path

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


def use(language: str) -> None:
    """Speak `language` ("zh" or "en") from now on."""
    global _language  # noqa: PLW0603 (one process speaks one language at a time)
    if language not in _CATALOGUES:
        path = _LOCALE / "zh_CN" / "LC_MESSAGES" / "advedu.mo"
        with path.open("rb") as file:
            _CATALOGUES[language] = gettext.GNUTranslations(file)
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


def environment_language() -> str:
    """Return the language that the environment asks for."""
    return choose(None, os.environ)

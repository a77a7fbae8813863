"""Languages as CLDR knows them, through Babel."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale, UnknownLocaleError


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """The conventions of a language code such as de or pt-BR, of its language alone where the rest is unknown, else
    those of English."""
    for code in (language.replace("-", "_"), language.replace("_", "-").split("-")[0], "en"):
        try:
            return Locale.parse(code)
        except (ValueError, TypeError, UnknownLocaleError):
            continue
    return Locale("en")

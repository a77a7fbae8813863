"""What the readers of a site know, from its languages: their letters, and what money is called in them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from babel import Locale
from babel.numbers import get_currency_name, get_territory_currencies

from app.engine.readings import fold
from app.engine.unsigned import Limits, scripts_of
from app.locales import locale_of

EVERYWHERE: Final = "LATIN"
"""The letters of brands and addresses, which everybody meets."""

_MANY: Final = 5
"""A number that goes with the plural, in languages of two forms as of three."""

_WORD: Final = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=64)
def limits_of(languages: tuple[str, ...]) -> Limits:
    """The limits of unsigned texts in these languages, whose letters are those in which they name the world."""
    locales = [locale_of(language) for language in languages]
    words = (word for locale in locales for word in (*locale.territories.values(), *locale.languages.values()))
    current = {currency for land in map(str, locales[0].territories) for currency in get_territory_currencies(land)}
    money = {noun for locale in locales for noun in _money(locale, current)}
    return Limits(scripts_of(words) | {EVERYWHERE}, frozenset(money | current))


def _money(locale: Locale, currencies: set[str]) -> set[str]:
    """The nouns in the names of currencies, singular and plural.

    They stand on the side where fewer different words do, because nouns come again (`US dollar`, `Cayman dollar`;
    `dollar américain`, `dollar caïmanais`) and countries do not.
    """
    single = [_words(get_currency_name(currency, locale=locale)) for currency in currencies]
    several = [_words(get_currency_name(currency, _MANY, locale)) for currency in currencies]
    side = min(0, -1, key=lambda side: len({words[side] for words in single}))
    return {words[side] for words in (*single, *several)}


def _words(name: str) -> list[str]:
    return _WORD.findall(fold(name)) or [name]

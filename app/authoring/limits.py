"""What the readers of a site know, from its languages: their letters, and what money is called in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from babel import Locale
from babel.numbers import get_currency_name, list_currencies

from app.engine.readings import fold
from app.engine.unsigned import Limits, scripts_of
from app.locales import locale_of

EVERYWHERE: Final = "LATIN"
"""The letters of brands and addresses, which everybody meets."""

_MANY: Final = 5
"""A number that goes with the plural, in languages of two forms as of three."""

_LAST_WORD: Final = re.compile(r"([^\W\d_]+)(?: \(.*\))?\Z")


@lru_cache(maxsize=64)
def limits_of(languages: tuple[str, ...]) -> Limits:
    """The limits of unsigned texts in these languages, whose letters are those in which they name the world."""
    locales = [locale_of(language) for language in languages]
    words = (word for locale in locales for word in (*locale.territories.values(), *locale.languages.values()))
    money = {name for locale in locales for name in _money(locale)}
    return Limits(scripts_of(words) | {EVERYWHERE}, frozenset(money | list_currencies()))


def _money(locale: Locale) -> Iterator[str]:
    """The names of currencies, of each the last word: before it stands a country (`US dollars`)."""
    for currency, name in locale.currencies.items():
        for called in (name, get_currency_name(currency, _MANY, locale)):
            if found := _LAST_WORD.search(called):
                yield fold(found[1])

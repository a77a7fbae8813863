"""From the readings that an answer rests on to lines that its recipient can read: what it is, and how it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import time, timedelta
from typing import Any, Final, NamedTuple

from babel import Locale
from babel.dates import format_date, format_time, format_timedelta
from babel.numbers import format_decimal

from app.engine.readings import EMPTY, Reading
from app.engine.signals import CATALOGUE, Kind, Signal
from app.locales import locale_of
from app.serving.desk import Explained
from app.web.why.wording import Wording

CITY, SOURCE = "geo.city", "geo.source"
"""Told wherever a place decided: where it is taken to be, and how that is known."""

WINDOWED: Final = re.compile(r"^(?:count|shown)\..*_\d+d$")
"""Names of counts within so many days."""


class Line(NamedTuple):
    """One thing that was looked at, and what it was found to be."""

    label: str
    value: str


class Telling:
    """Tells of one answer in one wording."""

    def __init__(self, explained: Explained, words: Wording) -> None:
        self._explained = explained
        self._words = words
        self._locale = locale_of(words.language)

    def decisive(self) -> list[Line]:
        """What the condition of the rule that won rests on."""
        return list(self._lines(self._decisive()))

    def besides(self) -> list[Line]:
        """What else was looked at."""
        decisive = {reading.signal for reading in self._decisive()}
        return list(self._lines(one for one in self._explained.decision.readings if one.signal not in decisive))

    def _decisive(self) -> list[Reading]:
        decision, facts, ruleset = self._explained.decision, self._explained.facts, self._explained.ruleset
        winner = next((rule for rule in ruleset.rules if rule.name == decision.rule), None)
        names = frozenset(winner.condition.signals()) if winner else frozenset()
        found = [reading for reading in decision.readings if reading.signal in names]
        told = {reading.signal for reading in found}
        if any(name.startswith(("geo.", "weather.")) for name in told):
            city, source = facts.readings[CITY], facts.readings[SOURCE]
            found = [city, *(one for one in found if one.signal not in (CITY, SOURCE)), source]
        return [reading for reading in found if reading.known]

    def _lines(self, readings: Iterable[Reading]) -> Iterator[Line]:
        for reading in readings:
            signal = self._explained.ruleset.catalogue[reading.signal]
            yield Line(self._label(signal), self._value(signal, reading))

    def _label(self, signal: Signal) -> str:
        return self._words.signals.get(signal.name) or self._label_of_family(signal) or signal.sentence

    def _label_of_family(self, signal: Signal) -> str:
        """What a site declared, in the words for its last part, else for its first; of a window with its length."""
        name, _, days = signal.name.rpartition("_") if WINDOWED.search(signal.name) else (signal.name, "", "")
        family, *parts = name.split(".")
        words = self._words.families.get(f"{family}.{parts[-1]}") or self._words.families.get(family)
        if words is None:
            return ""
        length = format_timedelta(timedelta(days=int(days[:-1])), "day", 100, locale=self._locale) if days else ""
        return words.format(*parts) + (f" ({length})" if length else "")

    def _value(self, signal: Signal, reading: Reading) -> str:
        page = self._words.page
        if reading.why_unknown is not None:
            return page.hidden.format(self._words.unknown[reading.why_unknown.name])
        if reading.value is EMPTY:
            return page.empty
        return self._known(signal, reading.value)

    def _known(self, signal: Signal, value: Any) -> str:
        locale, page = self._locale, self._words.page
        match signal.kind:
            case Kind.BOOLEAN:
                return page.yes if value else page.no
            case Kind.NUMBER:
                return f"{format_decimal(value, '#,##0.##', locale=locale)} {signal.unit}".rstrip()
            case Kind.DATE:
                return format_date(value, "long", locale=locale)
            case Kind.MOMENT:
                wall = self._explained.facts.zone.wall(value)
                return f"{format_date(wall, 'long', locale=locale)}, {format_time(wall, 'short', locale=locale)}"
            case Kind.CLOCK:
                return format_time(time(int(value) // 3600, int(value) % 3600 // 60), "short", locale=locale)
            case Kind.DURATION:
                return format_timedelta(value, locale=locale)
            case Kind.LIST:
                return format_decimal(len(value), locale=locale)
            case _:
                return self._text(signal, str(value), locale)

    def _text(self, signal: Signal, value: str, locale: Locale) -> str:
        """A text; codes as their names, and words of the catalogue as this language says them."""
        if signal.name == "geo.country":
            return str(locale.territories.get(value, value))
        if signal.name == "open.language":
            return str(locale.languages.get(value.partition("-")[0], value))
        return self._words.values.get(value, value) if signal.name in CATALOGUE else value

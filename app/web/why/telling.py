"""From the readings that an answer rests on to lines that its recipient can read: what it is, and how it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import time, timedelta
from functools import cached_property
from typing import Any, Final, NamedTuple

from babel import Locale
from babel.dates import format_date, format_time, format_timedelta
from babel.numbers import format_decimal

from app.engine.labels import ATTRIBUTE, EVENT, LIST, PARAM, Labels, as_words
from app.engine.readings import EMPTY, Reading
from app.engine.rules import OTHERWISE, UNKNOWN, Rule
from app.engine.signals import CATALOGUE, Kind, Signal
from app.locales import locale_of
from app.serving.desk import Explained
from app.web.why.wording import Wording

CITY, SOURCE = "geo.city", "geo.source"
"""Told wherever a place decided: where it is taken to be, and how that is known."""

WINDOWED: Final = re.compile(r"^(?:count|shown)\..*_\d+d$")
"""Names of counts within so many days."""

OTHERS: Final = (OTHERWISE, UNKNOWN)
"""What is shown without a rule."""

NO_LABELS: Final = Labels()


class Line(NamedTuple):
    """One thing that was looked at, and what it was found to be."""

    label: str
    value: str


class Telling:
    """Tells of one answer in one wording."""

    def __init__(self, explained: Explained, words: Wording, labels: Labels = NO_LABELS) -> None:
        """`labels` are spoken in a language of who reads."""
        self._explained = explained
        self._labels = labels
        self._words = words
        self._locale = locale_of(words.language)

    @property
    def knows_why(self) -> bool:
        """Whether the rules that decided are those that are known, so that they can tell what was decisive."""
        decision, ruleset = self._explained.decision, self._explained.ruleset
        return decision.ruleset == ruleset.digest and (decision.rule in OTHERS or self._winner is not None)

    def moment(self, instant: float) -> str:
        """An instant (epoch seconds) on the clock by which it was decided."""
        wall = self._explained.facts.zone.wall(instant)
        return f"{format_date(wall, 'long', locale=self._locale)}, {format_time(wall, 'short', locale=self._locale)}"

    def decisive(self) -> list[Line]:
        """What the condition of the rule that won rests on."""
        return list(self._lines(self._decisive()))

    def besides(self) -> list[Line]:
        """What else was looked at."""
        decisive = {reading.signal for reading in self._decisive()}
        return list(self._lines(one for one in self._explained.decision.readings if one.signal not in decisive))

    @cached_property
    def _winner(self) -> Rule | None:
        rules, won = self._explained.ruleset.rules, self._explained.decision.rule
        return next((rule for rule in rules if rule.name == won), None)

    def _decisive(self) -> list[Reading]:
        if not self.knows_why or self._winner is None:
            return []
        names = frozenset(self._winner.condition.signals())
        found = [one for one in self._explained.decision.readings if one.signal in names and one.known]
        if not any(one.signal.startswith(("geo.", "weather.")) for one in found):
            return found
        rest = [one for one in found if one.signal not in (CITY, SOURCE)]
        return [*self._of_the_place(CITY), *rest, *self._of_the_place(SOURCE)]

    def _of_the_place(self, name: str) -> Iterator[Reading]:
        """What is known of the place, whether rules asked for it or not."""
        reading = self._explained.facts.readings.get(name)
        if reading is not None and reading.known:
            yield reading

    def _lines(self, readings: Iterable[Reading]) -> Iterator[Line]:
        for reading in readings:
            signal = self._explained.ruleset.catalogue[reading.signal]
            yield Line(self._label(signal), self._value(signal, reading))

    def _label(self, signal: Signal) -> str:
        return self._words.signals.get(signal.name) or self._label_of_family(signal) or signal.sentence

    def _label_of_family(self, signal: Signal) -> str:
        """What a site declared, in the words of its family; of a window with its length."""
        name, _, days = signal.name.rpartition("_") if WINDOWED.search(signal.name) else (signal.name, "", "")
        words = _of_family(self._words.families, name)
        if words is None:
            return ""
        length = format_timedelta(timedelta(days=int(days[:-1])), "day", 100, locale=self._locale) if days else ""
        family, *parts = name.split(".")
        return words.format(*self._called(family, parts)) + (f" ({length})" if length else "")

    def _called(self, family: str, parts: list[str]) -> list[str]:
        """The parts of a name as people call them."""
        first, *rest = parts
        match family:
            case "param":
                return [self._labels.of(PARAM, self._explained.ruleset.placeholder, first)]
            case "recipient":
                return [self._labels.of(ATTRIBUTE, first)]
            case "last" | "first" | "count":
                return [self._labels.of(EVENT, first), *(self._labels.of(EVENT, first, one) for one in rest)]
            case "list":
                return [self._labels.of(LIST, self._explained.ruleset.campaign, first)]
            case _:
                return [as_words(one) for one in parts]

    def _value(self, signal: Signal, reading: Reading) -> str:
        page = self._words.page
        if reading.why_unknown is not None:
            return page.hidden.format(self._words.unknown[reading.why_unknown.name])
        if reading.value is EMPTY:
            return self._words.empty.get(signal.name) or _of_family(self._words.empty, signal.name) or page.empty
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
                return self.moment(value)
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


def _of_family(said: Mapping[str, str], name: str) -> str | None:
    """What is said of a declared name by its last part, else by its first."""
    family, last = name.partition(".")[0], name.rpartition(".")[2]
    return said.get(f"{family}.{last}") or said.get(family)

"""Numbers, amounts, moments and days: a constant, or a template that says one, with the words for its reader.

Written plainly, as machines read it (`19.90`, `19.90 EUR`, `2026-11-27 18:00`), so that no comma is ever guessed at;
the reader sees it as the language writes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, Literal

from app.authoring import numerals
from app.authoring.liquid import formats
from app.authoring.liquid.compile import ZONE, Text, compile_text
from app.authoring.liquid.conventions import Conventions
from app.authoring.liquid.formats import Reader
from app.authoring.liquid.produce import REMEMBERED
from app.authoring.liquid.troubles import TextTrouble, Troubles, trouble
from app.authoring.liquid.values import GivesWay
from app.authoring.liquid.voice import amount, rounded
from app.engine.calendar import Zone, find_zone
from app.engine.moving import Moment
from app.engine.rules import LANGUAGE
from app.engine.signals import Kind
from app.engine.words import Bound, Figure, Fixed
from app.engine.written import parse_date, parse_moment

FigureKind = Literal["number", "money", "moment", "date"]

_AMOUNT: Final = re.compile(r"([+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d)?)(?:\s*([A-Z]{3}))?")
_CURRENCY: Final = re.compile(r"[€$£¥]|[A-Z]{3}")
_SIGNS: Final[Mapping[str, str]] = MappingProxyType({"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY"})
_CODES: Final[Mapping[FigureKind, str]] = MappingProxyType(
    {"number": "not-a-number", "money": "not-a-number", "moment": "not-a-moment", "date": "not-a-moment"}
)


@dataclass(frozen=True, slots=True)
class _Figures:
    """Figures of one kind: read from what is written or said, worded for a reader."""

    kind: FigureKind
    conventions: Conventions
    phases: Mapping[str, Moment]
    local: bool

    def of(self, said: str, reader: Reader) -> Figure:
        """The figure that a text means; raises `GivesWay` or ValueError where it means none."""
        text = said.strip()
        if self.kind == "moment":
            return self._moment(text, reader)
        if self.kind == "date":
            day = parse_date(text)
            return Figure(day, formats.day(day, reader))
        found = _AMOUNT.fullmatch(text)
        if found is None:
            raise GivesWay("not a number")
        digits, currency = found.groups()
        exact = amount(digits)
        value = int(exact) if exact == int(exact) else float(exact)
        if self.kind == "number":
            if currency:
                raise GivesWay("a number has no currency")
            places = max(0, -int(exact.as_tuple().exponent))
            shown = formats.number(rounded(exact, places), reader, digits=places) if places <= formats.PLACES else None
            return Figure(value, shown or formats.number(exact, reader))
        code = currency or self.conventions.currency
        if code not in formats.currencies():
            raise GivesWay("no currency")
        return Figure(value, formats.money(exact, reader, code))

    def _moment(self, text: str, reader: Reader) -> Figure:
        readers = _zone(reader.zone.key)
        moment = self.phases.get(text)
        if moment is None:
            written = parse_moment(text).at
            if isinstance(written, datetime) and not self.local:
                written = _zone(self.conventions.time_zone).instant_of(written)
            moment = Moment(written)
        instant = moment.instant(readers)
        return Figure(instant, formats.moment(reader.local(instant), reader))


def compile_figure(
    kind: FigureKind,
    text: str,
    *,
    names: Mapping[str, Kind],
    parts: Collection[str] = (),
    fields: Collection[str] = (),
    conventions: Conventions,
    phases: Mapping[str, Moment] = MappingProxyType({}),
    local: bool = False,
) -> Text | Troubles:
    """The figure, ready to be said as a `Figure`, or every mistake in it.

    Arguments are those of `compile_text`; `phases` are names for moments. A time without an offset is meant on the
    site's clock, or on each reader's own where times are `local`.
    """
    compiled = compile_text(text, names=names, parts=parts, fields=fields, conventions=conventions, mode="plain")
    if not isinstance(compiled, Text):
        return compiled
    figures = _Figures(kind, conventions, phases, local)
    inner = compiled.alternative
    if isinstance(inner, Fixed):
        try:
            figures.of(str(inner.value), conventions.reader(None, None))
        except (GivesWay, ValueError, ArithmeticError, OSError):
            return (_unreadable(kind, text, conventions),)
        said: Callable[[Mapping[str, Any]], Any] = _always(str(inner.value))
        inner = Bound((), said, text)
    adds = ((LANGUAGE,) if conventions.language_varies else ()) + ((ZONE,) if kind == "moment" else ())
    read = {*inner.signals, *adds}
    signals = tuple(name for name in names if name in read)
    produce = _producing(figures, inner, set(signals))
    if not (signals or inner.parts or inner.fields):
        return Text(Fixed(produce({})))
    return Text(Bound(signals, produce, text, inner.parts, inner.fields), compiled.doubtful)


def _zone(name: str) -> Zone:
    return find_zone(name) or Zone("UTC")


def _always(text: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda _known: text


def _producing(figures: _Figures, inner: Bound, signals: set[str]) -> Callable[[Mapping[str, Any]], Figure | None]:
    """What the inner text says, as a figure in the words of this reader."""
    produce = inner.produce
    language_of = LANGUAGE if LANGUAGE in signals else None
    zone_of = ZONE if ZONE in signals else None

    @lru_cache(maxsize=REMEMBERED)
    def worded(said: str, language: str | None, zone: str | None) -> Figure | None:
        try:
            return figures.of(said, figures.conventions.reader(language, zone))
        except (GivesWay, ValueError, ArithmeticError, OSError):
            return None

    def figure(known: Mapping[str, Any]) -> Figure | None:
        said = produce(known)
        if said is None:
            return None
        language = known.get(language_of) if language_of else None
        zone = known.get(zone_of) if zone_of else None
        return worded(said, language if isinstance(language, str) else None, zone if isinstance(zone, str) else None)

    return figure


def _unreadable(kind: FigureKind, text: str, conventions: Conventions) -> TextTrouble:
    """What is wrong with a constant, and how it is written."""
    bare = text.strip()
    if kind == "moment":
        try:
            parse_moment(bare)
            message = f"“{bare}” is beyond the calendar"
        except ValueError as error:
            message = str(error)
        return trouble(text, _CODES[kind], message, "the name of a phase can stand here too")
    if kind == "money" and _AMOUNT.fullmatch(bare) and not (conventions.currency or bare[-1:].isalpha()):
        return trouble(text, _CODES[kind], f"“{bare}” has no currency", f"add its code: {bare} EUR")
    what, example = ("number", "19.90") if kind == "number" else ("amount", "19.90 or 19.90 EUR")
    meant = _meant(kind, bare)
    remedy = f"decimals stand behind a point: {meant}" if meant and "," in bare else f"write {meant or example}"
    return trouble(text, _CODES[kind], f"“{bare}” is no {what}", remedy)


def _meant(kind: FigureKind, bare: str) -> str:
    """What a constant means, as machines write it; nothing where that is what stands there, or no number is meant."""
    sign = _CURRENCY.search(bare)
    plain = numerals.meant(bare.replace(sign[0], "") if sign else bare)
    code = _SIGNS.get(sign[0], sign[0]) if sign and kind == "money" else ""
    meant = f"{plain} {code}".strip() if plain else ""
    return "" if meant == bare else meant

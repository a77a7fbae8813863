"""The filters for numbers: arithmetic that stays exact to the decimals people write, and formats for reading.

Division is always exact (7 by 2 is 3.5), since a signal may give 17 and 17.0 alike. What no figure can be gives way.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final

from app.authoring.liquid import formats
from app.authoring.liquid.arguments import BadArgument, whole
from app.authoring.liquid.values import TIMES
from app.authoring.liquid.voice import Voice, amount, bounded, rounded
from app.authoring.suggest import did_you_mean
from app.engine.signals import Kind

DECIMALS: Final = 6
"""Decimals that a text may ask for."""


def number(value: object, voice: Voice, digits: object = None) -> str:
    """With grouped thousands, at exactly `digits` decimals or at most three."""
    exact = amount(value)
    if digits is None:
        return formats.number(exact, voice.reader)
    places = check_digits(digits)
    return formats.number(rounded(exact, places), voice.reader, digits=places)


def money(value: object, voice: Voice, currency: object = None) -> str:
    """With the sign of its currency, the site's own where none is named."""
    code = check_currency(voice.currency if currency is None else currency)
    return formats.money(amount(value), voice.reader, code)


def check_digits(digits: object, _kind: Kind | None = None) -> int:
    """A number of decimals; raises `BadArgument`."""
    return whole(digits, 0, DECIMALS)


def check_currency(currency: object, _kind: Kind | None = None) -> str:
    """A currency's code; raises `BadArgument`."""
    if isinstance(currency, str) and currency in formats.currencies():
        return currency
    remedy = (
        did_you_mean(str(currency).upper(), sorted(formats.currencies())) or "three letters of ISO 4217, such as EUR"
    )
    raise BadArgument(f"“{currency}” is not a currency", remedy)


def plus(value: object, _voice: Voice, other: object) -> object:
    """The sum; a time plus seconds is a time."""
    return _like(value, amount(value) + amount(other))


def minus(value: object, _voice: Voice, other: object) -> object:
    """The difference; a time minus seconds is a time."""
    return _like(value, amount(value) - amount(other))


def times(value: object, _voice: Voice, other: object) -> object:
    """The product."""
    return _plain(amount(value) * amount(other))


def divided_by(value: object, _voice: Voice, other: object) -> object:
    """The quotient, with its decimals."""
    return _plain(amount(value) / amount(other))


def round_to(value: object, _voice: Voice, digits: object = 0) -> object:
    """At so many decimals, halves away from zero."""
    return _plain(rounded(amount(value), check_digits(digits)))


def floor(value: object, _voice: Voice) -> object:
    """The whole number below."""
    return _plain(amount(value).to_integral_value(ROUND_FLOOR))


def ceil(value: object, _voice: Voice) -> object:
    """The whole number above."""
    return _plain(amount(value).to_integral_value(ROUND_CEILING))


def absolute(value: object, _voice: Voice) -> object:
    """Without its sign."""
    return _plain(abs(amount(value)))


def _like(value: object, result: Decimal) -> object:
    for kind in TIMES:
        if isinstance(value, kind):
            return kind(float(bounded(result)))
    return _plain(result)


def _plain(result: Decimal) -> float:
    exact = bounded(result)
    return int(exact) if exact == exact.to_integral_value() else float(exact)

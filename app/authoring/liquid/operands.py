"""What a signal can be compared with: a number with numbers, a day with days.

Only what is written out can be judged; two names are compared as they come.
"""

from __future__ import annotations

from liquid.builtin.expressions import StringLiteral
from liquid.builtin.expressions.primitive import FalseLiteral, FloatLiteral, IntegerLiteral, TrueLiteral
from liquid.expression import Expression

from app.authoring.liquid.comparing import clock_of, day_of
from app.engine.signals import Kind


def misfit(name: str, kind: Kind | None, other: Expression) -> tuple[str, str] | None:
    """Why a signal of this kind can never equal what it is compared with, and the remedy; None where it can."""
    if isinstance(other, StringLiteral):
        return _text_misfit(name, kind, other.value)
    number = isinstance(other, IntegerLiteral | FloatLiteral)
    truth = isinstance(other, TrueLiteral | FalseLiteral)
    if (number and kind in (Kind.BOOLEAN, Kind.NAME, Kind.DATE)) or (truth and kind not in (Kind.BOOLEAN, None)):
        return f"{name} is a {_called(kind)}", _remedy(kind)
    if number and kind in (Kind.CLOCK, Kind.MOMENT):
        return f"{name} is a {_called(kind)}, not a number of seconds", _remedy(kind)
    return None


def _text_misfit(name: str, kind: Kind | None, text: str) -> tuple[str, str] | None:
    fits = {
        Kind.NUMBER: False,
        Kind.DURATION: False,
        Kind.BOOLEAN: False,
        Kind.MOMENT: False,
        Kind.CLOCK: clock_of(text) is not None,
        Kind.DATE: day_of(text) is not None,
    }
    if kind is None or fits.get(kind, True):
        return None
    return f"{name} is a {_called(kind)}, which “{text}” is not", _remedy(kind)


def _called(kind: Kind | None) -> str:
    names = {Kind.CLOCK: "time of day", Kind.BOOLEAN: "truth value", Kind.DURATION: "number of seconds"}
    return names.get(kind, kind.value) if kind else "value"


def _remedy(kind: Kind | None) -> str:
    remedies = {
        Kind.NUMBER: "numbers stand without quotes: 17",
        Kind.DURATION: "seconds stand without quotes: 3600",
        Kind.BOOLEAN: "true and false stand without quotes",
        Kind.CLOCK: 'a time of day stands in quotes: "18:00"',
        Kind.DATE: 'a day stands in quotes: "2026-12-24"',
        Kind.MOMENT: "instants are compared in rules, with older_than and phases",
    }
    return remedies.get(kind, 'a text stands in quotes: "…"') if kind else ""

"""Operands: the kind of a signal decides what a scalar means, and what it cannot mean is refused with a remedy."""

from __future__ import annotations

import pytest

from app.authoring.operands import Misread, beginning, operand, spelled
from app.engine.signals import CATALOGUE, Kind, Signal


def signal(kind: Kind, name: str = "x", *choices: str) -> Signal:
    return Signal(name, kind, "", choices=choices)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Kind.NUMBER, "-2.5", -2.5),
        (Kind.NUMBER, "1.5e1", 15.0),
        (Kind.NUMBER, "1.", 1.0),
        (Kind.BOOLEAN, "true", True),
        (Kind.BOOLEAN, "TRUE", True),
        (Kind.BOOLEAN, "False", False),
        (Kind.CLOCK, "24:00", 86_400),
        (Kind.DURATION, "1h30m", 5400.0),
        (Kind.TEXT, " München ", "münchen"),
    ],
)
def test_a_scalar_is_typed_by_the_kind_of_its_signal(kind: Kind, text: str, value: object) -> None:
    assert operand(signal(kind), text) == value


@pytest.mark.parametrize(
    ("name", "text", "spelling"),
    [
        ("geo.country", "de", "DE"),
        ("geo.country", "xk", "XK"),
        ("geo.region", "de-by", "DE-BY"),
        ("geo.time_zone", "Europe/Berlin", "Europe/Berlin"),
        ("device.class", "PHONE", "phone"),
        ("device.client", "Outlook", "Outlook"),
    ],
)
def test_words_take_the_spelling_that_their_signal_has(name: str, text: str, spelling: str) -> None:
    assert spelled(CATALOGUE[name], text) == spelling


@pytest.mark.parametrize(
    ("kind", "text", "code", "remedy"),
    [
        (Kind.NUMBER, "nan", "not-a-number", "write it in digits"),
        (Kind.NUMBER, "1e99", "not-a-number", "write it in digits"),
        (Kind.NUMBER, "1,5", "not-a-number", "write 1.5"),
        (Kind.NUMBER, "1_000", "not-a-number", "write 1000"),
        (Kind.NUMBER, "10 000", "not-a-number", "write 10000"),
        (Kind.NUMBER, "1.299,50", "not-a-number", "write 1299.50"),
        (Kind.NUMBER, "1,000,000.5", "not-a-number", "write 1000000.5"),
        (Kind.NUMBER, "0x10", "not-a-number", "write 16"),
        (Kind.NUMBER, "0b2", "not-a-number", "write it in digits"),
        (Kind.NUMBER, "36.5px", "not-a-number", "write 36.5"),
        (Kind.BOOLEAN, "no", "not-a-boolean", "write false"),
        (Kind.CLOCK, "25:00", "not-a-clock", "hours go from 0 to 23"),
        (Kind.DATE, "24.12.2026", "not-a-moment", "write 2026-12-24"),
        (Kind.DURATION, "soon", "not-a-duration", "45m"),
    ],
)
def test_what_is_no_such_scalar_is_refused_with_a_remedy(kind: Kind, text: str, code: str, remedy: str) -> None:
    with pytest.raises(Misread) as refused:
        operand(signal(kind), text)
    assert refused.value.code == code
    assert remedy in refused.value.remedy


def test_a_beginning_need_not_be_a_whole_value() -> None:
    assert beginning(signal(Kind.TEXT, "geo.country"), "D") == "d"
    assert beginning(signal(Kind.CHOICE, "x", "thunderstorm"), "Thunder") == "thunder"

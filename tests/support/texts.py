"""A small site's vocabulary, and short ways to compile and say its texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.authoring.liquid import Conventions, Mode, Text, TextTrouble, compile_text
from app.engine.signals import CATALOGUE, Kind
from app.engine.words import Bound, Fixed

NAMES: Mapping[str, Kind] = {
    **{name: CATALOGUE[name].kind for name in CATALOGUE},
    "param.first_name": Kind.TEXT,
    "param.tags": Kind.TEXT,
    "param.name": Kind.TEXT,
    "param.price": Kind.NUMBER,
    "param.limit": Kind.TEXT,
}
PARTS = ("greeting", "closing")
FIELDS = ("code", "price")
SITE = Conventions(("de", "en", "fr"), "Europe/Berlin", "EUR")
NBSP = "\u00a0"


def compiled(text: str, *, mode: Mode = "text", conventions: Conventions = SITE) -> Text:
    """The compiled text; its mistakes fail the test."""
    result = compile_text(
        text, names=NAMES, parts=PARTS, fields=FIELDS if mode == "link" else (), conventions=conventions, mode=mode
    )
    assert isinstance(result, Text), result
    return result


def troubles(text: str, *, mode: Mode = "text", conventions: Conventions = SITE) -> tuple[TextTrouble, ...]:
    """The mistakes in a text that has some."""
    result = compile_text(
        text, names=NAMES, parts=PARTS, fields=FIELDS if mode == "link" else (), conventions=conventions, mode=mode
    )
    assert not isinstance(result, Text), f"{text} compiles"
    return result


def said(text: str, known: Mapping[str, Any] = {}, *, language: str = "de", mode: Mode = "text") -> Any:
    """What the text says to a reader of this language, None where it gives way."""
    alternative = compiled(text, mode=mode).alternative
    if isinstance(alternative, Fixed):
        return alternative.value
    return alternative.produce({"open.language": language, "geo.time_zone": "Europe/Berlin", **known})


def bound(text: str, *, mode: Mode = "text", conventions: Conventions = SITE) -> Bound:
    """The bound alternative of a text that reads something."""
    alternative = compiled(text, mode=mode, conventions=conventions).alternative
    assert isinstance(alternative, Bound), f"{text} reads nothing"
    return alternative

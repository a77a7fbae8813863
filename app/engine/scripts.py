"""An outcome laid out for one language: what is settled beforehand, and what must still be said at each open.

Most of what editors write is fixed once the language is known. A script keeps those values ready, so that filling an
outcome costs only its bound texts; of an outcome without any, the whole answer is ready.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.engine.words import Alternative, Fixed, Words


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to be said: ready where `alternatives` is empty, else tried in order at each open."""

    ready: Any
    alternatives: tuple[Alternative, ...] = ()


Fields = tuple[tuple[str, Any], ...]
Captions = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Script:
    """All lines of an outcome in one language; each field with whether it is required.

    `settled` holds the fields, the captions and whether no required field is missing, where all of them are ready.
    """

    fields: tuple[tuple[str, bool, Line], ...]
    captions: tuple[tuple[int, Line], ...]
    link: Line
    alt: Line
    settled: tuple[Fields, Captions, bool] | None


def script(
    fields: Iterable[tuple[str, bool, tuple[Words, ...]]],
    captions: Mapping[int, Words],
    link: tuple[Words, ...],
    alt: tuple[Words, ...],
    language: str,
    settled: Mapping[str, Any],
) -> Script:
    """Lay out words; each comes with the words that stand in for it (a field's default), nearest first.

    `settled` are values that no open can change: the campaign and the rule. A text that reads nothing else is ready.
    """
    said = tuple((name, required, line(words, language, settled)) for name, required, words in fields)
    carried = tuple((layer, line((words,), language, settled)) for layer, words in captions.items())
    to, instead = line(link, language, settled), line(alt, language, settled)
    return Script(said, carried, to, instead, _settled(said, carried))


def _settled(
    fields: tuple[tuple[str, bool, Line], ...], captions: tuple[tuple[int, Line], ...]
) -> tuple[Fields, Captions, bool] | None:
    if any(one.alternatives for _, _, one in fields) or any(one.alternatives for _, one in captions):
        return None
    shown = tuple((name, one.ready) for name, _, one in fields if one.ready not in (None, ""))
    complete = not any(required and one.ready in (None, "") for _, required, one in fields)
    return shown, tuple((layer, one.ready) for layer, one in captions if one.ready is not None), complete


def line(candidates: tuple[Words, ...], language: str, settled: Mapping[str, Any]) -> Line:
    """The first alternative that can be said wins; what stands behind a fixed one is never reached."""
    alternatives: list[Alternative] = []
    for words in candidates:
        for written in words.in_language(language) if words.by_language else ():
            alternative = _folded(written, settled)
            alternatives.append(alternative)
            if isinstance(alternative, Fixed) and alternative.value is not None:
                if len(alternatives) == 1:
                    return Line(alternative.value)
                return Line(None, tuple(alternatives))
    return Line(None, tuple(alternatives))


def _folded(alternative: Alternative, settled: Mapping[str, Any]) -> Alternative:
    """A bound alternative that reads settled values only, as a fixed one."""
    if isinstance(alternative, Fixed) or alternative.parts or alternative.fields:
        return alternative
    if any(name not in settled for name in alternative.signals):
        return alternative
    return Fixed(alternative.produce(settled))


def asks_for_language(candidates: Iterable[Words]) -> bool:
    """Whether the language decides what is said."""
    return any(words.by_language and words.depends_on_language for words in candidates)

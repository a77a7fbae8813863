"""Saying a compiled text: known values in, the text out, remembered for the values that come again.

Total: what cannot be said gives way, whatever the values are. Moments and times of day count in whole minutes, since a
decision that shows one holds to the end of the minute.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

from liquid import BoundTemplate
from liquid.output import LimitedStringIO

from app.authoring.liquid.conventions import Conventions
from app.authoring.liquid.expressions import Saying
from app.authoring.liquid.values import LONGEST, MINUTE, UNKNOWN, received, spellings
from app.authoring.liquid.voice import Voice
from app.engine.rules import LANGUAGE
from app.engine.signals import Kind

REMEMBERED: Final = 512
"""Texts remembered for each template."""

_MOVING: Final = frozenset({Kind.CLOCK, Kind.MOMENT})


class Speech:
    """One template that can be said for any values.

    `kinds` are the names it reads, `spelled` those of them that are proper names compared with others; their spellings
    are no part of their equality, and so of what is remembered.
    """

    __slots__ = ("_conventions", "_kinds", "_plain", "_template", "produce")
    produce: Callable[[Mapping[str, Any]], str | None]

    def __init__(
        self,
        template: BoundTemplate,
        kinds: Mapping[str, Kind | None],
        spelled: tuple[str, ...],
        conventions: Conventions,
        *,
        plain: bool,
    ) -> None:
        self._template = template
        self._kinds = tuple(kinds.items())
        self._conventions = conventions
        self._plain = plain
        self.produce = _remembering(self._said, kinds, spelled)

    def _said(self, *values: Any) -> str | None:
        """The text for values in the order of the names, None for the unknown; None where it gives way."""
        try:
            return self._render(values)
        except Exception:  # the open path answers, whatever a template does
            return None

    def _render(self, values: tuple[Any, ...]) -> str | None:
        known: dict[str, object] = {}
        for (name, kind), value in zip(self._kinds, values, strict=False):
            if value is not None and (seen := received(value, kind)) is not UNKNOWN:
                known[name] = seen
        reader = self._conventions.reader(known.get(LANGUAGE), known.get("geo.time_zone"))
        voice = Voice(reader, plain=self._plain, currency=self._conventions.currency)
        context = Saying(self._template, known, voice)
        buffer = LimitedStringIO(limit=4 * LONGEST)
        for node in self._template.nodes:
            node.render(context, buffer)
        said = buffer.getvalue()
        return said if len(said) <= LONGEST else None


def _remembering(
    say: Callable[..., str | None], kinds: Mapping[str, Kind | None], spelled: tuple[str, ...]
) -> Callable[[Mapping[str, Any]], str | None]:
    """The call that the engine makes: typed, so that 1 and true stay apart; around the memory for what has no hash."""
    names = tuple(kinds)
    moving = tuple(place for place, kind in enumerate(kinds.values()) if kind in _MOVING)
    remembered = lru_cache(maxsize=REMEMBERED, typed=True)(say)

    def produce(known: Mapping[str, Any]) -> str | None:
        try:
            return remembered(*map(known.get, names))
        except TypeError:
            return say(*map(known.get, names))

    def produce_settled(known: Mapping[str, Any]) -> str | None:
        values: list[Any] = list(map(known.get, names))
        for place in moving:
            if values[place].__class__ in (float, int):
                values[place] = values[place] // MINUTE * MINUTE
        values += [spellings(known.get(name)) for name in spelled]
        try:
            return remembered(*values)
        except TypeError:
            return say(*values)

    return produce_settled if moving or spelled else produce

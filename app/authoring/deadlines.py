"""Countdowns: from the layer as written to the deadline that the engine says, with the instant at which it has passed.

It may tick only where `open.certain` says that this moment is the recipient looking; everybody else gets the same
deadline in words, which stays true however late a picture is seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Final, Self
from zoneinfo import ZoneInfo

from app.authoring.liquid.compile import ZONE
from app.authoring.liquid.conventions import Conventions
from app.authoring.operands import Moments
from app.engine.calendar import find_zone
from app.engine.deadlines import LIVE, Deadline
from app.engine.moving import Moment
from app.engine.rules import LANGUAGE
from app.engine.signals import Catalogue
from app.engine.words import ANY_LANGUAGE, Bound, Figure, Passing, Words

CERTAIN: Final = "open.certain"
NEAR_S: Final = 183 * 86_400.0
"""So long before it ends nobody takes it for that day of another year."""
LAST_ZONE: Final = timezone(timedelta(hours=-12))
"""Where a day ends last."""


@dataclass(frozen=True, slots=True)
class Countdown:
    """What one layer counts down to.

    `until` is a fixed moment, `field` else the field that has it; `hours` are added. With `local` each recipient
    reaches its wall-clock time in their own zone, and with `readers` it was read on their clock already, else on the
    site's. `ticks` says whether the picture can move at all.
    """

    until: Moment | None
    field: str | None
    local: bool
    readers: bool
    hours: float
    ticks: bool
    conventions: Conventions

    @classmethod
    def of(cls, layer: Any, moments: Moments, conventions: Conventions, *, ticks: bool) -> Self:
        """What a layer counts down to in a campaign with these moments; raises Misread where `until` is none."""
        return cls(
            until=None if layer.until is None else moments.read(layer.until, end=True),
            field=layer.field,
            local=layer.meaning == "local_midnight" or moments.recipient,
            readers=moments.recipient,
            hours=layer.hours or 0.0,
            ticks=ticks,
            conventions=conventions,
        )

    def words(self, catalogue: Catalogue) -> Words:
        """What the engine says: a `Passing` line of text, nothing where the field has no moment."""
        varies = (LANGUAGE,) if self.conventions.language_varies else ()
        wanted = (*varies, ZONE, *((CERTAIN,) if self.ticks else ()))
        signals = tuple(name for name in catalogue if name in wanted)
        fields = (self.field,) if self.field is not None else ()
        return Words({ANY_LANGUAGE: (Bound(signals, self.said, "countdown", fields=fields),)})

    def said(self, known: Mapping[str, Any]) -> Passing | None:
        """The deadline for somebody of whom this is known, with its year while it is far off; total.

        Where nobody knows their zone, that in which it is told is named.
        """
        language, zone = self.conventions.language(known.get(LANGUAGE)), known.get(ZONE)
        try:
            found = self._ends(known, zone)
        except (ValueError, OverflowError, OSError):  # beyond the calendar
            return None
        if found is None:
            return None
        at, ends = found
        live = LIVE if known.get(CERTAIN) is True and isinstance(ends, datetime) else ""
        told = Deadline(ends, language, "" if zone or not isinstance(ends, datetime) else self.conventions.time_zone)
        near = Passing(f"{live}{told}", at, str(Deadline(None, language)))
        return Passing(str(told._replace(dated=True)), at - NEAR_S, near)

    def _ends(self, known: Mapping[str, Any], zone: str | None) -> tuple[float, Any] | None:
        """The instant of the end, and how it is told; for a day whose zone nobody knows, when it is over everywhere."""
        reader = self.conventions.reader(None, zone)
        written = reader.zone if self.readers else ZoneInfo(self.conventions.time_zone)
        instant = self._instant(known, reader.zone)
        if instant is None:
            return None
        if not self.local or self._has_offset:
            return instant, datetime.fromtimestamp(instant, UTC).astimezone(reader.zone)
        wall = datetime.fromtimestamp(instant, UTC).astimezone(written).replace(tzinfo=None)
        if not zone:
            return wall.replace(tzinfo=LAST_ZONE).timestamp(), (wall - timedelta(microseconds=1)).date()
        there = wall.replace(tzinfo=reader.zone)
        return there.timestamp(), there

    @property
    def _has_offset(self) -> bool:
        """Whether times are the reader's own here, but the end names its offset: then it is one instant after all."""
        return self.readers and self.until is not None and not self.until.is_local

    def _instant(self, known: Mapping[str, Any], zone: ZoneInfo) -> float | None:
        if self.field is None:
            readers = find_zone(zone.key)
            assert self.until is not None and readers is not None, "a countdown has an end, and a reader's zone exists"
            return self.until.instant(readers)
        figure = known.get(self.field)
        return figure.value + 3600 * self.hours if isinstance(figure, Figure) else None

"""Readings from the visitor: `device.*`, `open.via`, `open.prefetch`, `open.machine`, `open.certain`.

What a proxy hides, what nobody looked at yet and what a client does not tell are unknown, each with its reason. The
readings of a visitor are one shared mapping, because only the visitor makes them; it is made anew once a minute, so
that `as_of` stays true.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

from app.engine.opens import Open
from app.engine.readings import Reading, Why, unknown
from app.sources.networks import hint
from app.sources.viewer import STRANGER, Viewer, identify

SOURCE: Final = "user agent"
"""Who says so; the string itself is never kept in a reading."""

FRESH_S: Final = 60
"""Seconds for which the readings of a visitor are handed out again; `as_of` is at most that much too early."""

REMEMBERED: Final = 4096
"""Different visitors whose readings are remembered."""


class MailViewers:
    """The door `app.ports.Viewers`: who fetches, from the request alone."""

    def __init__(self, apples: Callable[[str | None], bool | None] = lambda _: None) -> None:
        """`apples` says whether Apple lets people out at an address, None if it cannot tell."""
        self._apples = apples
        self._as_of = 0.0
        self._kept: dict[tuple[object, ...], Mapping[str, Reading]] = {}

    def read(self, opening: Open) -> Mapping[str, Reading]:
        """The visitor's readings; the mapping is shared and must not be changed."""
        as_of = opening.now // FRESH_S * FRESH_S
        if opening.referer:  # it may say where somebody reads; it is looked at in passing and kept nowhere
            return readings(self._viewer(opening), as_of)
        if as_of != self._as_of or len(self._kept) >= REMEMBERED:
            self._as_of, self._kept = as_of, {}
        # Of the address only a hash is kept, and that for a minute.
        key = (opening.user_agent, opening.requested_with, hash(opening.address))
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = readings(self._viewer(opening), as_of)
        return found

    def _viewer(self, opening: Open) -> Viewer:
        return identify(
            opening.user_agent,
            requested_with=opening.requested_with,
            referer=opening.referer,
            network=hint(opening.address),
            apples=self._apples(opening.address),
        )


def readings(viewer: Viewer, now: float) -> Mapping[str, Reading]:
    """A visitor's readings at `now` (epoch seconds); they hold forever, since no request changes its sender."""
    return _readings(viewer, now // FRESH_S * FRESH_S)


@lru_cache(maxsize=REMEMBERED)
def _readings(viewer: Viewer, as_of: float) -> Mapping[str, Reading]:
    why = _why(viewer)
    values: dict[str, Any] = {
        "device.class": viewer.device_class,
        "device.os": viewer.os,
        "device.os_version": viewer.os_version,
        "device.client": viewer.client,
        "device.pixel_ratio": viewer.pixel_ratio,
        "device.animates": viewer.animates,
        "open.via": viewer.via,
        "open.prefetch": viewer.prefetch,
        "open.machine": viewer.machine,
        "open.certain": viewer.certain,
    }
    return {
        name: unknown(name, why, as_of=as_of, source=SOURCE)
        if value is None
        else Reading(name, value, as_of, source=SOURCE)
        for name, value in values.items()
    }


def _why(viewer: Viewer) -> Why:
    """Why what is missing is missing."""
    if viewer.prefetch or viewer.machine:
        return Why.PREFETCHED
    return Why.HIDDEN_BY_PROXY if viewer.hidden and viewer is not STRANGER else Why.NOT_RECOGNISED

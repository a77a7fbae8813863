"""Readings from the URL: `param.*` as the placeholder declares them, `open.campaign`, `open.mailing`, `open.channel`.

Only declared parameters are read. A value that does not fit its declaration reads as if it were not there: the default
where one is declared, else unknown with the reason; operators are told how often. Nothing here looks at the address or
the client.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.engine.opens import Open
from app.engine.params import Param
from app.engine.readings import Reading, Why, unknown
from app.engine.signals import CHANNELS
from app.ports import Tally

URL: Final = "url"
DEFAULT: Final = "default"

FRESH_S: Final = 60
"""Seconds for which the readings of a URL are handed out again; their `as_of` is at most that much too early."""

REMEMBERED: Final = 2048
"""Different URLs remembered for a placeholder; then all are forgotten."""

MAILING: Final = "m"
"""The query parameter of the sending platform's own id of the send."""


class UrlLinks:
    """The door `app.ports.Links`: what the URL says to one placeholder, which declares `params`."""

    def __init__(self, params: tuple[Param, ...], tally: Tally | None = None) -> None:
        self._params = params
        self._tally = tally
        self._names = tuple(param.name for param in params)
        self._as_of = 0.0
        self._kept: dict[tuple[object, ...], Mapping[str, Reading]] = {}

    def read(self, opening: Open) -> Mapping[str, Reading]:
        """The opening's own words and the declared parameters; the mapping is shared and must not be changed."""
        as_of = opening.now // FRESH_S * FRESH_S
        if as_of != self._as_of or len(self._kept) >= REMEMBERED:
            self._as_of, self._kept = as_of, {}
        said = map(opening.params.get, self._names)
        key = (opening.campaign, opening.mailing, opening.channel, opening.unrendered, opening.signed, *said)
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = self._readings(opening, as_of)
        return found

    def _readings(self, opening: Open, as_of: float) -> Mapping[str, Reading]:
        readings = dict(_words(opening, as_of))
        for param in self._params:
            readings[f"param.{param.name}"] = self._reading(param, opening, as_of)
        return readings

    def _reading(self, param: Param, opening: Open, as_of: float) -> Reading:
        """One parameter: its value from the URL, else its default, else why it is unknown."""
        signal = f"param.{param.name}"
        text = opening.params.get(param.name)
        value = param.read(text, signed=param.name in opening.signed) if text else None
        if value is not None:
            return Reading(signal, value, as_of, source=URL)
        if text and self._tally is not None:
            self._tally.count("refused_params", placeholder=opening.placeholder)
        if param.default is not None:
            return Reading(signal, param.default, as_of, source=DEFAULT)
        why = Why.UNRENDERED_TAG if param.name in opening.unrendered else Why.NOT_IN_URL
        return unknown(signal, why, as_of=as_of, source=URL)


def _words(opening: Open, as_of: float) -> Mapping[str, Reading]:
    """What all opens of one mailing share."""
    why = Why.UNRENDERED_TAG if MAILING in opening.unrendered else Why.NOT_IN_URL
    channel = opening.channel if opening.channel in CHANNELS else CHANNELS[0]
    return {
        "open.campaign": Reading("open.campaign", opening.campaign, as_of, source=URL)
        if opening.campaign
        else unknown("open.campaign", Why.NOT_IN_URL, as_of=as_of, source=URL),
        "open.mailing": Reading("open.mailing", opening.mailing, as_of, source=URL)
        if opening.mailing
        else unknown("open.mailing", why, as_of=as_of, source=URL),
        "open.channel": Reading("open.channel", channel, as_of, source=URL),
    }

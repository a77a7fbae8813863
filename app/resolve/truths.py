"""One mail, one truth: for some minutes the pictures of a mail agree on where, when and under which sky it is opened.

A mail client asks for the pictures of a mail one after the other, over several connections. Between two of them the
morning may end, the weather be told anew, a phone change its network; the mail would contradict itself. So what the
first picture was told of these holds for the others. It is kept in this process alone and never written down: where
somebody is must not be remembered. Phases, the times of rules and countdowns know no such mercy: what is over, is over.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from cachetools import TTLCache

from app.engine.opens import Open
from app.ports import Readings
from app.resolve.served import VIA

FOR_S: Final = 180.0
"""How long the others are held to the first, in seconds."""

ROOM: Final = 4096
"""Mails that are held to it at once; beyond, the oldest are free."""

OF_THE_NETWORK: Final = frozenset({"edge", "ip"})
"""Who may tell another place at every request. What a URL or a profile tells is told the same each time."""


@dataclass(slots=True)
class Truth:
    """What the first picture of a mail was told: the instant for clocks, the place, the weather once it is known."""

    clock: float
    place: Readings
    sky: Readings | None = None

    def is_at(self, readings: Readings) -> bool:
        """Whether these are of its very place; the URL of another picture may name another."""
        return readings["geo.latitude"] is self.place["geo.latitude"]


class Truths:
    """The truths of mails. `timer` tells epoch seconds."""

    def __init__(self, timer: Callable[[], float]) -> None:
        self._truths: TTLCache[tuple[str, str, object], Truth] = TTLCache(ROOM, FOR_S, timer=timer)

    def place(self, opening: Open, viewer: Readings, place: Readings) -> Readings:
        """The place of the mail, which is this one if its picture is the first, or if it is not the network's to tell.

        A `viewer` of another kind, such as a proxy, has a truth of its own.
        """
        if not _is_of_a_mail(opening):
            return place
        key = opening.mailing, opening.recipient, viewer[VIA].value
        truth = self._truths.get(key)
        if truth is None:
            self._truths[key] = Truth(opening.now, place)
            return place
        return truth.place if _of_the_network(place) and _of_the_network(truth.place) else place

    def find(self, opening: Open, readings: Readings) -> Truth | None:
        """The truth of the mail, once a picture of it was placed; `readings` tell the viewer."""
        if not _is_of_a_mail(opening):
            return None
        return self._truths.get((opening.mailing, opening.recipient, readings[VIA].value))


def _is_of_a_mail(opening: Open) -> bool:
    return bool(opening.mailing and opening.recipient) and not opening.pinned


def _of_the_network(place: Readings) -> bool:
    return place["geo.source"].value in OF_THE_NETWORK

"""One opening: what the request said, before anything is made of it.

An `Open` is made by the web layer (or by the command line, the studio, a test) and is all that sources may look at.
Address and user agent live here, in memory, for the length of one request; nothing may store or log them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from app.engine.readings import Reading

NOTHING: Mapping[str, str] = {}
NO_PINS: Mapping[str, Reading] = {}
NONE_SIGNED: frozenset[str] = frozenset()


class Keyed(Enum):
    """What a shared cache in front, if there is one, keys the answer to an opening on."""

    URL = "the whole URL, as caches do"
    VARIANT = "what the opening was made of, and nothing else"
    ASTRAY = "something else than what is served now rests on"


@dataclass(slots=True)
class Open:
    """One opening of one placeholder by one recipient at one instant.

    `now` is in seconds since the epoch. `params` are the decoded query parameters, unrendered merge tags already left
    out and named in `unrendered`. `address` is the reader's own address behind trusted proxies (None if it is not
    known), `place` what a trusted CDN said of the place (keys `country`, `region`, `city`, `latitude`, `longitude`,
    `postal_code`, `time_zone`, `continent`). `pinned` readings override every source (`--set`, `--at`, examples).
    `vouched` says that a valid token named mailing and recipient, and not just anybody's URL; `signed` are the
    parameters whose values it carried. What a `test_send` shows is told of nowhere, and counts for nothing. `keyed`
    says what a cache in front keeps the answer by.
    Nobody changes an opening; it is not frozen because one is made for every request, and that would take longer.
    """

    placeholder: str
    now: float
    campaign: str = ""
    mailing: str = ""
    recipient: str = ""
    channel: str = "mail"
    params: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    unrendered: frozenset[str] = frozenset()
    address: str | None = None
    user_agent: str = ""
    requested_with: str = ""
    referer: str = ""
    place: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    pinned: Mapping[str, Reading] = field(default_factory=lambda: NO_PINS)
    vouched: bool = False
    signed: frozenset[str] = NONE_SIGNED
    test_send: bool = False
    keyed: Keyed = Keyed.URL

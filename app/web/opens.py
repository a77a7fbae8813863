"""From a request to an `Open`: the only place where a request meets the clock.

One pass over the headers; what is too long reads as absent. Nothing here can fail on what a client sends.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app.engine.opens import Open
from app.engine.signals import CHANNELS
from app.ports import Tally
from app.web.asgi import Scope
from app.web.fence import Fence
from app.web.querystring import Query, parse

LONGEST: Final = 512
"""Characters of a header worth reading; real user agents are shorter, and longer ones cost time to classify."""

IDENTIFIER: Final = 200
"""Characters of a recipient or mailing id; longer ones read as absent."""


class Opens:
    """Makes openings from requests, for one set of trusted proxies."""

    def __init__(self, fence: Fence, clock: Callable[[], float], tally: Tally) -> None:
        self._fence = fence
        self._clock = clock
        self._tally = tally

    def open(self, scope: Scope, placeholder: str) -> Open:
        """The opening of `placeholder` that this request is."""
        query = parse(scope["query_string"])
        for family in query.unrendered.values():
            self._tally.count("unrendered_tags", family=family)
        user_agent = requested_with = referer = ""
        for key, value in scope["headers"]:
            if key == b"user-agent":
                user_agent = _text(value)
            elif key == b"referer":
                referer = _text(value)
            elif key == b"x-requested-with":
                requested_with = _text(value)
        client = scope.get("client")
        address, place = self._fence.reader(client[0] if client else None, scope["headers"])
        values = query.values
        channel = values.get("ch", CHANNELS[0])
        return Open(
            placeholder=placeholder,
            now=self._clock(),
            campaign=_identifier(query, "c"),
            mailing=_identifier(query, "m"),
            recipient=_identifier(query, "r"),
            channel=channel if channel in CHANNELS else CHANNELS[0],
            params=values,
            unrendered=frozenset(query.unrendered),
            address=address,
            user_agent=user_agent,
            requested_with=requested_with,
            referer=referer,
            place=place,
        )


def _identifier(query: Query, name: str) -> str:
    value = query.values.get(name, "")
    return value if len(value) <= IDENTIFIER else ""


def _text(value: bytes) -> str:
    return value[:LONGEST].decode("latin-1")

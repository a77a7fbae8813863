"""From a request to an `Open`: the only place where a request meets the clock.

What is too long reads as absent, and a token decides what of the rest is believed. Nothing here can fail on what a
client sends.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from typing import Final

from app.edge.keys import CITY, COUNTRY, REGION, VARIANT, VISITOR, VOUCHER
from app.edge.visitors import example_of
from app.engine.opens import Keyed, Open
from app.engine.params import tidy
from app.engine.signals import CHANNELS
from app.ports import Tally
from app.recipients.ids import IDENTIFIER
from app.serving.shown import Shown
from app.tokens import TOKEN
from app.web.asgi import Scope
from app.web.fence import Fence
from app.web.mergetags import MergeTags
from app.web.querystring import parse
from app.web.vouching import UNVOUCHED, Vouching

LONGEST: Final = 512
"""Characters of a header worth reading; real user agents are shorter, and longer ones cost time to classify."""

AGENT, APP, REFERER = b"user-agent", b"x-requested-with", b"referer"
VARIED, VOUCHED = VARIANT.lower().encode(), VOUCHER.lower().encode()
PLACES: Final = {COUNTRY: "country", REGION: "region", CITY: "city"}
MAIL: Final = CHANNELS[0]
NO_TAGS: Final[frozenset[str]] = frozenset()


class Opens:
    """Makes openings from requests, for one set of trusted proxies."""

    def __init__(
        self, fence: Fence, clock: Callable[[], float], vouching: Vouching, merge_tags: MergeTags, tally: Tally
    ) -> None:
        self._fence = fence
        self._clock = clock
        self._vouching = vouching
        self._merge_tags = merge_tags
        self._tally = tally

    def open(self, scope: Scope, placeholder: str, by_name: Mapping[bytes, bytes]) -> Open:
        """The opening of `placeholder` that this request is; `by_name` are its headers, of equal ones the last."""
        plain, tags = parse(scope["query_string"])
        said, signed, vouched, test_send = self._vouching.hear(plain) if TOKEN in plain else (plain, *UNVOUCHED)
        if tags and not test_send:
            self._merge_tags.found(said.get("m", ""), tags.values())
        client = scope.get("client")
        address, place = self._fence.reader(client[0] if client else None, scope["headers"], by_name)
        return Open(
            placeholder,
            self._clock(),
            _identifier(said, "c") if "c" in said else "",
            _identifier(said, "m") if "m" in said else "",
            _identifier(said, "r") if "r" in said else "",
            said["ch"] if said.get("ch") in CHANNELS else MAIL,
            said,
            frozenset(tags) if tags else NO_TAGS,
            address,
            _text(by_name[AGENT]) if AGENT in by_name else "",
            _text(by_name[APP]) if APP in by_name else "",
            _text(by_name[REFERER]) if REFERER in by_name else "",
            place,
            vouched=vouched,
            signed=signed,
            test_send=test_send,
        )

    def of_variant(self, scope: Scope, shown: Shown, by_name: Mapping[bytes, bytes]) -> Open:
        """The opening of a request that says by which variant its cache keeps the answer.

        Where it may be shared and the variant is vouched for, it is made of that alone: what the cache cannot tell
        apart, the answer must not know. Where not, and where there is a token, which no cache understands, it is the
        opening of this one request, which no cache may keep; and what a stranger says is not heard.
        """
        opening = self.open(scope, shown.name, by_name)
        client = scope.get("client")
        if not self._fence.trusts(client[0] if client else None):
            return opening
        vouched = shown.voucher is not None and hmac.compare_digest(by_name[VOUCHED], shown.voucher)
        plain, _ = parse(scope["query_string"])
        keyed = vouched and VARIED in by_name and TOKEN not in plain
        variant = _of(by_name[VARIED], opening) if keyed else None
        if variant is None or not shown.sharing(variant.campaign).shareable:
            self._tally.count("cdn_astray", placeholder=shown.name)
            opening.keyed = Keyed.ASTRAY
            return opening
        return variant


def _of(variant: bytes, opening: Open) -> Open | None:
    """The opening that a variant stands for; None where it names a class of visitors that there is not."""
    said, tags = parse(variant)
    visitor = said.get(VISITOR)
    agent = example_of(visitor) if visitor is not None else ""
    if agent is None:
        return None
    return Open(
        opening.placeholder,
        opening.now,
        _identifier(said, "c") if "c" in said else "",
        _identifier(said, "m") if "m" in said else "",
        channel=said["ch"] if said.get("ch") in CHANNELS else MAIL,
        params=said,
        unrendered=frozenset(tags) if tags else NO_TAGS,
        user_agent=agent,
        place={word: said[name] for name, word in PLACES.items() if name in said},
        keyed=Keyed.VARIANT,
    )


def _identifier(said: Mapping[str, str], name: str) -> str:
    """The id as the API would take it: a blank behind it in a template must not make somebody else of its recipient."""
    value = tidy(said[name]) or ""
    return value if len(value) <= IDENTIFIER else ""


def _text(value: bytes) -> str:
    return value[:LONGEST].decode("latin-1")

"""Ids of events in Redis: each is claimed before a page says that it is there.

An id and the page of its event are in different slots of a cluster, and no script reaches both. So an id has a key of
its own, which holds the very entry that stands on the page, and ends with it. Neither tells anything: both are hashes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from hashlib import blake2b
from typing import Any, Final, NamedTuple, Self

from app.stores.naming import EVENT
from app.stores.pages import Found
from app.stores.redis import entries, scripts
from app.stores.redis.clients import Client, together
from app.stores.retention import Moment

KEY: Final = "onopen:id:%s"

FREE: Final = b""
"""What an id's key holds that nobody has claimed."""


class Claim(NamedTuple):
    """What the key of an id held when it was looked at, what it shall hold if it still does, and the end of the key."""

    name: str
    seen: bytes
    wanted: bytes = FREE
    end: int = 0

    @classmethod
    def of(cls, name: str, seen: bytes, wanted: bytes, now: Moment) -> Self:
        """The claim for an entry; the key ends when the entry is over by what is set now."""
        return cls(name, seen, wanted, math.ceil(entries.unpacked(wanted).until + now.at - now.of(name)))

    @property
    def command(self) -> tuple[Any, ...]:
        """Answers whether it holds what it shall."""
        return "EVAL", scripts.CLAIM_ID, 1, _key(self.name), self.seen, self.wanted, self.end

    @property
    def given_back(self) -> Claim:
        """The claim that undoes this one, unless somebody else has claimed since."""
        return Claim(self.name, self.wanted, self.seen, self.end)


def looking(name: str) -> tuple[Any, ...]:
    """The command that reads what the key of an id holds."""
    return "GET", _key(name)


async def free(client: Client, pages: Iterable[Found]) -> None:
    """Let go of the ids of these pages, so that anybody may have them; raises what the client raises."""
    digests = {name: digest for page in pages for name, digest in page.items() if name.startswith(EVENT)}
    raws = await together(client, [looking(name) for name in digests])
    claims = [
        Claim(name, raw)
        for (name, digest), raw in zip(digests.items(), raws, strict=True)
        if raw and entries.unpacked(raw).value == digest
    ]
    await together(client, [claim.command for claim in claims])


def _key(name: str) -> str:
    return KEY % blake2b(name.encode(), digest_size=16).hexdigest()

"""What is told apart by its id: an id is one event's of all, on whichever page that stands, for as long as it is kept.

Whoever sends an id again means the same event again. Anything else is a mistake of the sender's, which only the sender
can mend: so nothing that came with it is written, and they are told which it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from app.errors import Clash


class Identity(NamedTuple):
    """The entry that an id is, and its value: a digest of all that has to be the same when it comes again."""

    name: str
    digest: bytes


def refuse_clashes(identities: Mapping[int, Identity], held: Mapping[str, bytes]) -> None:
    """Let nobody have an id that is `held` by something else, or that something else before them asked for.

    `identities` by position, in their order; digests by name. Raises Clash: without those that it names there is none.
    """
    holders = dict(held)
    clashing = [at for at, (name, digest) in identities.items() if holders.setdefault(name, digest) != digest]
    if clashing:
        raise Clash(clashing)

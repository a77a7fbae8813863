"""The proof that a form was shown by this server to who holds a recipient's link, so that no other site can post it."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from hashlib import sha256
from typing import Final

from app.keyring import Keyring

PURPOSE: Final = "consent form"
HOLDS_S: Final = 3600
"""How long a form may lie open, in seconds."""


class Seals:
    """Seals forms for recipients. `clock` tells epoch seconds."""

    def __init__(self, keyring: Keyring, clock: Callable[[], float]) -> None:
        self._keyring = keyring
        self._clock = clock

    def seal(self, recipient: str) -> str:
        """What a form carries that was shown to a recipient now."""
        until = f"{int(self._clock()) + HOLDS_S:x}"
        return f"{until}.{_mac(self._keyring.key.for_purpose(PURPOSE), until, recipient)}"

    def holds(self, seal: str, recipient: str) -> bool:
        """Whether a form was shown to this recipient, and not too long ago."""
        until, _, mac = seal.partition(".")
        macs = (_mac(key.for_purpose(PURPOSE), until, recipient) for key in self._keyring.keys)
        known = [hmac.compare_digest(one.encode(), mac.encode()) for one in macs]
        return any(known) and int(until, 16) > self._clock()


def _mac(secret: bytes, until: str, recipient: str) -> str:
    return hmac.digest(secret, f"{until} {recipient}".encode("utf-8", "surrogatepass"), sha256).hex()

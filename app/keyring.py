"""The secret keys of an installation: what signs, and what makes ids unreadable in the store.

One key is in use, and one before it is still believed, so that keys can be changed while mails are under way. Where the
operator sets none, a key is made once and kept in the state directory: enough for one machine, not for several.
"""

from __future__ import annotations

import hmac
import os
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from tempfile import NamedTemporaryFile
from typing import Final

KEY_FILE: Final = "secret.key"


@dataclass(frozen=True, slots=True)
class Key:
    """One secret key. `id` tells it from others, and nothing about it."""

    id: str
    secret: bytes

    @classmethod
    def of(cls, secret: str) -> Key:
        """The key of a secret."""
        octets = secret.encode()
        return cls(_mac(octets, "id").hex()[:8], octets)

    def for_purpose(self, purpose: str) -> bytes:
        """The 32 bytes that are used for one purpose, from which those for another cannot be told."""
        return _mac(self.secret, f"purpose {purpose}")


@dataclass(frozen=True, slots=True)
class Keyring:
    """The key in use, and after it those that are still believed."""

    keys: tuple[Key, ...]

    @property
    def key(self) -> Key:
        """The key in use."""
        return self.keys[0]

    def find(self, id: str) -> Key | None:
        """The key of that id, if it is still believed."""
        return next((key for key in self.keys if key.id == id), None)


def keyring_of(secret: str | None, before: str | None, state: Path) -> Keyring:
    """The keys that an operator set, or the one that is kept in the state directory.

    Where that cannot be written to, the key lives as long as the process.
    """
    found = secret or _kept(state / KEY_FILE)
    return Keyring((Key.of(found), *((Key.of(before),) if before else ())))


def _kept(file: Path) -> str:
    """The secret in a file, made by whichever process comes first; readable by its user only."""
    with suppress(OSError):
        if not file.exists():
            with NamedTemporaryFile("w", dir=file.parent, prefix=f".{file.name}", delete=False) as made:
                made.write(token_hex(32))
            with suppress(FileExistsError):
                os.link(made.name, file)
            Path(made.name).unlink()
        if secret := file.read_text("utf-8").strip():
            return secret
    return token_hex(32)


def _mac(secret: bytes, words: str) -> bytes:
    return hmac.digest(secret, f"onopen {words}".encode(), sha256)

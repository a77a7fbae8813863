"""Tokens: what `t=` in a URL vouches for, made with a secret key and believed until an instant.

A token has one of three forms. *Carried*, it holds the URL's parameters itself, mailing and recipient among them; a
*test send* is the same for the eyes of its sender. *Detached*, it signs the `m=` and `r=` that stand beside it, for
sending platforms that can compute an HMAC but carry nothing. What is signed is never a spelling but what was understood
of one: a token is valid if, letter for letter, the key would have made it for what it says, so every other spelling is
refused.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from enum import Enum
from hashlib import sha256
from typing import Final, NamedTuple

from app.keyring import Key, Keyring

MAILING, RECIPIENT, TOKEN = "m", "r", "t"
"""The parameters of a URL that name the send, the recipient, and the token."""

CARRIED, TEST, DETACHED = "1c", "1t", "1d"
"""The forms, each with the version of what it means."""

PARTS: Final = {CARRIED: 4, TEST: 4, DETACHED: 3}
"""What stands behind a form: the key's id, the end, the parameters if it carries them, the signature."""

LONGEST: Final = 1000
"""Characters of a token; of a longer one no server reads anything."""

MAC_BYTES: Final = 16
"""Of the signature in a token that carries; a detached one has all 32 bytes, since that is what platforms compute."""


class Refused(Enum):
    """Why a token vouches for nothing."""

    MALFORMED = "malformed"
    FORGED = "forged"
    EXPIRED = "expired"


class Token(NamedTuple):
    """What a token says: parameters of the URL by name, and until when it says so, in whole seconds since 1970."""

    parameters: Mapping[str, str]
    until: int
    form: str = CARRIED


class Tokens:
    """Makes tokens with the key in use, and reads those of every key that is still believed."""

    def __init__(self, keyring: Keyring) -> None:
        self._id = keyring.key.id
        self._secrets = {key.id: key.for_purpose("token") for key in keyring.keys}
        self._platforms = {key.id: platform_secret(key).encode() for key in keyring.keys}

    def made(self, token: Token) -> str:
        """The token as it stands in a URL. Raises ValueError, with a remedy, where it would not be read there."""
        for name, value in token.parameters.items():
            if "\n" in value:
                raise ValueError(f"{name} has a line break; take it out")
        spelled = self._spelled(token, self._id)
        if len(spelled) > LONGEST:
            raise ValueError(f"the token has {len(spelled)} characters, and {LONGEST} are read; shorten the values")
        return spelled

    def read(self, text: str, beside: Mapping[str, str], now: float) -> Token | Refused:
        """What a token vouches for at `now` (seconds since 1970); `beside` are the URL's own parameters. Total."""
        form, *parts = text.split(".")
        if len(parts) != PARTS.get(form) or len(text) > LONGEST or not (text.isascii() and parts[1].isdecimal()):
            return Refused.MALFORMED
        key, until = parts[0], int(parts[1])
        if key not in self._secrets:
            return Refused.FORGED
        parameters = _named(beside) if form == DETACHED else _unpacked(parts[2])
        if parameters is None:
            return Refused.MALFORMED
        token = Token(parameters, until, form)
        if not hmac.compare_digest(self._spelled(token, key), text):
            return Refused.FORGED
        return token if now < token.until else Refused.EXPIRED

    def _spelled(self, token: Token, key: str) -> str:
        head = f"{token.form}.{key}.{token.until}"
        if token.form == DETACHED:
            return f"{head}.{hmac.digest(self._platforms[key], signed_text(token, key), sha256).hex()}"
        lines = [f"{name}={value}" for name, value in sorted(token.parameters.items())]
        mac = hmac.digest(self._secrets[key], _text(token, key, lines), sha256)[:MAC_BYTES]
        return f"{head}.{_letters(_octets(lines))}.{_letters(mac)}"


def platform_secret(key: Key) -> str:
    """What a sending platform signs with, as the text that it is given. It makes detached tokens and nothing else."""
    return key.for_purpose("detached token").hex()


def signed_text(token: Token, key: str) -> bytes:
    """What a sending platform signs: six lines, the last without an end."""
    return _text(token, key, [token.parameters[MAILING], token.parameters[RECIPIENT]])


def _text(token: Token, key: str, lines: list[str]) -> bytes:
    return _octets(["onopen", token.form, key, str(token.until), *lines])


def _octets(lines: list[str]) -> bytes:
    return "\n".join(lines).encode()


def _letters(octets: bytes) -> str:
    return urlsafe_b64encode(octets).decode("ascii").rstrip("=")


def _named(beside: Mapping[str, str]) -> dict[str, str] | None:
    """Whom the URL names in plain; None where a line break could make two lines of one name."""
    named = {name: beside.get(name, "") for name in (MAILING, RECIPIENT)}
    return None if any("\n" in value for value in named.values()) else named


def _unpacked(packed: str) -> dict[str, str] | None:
    try:
        lines = urlsafe_b64decode(packed + "=" * (-len(packed) % 4)).decode().split("\n")
    except ValueError:
        return None
    pairs = [line.partition("=") for line in lines if line]
    return {name: value for name, _, value in pairs}

"""Where a redirect leads, as a header can carry it."""

from __future__ import annotations

from contextlib import suppress
from typing import Final
from urllib.parse import quote

SAFE: Final = "/?#[]@!$&'()*+,;=:%~-._"


def ascii_url(url: str) -> str:
    """A URL in ASCII: letters beyond it percent-encoded, those of the host as IDNA."""
    scheme, mark, rest = url.partition("://")
    end = next((place for place, letter in enumerate(rest) if letter in "/?#"), len(rest))
    host = rest[:end]
    with suppress(UnicodeError):
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    return f"{scheme}{mark}{host}{quote(rest[end:], safe=SAFE)}".encode("ascii", "ignore").decode("ascii")

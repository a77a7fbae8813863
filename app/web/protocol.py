"""HTTP as mails speak it: uvicorn's protocol, that also reads requests which no browser would send.

Raw letters beyond ASCII, blanks, control characters and addresses of any length come out of templates, proxies and
mail clients; the parser below refuses them, and a refusal would be a broken picture. What it refuses below `/i/`,
`/l/` and `/why/` is mended and read again, once its head is complete, and answered for the last time on that
connection.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote_from_bytes

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LONGEST: Final = 32_768
"""Bytes of an address that are read; the parser takes 65,535, and no query worth reading is as long."""

LONGEST_HEAD: Final = 262_144
"""Bytes of a head that is waited for when something in it must be mended."""

OURS: Final = (b"/i/", b"/l/", b"/why/")
SAFE: Final = "/?#[]@!$&'()*+,;=:%~"

_HEAD_END: Final = re.compile(rb"\r?\n\r?\n")
_REQUEST_LINE: Final = re.compile(rb"\s*(GET|HEAD)[ \t]+(.*?)(?:[ \t]+HTTP/[\d.]+)?\s*\Z", re.IGNORECASE | re.DOTALL)
_BEGINNING: Final = re.compile(rb"\s*(?:G?\Z|GE\Z|GET|H\Z|HE\Z|HEA\Z|HEAD)", re.IGNORECASE)
_ORIGIN: Final = re.compile(rb"https?://[^/?#]*", re.IGNORECASE)
_NAME: Final = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_UNHEARD: Final = bytes({*range(32), 127} - {9})
_FRAMING: Final = frozenset({b"connection", b"content-length", b"expect", b"transfer-encoding", b"upgrade"})
"""Headers about the connection and the body; a mended request has no body, and ends the connection."""


class MailProtocol(HttpToolsProtocol):
    """One connection."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """As uvicorn makes it."""
        super().__init__(*args, **kwargs)
        self._heard = b""
        """What came since nothing was being read: the request in progress, and whole ones in front of it."""
        self._before = 0
        """How many whole requests stand in front."""
        self._reading = False
        self._answers = False
        self._refusal = ""
        """What uvicorn would say of the request that is being mended."""

    def data_received(self, data: bytes) -> None:
        """Bytes from the client."""
        self._heard = self._heard + data if self._heard else data
        if self._refusal:
            self._mend()
            return
        super().data_received(data)
        if not self._reading and not self._refusal:
            self._heard, self._before = b"", 0
        elif len(self._heard) > LONGEST_HEAD:
            self._heard = self._heard[:LONGEST_HEAD]

    def on_message_begin(self) -> None:
        """The first letter of a request."""
        self._reading, self._answers = True, False
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """A request whose head has been read."""
        if len(self.url) > LONGEST or not self.url.isascii():
            self.url = _tamed(self.url)
        super().on_headers_complete()
        self._answers = True

    def on_message_complete(self) -> None:
        """The last letter of a request."""
        self._reading = False
        self._before += 1
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """What the parser refuses: mended where it asks for a picture or a link."""
        busy = self.cycle is not None and not self.cycle.response_complete
        if busy:  # what is being answered is not spoilt by what came after it
            self.cycle.keep_alive = False
        elif self._reading and self._answers:  # a broken body behind a request that has its answer
            self.transport.close()
        else:
            self._refusal = msg
            self._mend()

    def _mend(self) -> None:
        """Read the refused request again, as soon as all of its head is there."""
        rest = self._heard
        for _ in range(self._before):
            rest = rest[_end_of_head(rest) :]
        end = _end_of_head(rest)
        if not end and len(rest) < LONGEST_HEAD and _BEGINNING.match(rest):
            return
        request = _mended(rest[:end] if end else rest[:LONGEST_HEAD])
        if request is None:
            super().send_400_response(self._refusal)
            return
        self._heard, self._before, self._refusal, self._reading = b"", 0, "", False
        self.parser = httptools.HttpRequestParser(self)
        super().data_received(request)


def _end_of_head(heard: bytes) -> int:
    """Where the first request's head ends, 0 if it does not."""
    found = _HEAD_END.search(heard)
    return found.end() if found else 0


def _tamed(url: bytes) -> bytes:
    """An address that the parser takes: not too long, and percent-encoded where it is not ASCII."""
    return quote_from_bytes(url[:LONGEST], safe=SAFE).encode("ascii")[: 2 * LONGEST - 1]


def _mended(head: bytes) -> bytes | None:
    """The request for a picture or link that this head means, or None if it means none."""
    first, _, others = head.lstrip().partition(b"\n")
    asked = _REQUEST_LINE.match(first)
    target = _ORIGIN.sub(b"", asked[2], count=1) if asked else b""
    if asked is None or not target.startswith(OURS):
        return None
    line = b"%s %s HTTP/1.1\r\n" % (asked[1].upper(), _tamed(target))
    return b"".join((line, *_headers(others), b"connection: close\r\n\r\n"))


def _headers(lines: bytes) -> Iterator[bytes]:
    """The header lines that can be read, without what no header may hold."""
    for line in lines.split(b"\n"):
        name, colon, value = line.partition(b":")
        if colon and _NAME.fullmatch(name) and name.lower() not in _FRAMING:
            yield b"%s: %s\r\n" % (name, value.translate(None, _UNHEARD).strip())

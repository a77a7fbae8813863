"""HTTP as mails speak it: uvicorn's protocol, that also reads request lines which no browser would send.

Raw letters beyond ASCII, blanks and addresses of any length come out of templates; the parser below refuses them, and a
refusal would be a broken picture. Of what cannot be read at all below `/i/` and `/l/`, the first line alone is
answered, without the headers and for the last time on that connection.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote_from_bytes

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LONGEST: Final = 32_768
"""Bytes of an address that are read; the parser takes 65,535, and no query worth reading is as long."""

OURS: Final = (b"/i/", b"/l/")
METHODS: Final = (b"GET", b"HEAD")
SAFE: Final = "/?#[]@!$&'()*+,;=:%~"


class MailProtocol(HttpToolsProtocol):
    """One connection."""

    _heard = b""
    """What came first, until the first request has been read."""

    def data_received(self, data: bytes) -> None:
        """Bytes from the client."""
        if self.cycle is None and not self._heard:
            self._heard = data[:LONGEST]
        super().data_received(data)

    def on_headers_complete(self) -> None:
        """A request whose head has been read."""
        if len(self.url) > LONGEST or not self.url.isascii():
            self.url = _tamed(self.url)
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        """What is not HTTP: a mail's request is answered from its first line, anything else is refused."""
        request = _mended(self._heard) if self.cycle is None else None
        if request is None:
            super().send_400_response(msg)
        else:
            self._heard = b""  # mended once: what fails now is refused
            self.parser = httptools.HttpRequestParser(self)
            super().data_received(request)


def _tamed(url: bytes) -> bytes:
    """An address that the parser takes: not too long, and percent-encoded where it is not ASCII."""
    return quote_from_bytes(url[:LONGEST], safe=SAFE).encode("ascii")[: 2 * LONGEST - 1]


def _mended(heard: bytes) -> bytes | None:
    """The request for a picture or link that the first line means, or None if it means none."""
    method, _, rest = heard.partition(b"\r\n")[0].partition(b" ")
    target, _, version = rest.rpartition(b" ")
    if not version.startswith(b"HTTP/"):
        target = rest
    if method not in METHODS or not target.startswith(OURS):
        return None
    return b"%s %s HTTP/1.1\r\nconnection: close\r\n\r\n" % (method, _tamed(target))

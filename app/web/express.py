"""The express way: a picture that needs no waiting is written as soon as the head of its request has been read.

For each request uvicorn makes a task, an event and more, since an application may wait, read and stream. Most opens do
none of that. So the application is asked first; what it does not answer at once, and every request that is not quite
plain, goes the ordinary way through ASGI. Both ways give the same bytes (a test holds them together).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import STATUS_LINE

from app.web.asgi import Answer, Pair, Scope
from app.web.protocol import LONGEST, MailProtocol

PICTURES: Final = b"/i/"
END: Final = b"\r\n"


class Answered:
    """A request-response cycle that is over, as far as uvicorn looks at one."""

    response_complete = True
    disconnected = False
    keep_alive = True
    message_event = asyncio.Event()


ANSWERED: Final[Any] = Answered()


class ExpressProtocol(MailProtocol):
    """One connection."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """As uvicorn makes it; who logs each request or limits their number sees all of them go the ordinary way."""
        super().__init__(*args, **kwargs)
        at_once: Callable[[Scope], Answer | None] | None = getattr(self.app, "at_once", None)
        self._at_once = None if self.access_log or self.limit_concurrency is not None else at_once

    def on_headers_complete(self) -> None:
        """A request whose head has been read."""
        url = self.url
        if self._at_once is None or not url.startswith(PICTURES) or not self._plain(url):
            super().on_headers_complete()
            return
        path, _, query = url.partition(b"?")
        scope: Any = self.scope
        scope["method"], scope["path"], scope["query_string"] = "GET", path.decode("ascii"), query
        try:
            answer = self._at_once(scope)
        except Exception:  # the ordinary way says what is wrong
            answer = None
        if answer is None:
            super().on_headers_complete()
        else:
            self._write(answer)

    def _plain(self, url: bytes) -> bool:
        """Whether this is a GET that waits for nothing before it, on a connection that takes more."""
        parser, cycle = self.parser, self.cycle
        return (
            (cycle is ANSWERED or cycle is None or cycle.response_complete)
            and not self.flow.write_paused
            and parser.get_method() == b"GET"
            and parser.get_http_version() == "1.1"
            and parser.should_keep_alive()
            and not parser.should_upgrade()
            and len(url) <= LONGEST
            and url.isascii()
            and b"%" not in url.partition(b"?")[0]
            and b"#" not in url
        )

    def _write(self, answer: Answer) -> None:
        status, headers, body = answer
        head = STATUS_LINE[status], *map(_line, self.server_state.default_headers), _lines(headers), END
        self.transport.write(b"".join(head))
        if body:
            self.transport.write(body)
        self.cycle = ANSWERED
        self.on_response_complete()


def _line(header: Pair) -> bytes:
    return b"%b: %b\r\n" % header


@lru_cache(maxsize=1024)
def _lines(headers: tuple[Pair, ...]) -> bytes:
    """Headers as they are sent; the same ones come again and again."""
    return b"".join(map(_line, headers))

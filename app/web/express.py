"""The express way: a picture that needs no waiting is written as soon as the head of its request has been read.

For each request uvicorn makes a task, an event and more, since an application may wait, read and stream. Most opens do
none of that. So the application is asked first; what it does not answer at once, and every request that is not quite
plain, goes the ordinary way through ASGI. Both ways give the same bytes (a test holds them together).
"""

from __future__ import annotations

import asyncio
import math
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
        self._alarm: asyncio.TimerHandle | None = None
        self._rests_since = math.inf
        self._at_once = None if self.access_log or self.limit_concurrency is not None else at_once

    def data_received(self, data: bytes) -> None:
        """Bytes from the client."""
        self._rests_since = math.inf
        super().data_received(data)

    def connection_lost(self, exc: Exception | None) -> None:
        """The end."""
        if self._alarm is not None:
            self._alarm.cancel()
        super().connection_lost(exc)

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
            and parser.should_keep_alive()
            and not parser.should_upgrade()
            and len(url) <= LONGEST
            and url.isascii()
            and b"%" not in url.partition(b"?")[0]
            and b"#" not in url
        )

    def _write(self, answer: Answer) -> None:
        status, headers, body = answer
        usual = _lines(tuple(self.server_state.default_headers))
        head = b"".join((STATUS_LINE[status], usual, _lines(headers), END))
        self.transport.writelines((head, body))  # both at once: a second system call costs as much as a decision
        self.cycle, self._answers = ANSWERED, True
        self.server_state.total_requests += 1
        self._rests_since = self.loop.time()
        if self._alarm is None:
            self._alarm = self.loop.call_later(self.timeout_keep_alive, self._look)

    def _look(self) -> None:
        """Close a connection that has rested for long; uvicorn has an alarm for each response, which costs more."""
        self._alarm = None
        if self.cycle is ANSWERED:
            left = self._rests_since + self.timeout_keep_alive - self.loop.time()
            if left <= 0:
                self.timeout_keep_alive_handler()
            else:
                self._alarm = self.loop.call_later(min(left, self.timeout_keep_alive), self._look)


def _line(header: Pair) -> bytes:
    return b"%b: %b\r\n" % header


@lru_cache(maxsize=1024)
def _lines(headers: tuple[Pair, ...]) -> bytes:
    """Headers as they are sent; the same ones come again and again."""
    return b"".join(map(_line, headers))

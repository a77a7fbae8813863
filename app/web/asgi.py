"""The few ASGI words that the open path uses, without a request or response class around them.

Starlette's Route, Request and Response cost more than a whole decision; everything off the open path uses them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Pair = tuple[bytes, bytes]
Headers = Collection[Pair]


Answer = tuple[int, tuple[Pair, ...], bytes]
"""A complete answer: status, headers, body."""


async def reply(send: Send, status: int, headers: Headers, body: bytes = b"") -> None:
    """One complete answer."""
    await send({"type": "http.response.start", "status": status, "headers": list(headers)})
    await send({"type": "http.response.body", "body": body})

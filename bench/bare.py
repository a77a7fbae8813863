"""What onopen is held against: the least an ASGI server can do with a picture, without deciding anything."""

from __future__ import annotations

import os
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

BYTES = int(os.environ.get("BENCH_BYTES", "20000"))
PICTURE = os.urandom(BYTES)
HEADERS = [
    (b"content-type", b"image/jpeg"),
    (b"content-length", b"%d" % BYTES),
    (b"etag", b'"0123456789abcdef0123456789abcdef"'),
    (b"cache-control", b"private, no-cache, max-age=0"),
    (b"cdn-cache-control", b"no-store"),
]


async def asgi(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """The same picture for everybody, in plain ASGI."""
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await send({"type": "http.response.body", "body": PICTURE})


async def _picture(_: Request) -> Response:
    return Response(PICTURE, headers={name.decode(): value.decode() for name, value in HEADERS})


routed = Starlette(routes=[Route("/i/{name}", _picture)])
"""The same picture from a route of Starlette."""

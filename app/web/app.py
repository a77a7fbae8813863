"""The server as an ASGI application: pictures and links in plain ASGI, everything else in Starlette.

It starts in any case: content, files and upstreams that are broken are logged and served around. Once a moment it looks
at the site folder and the operator's files, in a thread, and swaps what has changed.
"""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Final

from starlette.applications import Starlette
from starlette.routing import BaseRoute

from app.web.asgi import App, Receive, Scope, Send
from app.web.images import Images

Tick = Callable[[], Awaitable[None]]
Round = tuple[Tick, float]
"""What is done again and again, and after how many seconds."""

SOON_S: Final = 60.0
"""After so many seconds every round is made for the first time, however seldom it is made then: a process that is often
started anew would never come to it.
"""

YOUNG: Final = 50_000
"""Allocations between collections of the young generation: readings die by reference count, cycles are rare here."""

TURN_S: Final = 0.0002
"""After so long a thread that paints or writes lets another go on, where Python would let that wait for 5 ms."""


class Server:
    """Routes by the first letters of the path; the open path meets no router, no middleware and no request object."""

    def __init__(self, *, images: Images, links: App, pages: Starlette) -> None:
        self._images = images
        self._links = links
        self._pages = pages
        self.at_once = images.at_once
        """The answer to a GET below `/i/` that needs no waiting, or None."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http":
            path = scope["path"]
            if path.startswith("/i/"):
                await self._images(scope, receive, send)
                return
            if path.startswith("/l/"):
                await self._links(scope, receive, send)
                return
        await self._pages(scope, receive, send)


def pages(
    routes: list[BaseRoute], *, begin: Tick, rounds: Sequence[Round], close: Tick, soon_s: float = SOON_S
) -> Starlette:
    """The Starlette part, whose lifespan also runs the rounds."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        # What was made at start lives as long as the process: keep the collector from walking it at every round.
        gc.collect()
        gc.freeze()
        gc.set_threshold(YOUNG, 50, 1000)
        gc.enable()
        sys.setswitchinterval(TURN_S)
        await begin()
        going = [asyncio.create_task(_go_round(tick, every_s, min(every_s, soon_s))) for tick, every_s in rounds]
        try:
            yield
        finally:
            for task in going:
                task.cancel()
            await asyncio.gather(*going, return_exceptions=True)
            await close()

    return Starlette(routes=routes, lifespan=lifespan)


async def _go_round(tick: Tick, every_s: float, wait_s: float) -> None:
    while True:
        await asyncio.sleep(wait_s)
        await tick()
        wait_s = every_s

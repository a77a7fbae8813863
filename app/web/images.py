"""`GET /i/<placeholder>.<png|jpg|gif>`: always a complete picture, status 200 or 304, within the deadline.

The ladder: what the rules say, from memory or painted; else the placeholder's fallback picture, encoded at load; else a
neutral one. No fault on the way, not even a bug, becomes an error that a mail client or its proxy would keep.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from app.edge.policy import NEVER, PRIVATE, cache_headers
from app.engine.readings import Rung
from app.errors import NotPainted
from app.ports import Picture
from app.serving import Desk, Face, Serving, Shown
from app.telemetry import Telemetry
from app.web.asgi import Headers, Receive, Scope, Send, reply
from app.web.opens import Opens

METHODS: Final = frozenset({"GET", "HEAD"})
FORMATS: Final = {"png": "png", "jpg": "jpg", "jpeg": "jpg", "gif": "gif"}
OTHER: Final = "png"
PREFIX: Final = len("/i/")
RUNGS: Final = {rung: (b"x-onopen-rung", rung.word.encode()) for rung in Rung if rung is not Rung.LIVE}
PAINTING: Final = 0.35
"""The share of the budget that is left for painting when signals must be fetched first."""


class Images:
    """The picture endpoint as a plain ASGI application."""

    def __init__(
        self, desk: Desk, opens: Opens, telemetry: Telemetry, *, budget_s: float, timer: Callable[[], float]
    ) -> None:
        self._desk = desk
        self._opens = opens
        self._telemetry = telemetry
        self._budget = budget_s
        self._timer = timer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI
        """Answer one request."""
        if scope["method"] not in METHODS:
            await reply(send, 405, [(b"allow", b"GET, HEAD"), (b"content-length", b"0")])
            return
        started, by_name = self._timer(), dict(scope["headers"])
        name, format = target(scope["path"])
        serving = self._desk.serving
        shown = serving.placeholders.get(name)
        if shown is None:
            self._telemetry.count("unknown_placeholders")
            await send_picture(scope, send, serving.neutral[format], (*NEVER, RUNGS[Rung.FALLBACK]))
            return
        try:
            opening = self._opens.open(scope, name, by_name)
            decision = await serving.decide(shown, opening, self._budget * (1 - PAINTING))
            face = serving.gallery.face(shown, format, decision)
            picture = serving.gallery.remembered(face.key)
            if picture is None:
                picture = await self._painted(serving, shown, format, face, started)
        except NotPainted as error:
            await self._fall_back(scope, send, shown, format, error.reason, error)
        except Exception as error:  # a mail client gets a picture, whatever happened
            await self._fall_back(scope, send, shown, format, "bug", error)
        else:
            headers = cache_headers(decision, shown.shareable[decision.campaign], opening.now)
            if face.rung is not Rung.LIVE:
                headers = (*headers, RUNGS[face.rung])
            if not await send_picture(scope, send, picture, headers):
                self._telemetry.count("not_modified", placeholder=name)
            self._telemetry.opened(decision, format, face.word, self._timer() - started)

    async def _painted(self, serving: Serving, shown: Shown, format: str, face: Face, started: float) -> Picture:
        left = max(0.0, started + self._budget - self._timer())
        picture = await serving.gallery.painted(shown, format, face.decision, face.key, left)
        self._telemetry.count("painted", format=format)
        return picture

    async def _fall_back(
        self, scope: Scope, send: Send, shown: Shown, format: str, reason: str, error: Exception
    ) -> None:
        self._telemetry.fell_back(shown.name, reason, error)
        await send_picture(scope, send, shown.fallbacks[format], (*PRIVATE, RUNGS[Rung.FALLBACK]))


@lru_cache(maxsize=1024)
def target(path: str) -> tuple[str, str]:
    """The placeholder's name and the format that a path asks for; a missing or unknown extension means PNG."""
    name, dot, extension = path[PREFIX:].rpartition(".")
    if not dot:
        return extension, OTHER
    return name, FORMATS.get(extension.lower(), OTHER)


async def send_picture(scope: Scope, send: Send, picture: Picture, headers: Headers) -> bool:
    """The picture, or 304 to a client that has it (then False); HEAD gets the headers alone. `Range` is ignored."""
    described = picture.headers
    if held(scope["headers"], described[-1][1]):
        await reply(send, 304, [described[-1], *headers])
        return False
    await send({"type": "http.response.start", "status": 200, "headers": [*described, *headers]})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else picture.body})
    return True


def held(headers: Headers, etag: bytes) -> bool:
    """Whether the client says it has this picture; the quotes of an ETag keep it from being part of another."""
    for name, value in headers:  # noqa: SIM110 - a generator takes twice as long
        if name == b"if-none-match" and (etag in value or value.strip() == b"*"):
            return True
    return False

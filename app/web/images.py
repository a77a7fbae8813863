"""`GET /i/<placeholder>.<png|jpg|gif>`: always a complete picture, status 200 or 304, within the deadline.

The ladder: what the rules say, from memory or painted; else the placeholder's fallback picture, encoded at load; else a
neutral one. No fault on the way, not even a bug, becomes an error that a mail client or its proxy would keep.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from app.edge.dialect import NEVER, PRIVATE
from app.edge.keys import VOUCHER
from app.engine.decision import Decision
from app.engine.opens import Open
from app.engine.readings import Rung
from app.errors import NotPainted
from app.ports import Picture
from app.resolve.hinge import Unsettled
from app.serving.desk import Desk, Serving
from app.serving.shown import Face, Shown
from app.telemetry import Telemetry
from app.web.asgi import Answer, Headers, Pair, Receive, Scope, Send, reply
from app.web.opens import Opens

METHODS: Final = frozenset({"GET", "HEAD"})
FORMATS: Final = {"png": "png", "jpg": "jpg", "jpeg": "jpg", "gif": "gif"}
OTHER: Final = "png"
PREFIX: Final = len("/i/")
LONGEST_PATH: Final = 128
"""Characters of a path that is remembered: no placeholder has a longer name, and strangers choose the others."""
RUNGS: Final = {rung: (b"x-onopen-rung", rung.word.encode()) for rung in Rung if rung is not Rung.LIVE}
NOT_MODIFIED: Final = 304
VOUCHED: Final = VOUCHER.lower().encode()
IF_NONE_MATCH: Final = b"if-none-match"
WAITING: Final = "onopen.waiting"
"""Where the scope of a request holds what has been found out, until somebody waits for the rest."""

PAINTING: Final = 0.35
"""The share of the budget that is left for painting when signals must be fetched first."""


class Asked(NamedTuple):
    """A picture that has to be waited for. `asks` are the headers that ask for a 304; `started` is by the timer."""

    asks: Headers
    serving: Serving
    shown: Shown
    format: str
    opening: Open
    found: Decision | Unsettled
    started: float


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
        asked = scope.pop(WAITING, None)
        answer = self.at_once(scope) if asked is None else None
        if answer is None:
            answer = await self._awaited(asked or scope.pop(WAITING))
        status, headers, body = answer
        await reply(send, status, headers, b"" if scope["method"] == "HEAD" else body)

    def at_once(self, scope: Scope) -> Answer | None:
        """The answer to GET or HEAD, where nothing has to be fetched or painted: most times. Else None.

        Then what has been found out so far stays in the scope, for the call that waits.
        """
        started, headers = self._timer(), dict(scope["headers"])
        asks = scope["headers"] if IF_NONE_MATCH in headers else ()
        name, format = target(scope["path"])
        serving = self._desk.serving
        shown = serving.placeholders.get(name)
        if shown is None:
            self._telemetry.count("unknown_placeholders")
            return picture_or_304(asks, serving.neutral[format], (*NEVER, RUNGS[Rung.FALLBACK]))
        try:
            opening = self._opening(scope, shown, headers)
            found = serving.decide_now(shown, opening)
            if isinstance(found, Decision) and not opening.test_send:
                face = serving.gallery.face(shown, format, found)
                picture = serving.gallery.ready(face, opening.now)
                if picture is not None:
                    return self._finished(asks, serving, format, opening, face, picture, started)
        except Exception as error:  # a mail client gets a picture, whatever happened
            return self._fallen_back(asks, shown, format, "bug", error)
        scope[WAITING] = Asked(asks, serving, shown, format, opening, found, started)
        return None

    def _opening(self, scope: Scope, shown: Shown, headers: Mapping[bytes, bytes]) -> Open:
        if VOUCHED not in headers:
            return self._opens.open(scope, shown.name, headers)
        return self._opens.of_variant(scope, shown, headers)

    async def _awaited(self, asked: Asked) -> Answer:
        """The answer within the budget; what is missing then is unknown, or the fallback."""
        asks, serving, shown, format, opening, found, started = asked
        try:
            decision = await serving.settled(shown, opening, found, self._budget * (1 - PAINTING))
            if opening.test_send:
                return await self._proof(asked, decision)
            face = serving.gallery.face(shown, format, decision)
            picture = serving.gallery.ready(face, opening.now)
            if picture is None:
                left = max(0.0, started + self._budget - self._timer())
                picture = await serving.gallery.painted(shown, format, face, opening.now, left)
            return self._finished(asks, serving, format, opening, face, picture, started)
        except NotPainted as error:
            return self._fallen_back(asks, shown, format, error.reason)
        except Exception as error:  # a mail client gets a picture, whatever happened
            return self._fallen_back(asks, shown, format, "bug", error)

    async def _proof(self, asked: Asked, decision: Decision) -> Answer:
        """A test send: what is decided is written on the picture, and nothing of it counts."""
        left = max(0.0, asked.started + self._budget - self._timer())
        picture = await asked.serving.proof(asked.shown, asked.format, decision, left)
        rung = decision.rung
        return picture_or_304(asked.asks, picture, PRIVATE if rung is Rung.LIVE else (*PRIVATE, RUNGS[rung]))

    def _finished(
        self,
        asks: Headers,
        serving: Serving,
        format: str,
        opening: Open,
        face: Face,
        picture: Picture,
        started: float,
    ) -> Answer:
        spent = self._timer() - started  # caches count from the answer, not from the question
        keepable = opening.keyed in face.kept_by and not opening.vouched  # a token is one person's, and ends
        policy, now = serving.gallery.policy, opening.now + spent
        headers = policy.shared(face.decision, face.rung, face.tags, now) if keepable else PRIVATE
        answer = picture_or_304(asks, picture, headers if face.rung is Rung.LIVE else (*headers, RUNGS[face.rung]))
        if answer[0] == NOT_MODIFIED:
            self._telemetry.count("not_modified", placeholder=opening.placeholder)
        self._telemetry.opened(face.decision, format, face.word, spent)
        serving.opened(opening, face.decision)
        return answer

    def _fallen_back(
        self, asks: Headers, shown: Shown, format: str, reason: str, error: Exception | None = None
    ) -> Answer:
        self._telemetry.fell_back(shown.name, reason, error)
        return picture_or_304(asks, shown.fallbacks[format], (*PRIVATE, RUNGS[Rung.FALLBACK]))


def target(path: str) -> tuple[str, str]:
    """The placeholder's name and the format that a path below `/i/` asks for; a missing or unknown one means PNG."""
    return _remembered(path) if len(path) <= LONGEST_PATH else _read(path)


def _read(path: str) -> tuple[str, str]:
    name, dot, extension = path[PREFIX:].rpartition(".")
    if not dot:
        return extension, OTHER
    return name, FORMATS.get(extension.lower(), OTHER)


_remembered: Final = lru_cache(maxsize=1024)(_read)


def picture_or_304(asks: Headers, picture: Picture, headers: tuple[Pair, ...]) -> Answer:
    """The picture, or 304 to a client that `asks` whether it is still the one it has. `Range` is ignored."""
    described = picture.headers
    if held(asks, described[-1][1]):
        return NOT_MODIFIED, (described[-1], *headers), b""
    return 200, (*described, *headers), picture.body


def held(headers: Headers, etag: bytes) -> bool:
    """Whether the client says it has this picture; the quotes of an ETag keep it from being part of another."""
    for name, value in headers:  # noqa: SIM110 - a generator takes twice as long
        if name == IF_NONE_MATCH and (etag in value or value.strip() == b"*"):
            return True
    return False

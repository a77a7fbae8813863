"""`GET /l/<placeholder>`: a redirect to the target of what was shown, always to somewhere the editors wrote.

The target is never in the URL: it comes from the loaded rules, whose hosts were checked. A link that nobody knows, and
any fault, goes to the site's home.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app.edge.dialect import NEVER
from app.redirects import ascii_url
from app.serving.clicks import Click, followed
from app.serving.desk import Desk
from app.telemetry import Telemetry
from app.web.asgi import Receive, Scope, Send, reply
from app.web.opens import Opens

PREFIX: Final = len("/l/")
REFERRER: Final = (b"referrer-policy", b"no-referrer")
"""The mail's URL names a recipient; where the click goes is not told."""


class Links:
    """The link endpoint as a plain ASGI application."""

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
        if scope["method"] not in ("GET", "HEAD"):
            await reply(send, 405, [(b"allow", b"GET, HEAD"), (b"content-length", b"0")])
            return
        where = await self._followed(scope)
        headers = [(b"location", ascii_url(where).encode()), (b"content-length", b"0"), *NEVER, REFERRER]
        await reply(send, 302, headers)

    async def _followed(self, scope: Scope) -> str:
        """Where the click goes; home where nothing else is known, or something fails on the way."""
        started, serving = self._timer(), self._desk.serving
        shown = serving.placeholders.get(scope["path"][PREFIX:].partition(".")[0].rstrip("/"))
        if shown is None:
            self._telemetry.count("unknown_placeholders")
            return serving.home
        try:
            opening = self._opens.open(scope, shown.name, dict(scope["headers"]))
            click = await followed(serving, shown, opening, self._budget)
        except Exception as error:  # a click arrives somewhere, whatever happened
            self._telemetry.lost(shown.name, error)
            return serving.home
        if not opening.test_send:
            self._count(shown.name, click, self._timer() - started)
        return click.link or serving.home

    def _count(self, placeholder: str, click: Click, seconds: float) -> None:
        if click.decision is None:
            self._telemetry.followed(placeholder, click.rule, seconds)
        else:
            self._telemetry.clicked(click.decision, click.decision.rung.word, seconds, click.led)

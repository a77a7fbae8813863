"""The page at `/` that `make run` shows: every placeholder as a few people would see it, side by side, and its URLs.

The openings are made up here, as requests that could have come; what is shown is decided and painted like any other
open. Off by default, because nobody outside needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from app.engine.decision import Decision
from app.engine.explain import shown as in_words
from app.engine.opens import Open
from app.errors import NotPainted
from app.serving import Desk, Serving, Shown
from app.web.images import target

IPHONE: Final = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"
)
OUTLOOK: Final = "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17928; Pro)"
GMAIL: Final = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"
PATIENCE_S: Final = 3.0


@dataclass(frozen=True, slots=True)
class Opening:
    """Somebody who opens the mail: how they are called, and the request their mail client sends."""

    key: str
    title: str
    told: str
    request: Open


def _somebody(key: str, title: str, told: str, user_agent: str, said: Mapping[str, str], **place: str) -> Opening:
    """An opening; `said` is what the template says in the URL, which placeholders hear as far as they declare it."""
    return Opening(key, title, told, Open("", 0.0, user_agent=user_agent, params=said, place=place))


OPENINGS: Final = (
    _somebody(
        "hamburg",
        "Hamburg, in the rain",
        "Apple Mail on an iPhone",
        IPHONE,
        {"points": "430", "tier": "silver", "tongue": "ar"},
        country="DE",
        region="DE-HH",
        city="Hamburg",
        latitude="53.55",
        longitude="9.99",
        time_zone="Europe/Berlin",
    ),
    _somebody(
        "munich",
        "Munich, under a clear sky",
        "Outlook on a PC",
        OUTLOOK,
        {"points": "620", "tier": "gold", "card": "01234567", "tongue": "el"},
        country="DE",
        region="DE-BY",
        city="München",
        latitude="48.14",
        longitude="11.58",
        time_zone="Europe/Berlin",
    ),
    _somebody(
        "gmail",
        "Hamburg, through Gmail",
        "Google fetches for the reader: no place, no device",
        GMAIL,
        {"points": "620", "card": "01234567", "redeemed": "true", "tongue": "hi"},
        country="DE",
        region="DE-HH",
        city="Hamburg",
        latitude="53.55",
        longitude="9.99",
    ),
)
BY_KEY: Final = {opening.key: opening for opening in OPENINGS}


def demo_routes(desk: Desk, clock: Callable[[], float], *, enabled: bool) -> list[BaseRoute]:
    """The page and its pictures, or nothing. `clock` tells epoch seconds."""
    if not enabled:
        return []
    templates = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=select_autoescape(["html"])
    )

    async def page(request: Request) -> Response:
        serving = desk.serving
        rows = [await _row(serving, shown, clock()) for shown in serving.placeholders.values()]
        base = str(request.base_url).rstrip("/")
        html = templates.get_template("demo.html").render(rows=rows, openings=OPENINGS, base=base)
        return HTMLResponse(html, headers={"Cache-Control": "no-store"})

    async def preview(request: Request) -> Response:
        serving = desk.serving
        name, format = target(f"/i/{request.path_params['picture']}")
        shown, opening = serving.placeholders.get(name), BY_KEY.get(request.path_params["opening"])
        if shown is None or opening is None:
            return Response(status_code=404)
        gallery, now = serving.gallery, clock()
        face = gallery.face(shown, format, await _decided(serving, shown, opening, now))
        try:
            picture = gallery.ready(face, now) or await gallery.painted(shown, format, face, now, PATIENCE_S)
        except NotPainted:
            picture = shown.fallbacks[format]
        return Response(picture.body, media_type=picture.content_type, headers={"Cache-Control": "no-store"})

    return [Route("/", page), Route("/preview/{opening}/{picture}", preview)]


async def _decided(serving: Serving, shown: Shown, opening: Opening, now: float) -> Decision:
    asked = replace(opening.request, placeholder=shown.name, now=now)
    return await serving.decide(shown, asked, PATIENCE_S)


async def _row(serving: Serving, shown: Shown, now: float) -> dict[str, Any]:
    """What the page says of one placeholder."""
    cells = []
    for opening in OPENINGS:
        decision = await _decided(serving, shown, opening, now)
        why = [
            f"{reading.signal} = {in_words(reading.value) if reading.known else 'unknown'}"
            for reading in decision.readings
        ]
        link = decision.link or serving.home
        cells.append({"opening": opening, "decision": decision, "link": link, "why": why})
    width, height = shown.design.size
    return {"name": shown.name, "width": width, "height": height, "format": shown.format, "cells": cells}

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
from app.engine.readings import EMPTY, Reading
from app.errors import NotPainted
from app.serving.desk import Desk, Serving
from app.serving.shown import Shown
from app.web.images import target

IPHONE: Final = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"
)
OUTLOOK: Final = "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17928; Pro)"
GMAIL: Final = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"
PATIENCE_S: Final = 3.0
DAY_S: Final = 86_400.0


Known = Callable[[float], Mapping[str, Any]]
"""Values of signals by name, at an instant in epoch seconds."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Somebody who opens the mail: how they are called, the request their mail client sends, and what is known about
    them at an instant, as if the shop had told it.
    """

    key: str
    title: str
    told: str
    request: Open
    known: Known

    def at(self, now: float, placeholder: str) -> Open:
        """The request for one placeholder at that instant."""
        pinned = {name: Reading(name, value, now, source="demo") for name, value in self.known(now).items()}
        return replace(self.request, placeholder=placeholder, now=now, pinned=pinned)


def _somebody(
    key: str, title: str, told: str, user_agent: str, said: Mapping[str, str], known: Known, **place: str
) -> Opening:
    """An opening; `said` is what the template says in the URL, which placeholders hear as far as they declare it."""
    return Opening(key, title, told, Open("", 0.0, user_agent=user_agent, params=said, place=place), known)


def _new_customer(now: float) -> Mapping[str, Any]:
    """Signed up four days ago, looked at a coat yesterday, and bought nothing yet."""
    return {
        "recipient.first_name": "Jana",
        "first.signed_up.at": now - 4 * DAY_S,
        **dict.fromkeys(("count.profile_completed", "count.booking"), 1.0),
        **dict.fromkeys(("count.app_installed", "count.card_ordered", "count.purchase", "count.voucher_redeemed"), 0.0),
        **dict.fromkeys(("last.purchase.age", "last.complaint.age", "recipient.born", "recipient.joined"), EMPTY),
        "last.booking.service": "tailor",
        "last.viewed.age": DAY_S,
        "last.viewed.category": "fashion",
        "last.viewed.name": "Wollmantel „Elbe“",
        "last.viewed.sku": "L-107",
        "recipient.points": 1_240.0,
        "open.first_at": EMPTY,
    }


def _old_customer(now: float) -> Mapping[str, Any]:
    """Has a golden card, bought something yellow long ago, has just looked at chairs, and saw the mail an hour ago."""
    return {
        "recipient.first_name": "Karim",
        "recipient.tier": "gold",
        "recipient.points": 620.0,
        "first.signed_up.at": now - 300 * DAY_S,
        **dict.fromkeys(
            ("count.profile_completed", "count.app_installed", "count.card_ordered", "count.purchase"), 1.0
        ),
        **dict.fromkeys(("count.booking", "count.voucher_redeemed"), 0.0),
        **dict.fromkeys(("last.complaint.age", "recipient.joined", "recipient.born"), EMPTY),
        "last.purchase.age": 40 * DAY_S,
        "last.purchase.color": "yellow",
        "last.viewed.age": 600.0,
        "last.viewed.category": "home",
        "open.first_at": now - 3_600.0,
    }


def _nobody(_now: float) -> Mapping[str, Any]:
    """Nothing is known."""
    return {}


OPENINGS: Final = (
    _somebody(
        "hamburg",
        "Hamburg, in the rain",
        "Apple Mail on an iPhone; a new customer",
        IPHONE,
        {"points": "430", "tier": "silver", "tongue": "ar"},
        _new_customer,
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
        "Outlook on a PC; a good old customer",
        OUTLOOK,
        {"points": "620", "tier": "gold", "card": "01234567", "tongue": "el"},
        _old_customer,
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
        "Google fetches for the reader: no place, no device; a customer nobody knows",
        GMAIL,
        {"points": "620", "card": "01234567", "redeemed": "true", "tongue": "hi"},
        _nobody,
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
    return await serving.decide(shown, opening.at(now, shown.name), PATIENCE_S)


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

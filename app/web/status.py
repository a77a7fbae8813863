"""For operators: `/health` (the process answers), `/ready` (a site is served) and `/metrics`."""

from __future__ import annotations

import hmac
from collections.abc import Callable

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from app import __version__
from app.serving import Desk


def status_routes(desk: Desk, exposition: Callable[[], bytes], api_key: str | None) -> list[BaseRoute]:
    """The routes; with an API key set, `/metrics` asks for it as a bearer token."""

    async def health(_: Request) -> Response:
        return JSONResponse({"status": "ok", "version": __version__}, headers=NO_STORE)

    async def ready(_: Request) -> Response:
        serving = desk.serving
        served = bool(serving.placeholders)
        body = {"ready": served, "set": serving.digest, "placeholders": sorted(serving.placeholders)}
        return JSONResponse(body, 200 if served else 503, headers=NO_STORE)

    async def metrics(request: Request) -> Response:
        if api_key is not None and not _authorised(request, api_key):
            body = {"type": "about:blank", "title": "Unauthorized", "status": 401, "detail": "send the API key"}
            headers = {**NO_STORE, "WWW-Authenticate": "Bearer"}
            return JSONResponse(body, 401, headers=headers, media_type="application/problem+json")
        return Response(exposition(), media_type=CONTENT_TYPE_LATEST, headers=NO_STORE)

    return [Route("/health", health), Route("/ready", ready), Route("/metrics", metrics)]


NO_STORE = {"Cache-Control": "no-store"}


def _authorised(request: Request, api_key: str) -> bool:
    """Whether the request carries the key; compared in constant time."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    return scheme.lower() == "bearer" and hmac.compare_digest(given.encode(), api_key.encode())

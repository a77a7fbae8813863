"""For operators: `/health` (the process answers), `/ready` (a site is served) and `/metrics`."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from app import __version__
from app.serving.desk import Desk
from app.web.problems import NO_STORE, unauthorised


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
        if api_key is not None and (refusal := unauthorised(request, api_key)) is not None:
            return refusal
        return Response(exposition(), media_type=CONTENT_TYPE_LATEST, headers=NO_STORE)

    return [Route("/health", health), Route("/ready", ready), Route("/metrics", metrics)]

"""`POST /api/purge`: have the CDN drop what it keeps of a placeholder, a rule or an asset.

The body is `{"placeholder": …}`, `{"rule": "<placeholder>/<rule>"}`, `{"asset": …}`, or several of them.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from app.edge.purging import Purging, wanted
from app.errors import CdnTrouble, UsageError
from app.telemetry import Telemetry
from app.web import bodies
from app.web.api import guarded
from app.web.problems import NO_STORE, Refused

OFF: Final = "there is no CDN that could be told; set ONOPEN_EDGE__PURGE_URL"


_wanted: Final = msgspec.json.Decoder(bodies.Purge)


def purge_routes(purging: Purging | None, telemetry: Telemetry, api_key: str | None) -> list[BaseRoute]:
    """The route; without an API key it answers that the API is off."""

    async def purge(request: Request) -> Response:
        told = await bodies.read(request, _wanted)
        try:
            tags = wanted(placeholder=told.placeholder, rule=told.rule, asset=told.asset)
        except UsageError as error:
            raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)) from error
        if purging is None:
            raise Refused(HTTPStatus.CONFLICT, OFF)
        try:
            await purging.drop(tags)
        except CdnTrouble as error:
            telemetry.log.error("purge", said=error.operator)
            raise Refused(HTTPStatus.BAD_GATEWAY, str(error)) from error
        return JSONResponse({"purged": tags}, headers=NO_STORE)

    return [Route("/api/purge", guarded(purge, telemetry, api_key), methods=["POST"])]

"""`/api/recall`: what is recalled (GET), and recall or put back some (POST), as `onopen recall` does."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from app.engine.withdrawals import Withdrawal
from app.errors import CdnTrouble, UsageError
from app.ports import Recipients
from app.recall.exposures import counted
from app.recall.recalls import UNTOLD, Recalls, named, named_among, told
from app.serving.desk import Desk
from app.telemetry import Telemetry
from app.web import bodies
from app.web.api import guarded
from app.web.problems import NO_STORE, Refused

_wanted: Final = msgspec.json.Decoder(bodies.Recall)


class RecallApi:
    """What can be asked."""

    def __init__(self, desk: Desk, recalls: Recalls, recipients: Recipients, telemetry: Telemetry) -> None:
        self._desk = desk
        self._recalls = recalls
        self._recipients = recipients
        self._telemetry = telemetry

    async def listed(self, _: Request) -> Response:
        """What is recalled."""
        return JSONResponse({"recalled": told(await self._recalls.withdrawals.read())}, headers=NO_STORE)

    async def changed(self, request: Request) -> Response:
        """Recall some, and put back others."""
        asked = await bodies.read(request, _wanted)
        if not (asked.recall or asked.undo):
            raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, "say what to “recall” or to “undo”: RULE or RULE.FIELD")
        wanted, put_back = await self._meant(asked)
        purged = await self._turned(wanted, put_back)
        answer: dict[str, Any] = {"recalled": told(await self._recalls.withdrawals.read()), "purged": purged}
        if not purged:
            answer["note"] = UNTOLD
        if asked.exposed:
            answer["exposed"] = (await counted(wanted, self._recipients.accounts())).as_json()
        return JSONResponse(answer, headers=NO_STORE)

    async def _meant(self, asked: bodies.Recall) -> tuple[list[Withdrawal], list[Withdrawal]]:
        try:
            wanted = named(asked.recall, self._desk.serving.withdrawable, removed=asked.removed)
            return wanted, named_among(asked.undo, await self._recalls.withdrawals.read())
        except UsageError as error:
            raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)) from error

    async def _turned(self, wanted: list[Withdrawal], put_back: list[Withdrawal]) -> tuple[str, ...]:
        try:
            return await self._recalls.turn(wanted, put_back, self._desk.serving.withdrawable)
        except CdnTrouble as error:
            self._telemetry.log.error("purge", said=error.operator)
            raise Refused(HTTPStatus.BAD_GATEWAY, f"all servers follow, but {error}") from error


def recall_routes(api: RecallApi, telemetry: Telemetry, api_key: str | None) -> list[BaseRoute]:
    """The routes; without an API key they answer that the API is off."""
    return [
        Route("/api/recall", guarded(api.listed, telemetry, api_key), methods=["GET"]),
        Route("/api/recall", guarded(api.changed, telemetry, api_key), methods=["POST"]),
    ]

"""For the shop, the CRM and the sending platform: what they tell about recipients, what is kept, and its erasure.

2xx means that it is durable, and seen by the next open. Anything else is problem details, and nothing of the request
was done; behind a 502 or 503 it may have been.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from itertools import chain
from typing import Final
from uuid import uuid4

import msgspec
from starlette.convertors import StringConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Match, Route

from app.errors import Clash, StoreTrouble
from app.ports import Recipients
from app.recipients.events import Event
from app.recipients.tellable import Misfit, Tellable
from app.serving.desk import Desk
from app.telemetry import Telemetry
from app.web import bodies
from app.web.asgi import Receive, Scope, Send
from app.web.openapi import document
from app.web.problems import NO_STORE, Refused, problem, unauthorised

Answering = Callable[[Request], Awaitable[Response]]

RETRY: Final = {"Retry-After": "1"}
AHEAD_S: Final = 5.0
"""How far the clock of a sender may be ahead of ours, in seconds; what it says of that time happens now."""
NAMED: Final = 3
"""How many events are named in a sentence; all of them are in a list beside it."""
OFF: Final = "the API is off; set ONOPEN_API_KEY to turn it on"


class AnyText(StringConvertor):
    """The rest of a path, whatever is in it: an id with a line break is refused as an id, and not as a path."""

    regex = "(?s:.*)"


register_url_convertor("anything", AnyText())

_recipient: Final = msgspec.json.Decoder(bodies.Recipient)
_events: Final = msgspec.json.Decoder(bodies.Events)


def api_routes(
    desk: Desk, recipients: Recipients, telemetry: Telemetry, clock: Callable[[], float], api_key: str | None
) -> list[BaseRoute]:
    """The routes; without an API key all of them answer that the API is off."""
    api = Api(desk, recipients, clock)

    def route(path: str, method: str, answer: Answering) -> Route:
        made = Route(path, guarded(answer, telemetry, api_key), methods=[method])
        made.path_regex = re.compile(made.path_regex.pattern, re.DOTALL)  # an id with a line end is refused as an id
        return made

    one = "/api/recipients/{id:anything}"
    return [
        route("/api/openapi.json", "GET", api.described),
        route(one, "PUT", api.tell),
        route(one, "GET", api.export),
        route(one, "DELETE", api.erase),
        route("/api/events", "POST", api.record),
        Route("/api/{rest:anything}", Anyhow(guarded(nothing, telemetry, api_key))),
    ]


class Api:
    """What can be asked. `clock` tells epoch seconds."""

    def __init__(self, desk: Desk, recipients: Recipients, clock: Callable[[], float]) -> None:
        self._desk = desk
        self._recipients = recipients
        self._clock = clock

    async def tell(self, request: Request) -> Response:
        """Merge attributes and consent."""
        recipient = _named(request)
        told = await bodies.read(request, _recipient)
        self._desk.serving.tellable.check_attributes(told.attributes)
        await self._recipients.tell(recipient, told.attributes, msgspec.to_builtins(told.consent))
        return Response(status_code=HTTPStatus.NO_CONTENT, headers=NO_STORE)

    async def export(self, request: Request) -> Response:
        """Everything that is kept about somebody."""
        account = await self._recipients.account(_named(request))
        if account is None:
            raise Refused(HTTPStatus.NOT_FOUND, "nothing is kept about this recipient")
        return JSONResponse(account.as_json(), headers=NO_STORE)

    async def erase(self, request: Request) -> Response:
        """Leave nothing about somebody."""
        erased = await self._recipients.erase(_named(request))
        return JSONResponse({"erased": erased.as_json()}, headers=NO_STORE)

    async def described(self, _: Request) -> Response:
        """The API of this site as an OpenAPI document. Whoever reads it learns what the site knows of people."""
        return JSONResponse(document(self._desk.serving.tellable), headers=NO_STORE)

    async def record(self, request: Request) -> Response:
        """Store one event, or several: all that can be refused is, before the first is stored."""
        told = await bodies.read(request, _events)
        listed, tellable = told if isinstance(told, list) else [told], self._desk.serving.tellable
        events = list(_checked(listed, tellable, self._clock()))
        try:
            outcomes = await self._recipients.record(events, tellable.collections)
        except Clash as clash:
            raise _conflict(events, clash.positions) from clash
        became = [{"id": event.id, "outcome": outcome.value} for event, outcome in zip(events, outcomes, strict=True)]
        return JSONResponse({"events": became}, headers=NO_STORE)


@dataclass(frozen=True, slots=True)
class Anyhow:
    """An answer to any method: a route asks a function for those it was told, but an application for all."""

    answer: Answering

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await (await self.answer(Request(scope, receive)))(scope, receive, send)


async def nothing(request: Request) -> Response:
    """What is answered to anything else: 405 where another method would do, 404 where none would."""
    told = f"there is no {request.method} {request.url.path}; see docs/api.md for what there is"
    routes = [one for one in request.app.routes if isinstance(one, Route)]
    near = [one.methods or () for one in routes if one.matches(request.scope)[0] is Match.PARTIAL]
    if not near:
        raise Refused(HTTPStatus.NOT_FOUND, told)
    return problem(HTTPStatus.METHOD_NOT_ALLOWED, told, {"Allow": ", ".join(sorted({*chain(*near)}))})


def guarded(answer: Answering, telemetry: Telemetry, api_key: str | None) -> Answering:
    """The answer to whoever carries the key, with every trouble as problem details."""

    async def guarded(request: Request) -> Response:
        if api_key is None:
            return problem(HTTPStatus.FORBIDDEN, OFF)
        if (refusal := unauthorised(request, api_key)) is not None:
            return refusal
        try:
            return await answer(request)
        except Refused as error:
            return problem(error.status, str(error), **error.more)
        except Misfit as error:
            return problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(error))
        except StoreTrouble as error:
            telemetry.log.error("store", said=error.operator)
            return problem(HTTPStatus.SERVICE_UNAVAILABLE, str(error), RETRY)
        except Exception as error:  # a bug, of which the sender learns nothing but that it is ours
            telemetry.failed("api", error)
            return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "this is a fault of onopen; the log says where")

    return guarded


def _named(request: Request) -> str:
    return bodies.identifier(request.path_params["id"], "a recipient's id")


def _checked(told: list[bodies.SentEvent], tellable: Tellable, now: float) -> Iterator[Event]:
    """The events as they are stored; raises Refused, which says of several which one is wrong."""
    for place, one in enumerate(told):
        try:
            yield _event(one, tellable, now)
        except (Misfit, Refused) as error:
            detail = f"{error} - at `$[{place}]`" if len(told) > 1 else str(error)
            raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, detail) from error


def _conflict(events: Sequence[Event], positions: Sequence[int]) -> Refused:
    """Which of the events have an id that another event has, and what to do about it."""
    first = ", ".join(f"“{events[position].id}” at `$[{position}]`" for position in positions[:NAMED])
    detail = (
        f"nothing was stored, since other events have the ids of {len(positions)} of these: {first}"
        f"{' and more' if len(positions) > NAMED else ''}; send a new event with a new id, one that was sent before as "
        "it was then, and the rest without these"
    )
    clashing = [{"position": position, "id": events[position].id} for position in positions]
    return Refused(HTTPStatus.CONFLICT, detail, events=clashing)


def _event(told: bodies.SentEvent, tellable: Tellable, now: float) -> Event:
    told_at = None if told.time is None else told.time.timestamp()
    at = now if told_at is None else told_at
    if at > now + AHEAD_S:
        raise Misfit("“time” lies in the future; leave it out for what happens now")
    if at < 0:  # no clock of a shop says so, and not every calendar can
        raise Misfit("“time” lies before 1970")
    return Event(
        id=bodies.identifier(told.id, "an event's id") if told.id is not None else uuid4().hex,
        recipient=bodies.identifier(told.recipient, "a recipient's id"),
        type=told.type,
        at=min(at, now),
        payload=told.payload,
        purpose=tellable.purpose_of(told.type, told.payload).value,
        told_at=told_at,
    )

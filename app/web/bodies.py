"""What the API is sent, and how it is read: bounded, and typed before anything is done with it."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Final, TypeVar

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType
from starlette.requests import ClientDisconnect, Request

from app.recipients.ids import IDENTIFIER, is_identifier
from app.web.problems import Refused

LARGEST: Final = 1 << 20
"""Bytes of a body; a thousand events have room in it."""

MOST: Final = 1_000
"""Events in one request."""

Identifier = Annotated[str, Meta(min_length=1, max_length=IDENTIFIER)]


class Agreed(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a recipient said about each purpose; what is left out stays as it was."""

    location: bool | UnsetType = UNSET
    behaviour: bool | UnsetType = UNSET
    measurement: bool | UnsetType = UNSET


class Recipient(Struct, frozen=True, forbid_unknown_fields=True):
    """Attributes and consent to merge, key by key."""

    attributes: dict[str, Any] = {}
    consent: Agreed = Agreed()


class SentEvent(Struct, frozen=True, forbid_unknown_fields=True):
    """One event. Without a time it happened now; without an id it gets one."""

    type: str
    recipient: Identifier
    id: Identifier | None = None
    time: Annotated[datetime, Meta(tz=True)] | None = None
    payload: dict[str, Any] = {}


class Purge(Struct, frozen=True, forbid_unknown_fields=True):
    """What a CDN is to drop, at least one of them; a rule is `<placeholder>/<rule>`."""

    placeholder: str | None = None
    rule: str | None = None
    asset: str | None = None


class Recall(Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be recalled, and what is to be shown again: RULE or RULE.FIELD, after CAMPAIGN/ where several have it.

    With `removed` names are taken as they are; with `exposed` who saw it is counted, which looks at the whole store.
    """

    recall: list[str] = []
    undo: list[str] = []
    removed: bool = False
    exposed: bool = False


Events = Annotated[list[SentEvent], Meta(min_length=1, max_length=MOST)] | SentEvent

Body = TypeVar("Body")


async def read(request: Request, decoder: msgspec.json.Decoder[Body]) -> Body:
    """The body of a request; raises Refused."""
    try:
        return decoder.decode(await received(request))
    except ClientDisconnect as error:
        raise Refused(HTTPStatus.BAD_REQUEST, "the body ended too early") from error
    except msgspec.ValidationError as error:
        detail = f"{error}; GET /api/openapi.json says what a body looks like"
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, detail) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refused(HTTPStatus.BAD_REQUEST, f"this is no JSON that can be read: {error}") from error


async def received(request: Request, largest: int = LARGEST) -> bytes:
    """The bytes of a body; raises Refused for more than `largest`, and ClientDisconnect."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > largest:
            raise Refused(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"a body has at most {largest:,} bytes; send less at once"
            )
    return bytes(body)


def identifier(text: str, what: str) -> str:
    """An id as it was given, if it can be told from others by looking at it; raises Refused."""
    if not is_identifier(text):
        detail = f"{what} has 1 to {IDENTIFIER} visible characters, without blanks around them"
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, detail)
    return text

"""The API as an OpenAPI document, from the types that read its bodies and from what the site declares."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from inspect import cleandoc
from types import MappingProxyType
from typing import Final

import msgspec

from app import __version__
from app.recipients.accounts import Erased
from app.recipients.events import Outcome
from app.recipients.exposure import Exposure
from app.recipients.ids import IDENTIFIER
from app.recipients.person import Person
from app.recipients.receipts import Lead, Receipt
from app.recipients.showings import Opened
from app.recipients.tellable import Tellable
from app.web import bodies, told
from app.web.told import Schema

REFERENCE: Final = "#/components/schemas/{name}"
JSON: Final = "application/json"

TEXT: Final[Schema] = {"type": "string"}
TEXTS: Final[Schema] = {"type": "array", "items": TEXT}
COUNT: Final[Schema] = {"type": "integer"}
ID: Final = "The id that stands behind `r=` in the mails, percent-encoded."

Refusals = Mapping[int, str]
"""Why something is refused, by status."""

ALWAYS: Final[Refusals] = {
    401: "The key is wrong, or missing.",
    403: "The API is off.",
    503: "The store is in trouble; send it again after `Retry-After` seconds.",
}
WITH_BODY: Final[Refusals] = {400: "It is no JSON.", 413: "The body is too large; send it in parts."}
MISFIT: Final[Refusals] = {
    422: "Something is not declared, of another kind, in the future or before 1970, or no id that a mail could carry.",
}
UNKNOWN: Final[Refusals] = {404: "Nothing is kept about them."}
CONFLICT: Final[Refusals] = {
    409: "Ids belong to other events. Nothing was stored; `events` says which to send otherwise, or not at all."
}
NOT_PURGED: Final[Refusals] = {
    409: "There is no CDN that could be told.",
    422: "Nothing is named, or no rule.",
    502: "The CDN did not do it.",
}
NOT_RECALLED: Final[Refusals] = {
    422: "A name is not there, or nothing is named.",
    502: "All servers follow, but the CDN did not drop it.",
}


def document(tellable: Tellable) -> Schema:
    """The document for a site that lets this be told, as JSON values."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "onopen", "version": __version__, "description": "What onopen is told, and may be asked."},
        "security": [{"key": []}],
        "paths": {**_about_recipients(), **_about_what_is_shown()},
        "components": {
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
            "schemas": _schemas(tellable),
        },
    }


def _about_recipients() -> Schema:
    recipient = {"name": "id", "in": "path", "required": True, "schema": _identifier(), "description": ID}
    return {
        "/api/recipients/{id}": {
            "parameters": [recipient],
            "put": _operation("Merge attributes and consent.", {204: None}, MISFIT, body="Recipient"),
            "get": _operation("Everything that is kept.", {200: "Account"}, {**UNKNOWN, **MISFIT}),
            "delete": _operation("Erase everything that is kept.", {200: "Erasure"}, MISFIT),
        },
        "/api/events": {
            "post": _operation(
                "Store events, each once, all of them or none.",
                {200: "Outcomes"},
                {**CONFLICT, **MISFIT},
                body="Events",
                problems={409: "Conflict"},
            )
        },
    }


def _about_what_is_shown() -> Schema:
    return {
        "/api/purge": {"post": _operation("Have the CDN drop something.", {200: "Purged"}, NOT_PURGED, body="Purge")},
        "/api/recall": {
            "get": _operation("What is recalled.", {200: "Recalled"}, {}),
            "post": _operation("Recall some, and put back others.", {200: "Turned"}, NOT_RECALLED, body="Recall"),
        },
    }


def _operation(
    summary: str,
    answers: Mapping[int, str | None],
    refusals: Refusals,
    *,
    body: str | None = None,
    problems: Mapping[int, str] = MappingProxyType({}),
) -> Schema:
    """An operation with what it answers by status; schemas by name, None for nothing. `problems` that tell more than
    others have schemas of their own.
    """
    refused = {**ALWAYS, **(WITH_BODY if body else {}), **refusals}
    responses = {str(status): _response(HTTPStatus(status).phrase, schema) for status, schema in answers.items()}
    refusing = {
        str(status): _response(refused[status], problems.get(status, "Problem"), "application/problem+json")
        for status in sorted(refused)
    }
    asked = {"requestBody": {"required": True, "content": {JSON: {"schema": _named(body)}}}} if body else {}
    return {"summary": summary, **asked, "responses": {**responses, **refusing}}


def _response(sentence: str, schema: str | None, media: str = JSON) -> Schema:
    return {"description": sentence, **({"content": {media: {"schema": _named(schema)}}} if schema else {})}


def _named(name: str) -> Schema:
    return {"$ref": REFERENCE.format(name=name)}


def _schemas(tellable: Tellable) -> Schema:
    """Every schema by name. Where the site declares no event, there is only what all events have in common."""
    types = (bodies.Recipient, bodies.SentEvent, bodies.Purge, bodies.Recall, Person, Opened, Receipt, Lead)
    _, schemas = msgspec.json.schema_components(types, ref_template=REFERENCE)
    for schema in schemas.values():  # docstrings, which msgspec takes as they are indented before 0.23
        if "description" in schema:
            schema["description"] = cleandoc(schema["description"])
    schemas["Recipient"]["properties"]["attributes"] = told.attributes(tellable)
    general = schemas["SentEvent"]
    events = {f"SentEvent.{name}": told.event(name, one, general) for name, one in tellable.events.items()}
    return {
        **schemas,
        **events,
        "SentEvent": {"oneOf": [_named(name) for name in events]} if events else general,
        "Events": {"anyOf": [_named("SentEvent"), _list("SentEvent", minItems=1, maxItems=bodies.MOST)]},
        "Account": _account(schemas["Person"], schemas["Opened"]),
        "Erasure": _object(erased=_object(**dict.fromkeys(Erased().as_json(), COUNT))),
        "Outcome": _object(id=_identifier(), outcome={"enum": [outcome.value for outcome in Outcome]}),
        "Outcomes": _object(events=_list("Outcome")),
        "Purged": _object(purged=TEXTS),
        **_recalls(),
        **_problems(),
    }


def _problems() -> Schema:
    """Problem details, and what those of a conflict tell beside: where an event stood in the list, and its id."""
    problem = _object(type=TEXT, title=TEXT, status=COUNT, detail=TEXT)
    conflict = _object(**problem["properties"], events=_list("Clash", minItems=1))
    return {
        "Problem": {**problem, "description": "Problem details (RFC 9457)."},
        "Conflict": {**conflict, "description": "Problem details that name the events in the way."},
        "Clash": _object(position=COUNT, id=_identifier()),
    }


def _account(person: Schema, opened: Schema) -> Schema:
    receipt = {"anyOf": [_named("Receipt"), {"type": "null"}]}
    of_mail = {"mailing": TEXT, "placeholder": TEXT, "variant": TEXT, **opened["properties"], "receipt": receipt}
    kept = {"mails": {"type": "array", "items": {**opened, "title": "Mail", "properties": of_mail}}}
    unnamed = {
        "clicks_lead_to": _list("Lead"),
        "places": {"type": "array", "items": _object(campaign=TEXT, rule=TEXT, number=COUNT)},
    }
    return {**person, "properties": {**person["properties"], **kept, **unnamed}}


def _recalls() -> Schema:
    """What is recalled, and what a recall comes to; `note` stands there where no CDN was told."""
    recalled = _object(recalled=_list("Withdrawal"))
    turned = _object(**recalled["properties"], purged=TEXTS)
    turned["properties"] |= {"note": TEXT, "exposed": _object(**dict.fromkeys(Exposure(()).as_json(), COUNT))}
    return {
        "Withdrawal": _object(name=TEXT, since={**TEXT, "format": "date-time"}),
        "Recalled": recalled,
        "Turned": turned,
    }


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(name: str, **limits: int) -> Schema:
    return {"type": "array", "items": _named(name), **limits}


def _identifier() -> Schema:
    return {**TEXT, "minLength": 1, "maxLength": IDENTIFIER}

"""What is wrong with a request, as problem details (RFC 9457)."""

from __future__ import annotations

import hmac
from http import HTTPStatus
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

NO_STORE: Final = {"Cache-Control": "no-store"}


class Refused(Exception):
    """A request that is not done: its status, what would be right, and members that tell more."""

    def __init__(self, status: HTTPStatus, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.status = status
        self.more = more


def problem(status: HTTPStatus, detail: str, headers: dict[str, str] | None = None, **more: Any) -> Response:
    """Problem details with that status; `more` are members beside the standard ones."""
    body = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail, **more}
    return JSONResponse(
        body, status.value, headers={**NO_STORE, **(headers or {})}, media_type="application/problem+json"
    )


def unauthorised(request: Request, api_key: str) -> Response | None:
    """What is answered to a request without the bearer key; None to one that carries it. Takes the same time."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and hmac.compare_digest(given.encode(), api_key.encode()):
        return None
    return problem(HTTPStatus.UNAUTHORIZED, "send the API key", {"WWW-Authenticate": "Bearer"})

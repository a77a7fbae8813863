"""`/why/<placeholder>?…same…`: GET reads, and POST says yes or no to one purpose, for who holds the recipient's link.

A link is believed where it is signed, or where its id could not have been guessed; then the page shows what the mail
showed, as far as that is remembered. Else it shows what is decided now, and nothing about a person. Looking at the page
is no open, and leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from app.engine.labels import Labels
from app.engine.opens import Open
from app.errors import StoreTrouble
from app.ports import Recipients
from app.recipients.accounts import Account
from app.recipients.person import Person
from app.recipients.receipts import Lead
from app.serving.clicks import followed_from
from app.serving.desk import Desk, Serving
from app.serving.remembered import receipt_for, remembered
from app.telemetry import Telemetry
from app.web.bodies import received
from app.web.opens import Opens
from app.web.problems import Refused
from app.web.why.choices import switches, turned
from app.web.why.page import HEADERS, about, memories, page, plain
from app.web.why.seals import Seals
from app.web.why.wording import PageWords, Wording, wording_for

PATIENCE_S: Final = 1.0
"""How long somebody who reads waits for the weather."""

LARGEST: Final = 2_048
"""Bytes of a form."""

Notice = Callable[[PageWords], str]


def why_routes(desk: Desk, opens: Opens, recipients: Recipients, seals: Seals, telemetry: Telemetry) -> list[BaseRoute]:
    """The page and its form."""
    why = Why(desk, opens, recipients, seals, telemetry)
    return [Route("/why/{placeholder:path}", why.answer, methods=["GET", "POST"])]


class Asked(NamedTuple):
    """What the store said of a recipient: whether they are `believed` at all, or it was `silent`."""

    account: Account | None = None
    believed: bool = True
    silent: bool = False


class Why:
    """Answers for the site that is served at the moment."""

    def __init__(self, desk: Desk, opens: Opens, recipients: Recipients, seals: Seals, telemetry: Telemetry) -> None:
        self._desk = desk
        self._opens = opens
        self._recipients = recipients
        self._seals = seals
        self._telemetry = telemetry

    async def answer(self, request: Request) -> Response:
        """Answer one request; of a bug its reader learns nothing but that there is one."""
        words = wording_for(self._desk.serving.resolver.first_language)
        try:
            return await (self._turn(request) if request.method == "POST" else self._read(request))
        except Refused as error:
            return plain(words, error.status, words.page.broken)
        except ClientDisconnect:
            return Response(status_code=HTTPStatus.BAD_REQUEST)
        except Exception as error:
            self._telemetry.failed("why", error)
            return plain(words, HTTPStatus.INTERNAL_SERVER_ERROR, words.page.broken)

    async def _read(self, request: Request) -> Response:
        return await self._page(self._desk.serving, self._opening(request))

    async def _turn(self, request: Request) -> Response:
        """Take down what the recipient says, and show the page again."""
        serving, opening = self._desk.serving, self._opening(request)
        form = turned(await received(request, LARGEST))
        if not serving.resolver.believes(opening):
            return await self._page(serving, opening, HTTPStatus.FORBIDDEN)
        if not self._seals.holds(form.seal, opening.recipient):
            return await self._page(serving, opening, HTTPStatus.FORBIDDEN, lambda say: say.expired)
        if opening.test_send:
            return await self._page(serving, opening, notice=lambda say: say.test_send)
        try:
            await self._recipients.tell(opening.recipient, {}, form.consent)
        except StoreTrouble as error:
            self._telemetry.log.error("store", said=error.operator)
            return await self._page(serving, opening, HTTPStatus.SERVICE_UNAVAILABLE, lambda say: say.not_kept)
        query = request.scope["query_string"].decode("latin-1")
        here = f"/why/{quote(opening.placeholder)}" + (f"?{query}" if query else "")
        return RedirectResponse(f"{here}#choices", HTTPStatus.SEE_OTHER, HEADERS)

    def _opening(self, request: Request) -> Open:
        name = request.path_params["placeholder"].partition(".")[0].rstrip("/")
        return self._opens.open(request.scope, name, dict(request.scope["headers"]))

    async def _page(
        self, serving: Serving, opening: Open, status: HTTPStatus = HTTPStatus.OK, notice: Notice | None = None
    ) -> Response:
        """The page; `notice` is what it says first."""
        shown = serving.placeholders.get(opening.placeholder)
        if shown is None:
            words = wording_for(serving.resolver.first_language)
            return plain(words, HTTPStatus.NOT_FOUND, words.page.not_found, words.page.not_found_hint)
        now = await serving.explained(shown, opening, PATIENCE_S)
        words = wording_for(now.language)
        labels = serving.labels.spoken(now.language, words.language)
        asked = await self._asked(serving, opening)
        receipt = receipt_for(serving, shown, opening, asked.account)
        then = remembered(serving, shown, opening, receipt, now.language) if receipt else None
        link = now.decision.link
        if receipt is not None:
            lead = Lead(receipt.rule, receipt.link)
            link = (await followed_from(serving, shown, opening, lead, PATIENCE_S)).link
        said = {"notice": notice(words.page) if notice else "", "link": link or serving.home}
        return page(
            words,
            status,
            **said,
            **about(now, then, words, labels),
            **self._about_person(serving, opening, asked, words, labels),
        )

    async def _asked(self, serving: Serving, opening: Open) -> Asked:
        """What is kept of a recipient who is believed; the page asks once."""
        if not serving.resolver.believes(opening):
            return Asked(believed=False)
        try:
            return Asked(account=await self._recipients.account(opening.recipient))
        except StoreTrouble as error:
            self._telemetry.log.error("store", said=error.operator)
            return Asked(silent=True)

    def _about_person(
        self, serving: Serving, opening: Open, asked: Asked, words: Wording, labels: Labels
    ) -> Mapping[str, Any]:
        """What is remembered, and the switches, for a recipient who is believed."""
        told: dict[str, Any] = {"believed": asked.believed, "silent": asked.silent}
        if asked.silent or not asked.believed:
            return {**told, "memories": [], "switches": [], "seal": ""}
        person = asked.account.person if asked.account else Person()
        return {
            **told,
            "memories": memories(asked.account, words, opening.now, labels),
            "switches": switches(person, serving.permits, words),
            "seal": self._seals.seal(opening.recipient),
        }

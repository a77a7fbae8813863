"""The page as HTML, with the headers that keep it to its reader."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final, NamedTuple

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.responses import HTMLResponse, Response

from app.engine.labels import ATTRIBUTE, COLLECTION, EVENT, Labels
from app.locales import locale_of
from app.recipients.accounts import Account
from app.serving.desk import Explained
from app.serving.remembered import Remembered
from app.spans import Spoken
from app.web.why.telling import NO_LABELS, Line, Telling
from app.web.why.wording import Wording

FOLDER: Final = Path(__file__).parent / "templates"
STYLE: Final = (FOLDER / "why.css").read_text("utf-8")
TEMPLATES: Final = Environment(
    loader=FileSystemLoader(FOLDER),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
POLICY: Final = (
    "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    f"style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"
)
HEADERS: Final = {
    "Cache-Control": "no-store",
    "CDN-Cache-Control": "no-store",
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}


class Twin(NamedTuple):
    """A picture in words: its alternative text, and what it says."""

    language: str
    alt: str
    texts: list[Spoken]
    nothing: bool

    @property
    def has_words(self) -> bool:
        """Whether there is anything to read."""
        return bool(self.alt or self.texts)

    def says_as(self, other: Twin) -> bool:
        """Whether somebody who reads both finds the same."""
        return self._replace(language="") == other._replace(language="")


class Showing(NamedTuple):
    """When the picture in the mail was shown, in a sentence, and whether all is known of what it said."""

    when: str
    whole: bool


def page(words: Wording, status: HTTPStatus = HTTPStatus.OK, **told: Any) -> Response:
    """The whole page about one opening."""
    return _rendered("why.html", words, status, **told)


def plain(words: Wording, status: HTTPStatus, title: str, said: str = "") -> Response:
    """A page that says one thing."""
    return _rendered("plain.html", words, status, title=title, said=said)


def _rendered(template: str, words: Wording, status: HTTPStatus, **told: Any) -> Response:
    html = TEMPLATES.get_template(template).render(words=words, style=STYLE, **told)
    return HTMLResponse(html, status.value, headers=HEADERS)


def about(now: Explained, then: Remembered | None, words: Wording, labels: Labels = NO_LABELS) -> dict[str, Any]:
    """What the page says of a picture: what it showed `then`, as far as anybody knows, else what it shows `now`."""
    explained = now if then is None else then.explained
    telling = Telling(explained, words, labels)
    return {
        "twin": _twin(explained),
        "then": None if then is None else _showing(then, words),
        "again": None if then is None or _twin(now).says_as(_twin(then.explained)) else _twin(now),
        "outcome": words.page.unknown if explained.decision.rule == "unknown" else words.page.otherwise,
        "knows_why": telling.knows_why,
        "decisive": telling.decisive(),
        "besides": telling.besides(),
    }


def _twin(explained: Explained) -> Twin:
    decision = explained.decision
    texts = [said for said in explained.texts if said.text != decision.alt]
    return Twin(explained.language, decision.alt, texts, decision.nothing)


def _showing(then: Remembered, words: Wording) -> Showing:
    page = words.page
    said = page.showed_at if then.certain else page.fetched_at
    return Showing(said.format(Telling(then.explained, words).moment(then.at)), then.whole)


def memories(account: Account | None, words: Wording, now: float, labels: Labels = NO_LABELS) -> list[Line]:
    """What is remembered of somebody at `now`: what, and how much. No values, since a mail may have been passed on."""
    if account is None:
        return []
    person, page, locale = account.person, words.page, locale_of(words.language)
    attributes = ", ".join(labels.of(ATTRIBUTE, name) for name in person.attributes)
    lines = [Line(page.attributes, attributes)] if attributes else []
    for name, happened in person.events.items():
        often = happened.tally.total
        times = page.times.get(locale.plural_form(often), page.times["other"]).format(often)
        newest = format_date(datetime.fromtimestamp(happened.at, UTC), "long", locale=locale)
        lines.append(Line(f"{page.events}: {labels.of(EVENT, name)}", f"{times}, {newest}"))
    collected = {name: len(person.items(name, now)[0]) for name in person.collections}
    lines += [
        Line(f"{page.items}: {labels.of(COLLECTION, name)}", str(count)) for name, count in collected.items() if count
    ]
    return [*lines, Line(page.mails, str(len(account.mails)))] if account.mails else lines

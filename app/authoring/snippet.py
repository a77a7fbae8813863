"""The HTML for a sending platform: a picture that is decided on opening, and the link around it.

Merge tags stand in the platform's own form, percent-encoded by the platform where it can, and are never escaped by us;
everything else is. What the author must check before sending stands in a comment above, without any tag in it, because
platforms replace tags in comments too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Final
from urllib.parse import quote, urlsplit

from app.authoring.snippetlines import Credit, attribute, credit_line, joined, why_line
from app.authoring.suggest import did_you_mean
from app.engine.params import Param
from app.engine.signals import Kind
from app.errors import UsageError
from app.platforms import Platform, Tag, platform_named, platforms
from app.unrendered import unrendered

FIRST_NAMES: Final = frozenset({"first_name", "firstname", "vorname", "given_name", "fname"})
LANGUAGES: Final = frozenset({"lang", "language", "locale"})

_NO_VALUES: Final[Mapping[str, str]] = {}
_PICTURE: Final = (
    "display:block;width:100%;max-width:{width}px;height:auto;border:0;background-color:#eeeeee;color:#222222;"
    "font:16px/24px Arial,Helvetica,sans-serif;text-align:center;text-decoration:none;"
)


@dataclass(frozen=True, slots=True)
class Pictured:
    """The placeholder as a mail shows it: size in CSS pixels, format, alternative text in the mail's language.

    `campaign` is set where several campaigns fill the placeholder, `credit` where it can read the weather.
    """

    placeholder: str
    size: tuple[int, int]
    format: str = "png"
    alt: str = ""
    language: str = ""
    params: tuple[Param, ...] = ()
    campaign: str = ""
    credit: Credit | None = None


@dataclass(frozen=True, slots=True)
class Filling:
    """What the author says beyond the platform's preset.

    `fields` names the platform's field behind a parameter, `values` gives a parameter one value for everybody;
    `recipient` and `mailing` are tags or plain values instead of the preset's, `recipient_field` a field of the
    sender's own that holds an opaque token.
    """

    fields: Mapping[str, str] = field(default_factory=lambda: _NO_VALUES)
    values: Mapping[str, str] = field(default_factory=lambda: _NO_VALUES)
    recipient: str = ""
    recipient_field: str = ""
    mailing: str = ""


def snippet(pictured: Pictured, platform: str, *, base_url: str, filling: Filling | None = None, why: str = "") -> str:
    """The HTML to paste into a template of `platform` (an id or name of `app/platforms.yaml`).

    `base_url` is where onopen is reached, `why` the words of a link to the page for recipients. Raises UsageError for
    an unknown platform, for one without a preset where nothing was typed, for an unknown parameter and for an address
    that is none.
    """
    filling = filling or Filling()
    known = _platform(platform, filling)
    _check(pictured, base_url, filling)
    draft = _Draft(known, filling)
    base = base_url.rstrip("/")
    name = quote(pictured.placeholder, safe="")
    query = draft.query(pictured)
    in_links = joined({**query, **draft.in_links()})
    picture = f"{base}/i/{name}.{pictured.format}{joined(query)}"
    width, height = pictured.size
    language = f' lang="{escape(pictured.language)}"' if pictured.language else ""
    return (
        f"{draft.comment(pictured)}"
        f"<a {attribute('href', f'{base}/l/{name}{in_links}')}{' ' + attribute('style', 'text-decoration:none;')}>"
        f'<img {attribute("src", picture)} width="{width}" height="{height}"'
        f' alt="{escape(pictured.alt)}"{language} border="0" {attribute("style", _PICTURE.format(width=width))}></a>\n'
        f"{credit_line(pictured.credit)}"
        f"{why_line(why, f'{base}/why/{name}{in_links}')}"
    )


class _Draft:
    """One snippet in the making: the query, and the doubts that go into the comment."""

    def __init__(self, platform: Platform, filling: Filling) -> None:
        self._platform = platform
        self._filling = filling
        self._doubtful: list[str] = []
        self._bare: list[str] = []
        self._says: list[str] = []

    def query(self, pictured: Pictured) -> dict[str, str]:
        """The parameters in their order, each as it stands in the address."""
        parts = {"c": quote(pictured.campaign, safe="")} if pictured.campaign else {}
        if mailing := self._mailing():
            parts["m"] = mailing
        for param in pictured.params:
            if value := self._param(param, pictured.language):
                parts[param.name] = value
        if recipient := self._recipient():
            parts["r"] = recipient
        return parts

    def in_links(self) -> dict[str, str]:
        """What links write differently."""
        tag = self._platform.recipient_in_links
        typed = self._filling.recipient or self._filling.recipient_field
        return {"r": tag.text} if tag and not typed else {}

    def _mailing(self) -> str:
        if self._filling.mailing:
            return _verbatim(self._filling.mailing)
        if self._platform.mailing:
            return self._use("the mailing", self._platform.mailing, Kind.TEXT)
        self._says.append("Name each send in m= yourself, so that no two sends share an address.")
        return ""

    def _recipient(self) -> str:
        if self._filling.recipient:
            return _verbatim(self._filling.recipient)
        if self._filling.recipient_field and (tag := self._platform.custom(self._filling.recipient_field)):
            return self._use("the recipient", tag, Kind.TEXT)
        if self._platform.recipient:
            return self._use("the recipient", self._platform.recipient, Kind.TEXT)
        if self._platform.has_preset:
            self._says.append(
                "No tag for a stable recipient id is known here: keep an own token in a contact field and name it."
            )
        return ""

    def _param(self, param: Param, language: str) -> str:
        """A parameter's value: fixed by the author, the mail's language, or a tag; nothing if nobody fills it."""
        if param.name in self._filling.values:
            return quote(self._filling.values[param.name], safe="")
        named = self._filling.fields.get(param.name)
        if named is None and param.name in LANGUAGES and language:
            return quote(language, safe="")
        if named is None and param.kind is not Kind.TEXT:
            self._says.append(f"The parameter {param.name} is not in this address: name its field or its value.")
            return ""
        tag = self._platform.custom(named or param.name)
        if named is None and param.name in FIRST_NAMES and self._platform.first_name:
            tag = self._platform.first_name
        elif named is None and tag is not None:
            self._says.append(f"The parameter {param.name} is taken from a contact field of that name.")
        if tag is None:
            self._says.append(f"The parameter {param.name} is not in this address: no tag for contact fields is known.")
            return ""
        if not (self._platform.encoded or self._platform.encodes):
            self._bare.append(param.name)
        return self._use(param.name, tag, param.kind)

    def _use(self, what: str, tag: Tag, kind: Kind) -> str:
        tag = self._platform.in_url(tag) if kind in (Kind.TEXT, Kind.CHOICE) else tag
        if tag.confidence == "low":
            self._doubtful.append(what)
        return tag.text

    def comment(self, pictured: Pictured) -> str:
        """The comment above the snippet; it ends up in nobody's mail if the author deletes it."""
        lines = [f"onopen: {pictured.placeholder} for {self._platform.name}."]
        if self._doubtful:
            doubtful = ", ".join(self._doubtful)
            lines.append(f"VERIFY before sending: the tag of {doubtful} was seen in no documentation (low confidence).")
        if self._bare:
            lines.append(
                f"Nothing percent-encodes {', '.join(self._bare)} here: a value with &, + or # arrives damaged."
            )
        if not (self._platform.has_preset or self._filling.recipient):
            lines.append("This address names nobody: everybody is the same recipient.")
        text = " ".join((*lines, *self._says))
        return f"<!-- {text.replace('--', '- -')} -->\n"


def _platform(word: str, filling: Filling) -> Platform:
    found = platform_named(word)
    if found is None:
        remedy = did_you_mean(word, platforms(), else_say="platforms are")
        raise UsageError(f"“{word}” is no sending platform known here; {remedy}")
    if not found.has_preset and found.id != "plain" and not (filling.recipient or filling.mailing):
        raise UsageError(
            f"{found.name} has no preset: {found.note} Give the recipient's and the mailing's tag, or take “plain”."
        )
    return found


def _check(pictured: Pictured, base_url: str, filling: Filling) -> None:
    parts = urlsplit(base_url)
    ends_early = parts.query or parts.fragment or any(sign in base_url for sign in "\"'<>& ")
    if parts.scheme not in ("http", "https") or not parts.netloc or ends_early:
        raise UsageError(f"“{base_url}” is no base address; write it like https://mail.example")
    declared = [param.name for param in pictured.params]
    for name in (*filling.fields, *filling.values):
        if name not in declared:
            remedy = did_you_mean(name, declared, else_say="its parameters are")
            raise UsageError(f"{pictured.placeholder} declares no parameter “{name}”; {remedy or 'it declares none'}")


def _verbatim(text: str) -> str:
    """A tag as it was typed; a plain value percent-encoded."""
    return text if unrendered(text) else quote(text, safe="")

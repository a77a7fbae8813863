"""The URLs of a placeholder, as they stand in a mail: with what they say in plain, or in a token."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple
from urllib.parse import urlencode

from app.authoring.compiled import CompiledPlaceholder, CompiledSite
from app.authoring.suggest import did_you_mean
from app.engine.written import parse_duration
from app.errors import UsageError
from app.keyring import Keyring
from app.recipients.ids import IDENTIFIER, is_hard_to_guess
from app.settings import Settings
from app.sites import state_directory
from app.tokens import CARRIED, DETACHED, MAILING, RECIPIENT, TEST, TOKEN, Token, Tokens, platform_secret
from app.wiring.world import keyring_for
from app.workshop.workshop import campaign_of, placeholder_of

SIGNATURE: Final = "SIGNATURE"
"""Stands in a recipe for what a sending platform computes."""


class Urls(NamedTuple):
    """Where the picture is, where a click on it goes, and the page that says why."""

    picture: str
    link: str
    why: str


@dataclass(frozen=True, slots=True)
class Addressing:
    """Writes the URLs of one placeholder; `campaign` is named in them where several fill it."""

    placeholder: CompiledPlaceholder
    campaign: str
    base: str

    @classmethod
    def of(cls, site: CompiledSite, placeholder: str, *, campaign: str, base: str) -> Addressing:
        """Of the placeholder of that name; raises UsageError where it or the campaign does not exist."""
        found = placeholder_of(site, placeholder)
        chosen = campaign_of(found, campaign)
        return cls(found, chosen.name if len(found.campaigns) > 1 else "", base.rstrip("/"))

    def parameters(self, mailing: str, recipient: str, given: Mapping[str, str]) -> dict[str, str]:
        """What a URL says, in its order; raises UsageError for a parameter that the placeholder does not declare."""
        values = {name.removeprefix("param."): value for name, value in given.items()}
        declared = {param.name for param in self.placeholder.params}
        for name in values:
            if name not in declared:
                remedy = did_you_mean(name, declared, else_say="it has") or "it has none"
                raise UsageError(f"--set {name}: {self.placeholder.name} has no such parameter; {remedy}")
        said = {"c": self.campaign, MAILING: mailing, RECIPIENT: recipient, **values}
        return {name: value for name, value in said.items() if value}

    def urls(self, said: Mapping[str, str]) -> Urls:
        """The URLs that say this."""
        tail = f"?{urlencode(said)}" if said else ""
        name, format = self.placeholder.name, self.placeholder.document.format
        return Urls(
            f"{self.base}/i/{name}.{format}{tail}", f"{self.base}/l/{name}{tail}", f"{self.base}/why/{name}{tail}"
        )


def doubt(site: CompiledSite, recipient: str) -> str:
    """Why a site that believes plain ids does not believe this one; empty where it does, or believes none."""
    if not (recipient and site.document.recipients.trust_plain_ids) or is_hard_to_guess(recipient):
        return ""
    return (
        f"-r {recipient} could be guessed, so nothing is read about it without a token; use ids with 96 bits of chance"
    )


@dataclass(frozen=True, slots=True)
class Minting:
    """Makes the tokens of one sending: with the key of these settings, until one instant."""

    keyring: Keyring
    tokens: Tokens
    until: int
    form: str

    @classmethod
    def of(cls, settings: Settings, expires: str, clock: Callable[[], float], *, test: bool = False) -> Minting:
        """Tokens that hold for a time such as `90d`; raises UsageError where that is none."""
        try:
            seconds = parse_duration(expires)
        except ValueError as error:
            raise UsageError(f"--expires {expires}: {error}") from error
        keyring = keyring_for(settings, state_directory(settings.state_dir))
        return cls(keyring, Tokens(keyring), int(clock() + seconds), TEST if test else CARRIED)

    def token(self, parameters: Mapping[str, str]) -> str:
        """The token that carries these parameters; raises UsageError where no server would read it."""
        for name in (MAILING, RECIPIENT):
            if len(parameters.get(name, "")) > IDENTIFIER:
                raise UsageError(f"{name} has more than {IDENTIFIER} characters, and a longer id is not read")
        try:
            return self.tokens.made(Token(parameters, self.until, self.form))
        except ValueError as error:
            raise UsageError(str(error)) from error


def recipe(addressing: Addressing, minting: Minting, mailing: str) -> dict[str, str]:
    """What a sending platform that signs by itself must be told (`docs/sending/`). The key in it is a secret."""
    key = minting.keyring.key
    said = addressing.parameters(mailing or "MAILING", "RECIPIENT", {})
    head = f"{DETACHED}.{key.id}.{minting.until}."
    picture, link, _ = addressing.urls({**said, TOKEN: f"{head}{SIGNATURE}"})
    lines = f"onopen\n{DETACHED}\n{key.id}\n{minting.until}\n{said[MAILING]}\n{said[RECIPIENT]}"
    return {"picture": picture, "link": link, "lines": lines, "key": platform_secret(key)}

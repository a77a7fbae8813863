"""What people do with a site away from the open path: check it, ask why, paint one picture, start a new one.

The command line (and later the studio) is a thin skin over this. It decides through the very resolver that serves.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from urllib.parse import urlencode

from app import wiring
from app.authoring import schema
from app.authoring.cases import pinned_value
from app.authoring.compiled import CompiledCampaign, CompiledPlaceholder, CompiledSite
from app.authoring.library import Checked, check
from app.authoring.operands import Misread, Moments
from app.authoring.snippet import Credit, Filling, Pictured, snippet
from app.authoring.suggest import did_you_mean
from app.engine.decision import Decision
from app.engine.explain import Step, explain
from app.engine.facts import Facts
from app.engine.opens import Open
from app.engine.readings import EMPTY, Reading, pinned
from app.engine.rules import Ruleset
from app.engine.signals import CATALOGUE, Catalogue, Kind
from app.engine.words import Fixed
from app.errors import SiteError, UsageError
from app.render.layers import LAYERS
from app.settings import Settings

PATIENCE_S = 10.0
"""How long a command waits for the weather; nobody's picture is late meanwhile."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One opening as somebody at a terminal describes it."""

    placeholder: str
    campaign: str = ""
    at: str | None = None
    ip: str | None = None
    user_agent: str = ""
    recipient: str = ""
    pins: Mapping[str, str] = field(default_factory=dict)
    drafts: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What the opening sees, on the strength of which facts, and how that came about."""

    decision: Decision
    facts: Facts
    steps: tuple[Step, ...]
    ruleset: Ruleset
    site: CompiledSite
    placeholder: CompiledPlaceholder


class Workshop:
    """Works on one site folder with the settings of the moment."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.folder = folder
        self._settings = settings
        self._world = wiring.world(settings.model_copy(update={"log_level": "warning"}), json_logs=False)
        self._studio = wiring.studio(self._world, folder)

    def check(self) -> Checked:
        """The whole check of the folder as it is."""
        return check(self.folder, wiring.toolbox(self._world), self._studio)

    def site(self) -> CompiledSite:
        """The site; raises SiteError with its problems where it has any."""
        checked = self.check()
        if not checked.good:
            raise SiteError(checked.problems.render())
        return checked.site

    def answer(self, asked: Asked) -> Answer:
        """Decide one opening through the same resolver that serves."""
        return asyncio.run(self._answer(asked))

    async def _answer(self, asked: Asked) -> Answer:
        site = self.site()
        placeholder = placeholder_of(site, asked.placeholder)
        campaign = campaign_of(placeholder, asked.campaign)
        ruleset = campaign.preview if asked.drafts else campaign.ruleset
        served = wiring.served(placeholder, ruleset, site.document.language)
        resolver = wiring.resolver(self._world, site, time.time)
        try:
            answer, facts = resolver.decide_now(served, opening_of(site, ruleset.catalogue, asked))
            if not isinstance(answer, Decision):
                answer, facts = await resolver.decide(served, facts, answer, PATIENCE_S)
        finally:
            await self._world.aclose()
        return Answer(answer, facts, explain(ruleset, facts, answer), ruleset, site, placeholder)

    def picture(self, answer: Answer, format: str) -> bytes:
        """The picture of an answer."""
        painter = wiring.painter(self._world, self.folder)
        decision = answer.decision
        return painter.paint(
            answer.placeholder.design,  # type: ignore[arg-type]
            dict(decision.fields),
            dict(decision.captions),
            format=format,  # type: ignore[arg-type]
            nothing=decision.nothing,
        )

    def credit(self) -> Credit | None:
        """What the weather service's licence wants to stand in the mail."""
        found = self._world.weather.attribution
        return None if found is None else Credit(found.text, found.url, found.licence, found.licence_url)


def placeholder_of(site: CompiledSite, name: str) -> CompiledPlaceholder:
    """The placeholder of that name; raises UsageError."""
    found = site.placeholders.get(name)
    if found is None:
        remedy = did_you_mean(name, site.placeholders, else_say="there are")
        raise UsageError(f"there is no placeholder “{name}”; {remedy or 'the site has none yet'}")
    return found


def campaign_of(placeholder: CompiledPlaceholder, name: str) -> CompiledCampaign:
    """The campaign of that name, or the first; raises UsageError."""
    if not name:
        return next(iter(placeholder.campaigns.values()))
    found = placeholder.campaigns.get(name)
    if found is None:
        remedy = did_you_mean(name, placeholder.campaigns, else_say="there are")
        raise UsageError(f"no campaign “{name}” fills {placeholder.name}; {remedy}")
    return found


def opening_of(site: CompiledSite, catalogue: Catalogue, asked: Asked) -> Open:
    """The opening that somebody describes; raises UsageError for a pin that cannot be."""
    moments = Moments({}, site.zone)
    try:
        now = time.time() if asked.at is None else moments.read(asked.at).instant(site.zone)
    except Misread as error:
        raise UsageError(f"--at {asked.at}: {error.message}; {error.remedy}") from error
    params: dict[str, str] = {}
    pins: dict[str, Reading] = {}
    for name, text in asked.pins.items():
        if name.startswith("param.") and name in catalogue:
            params[name.removeprefix("param.")] = text
        else:
            pins[name] = pinned(name, _pin(name, text, catalogue, moments))
    return Open(
        placeholder=asked.placeholder,
        now=now,
        campaign=asked.campaign,
        recipient=asked.recipient,
        params=params,
        address=asked.ip,
        user_agent=asked.user_agent,
        pinned=pins,
    )


def _pin(name: str, text: str, catalogue: Catalogue, moments: Moments) -> Any:
    signal = catalogue.get(name)
    if signal is None:
        raise UsageError(f"--set {name}: there is no such signal; {did_you_mean(name, catalogue)}")
    if text == "":
        return EMPTY
    try:
        if signal.kind is Kind.MOMENT:
            return moments.read(text).instant(moments.zone)
        return pinned_value(signal, text)
    except Misread as error:
        raise UsageError(f"--set {name}={text}: {error.message}; {error.remedy}") from error


def new_site(folder: Path) -> list[Path]:
    """Write a small site that passes `check`; refuses a folder with anything in it."""
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{folder} is not empty; name a new folder")
    folder.parent.mkdir(parents=True, exist_ok=True)
    staged = Path(mkdtemp(dir=folder.parent))
    shutil.copytree(STARTER, staged, dirs_exist_ok=True)
    if folder.exists():
        folder.rmdir()
    staged.rename(folder)
    folder.chmod(0o755)
    return sorted(path for path in folder.rglob("*") if path.is_file())


SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")

STARTER = Path(__file__).parent / "starter"
"""The site that `onopen new site` copies."""


def new_placeholder(site: Path, name: str) -> list[Path]:
    """Write a placeholder and a campaign of the same name into a site, after the starter's."""
    if not SLUG.fullmatch(name):
        raise UsageError(f"“{name}” is not a name: use lower-case letters, digits, - and _")
    targets = [site / folder / f"{name}.yaml" for folder in ("placeholders", "rules")]
    for target in targets:
        if target.exists():
            raise UsageError(f"{target} is there already; choose another name")
    for target in targets:
        text = (STARTER / target.parent.name / "hello.yaml").read_text(encoding="utf-8")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text.replace("placeholder: hello", f"placeholder: {name}"), encoding="utf-8")
    return targets


def write_schemas(folder: Path) -> list[Path]:
    """Write the JSON Schema files."""
    return schema.write(folder, CATALOGUE, LAYERS)


def stale_schemas(folder: Path) -> list[str]:
    """The JSON Schema files that are not as they would be written now."""
    return schema.stale(folder, CATALOGUE, LAYERS)


def urls(
    site: CompiledSite,
    placeholder: str,
    campaign: str,
    base: str,
    mailing: str,
    recipient: str,
    given: Mapping[str, str],
) -> tuple[str, str]:
    """The picture URL and the link URL of a placeholder."""
    found = placeholder_of(site, placeholder)
    chosen = campaign_of(found, campaign)
    named = {"c": chosen.name} if len(found.campaigns) > 1 else {}
    values = {name.removeprefix("param."): value for name, value in given.items()}
    declared = {param.name for param in found.params}
    for name in values:
        if name not in declared:
            raise UsageError(f"--set {name}: {placeholder} has no such parameter; {did_you_mean(name, declared)}")
    query = {**named, "m": mailing, "r": recipient, **values}
    said = urlencode({name: value for name, value in query.items() if value})
    base = base.rstrip("/")
    tail = f"?{said}" if said else ""
    return f"{base}/i/{found.name}.{found.document.format}{tail}", f"{base}/l/{found.name}{tail}"


def html_snippet(
    bench: Workshop,
    placeholder: str,
    *,
    campaign: str,
    platform: str,
    base: str,
    values: Mapping[str, str],
    language: str,
    recipient: str,
    mailing: str,
) -> str:
    """The HTML for an email template."""
    site = bench.site()
    found = placeholder_of(site, placeholder)
    chosen = campaign_of(found, campaign)
    reads = {name for one in found.campaigns.values() for name in one.ruleset.reads}
    speaks = language or site.document.languages[0]
    alternatives = chosen.ruleset.alt.in_language(speaks)
    pictured = Pictured(
        placeholder=found.name,
        size=found.document.size,
        format=found.document.format,
        alt=str(alternatives[0].value) if alternatives and isinstance(alternatives[0], Fixed) else "",
        language=speaks if len(site.document.languages) > 1 else "",
        params=found.params,
        campaign=chosen.name if len(found.campaigns) > 1 else "",
        credit=bench.credit() if any(name.startswith("weather.") for name in reads) else None,
    )
    return snippet(
        pictured, platform, base_url=base, filling=Filling(values=values, recipient=recipient, mailing=mailing)
    )

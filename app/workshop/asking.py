"""One opening as somebody at a terminal describes it: the words of `--at`, `--ip` and `--set`, made into an `Open`.

Parameters are read as a token would bring them; every other pin overrides its source. What cannot be is refused with
a remedy.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any

from app.authoring.cases import pinned_value, with_lists
from app.authoring.collected import pinned_items
from app.authoring.compiled import CompiledSite
from app.authoring.operands import Misread, Moments
from app.authoring.suggest import did_you_mean
from app.authoring.yamlsource import read
from app.engine.opens import Open
from app.engine.readings import EMPTY, Reading, pinned
from app.engine.rules import Ruleset
from app.engine.signals import Catalogue, Kind
from app.errors import UsageError
from app.unrendered import unrendered


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


def opening_of(site: CompiledSite, ruleset: Ruleset, asked: Asked) -> Open:
    """The opening that somebody describes; raises UsageError for a pin that cannot be."""
    moments = Moments({}, site.zone)
    now = _instant(asked.at, moments)
    params: dict[str, str] = {}
    tags: set[str] = set()
    pins: dict[str, Reading] = {}
    for name, text in asked.pins.items():
        if name in site.tellable.collections:
            pins[name] = _collected(name, text, site, moments)
            continue
        value = _pin(name, text, ruleset.catalogue, moments)
        if name.startswith("param.") and unrendered(text):
            tags.add(name.removeprefix("param."))
        elif name.startswith("param."):
            params[name.removeprefix("param.")] = _said(name, text, site, asked.placeholder)
        else:
            pins[name] = pinned(name, value)
    return Open(
        placeholder=asked.placeholder,
        now=now,
        campaign=asked.campaign,
        recipient=asked.recipient,
        params=params,
        signed=frozenset(params),
        unrendered=frozenset(tags),
        address=_address(asked.ip),
        user_agent=asked.user_agent,
        pinned=with_lists(ruleset, pins, now),
    )


def _instant(text: str | None, moments: Moments) -> float:
    """In seconds since 1970; now, where nobody says."""
    try:
        return time.time() if text is None else moments.read(text).instant(moments.zone)
    except Misread as error:
        raise UsageError(f"--at {text}: {error.message}; {error.remedy}") from error


def _address(text: str | None) -> str | None:
    try:
        return text and str(ip_address(text.strip()))
    except ValueError as error:
        raise UsageError(f"--ip {text}: that is no address; write e.g. 192.0.2.7 or 2001:db8::7") from error


def _pin(name: str, text: str, catalogue: Catalogue, moments: Moments) -> Any:
    signal = catalogue.get(name)
    if signal is None:
        remedy = did_you_mean(name, catalogue) or "docs/reference/signals.md lists them"
        raise UsageError(f"--set {name}: there is no such signal; {remedy}")
    if text == "":
        return EMPTY
    try:
        if signal.kind is Kind.MOMENT:
            return moments.read(text).instant(moments.zone)
        return pinned_value(signal, text)
    except Misread as error:
        raise UsageError(f"--set {name}={text}: {error.message}; {error.remedy}") from error


def _said(name: str, text: str, site: CompiledSite, placeholder: str) -> str:
    """What a URL says of a parameter; one that would be read as if it said nothing is refused."""
    declared = next(param for param in site.placeholders[placeholder].params if param.signal.name == name)
    if text and declared.read(text, signed=True) is None:
        lengths = f"; it takes at most {declared.max_length} visible characters" if declared.kind is Kind.TEXT else ""
        fits = f", and all of them must match {declared.pattern.pattern}" if declared.pattern is not None else ""
        raise UsageError(f"--set {name}={text}: the parameter does not take that{lengths}{fits}")
    return text


def _collected(name: str, text: str, site: CompiledSite, moments: Moments) -> Reading:
    """What is in a collection, written like the items of an example, as YAML; an item alone needs no brackets."""
    source = read(text or '""', file=f"--set {name}")
    if source.problems:
        raise UsageError(f"--set {name}={text}: {source.problems[0].message}; {source.problems[0].remedy}")
    items = source.value if source.value == "" or isinstance(source.value, list) else [source.value]
    try:
        return pinned_items(name, items, site.tellable, moments)
    except Misread as error:
        raise UsageError(f"--set {name}={text}: {error.message}; {error.remedy}") from error

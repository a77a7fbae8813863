"""The catalogue of one placeholder in one campaign: the fixed signals and what the site declares itself.

Parameters come from the placeholder, attributes from `rules/recipients.yaml`, splits and phases from the campaign, the
names of dayparts from the site. What the site's choices make of a signal (who must be asked for the language, whose
clock the phases follow) is declared here too, because caches key on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from app.authoring.documents.campaign import Campaign
from app.authoring.documents.placeholder import ParamWritten, Placeholder
from app.authoring.documents.site import Site
from app.authoring.firsts import places
from app.authoring.operands import Misread, boolean, date, number
from app.engine.lottery import HELD_OUT, HOLDOUT_SIGNAL, TAKING_PART, Lot, lot
from app.engine.params import MAX_LENGTH, NO_LIMITS, TYPES, Param, Value
from app.engine.readings import EMPTY, Empty, fold
from app.engine.signals import Catalogue, Edge, Kind, Signal, listed, split
from app.engine.unsigned import Limits
from app.recipients.collecting import purpose_of
from app.recipients.tellable import Tellable

KINDS: Final = {
    "text": Kind.TEXT,
    "number": Kind.NUMBER,
    "choice": Kind.CHOICE,
    "boolean": Kind.BOOLEAN,
    "date": Kind.DATE,
    "moment": Kind.MOMENT,
}


SLOT: Final = "slot"
"""The parameter that says which of several pictures of one placeholder is meant, counted from 1."""

_LATER: Final = frozenset({"branch", "feed", "poll"})


def is_later(name: str) -> bool:
    """Whether a signal belongs to the language but not to this release."""
    family, dot, _ = name.partition(".")
    return bool(dot) and family in _LATER


def params(placeholder: Placeholder, limits: Limits = NO_LIMITS) -> tuple[Param, ...]:
    """The parameters that the URL of a placeholder may carry; which of its slots is meant is one of them."""
    declared = tuple(
        Param(
            name,
            TYPES[one.type],
            one.choices,
            _default(one),
            one.max_length or MAX_LENGTH,
            re.compile(one.pattern) if one.pattern else None,
            limits,
            frozenset(one.allow),
        )
        for name, one in placeholder.params.items()
    )
    if placeholder.slots is None:
        return declared
    numbers = tuple(str(number + 1) for number in range(placeholder.slots.count))
    return (*declared, Param(SLOT, Kind.CHOICE, numbers, numbers[0]))


def _default(written: ParamWritten) -> Value | Empty | None:
    """What is read where the URL does not say; a default that cannot be read was refused with its document."""
    if written.default is None:
        return None
    if written.default == "":
        return EMPTY
    try:
        match TYPES[written.type]:
            case Kind.NUMBER:
                return number(written.default)
            case Kind.BOOLEAN:
                return boolean(written.default)
            case Kind.DATE:
                return date(written.default)
            case Kind.CHOICE:
                return _as_chosen(written.default, written.choices)
            case _:
                return written.default
    except Misread:
        return None


def _as_chosen(text: str, choices: tuple[str, ...]) -> str:
    """The choice in its own spelling."""
    return next((choice for choice in choices if fold(choice) == fold(text)), text)


def site_signals(base: Catalogue, site: Site, declared: Iterable[Signal], *, dayparts: bool = True) -> Catalogue:
    """The catalogue of a site before placeholders and campaigns add theirs; `dayparts` where theirs can be trusted."""
    daypart = base["time.daypart"]
    if dayparts:
        choices = tuple(site.dayparts)
        daypart = replace(daypart, kind=Kind.CHOICE, choices=choices, certain=bool(choices))
    person = any(name.startswith("recipient.") for name in site.language)
    language = replace(base["open.language"], edge=Edge.PERSON if person else Edge.URL)
    return base.plus((daypart, language, *declared))


def campaign_signals(
    catalogue: Catalogue,
    params: Iterable[Param],
    campaign: Campaign | None,
    tellable: Tellable,
    *,
    local_phases: bool,
    phases: bool = True,
) -> Catalogue:
    """The catalogue of one placeholder in one campaign; `phases` where the names of its own can be trusted."""
    own: list[Signal] = [param.signal for param in params]
    if campaign is not None:
        phase = replace(catalogue["phase"], edge=Edge.PLACE if local_phases else Edge.NOBODY)
        own.append(replace(phase, kind=Kind.CHOICE, choices=tuple(campaign.phases)) if phases else phase)
        own += splits(campaign)
        own += places(campaign)
        for name, one in campaign.lists.items():
            purpose = purpose_of(one.of, tellable) if one.of in tellable.collections else None
            own += listed(name, personal=purpose).values()
    return catalogue.plus(own)


def splits(campaign: Campaign) -> list[Signal]:
    """The signals of a campaign's experiments."""
    found = [split(name, tuple(arms)) for name, arms in campaign.splits.items()]
    if campaign.holdout:
        found.append(split(HOLDOUT_SIGNAL.removeprefix("split."), (HELD_OUT, TAKING_PART)))
    return found


def lots(name: str, campaign: Campaign) -> Iterator[Lot]:
    """The splits of a campaign as lots."""
    for split_name, arms in campaign.splits.items():
        yield lot(f"split.{split_name}", name, dict(arms))


def holdout(name: str, campaign: Campaign) -> Lot | None:
    """The share of recipients that sees `otherwise`, as a lot."""
    if not campaign.holdout:
        return None
    share = campaign.holdout / 100
    return lot(HOLDOUT_SIGNAL, name, {HELD_OUT: share, TAKING_PART: 1 - share})

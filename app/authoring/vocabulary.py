"""The catalogue of one placeholder in one campaign: the fixed signals and what the site declares itself.

Parameters come from the placeholder, attributes from `rules/recipients.yaml`, splits and phases from the campaign, the
names of dayparts from the site. What the site's choices make of a signal (who must be asked for the language, whose
clock the phases follow) is declared here too, because caches key on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from app.authoring.documents.campaign import Campaign
from app.authoring.documents.recipients import Recipients
from app.authoring.documents.site import Site
from app.engine.lottery import HELD_OUT, HOLDOUT_SIGNAL, TAKING_PART, Lot, lot
from app.engine.params import Param
from app.engine.signals import Catalogue, Edge, Kind, Purpose, Signal, attribute, split

KINDS: Final = {
    "text": Kind.TEXT,
    "number": Kind.NUMBER,
    "choice": Kind.CHOICE,
    "boolean": Kind.BOOLEAN,
    "date": Kind.DATE,
    "moment": Kind.MOMENT,
}


def attributes(recipients: Recipients | None) -> tuple[Signal, ...]:
    """The signals of the declared recipient attributes."""
    if recipients is None:
        return ()
    return tuple(
        attribute(name, KINDS[one.type], Purpose(one.purpose), one.choices)
        for name, one in recipients.attributes.items()
    )


def site_signals(base: Catalogue, site: Site, declared: Iterable[Signal]) -> Catalogue:
    """The catalogue of a site before placeholders and campaigns add theirs."""
    daypart = replace(base["time.daypart"], kind=Kind.CHOICE, choices=tuple(site.dayparts))
    person = any(name.startswith("recipient.") for name in site.language)
    language = replace(base["open.language"], edge=Edge.PERSON if person else Edge.URL)
    return base.plus((daypart, language, *declared))


def campaign_signals(
    catalogue: Catalogue, params: Iterable[Param], campaign: Campaign | None, *, local_phases: bool
) -> Catalogue:
    """The catalogue of one placeholder in one campaign."""
    own: list[Signal] = [param.signal for param in params]
    if campaign is not None:
        edge = Edge.PLACE if local_phases else Edge.NOBODY
        own.append(replace(catalogue["phase"], kind=Kind.CHOICE, choices=tuple(campaign.phases), edge=edge))
        own += [split(name, tuple(arms)) for name, arms in campaign.splits.items()]
        if campaign.holdout:
            own.append(split(HOLDOUT_SIGNAL.removeprefix("split."), (HELD_OUT, TAKING_PART)))
    return catalogue.plus(own)


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

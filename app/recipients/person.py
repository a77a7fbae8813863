"""One recipient as far as anybody has told: attributes, consent, what happened, what is in their collections.

The sender tells attributes and consent, events tell the rest. Of an event type the newest is kept whole and the others
are only counted. These are structs because opens read them: they are decoded in half the time of dataclasses.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from app.engine.readings import FOREVER
from app.recipients.tallies import LONGEST, Tally

Payload = Mapping[str, Any]


class Happened(msgspec.Struct, frozen=True):
    """What is known of one type of event: the newest one's instant and payload, how often it happened, and when first.

    `first_at` is None in what was written before anybody kept it; then the first that is known is the newest.
    """

    at: float
    payload: Payload
    tally: Tally
    first_at: float | None = None

    @property
    def began_at(self) -> float:
        """When it happened first, as far as anybody knows; it never happens later."""
        return self.at if self.first_at is None else self.first_at


class Item(msgspec.Struct, frozen=True):
    """Something in a collection since `at`, until it is too old. Without a payload it was taken out at `at`.

    What was taken out is remembered, so that an older event which comes later does not put it in again.
    """

    at: float
    until: float
    payload: Payload | None


class Person(msgspec.Struct, frozen=True):
    """Everything that is known of a recipient, apart from single mails. `shown` counts by campaign."""

    attributes: Payload = {}
    consent: Mapping[str, bool] = {}
    events: Mapping[str, Happened] = {}
    collections: Mapping[str, Mapping[str, Item]] = {}
    shown: Mapping[str, Tally] = {}

    @property
    def introduced(self) -> bool:
        """Whether the sender told attributes or consent: then it is kept until it is erased."""
        return bool(self.attributes or self.consent)

    @property
    def heard_of(self) -> bool:
        """Whether the sender told anything about them: that they opened a mail says nothing of who they are."""
        return self.introduced or bool(self.events)

    @property
    def measured(self) -> bool:
        """Whether what they open may be remembered: they did not say no."""
        return self.consent.get("measurement") is not False

    def items(self, collection: str, now: float) -> tuple[Mapping[str, Item], float]:
        """What is in a collection at `now` by name, the newest first, and until when that is so."""
        kept = self.collections.get(collection, {}).items()
        inside = [(name, item) for name, item in kept if item.payload is not None and item.until > now]
        inside.sort(key=lambda named: -named[1].at)
        return dict(inside), min((item.until for _, item in inside), default=FOREVER)

    def told(self, attributes: Payload, consent: Mapping[str, bool]) -> Person:
        """With these attributes and this consent beside what was known; each key replaces its own."""
        return replace(self, attributes={**self.attributes, **attributes}, consent={**self.consent, **consent})

    def saw(self, campaign: str, at: float, now: float) -> Person:
        """With one more picture of a campaign shown; campaigns that no window reaches any more are left out."""
        tally = self.shown.get(campaign, Tally()).plus(at, now)
        recent = {name: tally for name, tally in self.shown.items() if tally.within(LONGEST, now).value}
        return replace(self, shown={**recent, campaign: tally})

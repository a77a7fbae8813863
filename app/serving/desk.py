"""What is being served: one immutable `Serving` for each edition of the site, on one `Desk`.

A reload builds a new serving beside the old one and swaps once; an open that has begun ends with the one it began
with.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.engine.decision import Decision
from app.engine.facts import Facts
from app.engine.labels import Labels
from app.engine.opens import Open
from app.engine.over import is_over
from app.engine.readings import EMPTY, FOREVER, Reading
from app.engine.rules import Ruleset
from app.engine.withdrawals import Withdrawal
from app.ports import Picture
from app.recall.withdrawable import Withdrawable
from app.recipients.permits import Permits
from app.recipients.receipts import Lead
from app.recipients.tellable import Tellable
from app.resolve.hinge import Resolver, Unsettled
from app.resolve.served import Served
from app.serving.gallery import Gallery
from app.serving.shown import Shown
from app.spans import Spoken


class Explained(NamedTuple):
    """An answer with what its picture says and all that it rests on, in the `language` in which the recipient reads."""

    decision: Decision
    texts: tuple[Spoken, ...]
    facts: Facts
    ruleset: Ruleset
    language: str


@dataclass(frozen=True, slots=True)
class Serving:
    """One edition of a site, ready to answer. `neutral` pictures are for placeholders nobody knows.

    `tellable` is what the API takes about recipients, `permits` what consent their purposes need; `may_lead` says
    whether a click may still be sent to a link; `zone` is the site's, by its name. `withdrawable` is what can be
    recalled, `withdrawn` what is; `short_of` makes the placeholders as they are without something. `labels` say to
    recipients what declared names mean.
    """

    digest: str
    placeholders: Mapping[str, Shown]
    resolver: Resolver
    gallery: Gallery
    home: str
    neutral: Mapping[str, Picture]
    tellable: Tellable = field(default_factory=Tellable)
    may_lead: Callable[[str], bool] = field(default=lambda _: False)
    permits: Permits = field(default_factory=Permits)
    zone: str = "UTC"
    withdrawable: Withdrawable = field(default_factory=Withdrawable)
    withdrawn: Set[Withdrawal] = frozenset()
    labels: Labels = field(default_factory=Labels)
    short_of: Callable[[Set[Withdrawal]], Mapping[str, Shown]] = field(default=lambda _: {})

    def decide_now(self, shown: Shown, opening: Open) -> Decision | Unsettled:
        """What this opening sees, or what must be fetched to tell; mostly nothing."""
        return self.resolver.decide_now(shown.served(opening.campaign), opening)

    def rename(self) -> None:
        """Work out anew what every picture is named by, as something that it rests on has come or gone."""
        for shown in self.placeholders.values():
            shown.keys.clear()
            shown.faces.clear()

    async def settled(self, shown: Shown, opening: Open, found: Decision | Unsettled, seconds: float) -> Decision:
        """What was found, after waiting for remote signals for at most `seconds` where it is not settled yet."""
        return await self._settled(shown.served(opening.campaign), opening, found, seconds)

    async def _settled(self, served: Served, opening: Open, found: Decision | Unsettled, seconds: float) -> Decision:
        if isinstance(found, Decision):
            return found
        decision, _ = await self.resolver.decide(served, opening, found.facts, found.pending, seconds)
        return decision

    async def proof(self, shown: Shown, format: str, decision: Decision, seconds: float) -> Picture:
        """The picture with its campaign, rule and horizon written on it, for a test send; raises NotPainted."""
        until = "for ever" if decision.until == FOREVER else f"until {_clock_time(decision.until, self.zone)}"
        words = " · ".join(filter(None, ("TEST", decision.campaign, f"rule {decision.rule}", until)))
        return await self.gallery.proof(shown, format, decision, words, seconds)

    def opened(self, opening: Open, decision: Decision) -> None:
        """The picture of a decision is on its way; behind the answer that may be remembered."""
        if opening.mailing and opening.recipient:
            shown = self.placeholders[opening.placeholder]
            served, followed = shown.served(opening.campaign), shown.click != "latest"
            self.resolver.opened(served, opening, decision, followed=followed)

    async def lead(self, shown: Shown, opening: Open) -> Lead | None:
        """What was shown in the mail that was clicked, if that is remembered."""
        return await self.resolver.lead(shown.served(opening.campaign), opening)

    def withdrawing(self, withdrawn: Set[Withdrawal]) -> Serving:
        """This serving as it was written, short of what is withdrawn; nothing is painted for that."""
        return replace(self, placeholders=self.short_of(withdrawn), withdrawn=frozenset(withdrawn))

    def is_withdrawn(self, shown: Shown, opening: Open, rule: str) -> bool:
        """Whether something of what the rule shows was recalled."""
        return any(one.rule == rule for one in shown.served(opening.campaign).decider.ruleset.withdrawn)

    def is_over(self, shown: Shown, opening: Open, rule: str) -> bool:
        """Whether the rule that was shown is no more, or its time has passed."""
        served = shown.served(opening.campaign)
        _, facts = self.resolver.decide_anew(served, opening)  # the recipient's clock, as far as it is known at once
        return is_over(served.decider.ruleset, rule, facts.now, facts.zone)

    async def decide_gone(self, shown: Shown, opening: Open, seconds: float) -> Decision:
        """Where a click goes instead, once what was shown is over."""
        served = shown.gone[shown.served(opening.campaign).decider.ruleset.campaign]
        return await self._settled(served, opening, self.resolver.decide_now(served, opening), seconds)

    async def explained(self, shown: Shown, opening: Open, seconds: float) -> Explained:
        """What this opening would see, decided anew, with the facts."""
        served = shown.served(opening.campaign)
        decision, facts = await self.resolver.decide_openly(served, opening, seconds)
        decision = decision._replace(readings=tuple(_not_opened_by_asking(one) for one in decision.readings))
        language = self.resolver.language(served, facts)
        return Explained(decision, shown.texts(decision), facts, served.decider.ruleset, language)

    async def decide(self, shown: Shown, opening: Open, seconds: float) -> Decision:
        """What this opening sees; waits for remote signals for at most `seconds`, and mostly not at all."""
        return await self.settled(shown, opening, self.decide_now(shown, opening), seconds)


def _not_opened_by_asking(reading: Reading) -> Reading:
    """A first open is this very moment only where somebody opens the mail: who asks about it has not."""
    if reading.signal != "open.first_at" or reading.value != reading.as_of:
        return reading
    return reading._replace(value=EMPTY)


def _clock_time(instant: float, zone: str) -> str:
    return datetime.fromtimestamp(instant, ZoneInfo(zone)).isoformat(" ", "minutes")


class Desk:
    """Holds the serving of the moment."""

    def __init__(self, serving: Serving) -> None:
        self.serving = serving

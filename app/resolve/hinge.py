"""The hinge: lay what is known, decide, fetch what the decision asked for, decide again.

Most opens end without one await. Remote signals are asked for only when a decision wants them, all together and under
one deadline; what is missing when time is up reads as unknown, and the answer is final. Where recipients have a say in
whether and where they are located, nothing is judged before they were asked about, since clocks and weather follow.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from app.engine.decide import with_own
from app.engine.decision import Decision, Pending
from app.engine.facts import Facts
from app.engine.languages import spoken_for
from app.engine.opens import Open
from app.engine.readings import Reading, Why, unknown
from app.engine.remembering import Told
from app.ports import Readings
from app.recipients.receipts import Lead
from app.recipients.showings import Past
from app.resolve.offering import Offering
from app.resolve.patience import Patience
from app.resolve.served import CERTAIN, LANGUAGE, Served, is_weather
from app.resolve.surroundings import PLACE, RETRY_S, Sources, Surroundings

ROUNDS = 3
"""Rounds of I/O at most; the engine needs two (`laws/test_rounds`)."""


class Unsettled(NamedTuple):
    """No answer without waiting: what must be fetched first, and the facts that a further round starts from."""

    pending: Pending
    facts: Facts


class Resolver:
    """Decides openings for one site. Synchronous where it can be, one deadline where it cannot."""

    def __init__(self, sources: Sources, clock: Callable[[], float]) -> None:
        self._sources = sources
        self._surroundings = Surroundings(sources)
        self._offering = Offering(sources.recalling, sources.viewers, sources.offers)
        self._clock = clock
        self._spoken: dict[tuple[str, str], Reading] = {}
        self._first_language = Reading(LANGUAGE, sources.languages[0], 0.0, source="site")

    def decide_now(self, served: Served, opening: Open) -> Decision | Unsettled:
        """The answer from what is known without waiting, from memory where it was given before."""
        asks = self._asks(served, opening)
        past = self._sources.recalling.at_once(served.recalled(opening)) if asks else None
        if past is None and asks and served.personal:
            return Unsettled(WHERE_FIRST, self._nothing_yet(opening))
        told = self._told(served, opening, past)
        steady = not opening.pinned and not asks
        if steady:
            remembered = served.remembering.recall(opening.now, told, opening.recipient)
            if remembered is not None:
                return remembered
        facts = self._laid(served, opening, told, past)
        answer = served.decider.decide(facts)
        if not isinstance(answer, Decision):
            return Unsettled(answer, facts)
        if steady:
            served.remembering.keep(opening.now, told, opening.recipient, answer)
        return answer

    def decide_anew(self, served: Served, opening: Open) -> tuple[Decision | Pending, Facts]:
        """The same without memory, for whoever wants to see the facts."""
        asks = self._asks(served, opening)
        past = self._sources.recalling.at_once(served.recalled(opening)) if asks else None
        if past is None and asks and served.personal:
            return WHERE_FIRST, self._nothing_yet(opening)
        facts = self._laid(served, opening, self._told(served, opening, past), past)
        return served.decider.decide(facts), facts

    async def decide_openly(self, served: Served, opening: Open, seconds: float) -> tuple[Decision, Facts]:
        """The answer for good, made anew, with the facts it rests on; waits for at most `seconds`."""
        answer, facts = self.decide_anew(served, opening)
        if isinstance(answer, Decision):
            return answer, facts
        return await self.decide(served, opening, facts, answer, seconds)

    async def decide(
        self, served: Served, opening: Open, facts: Facts, pending: Pending, seconds: float
    ) -> tuple[Decision, Facts]:
        """Fetch what is wanted for at most `seconds` in all, and decide for good; a place that is won is taken."""
        patience = Patience(self._clock, seconds)
        decision, facts = await self._settled(served, opening, facts, pending, patience)
        while not opening.test_send and (offer := self._offering.won(served, decision, facts)) is not None:
            facts = facts.plus({offer.signal: await self._offering.take(opening, offer, patience)})
            again = served.decider.decide(facts)
            decision, facts = await self._settled(served, opening, facts, again, patience)
        return decision, facts

    async def _settled(
        self, served: Served, opening: Open, facts: Facts, answer: Decision | Pending, patience: Patience
    ) -> tuple[Decision, Facts]:
        """Fetch what an answer wants, as far as there is time, and decide for good."""
        for _ in range(ROUNDS):
            if isinstance(answer, Decision):
                return answer, facts
            if answer is WHERE_FIRST:
                with patience.spent():
                    past = await self._sources.recalling.recall(served.recalled(opening))
                facts = self._laid(served, opening, self._told(served, opening, past), past)
            else:
                facts = facts.plus(await self._fetch(served, opening, answer.wants, facts, patience))
            answer = served.decider.decide(facts)
        if isinstance(answer, Pending):
            missing = served.reads - facts.readings.keys()
            facts = facts.plus({name: unknown(name, Why.TOO_MANY_ROUNDS, as_of=facts.now) for name in missing})
            answer = served.decider.decide(facts)
        assert isinstance(answer, Decision), "nothing is pending once every signal has a reading"
        return answer, facts

    @property
    def first_language(self) -> str:
        """The language of a site for who asks for none."""
        return self._sources.languages[0]

    def believes(self, opening: Open) -> bool:
        """Whether the recipient that the URL names may be told, and may say, something about themselves."""
        return self._sources.recalling.why_not(opening) is None

    def keeps_receipts(self, opening: Open) -> bool:
        """Whether of this mail everything is kept that was shown, unless its recipient says no."""
        return self._sources.recalling.keeps_receipts(opening)

    def language(self, served: Served, facts: Facts) -> str:
        """The site's language that the recipient reads, as far as these facts tell; also where no rule asks for it."""
        told = facts.readings.get(LANGUAGE) or self._language(served, facts.readings).get(LANGUAGE)
        return self.first_language if told is None or told.value is None else str(told.value)

    def opened(self, served: Served, opening: Open, decision: Decision, *, followed: bool) -> None:
        """The picture of a decision was handed out, where a click may be `followed` to what it showed."""
        self._sources.recalling.opened(served, opening, decision, self._sources.viewers, followed=followed)

    async def lead(self, served: Served, opening: Open) -> Lead | None:
        """What was shown in the mail that was clicked, if that is remembered."""
        return await self._sources.recalling.lead(served, opening)

    def _asks(self, served: Served, opening: Open) -> bool:
        """Whether the store is asked: who rules read about must be believed, who may be located need not."""
        recalling = self._sources.recalling
        if served.whereabouts is not None:
            return recalling.asks_about(opening)
        return served.recollection is not None and recalling.why_not(opening) is None

    def _nothing_yet(self, opening: Open) -> Facts:
        return Facts(opening.now, self._sources.zone, opening.pinned, opening.recipient)

    def _told(self, served: Served, opening: Open, past: Past | None) -> Told:
        """What follows from the request, as far as it is needed, and from a past that has a say in the place; with why
        nothing else is known of whose it is.
        """
        told = self._surroundings.told(served, opening, past)
        if served.recollection is None or (why := self._sources.recalling.why_not(opening)) is None:
            return told
        return *told, served.recollection.nothing(why)

    def _laid(self, served: Served, opening: Open, told: Told, past: Past | None) -> Facts:
        """The table: what was told, what the clock and remembered weather say of it. What stays out is pending."""
        sources, pinned, now = self._sources, opening.pinned, opening.now
        readings: dict[str, Reading] = {**told[0], **served.settled}
        for mapping in told[1:]:
            readings.update(mapping)
        if past is not None:
            readings.update(self._recollected(served, opening, past))
        zone = sources.zone
        if served.needs_place:
            zone, around = self._surroundings.around(served, opening, readings)
            readings.update(around)
        if served.needs_language:
            readings.update(self._language(served, {**readings, **pinned} if pinned else readings))
        if pinned:
            readings.update(pinned)
        return with_own(served.decider.ruleset, Facts(now, zone, readings, opening.recipient))

    def _recollected(self, served: Served, opening: Open, past: Past) -> Readings:
        """What rules read about the recipient, where that is somebody who is believed."""
        recollection = served.recollection
        if recollection is None or self._sources.recalling.why_not(opening) is not None:
            return {}
        certain = bool(recollection.of_the_mail) and self._sources.viewers.read(opening)[CERTAIN].value is True
        return recollection.readings(past, opening.now, mailing=opening.mailing, certain=certain)

    def _language(self, served: Served, readings: Mapping[str, Reading]) -> Readings:
        """The first readable signal of the site's `language:`, else its first language; nothing before all are told."""
        for name in self._sources.language:
            reading = readings.get(name)
            if reading is None and served.recollection is not None and name in served.recollection.names:
                return {}
            if reading is not None and isinstance(reading.value, str):
                spoken = self._spoken.get((name, reading.value))
                if spoken is None:
                    spoken = self._speaks(name, reading.value)
                if spoken.value is not None:
                    return {LANGUAGE: spoken}
        return {LANGUAGE: self._first_language}

    def _speaks(self, name: str, value: str) -> Reading:
        """The site's language that a value means, or a reading without one; remembered, as there are few."""
        found = Reading(LANGUAGE, spoken_for(value, self._sources.languages), 0.0, source=name)
        if len(self._spoken) < WORDS_REMEMBERED:
            self._spoken[name, value] = found
        return found

    async def _fetch(
        self, served: Served, opening: Open, wants: frozenset[str], facts: Facts, patience: Patience
    ) -> Readings:
        """What is wanted of the weather and of the recipient, all asked at once, with why the rest is unknown."""
        weather, recalled, places = await asyncio.gather(
            self._sky(opening, wants, facts, patience.left),
            self._recalled(served, opening, wants, facts, patience),
            self._offering.readings(served, opening, wants, patience),
        )
        fetched = {**weather, **recalled, **places}
        return {
            name: fetched.get(name) or unknown(name, Why.UPSTREAM_LATE, as_of=facts.now, until=facts.now + RETRY_S)
            for name in wants | fetched.keys()
            if name not in facts.readings
        }

    async def _sky(self, opening: Open, wants: frozenset[str], facts: Facts, seconds: float) -> Readings:
        return await self._surroundings.sky(opening, facts, seconds) if any(map(is_weather, wants)) else {}

    async def _recalled(
        self, served: Served, opening: Open, wants: frozenset[str], facts: Facts, patience: Patience
    ) -> Readings:
        """What is known of the recipient, and the language that follows from it."""
        if served.recollection is None or wants.isdisjoint({*served.recollection.names, LANGUAGE}):
            return {}
        with patience.spent():
            past = await self._sources.recalling.recall(served.recalled(opening))
        recalled = self._recollected(served, opening, past)
        spoken = self._language(served, {**recalled, **facts.readings}) if served.needs_language else {}
        return {**recalled, **spoken}


WORDS_REMEMBERED = 256
"""Values of language signals whose meaning is remembered."""

WHERE_FIRST: Final = Pending(frozenset(PLACE))
"""Nothing can be judged before the store has told whether there may be a place, and so which clock to look at."""

"""What is being served: one immutable `Serving` for each edition of the site, on one `Desk`.

A reload builds a new serving beside the old one and swaps once; an open that has begun ends with the one it began
with.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

from app.edge.dialect import Pairs
from app.edge.policy import Policy
from app.edge.sharing import Sharing
from app.edge.tags import tags_of
from app.engine.decision import Decision
from app.engine.facts import Facts
from app.engine.opens import Keyed, Open
from app.engine.over import is_over
from app.engine.readings import FOREVER, Rung
from app.engine.rules import Ruleset
from app.errors import NotPainted
from app.ports import Countdowns, Painter, PaintPool, Picture, Pictures, Tally
from app.recipients.permits import Permits
from app.recipients.receipts import Lead
from app.recipients.tellable import Tellable
from app.resolve import Resolver, Unsettled
from app.served import Served
from app.spans import spanned

Content = tuple[str, tuple[tuple[str, Any], ...], tuple[tuple[int, str], ...], bool]
"""What shapes a picture of one placeholder: format, fields, captions, whether nothing is shown."""


Follows = Literal["as_shown", "latest", "as_shown_unless_gone"]

COMPILING = 0.5
"""The share of the time there is that an open waits for a countdown's template; then it shows the durable face."""


class Face(NamedTuple):
    """What a decision comes to in one format: its render key, and its rung, in words too.

    A cache that keys on one of `kept_by` may keep it, under `tags`.
    `ticking` is its countdown, where that may move; the key is that of the picture in which nothing does.
    """

    decision: Decision
    key: str
    ticking: Any
    rung: Rung
    word: str
    kept_by: frozenset[Keyed]
    tags: Pairs


@dataclass(frozen=True, slots=True)
class Shown:
    """One placeholder in service: the format that snippets offer, its campaigns, a fallback picture for each format.

    `sharings` say by campaign who may share its answers; a cache that keys on just that sends the `voucher`. `click`
    says what a click follows, and by campaign `gone` where it goes instead once that is over; `spoken` are the places
    of the layers that say something in words. There is `room` for so many render keys and faces; then all are
    forgotten.
    """

    name: str
    format: str
    design: Any
    campaigns: Mapping[str, Served]
    sharings: Mapping[str, Sharing]
    voucher: bytes | None
    fallbacks: Mapping[str, Picture]
    room: int
    click: Follows = "as_shown"
    gone: Mapping[str, Served] = field(default_factory=dict)
    spoken: tuple[int, ...] = ()
    keys: dict[Content, str] = field(default_factory=dict)
    faces: dict[tuple[int, str], Face] = field(default_factory=dict)

    def served(self, campaign: str) -> Served:
        """The campaign of that name, else the first that fills this placeholder."""
        found = self.campaigns.get(campaign) if campaign else None
        return found or next(iter(self.campaigns.values()))

    def sharing(self, campaign: str) -> Sharing:
        """Who may share the answers of that campaign, or of the first."""
        return self.sharings.get(campaign) or next(iter(self.sharings.values()))

    def texts(self, decision: Decision) -> tuple[str, ...]:
        """What the picture of a decision says in words, from the bottom up."""
        if decision.nothing:
            return ()
        fields, captions = dict(decision.fields), dict(decision.captions)
        contents = [self.design.layers[place].content(fields, captions.get(place)) for place in self.spoken]
        return tuple(str(spanned(content)) for content in contents if content)


class Gallery:
    """Pictures from memory, or painted; countdowns joined for the second of an open."""

    def __init__(
        self,
        painter: Painter,
        countdowns: Countdowns,
        pictures: Pictures,
        pool: PaintPool,
        compiling: PaintPool,
        tally: Tally,
        policy: Policy,
    ) -> None:
        self._painter = painter
        self._countdowns = countdowns
        self._pictures = pictures
        self._pool = pool
        self._compiling = compiling
        self._tally = tally
        self.policy = policy

    def key(self, shown: Shown, format: str, decision: Decision) -> str:
        """The render key of what a decision shows; remembered, since the same answers come again and again."""
        content: Content = (format, decision.fields, decision.captions, decision.nothing)
        key = shown.keys.get(content)
        if key is None:
            key = self._painter.key(
                shown.design, dict(decision.fields), dict(decision.captions), format=format, nothing=decision.nothing
            )
            if len(shown.keys) >= shown.room:
                shown.keys.clear()
            shown.keys[content] = key
        return key

    def face(self, shown: Shown, format: str, decision: Decision) -> Face:
        """What a decision comes to, remembered by its identity: the same one is handed out again and again."""
        face = shown.faces.get((id(decision), format))
        if face is None:
            rung, ticking = decision.rung, self._ticking(shown, format, decision)
            kept_by = NOBODY if ticking is not None else _kept_by(shown.sharings[decision.campaign])
            tags = self._tags(shown, decision) if kept_by else ()
            face = Face(decision, self.key(shown, format, decision), ticking, rung, rung.word, kept_by, tags)
            if len(shown.faces) >= shown.room:
                shown.faces.clear()
            shown.faces[id(decision), format] = face
        return face

    def _tags(self, shown: Shown, decision: Decision) -> Pairs:
        assets = self._painter.asset_paths(shown.design, dict(decision.fields), dict(decision.captions))
        return self.policy.dialect.tags(tags_of(decision, assets))

    def _ticking(self, shown: Shown, format: str, decision: Decision) -> Any:
        """Its countdown, if there is one that may move."""
        if format != "gif" or decision.nothing:
            return None
        return self._countdowns.of(shown.design, dict(decision.fields), dict(decision.captions))

    def ready(self, face: Face, now: float) -> Picture | None:
        """The finished picture for an open at that instant, if it is in memory or can be joined at once."""
        if face.ticking is None:
            return self._pictures.get(face.key)
        picture = self._countdowns.picture(face.ticking, face.key, now)
        if picture is not None:
            self._tally.count("countdowns", face="live")
        return picture

    async def proof(self, shown: Shown, format: str, decision: Decision, words: str, seconds: float) -> Picture:
        """The picture with words across its foot, in which nothing ticks; raises NotPainted after `seconds`."""
        design, place = self._painter.proof(shown.design, nothing=decision.nothing)
        proof = replace(shown, design=design, keys={}, faces={})
        told = decision._replace(captions=(*decision.captions, (place, words)), nothing=False)
        face = Face(told, self.key(proof, format, told), None, decision.rung, decision.rung.word, NOBODY, ())
        deadline = asyncio.get_running_loop().time() + seconds
        return self._pictures.get(face.key) or await self._still(proof, format, face, deadline)

    async def painted(self, shown: Shown, format: str, face: Face, now: float, seconds: float) -> Picture:
        """Paint it, or wait for whoever is painting it; raises NotPainted after `seconds` at the latest.

        A countdown without a template is compiled as far as time allows, and else says its deadline in words.
        """
        deadline = asyncio.get_running_loop().time() + seconds
        if face.ticking is not None and (ticking := await self._compiled(face, now, deadline - COMPILING * seconds)):
            return ticking
        if face.ticking is not None:
            self._tally.count("countdowns", face="durable")
        still = self._pictures.get(face.key)
        return still or await self._still(shown, format, face, deadline)

    async def _compiled(self, face: Face, now: float, deadline: float) -> Picture | None:
        """The countdown, if its template is worth compiling, and there in time."""
        name = self._countdowns.missing(face.ticking, now)
        if name is None:
            return None
        job = partial(self._countdowns.make, face.ticking, now)
        try:
            await self._compiling.run(job, key=name, deadline=deadline, keep=None, short=False)
        except (NotPainted, ValueError):  # late, or what `check` would have told
            return None
        return self.ready(face, now)

    async def _still(self, shown: Shown, format: str, face: Face, deadline: float) -> Picture:
        key, decision = face.key, face.decision
        what = (shown.design, dict(decision.fields), dict(decision.captions))
        how: dict[str, Any] = {"format": format, "nothing": decision.nothing}
        body = await self._pool.run(
            partial(self._painter.paint, *what, **how),
            key=key,
            deadline=deadline,
            keep=partial(self._finished, key, format),
            short=self._painter.short(*what, **how),
        )
        return self._pictures.get(key) or self._pictures.put(key, body, format=format)

    def _finished(self, key: str, format: str, body: bytes) -> None:
        self._tally.count("painted", format=format)
        self._pictures.put(key, body, format=format)


def _kept_by(sharing: Sharing) -> frozenset[Keyed]:
    if not sharing.shareable:
        return NOBODY
    return ANYBODY if sharing.key.is_in_url else WHO_MAKES_THE_KEY


NOBODY: frozenset[Keyed] = frozenset()
WHO_MAKES_THE_KEY = frozenset({Keyed.VARIANT})
ANYBODY = frozenset({Keyed.URL, Keyed.VARIANT})


class Explained(NamedTuple):
    """An answer with what its picture says and all that it rests on, in the `language` in which the recipient reads."""

    decision: Decision
    texts: tuple[str, ...]
    facts: Facts
    ruleset: Ruleset
    language: str


@dataclass(frozen=True, slots=True)
class Serving:
    """One edition of a site, ready to answer. `neutral` pictures are for placeholders nobody knows.

    `tellable` is what the API takes about recipients, `permits` what consent their purposes need; `may_lead` says
    whether a click may still be sent to a link; `zone` is the site's, by its name.
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
        if isinstance(found, Decision):
            return found
        served = shown.served(opening.campaign)
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

    def is_over(self, shown: Shown, opening: Open, rule: str) -> bool:
        """Whether the rule that was shown is no more, or its time has passed."""
        served = shown.served(opening.campaign)
        _, facts = self.resolver.decide_anew(served, opening)  # the recipient's clock, as far as it is known at once
        return is_over(served.decider.ruleset, rule, facts.now, facts.zone)

    async def decide_gone(self, shown: Shown, opening: Open, seconds: float) -> Decision:
        """Where a click goes instead, once what was shown is over."""
        served = shown.gone[shown.served(opening.campaign).decider.ruleset.campaign]
        found = self.resolver.decide_now(served, opening)
        if isinstance(found, Decision):
            return found
        decision, _ = await self.resolver.decide(served, opening, found.facts, found.pending, seconds)
        return decision

    async def explained(self, shown: Shown, opening: Open, seconds: float) -> Explained:
        """What this opening sees, decided anew, with the facts."""
        served = shown.served(opening.campaign)
        decision, facts = await self.resolver.decide_openly(served, opening, seconds)
        language = self.resolver.language(served, facts)
        return Explained(decision, shown.texts(decision), facts, served.decider.ruleset, language)

    async def decide(self, shown: Shown, opening: Open, seconds: float) -> Decision:
        """What this opening sees; waits for remote signals for at most `seconds`, and mostly not at all."""
        return await self.settled(shown, opening, self.decide_now(shown, opening), seconds)


def _clock_time(instant: float, zone: str) -> str:
    return datetime.fromtimestamp(instant, ZoneInfo(zone)).isoformat(" ", "minutes")


class Desk:
    """Holds the serving of the moment."""

    def __init__(self, serving: Serving) -> None:
        self.serving = serving

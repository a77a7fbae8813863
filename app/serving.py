"""What is being served: one immutable `Serving` for each edition of the site, on one `Desk`.

A reload builds a new serving beside the old one and swaps once; an open that has begun ends with the one it began
with.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from app.edge.dialect import Pairs
from app.edge.policy import Policy
from app.edge.sharing import Sharing
from app.edge.tags import tags_of
from app.engine.decision import Decision
from app.engine.opens import Keyed, Open
from app.engine.readings import Rung
from app.errors import NotPainted
from app.ports import Countdowns, Painter, PaintPool, Picture, Pictures, Tally
from app.recipients.tellable import Tellable
from app.resolve import Resolver, Unsettled
from app.served import Served

Content = tuple[str, tuple[tuple[str, Any], ...], tuple[tuple[int, str], ...], bool]
"""What shapes a picture of one placeholder: format, fields, captions, whether nothing is shown."""


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

    `sharings` say by campaign who may share its answers; a cache that keys on just that sends the `voucher`. There is
    `room` for so many render keys and faces; then all are forgotten.
    """

    name: str
    format: str
    design: Any
    campaigns: Mapping[str, Served]
    sharings: Mapping[str, Sharing]
    voucher: bytes | None
    fallbacks: Mapping[str, Picture]
    room: int
    keys: dict[Content, str] = field(default_factory=dict)
    faces: dict[tuple[int, str], Face] = field(default_factory=dict)

    def served(self, campaign: str) -> Served:
        """The campaign of that name, else the first that fills this placeholder."""
        found = self.campaigns.get(campaign) if campaign else None
        return found or next(iter(self.campaigns.values()))

    def sharing(self, campaign: str) -> Sharing:
        """Who may share the answers of that campaign, or of the first."""
        return self.sharings.get(campaign) or next(iter(self.sharings.values()))


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


@dataclass(frozen=True, slots=True)
class Serving:
    """One edition of a site, ready to answer. `neutral` pictures are for placeholders nobody knows.

    `tellable` is what the API takes about recipients.
    """

    digest: str
    placeholders: Mapping[str, Shown]
    resolver: Resolver
    gallery: Gallery
    home: str
    neutral: Mapping[str, Picture]
    tellable: Tellable = field(default_factory=Tellable)

    def decide_now(self, shown: Shown, opening: Open) -> Decision | Unsettled:
        """What this opening sees, or what must be fetched to tell; mostly nothing."""
        return self.resolver.decide_now(shown.served(opening.campaign), opening)

    async def settled(self, shown: Shown, opening: Open, found: Decision | Unsettled, seconds: float) -> Decision:
        """What was found, after waiting for remote signals for at most `seconds` where it is not settled yet."""
        if isinstance(found, Decision):
            return found
        served = shown.served(opening.campaign)
        decision, _ = await self.resolver.decide(served, opening, found.facts, found.pending, seconds)
        return decision

    def opened(self, opening: Open, decision: Decision) -> None:
        """The picture of a decision is on its way; behind the answer that may be remembered."""
        self.resolver.opened(opening, decision)

    async def decide(self, shown: Shown, opening: Open, seconds: float) -> Decision:
        """What this opening sees; waits for remote signals for at most `seconds`, and mostly not at all."""
        return await self.settled(shown, opening, self.decide_now(shown, opening), seconds)


class Desk:
    """Holds the serving of the moment."""

    def __init__(self, serving: Serving) -> None:
        self.serving = serving

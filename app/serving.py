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

from app.engine.decision import Decision
from app.engine.opens import Open
from app.engine.readings import Rung
from app.ports import Painter, PaintPool, Picture, Pictures, Tally
from app.resolve import Resolver, Served, Unsettled

Content = tuple[str, tuple[tuple[str, Any], ...], tuple[tuple[int, str], ...], bool]
"""What shapes a picture of one placeholder: format, fields, captions, whether nothing is shown."""


class Face(NamedTuple):
    """What a decision comes to in one format: its render key, and its rung, in words too; for whom it may be kept."""

    decision: Decision
    key: str
    rung: Rung
    word: str
    shareable: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One placeholder in service: the format that snippets offer, its campaigns, a fallback picture for each format.

    There is `room` for so many render keys and faces; then all are forgotten.
    """

    name: str
    format: str
    design: Any
    campaigns: Mapping[str, Served]
    shareable: Mapping[str, bool]
    fallbacks: Mapping[str, Picture]
    room: int
    keys: dict[Content, str] = field(default_factory=dict)
    faces: dict[tuple[int, str], Face] = field(default_factory=dict)

    def served(self, campaign: str) -> Served:
        """The campaign of that name, else the first that fills this placeholder."""
        found = self.campaigns.get(campaign) if campaign else None
        return found or next(iter(self.campaigns.values()))


class Gallery:
    """Pictures from memory, or painted."""

    def __init__(self, painter: Painter, pictures: Pictures, pool: PaintPool, tally: Tally) -> None:
        self._painter = painter
        self._pictures = pictures
        self._pool = pool
        self._tally = tally

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
            rung = decision.rung
            face = Face(
                decision, self.key(shown, format, decision), rung, rung.word, shown.shareable[decision.campaign]
            )
            if len(shown.faces) >= shown.room:
                shown.faces.clear()
            shown.faces[id(decision), format] = face
        return face

    def remembered(self, key: str) -> Picture | None:
        """The finished picture of that key, if it is in memory."""
        return self._pictures.get(key)

    async def painted(self, shown: Shown, format: str, decision: Decision, key: str, seconds: float) -> Picture:
        """Paint it, or wait for whoever is painting it; raises NotPainted after `seconds` at the latest."""
        what = (shown.design, dict(decision.fields), dict(decision.captions))
        how: dict[str, Any] = {"format": format, "nothing": decision.nothing}
        deadline = asyncio.get_running_loop().time() + seconds
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


@dataclass(frozen=True, slots=True)
class Serving:
    """One edition of a site, ready to answer. `neutral` pictures are for placeholders nobody knows."""

    digest: str
    placeholders: Mapping[str, Shown]
    resolver: Resolver
    gallery: Gallery
    home: str
    neutral: Mapping[str, Picture]

    def decide_now(self, shown: Shown, opening: Open) -> Decision | Unsettled:
        """What this opening sees, or what must be fetched to tell; mostly nothing."""
        return self.resolver.decide_now(shown.served(opening.campaign), opening)

    async def settled(self, shown: Shown, opening: Open, found: Decision | Unsettled, seconds: float) -> Decision:
        """What was found, after waiting for remote signals for at most `seconds` where it is not settled yet."""
        if isinstance(found, Decision):
            return found
        served = shown.served(opening.campaign)
        decision, _ = await self.resolver.decide(served, found.facts, found.pending, seconds)
        return decision

    async def decide(self, shown: Shown, opening: Open, seconds: float) -> Decision:
        """What this opening sees; waits for remote signals for at most `seconds`, and mostly not at all."""
        return await self.settled(shown, opening, self.decide_now(shown, opening), seconds)


class Desk:
    """Holds the serving of the moment."""

    def __init__(self, serving: Serving) -> None:
        self.serving = serving

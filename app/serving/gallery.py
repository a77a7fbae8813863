"""Pictures of decisions: named, found in memory or painted, and countdowns joined for the second of an open."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from typing import Any

from app.edge.dialect import Pairs
from app.edge.policy import Policy
from app.edge.sharing import Sharing
from app.edge.tags import tags_of
from app.engine.decision import Decision
from app.engine.opens import Keyed
from app.errors import NotPainted
from app.ports import Countdowns, Painter, PaintPool, Picture, Pictures, Tally
from app.serving.shown import Content, Face, Shown

COMPILING = 0.5
"""The share of the time there is that an open waits for a countdown's template; then it shows the durable face."""

NOBODY: frozenset[Keyed] = frozenset()
WHO_MAKES_THE_KEY = frozenset({Keyed.VARIANT})
ANYBODY = frozenset({Keyed.URL, Keyed.VARIANT})
"""Which caches may keep an answer, by what they key on."""


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

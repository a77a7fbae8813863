"""One placeholder in service, and what an answer of it comes to in one format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple

from app.edge.dialect import Pairs
from app.edge.sharing import Sharing
from app.engine.decision import Decision
from app.engine.opens import Keyed
from app.engine.readings import Rung
from app.engine.rules import Ruleset
from app.engine.withdrawals import Withdrawal
from app.engine.withdrawing import withdrawing
from app.ports import Picture
from app.resolve.served import Served
from app.spans import Spoken

Content = tuple[str, tuple[tuple[str, Any], ...], tuple[tuple[int, str], ...], bool]
"""What shapes a picture of one placeholder: format, fields, captions, whether nothing is shown."""

Follows = Literal["as_shown", "latest", "as_shown_unless_gone"]


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
    says what a click follows, and by campaign `gone` where it goes instead once that is over. There is `room` for so
    many render keys and faces; then all are forgotten.
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
    keys: dict[Content, str] = field(default_factory=dict)
    faces: dict[tuple[int, str], Face] = field(default_factory=dict)

    def served(self, campaign: str) -> Served:
        """The campaign of that name, else the first that fills this placeholder."""
        found = self.campaigns.get(campaign) if campaign else None
        return found or next(iter(self.campaigns.values()))

    def sharing(self, campaign: str) -> Sharing:
        """Who may share the answers of that campaign, or of the first."""
        return self.sharings.get(campaign) or next(iter(self.sharings.values()))

    def without(self, withdrawn: Set[Withdrawal], serve: Callable[[Ruleset], Served]) -> Shown:
        """The same placeholder short of what is withdrawn. Campaigns that it does not concern go on with what they
        remember; render keys and faces are forgotten, since pictures may have been named anew meanwhile.

        Who may share an answer stays as it was: what is left reads no more, and caches were told the key.
        """

        def left(before: Served) -> Served:
            ruleset = withdrawing(before.decider.ruleset, withdrawn)
            return before if ruleset is before.decider.ruleset else serve(ruleset)

        campaigns = {name: left(before) for name, before in self.campaigns.items()}
        return replace(self, campaigns=campaigns, keys={}, faces={})

    def texts(self, decision: Decision) -> tuple[Spoken, ...]:
        """What the picture of a decision says in words, from the bottom up."""
        return () if decision.nothing else tuple(self._spoken(dict(decision.fields), dict(decision.captions)))

    def _spoken(self, fields: Mapping[str, Any], captions: Mapping[int, str]) -> Iterator[Spoken]:
        for place, layer in enumerate(self.design.layers):
            content = layer.content(fields, captions.get(place))
            said: Spoken | None = layer.spoken(content) if content else None
            if said is not None and said.text:
                yield said

"""Countdowns that are asked for first, compiled before anybody opens a mail: what a reader of whom nothing else is
known would see at this moment, in each language.

Whatever else is shown, in another phase or to somebody known better, is compiled when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from itertools import product
from typing import Any, Final

from app.authoring.compiled import CompiledPlaceholder, CompiledSite
from app.engine.deadlines import LIVE, Deadline
from app.engine.decide import decide
from app.engine.decision import Decision
from app.engine.facts import Facts
from app.engine.readings import Why, pinned, unknown
from app.engine.rules import LANGUAGE, Ruleset
from app.errors import NotPainted
from app.ports import Countdowns
from app.resolve.served import CERTAIN

DAY_S: Final = 86_400


def rehearsals(site: CompiledSite, countdowns: Countdowns, now: float) -> Iterator[Callable[[], None]]:
    """A job for each countdown, to be run away from the open path; one that cannot tick is passed over."""
    for placeholder in site.placeholders.values():
        rulesets = [campaign.ruleset for campaign in placeholder.campaigns.values()]
        looking = [ruleset for ruleset in rulesets if CERTAIN in ruleset.reads]  # no other lets anything tick
        for ruleset, language in product(looking, site.document.languages):
            decision = _decided(ruleset, site, language, now)
            captions = {**dict(decision.captions), **_evergreen(placeholder, site, language, now)}
            ticking = countdowns.of(placeholder.design, dict(decision.fields), captions)
            if ticking is not None and not decision.nothing:
                yield partial(_rehearse, countdowns, ticking, now)


def _decided(ruleset: Ruleset, site: CompiledSite, language: str, now: float) -> Decision:
    own = {CERTAIN: pinned(CERTAIN, True), LANGUAGE: pinned(LANGUAGE, language)}
    others = ruleset.reads - {lot.signal for lot in ruleset.lots} - own.keys() - {"phase"}
    readings = {name: unknown(name, Why.NOT_PINNED, as_of=now) for name in others}
    decision = decide(ruleset, Facts(now, site.zone, readings | own))
    assert isinstance(decision, Decision), "nothing is pending where every signal has a reading"
    return decision


def _evergreen(placeholder: CompiledPlaceholder, site: CompiledSite, language: str, now: float) -> dict[int, str]:
    """Captions of countdowns whose end is everybody's own: any end will do, since a template has none."""
    ends = str(Deadline(datetime.fromtimestamp(now + DAY_S, UTC), language, site.document.time_zone))
    layers = enumerate(laid.layer for laid in placeholder.layers)
    return {index: LIVE + ends for index, layer in layers if getattr(layer, "meaning", "") == "evergreen"}


def _rehearse(countdowns: Countdowns, ticking: Any, now: float) -> None:
    with suppress(NotPainted, ValueError):  # what `check` tells, or an asset that went meanwhile
        countdowns.make(ticking, now, lasting=True)

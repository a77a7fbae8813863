"""Offers for the first few at one open: the rule that wins takes a place, before the answer, and no other does."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from app.authoring.compiled import CompiledSite
from app.engine.decision import Decision
from app.engine.offers import Offer
from app.engine.opens import Open
from app.engine.readings import Reading, Rung, Why, pinned, unknown
from app.ports import Readings
from app.recipients.places import Standing
from app.recipients.showings import Past
from app.resolve.hinge import Resolver, Unsettled
from app.resolve.recalling import Measurement, Recalling
from app.resolve.surroundings import Sources
from app.resolve.truths import Truths
from app.wiring.world import World
from tests.resolve.hinge import NOON, Asked, Everybody, Page, compiled, served, sky
from tests.support.sites import PLACEHOLDER, SITE

RULES = """\
placeholder: hero
rules:
  - {name: wet, when: {weather.condition: rain}}
  - {name: english, when: {param.lang: en}, first: 1}
  - {name: early, first: 2}
  - {name: sold-out, when: {offer.early: false}}
otherwise: {}
unknown: {show: nothing}
"""
ANNA = Open("hero", NOON, recipient="anna", vouched=True, user_agent="Thunderbird")


@dataclass
class Shelf:
    """Places in memory. `faster` are those who come between a look and a claim; each look and claim takes `slow_s`,
    and from the claim on it is `silent` where it is told so.
    """

    held: dict[str, list[str]] = field(default_factory=dict)
    faster: tuple[str, ...] = ()
    slow_s: float = 0.0
    silent: bool = False
    claims: list[str] = field(default_factory=list)

    async def standing(self, recipient: str, offers: Sequence[Offer]) -> Sequence[Standing] | Why:
        await asyncio.sleep(self.slow_s)
        return [Standing(self._number(recipient, offer), len(self.held.get(offer.rule, []))) for offer in offers]

    async def claim(self, recipient: str, offer: Offer) -> int | Why | None:
        await asyncio.sleep(self.slow_s)
        self.claims.append(offer.rule)
        holders = self.held.setdefault(offer.rule, [])
        holders += self.faster[: offer.most - len(holders)]
        if self.silent:
            return Why.STORE_SILENT
        if recipient not in holders and len(holders) < offer.most:
            holders.append(recipient)
        return self._number(recipient, offer)

    def _number(self, recipient: str, offer: Offer) -> int | None:
        holders = self.held.get(offer.rule, [])
        return holders.index(recipient) + 1 if recipient in holders else None


@dataclass(frozen=True)
class Viewer:
    """One viewer, who is `certain` to look at this moment, or not, or nobody knows."""

    certain: bool | None = True

    def read(self, opening: Open) -> Readings:
        told = {"open.via": "direct", "open.prefetch": False, "open.machine": False}
        readings = {name: Reading(name, value, NOON) for name, value in told.items()}
        certain = Reading("open.certain", self.certain, NOON)
        if self.certain is None:
            certain = unknown("open.certain", Why.HIDDEN_BY_PROXY, as_of=NOON)
        return {**readings, "open.certain": certain}


@pytest.fixture(scope="module")
def site(world: World, tmp_path_factory: pytest.TempPathFactory) -> CompiledSite:
    folder = tmp_path_factory.mktemp("offers")
    for path, text in {"rules/site": SITE, "rules/early": RULES, "placeholders/hero": PLACEHOLDER}.items():
        file: Path = folder / f"{path}.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    return compiled(world, folder)


async def shown(
    site: CompiledSite,
    shelf: Shelf,
    opening: Open = ANNA,
    *,
    certain: bool | None = True,
    measured: Measurement = "aggregate",
    weather: str = "clear",
) -> Decision:
    """What is shown at an open, decided as a server does."""
    everybody = Everybody(Asked(), site, fetched=sky(weather))
    recalling = Recalling(Page(Past(None, None)), measured=measured)
    sources = Sources(
        Viewer(certain),
        everybody,
        everybody,
        everybody,
        site.zone,
        ("de",),
        (),
        truths=Truths(time.monotonic),
        recalling=recalling,
        offers=shelf,
    )
    hinge, one = Resolver(sources, time.time), served(site, "hero")
    found = hinge.decide_now(one, opening)
    if isinstance(found, Unsettled):
        found, _ = await hinge.decide(one, opening, found.facts, found.pending, 1.0)
    return found


async def test_the_rule_that_wins_takes_a_place_and_who_has_it_keeps_it(site: CompiledSite) -> None:
    shelf = Shelf()
    for recipient, rule in (("anna", "early"), ("ben", "early"), ("cleo", "sold-out"), ("anna", "early")):
        answer = await shown(site, shelf, replace(ANNA, recipient=recipient))
        assert (answer.rule, answer.rung) == (rule, Rung.LIVE)
        assert answer.until > NOON
    assert shelf.held == {"early": ["anna", "ben"]}
    assert shelf.claims == ["early", "early"], "who has a place, or sees that there is none, asks for none"


async def test_no_place_is_taken_for_a_rule_that_does_not_win(site: CompiledSite) -> None:
    shelf = Shelf()
    assert (await shown(site, shelf, weather="rain")).rule == "wet"
    assert (await shown(site, shelf, replace(ANNA, params={"lang": "en"}))).rule == "english"
    assert shelf.held == {"english": ["anna"]}


async def test_where_others_were_faster_it_is_decided_again(site: CompiledSite) -> None:
    shelf = Shelf(faster=("ben", "cleo"))
    answer = await shown(site, shelf)
    assert (answer.rule, answer.rung) == ("sold-out", Rung.LIVE)
    answer = await shown(site, Shelf(faster=("ben", "cleo")), replace(ANNA, params={"lang": "en"}))
    assert answer.rule == "sold-out", "of one offer after the other"


@pytest.mark.parametrize("shelf", [Shelf(silent=True), Shelf(slow_s=0.04), Shelf(slow_s=5.0)])
async def test_a_store_that_is_silent_or_slow_is_never_sold_out(site: CompiledSite, shelf: Shelf) -> None:
    began = time.perf_counter()
    answer = await shown(site, shelf)
    assert time.perf_counter() - began < 2.0
    assert (answer.rule, answer.rung) == ("unknown", Rung.UNKNOWN)
    assert answer.until <= NOON + 5


@pytest.mark.parametrize(
    ("opening", "certain", "measured", "why"),
    [
        (ANNA, False, "aggregate", Why.PREFETCHED),
        (ANNA, None, "aggregate", Why.HIDDEN_BY_PROXY),
        (ANNA, True, "none", Why.NOT_REMEMBERED),
        (replace(ANNA, vouched=False), True, "aggregate", Why.NOT_BELIEVED),
        (replace(ANNA, recipient=""), True, "aggregate", Why.NO_RECIPIENT),
    ],
)
async def test_for_whom_no_place_can_be_taken_it_is_unknown(
    site: CompiledSite, opening: Open, certain: bool | None, measured: Measurement, why: Why
) -> None:
    shelf = Shelf()
    answer = await shown(site, shelf, opening, certain=certain, measured=measured)
    assert (answer.rule, answer.rung) == ("unknown", Rung.LIVE)
    assert {reading.why_unknown for reading in answer.readings if reading.signal == "offer.early"} == {why}
    assert shelf.claims == []


@pytest.mark.parametrize("certain", [False, None])
async def test_who_need_not_be_looking_sees_what_is_so_already(site: CompiledSite, certain: bool | None) -> None:
    assert (await shown(site, Shelf({"early": ["anna"]}), certain=certain)).rule == "early"
    assert (await shown(site, Shelf({"early": ["ben", "cleo"]}), certain=certain)).rule == "sold-out"


async def test_a_test_send_and_a_pin_show_the_offer_and_take_nothing(site: CompiledSite) -> None:
    shelf = Shelf()
    assert (await shown(site, shelf, replace(ANNA, test_send=True))).rule == "early"
    pins = {"offer.early": pinned("offer.early", True)}
    assert (await shown(site, shelf, replace(ANNA, pinned=pins))).rule == "early"
    assert shelf.claims == []

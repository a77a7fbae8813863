"""`first:` of rules: the signal, the offer and the condition that each stands for."""

from __future__ import annotations

from collections.abc import Iterator

from app.authoring.documents.campaign import Campaign, Rule
from app.engine.clauses import Clause
from app.engine.offers import Offer
from app.engine.operators import Is
from app.engine.signals import Catalogue, Kind, Signal, among_first


def places(campaign: Campaign) -> list[Signal]:
    """The signals of a campaign's rules for the first few."""
    return [among_first(rule.name, rule.first) for rule in campaign.rules if rule.first is not None]


def offers(name: str, campaign: Campaign) -> Iterator[Offer]:
    """The rules of a campaign that are for the first few, drafts among them."""
    for rule in campaign.rules:
        if rule.first is not None:
            yield Offer(name, rule.name, rule.first)


def has_place(rule: Rule, catalogue: Catalogue) -> Iterator[Clause]:
    """The condition that a rule for the first few has beside its own."""
    if rule.first is not None:
        signal = among_first(rule.name, rule.first)
        sentence = f"one of the first {rule.first:,}"
        yield Clause(signal.name, catalogue.bits[signal.name], Kind.BOOLEAN, Is(True), sentence)

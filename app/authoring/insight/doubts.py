"""Doubts that a campaign leaves unanswered: it asks what mail often hides, and does not say what is shown then."""

from __future__ import annotations

from collections.abc import Iterator

from app.authoring.compiled import CompiledCampaign
from app.authoring.problems import Problems
from app.engine.clauses import Asks, Window
from app.engine.conditions import All, Condition
from app.engine.signals import Catalogue


def unanswered(campaign: CompiledCampaign, problems: Problems) -> None:
    """Tell once, at the first rule that may be in doubt, where `unknown:` is not written at all."""
    source = campaign.source
    if source is None or ("unknown",) in source.keys:
        return
    for place, rule in enumerate(campaign.preview.rules):
        doubtful = list(dict.fromkeys(_doubtful(rule.condition, campaign.preview.catalogue)))
        if doubtful:
            message = f"{' and '.join(doubtful)} may be unknown, as often in mail, and nothing says what is shown then"
            remedy = "add “unknown: otherwise” below the rules, or an outcome of its own"
            path = ("rules", place, "when")
            source.complain(problems, path, "no-unknown", message, remedy=remedy, severity="warning", key=True)
            return


def _doubtful(condition: Condition, catalogue: Catalogue) -> Iterator[str]:
    """The signals for whose sake a condition may be unknown; `known:` beside a question settles it."""
    if isinstance(condition, Window) or (isinstance(condition, Asks) and condition.about == "known"):
        return  # these always answer yes or no
    parts = condition.parts()
    if not parts:
        yield from (name for name in condition.signals() if catalogue[name].doubtful)
        return
    settled = set()
    if isinstance(condition, All):
        settled = {one.signal for one in parts if isinstance(one, Asks) and one.about == "known" and one.wanted}
    for part in parts:
        yield from (name for name in _doubtful(part, catalogue) if name not in settled)

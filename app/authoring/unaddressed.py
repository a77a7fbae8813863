"""What a placeholder shows where no rule says anything and nothing is known of an opening.

Texts that read what is not known give way as ever, and no clock is looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.authoring.cases import NO_INSTANT, decided, table
from app.authoring.compiled import CompiledPlaceholder, CompiledSite
from app.engine.decide import Decider
from app.engine.decision import Decision
from app.engine.phases import PHASE_SIGNAL
from app.engine.readings import Reading, Why, unknown
from app.engine.rules import Outcome

NO_PHASE: Mapping[str, Reading] = {PHASE_SIGNAL: unknown(PHASE_SIGNAL, Why.NOT_PINNED, as_of=NO_INSTANT)}


def by_default(placeholder: CompiledPlaceholder, site: CompiledSite) -> Decision:
    """The defaults of its fields and the texts of its layers, where the URL says nothing: what `check` weighs."""
    return _shown(placeholder, site, NO_PHASE)


def for_anybody(placeholder: CompiledPlaceholder, site: CompiledSite) -> Decision:
    """The same as far as it is true whatever the URL says: the fallback, which is served to all alike."""
    names = [param.signal.name for param in placeholder.params]
    unsaid = {name: unknown(name, Why.NOT_IN_URL, as_of=NO_INSTANT) for name in names}
    return _shown(placeholder, site, {**unsaid, **NO_PHASE})


def _shown(placeholder: CompiledPlaceholder, site: CompiledSite, pinned: Mapping[str, Reading]) -> Decision:
    ruleset = next(iter(placeholder.campaigns.values())).ruleset
    silent = replace(ruleset, rules=(), otherwise=Outcome(), unknown=None, holdout=None, offers=())
    return decided(Decider(silent), table(site, placeholder, silent, pinned, None))

"""What a receipt keeps of an answer is enough to come to it again."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given

from app.engine.calendar import find_zone
from app.engine.decide import Decider, with_own
from app.engine.facts import Facts
from app.recipients.receipts import Receipt, readings_of, receipt_of
from tests.laws.laws import decided, facts_of, said
from tests.support.engine_strategies import Case, cases
from tests.support.profiles import law

pytestmark = pytest.mark.timeout(600)


@law
@given(cases())
def test_a_receipt_is_decided_to_what_was_shown(case: Case) -> None:
    """“Replays an open to the byte”: the readings it rests on, instant and zone are all that the same rules need."""
    ruleset, decider, now = case.ruleset, Decider(case.ruleset), case.world.start
    facts = facts_of(case, case.world, now)
    shown = decided(decider, facts)
    kept = msgspec.json.decode(msgspec.json.encode(receipt_of(shown, now, "")), type=Receipt)
    zone = find_zone(kept.zone)
    assert zone is not None
    readings = {one.signal: one for one in readings_of(kept, ruleset.catalogue, ruleset.reproducible)}
    again = decided(decider, with_own(ruleset, Facts(kept.at, zone, readings, facts.recipient)))
    assert said(again) == said(shown)
    if ruleset.phases is not None and ruleset.phases.local:  # how long the zone is known is not kept
        assert again.until >= shown.until
    else:
        assert (again.until, again.reads) == (shown.until, shown.reads)

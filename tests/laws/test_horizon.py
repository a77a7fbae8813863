"""Law (b): an answer is as true just before its horizon as it was at first."""

from __future__ import annotations

import pytest
from hypothesis import given

from app.engine.decide import Decider
from tests.laws.laws import it_holds_until_its_horizon
from tests.support.engine_strategies import Case, cases
from tests.support.profiles import law

pytestmark = pytest.mark.timeout(600)


@law
@given(cases(people=1))
def test_it_holds_until_its_horizon(case: Case) -> None:
    """“It holds until its horizon”: at every instant before it, with everything read anew, the answer is the same."""
    it_holds_until_its_horizon(Decider, case)

"""Law (d): who caches an answer by its evidence and its horizon can serve it to others."""

from __future__ import annotations

import pytest
from hypothesis import given

from app.engine.decide import Decider
from tests.laws.laws import a_shared_cache_never_lies
from tests.support.engine_strategies import Case, cases
from tests.support.profiles import law

pytestmark = pytest.mark.timeout(600)


@law
@given(cases(people=3))
def test_a_shared_cache_never_lies(case: Case) -> None:
    """“A shared cache keyed by the reads never serves anything but the truth”, to whomever and whenever."""
    a_shared_cache_never_lies(Decider, case)

"""Law (c): the evidence of an answer is complete."""

from __future__ import annotations

import pytest
from hypothesis import given

from app.engine.decide import Decider
from tests.laws.laws import only_the_reads_matter
from tests.support.engine_strategies import Case, cases
from tests.support.profiles import law

pytestmark = pytest.mark.timeout(600)


@law
@given(cases(people=3))
def test_only_the_reads_matter(case: Case) -> None:
    """“Only the reads matter”: whatever else becomes different, known, empty or unknown, the answer stays the same."""
    only_the_reads_matter(Decider, case)

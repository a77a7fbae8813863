"""Beside the five laws: the answer is the one that the sentences of the language give."""

from __future__ import annotations

import pytest
from hypothesis import given

from app.engine.decide import Decider
from tests.laws.laws import it_says_what_it_means
from tests.support.engine_strategies import Case, cases

pytestmark = pytest.mark.timeout(600)


@given(cases(people=2))
def test_a_decision_says_what_it_means(case: Case) -> None:
    """“First matching rule wins. A rule whose required fields cannot be filled counts as unknown. No yes but a doubt →
    `unknown`, else `otherwise`.” Texts give way to their next alternative, then to the field's default.
    """
    it_says_what_it_means(Decider, case)

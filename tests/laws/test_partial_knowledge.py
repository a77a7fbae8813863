"""Law (a): what a decision does not know yet can make it wait, but never lie."""

from __future__ import annotations

import pytest
from hypothesis import given

from app.engine.decide import Decider
from tests.laws.laws import partial_knowledge_never_changes_the_answer
from tests.support.engine_strategies import Case, cases
from tests.support.profiles import law

pytestmark = pytest.mark.timeout(600)


@law
@given(cases(people=1))
def test_partial_knowledge_never_changes_the_answer(case: Case) -> None:
    """“A Decision reached with facts missing has the rule, fields and link of the one with all facts (its horizon may
    be shorter).”
    """
    partial_knowledge_never_changes_the_answer(Decider, case)

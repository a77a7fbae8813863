"""Four truths with a horizon and evidence: how they are joined and negated."""

from __future__ import annotations

import pytest

from app.engine.readings import FOREVER
from app.engine.verdicts import NO, PENDING, UNKNOWN, YES, Truth, Verdict, join, negate


def all_of(*verdicts: Verdict) -> Verdict:
    return join(verdicts, decisive=NO, neutral=YES)


def any_of(*verdicts: Verdict) -> Verdict:
    return join(verdicts, decisive=YES, neutral=NO)


@pytest.mark.parametrize(("truth", "negated"), [(YES, NO), (NO, YES), (UNKNOWN, UNKNOWN), (PENDING, PENDING)])
def test_not_swaps_yes_and_no_and_leaves_the_rest(truth: Truth, negated: Truth) -> None:
    verdict = Verdict(truth, 10.0, 0b1, 0b10)
    assert negate(verdict) == verdict._replace(truth=negated)


def test_one_no_settles_all_and_is_its_only_evidence() -> None:
    assert all_of(Verdict(YES, 5.0, 0b001), Verdict(NO, 9.0, 0b010), Verdict(UNKNOWN, 7.0, 0b100)) == (
        NO,
        9.0,
        0b010,
        0,
    )


def test_a_no_settles_all_before_anybody_is_asked() -> None:
    assert all_of(Verdict(PENDING, FOREVER, 0, 0b100), Verdict(NO, 9.0, 0b010)) == (NO, 9.0, 0b010, 0)


def test_the_longest_lived_no_speaks_and_the_first_of_equals() -> None:
    assert all_of(Verdict(NO, 5.0, 0b001), Verdict(NO, 9.0, 0b010), Verdict(NO, 9.0, 0b100)) == (NO, 9.0, 0b010, 0)


def test_without_a_no_all_waits_for_whatever_is_pending_together() -> None:
    waiting = all_of(Verdict(PENDING, wants=0b001), Verdict(UNKNOWN, 3.0, 0b010), Verdict(PENDING, wants=0b100))
    assert (waiting.truth, waiting.wants) == (PENDING, 0b101)


def test_without_a_no_one_unknown_makes_all_unknown_resting_on_everything() -> None:
    assert all_of(Verdict(YES, 5.0, 0b01), Verdict(UNKNOWN, 7.0, 0b10)) == (UNKNOWN, 5.0, 0b11, 0)


def test_all_yes_holds_until_the_smallest_horizon() -> None:
    assert all_of(Verdict(YES, 5.0, 0b01), Verdict(YES, 7.0, 0b10)) == (YES, 5.0, 0b11, 0)


def test_any_is_the_mirror_of_all() -> None:
    assert any_of(Verdict(NO, 5.0, 0b001), Verdict(YES, 6.0, 0b010), Verdict(YES, 9.0, 0b100)) == (YES, 9.0, 0b100, 0)
    assert any_of(Verdict(NO, 5.0, 0b01), Verdict(UNKNOWN, 7.0, 0b10)) == (UNKNOWN, 5.0, 0b11, 0)
    assert any_of(Verdict(NO, 5.0, 0b01), Verdict(NO, 7.0, 0b10)) == (NO, 5.0, 0b11, 0)


def test_all_of_nothing_is_yes_and_any_of_nothing_is_no() -> None:
    assert all_of() == (YES, FOREVER, 0, 0)
    assert any_of() == (NO, FOREVER, 0, 0)

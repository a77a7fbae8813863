"""Experiments: stable, proportional, independent of each other, and unknown without a recipient."""

from __future__ import annotations

import pytest

from app.engine.lottery import lot, share
from app.engine.readings import Why

FIFTY = lot("split.headline", "winter", {"a": 50, "b": 50})


@pytest.mark.parametrize(
    ("experiment", "campaign", "recipient", "point"),
    [
        ("split.headline", "winter", "ada", 0.9342598456237942),
        ("split.headline", "winter", "grace", 0.9617207444166188),
        ("split.holdout", "winter", "ada", 0.17320483330942574),
        ("split.headline", "summer", "ada", 0.5280894263338975),
    ],
)
def test_where_a_recipient_stands_never_changes(experiment: str, campaign: str, recipient: str, point: float) -> None:
    """Pinned: in any release, on any machine. A change here moves recipients between arms of running experiments."""
    assert share(experiment, campaign, recipient) == point


def test_the_same_recipient_is_in_the_same_arm_at_every_open() -> None:
    assert {FIFTY.draw("ada", now).value for now in (0.0, 1e9, 2e9)} == {FIFTY.draw("ada", 0.0).value}


@pytest.mark.parametrize("weights", [{"a": 50, "b": 50}, {"a": 1, "b": 3}, {"a": 10, "b": 20, "c": 70}])
def test_arms_get_their_share(weights: dict[str, float]) -> None:
    drawn = lot("split.headline", "winter", weights)
    people = 20_000
    arms = [drawn.draw(f"recipient-{n}", 0.0).value for n in range(people)]
    for arm, weight in weights.items():
        assert arms.count(arm) / people == pytest.approx(weight / sum(weights.values()), abs=0.012)


@pytest.mark.parametrize("recipient", ["Ä" * 300, "\0", "\udcff", "💌"])
def test_any_id_has_an_arm(recipient: str) -> None:
    assert FIFTY.draw(recipient, 0.0).value in {"a", "b"}


def test_experiments_are_independent_of_each_other() -> None:
    other = lot("split.photo", "winter", {"a": 50, "b": 50})
    people = [f"recipient-{n}" for n in range(8_000)]
    both = sum(FIFTY.draw(one, 0.0).value == other.draw(one, 0.0).value == "a" for one in people)
    assert both / len(people) == pytest.approx(0.25, abs=0.02)


def test_without_a_recipient_the_arm_is_unknown() -> None:
    assert FIFTY.draw("", 7.0).why_unknown is Why.NO_RECIPIENT


@pytest.mark.parametrize("arms", range(1, 40))
def test_the_last_arm_ends_at_one_however_the_shares_add_up(arms: int) -> None:
    assert lot("split.headline", "winter", {str(n): 0.1 for n in range(arms)}).arms[-1][1] == 1.0

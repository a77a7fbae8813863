"""Counts in windows: exact to the grain, and they hold until the instant they name."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from app.engine.readings import FOREVER
from app.recipients.tallies import BY_THE_HOUR, DAY_S, HOUR_S, LONGEST, Tally
from tests.support.profiles import law

NOW = 1_800_000_000.0
WINDOWS = st.sampled_from((1, 7, 30, 90)) | st.integers(1, LONGEST)
AGES = st.lists(st.floats(0, 100 * DAY_S) | st.integers(0, 100).map(lambda days: float(days * DAY_S)), max_size=30)


def tally_of(ages: list[float]) -> Tally:
    tally = Tally()
    for age in ages:
        tally = tally.plus(NOW - age, NOW)
    return tally


def leaves(at: float, days: int) -> float:
    """By the definition: the end of its hour, or day, and the whole window after that."""
    grain = HOUR_S if days <= BY_THE_HOUR else DAY_S
    return (at // grain + 1) * grain + days * DAY_S


@law
@given(ages=AGES, days=WINDOWS, later=st.floats(0, 100 * DAY_S))
def test_what_happened_counts_for_the_window_and_the_rest_of_its_hour_or_day(
    ages: list[float], days: int, later: float
) -> None:
    now = NOW + later
    tally = tally_of(ages)
    assert tally.total == len(ages)
    assert tally.within(days, now).value == sum(leaves(NOW - age, days) > now for age in ages)


@law
@given(ages=AGES, days=WINDOWS, later=st.floats(0, 30 * DAY_S), part=st.floats(0, 1))
def test_a_count_holds_until_the_instant_it_names_and_changes_then(
    ages: list[float], days: int, later: float, part: float
) -> None:
    now, tally = NOW + later, tally_of(ages)
    count, until = tally.within(days, now)
    if until == FOREVER:
        assert count == 0
        return
    assert now < until
    between = now + part * (until - now)
    assert between >= until or tally.within(days, between).value == count
    assert tally.within(days, until).value < count


@given(ages=st.lists(st.floats(0, 1_000 * DAY_S), min_size=200, max_size=300))
def test_a_tally_stays_small(ages: list[float]) -> None:
    tally = tally_of(ages)
    assert len(tally.hours) <= (BY_THE_HOUR + 1) * 24
    assert len(tally.days) <= LONGEST + 2


@pytest.mark.parametrize("days", [0, -1, 91])
def test_other_windows_do_not_exist(days: int) -> None:
    with pytest.raises(ValueError, match="a window has 1 to 90"):
        Tally().within(days, NOW)

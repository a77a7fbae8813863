"""The sets that insight reckons with: ordered values, domains and boxes keep the laws of sets."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, strategies as st

from app.authoring.insight.boxes import (
    EVERYWHERE,
    MOST,
    NOWHERE,
    Box,
    Domain,
    Region,
    TooMany,
    both,
    either,
    without,
)
from app.authoring.insight.spans import (
    EVERY,
    NONE,
    Spans,
    above,
    at_least,
    at_most,
    below,
    points,
    starting,
)

VALUES = (0, 0.5, 1, 1.5, 2, 2.5, 3)
"""Values on and between the edges below."""

TEXTS = ("", "a", "ab", "abc", "ac", "b", "ba", "bé", "é", "\U0010ffff", "a\U0010ffff", "a\U0010ffffb")


def stretches(edges: tuple[object, ...]) -> st.SearchStrategy[Spans]:
    one = st.one_of(
        st.sampled_from((NONE, EVERY)),
        st.builds(
            lambda made, edge: made(edge), st.sampled_from((at_least, above, below, at_most)), st.sampled_from(edges)
        ),
        st.builds(points, st.lists(st.sampled_from(edges), max_size=3)),
    )
    return st.recursive(
        one,
        lambda inner: st.one_of(
            st.builds(lambda a, b: a & b, inner, inner),
            st.builds(lambda a, b: a | b, inner, inner),
            st.builds(lambda a, b: a - b, inner, inner),
            st.builds(lambda a: ~a, inner),
        ),
        max_leaves=6,
    )


NUMBERS = stretches((0, 1, 2, 3))


@given(NUMBERS, NUMBERS)
def test_ordered_sets_keep_the_laws_of_sets(one: Spans, other: Spans) -> None:
    for value in VALUES:
        here, there = value in one, value in other
        assert (value in (one & other)) == (here and there)
        assert (value in (one | other)) == (here or there)
        assert (value in (one - other)) == (here and not there)
        assert (value in ~one) != here
    assert (one <= other) == all(value in other for value in (-1, *VALUES, 4) if value in one)
    assert bool(one) == any(value in one for value in (-1, *VALUES, 4))


@given(NUMBERS)
def test_a_set_is_written_in_one_way_only(one: Spans) -> None:
    assert one & one == one == one | one == ~~one
    assert not one - one
    assert (one | ~one) == EVERY


@given(NUMBERS)
def test_the_first_stretch_is_part_of_the_set_and_nothing_lies_before_it(one: Spans) -> None:
    assert one.first <= one
    assert bool(one.first) == bool(one)


@pytest.mark.parametrize("prefix", TEXTS)
def test_a_beginning_is_a_stretch_of_texts(prefix: str) -> None:
    assert [text for text in TEXTS if text in starting(prefix)] == [text for text in TEXTS if text.startswith(prefix)]


def test_only_a_single_value_is_the_only_one() -> None:
    assert points([3]).only == (3,)
    assert points([3, 4]).only == at_least(3).only == NONE.only == EVERY.only == ()


STATES = (*VALUES, "empty", "unknown")
DOMAINS = st.builds(Domain, NUMBERS, st.booleans(), st.booleans())
SIDES = (("a",), ("b",))
POINTS = tuple(dict(zip(SIDES, states, strict=True)) for states in product(STATES, repeat=2))
REGIONS = st.lists(
    st.builds(Box, st.dictionaries(st.sampled_from(SIDES), DOMAINS.filter(bool), max_size=2)), max_size=3
).map(tuple)


def can_be(domain: Domain, state: object) -> bool:
    if state in ("empty", "unknown"):
        return bool(getattr(domain, str(state)))
    return state in domain.values


def fits(point: dict[tuple[str], object], region: Region) -> bool:
    return any(all(can_be(domain, point[side]) for side, domain in box.sides.items()) for box in region)


@given(REGIONS, REGIONS)
def test_regions_keep_the_laws_of_sets(one: Region, other: Region) -> None:
    joined, common, rest = either((one, other)), both((one, other)), without(one, other)
    for point in POINTS:
        here, there = fits(point, one), fits(point, other)
        assert fits(point, joined) == (here or there)
        assert fits(point, common) == (here and there)
        assert fits(point, rest) == (here and not there)


@given(REGIONS, REGIONS)
def test_a_box_within_another_has_no_point_outside_it(one: Region, other: Region) -> None:
    for inner, outer in product(one, other):
        if inner.within(outer):
            assert all(fits(point, (outer,)) for point in POINTS if fits(point, (inner,)))
            assert not inner.minus(outer)
            assert outer.touches_corner_of(inner)


def test_all_of_nothing_is_everywhere_and_any_of_nothing_is_nowhere() -> None:
    assert both(()) == EVERYWHERE
    assert either(()) == NOWHERE


def test_too_many_boxes_are_refused_rather_than_waited_for() -> None:
    many: Region = tuple(Box({("a",): Domain(points([n]))}) for n in range(MOST))
    with pytest.raises(TooMany):
        either((many, many))
    with pytest.raises(TooMany):
        both((many, many))

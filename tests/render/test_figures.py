"""Numbers that layers draw: read without guessing, and laid out so that no chart lies."""

from __future__ import annotations

from itertools import pairwise
from math import inf, nan

import pytest
from hypothesis import given, strategies as st

from app.engine.words import Figure
from app.render.layers.figures import LARGEST, number, numbers
from app.render.layers.plotting import lengths, slots, strokes, turns

VALUES = st.lists(st.none() | st.floats(-LARGEST, LARGEST), min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (3, 3.0),
        (Figure(19.9, "19,90 €"), 19.9),
        (" 4.3 ", 4.3),
        ("+1e3", 1000.0),
        (".5", 0.5),
        (inf, LARGEST),
        ("-1e999", -LARGEST),
        (10**400, LARGEST),
        *((nothing, None) for nothing in (None, "", nan, True, "nan", "inf", "1_000", "0x10", "19,90", "٣", [3])),
    ],
)
def test_a_number_is_read_as_yaml_reads_it_and_brought_into_bounds(value: object, read: float | None) -> None:
    assert number(value) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("3, 5, 8.5", (3, 5, 8.5)),
        ("3,5,8.5", (3, 5, 8.5)),
        ("3;5 ; 8.5;", (3, 5, 8.5)),
        (" 3 5\n8.5 ", (3, 5, 8.5)),
        ("8,5; 9", (None, 9)),
        ("8,5 9", (None, 9)),
        ("3, n/a, 5", (3, None, 5)),
        ("3,,5", (3, None, 5)),
        ("-2", (-2,)),
        ("", (None,)),
    ],
)
def test_numbers_in_a_text_keep_their_places_and_a_decimal_comma_is_none(
    text: str, read: tuple[float | None, ...]
) -> None:
    assert numbers(text) == read


@given(VALUES, st.integers(1, 400))
def test_columns_touch_the_line_of_zero_and_are_as_long_as_their_values(
    values: list[float | None], length: int
) -> None:
    spans = lengths(values, length)
    assert all(0 <= begin <= end <= length for begin, end in spans)
    assert max(begin for begin, _ in spans) <= min(end for _, end in spans), "they touch one line"
    heights = [0.0, *(value or 0.0 for value in values)]
    whole = max(heights) - min(heights)
    for height, (begin, end) in zip(heights[1:], spans, strict=True):
        assert abs((end - begin) - (abs(height) / whole * length if whole else 0)) <= 1
        assert height or begin == end


@given(st.integers(1, 60), st.integers(1, 400), st.floats(0, 1e6))
def test_columns_stand_in_their_order_inside_the_box_whatever_the_gap(count: int, length: int, gap: float) -> None:
    places = slots(count, length, gap)
    assert len(places) == count
    assert all(0 <= begin < end <= length for begin, end in places)
    assert length < count or all(before[1] <= after[0] for before, after in pairwise(places))


@given(VALUES.filter(lambda values: any(value is not None for value in values)), st.none() | st.floats(-1e6, 1e6))
def test_a_sparkline_stays_away_from_the_edges_and_rises_with_its_values(
    values: list[float | None], base: float | None
) -> None:
    points = [point for run in strokes(values, (200, 80), 5, base) for point in run]
    known = [value for value in values if value is not None]
    assert len(points) == len(known)
    assert all(4.99 <= x <= 195.01 and 4.99 <= y <= 75.01 for x, y in points)
    inked = sorted(zip(known, (y for _, y in points), strict=True))
    assert all(before[1] >= after[1] - 1e-6 for before, after in pairwise(inked))


@given(st.lists(st.none() | st.floats(0, LARGEST), min_size=1, max_size=60))
def test_the_shares_of_a_donut_go_once_around(values: list[float | None]) -> None:
    shares = turns(values)
    assert len(shares) == len(values)
    whole = sum(value or 0 for value in values)
    for value, share in zip(values, shares, strict=True):
        wanted = 360 * (value or 0) / whole if whole else 0
        assert share.end - share.begin == pytest.approx(wanted, abs=1e-6)
    assert shares[-1].end == (360 if whole else 0)

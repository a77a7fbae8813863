"""Numbers that layers draw, read without guessing."""

from __future__ import annotations

from math import inf, nan

import pytest

from app.engine.words import Figure
from app.render.layers.figures import LARGEST, number


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

"""Places of offers for the first few, as one recipient has them or may have them."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """What a recipient holds: a place of a rule, by its number, counted from 1."""

    campaign: str
    rule: str
    number: int


class Standing(NamedTuple):
    """The number of the place that a recipient holds, None for none, and how many places are taken by all."""

    number: int | None
    taken: int

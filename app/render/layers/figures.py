"""Numbers that layers draw: one a field holds, and several in a text.

What is no number is None, and is never taken for zero; what is infinite or far too large is brought into bounds, in
which sums and differences stay finite.
"""

from __future__ import annotations

import re
from math import isnan

from app.engine.words import Figure

LARGEST = 1e15
NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
"""As YAML 1.2 writes it (core schema, 10.3.2), without what is infinite or no number."""
BETWEEN = re.compile(r"\s*;\s*|\s+,\s*|,\s+|\s+")


def plain(value: object) -> object:
    """A field's value as machines write it, whatever words a reader sees for it."""
    return value.value if isinstance(value, Figure) else value


def number(value: object) -> float | None:
    """A field's value as a number; None where it is none."""
    value = plain(value)
    if isinstance(value, str):
        value = float(value) if NUMBER.fullmatch(value.strip()) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    bounded = float(min(max(value, -LARGEST), LARGEST))
    return None if isnan(bounded) else bounded


def numbers(text: str) -> tuple[float | None, ...]:
    """The numbers in a text, each at its place; None stands for what is none.

    They are separated by semicolons, blanks, or commas with a blank. A comma without one separates only where nothing
    else does, so that `8,5; 9` is never taken for three numbers.
    """
    written = text.strip(" \t\r\n,;")
    apart = BETWEEN.split(written)
    return tuple(number(one) for one in (apart if len(apart) > 1 else written.split(",")))

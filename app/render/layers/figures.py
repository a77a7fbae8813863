"""Numbers that layers draw.

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

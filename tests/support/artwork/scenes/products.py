"""What the department store sells, each by itself on a tinted ground, for product tiles; and a bag for what has no
picture.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from .. import wares
from ..pen import mix, placed
from ..sheet import Sheet
from ..things import bag, contact

WIDTH, HEIGHT = 180, 120
SCALE = 2.3


def _ground(tint: str) -> Sheet:
    """A tint that grows lighter behind the thing, and the floor it stands on."""
    sheet = Sheet(seed=1, width=WIDTH, height=HEIGHT)
    sheet.add(sheet.whole(tint))
    sheet.add(sheet.whole(sheet.radial("#ffffffb0", "#ffffff00", y=0.42, r=0.62)))
    sheet.add(sheet.whole(sheet.linear((0.7, f"{mix(tint, '#3a1a2e', 0.2)}00"), (1, mix(tint, "#3a1a2e", 0.2)))))
    return sheet


def _ware(draw: Callable[[Sheet], str], tint: str) -> Sheet:
    sheet = _ground(tint)
    sheet.add(contact(sheet, WIDTH / 2, HEIGHT * 0.85, 78, 10, opacity=0.3))
    sheet.add(placed(draw(sheet), x=WIDTH / 2, y=HEIGHT * 0.5, scale=SCALE))
    return sheet


def _surprise() -> Sheet:
    sheet = _ground("#fbe9e4")
    sheet.add(bag(sheet, WIDTH / 2 - 30, HEIGHT * 0.86, 60, 72))
    return sheet


PICTURES: Mapping[str, Callable[[], Sheet]] = {
    **{draw.__name__: partial(_ware, draw, tint) for draw, tint in zip(wares.ALL, wares.TINTS, strict=True)},
    "surprise": _surprise,
}
"""By the name of their file."""

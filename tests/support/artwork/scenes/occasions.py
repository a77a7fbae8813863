"""The letters to single recipients: one thing on a disc at the right, room for words at the left.

Few flat colours, alike from letter to letter: what changes is what the letter is about.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from .. import occasions, wares
from ..pen import circle, ellipse, mix, placed, rect
from ..sheet import Sheet

X, Y, RADIUS, SCALE = 478.0, 142.0, 112.0, 3.9
CONFETTI = ((388, 44), (402, 222), (436, 18), (566, 46), (580, 196), (556, 244), (372, 128), (590, 116))
DAWN, ROSE, MINT, SKY, HONEY = "#fdf3e7", "#fdecea", "#eaf4ec", "#e9f2f6", "#fff6df"
Draw = Callable[[Sheet], str]


def _on_stage(ground: str, disc: str, *things: Draw, confetti: bool = False) -> Sheet:
    """The things side by side on the disc."""
    sheet = Sheet(seed=1)
    sheet.add(rect(0, 0, 600, 300, ground), circle(X, Y, RADIUS, disc))
    if confetti:
        tones = (occasions.RED, occasions.GOLD, occasions.TEAL)
        sheet.add(*(circle(x, y, 3.4 + index % 3, tones[index % 3]) for index, (x, y) in enumerate(CONFETTI)))
    scale = SCALE / len(things) ** 0.6
    sheet.add(ellipse(X, Y + 20.5 * scale, 20 * scale * len(things) ** 0.9, 8, mix(disc, "#3a1a2e", 0.22)))
    for index, draw in enumerate(things):
        shift = (index - (len(things) - 1) / 2) * 40 * scale
        sheet.add(placed(draw(sheet), x=X + shift, y=Y, scale=scale))
    return sheet


_gold_card = partial(occasions.card, ground="#d8a93a", mark="#fff7e6")

PICTURES: Mapping[str, Callable[[], Sheet]] = {
    "onboarding/welcome": partial(_on_stage, DAWN, "#f6d9c8", occasions.door),
    "onboarding/profile": partial(_on_stage, SKY, "#c5dfe8", occasions.profile),
    "onboarding/app": partial(_on_stage, ROSE, "#f6cfcb", occasions.phone),
    "onboarding/card": partial(_on_stage, MINT, "#c6e2cd", occasions.card),
    "onboarding/done": partial(_on_stage, HONEY, "#fbe2a4", occasions.gift, confetti=True),
    "anniversary/birthday": partial(_on_stage, ROSE, "#f8cfd2", occasions.cake, confetti=True),
    "anniversary/belated": partial(_on_stage, SKY, "#c9e0ea", occasions.cake),
    "anniversary/points": partial(_on_stage, HONEY, "#fbe2a4", occasions.coins),
    "anniversary/tier": partial(_on_stage, "#f7f1e3", "#3a2028", _gold_card),
    "anniversary/years": partial(_on_stage, MINT, "#c6e2cd", occasions.medal, confetti=True),
    "anniversary/card": partial(_on_stage, DAWN, "#f6d9c8", occasions.card),
    "welcome48/sealed": partial(_on_stage, "#5c0c1c", "#7d1226", occasions.letter),
    "welcome48/running": partial(_on_stage, "#5c0c1c", "#7d1226", occasions.hourglass),
    "welcome48/used": partial(_on_stage, "#20352c", "#2d4a3c", occasions.gift),
    "welcome48/over": partial(_on_stage, "#3b3138", "#51444d", occasions.opened),
    "retarget/fashion": partial(_on_stage, "#f8efe4", "#ecd9bf", wares.coat),
    "retarget/home": partial(_on_stage, MINT, "#c6e2cd", wares.chair),
    "retarget/tech": partial(_on_stage, "#efedf8", "#d6d1ec", wares.headphones),
    "retarget/toys": partial(_on_stage, HONEY, "#fbe2a4", wares.teddy),
    "cart/empty": partial(_on_stage, DAWN, "#f6d9c8", occasions.trolley),
    "cart/thanks": partial(_on_stage, MINT, "#c6e2cd", occasions.gift, confetti=True),
}
"""By the name of their file; those on which a countdown ticks are PNG, without a gradient anywhere."""

"""What `check` asks of a text before anybody opens a mail: does it fit, can it be drawn, is it a code or a deadline?

The answers come from the parts that also paint, so that the check and the picture cannot disagree.
"""

from __future__ import annotations

from datetime import UTC, datetime

from app.engine.deadlines import Deadline
from app.render.layers import CodeLayer, CountdownLayer, TextLayer
from app.render.typeset import Typesetter
from app.spans import for_painter, segments

SCALE = 2.0
FAR = datetime(2099, 12, 31, 23, 59, tzinfo=UTC)


def overflows(layer: TextLayer, text: str, typesetter: Typesetter, *, scale: float = SCALE) -> bool:
    """Whether the text would be cut, or broken inside a word, even at the layer's least size."""
    return not layer.setting(for_painter(text), typesetter, scale).whole


def missing(layer: TextLayer, text: str, typesetter: Typesetter) -> set[str]:
    """The characters of the text that neither their font nor a stand-in can draw."""
    found = (typesetter.fonts.missing(part, layer.letters(names).font) for names, part in segments(for_painter(text)))
    return set[str]().union(*found)


def refuses(layer: CodeLayer, text: str, typesetter: Typesetter, *, scale: float = SCALE) -> str:
    """Why the text cannot be the layer's code, `; `, a remedy; empty if it can."""
    try:
        layer.inked(text, typesetter, scale)
    except ValueError as error:
        return str(error)
    return ""


def unsaid(layer: CountdownLayer, language: str, zone: str, typesetter: Typesetter, *, scale: float = SCALE) -> str:
    """Why the layer cannot say every deadline in that language and zone, `; `, a remedy; empty if it can."""
    clock = layer.clock(Deadline(FAR, language, zone, dated=True), typesetter, scale)
    if lacking := typesetter.fonts.missing("".join(clock.sentence.pieces), layer.font):
        return f"no font has {' '.join(sorted(lacking))}; write it with other letters"
    try:
        clock.sentence_size  # noqa: B018 - asked whether there is one
    except ValueError as error:
        return str(error)
    return ""

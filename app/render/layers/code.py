"""The code layer: a code that a phone or a till reads.

Every module is a whole number of device pixels wide and stands on whole pixels, since a blurred edge is what readers
fail at; the quiet zone that the symbology asks for stays free inside the box. A code that was redeemed is crossed out,
so that no reader accepts it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import ClassVar

from PIL import Image

from app.render.boxes import Box, check_box
from app.render.canvas import Canvas
from app.render.colors import Color, check_color, color
from app.render.layers.boxed import Boxed
from app.render.layers.layer import STRICT, Drawing, Materials, Said, check_keys, says, texts, words
from app.render.layers.modules import inked
from app.render.symbols import MAKES, Correction, Kind, encoded
from app.render.typeset import Typesetter
from app.spans import Spoken

VOID = "\x18"
"""Stands before the text of a code that was redeemed: the control character CANCEL, which no such text begins with."""
CONTRAST = 0.4
"""How much more light the ground must give back than the modules: what ISO/IEC 15416 calls fair, of all light 1."""
CAMERAS, LASERS = (0.2126, 0.7152, 0.0722), (1.0, 0.0, 0.0)
"""How much of red, green and blue light those who read see; the lasers of tills are red."""


def _solid(text: str) -> None:
    if color(text)[3] != 255:
        raise ValueError(f"{text} lets through what is below, and no reader could be sure; write it without opacity")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CodeLayer(Boxed):
    """A text as a QR code, EAN-13, Code 128, Aztec or Data Matrix code."""

    sentence: ClassVar[str] = "A code that phones and tills read, from a field or fixed, with its quiet zone."
    example: ClassVar[str] = "code: {kind: qr, field: voucher, box: [24, 24, 120, 120], redeemed: used}"
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    kind: Kind = dataclasses.field(
        metadata={"sentence": "What is drawn; `ean13` takes 12 or 13 digits, `code128` what an English keyboard has."}
    )
    box: Box = dataclasses.field(
        metadata={
            "sentence": "Where it stands, with its quiet zone: [x, y, width, height] in CSS pixels.",
            "check": check_box,
        }
    )
    field: str | None = dataclasses.field(default=None, metadata={"sentence": "The text field it holds."})
    text: Said | None = dataclasses.field(default=None, metadata={"sentence": "A fixed Liquid text."})
    color: str = dataclasses.field(
        default="#000000",
        metadata={"sentence": "The colour of the modules, darker than the background.", "check": check_color},
    )
    background: str = dataclasses.field(
        default="#ffffff", metadata={"sentence": "What fills the box below them.", "check": check_color}
    )
    caption: bool = dataclasses.field(
        default=True, metadata={"sentence": "Whether bars have their digits or letters below them; squares have none."}
    )
    correction: Correction = dataclasses.field(
        default="M", metadata={"sentence": "How much of a QR code may be lost, from L (7 %) to H (30 %)."}
    )
    redeemed: str | None = dataclasses.field(
        default=None,
        metadata={"sentence": "A field: where it says anything but `false`, the code is crossed out and not read."},
    )

    def __post_init__(self) -> None:
        check_keys(self)
        if (self.field is None) == (self.text is None):
            raise ValueError("a code layer needs either field: (a field it holds) or text: (a fixed text); write one")
        _solid(self.color)
        _solid(self.background)
        for eye in (CAMERAS, LASERS) if MAKES[self.kind].bars else (CAMERAS,):
            if _light(color(self.background), eye) - _light(color(self.color), eye) < CONTRAST:
                raise ValueError(
                    f"color {self.color} on {self.background} cannot be read"
                    f"{' by the red light of a till' if eye is LASERS else ''}; write a darker color, such as #000000"
                )

    def content(self, fields: Mapping[str, object], caption: str | None) -> str | None:
        """The text, behind `VOID` where it was redeemed; None if there is none."""
        text = (words(fields.get(self.field)) if self.field is not None else (caption or "")).strip()
        return (VOID + text if self.redeemed is not None and says(fields, self.redeemed) else text) if text else None

    def steady(self, content: str) -> bool:
        """Whether this is the fixed text of the layer itself."""
        return content in texts(self.text)

    def spoken(self, content: str) -> Spoken | None:
        """The text, unless nobody is to read it any more."""
        return None if content.startswith(VOID) else Spoken(content)

    def prepare(self, content: str, materials: Materials) -> Drawing:
        """Encode the text; ValueError, with a remedy, if it cannot be, or would be too fine for the box."""
        place, mask = self.reach(materials.scale), self.inked(content, materials.type, materials.scale)

        def onto(canvas: Canvas) -> None:
            canvas.fill(color(self.background), place)
            canvas.ink(color(self.color), mask, (place.left, place.top))

        return Drawing(place, onto)

    def inked(self, content: str, type: Typesetter, scale: float) -> Image.Image:
        """What is dark in its box, in device pixels; ValueError as `prepare`."""
        symbol = encoded(self.kind, content.removeprefix(VOID), self.correction)
        typesetter = type if self.caption else None
        return inked(symbol, self.reach(scale).size, scale, typesetter, void=content.startswith(VOID))


def _light(ink: Color, eye: tuple[float, float, float]) -> float:
    """How much of the light a colour of sRGB gives back, 0 to 1, as an eye of that kind sees it."""
    parts = (part / 255 for part in ink[:3])
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return sum(weight * part for weight, part in zip(eye, linear, strict=True))

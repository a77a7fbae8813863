"""A cold personalised picture, painted by onopen and by plain Pillow: photo, panel, wrapped headline, logo, button.

The words differ at every call, as they do when each recipient is greeted by name, so that no finished picture helps.
Both start from decoded assets that already have the right size, and use the same fonts. Plain Pillow's rounded corners
are jagged and ours are smooth: drawn as well, they would cost it more. `make bench` measures them side by side.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from random import Random
from typing import ClassVar

from PIL import Image, ImageDraw, ImageFont

from app.render.allocator import settle
from app.render.assets import Assets
from app.render.design import Design
from app.render.encode import Format
from app.render.fonts import BUNDLED, FOLDER, Fonts
from app.render.layers import PictureLayer, ShapeLayer, TextLayer
from app.render.paint import Painter

SIZE = (600, 300)
NAMES = ("Anna", "Bartholomew", "Chloe", "Dmitri", "Eleanor", "Françoise", "Giulia", "Henrik")
PANEL, BUTTON, LOGO = (20, 20, 400, 180), (20, 225, 200, 50), (490, 12, 96, 40)
HEADLINE = (34, 30, 370, 176)
BOLD, LABEL = "Noto Sans Bold", "Track it now"
HEADLINES = {
    "en": "{name}, your order no. {n} ships today from Paris",
    "ar": "{name}، طلبك رقم {n} يغادر باريس اليوم إلى بيتك",
    "hi": "{name}, आपका आर्डर क्र. {n} आज पेरिस से निकला है",
}
UNBOUNDED = 1 << 30
"""Both encode in the same quality, however many bytes that takes."""
Paint = Callable[[int], bytes]
"""The bytes of the picture for the n-th recipient."""


@dataclass(frozen=True, slots=True)
class Scene:
    """The assets of the picture as files in `folder`, drawn for `scale` device pixels to a CSS pixel."""

    folder: Path
    scale: int


@dataclass(frozen=True, eq=False)
class Contender:
    """Who paints, and what gives the process the memory settings that it would have alone."""

    ready: Callable[[], None]
    paint: Paint
    in_charge: ClassVar[Contender | None] = None

    def __call__(self, n: int) -> bytes:
        """The bytes for the n-th recipient."""
        if Contender.in_charge is not self:
            self.ready()
            Contender.in_charge = self
        return self.paint(n)


def onopen(of: Scene, language: str = "en") -> Contender:
    """The painter of onopen, as the server has it."""
    return Contender(settle, ours(of, language=language))


def pillow(of: Scene) -> Contender:
    """Pillow as it comes."""
    return Contender(_as_pillow_comes, plain(of))


def scene(folder: Path, *, scale: int) -> Scene:
    """Draw the photo and the logo into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    photo(SIZE[0] * scale, SIZE[1] * scale).save(folder / "photo.png")
    logo = Image.new("RGBA", (LOGO[2] * scale, LOGO[3] * scale), (255, 255, 255, 0))
    ImageDraw.Draw(logo).ellipse((0, 0, logo.width - 1, logo.height - 1), fill=(255, 255, 255, 230))
    logo.save(folder / "logo.png")
    return Scene(folder, scale)


def photo(width: int, height: int, *, seed: int = 7) -> Image.Image:
    """Something as hard to compress as a photograph: smooth light, and ever finer detail that grows fainter."""
    chance = Random(seed)
    image = Image.new("RGB", (width, height), (120, 130, 150))
    for octave in range(2, 9):
        grain = Image.frombytes("RGB", (2**octave, 2 ** (octave - 1)), chance.randbytes(3 * 2 ** (2 * octave - 1)))
        image = Image.blend(image, grain.resize((width, height), Image.Resampling.BICUBIC), 0.62 / octave**0.9)
    return image


def ours(of: Scene, *, format: Format = "jpg", language: str = "en") -> Paint:
    """The painter of onopen, which greets in that language."""
    painter = Painter(Assets([of.folder]), Fonts())
    design = Design(
        "bench",
        SIZE,
        layers=(
            PictureLayer(field="photo", box=(0, 0, *SIZE)),
            ShapeLayer(box=PANEL, color="#00000096", radius=12),
            TextLayer(field="headline", box=HEADLINE, font=BOLD, size=36, min_size=20, color="#ffffff"),
            PictureLayer(picture="logo.png", box=LOGO),
            ShapeLayer(box=BUTTON, color="#dc283c", radius=25),
            TextLayer(text=LABEL, box=BUTTON, font=BOLD, size=18, color="#ffffff", align="center", valign="middle"),
        ),
        scale=of.scale,
        most=UNBOUNDED,
    )

    def paint(n: int) -> bytes:
        return painter.paint(design, {"photo": "photo.png", "headline": words(n, language)}, {5: LABEL}, format=format)

    return paint


def plain(of: Scene, *, format: Format = "jpg") -> Paint:
    """The same picture as one would write it with Pillow alone, everything loaded before."""
    scale = of.scale
    ground = Image.open(of.folder / "photo.png").convert("RGB")
    logo = Image.open(of.folder / "logo.png").convert("RGBA")
    large, small = (ImageFont.truetype(FOLDER / BUNDLED[BOLD], size * scale) for size in (36, 18))

    def paint(n: int) -> bytes:
        image = ground.copy()
        draw = ImageDraw.Draw(image, "RGBA")
        draw.rounded_rectangle(_corners(PANEL, scale), 12 * scale, fill=(0, 0, 0, 150))
        draw.rounded_rectangle(_corners(BUTTON, scale), 25 * scale, fill=(220, 40, 60, 255))
        draw.text((120 * scale, 250 * scale), LABEL, font=small, fill="white", anchor="mm")
        image.paste(logo, (LOGO[0] * scale, LOGO[1] * scale), logo)
        for row, line in enumerate(_wrapped(words(n), large, HEADLINE[2] * scale)):
            draw.text((34 * scale, (28 + 43 * row) * scale), line, font=large, fill="white")
        out = BytesIO()
        image.save(out, "JPEG", quality=82) if format == "jpg" else image.save(out, "PNG")
        return out.getvalue()

    return paint


def _as_pillow_comes() -> None:
    """Pillow keeps no memory of finished pictures unless it is told to."""
    Image.core.set_blocks_max(0)  # type: ignore[attr-defined]  # not in its type stubs


def words(n: int, language: str = "en") -> str:
    """The headline of the n-th recipient."""
    return HEADLINES[language].format(name=NAMES[n % len(NAMES)], n=n)


def _corners(box: tuple[int, int, int, int], scale: int) -> tuple[int, int, int, int]:
    x, y, width, height = (side * scale for side in box)
    return x, y, x + width - 1, y + height - 1


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    lines: list[str] = []
    row = ""
    for word in text.split(" "):
        longer = f"{row} {word}" if row else word
        if row and font.getlength(longer) > width:
            lines.append(row)
            row = word
        else:
            row = longer
    return [*lines, row]

"""Pixels to bytes: PNG, JPEG and still GIF, each with the resolution mail clients look for, and nothing else in it.

96 dpi is written because Outlook for Windows lays pictures out by it. The same pixels always give the same bytes.
Flat art becomes a palette PNG where 256 colours are (nearly) enough; photographs stay in true colour.
"""

from __future__ import annotations

from io import BytesIO
from typing import Literal, get_args

from PIL import Image, ImageChops

from app.render.colors import CLEAR, Color
from app.render.jpeg import DPI, jpeg, within

Format = Literal["png", "jpg", "gif"]
FORMATS: tuple[Format, ...] = get_args(Format)
CONTENT_TYPES: dict[Format, str] = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif"}

QUALITY = 82
FLAT_COLORS = 4096
"""More colours than that are a photograph; counting stops there, so a photograph costs nothing."""
PALETTE = 256
PNG_LEVEL = 4
"""zlib: on a photograph 3 times as fast as 6 and 3 % larger, on flat art as small."""
NEAR = 24
"""A pixel further off than this in any band would be seen …"""
FAR_SHARE = 0.001
"""… if there were more of them than this share of all."""
MEAN_OFF = 1.0
SEEN = 128
"""GIF knows only seen and unseen: from this opacity on a pixel is seen."""


def encode(
    image: Image.Image, *, format: Format, ground: Color = CLEAR, quality: int = QUALITY, most: int | None = None
) -> bytes:
    """The bytes of an RGB or RGBA picture; `ground` is what JPEG puts below transparent parts (white if clear).

    A JPEG takes lesser quality where it would have more than `most` bytes.
    """
    if format == "jpg":
        flat = flattened(image, ground)
        return jpeg(flat, quality) if most is None else within(flat, quality, most)[0]
    return _png(image) if format == "png" else _gif(image)


def flattened(image: Image.Image, ground: Color) -> Image.Image:
    """The picture on a solid ground, RGB; a ground that lets through stands on white itself."""
    if image.mode == "RGB":
        return image
    solid = Image.alpha_composite(Image.new("RGBA", (1, 1), "white"), Image.new("RGBA", (1, 1), ground))
    below = solid.convert("RGB").resize(image.size)
    below.paste(image, (0, 0), image)
    return below


def _png(image: Image.Image) -> bytes:
    out = BytesIO()
    (_in_palette(image) or image).save(out, "PNG", compress_level=PNG_LEVEL, dpi=DPI)
    return out.getvalue()


def _gif(image: Image.Image) -> bytes:
    out = BytesIO()
    if image.mode == "RGB":
        (_in_palette(image) or _dithered(image, PALETTE)).save(out, "GIF")
        return out.getvalue()
    unseen = image.getchannel("A").point([255 if value < SEEN else 0 for value in range(256)])
    solid = flattened(image, CLEAR)
    colored = _quantized(solid, PALETTE - 1) if solid.getcolors(FLAT_COLORS) else _dithered(solid, PALETTE - 1)
    last = PALETTE - 1
    palette = (colored.getpalette() or [])[: 3 * last]
    colored.putpalette(palette + [255] * (3 * PALETTE - len(palette)))
    colored.paste(last, (0, 0), unseen)
    colored.save(out, "GIF", transparency=last, optimize=False)
    return out.getvalue()


def _in_palette(image: Image.Image) -> Image.Image | None:
    """The picture in at most 256 colours, if nobody would see the difference."""
    counted = image.getcolors(FLAT_COLORS)
    if counted is None:
        return None
    if len(counted) == 1:
        return _of_one_color(image)
    few = _quantized(image, min(len(counted), PALETTE))
    differences = ImageChops.difference(few.convert(image.mode), image).histogram()
    pixels = image.width * image.height
    bands = [differences[start : start + 256] for start in range(0, len(differences), 256)]
    for band in bands:
        off = sum(amount * count for amount, count in enumerate(band))
        if off > MEAN_OFF * pixels or sum(band[NEAR:]) > FAR_SHARE * pixels:
            return None
    return few


def _of_one_color(image: Image.Image) -> Image.Image:
    """Without looking at each pixel: pictures that show nothing stand in for others at every start."""
    plain = Image.new("P", image.size, 0)
    plain.putpalette(image.crop((0, 0, 1, 1)).tobytes(), image.mode)
    return plain


def _quantized(image: Image.Image, colors: int) -> Image.Image:
    method = Image.Quantize.MEDIANCUT if image.mode == "RGB" else Image.Quantize.FASTOCTREE
    return image.quantize(colors, method, dither=Image.Dither.NONE)


def _dithered(image: Image.Image, colors: int) -> Image.Image:
    """A photograph in few colours, which are taken from a quarter of its size."""
    smaller = image.reduce(4) if min(image.size) >= 16 else image
    return image.quantize(palette=_quantized(smaller, colors), dither=Image.Dither.FLOYDSTEINBERG)

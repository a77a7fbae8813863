"""Reading a picture file safely: size checked before a pixel is decoded, then upright, in sRGB, and nothing else kept.

Formats are told by their content, never by their name; only PNG, JPEG, GIF and WebP are let in (and SVG, by
`svg.py`). Of an animation the first frame is used, but all frames count against the limit. Whatever a broken file does
to its decoder ends as a refusal in words an editor understands.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
MAX_PIXELS = 8_000_000
"""Width times height times frames; Pillow itself only warns, and from 89 million on."""
MAX_FILE_BYTES = 20_000_000
DEEP_MODES = ("I", "I;16", "I;16B", "I;16L", "F")

Size = tuple[int, int]
Cut = tuple[float, float, float, float]
"""Left, top, right, bottom of a part of a picture, in its own pixels."""

ORIENTATION = 0x0112
LYING = (5, 6, 7, 8)
"""EXIF: how the camera was held, and those ways in which width and height change places."""


class Refused(ValueError):
    """A file that is not let in: what is wrong, and what its editor can do about it."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem}; {remedy}")
        self.problem = problem
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says of itself; width and height in pixels."""

    format: str
    width: int
    height: int
    mode: str
    frames: int


def decode(blob: bytes) -> Image.Image:
    """The picture (first frame) as RGB, or RGBA where it lets something through; raises Refused."""
    with _opened(blob) as image:
        _checked(image)
        try:
            image.load()
            return _plain(image)
        except Exception as error:  # decoders raise almost anything on a crafted file
            raise _damaged(error) from error


def examined(blob: bytes) -> Header:
    """The header of the picture that `decode` would make; raises Refused as it does.

    Every byte is read, but of a JPEG only an eighth of the pixels are made: who checks a folder wants to know that each
    file is whole.
    """
    with _opened(blob) as image:
        found = _checked(image)
        try:
            lying = _lies(image)
            image.draft(None, (1, 1))
            image.load()
            mode = _plain(image).mode
        except Exception as error:  # decoders raise almost anything on a crafted file
            raise _damaged(error) from error
    width, height = (found.height, found.width) if lying else (found.width, found.height)
    return Header(found.format, width, height, mode, found.frames)


def _opened(blob: bytes) -> Image.Image:
    if len(blob) > MAX_FILE_BYTES:
        raise _too_heavy(len(blob))
    try:
        return Image.open(BytesIO(blob), formats=FORMATS)
    except (
        Image.DecompressionBombWarning,
        Image.DecompressionBombError,
    ) as error:
        raise _too_large("hundreds of megapixels") from error  # the warning only where warnings are errors
    except UnidentifiedImageError as error:
        raise Refused("this is no PNG, JPEG, GIF, WebP or SVG file", "export the picture as PNG or JPEG") from error
    except Exception as error:  # headers are read by the same decoders
        raise _damaged(error) from error


def _checked(image: Image.Image) -> Header:
    if image.width * image.height > MAX_PIXELS:  # before frames are counted, which reads on
        raise _too_large(f"{image.width} × {image.height} pixels")
    try:
        frames = getattr(image, "n_frames", 1)
    except Exception as error:  # counting frames parses the whole file
        raise _damaged(error) from error
    if image.format == "MPO":  # a phone's JPEG with further pictures behind the first
        return Header("JPEG", image.width, image.height, image.mode, 1)
    if image.width * image.height * frames > MAX_PIXELS:
        raise _too_large(f"{frames} frames of {image.width} × {image.height} pixels")
    return Header(image.format or "", image.width, image.height, image.mode, frames)


def _plain(image: Image.Image) -> Image.Image:
    """Upright, 8 bits, sRGB, RGB or RGBA, without metadata."""
    profile = image.info.get("icc_profile")
    upright = _upright(image)
    if upright.mode in DEEP_MODES:
        upright = _eight_bits(upright)
    if upright.has_transparency_data:
        flat = upright.convert("RGBA")
        if flat.getchannel("A").getextrema() == (255, 255):
            flat = flat.convert("RGB")
    else:
        flat = upright if upright.mode == "CMYK" else upright.convert("RGB")
    coloured = _in_srgb(flat, profile)
    plain = Image.new(coloured.mode, coloured.size)
    plain.paste(coloured)
    return plain


def _upright(image: Image.Image) -> Image.Image:
    """Turned as the camera noted; notes that cannot be read turn nothing."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # EXIF is parsed by the same kind of code as pixels
        return image


def _lies(image: Image.Image) -> bool:
    """Whether turning it upright swaps width and height."""
    try:
        return image.getexif().get(ORIENTATION) in LYING
    except Exception:  # as above
        return False


def _eight_bits(image: Image.Image) -> Image.Image:
    """16 bits a pixel, scaled to 8; a plain conversion would cut them off at white."""
    return image.convert("I").point([value >> 8 for value in range(65536)], "L")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture's own colours in sRGB; a profile that cannot be used is ignored."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if not profile:
        return image.convert(mode)
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        if ImageCms.getProfileDescription(source).startswith("sRGB"):
            return image.convert(mode)
        space = source.profile.xcolor_space.strip()
        if {"RGB": mode, "CMYK": "CMYK"}.get(space) != image.mode:
            return image.convert(mode)
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
        return converted if converted is not None else image.convert(mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image.convert(mode)


def _damaged(error: Exception) -> Refused:
    return Refused(f"the file is damaged ({error})", "export it again")


def _too_large(size: str) -> Refused:
    return Refused(
        f"{size} are too many (limit {MAX_PIXELS / 1e6:g} million)",
        "scale it down to twice the size of its box",
    )


def _too_heavy(size: int) -> Refused:
    return Refused(
        f"the file has {size / 1e6:.0f} MB (limit {MAX_FILE_BYTES / 1e6:g} MB)",
        "scale it down to twice the size of its box",
    )

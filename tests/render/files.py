"""Picture files of every kind, made in memory: sound ones, odd ones, and such as are made to hurt."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageCms

RED = (255, 0, 0)


def encoded(image: Image.Image, kind: str = "PNG", **how: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def bomb(width: int, height: int) -> bytes:
    """A valid PNG of one colour, a few kilobytes long."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((width + 7) // 8 + 1) * height, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def webp_bomb(side: int = 16_000) -> bytes:
    """A tiny WebP whose header claims to be enormous."""
    blob = bytearray(encoded(Image.new("RGB", (8, 8)), "WEBP", lossless=True))
    at = blob.index(b"VP8L") + 9
    claimed = int.from_bytes(blob[at : at + 4], "little") >> 28 << 28 | (side - 1) << 14 | (side - 1)
    blob[at : at + 4] = claimed.to_bytes(4, "little")
    return bytes(blob)


def striped(width: int = 60, height: int = 30) -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (width // 2, 0, width, height))
    return image


def turned(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return encoded(striped(), "PNG", exif=exif)


def misfit_profile() -> bytes:
    """An RGB picture that carries a profile of another kind of colours."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    return encoded(Image.new("RGB", (8, 8), "red"), icc_profile=profile)


def swapped_profile() -> bytes:
    """A picture whose own profile says that its red is green: sRGB with two primaries exchanged."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    exchanged = profile.replace(b"rXYZ", b"____").replace(b"gXYZ", b"rXYZ").replace(b"____", b"gXYZ")
    renamed = exchanged.replace("sRGB".encode("utf-16-be"), "Swap".encode("utf-16-be"))
    return encoded(Image.new("RGB", (8, 8), "red"), icc_profile=renamed)


def deep() -> bytes:
    image = Image.new("I;16", (4, 1))
    for x, value in enumerate((0, 0x8000, 0xFFFF, 0x0100)):
        image.putpixel((x, 0), value)
    return encoded(image)


def palette_with_hole() -> bytes:
    image = Image.new("P", (4, 4), 1)
    image.putpalette([0, 0, 0, 255, 0, 0])
    image.putpixel((0, 0), 0)
    return encoded(image, transparency=0)


def moving(kind: str, frames: int = 3, side: int = 20) -> bytes:
    images = [Image.new("RGB", (side, side), ink) for ink in ("red", "lime", "blue")] * frames
    return encoded(images[0], kind, save_all=True, append_images=images[1:frames], duration=100)


SOUND = {kind: encoded(striped(), kind) for kind in ("PNG", "JPEG", "GIF", "WEBP")}
"""A sound file of every format that is let in."""

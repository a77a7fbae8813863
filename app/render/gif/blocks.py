"""The blocks of a GIF file (GIF89a): its head with the one palette, pictures with their delay, and its end.

Pictures are indices into the palette, as grey pictures (L). No block asks for repetition, and none of a delay of 0.
"""

from __future__ import annotations

import struct

from PIL import Image

from app.render.gif import lzw

COLORS = 64
TRANSPARENT = 0
"""The index of what lets the frame before show through."""
DELAY = 100
"""Hundredths of a second that every frame stands."""
TRAILER = b";"
END_OF_PICTURE = b"\0"
MOST = 255
"""Bytes in a sub-block."""
GLOBAL_PALETTE = 0x80
LEFT_IN_PLACE = 1 << 2
LEAST_BITS = 2


def head(size: tuple[int, int], palette: bytes) -> bytes:
    """What a file begins with; the palette has 64 colours of three bytes."""
    bits = COLORS.bit_length() - 2  # of an index, less 1
    return b"GIF89a" + struct.pack("<HHBBB", *size, GLOBAL_PALETTE | bits << 4 | bits, 0, 0) + palette


def picture(indices: Image.Image, at: tuple[int, int] = (0, 0), *, see_through: bool = False) -> bytes:
    """A complete frame that covers its rectangle, `see_through` but for what is transparent in it."""
    bits = max(LEAST_BITS, int(indices.getextrema()[1]).bit_length())  # type: ignore[arg-type]  # L has one band
    encoded = indices.tobytes("gif", ("L", bits, 0))
    return opening(indices.size, at, see_through=see_through, bits=bits) + encoded + END_OF_PICTURE


def opening(
    size: tuple[int, int], at: tuple[int, int] = (0, 0), *, see_through: bool = False, bits: int = lzw.CODE_SIZE
) -> bytes:
    """What stands before the sub-blocks of a frame."""
    control = struct.pack("<BHB", LEFT_IN_PLACE | see_through, DELAY, TRANSPARENT)
    return b"!\xf9\x04" + control + b"\0," + struct.pack("<HHHHBB", *at, *size, 0, bits)


def sub_blocks(codes: bytes) -> bytes:
    """Encoded pixels as they stand in the file."""
    cut = [codes[start : start + MOST] for start in range(0, len(codes), MOST)]
    return b"".join(bytes((len(part),)) + part for part in cut)

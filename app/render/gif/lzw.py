"""LZW in runs that can be joined as bytes.

How wide a code is depends only on its place behind the last CLEAR (GIF89a, appendix F). With 7 bits to a pixel the
first 127 codes are 8 bits wide, and up to every eighth code from there on the bits are whole bytes again. So runs can
end where bytes end, and what stands before them or behind them does not matter.
"""

from __future__ import annotations

from PIL import Image

CODE_SIZE = 7
CLEAR = 1 << CODE_SIZE
END = CLEAR + 1
SHORT = 126
"""Codes in a run behind which a CLEAR or END is 8 bits wide."""
ROW = 4000
"""Pixels that are rarely more than one run."""
FULL = 3967
"""Codes after which the 4096 phrases are used up."""


def runs(pixels: bytes) -> bytes:
    """The pixels, each below 128, in whole bytes that may be followed by other runs or by END; no pixels, no bytes.

    A CLEAR stands before each run and nowhere else: where two of them met, Java's ImageIO would decode garbage.
    """
    if 0 < len(pixels) <= ROW and (short := _short(pixels)):
        return short
    encoded, start = bytearray((CLEAR,) if pixels else ()), 0
    while start < len(pixels):
        codes, starts = _phrases(pixels, start)
        start = len(pixels)
        if len(codes) > SHORT:
            whole = (len(codes) + 1) // 8 * 8 - 2
            start = starts[whole]
            codes[whole:] = (CLEAR,)
        encoded += _packed(codes)
    return bytes(encoded)


def _short(pixels: bytes) -> bytes | None:
    """One run as Pillow encodes it, much faster; None where it has more codes than are 8 bits wide."""
    length, *_ = encoded = Image.frombytes("L", (len(pixels), 1), pixels).tobytes("gif", ("L", CODE_SIZE, 0))
    return encoded[1:length] if length <= SHORT + 2 else None  # without the length in front and the END behind


def _phrases(pixels: bytes, start: int) -> tuple[list[int], list[int]]:
    """The codes of the longest run from that pixel on, and the pixel at which each of them begins."""
    codes: list[int] = []
    starts = [start]
    known: dict[tuple[int, int], int] = {}
    phrase = pixels[start]
    for at in range(start + 1, len(pixels)):
        grown = (phrase, pixels[at])
        longer = known.get(grown)
        if longer is not None:
            phrase = longer
            continue
        codes.append(phrase)
        if len(codes) == FULL:
            return codes, starts
        starts.append(at)
        known[grown] = END + len(codes)
        phrase = pixels[at]
    codes.append(phrase)
    return codes, starts


def _packed(codes: list[int]) -> bytes:
    """Codes behind a CLEAR as they stand in the file: the lowest bits first."""
    value = bits = 0
    for place, code in enumerate(codes, 1):
        value |= code << bits
        bits += (CLEAR + place).bit_length()
    return value.to_bytes(bits // 8, "little")

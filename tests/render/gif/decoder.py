"""A small GIF decoder, written from the specification and from nothing in `app`: what a mail client would see."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image


@dataclass(frozen=True)
class Block:
    """One picture of a file as it stands there: where, how long in hundredths of a second, and its encoded pixels."""

    left: int
    top: int
    width: int
    height: int
    delay: int
    transparent: int | None
    code_size: int
    data: bytes

    @property
    def pixels(self) -> bytes:
        return decoded(self.data, self.code_size)


@dataclass(frozen=True)
class File:
    """A whole file; `loops` is whether it asks to be played again."""

    size: tuple[int, int]
    palette: bytes
    blocks: tuple[Block, ...]
    loops: bool

    def frames(self) -> list[Image.Image]:
        """What is seen, frame by frame, in RGB."""
        seen = Image.new("RGB", self.size, "magenta")
        found = []
        for block in self.blocks:
            indices = Image.frombytes("P", (block.width, block.height), block.pixels)
            indices.putpalette(self.palette)
            opaque = bytes(0 if index == block.transparent else 255 for index in block.pixels)
            seen.paste(indices.convert("RGB"), (block.left, block.top), Image.frombytes("L", indices.size, opaque))
            found.append(seen.copy())
        return found


def parse(gif: bytes) -> File:
    """The file; anything out of order is an error."""
    assert gif[:6] == b"GIF89a"
    width, height, flags = struct.unpack("<HHB", gif[6:11])
    assert flags & 0x80, "has a global palette"
    at = 13 + (colors := 3 * (2 << (flags & 7)))
    blocks: list[Block] = []
    loops, control = False, b""
    while gif[at : at + 1] != b";":
        if gif[at] == 0x21:
            data, behind = _joined(gif, at + 2)
            loops |= gif[at + 1] == 0xFF
            control, at = data, behind
            continue
        assert gif[at] == 0x2C
        left, top, wide, high, flags = struct.unpack("<HHHHB", gif[at + 1 : at + 10])
        assert not flags, "neither a palette of its own nor interlaced"
        data, behind = _joined(gif, at + 11)
        seen, delay, transparent = struct.unpack("<BHB", control)
        assert seen >> 2 == 1, "is left in place"
        blocks.append(Block(left, top, wide, high, delay, transparent if seen & 1 else None, gif[at + 10], data))
        at = behind
    assert at == len(gif) - 1, "nothing behind the end"
    return File((width, height), gif[13 : 13 + colors], tuple(blocks), loops)


def decoded(data: bytes, code_size: int) -> bytes:
    """The pixels of encoded bytes, which end with END."""
    clear = 1 << code_size
    phrases: dict[int, bytes] = {}
    pixels, before = bytearray(), b""
    for code in codes(data, code_size):
        if code == clear:
            phrases, before = {index: bytes((index,)) for index in range(clear)}, b""
            continue
        phrase = phrases[code] if code in phrases else before + before[:1]
        assert code <= clear + 2 + len(phrases) - clear, "no code from the future"
        if before and len(phrases) < 4096 - 2:
            phrases[len(phrases) + 2] = before + phrase[:1]
        pixels += phrase
        before = phrase
    return bytes(pixels)


def codes(data: bytes, code_size: int) -> Iterator[int]:
    """The codes up to END; their width grows as GIF89a wants it, and starts anew behind each CLEAR."""
    clear, at, since = 1 << code_size, 0, 0
    value = int.from_bytes(data, "little")
    while True:
        width = min(12, max(code_size + 1, (clear + since).bit_length()))
        assert at + width <= 8 * len(data), "ends with END"
        code = value >> at & (1 << width) - 1
        at += width
        if code == clear + 1:
            assert 8 * len(data) - at < 8, "nothing behind END"
            return
        since = 1 if code == clear else since + 1
        yield code


def _joined(gif: bytes, at: int) -> tuple[bytes, int]:
    """The sub-blocks that begin there, and where they end."""
    found = b""
    while gif[at]:
        found += gif[at + 1 : at + 1 + gif[at]]
        at += 1 + gif[at]
    return found, at + 1

"""A tile server on the loopback interface, whose land has a colour on each side of a meridian; and tiles by hand."""

from __future__ import annotations

import asyncio
import re
from io import BytesIO

from PIL import Image

from tests.support.loopback import Speaker

WEST, EAST = (230, 190, 160), (170, 200, 230)
SIDE = 256
CREDIT = "© Survey of Nowhere"


def tile(zoom: int, x: int, *, meridian: float) -> bytes:
    """The tile in that column: one colour up to the meridian, another from there on."""
    across = (meridian + 180) / 360 * 2**zoom - x
    image = Image.new("RGB", (SIDE, SIDE), WEST)
    image.paste(EAST, (max(0, min(SIDE, round(across * SIDE))), 0, SIDE, SIDE))
    return png(image)


def png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def land(meridian: float) -> Speaker:
    """Speaks as a tile server does; addresses end in `/z/x/y.png`."""

    async def speak(head: str, writer: asyncio.StreamWriter) -> None:
        found = re.search(r"/(\d+)/(\d+)/\d+\.png", head)
        assert found is not None, head
        body = tile(int(found[1]), int(found[2]), meridian=meridian)
        writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)

    return speak

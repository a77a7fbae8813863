"""Pictures that stand ready for when nothing else is: made when content is loaded, and served from memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from hashlib import blake2b
from typing import Final, get_args

from app.render.cache import Picture, etag
from app.render.design import Design
from app.render.encode import CONTENT_TYPES, Format
from app.render.paint import Painter, blank, neutral

FORMATS: Final[tuple[Format, ...]] = get_args(Format)

Job = Callable[[], None]


def fallback_pictures(
    painter: Painter,
    design: Design,
    fields: Mapping[str, object],
    captions: Mapping[int, str],
    *,
    offered: str,
    later: list[Job],
) -> dict[str, Picture]:
    """The picture with these values in every format: in the one that snippets offer now, else by a job `later`.

    Until then an empty picture of the right size stands in: photographs as PNG or GIF would make every start a second
    longer.
    """
    made: dict[str, Picture] = {}

    def paint(format: Format) -> None:
        made[format] = _picture(format, painter.fallback(design, fields, captions, format=format))

    for format in FORMATS:
        if format == offered:
            paint(format)
        else:
            made[format] = _picture(format, blank(format, design))
            later.append(partial(paint, format))
    return made


def neutral_pictures() -> dict[str, Picture]:
    """Pictures that say nothing, for placeholders nobody knows."""
    return {format: _picture(format, neutral(format)) for format in FORMATS}


def _picture(format: Format, body: bytes) -> Picture:
    return Picture(body, etag(blake2b(body, digest_size=16).hexdigest()), CONTENT_TYPES[format])

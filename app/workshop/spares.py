"""Pictures that a cache holds for when no server answers: empty ones, of the size that each placeholder has."""

from __future__ import annotations

from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from app.authoring.compiled import CompiledSite
from app.edge.printing import Spare
from app.render.encode import CONTENT_TYPES, Format
from app.render.paint import blank, neutral

ENDINGS: dict[Format, str] = {"jpg": r"[.](?i:jpe?g)", "gif": r"[.](?i:gif)", "png": r"([.][^.?]*)?"}
"""What a path ends in that asks for a format; whatever is unknown or missing means PNG, so that comes last."""


def spares(site: CompiledSite) -> Iterator[Spare]:
    """One for all placeholders whose pictures look the same, and at last those for placeholders nobody knows."""
    for format, ending in ENDINGS.items():
        looking_so: dict[bytes, list[str]] = defaultdict(list)
        for name, placeholder in site.placeholders.items():
            design: Any = placeholder.design  # the painters' own, which authoring sees through its Protocol
            looking_so[blank(format, design)].append(name)
        for body, names in looking_so.items():
            yield _spare(rf"^/i/({'|'.join(names)}){ending}([?]|$)", format, body)
    for format, ending in ENDINGS.items():
        yield _spare("^/i/" if format == "png" else rf"^/i/[^?]*{ending}([?]|$)", format, neutral(format))


def _spare(pattern: str, format: Format, body: bytes) -> Spare:
    return Spare(pattern, CONTENT_TYPES[format], b64encode(body).decode("ascii"))

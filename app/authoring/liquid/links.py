"""What a link must be before anything in it is filled in: a scheme and a host that nobody can template.

The text before the first template decides where a click goes; what is filled in behind it is percent-encoded.
"""

from __future__ import annotations

import re
from typing import Final

from app.authoring.liquid.troubles import TextTrouble, trouble

_SCHEME: Final = re.compile(r"\s*https?://", re.IGNORECASE)
_COMPLETE: Final = re.compile(r"\s*https?://[\w.-]+(:\d{1,5})?[/?#].*", re.IGNORECASE | re.DOTALL)
_OTHER_SCHEME: Final = re.compile(r"\s*(?!https?:)[A-Za-z][A-Za-z0-9+.-]*:", re.IGNORECASE)


def misplaced(text: str) -> TextTrouble | None:
    """Why a template may not stand where it does in this link, None if it may."""
    opening = min(at for at in (text.find("{{"), text.find("{%"), len(text)) if at >= 0)
    before = text[:opening]
    if _COMPLETE.fullmatch(before):
        return None
    if _OTHER_SCHEME.match(before):
        return trouble(text, "link-scheme", "a link starts with https:// or http://", width=opening)
    where = "host" if _SCHEME.match(before) else "scheme"
    return trouble(
        text,
        "link-template",
        f"a template stands in the {where} of a link",
        "write https://host/ out; a template may follow in path and query (another rule can have another host)",
        offset=opening,
        width=2,
    )

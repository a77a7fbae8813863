"""Classes of visitors by which a shared cache may tell readers apart: what it sends in place of a user agent.

A class holds user agents alone that are told to be the same in everything that answers shared by it may read
(`SIGNALS`); whatever is in no class is answered for itself. The expressions are those of VCL and JavaScript as well, so
they stay within what PCRE, RE2-like engines and Python read alike. Not who the visitor is: that is told by `sources`,
from the one user agent that stands for the class.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SIGNALS: Final = frozenset({"device.class", "open.via", "open.prefetch", "open.machine", "open.certain"})
"""What is the same for everybody in a class; systems, versions and clients are not."""

_WEBKIT: Final = r"AppleWebKit/[0-9.]+ \(KHTML, like Gecko\)"
_CHROME: Final = rf"{_WEBKIT} (Version/4\.0 )?Chrome/(1[1-9][0-9]|2[0-9][0-9])\.[0-9.]*"


@dataclass(frozen=True, slots=True)
class VisitorClass:
    """One class: its word in a key, what the user agents of it look like, and the one that stands for all of them.

    `anywhere` says that it is recognised wherever it comes from; the others only outside of mail providers' networks,
    where nobody reads mail.
    """

    word: str
    patterns: tuple[str, ...]
    example: str
    anywhere: bool = False


CLASSES: Final = (
    VisitorClass(
        "gmail",
        (r"^.{0,400}GoogleImageProxy",),
        "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
        anywhere=True,
    ),
    VisitorClass(
        "phone",
        (
            rf"^Mozilla/5\.0 \(iPhone; CPU iPhone OS [0-9_]+ like Mac OS X\) {_WEBKIT}"
            r"( Version/[0-9.]+)?( Mobile/[0-9A-Z]+)?( Safari/[0-9.]+)?$",
            r"^Mozilla/5\.0 \(Linux; Android [0-9.]+; (K|Pixel [2-9]a?( Pro)?|SM-[AGS][0-9][0-9][0-9][A-Z0-9]*)"
            rf"( Build/[A-Z0-9.]+)?(; wv)?\) {_CHROME} Mobile Safari/[0-9.]+$",
        ),
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
    ),
    VisitorClass(
        "tablet",
        (
            rf"^Mozilla/5\.0 \(iPad; CPU OS [0-9_]+ like Mac OS X\) {_WEBKIT}"
            r"( Version/[0-9.]+)?( Mobile/[0-9A-Z]+)?( Safari/[0-9.]+)?$",
        ),
        "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
    ),
    VisitorClass(
        "desktop",
        (
            rf"^Mozilla/5\.0 \((Windows NT 10\.0; Win64; x64|X11; Linux x86_64)\) {_CHROME} Safari/[0-9.]+"
            r"( Edg/[0-9.]+)?$",
            rf"^Mozilla/5\.0 \(Macintosh; Intel Mac OS X [0-9_]+\) {_WEBKIT}( Version/[0-9.]+ Safari/[0-9.]+)?$",
            r"^Mozilla/5\.0 \((Windows NT 10\.0; Win64; x64|X11; Linux x86_64); rv:[0-9.]+\) Gecko/20100101"
            r" (Firefox|Thunderbird)/[0-9.]+$",
            r"^Microsoft Office/16\.0 \(Windows NT 10\.0; Microsoft Outlook 16\.0\.[0-9]+; Pro\)$",
        ),
        "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.3.1",
    ),
)

_EXAMPLES: Final = {one.word: one.example for one in CLASSES}


def example_of(word: str) -> str | None:
    """The user agent that stands for a class, or None where there is no such class."""
    return _EXAMPLES.get(word)

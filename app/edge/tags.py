"""The names by which a cache finds answers again to drop them: of a placeholder, a rule, an asset.

A tag is printable ASCII without blank and comma, whatever the name; CDNs compare tags without case, so names are told
apart without it as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from urllib.parse import quote

from app.engine.decision import Decision

MOST: Final = 40
"""Tags of one answer; CloudFront takes fifty, and headers of any length are nobody's friend."""


def placeholder(name: str) -> str:
    """The tag of everything a placeholder shows."""
    return f"placeholder/{_plain(name)}"


def rule(placeholder: str, name: str) -> str:
    """The tag of what one rule of a placeholder shows."""
    return f"rule/{_plain(placeholder)}/{_plain(name)}"


def asset(path: str) -> str:
    """The tag of every picture in which an asset is painted; `path` is below `assets/`."""
    return f"asset/{_plain(path)}"


def tags_of(decision: Decision, assets: Iterable[str]) -> tuple[str, ...]:
    """The tags of what a decision shows, painted with these assets."""
    painted = sorted({asset(path) for path in assets})
    return (placeholder(decision.placeholder), rule(decision.placeholder, decision.rule), *painted)[:MOST]


def _plain(name: str) -> str:
    return quote(name.lower(), safe="/._-")

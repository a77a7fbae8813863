"""Where links may go, and what every link carries: the site's own parameters, put behind those of the link itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import urlsplit

TAGS: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
"""What Liquid puts something else in the place of."""


def allowed(host: str, hosts: Iterable[str]) -> bool:
    """Whether links may go to this host: it is one of `hosts`, or below one that begins with `*.`."""
    return any(host == one or (one.startswith("*.") and host.endswith(one[1:])) for one in hosts)


def with_params(link: str, params: Mapping[str, str]) -> str:
    """The link with parameters behind its own; what the link says itself stays, a fragment stays last."""
    bare = TAGS.sub(lambda tag: "x" * len(tag[0]), link)  # what stands in {{ }} is no punctuation of the link
    end = bare.find("#")
    address, fragment = (link, "") if end < 0 else (link[:end], link[end:])
    bare = bare[: len(address)]
    there = {pair.split("=")[0] for pair in urlsplit(bare).query.split("&")}
    added = "&".join(f"{name}={value}" for name, value in params.items() if name not in there)
    if not added:
        return link
    joint = "" if bare.endswith(("?", "&")) else "&" if "?" in bare else "?"
    return f"{address}{joint}{added}{fragment}"

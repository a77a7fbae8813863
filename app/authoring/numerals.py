"""Numbers as they are written elsewhere: what `1_000`, `0x10`, `1.299,50` or `36px` mean, so that a remedy can say it.

Nothing is read this way; an editor who agrees writes it as it is said here.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

_GROUPED: Final = re.compile(r"(?<=\d)[\s_'’](?=\d{3}(?!\d))")
_BASED: Final = re.compile(r"[+-]?0[xXoObB][0-9a-fA-F]+")
_LEADING: Final = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?", re.ASCII)
_LONGEST: Final = 24
"""Characters of a number that people would write."""


def meant(written: str) -> str:
    """The number, in digits with a decimal point; nothing where none is meant."""
    bare = _GROUPED.sub("", written.strip())
    if _BASED.fullmatch(bare):
        try:
            return str(int(bare, 0))
        except ValueError:
            return ""
    found = _LEADING.match(_pointed(bare))
    number = f"{Decimal(found[0]):f}" if found else ""
    return number if len(number) <= _LONGEST else ""


def _pointed(written: str) -> str:
    """Of point and comma, the last is that of the decimals; the other one groups, and so does one that comes twice."""
    last, other = (".", ",") if written.rfind(".") > written.rfind(",") else (",", ".")
    return written.replace(other, "").replace(last, "." if written.count(last) == 1 else "")

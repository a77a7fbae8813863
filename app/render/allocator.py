"""Memory for pictures: two settings of the process, without which painting is slow and memory falls to pieces.

Pillow asks the system for the memory of every picture and gives it back: for a picture of 1200 × 600 the page faults
cost three times the copying, so it is told to keep a few blocks. glibc raises by itself the size from which a block
has pages of its own; large pictures then lie on the heap and leave holes: twenty photographs in turn, 52 MB of them
kept, grew a process by 171 MB, and by 51 MB with the size held fast.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from functools import cache

from PIL import Image

KEPT_BLOCKS = 4
OWN_PAGES_FROM = 1 << 20
M_MMAP_THRESHOLD = -3  # malloc.h of glibc


def settle() -> None:
    """Settle both for the whole process; may be called again. Where there is no glibc, only the first."""
    # Beside this call Pillow only knows the variable PILLOW_BLOCKS_MAX, which would have to be set before the start.
    Image.core.set_blocks_max(KEPT_BLOCKS)  # type: ignore[attr-defined]  # not in its type stubs
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt is not None:
            mallopt(M_MMAP_THRESHOLD, OWN_PAGES_FROM)


def give_back() -> None:
    """Hand the memory that pictures had back to the system: glibc would keep tens of megabytes of it. Takes 1 ms."""
    trim = _malloc_trim()
    if trim is not None:
        trim(0)


@cache
def _malloc_trim() -> Callable[[int], int] | None:
    found: Callable[[int], int] | None = getattr(ctypes.CDLL(None), "malloc_trim", None)
    return found

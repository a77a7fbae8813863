"""Keys beside those of a recipient, in the same slot of a cluster, that do not tell the id.

One script reaches keys of one slot alone, and the slot follows from what stands in braces. So there stands a number
that has the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import count
from typing import Final

from redis.crc import REDIS_CLUSTER_HASH_SLOTS, key_slot

KEY: Final = "{%d}:onopen:%s"


def beside(key: str, name: str) -> str:
    """The key of this name in the slot of another one."""
    return KEY % (numbers()[key_slot(key.encode())], name)


@cache
def numbers() -> Mapping[int, int]:
    """The first number of each slot; to find them takes some hundredths of a second, once."""
    found: dict[int, int] = {}
    for number in count():
        found.setdefault(key_slot(b"%d" % number), number)
        if len(found) == REDIS_CLUSTER_HASH_SLOTS:
            return found
    raise AssertionError("numbers do not end")

"""Blocks of network addresses with something known about each, small enough for hundreds of thousands of them.

IPv4 addresses are numbered as IPv6 writes them (::ffff:0:0/96), so there is one sorted row of numbers and one
bisection. Of nested blocks the innermost speaks; neighbours that say the same become one.
"""

from __future__ import annotations

import socket
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Final, Generic, TypeVar

_MAPPED: Final = 0xFFFF << 32
_HOSTS: Final = [{str(bits): (1 << (width - bits)) - 1 for bits in range(width + 1)} for width in (32, 128)]
_Value = TypeVar("_Value")
Block = tuple[int, int, _Value]
"""First number, last number, what is known of it."""


def address_number(address: str) -> int | None:
    """The address as a number of 128 bits; None for what is no address."""
    try:
        if ":" in address:
            return int.from_bytes(socket.inet_pton(socket.AF_INET6, address), "big")
        return _MAPPED | int.from_bytes(socket.inet_pton(socket.AF_INET, address), "big")
    except (OSError, ValueError):
        return None


def plain_address(address: str) -> str:
    """An IPv4 address that is written as IPv6 (::ffff:192.0.2.1) in its own way; others as they are."""
    number = address_number(address) if ":" in address else None
    if number is None or number >> 32 != _MAPPED >> 32:
        return address
    return socket.inet_ntop(socket.AF_INET, (number - _MAPPED).to_bytes(4, "big"))


def network_ends(network: str) -> tuple[int, int]:
    """First and last number of a block written as `192.0.2.0/24`; ValueError for anything else."""
    address, _, bits = network.partition("/")
    number, mask = address_number(address), _HOSTS[":" in address].get(bits)
    if number is None or mask is None:
        raise ValueError(f"{network!r} is not a network; write it like 192.0.2.0/24")
    return number & ~mask, number | mask


class AddressRanges(Generic[_Value]):
    """An immutable map from addresses to values. `as_of` is when the list was made, in seconds since the epoch."""

    def __init__(self, blocks: Iterable[Block[_Value]], *, as_of: float = 0.0) -> None:
        """Blocks in any order; each inside another or apart from it, as networks are."""
        merged: list[Block[_Value]] = []
        for first, last, value in _flat(sorted(blocks, key=lambda block: (block[0], -block[1]))):
            if merged and merged[-1][1] + 1 == first and merged[-1][2] == value:
                merged[-1] = (merged[-1][0], last, value)
            else:
                merged.append((first, last, value))
        self.as_of = as_of
        self._firsts = [block[0] for block in merged]
        self._lasts = [block[1] for block in merged]
        self._values = [block[2] for block in merged]

    def __len__(self) -> int:
        """How many blocks are left after merging."""
        return len(self._firsts)

    def get(self, number: int) -> _Value | None:
        """What is known of an address, as `address_number` numbers it."""
        at = bisect_right(self._firsts, number) - 1
        return self._values[at] if at >= 0 and number <= self._lasts[at] else None


def _flat(blocks: Iterable[Block[_Value]]) -> Iterator[Block[_Value]]:
    """Blocks sorted by their beginning, outer before inner, as a row without overlaps."""
    outer: list[Block[_Value]] = []
    at = 0
    for block in blocks:
        while outer and outer[-1][1] < block[0]:
            _, last, value = outer.pop()
            if at <= last:
                yield at, last, value
                at = last + 1
        if outer and at < block[0]:
            yield at, block[0] - 1, outer[-1][2]
        at = max(at, block[0])
        outer.append(block)
    while outer:
        _, last, value = outer.pop()
        if at <= last:
            yield at, last, value
            at = last + 1

"""How an entry is written into a field of a hash: its end before its value, so that one read tells both."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from hashlib import sha1

from app.stores.pages import Entry, Found
from app.stores.retention import Moment

_END = struct.Struct(">d")


def packed(entry: Entry) -> bytes:
    """An entry as a field's value."""
    return _END.pack(entry.until) + entry.value


def unpacked(raw: bytes) -> Entry:
    """An entry from a field's value."""
    return Entry(raw[_END.size :], _END.unpack_from(raw)[0])


def found(fields: Iterable[tuple[str, bytes | None]], now: Moment) -> Found:
    """The values of those that are there, and not too old."""
    return now.left((name, *unpacked(raw)) for name, raw in fields if raw)


def digest(raw: bytes | None) -> str:
    """What the script compares: as `redis.sha1hex` writes it, or nothing."""
    return "" if raw is None else sha1(raw, usedforsecurity=False).hexdigest()

"""What a weather vendor is to the rest: what to ask for a place, and how to read what comes back.

A vendor holds its address, key and manners, and nothing else: it opens no connection, keeps no memory and has no
clock. `read` may raise `Unreadable` only.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from types import MappingProxyType
from typing import Any, NoReturn, Protocol
from urllib.parse import urlsplit

from app.errors import SettingError
from app.sources.weather.report import Report


class Unreadable(Exception):
    """An answer that is not what the vendor documents; `str()` is for operators."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One request. The first of a vendor's asks must succeed, the others only add."""

    url: str
    params: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Attribution:
    """What the vendor's licence wants to stand beside its data: words, and where they link to."""

    text: str
    url: str
    licence: str
    licence_url: str


class Vendor(Protocol):
    """A weather service."""

    @property
    def name(self) -> str:
        """The word in settings, metrics and `Reading.source`."""
        ...

    @property
    def attribution(self) -> Attribution:
        """What must stand in the mail."""
        ...

    @property
    def fresh_s(self) -> float:
        """How many seconds an answer stays new, where it does not say so itself."""
        ...

    @property
    def pace_s(self) -> float:
        """The least time between two requests, in seconds."""
        ...

    @property
    def dated(self) -> bool:
        """Whether answers carry Expires and Last-Modified that are to be obeyed."""
        ...

    @property
    def nowhere(self) -> frozenset[int]:
        """The statuses that mean: nothing is known about this place. That is an answer, not a failure."""
        ...

    def asks(self, latitude: float, longitude: float, now: float, zone: tzinfo) -> tuple[Ask, ...]:
        """The requests for a grid cell, at least one. Coordinates have one decimal."""
        ...

    def read(self, document: Any, now: float, zone: tzinfo) -> Report:
        """Read one parsed JSON answer, from any of the asks. `zone` is the place's, for vendors that do not tell.

        Raises:
            Unreadable: this is none of the vendor's answers.
        """
        ...


def parsed(body: bytes) -> Any:
    """The JSON in a body. NaN and Infinity, which Python would let pass, are no JSON.

    Raises:
        Unreadable: it is none.
    """
    try:
        return json.loads(body, parse_constant=_no_constant)
    except (ValueError, RecursionError) as wrong:
        raise Unreadable(f"not JSON: {type(wrong).__name__}") from wrong


def _no_constant(word: str) -> NoReturn:
    raise ValueError(word)


def checked(base: str) -> None:
    """Test a configured address, when a vendor is made and not when somebody opens a mail.

    Raises:
        SettingError: it is no http(s) address, or carries a user, a query or a fragment.
    """
    try:
        parts = urlsplit(base)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        fine = fine and not (parts.query or parts.fragment or parts.username)
    except ValueError:
        fine = False
    if not fine:
        remedy = "give an address such as https://weather.example, without user or query"
        raise SettingError("ONOPEN_WEATHER__URL", base, remedy)


def joined(base: str, path: str) -> str:
    """A vendor's path behind a configured base; a base that already ends with the path is left alone."""
    plain = base.rstrip("/")
    return plain if plain.endswith(path) else plain + path


def degrees(value: float) -> str:
    """A coordinate as it stands in a request: one decimal, about 11 km, so that no person can be told by it."""
    return f"{value:.1f}"

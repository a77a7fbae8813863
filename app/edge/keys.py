"""The key under which a shared cache keeps the answers of a placeholder: what everything about them may depend on.

One `Key` is the single truth for headers, for the table of `onopen check` and for the configuration of a CDN. A cache
that makes it tells so with every request: it sends the *variant*, the values that the key is made of, written like a
query, and a *voucher*, which only who has seen this installation's key can know. The origin then decides on the variant
and on nothing else, so that what is stored under it is true for everybody who shares it.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum
from hashlib import sha256
from typing import Final

VARIANT: Final = "X-Onopen-Variant"
"""The header with the values of the key, as `name=value` joined by `&`; only trusted peers are heard."""

VOUCHER: Final = "X-Onopen-Key"
"""The header that vouches for the variant: made from this very key, so that what is outdated shares nothing."""

VISITOR: Final = ":visitor"
"""The name of the class of visitors in a variant; no parameter has a colon in its name."""

COUNTRY, REGION, CITY = ":country", ":region", ":city"


class Cell(IntEnum):
    """How finely a place must be told apart."""

    COUNTRY = 1
    REGION = 2
    CITY = 3

    @property
    def names(self) -> tuple[str, ...]:
        """The names in a variant that say where it is."""
        return (COUNTRY, REGION, CITY)[: self.value]

    @property
    def word(self) -> str:
        """As people read it."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Key:
    """What a key is made of beside host, path and format: query parameters, the class of visitors, the place."""

    params: tuple[str, ...] = ()
    visitor: bool = False
    cell: Cell | None = None

    @classmethod
    def of(cls, params: Iterable[str] = (), *, visitor: bool = False, cell: Cell | None = None) -> Key:
        """A key; where somebody is counts for those alone who are not hidden, so a place needs the visitor too."""
        return cls(tuple(sorted(set(params))), visitor or cell is not None, cell)

    @property
    def is_in_url(self) -> bool:
        """Whether every cache has it, since it keys on the URL."""
        return not self.visitor and self.cell is None

    @property
    def names(self) -> tuple[str, ...]:
        """The names that a variant has a value for."""
        return (*self.params, *((VISITOR,) if self.visitor else ()), *(self.cell.names if self.cell else ()))

    @property
    def words(self) -> str:
        """What it is made of, for people."""
        parts = [f"?{name}=" for name in self.params]
        parts += ["the class of visitor"] if self.visitor else []
        parts += [f"the {self.cell.word}"] if self.cell else []
        return ", ".join(parts) or "its address alone"

    def and_also(self, other: Key) -> Key:
        """A key that tells apart whatever either of them does."""
        cells = [cell for cell in (self.cell, other.cell) if cell is not None]
        return Key.of(
            (*self.params, *other.params), visitor=self.visitor or other.visitor, cell=max(cells, default=None)
        )

    def with_params(self, *names: str) -> Key:
        """The same, and these parameters."""
        return replace(self, params=tuple(sorted({*self.params, *names})))

    def voucher(self, secret: bytes, placeholder: str, told_by: Iterable[str] = ()) -> str:
        """The words that vouch for a variant of this key: 32 hexadecimal digits.

        `told_by` is by what a cache finds its values, so that one that finds them otherwise vouches for nothing.
        """
        told = f"{placeholder} {' '.join(self.names)} {' '.join(told_by)}".encode()
        return hmac.digest(secret, told, sha256).hex()[:32]

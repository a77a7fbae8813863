"""The cacheability table: what each placeholder can depend on, and so how the cache in front may share it.

Its rows are made of the same `Sharing` as the headers and the configuration of a CDN, so that what is printed before a
mail goes out is what happens.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.edge.dialect import Dialect
from app.edge.keys import Key
from app.edge.sharing import Sharing
from app.engine.signals import Catalogue, Edge


def can_make(dialect: Dialect, key: Key) -> bool:
    """Whether the cache of this dialect, configured as `onopen cdn` says, tells apart what the key does."""
    return (dialect.tells_visitors or not key.visitor) and (dialect.tells_places or key.cell is None)


@dataclass(frozen=True, slots=True)
class Row:
    """One placeholder in one campaign, in front of which stands a cache that `made` the key or could not."""

    placeholder: str
    campaign: str
    sharing: Sharing
    made: bool
    by_edge: tuple[tuple[Edge, tuple[str, ...]], ...]

    @property
    def shareable(self) -> bool:
        """Whether this cache may share it."""
        return self.sharing.shareable and self.made

    def line(self) -> str:
        """The row for a terminal."""
        name = f"{self.placeholder} ({self.campaign})" if self.campaign else self.placeholder
        if self.shareable:
            return f"{name}: a cache may share it by {self.sharing.key.words}"
        return f"{name}: private, because it can depend on {', '.join(self._because())}; {self.remedy()}"

    def remedy(self) -> str:
        """What would make a private placeholder shareable; empty for one that is."""
        remedies = list(dict.fromkeys(obstacle.remedy for obstacle in self.sharing.obstacles))
        if not self.made:
            remedies.append(f"a cache that keys on {self.sharing.key.words} could share it")
        return ", and ".join(remedies)

    def _because(self) -> tuple[str, ...]:
        found = [obstacle.name for obstacle in self.sharing.obstacles]
        if not self.made:
            wanted = (Edge.DEVICE, Edge.PLACE)
            found += [name for edge, names in self.by_edge if edge in wanted for name in names if name not in found]
        return tuple(found)

    def as_json(self) -> dict[str, Any]:
        """The row for machines."""
        key = self.sharing.key
        return {
            "placeholder": self.placeholder,
            "campaign": self.campaign,
            "shareable": self.shareable,
            "key": {"params": list(key.params), "visitor": key.visitor, "place": key.cell.word if key.cell else None},
            "depends_on": {edge.name.lower(): list(names) for edge, names in self.by_edge},
            "private_because": [] if self.shareable else list(self._because()),
            "remedy": "" if self.shareable else self.remedy(),
        }


def row_of(
    placeholder: str, campaign: str, sharing: Sharing, reads: Iterable[str], catalogue: Catalogue, dialect: Dialect
) -> Row:
    """The row of one placeholder in one campaign, from everything that it can read."""
    wanted = set(reads)
    listed = tuple(name for name in catalogue if name in wanted)
    by_edge = tuple(
        (edge, names) for edge in Edge if (names := tuple(name for name in listed if catalogue[name].edge is edge))
    )
    return Row(placeholder, campaign, sharing, can_make(dialect, sharing.key), by_edge)

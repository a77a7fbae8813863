"""The cacheability table: what each placeholder can depend on, and so how a CDN may share it.

Its rows are made of the same `Sharing` as the headers, so that what is printed before a mail goes out is what happens.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.edge.policy import Sharing, sharing
from app.engine.signals import Catalogue, Edge


@dataclass(frozen=True, slots=True)
class Row:
    """One placeholder in one campaign."""

    placeholder: str
    campaign: str
    sharing: Sharing
    by_edge: tuple[tuple[Edge, tuple[str, ...]], ...]

    def line(self) -> str:
        """The row for a terminal."""
        name = f"{self.placeholder} ({self.campaign})" if self.campaign else self.placeholder
        if self.sharing.shareable:
            return f"{name}: a cache may share it by {self._keys()}"
        because = ", ".join(self.sharing.because)
        return f"{name}: private, because it can depend on {because}; {self.remedy()}"

    def remedy(self) -> str:
        """What would make a private placeholder shareable."""
        edges = [edge for edge, _ in self.by_edge if edge not in (Edge.NOBODY, Edge.URL)]
        if edges == [Edge.PERSON]:
            return "it belongs to one person"
        return f"a cache that keys on {' and '.join(edge.value for edge in edges)} could share it"

    def _keys(self) -> str:
        return " and ".join(edge.value for edge in self.sharing.keys) or "its address alone"

    def as_json(self) -> dict[str, Any]:
        """The row for machines."""
        return {
            "placeholder": self.placeholder,
            "campaign": self.campaign,
            "shareable": self.sharing.shareable,
            "depends_on": {edge.name.lower(): list(names) for edge, names in self.by_edge},
            "private_because": list(self.sharing.because),
        }


def table_of(placeholder: str, campaign: str, reads: Iterable[str], catalogue: Catalogue) -> Row:
    """The row of one rule set, from everything it can read."""
    reads = tuple(name for name in catalogue if name in set(reads))
    by_edge = tuple(
        (edge, names) for edge in Edge if (names := tuple(name for name in reads if catalogue[name].edge is edge))
    )
    return Row(placeholder, campaign, sharing(reads, catalogue), by_edge)

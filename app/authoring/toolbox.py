"""What the other rooms lend to authoring: it knows signals and words, but neither painters nor sources.

The composition root fills the box; tests fill it with small honest fakes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from app.engine.signals import Catalogue
from app.ports import Clocks


class Design(Protocol):
    """A picture's design, as far as authoring looks at one."""

    @property
    def name(self) -> str:
        """The placeholder's name."""
        ...

    @property
    def digest(self) -> str:
        """Names everything in it that shapes pixels."""
        ...

    @property
    def layers(self) -> tuple[Any, ...]:
        """Its layers, from the bottom up."""
        ...


class Examined(Protocol):
    """What an asset turned out to be; where it cannot be used, problem and remedy say why."""

    @property
    def ok(self) -> bool:
        """Whether it can be painted."""
        ...

    @property
    def moves(self) -> bool:
        """Whether it has several frames, of which the first is painted."""
        ...

    @property
    def problem(self) -> str:
        """What is wrong with it."""
        ...

    @property
    def remedy(self) -> str:
        """What to do about it."""
        ...


class Preflight(Protocol):
    """The painters' answers to questions that `check` asks before anybody opens a mail."""

    def examine(self, path: str) -> Examined:
        """Whether the asset at this path below assets/ can be painted."""
        ...

    def pictures(self) -> Collection[str]:
        """The paths of all pictures below assets/; what is in them is not looked at."""
        ...

    def font_fault(self, name: str) -> str:
        """What is wrong with a font that a layer or the brand names, and a remedy; empty if nothing is."""
        ...

    def design(self, name: str, size: tuple[int, int], background: str, layers: Sequence[Any]) -> Design:
        """The design made of these; ValueError with a remedy where they do not go together."""
        ...

    def misplaced(self, layer: Any, size: tuple[int, int], origin: tuple[float, float]) -> str:
        """What is wrong with where a layer stands in a picture of that size, `; `, a remedy; empty if nothing is.

        Its place is counted, and told of, from `origin`.
        """
        ...

    def weight(
        self, design: Any, fields: Mapping[str, object], captions: Mapping[int, str], format: Any
    ) -> tuple[int, int]:
        """The bytes of the design's picture with these values and texts of layers, and how many are meant."""
        ...

    def overflows(self, layer: Any, text: str) -> bool:
        """Whether a text would be cut in its layer even at the least size."""
        ...

    def missing(self, layer: Any, text: str) -> frozenset[str]:
        """Characters of the text that no font has."""
        ...

    def refuses(self, layer: Any, text: str) -> str:
        """Why a layer cannot show a text at all, `; `, a remedy; empty if it can."""
        ...

    def unsaid(self, layer: Any, language: str, zone: str) -> str:
        """Why a layer cannot say every deadline in a language and a zone, `; `, a remedy; empty if it can, or is no
        countdown.
        """
        ...


MakeClocks = Callable[[Any], Clocks]
"""A site's own clocks, from its document: dayparts, zone and country."""


@dataclass(frozen=True, slots=True)
class Toolbox:
    """Everything authoring is handed but the preflight, which belongs to one folder of assets and comes with each
    snapshot. `layers` are the layer classes by word.
    """

    catalogue: Catalogue
    layers: Mapping[str, type]
    find_city: Callable[[str], tuple[float, float] | None]
    clocks: MakeClocks

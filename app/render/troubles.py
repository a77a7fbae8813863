"""What can go wrong while a picture is made, in one tree.

RenderTrouble                      this picture cannot be painted: the caller serves the fallback
└── AssetTrouble                   one asset cannot be used: names it, says why, and what would help

These are for operators and editors; a recipient never meets one, for the fallback is served instead.
"""

from __future__ import annotations

from app.errors import NotPainted


class RenderTrouble(NotPainted):
    """A picture that could not be painted; `layer` is the index of the layer in its design, if one is to blame."""

    def __init__(self, problem: str, *, layer: int | None = None, asset: str | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.layer = layer
        self.asset = asset

    def __str__(self) -> str:
        place = "" if self.layer is None else f"layer {self.layer + 1}: "
        return f"{place}{self.problem}"


class AssetTrouble(RenderTrouble):
    """An asset that cannot be used; `remedy` says what would help its editor."""

    def __init__(self, asset: str, problem: str, remedy: str, *, layer: int | None = None) -> None:
        super().__init__(f"{asset}: {problem}", layer=layer, asset=asset)
        self.found = problem
        self.remedy = remedy

    def at_layer(self, layer: int) -> AssetTrouble:
        """The same trouble, naming the layer (counted from 0) that asked for the asset."""
        assert self.asset is not None
        return AssetTrouble(self.asset, self.found, self.remedy, layer=layer)

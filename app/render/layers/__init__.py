"""The layers that a placeholder may stack, one file each.

A new layer is one file with one frozen dataclass, and one line in `LAYERS`: its word in YAML and its class.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.render.layers.chart import ChartLayer
from app.render.layers.code import CodeLayer
from app.render.layers.countdown import CountdownLayer
from app.render.layers.group import Group
from app.render.layers.icon import IconLayer
from app.render.layers.layer import Layer
from app.render.layers.map import MapLayer
from app.render.layers.picture import PictureLayer
from app.render.layers.progress import ProgressLayer
from app.render.layers.rating import RatingLayer
from app.render.layers.shape import ShapeLayer
from app.render.layers.text import TextLayer
from app.render.layers.tiles import Tiles

LAYERS: Mapping[str, type[Layer | Group | Tiles]] = MappingProxyType(
    {
        "chart": ChartLayer,
        "icon": IconLayer,
        "code": CodeLayer,
        "countdown": CountdownLayer,
        "group": Group,
        "map": MapLayer,
        "picture": PictureLayer,
        "progress": ProgressLayer,
        "rating": RatingLayer,
        "shape": ShapeLayer,
        "text": TextLayer,
        "tiles": Tiles,
    }
)

__all__ = [
    "LAYERS",
    "ChartLayer",
    "CodeLayer",
    "CountdownLayer",
    "Group",
    "IconLayer",
    "Layer",
    "MapLayer",
    "PictureLayer",
    "ProgressLayer",
    "RatingLayer",
    "ShapeLayer",
    "TextLayer",
    "Tiles",
]

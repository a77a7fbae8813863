"""The banner that everybody draws: 600×300, three texts and a button, on a photograph below a gradient, on an
illustration, or on flat shapes.

One description for all: peers read it as JSON, ours is made from it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.render.assets import Assets
from app.render.design import Design
from app.render.encode import Format
from app.render.fonts import BUNDLED, FOLDER, Fonts
from app.render.layers import Layer, PictureLayer, ShapeLayer, TextLayer
from app.render.paint import Painter
from bench.cold_paint import NAMES, UNBOUNDED, Paint, photo
from bench.peers.illustration import GROUND, illustration

SIZE = (600, 300)
QUALITY = 82
VARIANTS: tuple[str, ...] = ("photo", "drawn", "flat")
FORMATS: tuple[Format, ...] = ("jpg", "png")
BOLD, REGULAR = "Noto Sans Bold", "Noto Sans"
TEXTS = (("headline", BOLD, (34, 30, 370, 140), 36), ("line", REGULAR, (34, 180, 370, 30), 16))
BUTTON, RADIUS, LABEL, LABEL_SIZE = (34, 225, 200, 50), 25, "Track it now", 18
RED, WHITE, BLACK = "#c8102e", "#ffffff", "#1d1d1b"
DISCS = ((380, -60, 320, RED), (450, 120, 200, "#ffd400"))
INKS = {"photo": WHITE, "drawn": BLACK, "flat": BLACK}
PICTURES = {"photo": "photo.jpg", "drawn": "drawn.png"}
SHADE = ("#00000000", "#000000cc")


def described(folder: Path, scale: int) -> Path:
    """The description for peers, in device pixels, and what it names, as files in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    width, height = SIZE[0] * scale, SIZE[1] * scale
    photo(width, height).save(folder / PICTURES["photo"], quality=90)
    illustration(width, height).save(folder / PICTURES["drawn"])
    pictures = {variant: str(folder / name) for variant, name in PICTURES.items()}
    look: dict[str, Any] = {
        "size": (width, height),
        "quality": QUALITY,
        "names": NAMES,
        "fonts": {"bold": str(FOLDER / BUNDLED[BOLD]), "regular": str(FOLDER / BUNDLED[REGULAR])},
        **{name: {"box": _times(box, scale), "size": size * scale} for name, _, box, size in TEXTS},
        "button": {
            "box": _times(BUTTON, scale),
            "color": RED,
            "radius": RADIUS * scale,
            "label": LABEL,
            "size": LABEL_SIZE * scale,
        },
        "photo": {
            "ink": INKS["photo"],
            "picture": pictures["photo"],
            "shade": ["rgba(0,0,0,0)", "rgba(0,0,0,0.8)"],
        },
        "drawn": {"ink": INKS["drawn"], "picture": pictures["drawn"]},
        "flat": {
            "ink": INKS["flat"],
            "ground": GROUND,
            "discs": [(*_times(place, scale), color) for *place, color in DISCS],
        },
    }
    file = folder / "banner.json"
    file.write_text(json.dumps(look), encoding="utf-8")
    return file


def ours(folder: Path, scale: int, variant: str, format: Format) -> Paint:
    """The painter of onopen."""
    painter, ink = Painter(Assets([folder]), Fonts()), INKS[variant]
    texts = [TextLayer(field=name, box=box, font=font, size=size, color=ink) for name, font, box, size in TEXTS]
    pill = ShapeLayer(box=BUTTON, color=RED, radius=RADIUS)
    label = TextLayer(text=LABEL, box=BUTTON, font=BOLD, size=LABEL_SIZE, color=WHITE, align="center", valign="middle")
    layers = (*_ground(variant), *texts, pill, label)
    design = Design("banner", SIZE, GROUND, layers, scale=scale, quality=QUALITY, most=UNBOUNDED)
    captions = {len(layers) - 1: LABEL}
    return lambda n: painter.paint(design, words(n), captions, format=format)


def words(n: int) -> dict[str, object]:
    """What is written for the n-th recipient; peers write the same."""
    name = NAMES[n % len(NAMES)]
    return {"headline": f"{name}, your order no. {n} ships today from Paris", "line": f"It is parcel {n} of {n + 7}"}


def _ground(variant: str) -> tuple[Layer, ...]:
    whole = (0, 0, *SIZE)
    if variant == "photo":
        return PictureLayer(picture=PICTURES[variant], box=whole), ShapeLayer(box=whole, gradient=SHADE)
    if variant == "drawn":
        return (PictureLayer(picture=PICTURES[variant], box=whole),)
    return tuple(ShapeLayer(box=(x, y, side, side), form="ellipse", color=color) for x, y, side, color in DISCS)


def _times(numbers: Sequence[float], scale: int) -> list[float]:
    return [number * scale for number in numbers]

"""Which part of a picture goes where in its box: `object-fit` of CSS, with a focus point.

Pure geometry in pixels of the picture and of the device; nothing here touches an image.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Literal

from app.render.intake import Cut, Size

Mode = Literal["cover", "contain", "fill", "none"]
Sides = tuple[float, float]
"""Width and height of a picture; those of a drawing may be broken."""


@dataclass(frozen=True, slots=True)
class Fit:
    """The cut of the picture (left, top, right, bottom), the size it is scaled to, and its corner inside the box."""

    cut: Cut
    size: Size
    at: Size


def fitted(picture: Sides, box: Size, mode: Mode, focus: tuple[float, float]) -> Fit:
    """How the picture is fitted into the box."""
    if mode == "contain":
        return _contained(picture, box, focus)
    if mode == "fill":
        return Fit((0.0, 0.0, *picture), box, (0, 0))
    if mode == "none":
        return _pixel_for_pixel(picture, box, focus)
    scale = max(box[0] / picture[0], box[1] / picture[1])
    width, height = min(box[0] / scale, picture[0]), min(box[1] / scale, picture[1])
    left, top = _window(picture[0], width, focus[0]), _window(picture[1], height, focus[1])
    return Fit((left, top, left + width, top + height), box, (0, 0))


def _contained(picture: Sides, box: Size, focus: tuple[float, float]) -> Fit:
    scale = min(box[0] / picture[0], box[1] / picture[1])
    size = (max(1, min(box[0], round(picture[0] * scale))), max(1, min(box[1], round(picture[1] * scale))))
    at = (round((box[0] - size[0]) * focus[0]), round((box[1] - size[1]) * focus[1]))
    return Fit((0.0, 0.0, *picture), size, at)


def _pixel_for_pixel(picture: Sides, box: Size, focus: tuple[float, float]) -> Fit:
    size = (min(ceil(picture[0]), box[0]), min(ceil(picture[1]), box[1]))
    left, top = round(_window(picture[0], size[0], focus[0])), round(_window(picture[1], size[1], focus[1]))
    at = (round((box[0] - size[0]) * focus[0]), round((box[1] - size[1]) * focus[1]))
    return Fit((left, top, left + size[0], top + size[1]), size, at)


def _window(whole: float, part: float, focus: float) -> float:
    """Where a part of a side begins that has the focus as near to its middle as the edges allow."""
    return min(max(focus * whole - part / 2, 0.0), whole - part)

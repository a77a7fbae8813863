"""Renews `docs/pictures/two-opens.jpg`: one mail, opened in Hamburg and in Munich, decided and painted by onopen itself.

    python -m tests.support.readme_picture

The two openings go through the resolver and the painter that serve; the sheet around them is one more design.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from app.render.assets import Assets
from app.render.design import Design
from app.render.fonts import Fonts
from app.render.layers import PictureLayer, TextLayer
from app.render.paint import Painter
from app.settings import Settings
from app.workshop import Asked, Workshop

ROOT: Final = Path(__file__).resolve().parents[2]
PICTURE: Final = ROOT / "docs" / "pictures" / "two-opens.jpg"
AT: Final = "2026-11-21T13:00+01:00"

HAMBURG: Final = {
    "geo.country": "DE",
    "geo.region": "DE-HH",
    "geo.city": "Hamburg",
    "geo.latitude": "53.55",
    "geo.longitude": "9.99",
    "geo.time_zone": "Europe/Berlin",
    "param.lang": "en",
}
MUNICH: Final = HAMBURG | {
    "geo.region": "DE-BY",
    "geo.city": "Munich",
    "geo.latitude": "48.14",
    "geo.longitude": "11.58",
}
OPENINGS: Final = (
    ("hamburg.png", "Opened in Hamburg, in the rain", HAMBURG),
    ("munich.png", "The same mail, opened in Munich", MUNICH),
)
WIDE, HIGH, GAP, CAPTION = 404, 202, 16, 26
"""One picture, the space between two, and the line of words above each, in CSS pixels."""


def opened(pins: dict[str, str]) -> bytes:
    """What this opening of the demo site's `weather` sees, as PNG."""
    bench = Workshop(ROOT, Settings(site=ROOT))
    return bench.picture(bench.answer(Asked("weather", at=AT, pins=pins)), "png")


def sheet() -> bytes:
    """The pictures side by side, each below its caption, as JPEG."""
    layers: list[PictureLayer | TextLayer] = []
    captions: dict[int, str] = {}
    with TemporaryDirectory() as folder:
        for place, (name, caption, pins) in enumerate(OPENINGS):
            (Path(folder) / name).write_bytes(opened(pins))
            left = place * (WIDE + GAP)
            captions[len(layers)] = caption
            layers.append(
                TextLayer(box=(left, 0, WIDE, CAPTION), text=caption, font="Noto Sans SemiBold", size=14, color="#444444")
            )
            layers.append(PictureLayer(box=(left, CAPTION, WIDE, HIGH), picture=name, radius=8))
        size = (len(OPENINGS) * (WIDE + GAP) - GAP, CAPTION + HIGH)
        design = Design("two-opens", size, "#ffffff", tuple(layers))
        return Painter(Assets([Path(folder)]), Fonts()).paint(design, {}, captions, format="jpg")


if __name__ == "__main__":
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_bytes(sheet())

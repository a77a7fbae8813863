"""Renews the README's pictures, decided and painted by onopen itself: one mail opened twice, and its own example.

    python -m tests.support.readme_picture

The openings go through the resolver and the painter that serve; the sheet around the first two is one more design.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from app.render.assets import Assets
from app.render.design import Design
from app.render.fonts import Fonts
from app.render.layers import PictureLayer, TextLayer
from app.render.paint import Painter
from app.settings import Settings
from app.workshop.workshop import Asked, Workshop
from tests.support.documented import ROOT, site_of

PICTURES: Final = ROOT / "docs" / "pictures"
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
RAIN: Final = {"weather.condition": "rain", "geo.city": "Hamburg"}
OPENINGS: Final = (
    ("hamburg.png", "Opened in Hamburg, in the rain", HAMBURG),
    ("munich.png", "The same mail, opened in Munich", MUNICH),
)
WIDE, HIGH, GAP, CAPTION = 404, 202, 16, 26
"""One picture, the space between two, and the line of words above each, in CSS pixels."""


def opened(site: Path, placeholder: str, pins: Mapping[str, str]) -> bytes:
    """What such an opening sees, as PNG."""
    bench = Workshop(site, Settings(site=site))
    return bench.picture(bench.answer(Asked(placeholder, at=AT, pins=pins)), "png")


def two_opens() -> bytes:
    """The demo site's `weather` in Hamburg and in Munich, each below its caption, as JPEG."""
    layers: list[PictureLayer | TextLayer] = []
    captions: dict[int, str] = {}
    with TemporaryDirectory() as folder:
        for place, (name, caption, pins) in enumerate(OPENINGS):
            (Path(folder) / name).write_bytes(opened(ROOT, "weather", pins))
            box = (place * (WIDE + GAP), 0, WIDE, CAPTION)
            captions[len(layers)] = caption
            layers.append(TextLayer(box=box, text=caption, font="Noto Sans SemiBold", size=14, color="#444444"))
            layers.append(PictureLayer(box=(box[0], CAPTION, WIDE, HIGH), picture=name, radius=8))
        size = (len(OPENINGS) * (WIDE + GAP) - GAP, CAPTION + HIGH)
        design = Design("two-opens", size, "#ffffff", tuple(layers))
        return Painter(Assets([Path(folder)]), Fonts()).paint(design, {}, captions, format="jpg")


def umbrella() -> bytes:
    """The README's own example in the rain, as PNG."""
    with TemporaryDirectory() as folder:
        return opened(site_of(ROOT / "README.md", Path(folder)), "umbrella", RAIN)


if __name__ == "__main__":
    PICTURES.mkdir(parents=True, exist_ok=True)
    (PICTURES / "two-opens.jpg").write_bytes(two_opens())
    (PICTURES / "umbrella.png").write_bytes(umbrella())

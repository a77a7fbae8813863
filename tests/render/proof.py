"""The golden pictures beside what is drawn now, on a page to look at: `python -m tests.render.proof`."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops

from app.render.assets import Assets
from app.render.fonts import Fonts
from app.render.paint import Painter
from tests.render.pictures import Sample, draw_assets, samples
from tests.support.gallery import BUILD, Exhibit, View, hang

GOLDENS = Path(__file__).parent / "goldens"
LOUDER = 16
"""How many times as large a difference is shown as it is: one level in 255 can then be seen."""
GROUND = "#808080"


def golden(name: str, sample: Sample) -> Path:
    """Where the golden picture of that name lies."""
    return GOLDENS / f"{name}.{sample.format}"


def painted() -> dict[str, bytes]:
    """Every sample as it is drawn now."""
    with tempfile.TemporaryDirectory() as name:
        draw_assets(Path(name))
        painter = Painter(Assets([Path(name)]), Fonts())
        return {title: sample.drawn(painter) for title, sample in samples().items()}


def on_grey(image: Image.Image) -> Image.Image:
    """The picture as it looks on a grey page."""
    page = Image.new("RGBA", image.size, GROUND)
    return Image.alpha_composite(page, image.convert("RGBA")).convert("RGB")


def show(drawn: Mapping[str, bytes], folder: Path = BUILD) -> Path:
    """Write the page that shows these beside their goldens; the answer is where it lies."""
    return hang("goldens", "Golden pictures, and what is drawn now", list(_exhibits(drawn)), folder)


def _exhibits(drawn: Mapping[str, bytes]) -> Iterator[Exhibit]:
    for name, sample in samples().items():
        file, new = golden(name, sample), drawn[name]
        old = file.read_bytes() if file.exists() else new
        off = _difference(old, new)
        note = f"{len(old):,} bytes, now {len(new):,}; differs by at most {_most(off)} levels, shown {LOUDER} times"
        views = (
            View("golden | now: swipe", "golden", 2, GROUND, above="now"),
            View(f"difference × {LOUDER}", "difference", 1, GROUND),
        )
        loud = BytesIO()
        off.point(lambda level: min(level * LOUDER, 255)).save(loud, "PNG")
        pictures = {"golden": old, "now": new, "difference": loud.getvalue()}
        yield Exhibit(name, note, sample.design.size, pictures, views)


def _difference(old: bytes, new: bytes) -> Image.Image:
    """Where the two differ; a picture of another size differs wherever it reaches further."""
    before, after = (on_grey(Image.open(BytesIO(blob))) for blob in (old, new))
    return ImageChops.difference(before.crop((0, 0, *after.size)), after)


def _most(off: Image.Image) -> int:
    return max(high for _, high in off.getextrema())  # type: ignore[misc, union-attr]


if __name__ == "__main__":
    print(show(painted()))

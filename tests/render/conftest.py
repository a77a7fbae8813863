"""What the tests of the renderer share: fonts, a folder of small assets, a painter, and a look at single pixels."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from app.render.assets import Assets
from app.render.design import Design
from app.render.encode import Format
from app.render.fonts import Fonts
from app.render.layers import Layer
from app.render.paint import Painter
from app.render.typeset import Typesetter
from tests.render.pictures import draw_assets
from tests.support.reading import read

Drawn = Callable[..., Image.Image]


@pytest.fixture(scope="session")
def fonts() -> Fonts:
    return Fonts()


@pytest.fixture
def typesetter(fonts: Fonts) -> Typesetter:
    return Typesetter(fonts)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    draw_assets(tmp_path / "assets")
    return tmp_path / "assets"


@pytest.fixture
def painter(folder: Path, fonts: Fonts) -> Painter:
    return Painter(Assets([folder]), fonts)


@pytest.fixture
def drawn(painter: Painter) -> Drawn:
    """Paint these layers on 100 × 60 CSS pixels and decode the picture again."""

    def draw(
        *layers: Layer,
        fields: dict[str, object] | None = None,
        captions: dict[int, str] | None = None,
        format: Format = "png",
        background: str = "#ffffff",
        size: tuple[int, int] = (100, 60),
    ) -> Image.Image:
        design = Design("test", size, background, layers)
        image = read(painter.paint(design, fields or {}, captions or {}, format=format))
        return image.convert("RGBA" if image.has_transparency_data else "RGB")

    return draw

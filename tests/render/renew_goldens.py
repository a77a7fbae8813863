"""Paints the golden pictures anew: `python -m tests.render.renew_goldens`. Look at them before you commit them."""

from __future__ import annotations

import tempfile
from pathlib import Path

from app.render.assets import Assets
from app.render.fonts import Fonts
from app.render.paint import Painter
from tests.render.pictures import Sample, draw_assets, samples

GOLDENS = Path(__file__).parent / "goldens"
COMMAND = "python -m tests.render.renew_goldens"


def golden(name: str, sample: Sample) -> Path:
    """Where the golden picture of that name lies."""
    return GOLDENS / f"{name}.{sample.format}"


def main() -> None:
    """Write every golden picture."""
    with tempfile.TemporaryDirectory() as name:
        draw_assets(Path(name))
        painter = Painter(Assets([Path(name)]), Fonts())
        GOLDENS.mkdir(exist_ok=True)
        for title, sample in samples().items():
            file = golden(title, sample)
            file.write_bytes(painter.paint(sample.design, sample.fields, sample.captions, format=sample.format))
            print(f"{file.name}: {file.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

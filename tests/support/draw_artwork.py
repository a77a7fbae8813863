"""Renews the demo site's pictures: composes each as SVG, has headless Chromium draw it at 2×, saves JPEG or PNG.

Run it by hand where Chromium is installed: `python tests/support/draw_artwork.py [--svg DIR] [FILE ...]`, a file
being for example `weather/rain.jpg`; without files all are drawn. The server and the tests use the finished files in
`assets/`, never this.
"""

from __future__ import annotations

import argparse
import io
import subprocess
import tempfile
from pathlib import Path

from artwork.catalogue import PICTURES
from artwork.sheet import Sheet
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
SCALE = 2
HEAVIEST_JPEG = 100_000
JPEG_QUALITIES = range(84, 58, -2)
SMALLEST_WINDOW = 500
CHROMIUM = (
    "chromium",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    f"--force-device-scale-factor={SCALE}",
    "--default-background-color=00000000",
)
PAGE = "<!doctype html><meta charset=utf-8><style>*{{margin:0}}svg{{display:block}}</style>{}"


def photograph(sheet: Sheet) -> Image.Image:
    """Draw the sheet, in RGBA, at two pixels for each CSS pixel."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        page, shot = folder / "page.html", folder / "shot.png"
        page.write_text(PAGE.format(sheet.svg()), encoding="utf-8")
        size = f"{max(sheet.width, SMALLEST_WINDOW)},{sheet.height + 200}"
        command = [*CHROMIUM, f"--user-data-dir={folder / 'profile'}", f"--window-size={size}", f"--screenshot={shot}"]
        subprocess.run([*command, page.as_uri()], check=True, capture_output=True, timeout=120)
        whole = Image.open(io.BytesIO(shot.read_bytes())).convert("RGBA")
    return whole.crop((0, 0, sheet.width * SCALE, sheet.height * SCALE))


def save(picture: Image.Image, file: Path) -> None:
    """Write the picture with 96 dpi, as Outlook wants it; a JPEG as good as its weight allows."""
    file.parent.mkdir(parents=True, exist_ok=True)
    dpi = (96, 96)
    if file.suffix == ".png":
        picture.save(file, optimize=True, dpi=dpi)
        return
    for quality in JPEG_QUALITIES:
        picture.convert("RGB").save(file, quality=quality, optimize=True, progressive=True, dpi=dpi)
        if file.stat().st_size <= HEAVIEST_JPEG:
            return


def main() -> None:
    """Draw what the command line names."""
    parser = argparse.ArgumentParser(description="Renew the demo site's pictures.")
    parser.add_argument("files", nargs="*", metavar="FILE", help="below assets/, for example weather/rain.jpg")
    parser.add_argument("--svg", type=Path, metavar="DIR", help="write the SVG documents there too")
    wanted = parser.parse_args()
    if unknown := [name for name in wanted.files if name not in PICTURES]:
        parser.error(f"no such picture: {', '.join(unknown)}; there are {', '.join(PICTURES)}")
    for name in wanted.files or PICTURES:
        sheet = PICTURES[name]()
        if wanted.svg:
            document = wanted.svg / Path(name).with_suffix(".svg")
            document.parent.mkdir(parents=True, exist_ok=True)
            document.write_text(sheet.svg(), encoding="utf-8")
        file = ROOT / "assets" / name
        save(photograph(sheet), file)
        print(f"{name}  {sheet.width * SCALE}x{sheet.height * SCALE}  {file.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

"""Reading back what was encoded: by Pillow to the last byte, and PNG by pngcheck too, which knows no leniency.

pngcheck is a Debian package. Where it is missing, one test says so, and pictures are read by Pillow alone.
"""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO

from PIL import Image

PNGCHECK = shutil.which("pngcheck")
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def read(blob: bytes) -> Image.Image:
    """The picture in these bytes; raises where anything is wrong with them."""
    if PNGCHECK and blob.startswith(SIGNATURE):
        fault = fault_of(blob)
        assert not fault, fault
    image = Image.open(BytesIO(blob))
    image.load()
    return image


def fault_of(png: bytes) -> str:
    """What pngcheck finds wrong with a PNG; empty if nothing is."""
    assert PNGCHECK
    checked = subprocess.run([PNGCHECK], input=png, capture_output=True, timeout=60, check=False)
    return (checked.stdout + checked.stderr).decode() if checked.returncode else ""

"""Pictures made of shapes: drawn anew in each size that is asked for, so that they are sharp in every one.

Whatever a drawing costs is bounded from outside: it is drawn in a process of its own, which is ended when it takes
too long or too much memory. That package is an optional extra, and is not imported here.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from PIL import Image

from app.render.intake import Cut, Refused, Size, decode

RASTERISER = Path(__file__).with_name("rasteriser.py")
SECONDS = 5
"""How long anybody waits for a drawing; most are there in a fiftieth of one."""
SIMPLER = "export it simpler, or as PNG"


@dataclass(frozen=True, slots=True)
class Vector:
    """A drawing: its own width and height in CSS pixels, and an `<svg>` element in that size, known to be harmless."""

    size: tuple[float, float]
    element: str

    @property
    def weight(self) -> int:
        """Its bytes in memory."""
        return sys.getsizeof(self.element)

    def part(self, cut: Cut, size: Size) -> Image.Image:
        """What lies inside the cut, drawn in that size in pixels; RGB or RGBA. Raises Refused if it cannot be drawn."""
        left, top, right, bottom = cut
        window = f'viewBox="{left:f} {top:f} {right - left:f} {bottom - top:f}" preserveAspectRatio="none"'
        opening = f'<svg xmlns="http://www.w3.org/2000/svg" width="{size[0]}" height="{size[1]}" {window}>'
        return decode(_rasterised(f"{opening}{self.element}</svg>"))


def _rasterised(document: str) -> bytes:
    """The PNG of an SVG document; raises Refused."""
    command = [sys.executable, "-I", "-S", str(RASTERISER), str(_packages())]
    try:
        drawn = subprocess.run(command, input=document.encode(), capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise _costly() from error
    except OSError as error:
        raise Refused(f"nothing draws it ({error.strerror})", "let the server start processes") from error
    if drawn.returncode < 0:  # ended by the system, or by itself in distress
        raise _costly()
    if drawn.returncode:
        said = drawn.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise Refused(f"it cannot be drawn ({''.join(said)})", "export it again")
    return drawn.stdout


def _costly() -> Refused:
    return Refused("drawing it takes too much time or memory", SIMPLER)


def _packages() -> Path:
    """The folder of installed packages in which the rasteriser finds what draws."""
    found = find_spec("resvg_py")
    if found is None or found.origin is None:
        raise Refused("SVG pictures need the extra “svg”", "pip install 'onopen[svg]', or export it as PNG")
    return Path(found.origin).parents[1]

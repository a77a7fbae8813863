"""Fonts of one's own: files below assets/fonts/, with the axes of a variable one, as `fonts/house.ttf weight=700`.

TTF, OTF, WOFF and WOFF2 are opened by FreeType. A file is read once and kept in memory.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any, Final, NamedTuple

from PIL import ImageFont

from app.render.folder import AssetFolder
from app.render.intake import Refused
from app.render.shaping import Shaper

OWN: Final = "fonts/"
SUFFIXES: Final = frozenset({".ttf", ".otf", ".woff", ".woff2"})
HEAVY_FROM: Final = 600
"""The weight from which a font counts as bold, as in CSS."""
MAX_BYTES: Final = 10 << 20
MEASURED: Final = 16
"""The size at which a font is opened where its size does not matter."""
TAGS: Final = {"wght": "weight", "wdth": "width", "slnt": "slant", "ital": "italic", "opsz": "optical size"}
"""What OpenType calls the axes that FreeType names in words."""

_AXIS: Final = re.compile(r"([A-Za-z]+)=(-?\d+(?:\.\d+)?)")


class FontFile(NamedTuple):
    """A file below assets/, and the values of its axes by name."""

    path: str
    axes: tuple[tuple[str, float], ...]

    @property
    def heavy(self) -> bool:
        """Whether it is a bold one, by its axis or its name."""
        weights = [value for name, value in self.axes if name == "weight"]
        return weights[0] >= HEAVY_FROM if weights else re.search("bold|black|heavy", self.path, re.I) is not None


def is_own(name: str) -> bool:
    """Whether a font's name is that of a file."""
    return name.startswith(OWN)


def font_file(name: str) -> FontFile:
    """The file and axes of a name; raises Refused."""
    path, *axes = name.split()
    found = [_AXIS.fullmatch(axis) for axis in axes]
    for axis, match in zip(axes, found, strict=True):
        if match is None:
            raise Refused(f"“{axis}” is no axis", f"write the file and its axes, as in {OWN}house.ttf weight=700")
    return FontFile(path, tuple((TAGS.get(one[1], one[1].lower()), float(one[2])) for one in found if one))


class FontFiles:
    """The font files of one assets folder; may be used by several threads."""

    def __init__(self, assets: Path) -> None:
        self._folder = AssetFolder([assets], suffixes=SUFFIXES)
        self._assets = assets
        self._blobs: dict[str, bytes] = {}
        self._lock = Lock()

    def open(self, name: str, size: int) -> ImageFont.FreeTypeFont:
        """The font at `size` device pixels to the em; raises Refused."""
        file = font_file(name)
        try:
            face = ImageFont.truetype(BytesIO(self._blob(file.path)), size, layout_engine=ImageFont.Layout.RAQM)
        except (OSError, ValueError) as error:
            if isinstance(error, Refused):
                raise
            raise Refused("this is no font that can be read", "export it as TTF, OTF or WOFF2") from error
        if file.axes:
            face.set_variation_by_axes(_coordinates(face, file))
        return face

    def shaper(self, name: str) -> Shaper | None:
        """What shapes that font; None if HarfBuzz cannot read its file; raises Refused."""
        file = font_file(name)
        return Shaper.of(self._blob(file.path), _coordinates(self.open(name, MEASURED), file) if file.axes else ())

    def digest(self, name: str) -> str:
        """A hash of the file's bytes; raises Refused."""
        return blake2b(self._blob(font_file(name).path), digest_size=12).hexdigest()

    def fault(self, name: str) -> str:
        """What is wrong with a font, and a remedy; empty if it can be used."""
        try:
            self.open(name, MEASURED)
        except Refused as refused:
            return str(refused)
        return ""

    def named(self, word: str) -> str:
        """The name of the font whose file is called so, with or without its suffix; empty if there is none."""
        files = (file.relative_to(self._assets) for file in sorted((self._assets / OWN).rglob("*")))
        found = (file for file in files if word.casefold() in (file.name.casefold(), file.stem.casefold()))
        return next((file.as_posix() for file in found if file.suffix.lower() in SUFFIXES), "")

    def _blob(self, path: str) -> bytes:
        with self._lock:
            blob = self._blobs.get(path)
            if blob is None:
                blob = self._blobs[path] = _read(self._folder.find(path))
        return blob


def _read(file: Path) -> bytes:
    if file.suffix.lower() not in SUFFIXES:
        raise Refused("this is no font file", f"fonts end in {', '.join(sorted(SUFFIXES))}")
    try:
        blob = file.read_bytes()
    except OSError as error:
        raise Refused(f"the file cannot be read ({error.strerror})", "let the server read it") from error
    if len(blob) > MAX_BYTES:
        raise Refused(f"the file has {len(blob) / 1e6:.0f} MB (limit {MAX_BYTES >> 20} MB)", "leave out rare scripts")
    return blob


def _coordinates(face: ImageFont.FreeTypeFont, file: FontFile) -> list[float]:
    """The values of all axes; those that nobody named stay where the font's maker put them. Raises Refused."""
    try:
        axes: list[dict[str, Any]] = [dict(axis) for axis in face.get_variation_axes()]
    except OSError as error:
        raise Refused(f"{file.path} is no variable font", "leave the axes out") from error
    known = {_called(axis): axis for axis in axes}
    for name, value in file.axes:
        axis = known.get(name)
        if axis is None:
            raise Refused(f"{file.path} has no axis “{name}”", f"it has {', '.join(known)}")
        least, most = axis["minimum"], axis["maximum"]
        if not least <= value <= most:
            raise Refused(f"{name}={value:g} is outside what {file.path} has", f"write {least:g} to {most:g}")
    given = dict(file.axes)
    return [given.get(name, axis["default"]) for name, axis in known.items()]


def _called(axis: dict[str, Any]) -> str:
    name = axis["name"]
    return (name.decode("utf-8", "replace") if isinstance(name, bytes) else str(name)).lower()

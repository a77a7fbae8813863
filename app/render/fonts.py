"""The fonts that placeholders may name, and which of them can draw a character.

All are bundled (see `fonts/README.md`), so a picture looks the same on every machine; system fonts are never looked
for. A character that the named font lacks is drawn by a stand-in: arrows, stars, weather signs. What no font has is
reported by `missing`; when it is drawn all the same, emoji vanish and letters become the font's empty box.
"""

from __future__ import annotations

import unicodedata
from difflib import get_close_matches
from pathlib import Path
from threading import Lock

from cachetools import LRUCache
from PIL import ImageFont, features

FOLDER = Path(__file__).parent / "fonts"
BUNDLED = {
    "Noto Sans": "NotoSans-Regular.ttf",
    "Noto Sans Light": "NotoSans-Light.ttf",
    "Noto Sans SemiBold": "NotoSans-SemiBold.ttf",
    "Noto Sans Bold": "NotoSans-Bold.ttf",
    "Noto Sans Black": "NotoSans-Black.ttf",
    "Noto Sans Condensed Bold": "NotoSans-CondensedBold.ttf",
    "Noto Serif": "NotoSerif-Regular.ttf",
    "Noto Serif Italic": "NotoSerif-Italic.ttf",
    "Noto Serif Bold": "NotoSerif-Bold.ttf",
    "Noto Serif Display Bold": "NotoSerifDisplay-Bold.ttf",
}
STAND_INS = {"Noto Sans Symbols 2": "NotoSansSymbols2-Regular.ttf", "Noto Sans Math": "NotoSansMath-Regular.ttf"}
DEFAULT = "Noto Sans"
EM = 1000
"""The size at which words are measured: the bundled fonts' units per em, so that widths are exact."""
CHARACTERS = 20_000
FACES = 96
"""How many pairs of font and size are kept open at once."""
LOOKALIKES = {"\N{MINUS SIGN}": "\N{EN DASH}", "\N{NON-BREAKING HYPHEN}": "-"}
"""Better drawn in the font's own weight than by a stand-in."""
NOBODY_HAS = "\uffff"  # a noncharacter: every font draws its empty box for it


class Fonts:
    """Faces by font name and size in device pixels, opened when first asked for and kept while they are in use."""

    def __init__(self) -> None:
        if not features.check("raqm"):
            raise RuntimeError(
                "this Pillow cannot shape text (no raqm): install Pillow from its official wheel, "
                "`pip install --force-reinstall pillow`"
            )
        self._files = {name: FOLDER / file for name, file in (BUNDLED | STAND_INS).items()}
        self._faces: LRUCache[tuple[str, int], ImageFont.FreeTypeFont] = LRUCache(FACES)
        self._covered: dict[tuple[str, str], bool] = {}
        self._empty_box = {name: _drawn(self._open(name, EM // 20), NOBODY_HAS) for name in self._files}
        self._lock = Lock()

    def face(self, name: str, size: int) -> ImageFont.FreeTypeFont:
        """The font of that name at `size` device pixels to the em; raises KeyError for an unknown name."""
        key = (name, size)
        with self._lock:
            face = self._faces.get(key)
            if face is None:
                face = self._faces[key] = self._open(name, size)
        return face

    def runs(self, text: str, name: str) -> tuple[tuple[str, str], ...]:
        """The text cut into pieces `(font, characters)`, each drawn with one font; what vanishes is left out."""
        if all(self._covered.get((name, character)) for character in text):  # nearly always
            return ((name, text),)
        runs: list[tuple[str, str]] = []
        for written in text:
            character = written if self._covers(name, written) else LOOKALIKES.get(written, written)
            font = self._who_draws(character, name)
            if font is None:
                continue
            if runs and (font == runs[-1][0] or unicodedata.category(character) in ("Mn", "Me", "Cf")):
                runs[-1] = (runs[-1][0], runs[-1][1] + character)
            else:
                runs.append((font, character))
        return tuple(runs)

    def missing(self, text: str, name: str) -> set[str]:
        """The characters that no font can draw where `name` is asked for: what `check` reports."""
        return {c for c in text if not _inkless(c) and not any(self._covers(font, c) for font in (name, *STAND_INS))}

    def _who_draws(self, character: str, name: str) -> str | None:
        for font in (name, *STAND_INS):
            if self._covers(font, character):
                return font
        return None if _vanishes(character) else name

    def _covers(self, name: str, character: str) -> bool:
        known = self._covered.get((name, character))
        if known is None:
            known = _inkless(character) or _drawn(self.face(name, EM // 20), character) != self._empty_box[name]
            if len(self._covered) >= CHARACTERS:  # characters come from recipients too: keep the memory bounded
                self._covered.clear()
            self._covered[(name, character)] = known
        return known

    def _open(self, name: str, size: int) -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(self._files[name], size, layout_engine=ImageFont.Layout.RAQM)


def check_font(name: str) -> None:
    """Raise ValueError with a remedy unless a placeholder may name that font."""
    if name in BUNDLED:
        return
    folded = {known.casefold(): known for known in BUNDLED}
    close = get_close_matches(name.casefold(), folded, 1, 0.5)
    hint = f"did you mean {folded[close[0]]}?" if close else f"there are {', '.join(BUNDLED)}"
    raise ValueError(f"there is no font {name!r}; {hint}")


def _drawn(face: ImageFont.FreeTypeFont, character: str) -> tuple[tuple[int, int], bytes]:
    mask = face.getmask(character, "L")
    return mask.size, bytes(mask)


def _inkless(character: str) -> bool:
    """White space, joiners, variation selectors: nothing to draw, so nothing can be missing."""
    return character.isspace() or unicodedata.category(character) in ("Cf", "Zs") or "\ufe00" <= character <= "\ufe0f"


def _vanishes(character: str) -> bool:
    """What may be left out without changing what a text says: emoji, their modifiers, characters nobody assigned."""
    category = unicodedata.category(character)
    return category in ("So", "Sk", "Me", "Mn") or category.startswith("C")

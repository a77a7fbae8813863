"""The fonts that placeholders may name, and which of them can draw a character.

All are bundled (see `fonts/README.md`) or lie in the site's own folder (see `fontfiles.py`), so a picture looks the
same on every machine; system fonts are never looked for. What the named font lacks is drawn by a stand-in: other
scripts, arrows and weather signs, emoji in colour. What no font has is reported by `missing`; when it is drawn all the
same, emoji vanish and letters become the font's empty box.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from threading import Lock

from cachetools import LRUCache
from PIL import ImageFont, features

from app.render.folder import NO_SUCH_FILE
from app.render.fontfiles import FontFiles, font_file, is_own
from app.render.runs import LEFT_MARK, RIGHT_MARK, ZERO_WIDTH_JOINER, Run, clusters, in_sight, is_emoji, turns
from app.render.shaping import LANGUAGE, Letter, Shaper, of_one_script

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
SCRIPTS = ("Arabic", "Hebrew", "Devanagari", "Thai")
SYMBOLS = {"Noto Sans Symbols 2": "NotoSansSymbols2-Regular.ttf", "Noto Sans Math": "NotoSansMath-Regular.ttf"}
EMOJI = "Noto Color Emoji"
STAND_INS = {
    **{f"Noto Sans {script}": f"NotoSans{script}-Regular.ttf" for script in SCRIPTS},
    **{f"Noto Sans {script} Bold": f"NotoSans{script}-Bold.ttf" for script in SCRIPTS},
    **SYMBOLS,
    EMOJI: "NotoColorEmoji.ttf",
}
HEAVY = ("SemiBold", "Bold", "Black")
STRIKE = 109
"""The one size, in pixels to the em, in which emoji are there; other sizes are scaled from it."""
DEFAULT = "Noto Sans"
EM = 1000
"""The size at which words are measured by Pillow, so that rounding to whole pixels hardly counts."""
CHARACTERS = 20_000
TEXTS = 512
"""How many texts of several runs are remembered: each is measured, and drawn a moment later."""
FACES = 96
"""How many pairs of font and size are kept open at once."""
LOOKALIKES = {"\N{MINUS SIGN}": "\N{EN DASH}", "\N{NON-BREAKING HYPHEN}": "-"}
"""Better drawn in the font's own weight than by a stand-in."""
ANY_EMOJI = "\N{GRINNING FACE}"
MARKS = LEFT_MARK + RIGHT_MARK
NOBODY_HAS = "\uffff"  # a noncharacter: every font draws its empty box for it

Drawn = tuple[tuple[int, int], bytes]
"""Size and pixels of a character."""


class Fonts:
    """Faces by font name and size in device pixels, opened when first asked for and kept while they are in use."""

    def __init__(self, own: FontFiles | None = None) -> None:
        self._own = own
        if not features.check("raqm"):
            raise RuntimeError(
                "this Pillow cannot shape text (no raqm): install Pillow from its official wheel, "
                "`pip install --force-reinstall pillow`"
            )
        self._files = {name: FOLDER / file for name, file in (BUNDLED | STAND_INS).items()}
        self._faces: LRUCache[tuple[str, int], ImageFont.FreeTypeFont] = LRUCache(FACES)
        self._covered: dict[tuple[str, str], bool] = {}
        self._found: dict[tuple[str, str], str | None] = {}
        self._cut: dict[tuple[str, str], tuple[Run, ...]] = {}
        self._empty_boxes: dict[str, Drawn] = {}
        self._shapers: dict[str, Shaper | None] = {}
        self._lock = Lock()

    def with_own(self, assets: Path) -> Fonts:
        """These fonts and those below that assets folder, if there are any."""
        return Fonts(FontFiles(assets)) if (assets / "fonts").is_dir() else self

    def fault(self, name: str) -> str:
        """What is wrong with a font, and a remedy; empty if it can be used."""
        if is_own(name):
            return self._own.fault(name) if self._own else f"{NO_SUCH_FILE}; copy the font into assets/fonts/"
        if name in BUNDLED:
            return ""
        if self._own and (meant := self._own.named(name)):
            return f"there is no font “{name}”; write {meant}"
        folded = {known.casefold(): known for known in BUNDLED}
        close = get_close_matches(name.casefold(), folded, 1, 0.5)
        hint = f"did you mean {folded[close[0]]}?" if close else f"there are {', '.join(BUNDLED)}"
        return f"there is no font “{name}”; {hint}"

    def digest(self, name: str) -> str:
        """A hash of a font of one's own; empty for a bundled one, which only a release changes."""
        return self._own.digest(name) if self._own and is_own(name) else ""

    def face(self, name: str, size: int) -> ImageFont.FreeTypeFont:
        """The font of that name at `size` device pixels to the em; raises KeyError for an unknown name.

        Emoji have their one size.
        """
        key = (name, STRIKE if name == EMOJI else size)
        with self._lock:
            face = self._faces.get(key)
            if face is None:
                face = self._faces[key] = self._open(*key)
        return face

    def runs(self, text: str, name: str) -> tuple[Run, ...]:
        """The text cut into runs, in the order in which they are seen; what vanishes is left out."""
        if all(self._covered.get((name, character)) for character in text) and not turns(text):  # nearly always
            return (Run(name, text),)
        key = (name, text)
        known = self._cut.get(key)
        if known is None:
            if len(self._cut) >= TEXTS:
                self._cut.clear()
            known = self._cut[key] = self._cut_up(text, name)
        return known

    def _cut_up(self, text: str, name: str) -> tuple[Run, ...]:
        runs: list[Run] = []
        for font, drawn in self._drawable(text, name):
            if runs and (font == runs[-1].font or (drawn.isspace() and self._covers(runs[-1].font, drawn))):
                runs[-1] = runs[-1].longer(drawn)
            elif runs and runs[-1].text.lstrip(MARKS) == ZERO_WIDTH_JOINER:  # it shapes what follows
                runs[-1] = Run(font, runs[-1].text + drawn)
            else:
                runs.append(Run(font, drawn))
        shown = "".join(run.text for run in runs)
        return tuple(in_sight(runs, shown) if turns(shown) else runs)

    def advance(self, run: Run, *, tabular: bool = False) -> float:
        """How far a run moves the pen, in em; `tabular` gives all digits one width, where the font has such."""
        shaper = self._shaper(run)
        if shaper is not None:
            return shaper.advance(run.text, run.direction, tabular=tabular)
        em = STRIKE if run.font == EMOJI else EM
        face, features = self.face(run.font, em), feature_tags(tabular=tabular)
        return face.getlength(run.text, direction=run.direction, features=features, language=LANGUAGE) / em

    def letters(self, run: Run, *, tabular: bool = False) -> tuple[Letter, ...]:
        """What of a run is drawn by itself, in the order in which it is seen."""
        shaper = self._shaper(run)
        return shaper.letters(run.text, run.direction, tabular=tabular) if shaper else (Letter(run.text),)

    def _shaper(self, run: Run) -> Shaper | None:
        """What shapes that run; None for emoji, for several scripts, and for fonts that HarfBuzz cannot read: Pillow
        does it then.
        """
        name = run.font
        if name not in self._shapers:
            own = self._own if is_own(name) else None
            made = own.shaper(name) if own else None if name == EMOJI else Shaper.of(self._files[name])
            self._shapers[name] = made
        return self._shapers[name] if of_one_script(run.text) else None

    def missing(self, text: str, name: str) -> set[str]:
        """The characters that no font can draw where `name` is asked for: what `check` reports."""
        lacking = (cluster for cluster in clusters(text) if self._font_for(cluster, name) is None)
        return {self._lacking(cluster, name) for cluster in lacking}

    def _lacking(self, cluster: str, name: str) -> str:
        """The one character that a cluster lacks, or all of it where only the combination is not there."""
        alone = (one for one in cluster if not _inkless(one) and self._font_for(one, name) is None)
        return next(alone, cluster)

    def _drawable(self, text: str, name: str) -> Iterator[tuple[str, str]]:
        """Cluster by cluster: the font, and the characters that it draws. Where none has it, what comes closest."""
        for cluster in clusters(text):
            font = self._font_for(cluster, name)
            if font is not None:
                yield font, cluster if self._covers(font, cluster) else _alike(cluster)
            elif is_emoji(cluster):
                person = cluster.partition(ZERO_WIDTH_JOINER)[0]  # a woman, where there is no woman firefighter
                if self._covers(EMOJI, person):
                    yield EMOJI, person
            else:
                drawn = "".join(one for one in cluster if self._font_for(one, name) or not _vanishes(one))
                if drawn:
                    yield name, drawn

    def _font_for(self, cluster: str, name: str) -> str | None:
        """The first font that has all of a cluster; emoji look in their own first."""
        key = (name, cluster)
        if key not in self._found:
            if len(self._found) >= CHARACTERS:
                self._found.clear()
            self._found[key] = self._looked_for(cluster, name)
        return self._found[key]

    def _looked_for(self, cluster: str, name: str) -> str | None:
        stand_ins = (*_in_weight(name), *SYMBOLS, EMOJI)
        for font in (EMOJI, name, *stand_ins) if is_emoji(cluster) else (name, *stand_ins):
            if self._covers(font, cluster) or (font == name and self._covers(font, _alike(cluster))):
                return font
        return None

    def _covers(self, name: str, cluster: str) -> bool:
        known = self._covered.get((name, cluster))
        if known is None:
            known = self._has_emoji(cluster) if name == EMOJI else all(self._has(name, one) for one in cluster)
            if len(self._covered) >= CHARACTERS:  # characters come from recipients too: keep the memory bounded
                self._covered.clear()
            self._covered[(name, cluster)] = known
        return known

    def _has(self, name: str, character: str) -> bool:
        blank = unicodedata.category(character) == "Zs"
        if _inkless(character) and not blank:
            return True
        face = self.face(name, EM // 20)
        if blank:  # a font of signs may have none, and would show its empty box
            return face.getmask(character, "L").getbbox() is None
        empty = self._empty_boxes.get(name)
        if empty is None:
            empty = self._empty_boxes[name] = _drawn(face, NOBODY_HAS)
        return _drawn(face, character) != empty

    def _has_emoji(self, cluster: str) -> bool:
        """Whether it is one picture: what is not known as a whole falls apart into several, or into nothing."""
        face = self.face(EMOJI, STRIKE)
        return face.getlength(cluster) == face.getlength(ANY_EMOJI) and face.getmask(cluster, "L").getbbox() is not None

    def _open(self, name: str, size: int) -> ImageFont.FreeTypeFont:
        if self._own is not None and is_own(name):
            return self._own.open(name, size)
        return ImageFont.truetype(self._files[name], size, layout_engine=ImageFont.Layout.RAQM)


def feature_tags(*, tabular: bool) -> list[str] | None:
    """What Pillow is asked for, so that all digits have one width."""
    return ["tnum"] if tabular else None


def _drawn(face: ImageFont.FreeTypeFont, character: str) -> Drawn:
    mask = face.getmask(character, "L")
    return mask.size, bytes(mask)


def _inkless(character: str) -> bool:
    """White space, joiners, variation selectors: nothing to draw, so nothing can be missing."""
    return character.isspace() or unicodedata.category(character) in ("Cf", "Zs") or "\ufe00" <= character <= "\ufe0f"


def _in_weight(name: str) -> Iterator[str]:
    """The stand-ins for other scripts that go with a font."""
    heavy = font_file(name).heavy if is_own(name) else any(weight in name for weight in HEAVY)
    return (f"Noto Sans {script} Bold" if heavy else f"Noto Sans {script}" for script in SCRIPTS)


def _alike(cluster: str) -> str:
    return "".join(LOOKALIKES.get(character, character) for character in cluster)


def _vanishes(character: str) -> bool:
    """What may be left out without changing what a text says: emoji, their modifiers, characters nobody assigned."""
    category = unicodedata.category(character)
    return category in ("So", "Sk", "Me", "Mn") or category.startswith("C")

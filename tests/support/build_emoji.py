"""Makes `app/render/fonts/NotoColorEmoji.ttf`: the emoji of `emoji.txt`, cut out of Google's font.

    python -m tests.support.build_emoji NotoColorEmoji.ttf

needs `fonttools` and `uharfbuzz`, and the font as Debian packages it (`fonts-noto-color-emoji` 2.042). Which picture
stands for a sequence is asked of the shaper, and only that picture is kept: to keep all that can be joined would be
ten times as much.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

LIST = Path(__file__).parent / "emoji.txt"
TARGET = Path(__file__).parents[2] / "app" / "render" / "fonts" / "NotoColorEmoji.ttf"
TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
JOINERS = {0x20, 0x200D, 0xFE0F, 0x20E3}
NAMES = [0, 1, 2, 3, 4, 5, 6, 13, 14]


def wanted() -> list[str]:
    """Every emoji of the list, once."""
    return list(dict.fromkeys(_listed()))


def _listed() -> Iterator[str]:
    for line in LIST.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        for emoji in line.lstrip("~ ").split():
            yield emoji
            if line.startswith("~"):
                yield from (emoji[0] + tone + emoji[1:].removeprefix("\ufe0f") for tone in TONES)


def main(source: str) -> None:
    """Cut them out."""
    import uharfbuzz as shaper
    from fontTools import subset, ttLib

    font = shaper.Font(shaper.Face(shaper.Blob.from_file_path(source)))
    whole = ttLib.TTFont(source)
    names, glyphs, characters = whole.getGlyphOrder(), set(), set(JOINERS)
    for emoji in wanted():
        buffer = shaper.Buffer()
        buffer.add_str(emoji)
        buffer.guess_segment_properties()
        shaper.shape(font, buffer)
        (glyph,) = buffer.glyph_infos  # else the font has no one picture of it
        glyphs.add(names[glyph.codepoint])
        characters |= set(map(ord, emoji))
    options = subset.Options(
        layout_closure=False, notdef_outline=True, recommended_glyphs=False, name_IDs=NAMES, glyph_names=False
    )
    options.layout_features = ["*"]
    options.drop_tables += ["vhea", "vmtx"]
    cutter = subset.Subsetter(options)
    cutter.populate(glyphs=glyphs, unicodes=characters)
    cutter.subset(whole)
    whole.save(TARGET)
    print(f"{len(glyphs)} emoji, {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(sys.argv[1])

"""A text cut into runs that are each drawn with one font in one direction, in the order in which they are seen.

The unit is the grapheme cluster, what a reader takes for one character: a family of emoji, a flag, a letter with its
marks. Where letters run from right to left, runs trade places as the Unicode Bidirectional Algorithm says.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any, Final, Literal, NamedTuple

import regex
from bidi import algorithm

LEFT_MARK: Final = "\u200e"
RIGHT_MARK: Final = "\u200f"
"""Invisible; in front of a line it says in which direction the whole of it runs."""
ZERO_WIDTH_JOINER: Final = "\u200d"

Direction = Literal["ltr", "rtl"]

clusters: Final = regex.compile(r"\X").findall
"""The grapheme clusters of a text, in order."""

_TURNING: Final = frozenset({"R", "AL"})
_FIRST_TURNING: Final = "\u0590"
_EMOJI: Final = regex.compile(
    r"[\p{Emoji_Presentation}\p{Regional_Indicator}]|\p{Emoji}\uFE0F|\p{Extended_Pictographic}.*[\u200D\p{Emoji_Modifier}]"
    r"|.\uFE0F?\u20E3"
)
_STRONG: Final = {"L": "L", "R": "R", "AL": "R", "EN": "R", "AN": "R"}
"""How strongly typed characters and numbers count between brackets."""
_STAND_INS: Final = {"": "a", **dict.fromkeys(("LRI", "RLI", "FSI", "PDI"), "\u200b")}
"""For what the package does not know: characters that nobody has assigned so far, and isolates, which are not seen."""
_AS_TEXT: Final = "\ufe0e"


class Run(NamedTuple):
    """Some characters in their logical order, the name of their font, and how they run."""

    font: str
    text: str
    direction: Direction = "ltr"

    def longer(self, text: str) -> Run:
        """This run with more behind it."""
        return Run(self.font, self.text + text, self.direction)


def is_emoji(cluster: str) -> bool:
    """Whether a cluster asks to be drawn in colour: by itself, by a selector, as a flag, a keycap, a sequence."""
    return _AS_TEXT not in cluster and _EMOJI.match(cluster) is not None


def turns(text: str) -> bool:
    """Whether any letter runs from right to left."""
    return max(text, default="") >= _FIRST_TURNING and any(map(_turning, text))


def base(text: str) -> str:
    """The mark for the direction of a paragraph, which its first letter decides; "" if nothing in it turns."""
    if not turns(text):
        return ""
    strong = (unicodedata.bidirectional(character) for character in text)
    return RIGHT_MARK if next((kind for kind in strong if kind == "L" or kind in _TURNING), "L") != "L" else LEFT_MARK


def in_sight(runs: list[Run], text: str) -> list[Run]:
    """Runs of a line in the order in which they are seen, cut where the direction changes; `text` is all of it."""
    levels, cut, place = _levels(text), list[tuple[int, Run]](), 0
    for run in runs:
        for level, part in _by_level(run.text, levels[place : place + len(run.text)]):
            cut.append((level, Run(run.font, part, "rtl" if level % 2 else "ltr")))
        place += len(run.text)
    return _reordered(cut)


def _turning(character: str) -> bool:
    return unicodedata.bidirectional(character) in _TURNING


def _levels(text: str) -> list[int]:
    """The embedding level of each character (UAX 9); what cannot be seen has that of its neighbour."""
    text = "".join(_STAND_INS.get(unicodedata.bidirectional(one), one) for one in text)
    storage = algorithm.get_empty_storage()
    storage["base_level"] = int(base(text) == RIGHT_MARK)
    storage["base_dir"] = "R" if storage["base_level"] else "L"
    algorithm.get_embedding_levels(text, storage)
    kept = [place for place, one in enumerate(text) if unicodedata.bidirectional(one) not in algorithm.X9_REMOVED]
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    _pair(storage["chars"], "R" if storage["base_level"] else "L")
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    known = dict(zip(kept, (each["level"] for each in storage["chars"]), strict=True))
    levels, last = [], storage["base_level"]
    for place in range(len(text)):
        last = known.get(place, last)
        levels.append(last)
    return levels


def _pair(characters: list[dict[str, Any]], embedding: str) -> None:
    """Rule N0, which the package does not know: both brackets of a pair run as what they enclose or follow."""
    for opening, closing in _brackets(characters):
        inside = {_STRONG.get(each["type"]) for each in characters[opening + 1 : closing]} - {None}
        if not inside:
            continue
        before = (_STRONG.get(each["type"]) for each in reversed(characters[:opening]))
        context = next((kind for kind in before if kind), embedding)
        chosen = embedding if embedding in inside or context == embedding else context
        characters[opening]["type"] = characters[closing]["type"] = chosen


def _brackets(characters: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """The places of brackets that belong together, by the opening one."""
    found, waiting = [], list[tuple[str, int]]()
    for place, each in enumerate(characters):
        mirrored = algorithm.MIRRORED.get(each["ch"])
        kind = unicodedata.category(each["ch"])
        if kind == "Ps" and mirrored:
            waiting.append((mirrored, place))
        elif kind == "Pe" and any(closing == each["ch"] for closing, _ in waiting):
            while waiting[-1][0] != each["ch"]:
                waiting.pop()
            found.append((waiting.pop()[1], place))
    return sorted(found)


def _by_level(text: str, levels: list[int]) -> Iterator[tuple[int, str]]:
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or levels[place] != levels[start]:
            yield levels[start], text[start:place]
            start = place


def _reordered(runs: list[tuple[int, Run]]) -> list[Run]:
    """Rule L2: from the highest level down, whatever stands at least as high is turned round."""
    order = list(runs)
    for level in range(max((level for level, _ in runs), default=0), 0, -1):
        start = 0
        while start < len(order):
            if order[start][0] < level:
                start += 1
                continue
            end = start
            while end < len(order) and order[end][0] >= level:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = end
    return [run for _, run in order]

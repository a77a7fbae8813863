"""Tags of spans, `<price>19,90 €</price>`, as an editor writes them into a text: checked, and made marks for a painter.

What stands in `{{ … }}` is a value and never a tag, whatever it says. A span ends in the branch in which it begins, so
that no condition can tear it; and `<` is a tag only with a name and its `>`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

from app.authoring.liquid import TAGS, TextTrouble
from app.authoring.liquid.dialect import LARGEST_TEXT
from app.authoring.liquid.troubles import Troubles, trouble
from app.authoring.suggest import did_you_mean
from app.engine.words import Alternative, Fixed
from app.spans import as_written, mark, spanned

Styles = Collection[str] | None
"""The names that a text may use in tags; None where nobody looks for tags in it."""

_TOKEN: Final = re.compile(
    r"\{%-?\s*comment\b.*?\bendcomment\b.*?%\}|\{\{.*?\}\}|\{%-?\s*(?P<word>\w*).*?%\}"
    r"|<(?P<slash>/?)(?P<name>[a-z][a-z0-9_-]*)>",
    re.I | re.S | re.A,
)
_BLOCKS: Final = frozenset(TAGS) - {"assign", "comment"}
_BRANCHES: Final = frozenset({"else", "elsif", "when"})

_Open = list[re.Match[str] | None]
"""What is open, the innermost last: the tags of spans, and None for a block."""


def marked(text: str, styles: Styles) -> tuple[str, Troubles]:
    """The text with marks for its tags, as long as before; or as it is, with what is wrong with them."""
    if styles is None or "<" not in text or len(text) > LARGEST_TEXT:
        return text, ()
    if troubles := tuple(_troubles(text, styles)):
        return text, troubles
    return _TOKEN.sub(lambda token: mark(token[0]) if token["name"] else token[0], text), ()


def length(text: str) -> int:
    """How many characters a text has without its tags."""
    return len(_TOKEN.sub(lambda token: "" if token["name"] else token[0], text))


def spanning(said: Alternative) -> Alternative:
    """What says a text with marks, saying words with spans."""
    if isinstance(said, Fixed):
        return Fixed(spanned(said.value))
    return replace(said, produce=partial(_spanned, said.produce), source=as_written(said.source))


def _spanned(produce: Callable[[Mapping[str, Any]], Any], known: Mapping[str, Any]) -> Any:
    said = produce(known)
    return None if said is None else spanned(said)


def _troubles(text: str, styles: Collection[str]) -> Iterator[TextTrouble]:
    around: _Open = []
    for token in _TOKEN.finditer(text):
        word = (token["word"] or "").lower()
        if token["name"]:
            yield from _closed(text, token, around) if token["slash"] else _opened(text, token, around, styles)
        elif word in _BLOCKS:
            around.append(None)
        elif word in _BRANCHES or word.startswith("end"):
            yield from _left(text, around, token[0])
            if around and word not in _BRANCHES:
                around.pop()
    while around:
        yield from _left(text, around)
        around[-1:] = []


def _opened(text: str, token: re.Match[str], around: _Open, styles: Collection[str]) -> Iterator[TextTrouble]:
    around.append(token)
    if token["name"] not in styles:
        message = f"there is no style “{token['name']}” for this text"
        remedy = did_you_mean(token["name"], styles, else_say="its styles are")
        yield _trouble(text, token, message, remedy or "add it to styles: of the text layer, or leave the tag out")


def _closed(text: str, token: re.Match[str], around: _Open) -> Iterator[TextTrouble]:
    here = around[len(around) - around[::-1].index(None) :] if None in around else around
    if token["name"] not in [tag["name"] for tag in here if tag]:
        message, name = f"“{token[0]}” closes nothing", token["name"]
        yield _trouble(text, token, message, f"write “<{name}>” where it begins, or leave it out")
        return
    while (tag := around.pop()) and tag["name"] != token["name"]:
        yield _unclosed(text, tag, token[0])


def _left(text: str, around: _Open, before: str = "") -> Iterator[TextTrouble]:
    """Tell of the spans that a branch leaves open."""
    while around and (tag := around[-1]):
        yield _unclosed(text, tag, before)
        around.pop()


def _unclosed(text: str, tag: re.Match[str], before: str) -> TextTrouble:
    message = f"“{tag[0]}” is not closed" + (f" before “{before}”" if before else "")
    return _trouble(text, tag, message, f"write “</{tag['name']}>” where it ends")


def _trouble(text: str, token: re.Match[str], message: str, remedy: str) -> TextTrouble:
    return trouble(text, "text-style", message, remedy, offset=token.start(), width=len(token[0]))

"""Captions: what the layers of a placeholder say themselves, whatever a rule shows. Texts, pictures, deadlines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.authoring.deadlines import Countdown
from app.authoring.documents.folder import Read
from app.authoring.documents.placeholder import Placeholder
from app.authoring.feeds import Feed
from app.authoring.laid import Laid, Tile
from app.authoring.operands import Misread
from app.authoring.speech import Speaker
from app.authoring.tiles import item_names, of_item
from app.authoring.yamlsource import Path
from app.engine.words import NOTHING_SAID, Words


@dataclass(frozen=True, slots=True)
class Captions:
    """Reads the captions of a placeholder in one campaign, whose phases its speaker knows."""

    placeholder: Read[Placeholder]
    layers: tuple[Laid, ...]
    speaker: Speaker
    feeds: Mapping[str, Feed]

    def read(self) -> dict[int, Words]:
        """The words of each layer that has any, by its place among the layers; problems say what is wrong with them."""
        return dict(self._said())

    def _said(self) -> Iterator[tuple[int, Words]]:
        for index, laid in enumerate(self.layers):
            layer, path = laid.layer, laid.path
            text, picture = getattr(layer, "text", None), getattr(layer, "picture", None)
            if text is not None:
                yield index, self._text(text, laid)
            elif isinstance(picture, dict):
                yield index, self.speaker.pictures(picture, (*path, "picture"))
            elif hasattr(layer, "meaning"):
                yield index, self._deadline(layer, path)

    def _text(self, text: Any, laid: Laid) -> Words:
        fields, styles = self._item_names(laid.tile), tuple(getattr(laid.layer, "styles", ()))
        words = self.speaker.text(text, (*laid.path, "text"), fields=fields, styles=styles)
        return words if laid.tile is None else of_item(words, laid.tile)

    def _item_names(self, tile: Tile | None) -> frozenset[str]:
        """What a text may read of the item whose tile it stands in."""
        if tile is None:
            return frozenset()
        return item_names(self.placeholder.document.fields.get(tile.field), self.feeds)

    def _deadline(self, layer: Any, path: Path) -> Words:
        """What a countdown says."""
        for key, fields in (("words", frozenset({"ends"})), ("over", frozenset[str]())):
            self.speaker.text(getattr(layer, key), (*path, key), fields=fields)  # to be checked: painters say it
        ticks = self.placeholder.document.format == "gif"
        try:
            countdown = Countdown.of(layer, self.speaker.moments, self.speaker.conventions(), ticks=ticks)
        except Misread as error:
            error.tell(self.speaker.source, self.speaker.problems, (*path, "until"))
            return NOTHING_SAID
        return countdown.words(self.speaker.catalogue)

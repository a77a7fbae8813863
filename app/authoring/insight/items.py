"""What tiles say of the items of their feed: every item is looked at, whether a list picks it today or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from app.authoring.compiled import CompiledPlaceholder, CompiledSite
from app.authoring.feeds import Feed
from app.authoring.insight.samples import Samples
from app.authoring.insight.sayings import Saying
from app.authoring.laid import Laid, Tile
from app.authoring.problems import Problems
from app.authoring.tiles import feed_of
from app.engine.lists import Entry, entries_of
from app.engine.rules import LANGUAGE, Ruleset

_ITEMS = "items"


def tiled_fields(placeholder: CompiledPlaceholder) -> tuple[str, ...]:
    """The list fields that tiles of the placeholder show."""
    return tuple(dict.fromkeys(laid.tile.field for laid in placeholder.layers if laid.tile is not None))


def entries_in(name: str, placeholder: CompiledPlaceholder, site: CompiledSite) -> tuple[Entry, ...]:
    """All items that a list field may show, as somebody reads them who reads the site's first language."""
    feed = feed_of(placeholder.document.fields.get(name), site.feeds)
    known = {_ITEMS: feed.items if feed is not None else (), LANGUAGE: site.document.languages[0]}
    return entries_of(_ITEMS, known) or ()


def item_sayings(placeholder: CompiledPlaceholder, site: CompiledSite) -> Iterator[Saying]:
    """Everything that tiles say of an item, each text of a layer once."""
    campaign = next(iter(placeholder.campaigns.values()))
    speaking = _Speaking(campaign.preview, Samples(placeholder, campaign.preview), site.document.languages[0])
    entries = {name: entries_in(name, placeholder, site) for name in tiled_fields(placeholder)}
    for index, laid in enumerate(placeholder.layers):
        if laid.tile is None or laid.tile.place:
            continue
        feed = feed_of(placeholder.document.fields.get(laid.tile.field), site.feeds)
        assert feed is not None, "a site without mistakes has the feeds of its fields"
        said: set[str] = set()
        for entry in entries[laid.tile.field]:
            text = speaking.said(index, laid, laid.tile, entry)
            if text not in said:
                said.add(text)
                complain = _complaining(feed, entry, laid.layer)
                yield Saying(complain, f"item {entry.key}", "", text, steady=True, layers=(laid.layer,))


class _Speaking:
    """Says what the layers of a first tile show."""

    def __init__(self, ruleset: Ruleset, samples: Samples, language: str) -> None:
        self._ruleset = ruleset
        self._samples = samples
        self._language = language

    def said(self, index: int, laid: Laid, tile: Tile, entry: Entry) -> str:
        """What a layer shows of an item, at its longest; empty where it shows nothing."""
        words = self._ruleset.captions.get(index)
        alternatives = words.in_language(self._language) if words is not None else ()
        fields = {tile.field: (entry,)}
        texts = (self._samples.longest(one, self._language, fields) for one in alternatives)
        caption = next((text for text in texts if text), None)
        return laid.layer.content(dict(entry.values), caption) or ""


def _complaining(feed: Feed, entry: Entry, layer: Any) -> Callable[..., None]:
    """Complains about an item at its cell, of which the layer shows one, else at its row."""
    table, row, column = feed.table, feed.rows[entry.key], feed.document.fields.get(layer.field or "")
    assert table is not None, "an item has a table"
    heading = (column.column or layer.field) if column is not None else None
    place = table.header.index(heading) if heading is not None else None

    def complain(problems: Problems, code: str, message: str, **more: Any) -> None:
        table.complain(problems, row, place, code, message, **more)

    return complain

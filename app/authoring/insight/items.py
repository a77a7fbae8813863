"""What tiles say of their items: every item of a feed is looked at, whether a list picks it today or not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from app.authoring.compiled import CompiledPlaceholder, CompiledSite, Example
from app.authoring.feeds import Feed
from app.authoring.insight.samples import Samples
from app.authoring.insight.sayings import Saying
from app.authoring.laid import Laid, Tile
from app.authoring.problems import Problems
from app.authoring.tiles import feed_of
from app.authoring.yamlsource import Path, Source
from app.engine.lists import Entry, Item, entries_of
from app.engine.personal import PersonalList
from app.engine.rules import LANGUAGE, Ruleset

_ITEMS = "items"


def tiled_fields(placeholder: CompiledPlaceholder) -> tuple[str, ...]:
    """The list fields that tiles of the placeholder show."""
    return tuple(dict.fromkeys(laid.tile.field for laid in placeholder.layers if laid.tile is not None))


@dataclass(frozen=True, slots=True)
class Exhibit:
    """An item that a list field may show, as somebody reads it who reads the site's first language.

    `complaining` makes of a layer that shows it what tells of a mistake where the item is written.
    """

    entry: Entry
    complaining: Callable[[Any], Callable[..., None]]


def exhibits(name: str, placeholder: CompiledPlaceholder, site: CompiledSite) -> Iterator[Exhibit]:
    """All items of a feed that a list field may show; of a collection those that examples put into it."""
    field = placeholder.document.fields.get(name)
    feed = feed_of(field, site.feeds)
    if feed is not None:
        yield from (Exhibit(entry, partial(_at_its_row, feed, entry)) for entry in _read(feed.items, site))
    for campaign in placeholder.campaigns.values():
        for listed in campaign.preview.personal:
            if field is not None and field.of == listed.collection and listed.rows is None:
                yield from _in_examples(listed, campaign.examples, site)


def _in_examples(listed: PersonalList, examples: Iterable[Example], site: CompiledSite) -> Iterator[Exhibit]:
    for example in examples:
        held = example.pinned.get(listed.collection)
        items = held.value if held is not None and isinstance(held.value, tuple) else ()
        path = (*example.path, "given", listed.collection)
        complaining = partial(_in_the_example, example.source, path)
        yield from (Exhibit(entry, complaining) for entry in _read(listed.shown(items), site))


def _read(items: tuple[Item, ...], site: CompiledSite) -> tuple[Entry, ...]:
    return entries_of(_ITEMS, {_ITEMS: items, LANGUAGE: site.document.languages[0]}) or ()


def entries_in(name: str, placeholder: CompiledPlaceholder, site: CompiledSite) -> tuple[Entry, ...]:
    """The items of all exhibits."""
    return tuple(one.entry for one in exhibits(name, placeholder, site))


def item_sayings(placeholder: CompiledPlaceholder, site: CompiledSite) -> Iterator[Saying]:
    """Everything that tiles say of an item, each text of a layer once."""
    campaign = next(iter(placeholder.campaigns.values()))
    speaking = _Speaking(campaign.preview, Samples(placeholder, campaign.preview), site.document.languages[0])
    shown = {name: tuple(exhibits(name, placeholder, site)) for name in tiled_fields(placeholder)}
    for index, laid in enumerate(placeholder.layers):
        if laid.tile is None or laid.tile.place:
            continue
        said: set[str] = set()
        for one in shown[laid.tile.field]:
            text = speaking.said(index, laid, laid.tile, one.entry)
            if text not in said:
                said.add(text)
                complain = one.complaining(laid.layer)
                yield Saying(complain, f"item {one.entry.key}", "", text, steady=True, layers=(laid.layer,))


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


def _in_the_example(source: Source, path: Path, _layer: Any) -> Callable[..., None]:
    """Complains about an item where an example puts it into the collection."""

    def complain(problems: Problems, code: str, message: str, **more: Any) -> None:
        source.complain(problems, path, code, message, **more)

    return complain


def _at_its_row(feed: Feed, entry: Entry, layer: Any) -> Callable[..., None]:
    """Complains about an item at its cell, of which the layer shows one, else at its row."""
    table, row, column = feed.table, feed.rows[entry.key], feed.document.fields.get(layer.field or "")
    assert table is not None, "an item has a table"
    heading = (column.column or layer.field) if column is not None else None
    place = table.header.index(heading) if heading is not None else None

    def complain(problems: Problems, code: str, message: str, **more: Any) -> None:
        table.complain(problems, row, place, code, message, **more)

    return complain

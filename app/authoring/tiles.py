"""Tiles as far as they are written: which feed their items come from, and what their texts read of an item."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final, TypeVar

from app.authoring.documents.folder import Read
from app.authoring.documents.placeholder import FieldWritten, Placeholder
from app.authoring.feeds import Feed
from app.authoring.laid import Tile
from app.authoring.lists import FEED
from app.authoring.problems import Problems
from app.authoring.suggest import did_you_mean
from app.authoring.unread import Unread
from app.engine.words import Alternative, Bound, Words

ITEM: Final = "item."
"""Stands before the fields of an item in the texts of its tile."""

Found = TypeVar("Found")


def feed_of(field: FieldWritten | None, feeds: Mapping[str, Found]) -> Found | None:
    """The feed whose items a list field shows, if it is there."""
    if field is None or field.of is None or not field.of.startswith(FEED):
        return None
    return feeds.get(field.of.removeprefix(FEED))


def check_list_fields(read: Read[Placeholder], feeds: Mapping[str, Any], unread: Unread, problems: Problems) -> None:
    """That the feeds are there whose items the fields of a placeholder show."""
    for name, field in read.document.fields.items():
        if field.of is not None and feed_of(field, feeds) is None and not unread.may_have("feeds", field.of):
            known = [f"{FEED}{feed}" for feed in feeds]
            remedy = did_you_mean(field.of, known, else_say="feeds are") or "declare it in rules/feeds/<name>.yaml"
            message = f"there is no feed “{field.of}”"
            read.source.complain(problems, ("fields", name, "of"), "unknown-feed", message, remedy=remedy)


def item_names(field: FieldWritten | None, feeds: Mapping[str, Feed]) -> frozenset[str]:
    """The names by which a text reads an item that a list field shows; none where its feed is not there."""
    feed = feed_of(field, feeds)
    return frozenset(f"{ITEM}{name}" for name in feed.document.fields) if feed is not None else frozenset()


def of_item(words: Words, tile: Tile) -> Words:
    """Words about an item, said of the one that comes to the tile's place; where none does, nothing."""
    return Words({language: tuple(_of_item(one, tile) for one in said) for language, said in words.by_language.items()})


def _of_item(alternative: Alternative, tile: Tile) -> Alternative:
    if not isinstance(alternative, Bound):
        return alternative
    others = tuple(name for name in alternative.fields if not name.startswith(ITEM))
    if others == alternative.fields:
        return alternative
    produce = partial(_said_of_item, alternative.produce, tile)
    return replace(alternative, produce=produce, fields=(*others, tile.field))


def _said_of_item(produce: Callable[[Mapping[str, Any]], Any], tile: Tile, known: Mapping[str, Any]) -> Any:
    items = known.get(tile.field) or ()
    if tile.place >= len(items):
        return None
    return produce({**known, **{f"{ITEM}{name}": value for name, value in items[tile.place].values}})

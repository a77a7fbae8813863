"""Tiles as far as they are written: where their items come from, and what their texts read of an item."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final, TypeVar

from app.authoring.documents.folder import Read
from app.authoring.documents.placeholder import FieldWritten, Placeholder
from app.authoring.laid import Tile
from app.authoring.origins import FEED, Origin, Origins
from app.authoring.problems import Problems
from app.authoring.suggest import did_you_mean
from app.authoring.unread import Unread
from app.authoring.yamlsource import Path
from app.engine.words import Alternative, Bound, Words

ITEM: Final = "item."
"""Stands before the fields of an item in the texts of its tile."""

Feed = TypeVar("Feed")


def feed_of(field: FieldWritten | None, feeds: Mapping[str, Feed]) -> Feed | None:
    """The feed in whose rows the items of a list field stand, if there is one."""
    named = None if field is None else field.join or field.of
    return feeds.get(named.removeprefix(FEED)) if named is not None and named.startswith(FEED) else None


def check_list_fields(read: Read[Placeholder], origins: Origins, unread: Unread, problems: Problems) -> None:
    """That the feeds and collections are there whose items the fields of a placeholder show."""
    for name, field in read.document.fields.items():
        path: Path = ("fields", name)
        if field.of is not None:
            _check_named(field.of, origins.names, (*path, "of"), read, unread, problems)
        if field.join is not None and (field.of or "").startswith(FEED):
            message = f"{field.of} is a feed, and only what is in a collection is joined with one"
            remedy = "leave join: out, or name a collection of rules/events.yaml under of:"
            read.source.complain(problems, (*path, "join"), "option-mismatch", message, remedy=remedy, key=True)
        elif field.join is not None:
            _check_named(field.join, origins.feed_names, (*path, "join"), read, unread, problems)


def _check_named(
    named: str, known: Collection[str], path: Path, read: Read[Placeholder], unread: Unread, problems: Problems
) -> None:
    """That there is a feed, or a collection, of that name among those known."""
    what = "feed" if named.startswith(FEED) or path[-1] == "join" else "collection"
    if named in known or unread.may_have(f"{what}s", named.removeprefix(FEED)):
        return
    where = "in rules/feeds/<name>.yaml" if what == "feed" else "under collections: in rules/events.yaml"
    remedy = did_you_mean(named, known, else_say="there are") or f"declare it {where}"
    read.source.complain(problems, path, f"unknown-{what}", f"there is no {what} “{named}”", remedy=remedy)


def item_names(origin: Origin | None) -> frozenset[str]:
    """The names by which a text reads items of this origin; none where that is not there."""
    return frozenset(f"{ITEM}{name}" for name in origin.fields) if origin is not None else frozenset()


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

"""Where the items come from that a list field shows: a feed, a collection, or a collection joined with a feed.

Which fields such an item has follows from the documents alone, so that tiles and texts are checked although nobody
knows yet what lies in a table, or in anybody's cart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from app.authoring.documents.events import CollectionWritten, EventField, Events
from app.authoring.documents.feed import Column, FeedWritten
from app.authoring.documents.folder import EVENTS, Read
from app.authoring.documents.placeholder import FieldWritten, Placeholder
from app.authoring.unread import LOST, Unread, is_sure
from app.authoring.yamlsource import Source
from app.recipients.collecting import ADDED_AT

FEED: Final = "feed."

Shown = Column | EventField | FieldWritten
"""How a field is declared that a layer can show."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a layer can show, by name, with the file that declares it; `unread` is what of that could not be read."""

    fields: Mapping[str, Shown]
    file: str
    unread: Unread


@dataclass(frozen=True, slots=True)
class Origins:
    """Finds what items have in the documents of a site."""

    feeds: Mapping[str, Read[FeedWritten]] = field(default_factory=dict)
    events: Read[Events] | None = None

    def of(self, shown: FieldWritten | None) -> Origin | None:
        """The origin of what a list field shows; None where it is not there, or not whole."""
        if shown is None or shown.of is None:
            return None
        first = self._feed(shown.of) if shown.of.startswith(FEED) else self._collection(shown.of)
        if first is None or shown.join is None:
            return first
        feed = self._feed(shown.join)
        return None if feed is None else _joined(first, feed)

    @property
    def names(self) -> tuple[str, ...]:
        """All that a list field can name."""
        return (*self.collections, *self.feed_names)

    @property
    def feed_names(self) -> tuple[str, ...]:
        """The feeds, as they are named where they are read."""
        return tuple(f"{FEED}{name}" for name in self.feeds)

    @property
    def collections(self) -> Mapping[str, CollectionWritten]:
        """The collections that the site declares."""
        return self.events.document.collections if self.events is not None else {}

    def _feed(self, named: str) -> Origin | None:
        read = self.feeds.get(named.removeprefix(FEED)) if named.startswith(FEED) else None
        return None if read is None else Origin(read.document.fields, read.source.file, _unread(read.source))

    def _collection(self, name: str) -> Origin | None:
        if self.events is None or name not in self.collections:
            return None
        unread = Unread() if is_sure(self.events.source, "events") else _unread(LOST)
        return Origin(collected_fields(self.collections[name], self.events.document), EVENTS, unread)


def own_fields(read: Read[Placeholder]) -> Origin:
    """The fields of a placeholder itself, which layers outside of tiles show."""
    return Origin(read.document.fields, read.source.file, _unread(read.source))


def collected_fields(collection: CollectionWritten, events: Events) -> dict[str, EventField]:
    """What is declared of the items of a collection: its key, the fields of what adds to it, and when that was."""
    adding = (events.events[name] for name in collection.add if name in events.events)
    told = {name: one for event in adding for name, one in event.fields.items() if one.type != "list"}
    return {**told, collection.key: EventField(type="text"), ADDED_AT: EventField(type="moment")}


def _unread(source: Source) -> Unread:
    return Unread({"fields": (source,)})


def _joined(collection: Origin, feed: Origin) -> Origin:
    """The fields of both; what both have is the feed's."""
    sources = (*collection.unread.holders.get("fields", ()), *feed.unread.holders.get("fields", ()))
    file = f"{feed.file}, or in {collection.file}"
    return Origin({**collection.fields, **feed.fields}, file, Unread({"fields": sources}))

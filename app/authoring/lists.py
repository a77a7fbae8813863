"""`lists:` of a campaign to lists that the engine makes: which items of a feed or a collection, in which order.

Of a collection, a list asks what events told of an item, and with `join:` the fields of its row in a feed. Where both
have a field of one name it is the feed's: what an item cost when it was put in is past, what it costs now is shown.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from app.authoring.documents.campaign import ListWritten
from app.authoring.feeds import Feed
from app.authoring.origins import FEED, Origins
from app.authoring.scope import Noted, Scope
from app.authoring.suggest import did_you_mean
from app.authoring.unread import LOST, Unread
from app.authoring.whens import is_field, read_when
from app.authoring.wordings import Wording
from app.authoring.yamlsource import Path
from app.engine.conditions import ALWAYS
from app.engine.lists import ItemList, Pick
from app.engine.personal import PersonalList
from app.engine.rules import LANGUAGE
from app.engine.signals import Catalogue, Signal
from app.recipients.collecting import fields_of
from app.recipients.tellable import Tellable


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of a campaign, and the feed in whose rows its items stand, if there is one."""

    made: ItemList | PersonalList
    feed: Feed | None

    @property
    def sources(self) -> tuple[str, ...]:
        """What its items are of: the source it picks from, and the feed that is joined."""
        return (self.made.pick.source, *((f"{FEED}{self.feed.name}",) if self.feed is not None else ()))

    @property
    def signals(self) -> frozenset[str]:
        """What must be known of a reader before its items can be worded."""
        told = self.made.wordings.values() if isinstance(self.made, PersonalList) else ()
        varies = frozenset({LANGUAGE} if any(one.varies for one in told) else ())
        return varies | (self.feed.signals if self.feed is not None else frozenset())


@dataclass(frozen=True, slots=True)
class Shelves:
    """What lists can pick from: the feeds of a site, and the collections that may be told to it, each with the wordings
    of its fields. `origins` knows what items of each have.
    """

    feeds: Mapping[str, Feed]
    tellable: Tellable
    origins: Origins
    wordings: Mapping[str, Mapping[str, Wording]]


def read_lists(
    written: Mapping[str, ListWritten], shelves: Shelves, scope: Scope, shown: Collection[str]
) -> dict[str, Listed]:
    """The lists by the signal that holds their items; those that pick from what there is not are told of and left out.

    In `scope` they stand among the campaign's conditions; moments without an offset are of the site's zone. Of the
    collections that are `shown`, items say what events told of them.
    """
    lists = {}
    for name, one in written.items():
        reader = _Reader(name, one, shelves, scope, shown)
        found = reader.of_feed() if one.of.startswith(FEED) else reader.of_collection()
        if found is not None:
            lists[found.made.pick.signal] = found
    return lists


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one list."""

    name: str
    written: ListWritten
    shelves: Shelves
    scope: Scope
    shown: Collection[str]

    @property
    def _path(self) -> Path:
        return ("lists", self.name)

    def of_feed(self) -> Listed | None:
        """A list of the items of a feed."""
        feed = self._feed(self.written.of, "of")
        if self.written.join is not None:
            message = f"{self.written.of} is a feed, and only what is in a collection is joined with one"
            remedy = "leave join: out, or name a collection of rules/events.yaml under of:"
            self.scope.wrong((*self._path, "join"), "option-mismatch", message, remedy, key=True)
        if feed is None:
            return None
        pick = self._pick(self.written.of, feed.catalogue, Unread({"fields": (feed.source,)}), feed.summed)
        return Listed(ItemList(pick, feed.items), feed)

    def of_collection(self) -> Listed | None:
        """A list of what somebody has in a collection."""
        feed = None if self.written.join is None else self._feed(self.written.join, "join")
        name, told = self.written.of, self.shelves.tellable
        if name not in told.collections:
            self._tell_no_collection()
            return None
        if feed is None and self.written.join is not None:
            return None
        own = (Signal(one, slot.kind, "", choices=slot.choices) for one, slot in fields_of(name, told).items())
        lost = () if self.scope.unread.is_sure("events") else (LOST,)
        unread = Unread({"fields": lost if feed is None else (*lost, feed.source)})
        catalogue = Catalogue.of((*own, *(feed.catalogue.signals.values() if feed else ())))
        wordings = self.shelves.wordings.get(name, {})
        summed = next((field for field, one in wordings.items() if one.type == "money"), "")
        pick = self._pick(name, catalogue, unread, feed.summed if feed else summed)
        rows = None if feed is None else {item.key: item for item in feed.items}
        return Listed(PersonalList(pick, name, self.scope.moments.zone, rows, self._told(wordings, feed)), feed)

    def _told(self, wordings: Mapping[str, Wording], feed: Feed | None) -> dict[str, Wording]:
        """The wordings of what is shown as events told it: nothing that the feed says, too."""
        if self.written.of not in self.shown:
            return {}
        return {name: one for name, one in wordings.items() if feed is None or name not in feed.document.fields}

    def _pick(self, source: str, catalogue: Catalogue, unread: Unread, summed: str) -> Pick:
        scope = replace(
            self.scope,
            catalogue=catalogue,
            conditions={},
            moments=replace(self.scope.moments, phases={}, recipient=False),
            table=source,
            unread=unread,
            noted=Noted(),
        )
        written, path = self.written, self._path
        where = None if written.where is None else read_when(written.where, (*path, "where"), scope)
        by = {name: order for name, order in written.sort.items() if is_field(name, (*path, "sort", name), scope)}
        return Pick(self.name, source, where or ALWAYS, by, summed, written.limit)

    def _feed(self, named: str, key: str) -> Feed | None:
        """The feed of that name; a problem says that there is none."""
        name = named.removeprefix(FEED)
        if named.startswith(FEED) and name in self.shelves.feeds:
            return self.shelves.feeds[name]
        if not self.scope.unread.may_have("feeds", name):
            known = [f"{FEED}{one}" for one in self.shelves.feeds]
            remedy = did_you_mean(named, known, else_say="feeds are") or "declare it in rules/feeds/<name>.yaml"
            self.scope.wrong((*self._path, key), "unknown-feed", f"there is no feed “{named}”", remedy)
        return None

    def _tell_no_collection(self) -> None:
        name = self.written.of
        if self.scope.unread.may_have("collections", name):
            return
        known = [*self.shelves.tellable.collections, *(f"{FEED}{one}" for one in self.shelves.feeds)]
        remedy = did_you_mean(name, known, else_say="there are") or "declare it under collections: in rules/events.yaml"
        self.scope.wrong((*self._path, "of"), "unknown-collection", f"there is no collection “{name}”", remedy)

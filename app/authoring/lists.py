"""`lists:` of a campaign to lists that the engine makes: which items of a feed, in which order, how many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from app.authoring.documents.campaign import ListWritten
from app.authoring.feeds import Feed
from app.authoring.scope import Noted, Scope
from app.authoring.suggest import did_you_mean
from app.authoring.unread import Unread
from app.authoring.whens import is_field, read_when
from app.authoring.yamlsource import Path
from app.engine.conditions import ALWAYS
from app.engine.lists import ItemList, in_order

FEED: Final = "feed."


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of a campaign, and the feed whose items it has."""

    made: ItemList
    feed: Feed


def read_lists(written: Mapping[str, ListWritten], feeds: Mapping[str, Feed], scope: Scope) -> dict[str, Listed]:
    """The lists by the signal that holds their items; those whose feed there is not are told of and left out.

    In `scope` they stand among the campaign's conditions; moments without an offset are of the site's zone.
    """
    lists = {}
    for name, one in written.items():
        path: Path = ("lists", name)
        feed = _feed_of(one, path, feeds, scope)
        if feed is not None:
            made = _made(name, one, path, feed, scope)
            lists[made.signal] = Listed(made, feed)
    return lists


def _made(name: str, written: ListWritten, path: Path, feed: Feed, outside: Scope) -> ItemList:
    scope = replace(
        outside,
        catalogue=feed.catalogue,
        conditions={},
        moments=replace(outside.moments, phases={}, recipient=False),
        table=f"{FEED}{feed.name}",
        unread=Unread({"fields": (feed.source,)}),
        noted=Noted(),
    )
    where = None if written.where is None else read_when(written.where, (*path, "where"), scope)
    by = {field: order for field, order in written.sort.items() if is_field(field, (*path, "sort", field), scope)}
    return ItemList(name, scope.table, in_order(feed.items, by), where or ALWAYS, feed.summed, written.limit)


def _feed_of(written: ListWritten, path: Path, feeds: Mapping[str, Feed], scope: Scope) -> Feed | None:
    name = written.of.removeprefix(FEED)
    if written.of.startswith(FEED) and name in feeds:
        return feeds[name]
    if not scope.unread.may_have("feeds", name):
        known = [f"{FEED}{one}" for one in feeds]
        remedy = did_you_mean(written.of, known, else_say="feeds are") or "declare it in rules/feeds/<name>.yaml"
        scope.wrong((*path, "of"), "unknown-feed", f"there is no feed “{written.of}”", remedy)
    return None

"""What stands around a layer where it is read: groups, a tile, and the fields that it may name there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any, Final

from app.authoring.documents.feed import FeedWritten
from app.authoring.documents.folder import Read
from app.authoring.documents.placeholder import Placeholder
from app.authoring.laid import Tile
from app.authoring.problems import Problems
from app.authoring.suggest import did_you_mean
from app.authoring.unread import may_declare
from app.authoring.yamlsource import Path, Source

_FIELD_KEYS: Final = (
    *("field", "latitude", "longitude", "max_field", "reader_latitude", "reader_longitude"),
    *("redeemed", "show_if"),
)
_OF_LISTS: Final = "show_if"
"""The one key that may name a list outside of tiles: an empty one shows nothing."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Around one layer, from the outside in. `fields` is the document that declares the fields a layer names here.

    It is None in a tile whose feed is not there; then nobody knows which fields there are.
    """

    fields: Read[Placeholder] | Read[FeedWritten] | None
    around: tuple[Any, ...] = ()
    depth: int = 0
    tile: Tile | None = None

    def within(self, group: Any) -> Surroundings:
        """Inside a group that stands here."""
        return replace(self, around=(*self.around, group), depth=self.depth + 1)

    def at(self, place: Any, feed: Read[FeedWritten] | None) -> Surroundings:
        """Inside the tile at a place of tiles that stand here."""
        return replace(self, fields=feed, around=(*self.around, place), tile=Tile(place.field, place.index))

    def instead(self, place: Any) -> Surroundings:
        """Inside what is shown in place of tiles that stand here."""
        return replace(self, around=(*self.around, place))

    @property
    def origin(self) -> tuple[float, float]:
        """Where boxes are counted from, in the picture."""
        return sum(one.offset[0] for one in self.around), sum(one.offset[1] for one in self.around)

    def drawn(self, layer: Any) -> Any:
        """The layer as it is drawn here."""
        return reduce(lambda drawn, outer: outer.around(drawn), reversed(self.around), layer)

    def check_fields(self, layer: Any, path: Path, source: Source, problems: Problems) -> None:
        """That the fields which a layer names are there, and lists only where lists are shown."""
        if self.fields is None:
            return
        known: Mapping[str, Any] = self.fields.document.fields
        for key in _FIELD_KEYS:
            name = getattr(layer, key, None)
            if name is None:
                continue
            if name in known:
                _check_kind(layer, known[name].type == "list", (*path, key), name, source, problems)
            elif not may_declare(self.fields.source, ("fields",), name):
                where = "declare it under fields:" if self.tile is None else f"declare it in {self.fields.source.file}"
                remedy = did_you_mean(name, known, else_say="fields are") or where
                message = f"there is no field “{name}”" if self.tile is None else f"no item has a field “{name}”"
                source.complain(problems, (*path, key), "unknown-field", message, remedy=remedy)


def _check_kind(layer: Any, is_list: bool, path: Path, name: str, source: Source, problems: Problems) -> None:
    wants_list = hasattr(layer, "places")
    if is_list != wants_list and not (is_list and path[-1] == _OF_LISTS):
        message = f"“{name}” is a list, and only tiles show lists" if is_list else f"“{name}” is no list"
        remedy = "write tiles: {field: …}" if is_list else "name a field of type list"
        source.complain(problems, path, "option-mismatch", message, remedy=remedy)

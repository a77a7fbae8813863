"""What stands around a layer where it is read: groups, a tile, and the fields that it may name there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from typing import Any, Final

from app.authoring.laid import Tile
from app.authoring.origins import Origin
from app.authoring.problems import Problems
from app.authoring.suggest import did_you_mean
from app.authoring.yamlsource import Path, Source

_FIELD_KEYS: Final = (
    *("field", "latitude", "longitude", "max_field", "reader_latitude", "reader_longitude"),
    *("redeemed", "show_if"),
)
_OF_LISTS: Final = "show_if"
"""The one key that may name a list outside of tiles: an empty one shows nothing."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Around one layer, from the outside in. `fields` are those that a layer may name here, with their declarations.

    They are None in a tile whose items are not there; then nobody knows which fields there are.
    """

    fields: Origin | None
    around: tuple[Any, ...] = ()
    depth: int = 0
    tile: Tile | None = None

    def within(self, group: Any) -> Surroundings:
        """Inside a group that stands here."""
        return replace(self, around=(*self.around, group), depth=self.depth + 1)

    def at(self, place: Any, items: Origin | None) -> Surroundings:
        """Inside the tile at a place of tiles that stand here, which show such items."""
        return replace(self, fields=items, around=(*self.around, place), tile=Tile(place.field, place.index))

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
        known = self.fields.fields
        for key in _FIELD_KEYS:
            name = getattr(layer, key, None)
            if name is None:
                continue
            if name in known:
                _check_kind(layer, known[name].type == "list", (*path, key), name, source, problems)
                self._check_type(layer, known[name].type, (*path, key), name, source, problems)
            elif not self.fields.unread.may_have("fields", name):
                where = "declare it under fields:" if self.tile is None else f"declare it in {self.fields.file}"
                remedy = did_you_mean(name, known, else_say="fields are") or where
                message = f"there is no field “{name}”" if self.tile is None else f"no item has a field “{name}”"
                source.complain(problems, (*path, key), "unknown-field", message, remedy=remedy)

    def _check_type(self, layer: Any, type: str, path: Path, name: str, source: Source, problems: Problems) -> None:
        """That a countdown counts down to a moment, and what an item shows as a picture names one.

        A text of the placeholder itself may be the path of a picture, worked out in Liquid.
        """
        if hasattr(layer, "meaning"):
            wanted = "moment"
        elif hasattr(layer, "picture") and self.tile is not None:
            wanted = "picture"
        else:
            return
        if type not in (wanted, "list") and self.fields is not None:
            message = f"“{name}” is a {type}, and a {wanted} is shown here"
            remedy = f"declare it as {{type: {wanted}}} in {self.fields.file}"
            source.complain(problems, path, "option-mismatch", message, remedy=remedy)


def _check_kind(layer: Any, is_list: bool, path: Path, name: str, source: Source, problems: Problems) -> None:
    wants_list = hasattr(layer, "places")
    if is_list != wants_list and not (is_list and path[-1] == _OF_LISTS):
        message = f"“{name}” is a list, and only tiles show lists" if is_list else f"“{name}” is no list"
        remedy = "write tiles: {field: …}" if is_list else "name a field of type list"
        source.complain(problems, path, "option-mismatch", message, remedy=remedy)

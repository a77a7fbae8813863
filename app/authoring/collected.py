"""What somebody writes down to be in a collection, in an example or behind `--set`, and what lists then hold.

`cart: [{sku: A, added_at: 2026-11-20 10:00}, B]` are two items; a name alone stands for an item of which no more is
said. A field that is left out is empty, as in an event, but for `added_at`, which every item has: it is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from app.authoring.cases import pinned_value
from app.authoring.operands import Misread, Moments, each
from app.authoring.suggest import did_you_mean
from app.authoring.wordings import Wording
from app.engine.lists import Item, in_order
from app.engine.readings import EMPTY, Reading, Why, pinned, unknown
from app.engine.signals import Kind, Signal
from app.recipients.collecting import ADDED_AT, fields_of
from app.recipients.tellable import Slot, Tellable

NO_WORDINGS: Final[Mapping[str, Wording]] = MappingProxyType({})


def pinned_items(
    collection: str,
    raw: Any,
    tellable: Tellable,
    moments: Moments,
    wordings: Mapping[str, Wording] = NO_WORDINGS,
) -> Reading:
    """The items of a collection as they are written, the newest first; raises Misread.

    With `wordings` also for what could not be shown, such as a picture that is not there.
    """
    if raw == "":
        return pinned(collection, EMPTY)
    reader = _Reader(tellable.collections[collection].key, fields_of(collection, tellable), moments, wordings)
    if not isinstance(raw, list):
        remedy = f"write it like {collection}: [{{{reader.key}: …, {ADDED_AT}: 2026-11-27 18:00}}]"
        raise Misread("not-a-list", f"the items of {collection} are a list", remedy)
    items = each(lambda _, one: reader.item(one), enumerate(raw))
    named = [item.key for item in items.values()]
    twice = next((name for name in named if named.count(name) > 1), None)
    if twice is not None:
        raise Misread("duplicate-name", f"“{twice}” is in {collection} twice", "keep one of them")
    return pinned(collection, in_order(items.values(), {ADDED_AT: "descending"}))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads items of one collection, named by their `key`, with these fields."""

    key: str
    slots: Mapping[str, Slot]
    moments: Moments
    wordings: Mapping[str, Wording]

    def item(self, raw: Any) -> Item:
        """One item; raises Misread."""
        key, written = self.key, {self.key: raw} if isinstance(raw, str) else raw
        if not isinstance(written, dict):
            remedy = f"write it like {{{key}: …}}"
            raise Misread("not-a-mapping", "an item is its name, or a mapping of its fields", remedy)
        if not isinstance(written.get(key), str) or not written[key]:
            raise Misread("missing-key", f"“{key}” is missing here, which names the item", f"add “{key}: …”")
        told = each(lambda name, value: self._field(str(name), value), written.items())
        empty = {name: pinned(name, EMPTY) for name in self.slots}
        empty[ADDED_AT] = unknown(ADDED_AT, Why.NOT_PINNED, as_of=0.0)
        return Item(written[key], {**empty, **told}, {})

    def _field(self, name: str, raw: Any) -> Reading:
        slot = self.slots.get(name)
        if slot is None:
            remedy = did_you_mean(name, self.slots, else_say="fields are")
            follows = not self.moments.unread.is_sure("events")
            raise Misread("unknown-field", f"no item here has a field “{name}”", remedy, follows=follows, at_key=True)
        if not isinstance(raw, str):
            raise Misread("not-a-text", "one value is expected here", "a field has one value")
        if raw == "":
            return pinned(name, EMPTY)
        value = self._value(name, raw, slot)
        if name in self.wordings:
            self.wordings[name].read(self.wordings[name].text(value))
        return pinned(name, value)

    def _value(self, name: str, raw: str, slot: Slot) -> Any:
        if slot.kind is Kind.MOMENT:
            return self.moments.read(raw).instant(self.moments.zone)
        return pinned_value(Signal(name, slot.kind, "", choices=slot.choices), raw)

"""What somebody writes down to be in a collection, in an example or behind `--set`, and what lists then hold.

`cart: [{sku: A, added_at: 2026-11-20 10:00}, B]` are two items; a name alone stands for an item of which no more is
said. A field that is left out is empty, as in an event, but for `added_at`, which every item has: it is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.authoring.cases import pinned_value
from app.authoring.operands import Misread, Moments, each
from app.authoring.suggest import did_you_mean
from app.engine.lists import Item, in_order
from app.engine.readings import EMPTY, Reading, Why, pinned, unknown
from app.engine.signals import Kind, Signal
from app.recipients.collecting import ADDED_AT, fields_of
from app.recipients.tellable import Slot, Tellable


def pinned_items(collection: str, raw: Any, tellable: Tellable, moments: Moments) -> Reading:
    """The items of a collection as they are written, the newest first; raises Misread."""
    if raw == "":
        return pinned(collection, EMPTY)
    key, slots = tellable.collections[collection].key, fields_of(collection, tellable)
    if not isinstance(raw, list):
        remedy = f"write it like {collection}: [{{{key}: …, {ADDED_AT}: 2026-11-27 18:00}}]"
        raise Misread("not-a-list", f"the items of {collection} are a list", remedy)
    items = each(lambda _, one: _item(one, key, slots, moments), enumerate(raw))
    named = [item.key for item in items.values()]
    twice = next((name for name in named if named.count(name) > 1), None)
    if twice is not None:
        raise Misread("duplicate-name", f"“{twice}” is in {collection} twice", "keep one of them")
    return pinned(collection, in_order(items.values(), {ADDED_AT: "descending"}))


def _item(raw: Any, key: str, slots: Mapping[str, Slot], moments: Moments) -> Item:
    written = {key: raw} if isinstance(raw, str) else raw
    if not isinstance(written, dict):
        raise Misread("not-a-mapping", "an item is its name, or a mapping of its fields", f"write it like {{{key}: …}}")
    if not isinstance(written.get(key), str) or not written[key]:
        raise Misread("missing-key", f"“{key}” is missing here, which names the item", f"add “{key}: …”")
    told = each(lambda name, value: _field(str(name), value, slots, moments), written.items())
    empty = {name: pinned(name, EMPTY) for name in slots}
    empty[ADDED_AT] = unknown(ADDED_AT, Why.NOT_PINNED, as_of=0.0)
    return Item(written[key], {**empty, **told}, {})


def _field(name: str, raw: Any, slots: Mapping[str, Slot], moments: Moments) -> Reading:
    slot = slots.get(name)
    if slot is None:
        remedy = did_you_mean(name, slots, else_say="fields are")
        raise Misread("unknown-field", f"no item here has a field “{name}”", remedy, at_key=True)
    if not isinstance(raw, str):
        raise Misread("not-a-text", "one value is expected here", "a field has one value")
    if raw == "":
        return pinned(name, EMPTY)
    if slot.kind is Kind.MOMENT:
        return pinned(name, moments.read(raw).instant(moments.zone))
    return pinned(name, pinned_value(Signal(name, slot.kind, "", choices=slot.choices), raw))

"""For how long each kind of what is remembered is kept, from what the operator sets."""

from __future__ import annotations

from typing import Final

from app.settings import KeepSettings
from app.stores.retention import Retention

DAY_S: Final = 86_400.0


def retention_of(keep: KeepSettings) -> Retention:
    """The length of time for each kind that the store keeps for a time."""
    days = {
        "event_id": keep.event_ids_days,
        "receipt": keep.shown_days,
        "trace": keep.shown_days,
        "mail": keep.opens_days,
        "stranger": keep.strangers_days,
        "place": keep.places_days,
    }
    return Retention({kind: number * DAY_S for kind, number in days.items()})

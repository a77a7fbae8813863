"""Where a recipient is, as far as they have a say in it: whether they may be located, and what their profile tells."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from app.engine.signals import Purpose
from app.recipients.permits import Permits
from app.recipients.person import Person
from app.recipients.tellable import Slot, Tellable

NO_WORDS: Mapping[str, str] = {}


class Located(NamedTuple):
    """Whether a place may be known at all, and the profile's own words for it."""

    allowed: bool = True
    words: Mapping[str, str] = NO_WORDS


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What the place of a recipient hinges on. `slots` are the attributes that tell a place, by their words."""

    permits: Permits
    slots: Mapping[str, Slot]

    @classmethod
    def of(cls, tellable: Tellable, permits: Permits, words: Collection[str]) -> Whereabouts | None:
        """What it hinges on, where attributes of these `words` tell a place; None if that is nothing of theirs."""
        slots = {word: slot for word, slot in tellable.attributes.items() if word in words}
        return cls(permits, slots) if slots or permits.needs[Purpose.LOCATION] != "not_needed" else None

    def located(self, person: Person | None, *, believed: bool) -> Located:
        """Whether somebody may be located, and the words of their profile, if they are `believed` to be that person.

        A no counts whoever brings it, as it tells nothing but itself. None stands for a recipient nobody knows.
        """
        if not self.permits.allow(Purpose.LOCATION, person):
            return Located(allowed=False)
        if person is None or not believed:
            return Located()
        told = {word: _written(slot.read(person.attributes.get(word))) for word, slot in self._readable(person)}
        return Located(words={word: text for word, text in told.items() if text})

    def _readable(self, person: Person) -> Collection[tuple[str, Slot]]:
        return [(word, slot) for word, slot in self.slots.items() if self.permits.allow(slot.purpose, person)]


def _written(value: object) -> str:
    """A value as a template would have written it into the URL; nothing for what is neither text nor number."""
    if isinstance(value, float):
        return f"{value:.6f}"
    return value if isinstance(value, str) else ""

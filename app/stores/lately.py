"""What this process showed in the last moments: it is written behind the answers, and a click may be faster.

Nothing is answered from here. It only says what a click should find in the store before long.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

from app.recipients.hiding import Hidden
from app.recipients.receipts import Lead
from app.recipients.showings import Mail

LATELY_S: Final = 1.0
"""So long after a picture its receipt is waited for; by then it is written, or lost."""
ROOM: Final = 4_096
"""Pictures that are remembered; as many writes may wait."""

Place = Mail | Hidden
"""Where a receipt is kept."""


class Lately:
    """The newest pictures of one process."""

    def __init__(self, *, room: int = ROOM) -> None:
        self._room = room
        self._shown: OrderedDict[Place, tuple[Lead, float]] = OrderedDict()

    def note(self, place: Place, lead: Lead, now: float) -> None:
        """A picture was shown whose receipt is on its way there."""
        self._shown[place] = lead, now
        self._shown.move_to_end(place)
        if len(self._shown) > self._room:
            self._shown.popitem(last=False)

    def expected(self, places: Sequence[Place], now: float) -> Lead | None:
        """What should soon be found in one of these places; None where nothing was shown just now."""
        noted = (self._shown[place] for place in places if place in self._shown)
        return next((lead for lead, at in noted if now - at < LATELY_S), None)

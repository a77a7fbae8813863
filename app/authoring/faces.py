"""Claims that time can falsify: a live text for those who certainly look at this moment, a durable one for all others.

"Open until 20:00" is true for whoever looks now, and may be a lie in a picture that was fetched before; then the hours
are said. A live text must rest on something that time changes, so that it has a horizon.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

from app.authoring.deadlines import CERTAIN
from app.authoring.documents.common import LIVE
from app.authoring.liquid import Text
from app.authoring.yamlsource import Path
from app.engine.signals import Catalogue
from app.engine.words import Bound, Fixed, Produce

MOVING: Final = frozenset({"branch", "count", "first", "last", "phase", "shown", "time", "weather"})
"""Families of signals that time alone changes."""
TURNING: Final = "a phase, a time or the weather"


def moves(names: Iterable[str]) -> bool:
    """Whether time changes any of these signals, so that what rests on them has a horizon."""
    return any(name.partition(".")[0] in MOVING for name in names)


def is_live(place: Path, path: Path) -> bool:
    """Whether a text at that place is the live face of the claim at `path`."""
    return place[len(path) :][:1] == (LIVE,)


def lively(said: Text, written: str, catalogue: Catalogue, endless: Callable[[str, str], None] | None) -> Text:
    """The text as it is said to those alone who certainly look; `endless` is told, with a remedy, that nothing ends it.

    It is None where what is around the text ends it.
    """
    reads = said.alternative.signals if isinstance(said.alternative, Bound) else ()
    if endless is not None and not moves(reads):
        message = "a live text rests on something that time changes, and this one does not"
        endless(message, f"let its rule ask for {TURNING}, let the text read one, or write the durable text alone")
    inner = said.alternative
    if isinstance(inner, Fixed):
        inner = Bound((), partial(_always, inner.value), written)
    signals = tuple(name for name in catalogue if name in inner.signals or name == CERTAIN)
    return replace(said, alternative=replace(inner, signals=signals, produce=partial(_if_certain, inner.produce)))


def _always(value: Any, _known: Mapping[str, Any]) -> Any:
    return value


def _if_certain(produce: Produce, known: Mapping[str, Any]) -> Any:
    return produce(known) if known.get(CERTAIN) is True else None

"""Experiments: which arm a recipient belongs to, from a stable hash and never from chance.

The same recipient is in the same arm of a campaign at every open, on every server and in every release; arms of
different experiments are independent of each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from itertools import accumulate

from app.engine.readings import Reading, Why, unknown

SCALE = float(1 << 64)


@dataclass(frozen=True, slots=True)
class Lot:
    """One experiment of a campaign: its signal and its arms with the upper edge of their share (last one is 1.0)."""

    signal: str
    campaign: str
    arms: tuple[tuple[str, float], ...]

    def draw(self, recipient: str, now: float) -> Reading:
        """The recipient's arm; unknown without a recipient."""
        if not recipient:
            return unknown(self.signal, Why.NO_RECIPIENT, as_of=now, source="lot")
        point = share(self.signal, self.campaign, recipient)
        arm = next((name for name, edge in self.arms if point < edge), self.arms[-1][0])
        return Reading(self.signal, arm, now, source="lot")


def share(experiment: str, campaign: str, recipient: str) -> float:
    """Where a recipient stands between 0 and 1: BLAKE2b of experiment, campaign and recipient, NUL between them."""
    told = f"{experiment}\0{campaign}\0{recipient}".encode(errors="surrogatepass")  # ids come from strangers
    digest = blake2b(told, digest_size=8).digest()
    return int.from_bytes(digest) / SCALE


def lot(signal: str, campaign: str, weights: dict[str, float]) -> Lot:
    """A lot whose arms get these shares, whatever the weights add up to."""
    reached = tuple(accumulate(weights.values()))
    edges = zip(weights, (edge / reached[-1] for edge in reached), strict=True)
    return Lot(signal, campaign, tuple(edges))


HELD_OUT = "held_out"
TAKING_PART = "taking_part"
HOLDOUT_SIGNAL = "split.holdout"

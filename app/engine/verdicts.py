"""Four truths with a horizon and evidence, and the algebra that joins them.

A condition is yes, no, unknown or pending. A verdict carries the instant until which it holds, the signals it rests on
(`reads`) and, where it is pending, the signals it must be told first (`wants`). Sets of signals are bit sets over the
catalogue's order, so that joining evidence is one integer operation and ties go by that order.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

from app.engine.readings import FOREVER


class Truth(IntEnum):
    """What a condition says."""

    NO = 0
    YES = 1
    UNKNOWN = 2
    PENDING = 3


NO, YES, UNKNOWN, PENDING = Truth.NO, Truth.YES, Truth.UNKNOWN, Truth.PENDING


class Verdict(NamedTuple):
    """What a condition says, until when, resting on what, and what it still wants to know."""

    truth: int
    until: float = FOREVER
    reads: int = 0
    wants: int = 0


def negate(verdict: Verdict) -> Verdict:
    """*not* swaps yes and no, and leaves unknown unknown and pending pending."""
    if verdict.truth == YES:
        return verdict._replace(truth=NO)
    if verdict.truth == NO:
        return verdict._replace(truth=YES)
    return verdict


def join(verdicts: Iterable[Verdict], *, decisive: Truth, neutral: Truth) -> Verdict:
    """*all* is `decisive=NO, neutral=YES`; *any* is its mirror.

    One decisive verdict is evidence enough: the longest-lived alone, the first of equals (conditions stand in the order
    of the catalogue, see `conditions.ordered`). Without one everything matters: any pending → pending with the wants
    united, else any unknown → unknown, else neutral, with the smallest horizon and the union of the reads.
    """
    best: Verdict | None = None
    truth: int = neutral
    until, reads, wants = FOREVER, 0, 0
    for verdict in verdicts:
        if verdict.truth == decisive:
            if best is None or verdict.until > best.until:
                best = verdict
        elif verdict.truth == PENDING:
            truth = PENDING
            wants |= verdict.wants
        elif verdict.truth == UNKNOWN and truth != PENDING:
            truth = UNKNOWN
        until = min(until, verdict.until)
        reads |= verdict.reads
    if best is not None:
        return best
    return Verdict(truth, until, reads, wants)

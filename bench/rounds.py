"""Interleaved rounds in one process: every contender runs in every round, so that all meet the same disturbances.

Times are CPU seconds of the measuring thread. What runs beside it on the same machine takes wall time away, and a
little of the caches, but is not counted.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from time import perf_counter, thread_time

Job = Callable[[int], object]
"""Does the thing measured once; the argument counts up, so that a job can do something else each time."""

ROUNDS = 7
SHORTEST_S = 0.05
"""A round of one contender lasts at least this long."""


def costs(jobs: Mapping[str, Job], *, rounds: int = ROUNDS, at_most: int = 1_000_000) -> dict[str, list[float]]:
    """Seconds a call, by contender, one number a round; nobody does more than `at_most` calls a round."""
    times = {name: _calls(job, at_most) for name, job in jobs.items()}
    found: dict[str, list[float]] = {name: [] for name in jobs}
    turn = dict.fromkeys(jobs, 0)
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            for name, job in jobs.items():
                found[name].append(_cost(job, turn[name], times[name]))
                turn[name] += times[name]
            gc.collect()
    finally:
        gc.enable()
    return found


def wall(job: Callable[[], object]) -> float:
    """Seconds on the wall that one call took."""
    started = perf_counter()
    job()
    return perf_counter() - started


def _cost(job: Job, turn: int, times: int) -> float:
    numbers = range(turn, turn + times)
    started = thread_time()
    for number in numbers:
        job(number)
    return (thread_time() - started) / times


def _calls(job: Job, at_most: int) -> int:
    """How many calls make a round; also warms up, and what only the very first call costs is not counted."""
    job(0)
    times = 1
    while times < at_most:
        spent = _cost(job, 0, times) * times
        if spent >= SHORTEST_S:
            break
        times = min(at_most, times * 2 if spent < SHORTEST_S / 2 else int(times * SHORTEST_S / spent) + 1)
    return times

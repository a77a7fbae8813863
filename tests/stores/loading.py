"""Processes that write into a store under load, and what must be true of it afterwards."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.recipients.events import Outcome
from app.stores.store import Store
from tests.support.store_load import RECIPIENTS, event

ROOT = Path(__file__).resolve().parents[2]


class Load:
    """Writers in processes of their own; each leaves its acknowledged ids in a file."""

    def __init__(self, address: str, folder: Path, name: str, processes: int) -> None:
        self._files = [folder / f"{name}-{number}" for number in range(processes)]
        self._processes = [_started(address, file) for file in self._files]

    def kill(self) -> None:
        for process in self._processes:
            process.kill()
            process.wait()

    @property
    def acknowledged(self) -> list[str]:
        """The ids, without a last line that was cut off."""
        return [line for file in self._files for line in file.read_text().rpartition("\n")[0].split("\n") if line]


@contextmanager
def load(address: str, folder: Path, name: str, processes: int) -> Iterator[Load]:
    """Load, until the block ends at the latest; the name makes its events differ from those of other loads."""
    running = Load(address, folder, name, processes)
    try:
        yield running
    finally:
        running.kill()


def _started(address: str, file: Path) -> subprocess.Popen[bytes]:
    with file.open("wb") as acknowledged:
        command = [sys.executable, "-m", "tests.support.store_load", address, file.name]
        return subprocess.Popen(command, stdout=acknowledged, cwd=ROOT)


async def assert_nothing_is_lost_or_doubled(store: Store, acknowledged: list[str], now: float) -> None:
    """Each acknowledged event is there, and each that is there was counted once."""
    for start in range(0, len(acknowledged), 1_000):
        again = [event(id, now) for id in acknowledged[start : start + 1_000]]
        assert set(await store.record(again, {})) == {Outcome.DUPLICATE}
    for number in range(RECIPIENTS):
        account = await store.account(f"r{number}")
        assert account is not None
        assert account.person.events["viewed"].tally.total == account.event_ids

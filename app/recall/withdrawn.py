"""What is withdrawn as this process knows it, mirrored in the state directory: a start without the store keeps it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec

from app.engine.withdrawals import Withdrawal, Withdrawn

FILE: Final = "withdrawn.json"


class Mirror:
    """Holds what was last read from the store; `file` is where that outlives the process."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self.now: Withdrawn = {} if file is None else _read(file)

    def show(self, withdrawn: Withdrawn) -> None:
        """Hold this from now on. Raises OSError where it cannot be written down, and holds it all the same."""
        self.now = withdrawn
        if self._file is not None:
            begun = self._file.with_suffix(".part")
            begun.write_bytes(msgspec.json.encode({str(one): since for one, since in withdrawn.items()}))
            begun.replace(self._file)


def _read(file: Path) -> Withdrawn:
    """What stands in the file; nothing where it cannot be read."""
    try:
        kept = msgspec.json.decode(file.read_bytes(), type=dict[str, float])
        return {Withdrawal.of(written): since for written, since in kept.items()}
    except (OSError, ValueError):  # which a MsgspecError is as well
        return {}

"""What uvicorn and other libraries log, as JSON lines like our own.

Of an error, type and place are told and never its message, which might quote a request. Lines of our own come from
`telemetry`.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from json import dumps
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

FRAMES: Final = 4
"""How many of an error's innermost places are told."""

LIBRARIES: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": "app.lines.Lines"}},
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines", "stream": "ext://sys.stderr"}},
        "root": {"handlers": ["lines"], "level": "WARNING"},
    }
)
"""How a server's libraries log, for `logging.config`."""


class Lines(logging.Formatter):
    """One JSON line a record."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        error = record.exc_info[1] if record.exc_info else None
        trouble = {} if error is None else {"error": type(error).__name__, "at": where(error)}
        moment = datetime.fromtimestamp(record.created, UTC)
        return dumps(
            {
                "logger": record.name,
                "said": record.getMessage().strip(),
                **trouble,
                "event": "library",
                "level": record.levelname.lower(),
                "timestamp": f"{moment:%Y-%m-%dT%H:%M:%S.%fZ}",
            }
        )


def where(error: BaseException) -> list[str]:
    """The innermost places of an error, as module:line."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{Path(frame.filename).stem}:{frame.lineno}" for frame in frames[-FRAMES:]]

"""JSON Schema of the documents (being written)."""
from pathlib import Path
from typing import Any


def write(folder: Path, *_: Any) -> list[Path]:
    return []


def stale(folder: Path, *_: Any) -> list[str]:
    return []

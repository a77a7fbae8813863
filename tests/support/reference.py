"""The tables under `docs/reference/`, written from the declarations that the product itself obeys.

    python -m tests.support.reference [--check]

Nothing is documented here that is not declared there: signals, operators, texts, layers, problems, settings, metrics,
commands, sending platforms, the API. `--check` only says which files are not as they would be written now.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from app.recipients.tellable import Tellable
from app.web.openapi import document
from tests.support.reference_language import layers, operators, problems, signals, texts
from tests.support.reference_service import commands, metrics, platforms, settings

FOLDER: Final = Path(__file__).resolve().parents[2] / "docs" / "reference"

PAGES: Final[Mapping[str, Callable[[], str]]] = MappingProxyType(
    {
        "signals.md": signals,
        "operators.md": operators,
        "texts.md": texts,
        "layers.md": layers,
        "problems.md": problems,
        "settings.md": settings,
        "metrics.md": metrics,
        "commands.md": commands,
        "platforms.md": platforms,
        "openapi.json": lambda: json.dumps(document(Tellable()), indent=2) + "\n",
    }
)


def stale(folder: Path = FOLDER) -> list[str]:
    """The pages that are not as they would be written now."""
    return [name for name, page in PAGES.items() if _written(folder / name) != page()]


def write(folder: Path = FOLDER) -> None:
    """Write all pages."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8")


def _written(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def main(arguments: Iterable[str]) -> int:
    """The command; 1 where `--check` found something."""
    if "--check" not in arguments:
        write()
        return 0
    old = stale()
    for name in old:
        print(f"docs/reference/{name} is not up to date; write it anew with: make renew")
    return 1 if old else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What all tests share: how many examples a law gets, and where the table of real-life recordings lies."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support import profiles

ROOT = Path(__file__).resolve().parents[1]

profiles.register()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of recordings that this project and others test with; `tests/fixtures` stands without it."""
    folder = Path(os.environ.get("ONOPEN_SHARED_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"there is no {folder}: name the folder of shared recordings in ONOPEN_SHARED_DATA")
    return folder

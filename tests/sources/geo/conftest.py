"""Fixtures of the tests about places."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.geo.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A source of places for a German site."""
    return World(tmp_path)

"""What the tests of authoring share: the whole check, made as the composition root makes it, without any network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app import wiring
from app.authoring.library import Checked, check
from app.authoring.toolbox import Toolbox
from app.settings import Settings
from app.world import World, world_of

CheckSite = Callable[[Path], Checked]

ROOT = Path(__file__).parents[2]
"""Where the demo site lies."""

GOOD_SITE = Path(__file__).parent / "good_site"


@pytest.fixture(scope="session")
def world() -> Iterator[World]:
    made = world_of(Settings())
    yield made
    made.pool.close()


@pytest.fixture(scope="session")
def toolbox(world: World) -> Toolbox:
    return wiring.toolbox(world)


@pytest.fixture(scope="session")
def check_site(world: World, toolbox: Toolbox) -> CheckSite:
    """The whole check of a site folder."""
    return lambda folder: check(folder, toolbox, wiring.preflight(world, folder))

"""Fixtures of the tests of the hinge: compiled sites, made once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.authoring.compiled import CompiledSite
from app.settings import Settings
from app.wiring.world import World, world_of
from tests.resolve.hinge import HOURS, compiled
from tests.support.sites import PLACEHOLDER, write_site


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """What a process has only once."""
    made = world_of(Settings())
    yield made
    made.pool.close()


@pytest.fixture(scope="module")
def site(world: World, tmp_path_factory: pytest.TempPathFactory) -> CompiledSite:
    """The site whose placeholders read one kind of signal each."""
    return compiled(world, write_site(tmp_path_factory.mktemp("site")))


@pytest.fixture(scope="module")
def careful(world: World, tmp_path_factory: pytest.TempPathFactory) -> CompiledSite:
    """The same site where recipients are asked before they are located."""
    folder = write_site(tmp_path_factory.mktemp("careful"))
    rules = folder / "rules" / "site.yaml"
    rules.write_text(rules.read_text("utf-8").replace("location: not_needed", "location: asked"), "utf-8")
    (folder / "rules" / "hours.yaml").write_text(HOURS, "utf-8")
    (folder / "placeholders" / "hours.yaml").write_text(PLACEHOLDER, "utf-8")
    return compiled(world, folder)

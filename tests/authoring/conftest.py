"""What the tests of authoring share: the whole check, made as the composition root makes it, without any network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.authoring.compiled import CompiledSite
from app.authoring.library import Checked, check
from app.authoring.toolbox import Toolbox
from app.settings import Settings
from app.wiring import makers
from app.wiring.world import World, world_of
from tests.authoring.sites import with_campaign

CheckSite = Callable[[Path], Checked]
Compile = Callable[..., CompiledSite]

ROOT = Path(__file__).parents[2]
"""Where the demo site lies."""


@pytest.fixture(scope="session")
def world() -> Iterator[World]:
    made = world_of(Settings())
    yield made
    made.pool.close()


@pytest.fixture(scope="session")
def toolbox(world: World) -> Toolbox:
    return makers.toolbox(world)


@pytest.fixture(scope="session")
def check_site(world: World, toolbox: Toolbox) -> CheckSite:
    """The whole check of a site folder."""
    return lambda folder: check(folder, toolbox, makers.preflight(world, folder))


@pytest.fixture
def compiled(tmp_path: Path, check_site: CheckSite) -> Compile:
    """The good site with this campaign in it, and this placeholder `hero`; neither may have a mistake."""

    def made(text: str, placeholder: str = "") -> CompiledSite:
        site = with_campaign(tmp_path / "site", text)
        if placeholder:
            (site / "placeholders" / "hero.yaml").write_text(placeholder, encoding="utf-8")
        checked = check_site(site)
        assert checked.good, checked.problems.render()
        return checked.site

    return made

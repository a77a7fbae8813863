"""What a site is worked on with, made from settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.settings import Settings
from app.wiring import makers
from app.wiring.world import world_of
from tests.support.sites import demo_site

HERO = "hero/neutral.jpg"


@pytest.mark.parametrize(("megabytes", "kept"), [(1, False), (64, True)])
def test_painters_keep_as_much_as_the_setting_leaves_room_for(tmp_path: Path, megabytes: int, kept: bool) -> None:
    folder = demo_site(tmp_path / "site")
    assets = makers.painter(world_of(Settings(render_mb=megabytes)), folder).assets
    assert (assets.picture(HERO) is assets.picture(HERO)) is kept, "it has 2.9 MB"

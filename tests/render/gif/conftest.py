"""What the tests of countdowns share: the demo scene and its template."""

from __future__ import annotations

import pytest

from app.render.gif.scene import Scene
from app.render.gif.ticking import Template, compiled
from tests.render.gif.scenes import Expected
from tests.support import countdown


@pytest.fixture(scope="session")
def scene() -> Scene:
    return countdown.scene()


@pytest.fixture(scope="session")
def template(scene: Scene) -> Template:
    return compiled(scene)


@pytest.fixture(scope="session")
def expected(scene: Scene) -> Expected:
    return Expected(scene)

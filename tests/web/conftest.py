"""Servers that many tests share, each started once; a test that changes something starts its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.city_files import write_city_file
from tests.support.server import Running, serving
from tests.support.sites import write_site


@pytest.fixture(scope="session")
def probe_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site whose colours tell what was decided; nobody may change it."""
    return write_site(tmp_path_factory.mktemp("probe"))


@pytest.fixture(scope="session")
def city_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A City file with made-up networks; nobody may change it."""
    return write_city_file(tmp_path_factory.mktemp("geo") / "city.mmdb")


@pytest.fixture(scope="session")
def running(probe_site: Path, city_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """`onopen serve` with the probe site, behind a trusted proxy on the loopback interface."""
    with serving(
        probe_site,
        tmp_path_factory.mktemp("state"),
        EDGE__TRUSTED_PROXIES="127.0.0.1",
        GEO__CITY_FILE=str(city_file),
        LOG_SAMPLE="1",
    ) as server:
        yield server

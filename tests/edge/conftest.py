"""A server with its Varnish in front, started once for all tests that break neither of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.edge.printing import Backend
from app.settings import EdgeSettings, Settings
from app.workshop.workshop import Workshop
from tests.edge.crowd import write_crowd
from tests.edge.sites import write_shelf
from tests.support.server import Answer, Running, serving
from tests.support.shop import KEY
from tests.support.varnish_servers import PROGRAM, Varnish, varnish

SECRET = "a secret key of at least 32 characters"
PURGE_KEY = "a key for purging"


@dataclass
class Shelf:
    """The site of `sites.py`, its server and the Varnish in front of it."""

    site: Path
    origin: Running
    cache: Varnish

    def through(self, target: str, **headers: str) -> Answer:
        """One request through Varnish; header names are given with `_` for `-`."""
        return self.line.ask(target, **headers)

    @property
    def line(self) -> Running:
        """The server as one meets it through Varnish."""
        return Running(self.cache.port, self.origin.process, self.origin.trace)


@contextmanager
def shelf(folder: Path, write: Callable[[Path], Path] = write_shelf, **settings: str) -> Iterator[Shelf]:
    """A shelf of its own below a folder."""
    site = write(folder / "site")
    edge = {"EDGE__DIALECT": "varnish", "EDGE__TRUSTED_PROXIES": "127.0.0.1", "SECRET_KEY": SECRET, **settings}
    with serving(site, folder / "state", **edge) as origin, varnish(printed(site, origin.port), folder / "v") as cache:
        yield Shelf(site, origin, cache)


def printed(site: Path, *ports: int) -> str:
    """What `onopen cdn varnish` prints for the servers on those ports."""
    edge = EdgeSettings(dialect="varnish", trusted_proxies="127.0.0.1", purge_key=PURGE_KEY)  # type: ignore[arg-type]
    bench = Workshop(site, Settings(site=site, secret_key=SECRET, edge=edge))  # type: ignore[arg-type]
    return bench.cdn("varnish", [Backend("127.0.0.1", port) for port in ports])


@pytest.fixture(scope="session")
def standing_shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """The shelf with its crowd, of which nobody changes the rules."""
    if PROGRAM is None:
        pytest.skip("varnishd is not installed")
    with shelf(tmp_path_factory.mktemp("shelf"), write_crowd, API_KEY=KEY) as made:
        yield made

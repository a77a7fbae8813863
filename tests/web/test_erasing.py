"""Two servers of one store: what one has answered is not written behind an erasure through the other."""

from __future__ import annotations

import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from tests.support.redis_servers import PROGRAM, redis_server
from tests.support.server import GMAIL
from tests.support.shop import Shop, open_shop
from tests.support.sites import NEUTRAL
from tests.support.waiting import until
from tests.web.test_remembered import FILES, site

BELIEVED = "0123456789abcdef" * 2
IN_THE_URL = "4711"
SECRET_KEY = "a-secret-that-both-servers-have-in-common"
MEASURED = FILES["rules/site.yaml"].replace("measurement: aggregate", "measurement: individual")

Held = Callable[[], AbstractContextManager[None]]


@contextmanager
def sqlite_held(folder: Path) -> Iterator[tuple[str, Held]]:
    """The address of a file, and what keeps everybody from writing into it."""
    file = folder / "shared.db"

    @contextmanager
    def held() -> Iterator[None]:
        connection = sqlite3.connect(file, isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.close()

    yield f"sqlite:///{file}", held


@contextmanager
def redis_held(folder: Path) -> Iterator[tuple[str, Held]]:
    """The same of a Redis, which does nothing at all meanwhile."""
    if PROGRAM is None:
        pytest.skip("NOT TESTED: erasures in Redis that meet an open. Install redis-server")
    with redis_server(folder) as server:

        @contextmanager
        def held() -> Iterator[None]:
            server.freeze()
            yield
            server.thaw()

        yield f"redis://127.0.0.1:{server.port}", held


def opened(shop: Shop, recipient: str) -> None:
    picture = shop.server.ask(f"/i/plain.png?m=newyear&r={recipient}", user_agent=GMAIL)
    assert (picture.status, picture.ground) == (200, NEUTRAL)


def is_known(shop: Shop, recipient: str) -> bool:
    return shop.api.get(f"/api/recipients/{recipient}").status_code == 200


@pytest.mark.parametrize("kind", [sqlite_held, redis_held])
def test_an_open_that_another_server_answered_is_not_written_behind_the_erasure(
    tmp_path: Path, kind: Callable[[Path], AbstractContextManager[tuple[str, Held]]]
) -> None:
    folder = site(tmp_path / "site", **{"rules/site.yaml": MEASURED})
    with (
        kind(tmp_path) as (store, held),
        open_shop(folder, tmp_path / "one", STORE=store, SECRET_KEY=SECRET_KEY) as erasing,
    ):
        with open_shop(folder, tmp_path / "other", STORE=store, SECRET_KEY=SECRET_KEY) as answering:
            erasing.tell(BELIEVED, attributes={"tier": "gold"})
            with held():
                for recipient in (BELIEVED, IN_THE_URL):
                    opened(answering, recipient)
                answering.server.process.send_signal(signal.SIGSTOP)
            for recipient in (BELIEVED, IN_THE_URL):
                assert erasing.api.delete(f"/api/recipients/{recipient}").json()["erased"]["mails"] == 0
            answering.server.process.send_signal(signal.SIGCONT)
            opened(answering, "ben" + BELIEVED)
            assert answering.server.stop() == 0, "the end waits for what is still to be written"
        assert is_known(erasing, "ben" + BELIEVED)
        assert not is_known(erasing, BELIEVED)
        assert not is_known(erasing, IN_THE_URL)
        opened(erasing, BELIEVED)
        until(lambda: is_known(erasing, BELIEVED))

"""The topology of `deploy/` on one machine: Varnish in front of two servers that share one Redis."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.support import redis_servers, varnish_servers
from tests.support.documented import ROOT
from tests.support.sites import small_site
from tests.support.waiting import until

MISSING = [
    name
    for name, found in (("redis-server", redis_servers.PROGRAM), ("varnish", varnish_servers.PROGRAM))
    if found is None
]
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"NOT TESTED: deploy/local.sh. Install {' and '.join(MISSING)}")
READY_S = 120.0
RECIPIENT = "0f" * 16


def free_ports(count: int) -> int:
    """The first of so many ports in a row on which nobody listens."""
    for first in range(21_000 + os.getpid() % 1_000 * 10, 32_000, count):
        sockets = [socket.socket() for _ in range(count)]
        try:
            for place, one in enumerate(sockets):
                one.bind(("127.0.0.1", first + place))
            return first
        except OSError:
            continue
        finally:
            for one in sockets:
                one.close()
    raise AssertionError("no ports are free")


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of Varnish, while everything runs; afterwards nothing may be left of it."""
    site, first = small_site(tmp_path_factory.mktemp("site")), free_ports(5)
    said, folder = tmp_path_factory.mktemp("said") / "log", tmp_path_factory.mktemp("tmp")
    given = {
        **os.environ,
        "PORT": str(first),
        "TMPDIR": str(folder),
        "ONOPEN": str(Path(sys.executable).with_name("onopen")),
    }
    with said.open("wb") as sink:
        script = subprocess.Popen(
            [ROOT / "deploy" / "local.sh", site], stdout=sink, stderr=sink, env=given, start_new_session=True
        )
    try:
        until(lambda: b"ready: http" in said.read_bytes() or script.poll() is not None, within_s=READY_S)
        assert script.poll() is None, said.read_text()
        yield first
    finally:
        script.send_signal(signal.SIGINT if script.poll() is None else 0)
        script.wait(60)
    assert list(folder.iterdir()) == []
    with pytest.raises(httpx.TransportError):
        httpx.get(f"http://127.0.0.1:{first}/health")


@pytest.fixture
def varnish(port: int) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
        yield client


def test_a_picture_comes_through_varnish_and_is_kept_there(varnish: httpx.Client) -> None:
    first, again = varnish.get("/i/hello.png?m=a&r=b"), varnish.get("/i/hello.png?m=c&r=d")
    assert first.status_code == again.status_code == 200
    assert first.content == again.content
    assert "hit" in again.headers["cache-status"]


def test_what_one_server_is_told_both_know(port: int) -> None:
    key = {"Authorization": "Bearer local"}
    one, other = (f"http://127.0.0.1:{port + place}/api/recipients/{RECIPIENT}" for place in (1, 2))
    assert httpx.put(one, json={"consent": {"behaviour": True}}, headers=key).status_code == 204
    assert httpx.get(other, headers=key).json()["consent"] == {"behaviour": True}


def test_a_server_that_goes_is_not_missed(port: int, varnish: httpx.Client) -> None:
    pid = subprocess.run(
        ["pgrep", "-f", f"serve.*--port {port + 1}"], capture_output=True, check=True, text=True
    ).stdout.split()
    os.kill(int(pid[0]), signal.SIGKILL)
    answers = [varnish.get(f"/i/hello.png?m=a&r={number}&name=x{number}") for number in range(40)]
    assert {answer.status_code for answer in answers} == {200}
    assert {answer.headers.get("x-onopen-rung", "live") for answer in answers} == {"live"}
    clicks = [varnish.get(f"/l/hello?m=a&r={number}") for number in range(10)]
    assert {click.status_code for click in clicks} == {302}

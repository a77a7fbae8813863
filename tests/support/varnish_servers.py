"""A real Varnish on the loopback interface, in front of a real server, with the configuration that we print."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.support.server import free_port
from tests.support.waiting import until

PROGRAM = shutil.which("varnishd")


@dataclass
class Varnish:
    """A cache process with its files in a folder of its own."""

    port: int
    folder: Path
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def varnish(vcl: str, folder: Path) -> Iterator[Varnish]:
    """Varnish with that configuration, until the block ends."""
    assert PROGRAM is not None
    folder.mkdir(parents=True, exist_ok=True)
    written, own, port = folder / "site.vcl", folder / "own", free_port()
    written.write_text(vcl)
    listening = ["-a", f"127.0.0.1:{port}", "-f", str(written), "-n", str(own), "-s", "malloc,64m"]
    sparing = ["thread_pools=1", "thread_pool_min=20"]
    sizes = ["http_max_hdr=256", "http_req_hdr_len=32k", "http_req_size=64k", "workspace_client=192k"]  # as docs say
    parameters = [part for one in (*sparing, *sizes) for part in ("-p", one)]
    with (folder / "varnish.log").open("wb") as log:
        process = subprocess.Popen([PROGRAM, "-j", "none", "-F", *listening, *parameters], stdout=log, stderr=log)
    made = Varnish(port, own, process)
    try:
        until(lambda: _answers(made))
        yield made
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(made: Varnish) -> bool:
    if made.process.poll() is not None:
        raise AssertionError((made.folder.parent / "varnish.log").read_text())
    try:
        return httpx.get(f"{made.url}/health", timeout=2).status_code < 500
    except httpx.HTTPError:
        return False

"""A shop with a server that remembers recipients, over either kind of store, and a client that tells about them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.redis_servers import PROGRAM, redis_server
from tests.support.server import Answer, Running, serving

KEY = "a-key-that-nobody-guesses"


@dataclass
class Shop:
    """A server whose site remembers, and a client that may tell."""

    server: Running
    api: httpx.Client

    def tell(self, recipient: str, **told: Any) -> None:
        assert self.api.put(f"/api/recipients/{recipient}", json=told).status_code == 204

    def happened(
        self, recipient: str, sku: Any, type: str = "viewed", *, ago: timedelta = timedelta(), **more: Any
    ) -> None:
        event = {"type": type, "recipient": recipient, "payload": {"sku": sku, **more}}
        if ago:
            event["time"] = (datetime.now(UTC) - ago).isoformat()
        assert self.api.post("/api/events", json=event).status_code == 200

    def open(self, placeholder: str, recipient: str) -> Answer:
        return self.server.ask(f"/i/{placeholder}.png?m=newyear&r={recipient}")

    def shown(self, recipient: str, placeholder: str = "mine") -> str:
        return self.open(placeholder, recipient).ground


@contextlib.contextmanager
def open_shop(folder: Path, state: Path, **settings: str) -> Iterator[Shop]:
    with (
        serving(folder, state, API_KEY=KEY, **settings) as server,
        httpx.Client(base_url=server.url, headers={"Authorization": f"Bearer {KEY}"}, timeout=20) as api,
    ):
        yield Shop(server, api)


@contextlib.contextmanager
def store_of(kind: str, folders: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The settings for a store: the file that is the default (`sqlite`), or a Redis of one's own (`redis`)."""
    if kind == "sqlite":
        yield {}
        return
    if PROGRAM is None:
        pytest.skip("NOT TESTED: opens with the store in Redis. Install redis-server")
    with redis_server(folders.mktemp("redis")) as server:
        yield {"STORE": f"redis://127.0.0.1:{server.port}"}

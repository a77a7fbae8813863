"""From ONOPEN_STORE to a store: every kind of address, and what is said about a wrong one."""

from __future__ import annotations

import subprocess
import sys
import time
from urllib.parse import urlsplit

import pytest

from app.errors import SettingError
from app.stores.opening import store_at
from app.stores.redis.nodes import Nodes, nodes_at


@pytest.mark.parametrize(
    ("address", "nodes"),
    [
        ("redis://cache", Nodes((("cache", 6379),), False, False, None, None, 0)),
        ("rediss://me:a%40b@cache:7000/3", Nodes((("cache", 7000),), False, True, "me", "a@b", 3)),
        ("redis://:secret@[::1]:7000", Nodes((("::1", 7000),), False, False, None, "secret", 0)),
        ("redis+cluster://me:b@a:1,b", Nodes((("a", 1), ("b", 6379)), True, False, "me", "b", 0)),
        ("rediss+cluster://a", Nodes((("a", 6379),), True, True, None, None, 0)),
    ],
)
def test_where_the_servers_are(address: str, nodes: Nodes) -> None:
    assert nodes_at(urlsplit(address)) == nodes


@pytest.mark.parametrize(
    ("address", "remedy"),
    [
        ("", "write sqlite:////abs/path.db"),
        ("mysql://root:hunter2@db/x", "write sqlite:////abs/path.db, redis://"),
        ("/var/lib/store.db", "write sqlite:////abs/path.db"),
        ("sqlite:///relative.db", "four slashes begin the whole path"),
        ("sqlite://store.db", "four slashes begin the whole path"),
        ("sqlite:////var/lib/", "four slashes begin the whole path of a file"),
        ("redis://me:hunter2@", "a host is missing"),
        ("redis://me:hunter2@a,b", "several hosts are a cluster: write redis+cluster://"),
        ("redis://a:x", "write sqlite:////abs/path.db, redis://"),
        ("redis://a:99999", "write sqlite:////abs/path.db, redis://"),
        ("redis://a/first", "the number of a database"),
        ("redis://a/?db=hunter2", "nothing belongs behind a ?"),
        ("redis+cluster://a/1", "a cluster has no databases"),
        ("redis://[a", "write sqlite:////abs/path.db"),
    ],
)
def test_a_wrong_address_is_told_with_what_would_be_right_and_without_its_password(address: str, remedy: str) -> None:
    with pytest.raises(SettingError) as caught:
        store_at(address, clock=time.time, lost=lambda: None)
    assert str(caught.value).startswith("ONOPEN_STORE=")
    assert remedy in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_redis_is_an_extra_and_says_so() -> None:
    script = (
        "import sys, time; sys.modules['redis'] = None; from app.stores.opening import store_at;"
        "store_at('redis://cache', clock=time.time, lost=print)"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "pip install 'onopen[redis]'" in ran.stderr.splitlines()[-1]

"""Where the servers are, read from an address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

SCHEMES: Final = ("redis", "rediss", "redis+cluster", "rediss+cluster")
PORT: Final = 6379


@dataclass(frozen=True, slots=True)
class Nodes:
    """One server, or some of a cluster, which name the others."""

    hosts: tuple[tuple[str, int], ...]
    cluster: bool
    tls: bool
    user: str | None
    password: str | None
    database: int


def nodes_at(parts: SplitResult) -> Nodes:
    """The servers of an address; raises ValueError with words for whoever wrote it."""
    if parts.query or parts.fragment:
        raise ValueError("nothing belongs behind a ? or #")
    cluster = parts.scheme.endswith("+cluster")
    hosts = tuple(_host(one) for one in parts.netloc.rpartition("@")[2].split(","))
    if len(hosts) > 1 and not cluster:
        raise ValueError("several hosts are a cluster: write redis+cluster://")
    return Nodes(
        hosts,
        cluster,
        tls=parts.scheme.startswith("rediss"),
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        database=_database(parts.path.removeprefix("/"), cluster),
    )


def _host(text: str) -> tuple[str, int]:
    parts = urlsplit(f"//{text.strip()}")
    if not parts.hostname:
        raise ValueError("a host is missing")
    return parts.hostname, PORT if parts.port is None else parts.port


def _database(text: str, cluster: bool) -> int:
    if not text:
        return 0
    if cluster or not text.isdecimal():
        raise ValueError("a cluster has no databases" if cluster else "behind the host stands the number of a database")
    return int(text)

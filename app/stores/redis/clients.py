"""Connections: a quick client for what opens wait for, and a patient one for everything else.

The defaults of redis-py wait for a minute where nobody answers. The quick client waits for 50 ms and does not try
again; the patient one does, since every change may be sent twice.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, Protocol, cast

import msgspec
from redis.asyncio import Redis
from redis.asyncio.cluster import ClusterNode, RedisCluster
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff, NoBackoff
from redis.exceptions import RedisClusterException, RedisError

from app.errors import StoreTrouble
from app.stores.redis.nodes import Nodes

LIMIT_S: Final = 0.05
"""How long an open waits for an answer."""

PATIENCE_S: Final = 1.0
"""How long anybody else waits for one, before trying again."""

AGAIN: Final = 3
CONNECTIONS: Final = 64

FAULTS: Final = (RedisError, RedisClusterException, OSError, TimeoutError, AttributeError, TypeError)
"""What a client raises where a server does not answer, or answers badly. The last two are what redis-py 8.1 raises
where a connection is closed under a command (its issues 3546 and 4287).
"""


OURS: Final = "onopen:"
"""What stands in front of the first name in each of our keys."""

_COMMAND: Final = re.compile(r"\ACommand # \d+ \(.*\) of pipeline caused error: ", re.DOTALL)


class Pipeline(Protocol):
    """Commands that are sent together."""

    def execute_command(self, *command: Any) -> Any:
        """Add one."""
        ...

    async def execute(self, raise_on_error: bool = True) -> list[Any]:
        """Send them; an answer for each."""
        ...


class Client(Protocol):
    """What both kinds of clients have in common, as far as it is used here."""

    def execute_command(self, *command: Any, **options: Any) -> Awaitable[Any]:
        """Send a command, to the node that has its key."""
        ...

    def pipeline(self, transaction: Any = None) -> Pipeline:
        """Commands to be sent together, but not as a transaction."""
        ...

    def scan_iter(self, match: Any = None, count: int | None = None) -> AsyncIterator[bytes]:
        """All keys like this, of all nodes."""
        ...

    async def aclose(self) -> None:
        """Let go of the connections."""
        ...


def client_for(nodes: Nodes, *, quick: bool) -> Client:
    """A client, quick or patient; it connects when it is first used."""
    wait_s = LIMIT_S if quick else PATIENCE_S
    options: dict[str, Any] = {
        "socket_timeout": wait_s,
        "socket_connect_timeout": wait_s,
        "retry": Retry(NoBackoff(), 0) if quick else Retry(ExponentialBackoff(cap=0.5, base=0.05), AGAIN),
        "username": nodes.user,
        "password": nodes.password,
        "ssl": nodes.tls,
        "max_connections": CONNECTIONS,
    }
    if nodes.cluster:
        return cast(Client, RedisCluster(startup_nodes=[ClusterNode(*node) for node in nodes.hosts], **options))
    ((host, port),) = nodes.hosts
    return cast(Client, Redis(host=host, port=port, db=nodes.database, **options))


async def let_go(client: Client) -> None:
    """Close its connections. After a timeout redis-py 8.1 takes a cluster's client for closed, and leaves them open."""
    await client.aclose()
    if isinstance(client, RedisCluster):
        for nodes in ("nodes_cache", "startup_nodes"):
            await client.nodes_manager.aclose(nodes)


async def together(client: Client, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
    """The answers to commands that are sent in one go; raises what a client raises."""
    if len(commands) == 1:
        return [await client.execute_command(*commands[0])]
    pipeline = client.pipeline(transaction=False)
    for command in commands:
        pipeline.execute_command(*command)
    return await pipeline.execute()


@contextmanager
def in_trouble() -> Iterator[None]:
    """What a client raises, and what cannot be read, as StoreTrouble."""
    try:
        yield
    except (*FAULTS, msgspec.MsgspecError) as error:
        raise StoreTrouble(f"Redis: {type(error).__name__}: {_impersonal(str(error))}") from error


def _impersonal(said: str) -> str:
    """What a client or Redis says, without the command that it is about, and up to the first key: both name people."""
    return _COMMAND.sub("", said).partition(OURS)[0]

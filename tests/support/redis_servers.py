"""Real Redis servers on the loopback interface: one alone, or a cluster of three primaries and three replicas."""

from __future__ import annotations

import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from redis import Redis

from tests.support.server import free_port
from tests.support.waiting import until

PROGRAM = shutil.which("redis-server")
NODE_TIMEOUT_MS = 1_000
BUS_PORTS = 65_536 - 10_000  # the nodes of a cluster talk to each other on their port plus 10,000


@dataclass
class RedisServer:
    """A server process with its files in a folder of its own."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def client(self) -> Redis:
        return Redis(port=self.port, socket_timeout=5)

    def freeze(self) -> None:
        """It takes connections and answers nothing."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def restart(self) -> None:
        """The same server again, with what it wrote down."""
        self.process = subprocess.Popen(self.process.args, stdout=subprocess.DEVNULL)
        until(self.client.ping)


@dataclass
class Cluster:
    """Six nodes, the first three of which were primaries at the beginning."""

    nodes: Sequence[RedisServer]

    @property
    def address(self) -> str:
        return "redis+cluster://" + ",".join(f"127.0.0.1:{node.port}" for node in self.nodes)

    @property
    def a_primary(self) -> RedisServer:
        """A node that answers for a third of the keys."""
        return next(node for node in self.nodes if node.client.info("replication")["role"] == "master")

    def is_well_without(self, victim: RedisServer) -> bool:
        """Whether the others have made up for a node that was killed."""
        others = [node.client.execute_command("CLUSTER INFO") for node in self.nodes if node is not victim]
        return all(told["cluster_state"] == "ok" for told in others)


@contextmanager
def redis_server(folder: Path, *options: str) -> Iterator[RedisServer]:
    """A server that keeps an append-only file, until the block ends."""
    assert PROGRAM is not None
    port = next(port for port in iter(free_port, None) if port < BUS_PORTS)
    given = ["--port", str(port), "--dir", str(folder), "--save", "", "--appendonly", "yes", "--bind", "127.0.0.1"]
    with (folder / f"{port}.log").open("wb") as log:
        process = subprocess.Popen([PROGRAM, *given, *options], stdout=log, stderr=log)
    server = RedisServer(port, process)
    try:
        until(server.client.ping)
        yield server
    finally:
        server.kill()


@contextmanager
def redis_cluster(folder: Path) -> Iterator[Cluster]:
    """Six servers, made a cluster; every primary has a replica that is in step."""
    with ExitStack() as stack:
        nodes = []
        for number in range(6):
            own = folder / str(number)
            own.mkdir()
            clustered = ("--cluster-enabled", "yes", "--cluster-node-timeout", str(NODE_TIMEOUT_MS))
            nodes.append(stack.enter_context(redis_server(own, *clustered)))
        addresses = [f"127.0.0.1:{node.port}" for node in nodes]
        create = ["redis-cli", "--cluster", "create", *addresses, "--cluster-replicas", "1", "--cluster-yes"]
        subprocess.run(create, check=True, capture_output=True, timeout=60)
        until(lambda: all(_in_step(node) for node in nodes))
        yield Cluster(nodes)


def _in_step(node: RedisServer) -> bool:
    told = node.client.info("replication")
    well = node.client.execute_command("CLUSTER INFO")["cluster_state"] == "ok"
    if told["role"] == "slave":
        return bool(well and told["master_link_status"] == "up")
    return bool(well and told["connected_slaves"] == 1 and told["slave0"]["state"] == "online")

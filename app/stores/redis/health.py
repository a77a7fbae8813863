"""What servers say about themselves, and what a store that shall keep its word needs of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from app.stores.backend import Finding

OLDEST: Final = 7
"""The oldest version of Redis, and of Valkey, that is tested."""


def findings(name: str, told: Mapping[str, Any], *, wants_replica: bool) -> Iterator[Finding]:
    """What one primary's INFO comes to."""
    version = str(told.get("valkey_version") or told.get("redis_version") or "0")
    yield Finding(f"{name}: version {version}", fine=int(version.partition(".")[0]) >= OLDEST)
    appended = bool(told.get("aof_enabled"))
    yield Finding(
        f"{name}: appendonly {'yes' if appended else 'no: a restart forgets what was acknowledged'}", appended
    )
    policy = str(told.get("maxmemory_policy"))
    keeps = policy == "noeviction" or not told.get("maxmemory")
    yield Finding(f"{name}: maxmemory-policy {policy}{'' if keeps else ': forgets people when it is full'}", keeps)
    if wants_replica:
        synced = sum(_is_synced(one) for key, one in told.items() if key.startswith("slave"))
        yield Finding(f"{name}: {synced} replicas in step", fine=synced > 0)


def _is_synced(replica: Any) -> bool:
    return isinstance(replica, Mapping) and replica.get("state") == "online"

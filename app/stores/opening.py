"""From the address of a store to the store. Nothing is connected to yet: a store that is down must not stop a start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from app.breaker import Breaker
from app.errors import SettingError
from app.recipients.hiding import Hider
from app.stores.erasures import Marks
from app.stores.redis.nodes import SCHEMES, Nodes, nodes_at
from app.stores.retention import Retention
from app.stores.sqlite.backend import SqliteBackend
from app.stores.sqlite.places import SqlitePlaces
from app.stores.sqlite.upkeep import SqliteUpkeep
from app.stores.sqlite.writer import Writer
from app.stores.store import Store

EXAMPLES: Final = "sqlite:////abs/path.db, redis://host:6379/0, rediss://… or redis+cluster://host:7000,host:7001"

Lost = Callable[[], None]


BY_DEFAULT: Final = Retention()


def store_at(
    address: str,
    *,
    clock: Callable[[], float],
    lost: Lost,
    hiders: Sequence[Hider] = (),
    retention: Retention = BY_DEFAULT,
) -> Store:
    """The store at an address; `lost` is called, from any thread, for each thing shown that could not be kept.
    `hiders` name the pages that name nobody.

    Raises SettingError, which does not repeat the address: a password may be in it.
    """
    try:
        parts = urlsplit(address)
        if parts.scheme == "sqlite":
            return sqlite_store(_file(parts), clock=clock, lost=lost, hiders=hiders, retention=retention)
        if parts.scheme in SCHEMES:
            return _redis_store(nodes_at(parts), clock=clock, lost=lost, hiders=hiders, retention=retention)
        raise ValueError("this is no store that there is")
    except ValueError as error:
        raise SettingError("ONOPEN_STORE", "…", f"{error}; write {EXAMPLES}") from error
    except ImportError as error:
        raise SettingError("ONOPEN_STORE", "…", "it needs one package more: pip install 'onopen[redis]'") from error


def sqlite_store(
    file: Path,
    *,
    clock: Callable[[], float],
    lost: Lost,
    hiders: Sequence[Hider] = (),
    retention: Retention = BY_DEFAULT,
) -> Store:
    """The embedded store in a file."""
    writer = Writer(file)
    backend = SqliteBackend(file, writer, _breaker(), lost, Marks(hiders), retention)
    upkeep = SqliteUpkeep(file, writer, backend, retention)
    return Store(backend, SqlitePlaces(writer, retention), upkeep, clock, hiders)


def _redis_store(
    nodes: Nodes, *, clock: Callable[[], float], lost: Lost, hiders: Sequence[Hider], retention: Retention
) -> Store:
    from app.stores.redis.backend import RedisBackend  # an extra, which few have
    from app.stores.redis.clients import client_for
    from app.stores.redis.courier import Courier
    from app.stores.redis.places import RedisPlaces
    from app.stores.redis.upkeep import RedisUpkeep

    quick, patient, courier = client_for(nodes, quick=True), client_for(nodes, quick=False), Courier(lost)
    backend = RedisBackend(quick, patient, _breaker(), courier, Marks(hiders), retention)
    upkeep = RedisUpkeep(backend, courier, quick, patient, nodes.cluster, retention)
    return Store(backend, RedisPlaces(backend, patient, retention), upkeep, clock, hiders)


def _breaker() -> Breaker:
    """Opens find out five times that the store is down, and then once in one to ten seconds."""
    return Breaker(failures=5, pause_s=1.0, most_pause_s=10.0)


def _file(parts: SplitResult) -> Path:
    path = unquote(parts.path)
    if parts.netloc or not path.startswith("//") or path.endswith("/"):
        raise ValueError("four slashes begin the whole path of a file")
    return Path(path[1:])

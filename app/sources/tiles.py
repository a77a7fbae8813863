"""Map tiles of the operator's server: asked for while pictures are named, fetched in the background, kept for long.

`get` only looks into memory, and notes what is not there; `fetch` is called again and again, brings a few of what was
noted, and says whether anything has come. What fails is tried again later, and a server that fails again and again is
left alone for a while. The server learns which tiles are looked at, never by whom or when.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final, NamedTuple

from app.breaker import Breaker
from app.ports import Tally
from app.sources.http import GuardedClient
from app.sources.tilefolder import Kept, TileFolder
from app.sources.trouble import BadStatus, UpstreamTrouble

MOST_TILES: Final = 600
"""In memory, some 20 KB each; beyond, the one that was asked for longest ago gives way."""
MOST_BYTES: Final = 256 << 10
AT_ONCE: Final = 2
"""Fetches at a time, which is what public servers allow."""
A_ROUND: Final = 16
FETCH_S: Final = 10.0
OLD_S: Final = 30 * 86_400.0
"""After so long a tile is fetched anew; until then, and if it fails, the old one is shown."""
PAUSE_S: Final = 3_600.0
"""Until a tile that could not be had is tried again."""
SOON_S: Final = 60.0
"""The same where it was not the tile's fault."""


class Tile(NamedTuple):
    """Which of the 2^zoom times 2^zoom tiles."""

    zoom: int
    x: int
    y: int


class TileSource:
    """The tiles of one server. `whole` says whether bytes are a tile at all; `clock` tells epoch seconds.

    `address` has `{z}`, `{x}` and `{y}` in it; `tell` is handed words for operators; `most` tiles are in memory.
    """

    def __init__(
        self,
        address: str,
        *,
        credit: str,
        client: GuardedClient,
        folder: TileFolder,
        whole: Callable[[bytes], bool],
        clock: Callable[[], float],
        tally: Tally,
        tell: Callable[[str], None],
        most: int = MOST_TILES,
    ) -> None:
        self.credit = credit
        self._address = address
        self._client = client
        self._folder = folder
        self._whole = whole
        self._clock = clock
        self._tally = tally
        self._tell = tell
        self._most = most
        self._due: dict[Tile, float] = {}
        self._here: dict[Tile, bytes] = {}
        self._breaker = Breaker()

    def get(self, zoom: int, x: int, y: int, /) -> bytes | None:
        """The tile, if it is in memory; one that is not is noted. Never waits, and may be called by any thread."""
        tile = Tile(zoom, x, y)
        self._due[tile] = self._due.pop(tile, 0.0)  # what was asked for last gives way last
        return self._here.get(tile)

    async def fetch(self) -> bool:
        """Bring some of what is wanted; whether there are other tiles now than before."""
        now = self._clock()
        changed = self._give_way()
        due = [tile for tile, at in list(self._due.items()) if at <= now][:A_ROUND]
        for start in range(0, len(due), AT_ONCE):
            brought = await asyncio.gather(*(self._bring(tile, now) for tile in due[start : start + AT_ONCE]))
            changed = changed or any(brought)
        return changed

    async def aclose(self) -> None:
        """Close all connections."""
        await self._client.aclose()

    async def _bring(self, tile: Tile, now: float) -> bool:
        """One tile from the folder, if it is there and young, else from the server; whether it is another one now."""
        kept = await asyncio.to_thread(self._read, tile)
        if kept is not None and now < kept.at + OLD_S:
            self._due[tile] = kept.at + OLD_S
            return self._put(tile, kept.body)
        body = await self._fetched(tile, now)
        if body is not None:
            self._due[tile] = now + OLD_S
            await asyncio.to_thread(self._folder.write, tile, body)
        elif kept is not None:
            body = kept.body
        return body is not None and self._put(tile, body)

    def _read(self, tile: Tile) -> Kept | None:
        kept = self._folder.read(tile)
        return kept if kept is not None and self._whole(kept.body) else None

    async def _fetched(self, tile: Tile, now: float) -> bytes | None:
        """The tile from the server; None where it cannot be had, and then it is due later."""
        if not self._breaker.admit(now):
            self._due[tile] = now + SOON_S
            return None
        self._due[tile] = now + PAUSE_S
        try:
            url = self._address.format(z=tile.zoom, x=tile.x, y=tile.y)
            body = (await self._client.get(url, deadline_s=FETCH_S, max_bytes=MOST_BYTES)).body
        except UpstreamTrouble as trouble:
            self._failed(trouble, now)
            return None
        self._breaker.succeeded(now)
        if not await asyncio.to_thread(self._whole, body):
            self._tally.count("map_tiles", outcome="no_tile")
            self._tell(f"tile {tile.zoom}/{tile.x}/{tile.y} is no picture that can be a tile")
            return None
        self._tally.count("map_tiles", outcome="fetched")
        return body

    def _failed(self, trouble: UpstreamTrouble, now: float) -> None:
        self._tally.count("map_tiles", outcome=trouble.reason)
        self._tell(str(trouble))
        if isinstance(trouble, BadStatus) and trouble.retry_after_s is not None:
            self._breaker.told_to_wait(now, trouble.retry_after_s)
        elif not isinstance(trouble, BadStatus) or trouble.status >= 500:  # that one tile is missing says nothing
            self._breaker.failed(now)

    def _put(self, tile: Tile, body: bytes) -> bool:
        before = self._here.get(tile)
        self._here[tile] = body
        return body != before

    def _give_way(self) -> bool:
        """Forget the tiles asked for longest ago, where there are more than have room; whether one of them was here."""
        gone = False
        for tile in list(self._due)[: max(0, len(self._due) - self._most)]:
            self._due.pop(tile, None)
            gone = self._here.pop(tile, None) is not None or gone
        return gone

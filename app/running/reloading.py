"""Which set is served: at a start, and from each look at the site folder that finds a change.

Content never ends a server: what cannot be taken over is told, and what was served before goes on.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

from app.authoring.library import Edition, Library, Reload
from app.render.allocator import give_back
from app.serving.desk import Desk, Serving
from app.telemetry import Telemetry
from app.wiring import editions
from app.wiring.world import World, refresh_files

Clock = Callable[[], float]

TRIM_S = 10.0
"""How often freed memory is handed back."""

LOOKS_PER_FILE_CHECK = 10
"""The operator's files are looked at once for so many looks at the site."""


class Watch:
    """Looks at the site and at the operator's files, and swaps the serving once."""

    def __init__(self, world: World, library: Library, desk: Desk, clock: Clock, *, every: int = 1) -> None:
        self._world = world
        self._library = library
        self._desk = desk
        self._clock = clock
        self._every = every
        self._ticks = 0
        self._looks = 0
        self._trimmed = clock()

    async def __call__(self) -> None:
        """One tick: carry the counters over, and at each `every`th look at the site."""
        telemetry = self._world.telemetry
        telemetry.flush()
        telemetry.set("picture_cache_bytes", self._world.pictures.bytes)
        self._ticks += 1
        if self._clock() - self._trimmed >= TRIM_S:
            self._trimmed = self._clock()
            await asyncio.to_thread(give_back)
        if self._ticks % self._every == 0:
            await self._look(telemetry)

    async def _look(self, telemetry: Telemetry) -> None:
        """One look, in a thread; trouble is logged and changes nothing."""
        self._looks += 1
        try:
            if self._looks % LOOKS_PER_FILE_CHECK == 0:
                await asyncio.to_thread(refresh_files, self._world)
            reload = await asyncio.to_thread(self._library.look)
            if reload is not None:
                say(telemetry, reload)
                if reload.edition is not None:
                    self._desk.serving = await asyncio.to_thread(
                        taken, self._world, self._library, reload.edition, self._clock
                    )
        except Exception as error:  # the old set goes on whatever a look runs into
            telemetry.failed("reload", error)


def begun(world: World, library: Library, clock: Clock) -> Serving:
    """What is served at first: the site, else its last good set, else neutral pictures. Content never fails a start."""
    home = ""
    unpacking = threading.Thread(target=world.cities.warm, name="cities", daemon=True)
    unpacking.start()  # a tenth of a start, on another core, while the site is being checked
    try:
        first = library.start()
        home = first.home
        say(world.telemetry, first)
        if first.edition is not None:
            return taken(world, library, first.edition, clock)
    except Exception as error:  # one worker that ends would end them all
        world.telemetry.failed("start", error)
    try:
        older = library.last_good()
        if older is not None:
            world.telemetry.count("reloads", outcome="last-good")
            return taken(world, library, older, clock)
    except Exception as error:  # as above
        world.telemetry.failed("last good set", error)
    return editions.nothing_to_serve(world, clock, home)


def say(telemetry: Telemetry, reload: Reload) -> None:
    """Tell in log and metrics what became of a look at the site."""
    telemetry.count("reloads", outcome=reload.outcome)
    telemetry.set("site_problems", len(reload.problems.mistakes))
    for problem in reload.problems.failures:
        tell = telemetry.log.error if problem.severity == "problem" else telemetry.log.warning
        tell(
            problem.severity,
            at=f"{problem.file}:{problem.line}:{problem.column}",
            code=problem.code,
            said=problem.message,
        )


def taken(world: World, library: Library, edition: Edition, clock: Clock) -> Serving:
    """The edition made ready to answer; only now it is the one that a restart would fall back on."""
    made = editions.serving(world, edition, clock)
    editions.warm(world, edition.site, clock())
    world.telemetry.set("feed_rows_left_out", sum(feed.left_out for feed in edition.site.feeds.values()))
    try:
        library.confirm(edition)
    except OSError as error:  # then a restart finds an older one
        world.telemetry.failed("keeping the set", error)
    world.telemetry.set("last_reload_ok", clock())
    world.telemetry.log.info("serving", set=edition.site.digest, placeholders=len(edition.site.placeholders))
    return made

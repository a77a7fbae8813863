"""The weather source: remembered at once, fetched when it must be, never an exception.

One flight a cell, which outlives whoever waits for it; one circuit breaker a vendor; a bounded number of flights. What
goes wrong is a reading with a reason, a count and a line for operators. All methods belong to one event loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from datetime import tzinfo
from typing import Any, Final

from app.breaker import Breaker
from app.engine.readings import FOREVER, Reading, Why
from app.ports import Tally
from app.sources.http import Answer, GuardedClient, http_date
from app.sources.trouble import BadStatus, Late, UpstreamTrouble, printable
from app.sources.weather.grid import Cell, cell_of, centre
from app.sources.weather.memory import Memory
from app.sources.weather.readings import moved, nothing
from app.sources.weather.report import HOUR, Report
from app.sources.weather.vendor import Ask, Attribution, Unreadable, Vendor, parsed

MOST_BYTES: Final = 2**20
COUNTER: Final = "weather_fetch"
PARTIAL_FRESH_S: Final = 120.0
"""How long an answer stays fresh of which a part could not be fetched."""
NOWHERE_FRESH_S: Final = 6 * HOUR
TOO_MANY_S: Final = 60.0
"""How long a vendor is left alone that has had enough and does not say for how long."""
_FRESHNESS: Final = (60.0, HOUR)
_DEPRECATED, _NOT_MODIFIED, _TOO_MANY = 203, 304, 429


class WeatherSource:
    """The signals `weather.*` from one vendor.

    `zone_of` gives the zone of a place for vendors that do not tell it; `tell` takes lines for operators. Times are
    in seconds: `stale_s` is how long an answer serves after it has expired, `flight_s` the most a fetch may take.
    """

    def __init__(
        self,
        vendor: Vendor,
        client: GuardedClient,
        *,
        clock: Callable[[], float],
        zone_of: Callable[[float, float], tzinfo],
        tally: Tally,
        tell: Callable[[str], None],
        stale_s: float = 3 * HOUR,
        flight_s: float = 4.0,
        most_flights: int = 16,
        most_cells: int = 4096,
    ) -> None:
        self._vendor, self._client, self._clock, self._zone_of = vendor, client, clock, zone_of
        self._tally, self._tell = tally, tell
        self._flight_s, self._most_flights = flight_s, most_flights
        self._memory = Memory(source=vendor.name, stale_s=stale_s, most_cells=most_cells)
        self._breaker = Breaker()
        self._flights: dict[Cell, asyncio.Task[None]] = {}
        self._next_turn = 0.0

    @property
    def attribution(self) -> Attribution:
        """What the vendor's licence wants to stand in the mail."""
        return self._vendor.attribution

    def remembered(self, latitude: float, longitude: float, now: float) -> Mapping[str, Reading] | None:
        """What is known of a place without waiting; None where it must be fetched first.

        Stale readings start a fetch behind the scenes. A cell that has just failed, and any cell while the vendor is
        down, is unknown at once.
        """
        cell = cell_of(latitude, longitude)
        return self._memory.warm(cell, now) or self._look(cell, now)

    async def fetch(self, latitude: float, longitude: float, now: float, deadline: float) -> Mapping[str, Reading]:
        """Ask the vendor and wait for at most `deadline` seconds; what did not come in time reads as unknown."""
        cell = cell_of(latitude, longitude)
        known = self._memory.warm(cell, now) or self._look(cell, now)
        if known is not None or cell is None:
            return known or {}
        flight = self._launch(cell)
        if flight is None:
            self._count("busy")
            return self._memory.hold(cell, Why.UPSTREAM_LATE, now)
        await asyncio.wait({flight}, timeout=max(0.0, deadline))
        at = self._clock()
        found, _ = self._memory.look(cell, at, flying=not flight.done())
        if found is None:
            self._count("late")
            found = self._memory.hold(cell, Why.UPSTREAM_LATE, at)
        return moved(found, at, now)

    async def aclose(self) -> None:
        """End all fetches. The client is closed by whoever made it."""
        await _ended(self._flights.values())

    def _look(self, cell: Cell | None, now: float) -> Mapping[str, Reading] | None:
        if cell is None:
            return nothing(Why.NO_PLACE, now=now, until=FOREVER, source=self._vendor.name)
        found, wanted = self._memory.look(cell, now, flying=cell in self._flights)
        if found is not None:
            if wanted:
                self._count("stale")
                self._launch(cell)
            return found
        if not self._breaker.closed:  # somebody has to try: behind the scenes, nobody waits for it
            self._launch(cell)
            self._count("breaker_open")
            return self._memory.hold(cell, Why.UPSTREAM_FAILED, now)
        return None

    def _launch(self, cell: Cell) -> asyncio.Task[None] | None:
        """The flight to a cell: the one under way, or a new one if there is room and the breaker lets it."""
        if cell in self._flights:
            return self._flights[cell]
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # asked from plain code, such as a command: what is remembered must do
            return None
        if len(self._flights) >= self._most_flights or not self._breaker.admit(self._clock()):
            return None
        flight = loop.create_task(self._fly(cell), name=f"weather {cell}")
        self._flights[cell] = flight
        flight.add_done_callback(lambda _: self._flights.pop(cell, None))
        return flight

    async def _fly(self, cell: Cell) -> None:
        try:
            self._landed(await self._bring(cell))
        except BadStatus as bad:
            self._bad_status(cell, bad)
        except UpstreamTrouble as trouble:
            why = Why.UPSTREAM_LATE if isinstance(trouble, Late) else Why.UPSTREAM_FAILED
            self._missed(cell, why, trouble.reason, str(trouble))
        except TimeoutError:
            self._missed(cell, Why.UPSTREAM_LATE, "timeout", f"no whole answer within {self._flight_s:g} s")
        except Unreadable as garbage:
            self._missed(cell, Why.UPSTREAM_FAILED, "garbage", str(garbage))
        except Exception as fault:  # an answer nobody foresaw may cost one cell's weather, never more
            self._missed(cell, Why.UPSTREAM_FAILED, "garbage", f"unforeseen {type(fault).__name__}")

    async def _bring(self, cell: Cell) -> str:
        """Fetch and remember a cell; the outcome in one word."""
        latitude, longitude = centre(cell)
        zone = self._zone_of(latitude, longitude)
        first, *others = self._vendor.asks(latitude, longitude, self._clock(), zone)
        extras = [asyncio.ensure_future(self._extra(ask, zone)) for ask in others]
        try:
            answer = await self._ask(first, self._memory.last_modified(cell, self._clock()))
            expires = self._clock() + self._lifetime(answer)
            if answer.status == _NOT_MODIFIED and self._memory.renew(cell, self._clock(), expires=expires):
                return "not_modified"
            report = self._vendor.read(parsed(answer.body), self._clock(), zone)
            if extras and not report.says_nothing:  # whoever cannot wait for the rest shall have this
                self._keep(cell, report, expires, answer, whole=False)
            more = [await extra for extra in extras]
            for other in more:
                report = report if other is None else report.plus(other)
            if report.says_nothing:
                raise Unreadable("no believable value in the answer")
            self._keep(cell, report, expires, answer, whole=None not in more)
            return "deprecated" if answer.status == _DEPRECATED else "ok"
        finally:
            await _ended(extras)

    async def _extra(self, ask: Ask, zone: tzinfo) -> Report | None:
        """An answer that only adds: without it, whatever happened, the rest is still good."""
        try:
            return self._vendor.read(parsed((await self._ask(ask)).body), self._clock(), zone)
        except Exception as trouble:
            if isinstance(trouble, BadStatus):
                self._obey(trouble)
            self._count("extra_failed")
            self._tell(f"weather {self._vendor.name}: {printable(str(trouble) or type(trouble).__name__)}")
            return None

    async def _ask(self, ask: Ask, last_modified: str = "") -> Answer:
        """One answer, its turn included within the time of a flight: an extra that is late ends alone."""
        loop = asyncio.get_running_loop()
        turn = max(loop.time(), self._next_turn)
        self._next_turn = turn + self._vendor.pace_s
        headers = {**ask.headers, "If-Modified-Since": last_modified} if last_modified else ask.headers
        async with asyncio.timeout(self._flight_s):
            await asyncio.sleep(turn - loop.time())
            return await self._client.get(
                ask.url, params=ask.params, headers=headers, deadline_s=self._flight_s, max_bytes=MOST_BYTES
            )

    def _keep(self, cell: Cell, report: Report, expires: float, answer: Answer, *, whole: bool) -> None:
        now = self._clock()
        soon = expires if whole else min(expires, now + PARTIAL_FRESH_S)
        changed = answer.headers.get("last-modified", "") if whole and self._vendor.dated else ""
        self._memory.keep(cell, report, now, expires=soon, last_modified=changed)

    def _lifetime(self, answer: Answer) -> float:
        """Seconds an answer is fresh: what it says by its own clock, within reason, else the vendor's habit."""
        if self._vendor.dated:
            expires, sent = http_date(answer.headers.get("expires")), http_date(answer.headers.get("date"))
            if expires is not None:
                told = expires - (self._clock() if sent is None else sent)
                if told > 0:
                    return min(max(told, _FRESHNESS[0]), _FRESHNESS[1])
        return self._vendor.fresh_s

    def _bad_status(self, cell: Cell, bad: BadStatus) -> None:
        if bad.status in self._vendor.nowhere:
            self._memory.keep(cell, Report(), self._clock(), expires=self._clock() + NOWHERE_FRESH_S)
            return self._landed("nowhere")
        self._obey(bad)
        return self._missed(cell, Why.UPSTREAM_FAILED, bad.reason, str(bad))

    def _obey(self, bad: BadStatus) -> None:
        """Leave the vendor alone for as long as it asks to be."""
        wait_s = TOO_MANY_S if bad.retry_after_s is None and bad.status == _TOO_MANY else bad.retry_after_s
        if wait_s is not None:
            self._breaker.told_to_wait(self._clock(), wait_s)

    def _landed(self, outcome: str) -> None:
        self._breaker.succeeded(self._clock())
        self._count(outcome)

    def _missed(self, cell: Cell, why: Why, reason: str, words: str) -> None:
        self._breaker.failed(self._clock())
        self._memory.missed(cell, why, self._clock())
        self._count(reason)
        self._tell(f"weather {self._vendor.name}: {printable(words)}")

    def _count(self, outcome: str) -> None:
        self._tally.count(COUNTER, vendor=self._vendor.name, outcome=outcome)


async def _ended(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Cancel tasks and wait until they are over."""
    told = tuple(tasks)
    for task in told:
        task.cancel()
    await asyncio.gather(*told, return_exceptions=True)

"""Every door between the rooms, on one page, in the words of the need.

Concrete classes live in `sources`, `authoring`, `render` and `edge`, and are named in `wiring` alone. What answers
here on the open path is total: trouble is a reading with a reason, never an exception.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

from app.engine.calendar import Zone
from app.engine.offers import Offer
from app.engine.opens import Open
from app.engine.readings import Reading, Why
from app.engine.withdrawals import Withdrawal, Withdrawn
from app.recipients.accounts import Account, Erased
from app.recipients.events import Collections, Event, Outcome
from app.recipients.hiding import Hidden, Trace
from app.recipients.person import Payload
from app.recipients.places import Standing
from app.recipients.receipts import Lead
from app.recipients.showings import Mail, Past, Showing

Readings = Mapping[str, Reading]


class Links(Protocol):
    """What the URL says to one placeholder: `param.*`, `open.campaign`, `open.mailing`, `open.channel`."""

    def read(self, opening: Open) -> Readings:
        """The declared parameters, typed, and the opening's own words."""
        ...


class Viewers(Protocol):
    """Who fetches: `device.*`, `open.via`, `open.prefetch`, `open.machine`, `open.certain`."""

    def read(self, opening: Open) -> Readings:
        """The mail client, proxy or machine behind the request."""
        ...


class Places(Protocol):
    """Where the recipient is: `geo.*`."""

    def read(
        self,
        opening: Open,
        /,
        *,
        via: str,
        prefetch: bool,
        machine: bool,
        declared: frozenset[str],
        recipient: Mapping[str, str],
        location_allowed: bool,
    ) -> Readings:
        """The place as far as it may be believed. `declared` are the placeholder's parameters, `recipient` the
        profile's words for a place; where consent does not allow location, everything is unknown.
        """
        ...


class Clocks(Protocol):
    """What time it is for the recipient: `time.*`."""

    def zone_for(self, zone_name: str | None, country: str | None) -> Zone:
        """The recipient's zone as far as it is known, else the site's."""
        ...

    def readings(
        self,
        now: float,
        *,
        zone_name: str | None,
        country: str | None,
        region: str | None,
        latitude: float | None,
        wanted: frozenset[str],
    ) -> Readings:
        """The wanted `time.*` at `now` (epoch seconds) in that zone, or the site's where it is None."""
        ...


class Attribution(Protocol):
    """What the licence of a service wants to be read in the mail."""

    @property
    def text(self) -> str:
        """The words."""
        ...

    @property
    def url(self) -> str:
        """Where they link to."""
        ...

    @property
    def licence(self) -> str:
        """The licence's name."""
        ...

    @property
    def licence_url(self) -> str:
        """Its text."""
        ...


class Weather(Protocol):
    """The weather at a place: `weather.*`, by grid cell and never by person."""

    @property
    def attribution(self) -> Attribution | None:
        """What the vendor's licence wants, if anything."""
        ...

    def remembered(self, latitude: float, longitude: float, now: float) -> Readings | None:
        """What is known without asking anybody; None means it must be fetched."""
        ...

    async def fetch(self, latitude: float, longitude: float, now: float, deadline: float) -> Readings:
        """Ask, for at most `deadline` seconds; what did not come in time reads as unknown."""
        ...

    async def aclose(self) -> None:
        """End what runs in the background."""
        ...


class Memory(Protocol):
    """What an open asks about its recipient, a click about its receipt, and what both leave behind."""

    def at_once(self, mail: Mail) -> Past | None:
        """Everything that is remembered, if it can be told without waiting; None means that it takes `recall`.

        Where the mail is no picture, the person alone is told.
        """
        ...

    async def recall(self, mail: Mail) -> Past:
        """The same in one round trip, of at most 50 ms."""
        ...

    async def lead(self, recipient: str, among: Sequence[Mail | Hidden]) -> Lead | None:
        """What was shown and led where, the first there is; in one round trip, of at most 50 ms.

        None as well where the recipient said no to being measured, and where the store does not answer.
        """
        ...

    def keep(self, shown: Showing | Trace) -> bool:
        """Remember what was shown, after the answer; False where there was no room for it."""
        ...


class Offers(Protocol):
    """The places of offers for the first few. Both wait for at most 50 ms, and say why where there is no telling."""

    async def standing(self, recipient: str, offers: Sequence[Offer]) -> Sequence[Standing] | Why:
        """How it stands with each of these for a recipient; not permitted where they said no to being measured."""
        ...

    async def claim(self, recipient: str, offer: Offer) -> int | Why | None:
        """Take a place, counted from 1, or tell the one they have; None where all of them are others'.

        There are never more than the offer says, whoever asks, in however many processes.
        """
        ...


class Recipients(Protocol):
    """What the sender says about recipients, for the API. On return it is durable and seen by the next open.

    All of them raise StoreTrouble; then nothing was acknowledged, and the same may be sent again.
    """

    async def tell(self, recipient: str, attributes: Payload, consent: Mapping[str, bool]) -> None:
        """Merge attributes and consent, key by key."""
        ...

    async def record(self, events: Sequence[Event], collections: Collections) -> list[Outcome]:
        """Store events, each once; an outcome for each, in their order. Raises Clash where ids are those of other
        events, and has stored none then.
        """
        ...

    async def account(self, recipient: str) -> Account | None:
        """Everything that is kept about somebody; None if that is nothing."""
        ...

    def accounts(self) -> AsyncIterator[tuple[str, Account]]:
        """Every page with what is kept on it, also those without a name."""
        ...

    async def erase(self, recipient: str) -> Erased:
        """Leave no byte about somebody; answers how much there was."""
        ...


class Withdrawals(Protocol):
    """What was recalled, for every server of a store. Both raise StoreTrouble."""

    async def read(self) -> Withdrawn:
        """Everything that is withdrawn."""
        ...

    async def write(self, withdrawn: Iterable[Withdrawal], put_back: Iterable[Withdrawal]) -> None:
        """Withdraw some and put back others, as one change; on return it is durable."""
        ...


class Tally(Protocol):
    """Where things that happened are counted, for `/metrics`."""

    def count(self, name: str, **labels: str) -> None:
        """One more of this."""
        ...


class Picture(Protocol):
    """A finished picture as it is sent."""

    @property
    def body(self) -> bytes:
        """Its bytes."""
        ...

    @property
    def etag(self) -> str:
        """Its strong ETag, quotes included."""
        ...

    @property
    def content_type(self) -> str:
        """Its media type."""
        ...

    @property
    def headers(self) -> tuple[tuple[bytes, bytes], ...]:
        """What describes the bytes: `content-type`, `content-length` and, last, `etag`."""
        ...


class Painter(Protocol):
    """Makes pictures out of designs and words. `design` is opaque to everybody else."""

    def key(
        self, design: Any, fields: Mapping[str, object], captions: Mapping[int, str], *, format: Any, nothing: bool
    ) -> str:
        """The render key: equal keys, equal bytes. Total."""
        ...

    def paint(
        self, design: Any, fields: Mapping[str, object], captions: Mapping[int, str], *, format: Any, nothing: bool
    ) -> bytes:
        """The bytes; raises NotPainted."""
        ...

    def asset_paths(self, design: Any, fields: Mapping[str, object], captions: Mapping[int, str]) -> tuple[str, ...]:
        """The paths of the assets that are painted, below `assets/`. Total."""
        ...

    def short(
        self, design: Any, fields: Mapping[str, object], captions: Mapping[int, str], *, format: Any, nothing: bool
    ) -> bool:
        """Whether painting it is so short that it is not worth a thread. Total."""
        ...

    def proof(self, design: Any, *, nothing: bool) -> tuple[Any, int]:
        """The design with room for words across its foot, and the layer whose caption they are. Total."""
        ...


class Countdowns(Protocol):
    """Makes countdowns tick. A countdown is opaque to everybody else."""

    def of(self, design: Any, fields: Mapping[str, object], captions: Mapping[int, str]) -> Any:
        """The countdown of a picture that may tick, None where nothing does. Total."""
        ...

    def picture(self, ticking: Any, key: str, now: float) -> Picture | None:
        """Its GIF for an open at that instant, of the still picture of that render key; None if it must be compiled."""
        ...

    def missing(self, ticking: Any, now: float) -> str | None:
        """The name of what must be compiled for that instant, None where it is not worth it."""
        ...

    def make(self, ticking: Any, now: float, *, lasting: bool = False) -> None:
        """Compile it, where it is `lasting` for the next start as well; raises NotPainted, or ValueError where it
        cannot tick.
        """
        ...


class Tiles(Protocol):
    """Pieces of a map of the world (Web Mercator), as files of pictures."""

    @property
    def credit(self) -> str:
        """What must be read wherever one is shown."""
        ...

    def get(self, zoom: int, x: int, y: int, /) -> bytes | None:
        """The tile, if it is in memory; one that is not is asked for, for later. Never waits."""
        ...


class Pictures(Protocol):
    """Finished pictures by render key, bounded by bytes."""

    @property
    def get(self) -> Callable[[str], Picture | None]:
        """The picture of a key, or None."""
        ...

    def put(self, key: str, body: bytes, *, format: Any) -> Picture:
        """Keep a picture."""
        ...


class PaintPool(Protocol):
    """Bounded threads that paint, or compile."""

    async def run(
        self,
        job: Callable[[], Any],
        *,
        key: str,
        deadline: float,
        keep: Callable[[Any], object] | None,
        short: bool,
    ) -> Any:
        """The job's result before `deadline` (by the event loop's clock); raises NotPainted. One job a key.

        A `short` one may be done at once, without a thread.
        """
        ...

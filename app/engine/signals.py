"""The vocabulary: every signal with its kind, unit, sentence, purpose and what a cache can key on.

From this one declaration come the JSON Schema, the editor's completion, the table in the docs, the checks of
`onopen check`, the cacheability table and the wording of explanations. The order of the catalogue is the order in
which ties between equally good evidence are broken, so what a CDN can key on stands first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from types import MappingProxyType


class Kind(Enum):
    """What a value is, and so which operators fit and how YAML text becomes an operand."""

    TEXT = "text"
    NAME = "name"  # a text with spellings in several languages
    CHOICE = "choice"  # one of `choices`
    NUMBER = "number"
    BOOLEAN = "boolean"
    CLOCK = "clock"  # local time of day, seconds since local midnight
    DATE = "date"  # a local calendar day, datetime.date
    MOMENT = "moment"  # an instant, seconds since the epoch
    DURATION = "duration"  # seconds
    LIST = "list"  # items of a table


class Purpose(Enum):
    """What consent a signal needs before it may be read."""

    NONE = "none"
    LOCATION = "location"
    BEHAVIOUR = "behaviour"


class Edge(Enum):
    """What a shared cache must key on so that it may hold an answer that rests on the signal."""

    NOBODY = "nothing"  # the same for everybody at that instant
    URL = "the URL"
    PLACE = "the place"
    DEVICE = "the device"
    PERSON = "the recipient"  # nothing a shared cache may key on


@dataclass(frozen=True, slots=True)
class Signal:
    """One word of the vocabulary.

    `runs` marks values that move with the clock by themselves (`time.clock`): operators name the boundary, and a text
    that shows one holds to the end of the minute. `doubtful` marks signals that ordinary mail (proxies, missing
    consent) often leaves unknown, so `check` asks for an `unknown:`; `certain` ones have a value at every open, so
    `check` can tell that rules leave nothing to those below them. `remote` marks what may need a network round.
    `span` are the least and the greatest number there can be, where a definition sets them.
    """

    name: str
    kind: Kind
    sentence: str
    unit: str = ""
    purpose: Purpose = Purpose.NONE
    edge: Edge = Edge.NOBODY
    choices: tuple[str, ...] = ()
    runs: bool = False
    doubtful: bool = False
    certain: bool = False
    remote: bool = False
    span: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All signals of a site in their order: the fixed ones, then those that the site declares itself.

    A set of signals is an integer with one bit a signal, in this order.
    """

    signals: Mapping[str, Signal]
    bits: Mapping[str, int]
    marks: Mapping[str, tuple[int, bool]]
    """By name the bit, and whether the signal runs: what filling a text looks up."""
    kinds: Mapping[str, Kind]
    """By name the kind, of all that a text can say: lists are shown, not said."""

    @classmethod
    def of(cls, signals: Iterable[Signal]) -> Catalogue:
        """A catalogue of these, in this order; a later declaration of the same name replaces the earlier."""
        by_name = {signal.name: signal for signal in signals}
        bits = {name: 1 << position for position, name in enumerate(by_name)}
        marks = {name: (bits[name], signal.runs) for name, signal in by_name.items()}
        kinds = {name: signal.kind for name, signal in by_name.items() if signal.kind is not Kind.LIST}
        return cls(MappingProxyType(by_name), MappingProxyType(bits), MappingProxyType(marks), MappingProxyType(kinds))

    def plus(self, declared: Iterable[Signal]) -> Catalogue:
        """This catalogue with the signals that a site declares (parameters, attributes, splits) behind it."""
        return Catalogue.of((*self.signals.values(), *declared))

    def __getitem__(self, name: str) -> Signal:
        return self.signals[name]

    def __contains__(self, name: object) -> bool:
        return name in self.signals

    def __iter__(self) -> Iterator[str]:
        return iter(self.signals)

    def get(self, name: str) -> Signal | None:
        """The signal of that name, if there is one."""
        return self.signals.get(name)

    def set_of(self, names: Iterable[str]) -> int:
        """These names as a bit set."""
        result = 0
        for name in names:
            result |= self.bits[name]
        return result

    def names_in(self, bits: int) -> tuple[str, ...]:
        """The names of a bit set, in the order of the catalogue."""
        return tuple(name for name, bit in self.bits.items() if bits & bit)


CONDITIONS = (
    "clear",
    "partly_cloudy",
    "cloudy",
    "fog",
    "drizzle",
    "rain",
    "freezing_rain",
    "snow",
    "thunderstorm",
    "hail",
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
SEASONS = ("spring", "summer", "autumn", "winter")
CONTINENTS = ("AF", "AN", "AS", "EU", "NA", "OC", "SA")
DEVICE_CLASSES = ("phone", "tablet", "desktop")
SYSTEMS = ("ios", "android", "windows", "macos", "linux", "chromeos")
VIAS = ("direct", "gmail", "apple-privacy", "yahoo", "outlook-web", "other-proxy")
CHANNELS = ("mail", "web", "push", "messenger")
PLACE_SOURCES = ("param", "recipient", "edge", "ip", "apple")


def _open(name: str, kind: Kind, sentence: str, edge: Edge = Edge.URL, *choices: str, certain: bool = False) -> Signal:
    return Signal(f"open.{name}", kind, sentence, edge=edge, choices=choices, certain=certain)


def _geo(
    name: str, kind: Kind, sentence: str, unit: str = "", *choices: str, span: tuple[float, float] | None = None
) -> Signal:
    return Signal(f"geo.{name}", kind, sentence, unit, Purpose.LOCATION, Edge.PLACE, choices, doubtful=True, span=span)


def _device(name: str, kind: Kind, sentence: str, *choices: str) -> Signal:
    return Signal(f"device.{name}", kind, sentence, edge=Edge.DEVICE, choices=choices, doubtful=True)


def _time(
    name: str,
    kind: Kind,
    sentence: str,
    *choices: str,
    runs: bool = False,
    certain: bool = False,
    span: tuple[float, float] | None = None,
) -> Signal:
    edge = Edge.PLACE
    return Signal(f"time.{name}", kind, sentence, edge=edge, choices=choices, runs=runs, certain=certain, span=span)


def _weather(name: str, kind: Kind, sentence: str, unit: str = "", *choices: str) -> Signal:
    return Signal(
        f"weather.{name}", kind, sentence, unit, Purpose.LOCATION, Edge.PLACE, choices, doubtful=True, remote=True
    )


def _forecast(day: str, when: str) -> tuple[Signal, ...]:
    return (
        _weather(f"{day}.max", Kind.NUMBER, f"Highest temperature {when}.", "°C"),
        _weather(f"{day}.min", Kind.NUMBER, f"Lowest temperature {when}.", "°C"),
        _weather(f"{day}.condition", Kind.CHOICE, f"The weather {when} in one word.", "", *CONDITIONS),
        _weather(f"{day}.precipitation_probability", Kind.NUMBER, f"How likely rain or snow is {when}.", "%"),
    )


GEO = (
    _geo("country", Kind.TEXT, "The country of the open, as an ISO 3166-1 code such as DE."),
    _geo("country_name", Kind.NAME, "The country's name, matched in any language."),
    _geo("region", Kind.TEXT, "The region of the open, as an ISO 3166-2 code such as DE-BY."),
    _geo("city", Kind.NAME, "The city of the open, matched in any language; known up to 50 km."),
    _geo("postal_code", Kind.TEXT, "The postal code of the open."),
    _geo("latitude", Kind.NUMBER, "Degrees north; known up to 50 km.", "°", span=(-90, 90)),
    _geo("longitude", Kind.NUMBER, "Degrees east; known up to 50 km.", "°", span=(-180, 180)),
    _geo("accuracy_km", Kind.NUMBER, "How far off the coordinates may be.", "km"),
    _geo("time_zone", Kind.TEXT, "The time zone of the open, such as Europe/Berlin."),
    _geo("continent", Kind.CHOICE, "The continent of the open, as a two-letter code.", "", *CONTINENTS),
    _geo("source", Kind.CHOICE, "Who told the place.", "", *PLACE_SOURCES),
)
DEVICE = (
    _device("class", Kind.CHOICE, "Phone, tablet or desktop.", *DEVICE_CLASSES),
    _device("os", Kind.CHOICE, "The operating system.", *SYSTEMS),
    _device("os_version", Kind.TEXT, "The operating system's version, such as 17.1."),
    _device("client", Kind.TEXT, "The mail client or browser, such as Outlook or Apple Mail."),
    _device("pixel_ratio", Kind.NUMBER, "Device pixels for one CSS pixel, where the client is certain."),
    _device("animates", Kind.BOOLEAN, "Whether the mail client plays animated GIFs."),
)
OPEN = (
    _open("campaign", Kind.TEXT, "The campaign whose rules decide.", Edge.URL),
    _open("mailing", Kind.TEXT, "The sending platform's own id of the send (m= in the URL).", Edge.URL),
    _open("rule", Kind.TEXT, "The rule that won; only readable in link_params.", Edge.NOBODY),
    _open("language", Kind.TEXT, "The language the recipient reads, from the site's `language:`.", Edge.URL),
    _open("channel", Kind.CHOICE, "Where the picture stands (ch= in the URL).", Edge.URL, *CHANNELS, certain=True),
    _open("via", Kind.CHOICE, "Who fetched the picture: the reader's device or a mail proxy.", Edge.DEVICE, *VIAS),
    _open("prefetch", Kind.BOOLEAN, "Whether it was fetched before anybody looked.", Edge.DEVICE),
    _open("machine", Kind.BOOLEAN, "Whether a scanner or bot fetched it.", Edge.DEVICE),
    _open("certain", Kind.BOOLEAN, "Whether this moment is really the recipient looking.", Edge.DEVICE),
    _open("count", Kind.NUMBER, "How often this mail has been opened before.", Edge.PERSON),
    _open("first_at", Kind.MOMENT, "When this mail was first opened.", Edge.PERSON),
)
TIME = (
    _time("local", Kind.MOMENT, "The instant of the open, in the recipient's zone.", runs=True),
    _time("date", Kind.DATE, "The recipient's calendar day.", certain=True),
    _time("clock", Kind.CLOCK, "The recipient's local time of day.", runs=True),
    _time("hour", Kind.NUMBER, "The recipient's local hour, 0 to 23.", certain=True, span=(0, 23)),
    _time("weekday", Kind.CHOICE, "The recipient's day of the week.", *WEEKDAYS, certain=True),
    _time("daypart", Kind.TEXT, "The site's name for this part of the recipient's day."),
    _time("month", Kind.CHOICE, "The recipient's month.", *MONTHS, certain=True),
    _time("season", Kind.CHOICE, "The season where the recipient is.", *SEASONS, certain=True),
    _time("is_weekend", Kind.BOOLEAN, "Whether it is Saturday or Sunday for the recipient.", certain=True),
    _time("is_holiday", Kind.BOOLEAN, "Whether it is a public holiday where the recipient is."),
)
WEATHER = (
    _weather("condition", Kind.CHOICE, "The weather now in one word.", "", *CONDITIONS),
    _weather("temperature", Kind.NUMBER, "Air temperature now.", "°C"),
    _weather("feels_like", Kind.NUMBER, "Apparent temperature now.", "°C"),
    _weather("wind_speed", Kind.NUMBER, "Wind speed now.", "km/h"),
    _weather("precipitation", Kind.NUMBER, "Rain or snow in the last hour.", "mm"),
    _weather("humidity", Kind.NUMBER, "Relative humidity now.", "%"),
    _weather("is_day", Kind.BOOLEAN, "Whether the sun is up."),
    _weather("uv_index", Kind.NUMBER, "UV index now."),
    _weather("sunrise", Kind.MOMENT, "Today's sunrise."),
    _weather("sunset", Kind.MOMENT, "Today's sunset."),
    _weather("next_rain_in", Kind.DURATION, "How long until the next rain, if any is forecast."),
    _weather("as_of", Kind.MOMENT, "When the weather was observed."),
    *_forecast("today", "today"),
    *_forecast("tomorrow", "tomorrow"),
)
PHASE = Signal("phase", Kind.TEXT, "The campaign's current phase.", edge=Edge.PLACE)

CATALOGUE = Catalogue.of((*GEO, *OPEN[:5], *DEVICE, *OPEN[5:], PHASE, *TIME, *WEATHER))
"""The signals every site has; parameters, attributes and splits are declared by the site itself."""


def param(name: str, kind: Kind, choices: tuple[str, ...] = (), *, certain: bool = False) -> Signal:
    """The signal of a URL parameter that a placeholder declares."""
    return Signal(f"param.{name}", kind, f"The URL parameter {name}.", edge=Edge.URL, choices=choices, certain=certain)


def attribute(name: str, kind: Kind, purpose: Purpose, choices: tuple[str, ...] = ()) -> Signal:
    """The signal of a recipient attribute that the site declares."""
    sentence = f"The recipient's attribute {name}."
    return Signal(f"recipient.{name}", kind, sentence, "", purpose, Edge.PERSON, choices, doubtful=True)


def about_event(
    name: str, kind: Kind, sentence: str, *, purpose: Purpose, choices: tuple[str, ...] = (), runs: bool = False
) -> Signal:
    """A signal of an event that the site declares: of the newest one, or how many there are."""
    return Signal(name, kind, sentence, "", purpose, Edge.PERSON, choices, runs=runs, doubtful=True)


def about_showings(campaign: str, days: int) -> Signal:
    """The signal of how often a campaign was shown to this recipient lately."""
    sentence = f"How often {campaign} was shown within {within(days)}."
    return Signal(f"shown.{campaign}.count_{days}d", Kind.NUMBER, sentence, edge=Edge.PERSON, doubtful=True)


def within(days: int) -> str:
    """A window of days in words."""
    return f"{days} day{'s' * (days > 1)}"


def split(name: str, arms: tuple[str, ...]) -> Signal:
    """The signal of an experiment: the arm this recipient belongs to."""
    sentence = f"The recipient's arm of the experiment {name}."
    return Signal(f"split.{name}", Kind.CHOICE, sentence, "", Purpose.NONE, Edge.PERSON, arms, doubtful=True)


def among_first(rule: str, most: int) -> Signal:
    """The signal of a rule for the first few: whether this recipient has one of its places, or can have one."""
    sentence = f"Whether the recipient is, or can still be, one of the first {most:,} to whom {rule} is shown."
    return Signal(f"offer.{rule}", Kind.BOOLEAN, sentence, edge=Edge.PERSON, doubtful=True)


def collected(name: str, purpose: Purpose) -> Signal:
    """What somebody has in a collection, from which lists pick; rules do not read it itself."""
    return Signal(name, Kind.LIST, f"What is in the collection {name}.", "", purpose, Edge.PERSON, doubtful=True)


def listed(name: str, personal: Purpose | None = None) -> dict[str, Signal]:
    """The signals of a list that a campaign picks: its items, and what is counted before the cut.

    One of somebody's collection is `personal`, which names the consent that reading it needs.
    """
    whose = Signal(f"list.{name}", Kind.LIST, f"The items of the list {name}.")
    if personal is not None:
        whose = replace(whose, purpose=personal, edge=Edge.PERSON, doubtful=True)
    numbers = {"count": "How many there are, before the cut.", "total": "What they cost together, before the cut."}
    counted = (
        replace(whose, name=f"{whose.name}.{word}", kind=Kind.NUMBER, sentence=sentence)
        for word, sentence in numbers.items()
    )
    return {one.name: one for one in (whose, *counted)}

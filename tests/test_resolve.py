"""The hinge: who is asked at all, when somebody must wait, and that what is remembered is never wrong."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app import wiring
from app.authoring.compiled import CompiledSite
from app.authoring.library import check
from app.engine.decision import Decision
from app.engine.opens import Open
from app.engine.readings import Reading, Rung, Why, unknown
from app.engine.signals import WEATHER
from app.ports import Memory, Readings
from app.recalling import Recalling
from app.recipients.person import Person
from app.recipients.showings import Mail, Past, Showing
from app.resolve import Resolver, Unsettled
from app.served import Served
from app.settings import Settings
from app.surroundings import Sources
from app.truths import FOR_S, Truths
from app.world import World, world_of
from tests.support.server import ANDROID, GMAIL, IPHONE, OUTLOOK
from tests.support.sites import PLACEHOLDER, ROOT, write_site

NOON = datetime(2026, 11, 24, 11, tzinfo=UTC).timestamp()
PLACE = {
    "geo.country": "DE", "geo.region": "DE-HH", "geo.city": "Hamburg", "geo.latitude": 53.55, "geo.longitude": 10.0,
    "geo.time_zone": "Europe/Berlin", "geo.source": "ip",
}  # fmt: skip


@dataclass
class Asked:
    """Who was asked for what."""

    viewers: int = 0
    places: int = 0
    clocks: int = 0
    weather: list[tuple[float, float, float]] = field(default_factory=list)


@dataclass
class Everybody:
    """Honest stand-ins for viewers, places, clocks and weather that count; `sky` is None where it must be fetched."""

    asked: Asked
    site: CompiledSite
    sky: Readings | None = None
    fetched: Readings = field(default_factory=dict)
    located: bool = True
    place: Mapping[str, Any] = field(default_factory=lambda: PLACE)
    attribution: None = None

    def viewer(self) -> Viewers:
        return Viewers(self)

    def read(self, opening: Open, *, location_allowed: bool, **_: Any) -> Readings:
        self.asked.places += 1
        if not (self.located and location_allowed):
            why = Why.HIDDEN_BY_PROXY if location_allowed else Why.NOT_PERMITTED
            return {name: unknown(name, why, as_of=opening.now) for name in PLACE}
        return {name: Reading(name, value, opening.now, source="test") for name, value in self.place.items()}

    def zone_for(self, zone_name: str | None, country: str | None) -> Any:
        return self.site.clocks.zone_for(zone_name, country)

    def readings(self, now: float, **given: Any) -> Readings:
        self.asked.clocks += 1
        return self.site.clocks.readings(now, **given)

    def remembered(self, latitude: float, longitude: float, now: float) -> Readings | None:
        return self.sky

    async def fetch(self, latitude: float, longitude: float, now: float, deadline: float) -> Readings:
        self.asked.weather.append((latitude, longitude, deadline))
        return self.fetched

    async def aclose(self) -> None:
        """Nothing is open."""


class Viewers:
    """Recognises nobody."""

    def __init__(self, everybody: Everybody) -> None:
        self._everybody = everybody

    def read(self, opening: Open) -> Readings:
        self._everybody.asked.viewers += 1
        values = {"open.via": "direct", "open.prefetch": False, "open.machine": False, "device.os": "ios"}
        return {name: Reading(name, value, opening.now) for name, value in values.items()}


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """What a process has only once."""
    made = world_of(Settings())
    yield made
    made.pool.close()


@pytest.fixture(scope="module")
def site(world: World, tmp_path_factory: pytest.TempPathFactory) -> CompiledSite:
    """The site whose placeholders read one kind of signal each."""
    return compiled(world, write_site(tmp_path_factory.mktemp("site")))


def compiled(world: World, folder: Path) -> CompiledSite:
    checked = check(folder, wiring.toolbox(world), wiring.preflight(world, folder))
    assert checked.good, checked.problems.render()
    return checked.site


def served(site: CompiledSite, name: str) -> Served:
    placeholder = site.placeholders[name]
    return wiring.served(site, placeholder, next(iter(placeholder.campaigns.values())).ruleset)


def resolver(
    site: CompiledSite, everybody: Everybody, *, memory: Memory | None = None, timer: Callable[[], float] = lambda: NOON
) -> Resolver:
    sources = Sources(
        viewers=everybody.viewer(),
        places=everybody,
        clocks=everybody,
        weather=everybody,
        zone=site.zone,
        languages=site.document.languages,
        language=site.document.language,
        truths=Truths(timer),
        recalling=Recalling(memory),
    )
    return Resolver(sources, lambda: NOON)


def sky(condition: str) -> Mapping[str, Reading]:
    """A whole table of weather, as a source hands it out."""
    table = {signal.name: unknown(signal.name, Why.NOT_OFFERED, as_of=NOON) for signal in WEATHER}
    return {**table, "weather.condition": Reading("weather.condition", condition, NOON, NOON + 600, "test")}


# Who is asked --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("steady", Asked()),
        ("greet", Asked()),
        ("shared", Asked()),
        ("alone", Asked()),
        ("device", Asked(viewers=1)),
        ("place", Asked(viewers=1, places=1)),
        ("sky", Asked(viewers=1, places=1)),
    ],
)
def test_a_signal_that_no_rule_reads_is_never_resolved(site: CompiledSite, name: str, expected: Asked) -> None:
    everybody = Everybody(Asked(), site, sky=sky("rain"))
    answer = resolver(site, everybody).decide_now(served(site, name), Open(name, NOON))
    assert isinstance(answer, Decision)
    assert everybody.asked == expected


def test_remembered_weather_is_an_answer_without_waiting(site: CompiledSite) -> None:
    answer = resolver(site, Everybody(Asked(), site, sky=sky("rain"))).decide_now(
        served(site, "sky"), Open("sky", NOON)
    )
    assert isinstance(answer, Decision)
    assert (answer.rule, answer.until, answer.rung) == ("wet", NOON + 600, Rung.LIVE)


async def test_what_is_pending_is_fetched_once_with_the_time_there_is(site: CompiledSite) -> None:
    everybody = Everybody(Asked(), site, fetched=sky("clear"))
    hinge, one = resolver(site, everybody), served(site, "sky")
    unsettled = hinge.decide_now(one, Open("sky", NOON))
    assert isinstance(unsettled, Unsettled)
    assert unsettled.pending.wants == {"weather.condition"}
    answer, facts = await hinge.decide(one, Open("sky", NOON), unsettled.facts, unsettled.pending, 0.25)
    assert answer.rule == "sunny"
    assert everybody.asked.weather == [(53.55, 10.0, 0.25)]
    assert facts.readings["weather.condition"].value == "clear"


async def test_what_does_not_come_is_unknown_for_a_few_seconds(site: CompiledSite) -> None:
    hinge, one = resolver(site, Everybody(Asked(), site)), served(site, "sky")
    unsettled = hinge.decide_now(one, Open("sky", NOON))
    assert isinstance(unsettled, Unsettled)
    answer, _ = await hinge.decide(one, Open("sky", NOON), unsettled.facts, unsettled.pending, 0.25)
    assert (answer.rule, answer.rung) == ("unknown", Rung.UNKNOWN)
    assert NOON < answer.until <= NOON + 5
    assert [reading.why_unknown for reading in answer.readings] == [Why.UPSTREAM_LATE]


async def test_without_time_nobody_is_asked(site: CompiledSite) -> None:
    everybody = Everybody(Asked(), site, fetched=sky("clear"))
    hinge, one = resolver(site, everybody), served(site, "sky")
    unsettled = hinge.decide_now(one, Open("sky", NOON))
    assert isinstance(unsettled, Unsettled)
    answer, _ = await hinge.decide(one, Open("sky", NOON), unsettled.facts, unsettled.pending, 0.0)
    assert (answer.rule, everybody.asked.weather) == ("unknown", [])


def test_where_there_is_no_place_there_is_no_weather_to_wait_for(site: CompiledSite) -> None:
    everybody = Everybody(Asked(), site, located=False)
    answer = resolver(site, everybody).decide_now(served(site, "sky"), Open("sky", NOON))
    assert isinstance(answer, Decision)
    assert (answer.rule, answer.rung) == ("unknown", Rung.LIVE)
    assert answer.readings[0].why_unknown is Why.HIDDEN_BY_PROXY


def test_a_pinned_reading_wins_over_every_source(site: CompiledSite) -> None:
    pins = {
        "weather.condition": Reading("weather.condition", "snow", NOON, source="pinned"),
        "geo.city": Reading("geo.city", "München", NOON, source="pinned"),
    }
    hinge = resolver(site, Everybody(Asked(), site, sky=sky("rain")))
    for name, rule in (("sky", "white"), ("place", "munich")):
        answer = hinge.decide_now(served(site, name), Open(name, NOON, pinned=pins))
        assert isinstance(answer, Decision)
        assert answer.rule == rule
        again = hinge.decide_now(served(site, name), Open(name, NOON))
        assert isinstance(again, Decision)
        assert again.rule != rule


# What recipients have a say in ---------------------------------------------------------------------------------------


@dataclass
class Page:
    """A memory of one recipient; where it is `far`, it takes a round trip."""

    past: Past
    far: bool = False
    asked: list[str] = field(default_factory=list)

    def at_once(self, mail: Mail) -> Past | None:
        self.asked.append(mail.recipient)
        return None if self.far else self.past

    async def recall(self, mail: Mail) -> Past:
        self.asked.append(f"far {mail.recipient}")
        return self.past

    def keep(self, showing: Showing) -> bool:
        return True


@pytest.fixture(scope="module")
def careful(world: World, tmp_path_factory: pytest.TempPathFactory) -> CompiledSite:
    """The same site where recipients are asked before they are located."""
    folder = write_site(tmp_path_factory.mktemp("careful"))
    rules = folder / "rules" / "site.yaml"
    rules.write_text(rules.read_text("utf-8").replace("location: not_needed", "location: asked"), "utf-8")
    (folder / "rules" / "hours.yaml").write_text(HOURS, "utf-8")
    (folder / "placeholders" / "hours.yaml").write_text(PLACEHOLDER, "utf-8")
    return compiled(world, folder)


HOURS = "placeholder: hours\nrules: [{name: noon, when: {time.hour: 12}, show: nothing}]\notherwise: {}\n"
YES, NO = Person(consent={"location": True}), Person(consent={"location": False})


@pytest.mark.parametrize("far", [False, True])
@pytest.mark.parametrize(("person", "rule"), [(YES, "wet"), (NO, "unknown"), (None, "unknown")])
async def test_the_recipient_is_asked_about_once_and_before_the_weather(
    careful: CompiledSite, far: bool, person: Person | None, rule: str
) -> None:
    everybody, page = Everybody(Asked(), careful, fetched=sky("rain")), Page(Past(person, None), far)
    hinge, one, opening = (
        resolver(careful, everybody, memory=page),
        served(careful, "sky"),
        Open("sky", NOON, recipient="r"),
    )
    answer = hinge.decide_now(one, opening)
    if isinstance(answer, Unsettled):
        answer, _ = await hinge.decide(one, opening, answer.facts, answer.pending, 1.0)
    assert (answer.rule, answer.rung) == (rule, Rung.LIVE)
    assert page.asked == (["r", "far r"] if far else ["r"])
    assert len(everybody.asked.weather) == (rule == "wet")


@pytest.mark.parametrize(("name", "recipient"), [("greet", "r"), ("device", "r"), ("sky", "")])
def test_nobody_is_asked_about_where_no_place_is_read_or_no_recipient_named(
    careful: CompiledSite, name: str, recipient: str
) -> None:
    page = Page(Past(YES, None))
    hinge = resolver(careful, Everybody(Asked(), careful, sky=sky("rain")), memory=page)
    answer = hinge.decide_now(served(careful, name), Open(name, NOON, recipient=recipient))
    assert isinstance(answer, Decision)
    assert page.asked == []
    assert name != "sky" or answer.readings[0].why_unknown is Why.NOT_PERMITTED


@pytest.mark.parametrize("name", ["sky", "place", "hours"])
def test_while_the_store_is_silent_the_place_is_unknown_for_a_moment(careful: CompiledSite, name: str) -> None:
    hinge = resolver(careful, Everybody(Asked(), careful), memory=Page(Past(None, None, Why.STORE_SILENT)))
    answer = hinge.decide_now(served(careful, name), Open(name, NOON, recipient="r"))
    assert isinstance(answer, Decision)
    assert (answer.rung, answer.until) == (Rung.UNKNOWN, NOON + 5)
    assert answer.rule == ("noon" if name == "hours" else "unknown")


def test_who_is_vouched_for_may_say_something_about_themselves(careful: CompiledSite) -> None:
    hinge = resolver(careful, Everybody(Asked(), careful), memory=Page(Past(None, None)))
    assert hinge.believes(Open("sky", NOON, recipient="4711", vouched=True))
    assert not hinge.believes(Open("sky", NOON, recipient="4711"))
    assert not hinge.believes(Open("sky", NOON, vouched=True))


# One mail, one truth -------------------------------------------------------------------------------------------------


def shown(hinge: Resolver, site: CompiledSite, name: str, now: float, recipient: str, mailing: str = "newyear") -> str:
    opening = Open(name, now, mailing=mailing, recipient=recipient)
    answer = hinge.decide_now(served(site, name), opening)
    assert isinstance(answer, Decision)
    return answer.rule


def test_the_pictures_of_a_mail_agree_on_the_weather_of_the_first(site: CompiledSite) -> None:
    everybody = Everybody(Asked(), site, sky=sky("rain"))
    hinge = resolver(site, everybody)
    assert shown(hinge, site, "sky", NOON, "ada") == "wet"
    everybody.sky = sky("clear")
    assert shown(hinge, site, "sky", NOON + 1, "ada") == "wet"
    assert shown(hinge, site, "sky", NOON + 1, "ben") == "sunny"
    assert shown(hinge, site, "sky", NOON + 1, "ada", "advent") == "sunny"
    assert shown(hinge, site, "sky", NOON + 1, "") == "sunny", "without a recipient there is no mail"


async def test_weather_that_had_to_be_fetched_is_that_of_the_others_too(site: CompiledSite) -> None:
    everybody = Everybody(Asked(), site, fetched=sky("rain"))
    hinge, one, opening = resolver(site, everybody), served(site, "sky"), Open("sky", NOON, mailing="m", recipient="r")
    unsettled = hinge.decide_now(one, opening)
    assert isinstance(unsettled, Unsettled)
    await hinge.decide(one, opening, unsettled.facts, unsettled.pending, 1.0)
    everybody.sky = sky("clear")
    assert shown(hinge, site, "sky", NOON + 1, "r", "m") == "wet"


def test_they_agree_on_the_place_that_the_network_told_and_on_no_other(site: CompiledSite) -> None:
    everybody = Everybody(Asked(), site)
    hinge = resolver(site, everybody)
    everybody.place = {**PLACE, "geo.city": "München"}
    assert shown(hinge, site, "place", NOON, "ada") == "munich"
    everybody.place = PLACE
    assert shown(hinge, site, "place", NOON + 1, "ada") == "munich"
    everybody.place = {**PLACE, "geo.source": "param"}
    assert shown(hinge, site, "place", NOON + 2, "ada") != "munich"
    everybody.located = False
    assert shown(hinge, site, "place", NOON + 3, "ada") == "unknown", "what is hidden now is not told"


def test_they_agree_on_the_hour_but_for_some_minutes_only(careful: CompiledSite) -> None:
    time = [NOON + 3570]
    hinge = resolver(careful, Everybody(Asked(), careful), memory=Page(Past(YES, None)), timer=lambda: time[0])
    assert shown(hinge, careful, "hours", time[0], "ada") == "noon"
    time[0] += 60
    assert shown(hinge, careful, "hours", time[0], "ada") == "noon"
    assert shown(hinge, careful, "hours", time[0], "ben") == "otherwise"
    time[0] += FOR_S
    assert shown(hinge, careful, "hours", time[0], "ada") == "otherwise"


# What is remembered is never wrong -----------------------------------------------------------------------------------


def openings(name: str, seed: int, count: int) -> Iterator[Open]:
    """Openings as they come: other people, places, devices and languages, mostly later, sometimes much later."""
    chance, now = random.Random(seed), NOON
    for number in range(count):
        now += chance.choice((0.0, 0.1, 1.0, 30.0, 600.0, 3700.0, 40_000.0, -0.5))
        params = {
            "lang": chance.choice(("de", "en", "fr", "tlh")),
            "first_name": chance.choice(("Ada", "Bob", "", f"Cem{number}")),
            "name": chance.choice(("Ada", "")),
            "city": chance.choice(("", "", "Hamburg", "München", "Zürich", "Kyoto", "Nowhere")),
        }
        yield Open(
            name,
            now,
            recipient=f"r{chance.randrange(3)}",
            params={key: value for key, value in params.items() if value},
            address=chance.choice((None, "194.25.0.68", "8.8.8.8", "80.110.1.1")),
            user_agent=chance.choice((IPHONE, ANDROID, OUTLOOK, GMAIL, "", f"Odd/{number % 7}")),
        )


@pytest.mark.parametrize("where", ["demo", "probe"])
def test_an_answer_from_memory_is_the_answer(world: World, site: CompiledSite, where: str) -> None:
    chosen = site if where == "probe" else compiled(world, ROOT)
    warm = wiring.resolver(world, chosen, time.time)
    for name in chosen.placeholders:
        kept = served(chosen, name)
        for opening in openings(name, seed=len(name), count=150):
            remembered = warm.decide_now(kept, opening)
            fresh, _ = wiring.resolver(world, chosen, time.time).decide_anew(served(chosen, name), opening)
            assert isinstance(remembered, Decision)
            assert isinstance(fresh, Decision)
            assert told(remembered) == told(fresh)
            assert opening.now < remembered.until
            assert remembered.until <= fresh.until


def told(decision: Decision) -> tuple[Any, ...]:
    """Everything that is said to the recipient or to a cache, but for the instants."""
    return (
        decision.campaign, decision.rule, decision.fields, decision.captions, decision.link, decision.alt,
        decision.nothing, decision.rung, decision.reads,
    )  # fmt: skip

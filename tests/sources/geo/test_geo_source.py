"""Where an open is: whom `geo.*` believes before whom, for how long, and why it says nothing where it does not know."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from app.engine.opens import Open
from app.engine.readings import FOREVER, Name, Why
from app.engine.signals import GEO, VIAS
from app.sources.geo.address import AddressBook
from app.sources.geo.apple import read_egress
from app.sources.geo.declared import PROFILE_WORDS
from app.sources.geo.postcodes import Postcodes
from app.sources.geo.source import ORDER, GeoSource
from app.sources.geo.swap import Swapped
from tests.sources.geo.world import CITIES, COUNTRIES, FIXTURES, NOW, PLACE_WORDS, World
from tests.support.city_files import MUNICH, SOMEWHERE_IN_AMERICA


def test_what_rests_on_the_request_alone_holds_for_ever(world: World) -> None:
    assert {reading.until for reading in world.readings(MUNICH).values()} == {FOREVER}
    assert {reading.as_of for reading in world.readings(MUNICH).values()} == {NOW}


def test_every_signal_is_answered_in_the_order_of_the_catalogue(world: World) -> None:
    for address in (MUNICH, SOMEWHERE_IN_AMERICA, None):
        assert list(world.readings(address)) == [signal.name for signal in GEO]


def test_names_are_equal_in_any_language(world: World) -> None:
    values = world.values(MUNICH)
    city, country = values["city"], values["country_name"]
    assert isinstance(city, Name)
    assert {"münchen", "munich", "monaco di baviera", "muenchen", "munchen", "мюнхен", "monachium"} <= city.keys
    assert isinstance(country, Name)
    assert {"germany", "allemagne"} <= country.keys


def test_names_are_shown_in_the_site_s_language(tmp_path: Path) -> None:
    values = World(tmp_path, language="en").values(MUNICH)
    assert (values["city"], values["country_name"]) == ("Munich", "Germany")


def test_without_consent_nothing_is_known_whoever_knows_it(world: World) -> None:
    whys = world.whys(MUNICH, params={"city": "Ulm"}, place={"country": "DE"}, location_allowed=False)
    assert whys == {Why.NOT_PERMITTED}
    assert world.values(MUNICH)["city"] == "München"


def test_a_place_wins_as_a_whole_and_is_never_mixed(world: World) -> None:
    readings = world.readings(MUNICH, params={"city": "Hamburg"})
    assert readings["geo.postal_code"].why_unknown is Why.NOT_IN_URL


@pytest.mark.parametrize(
    ("order", "city"),
    [(ORDER, "Ulm"), (("ip", "param"), "München"), (("edge", "ip"), "Köln"), (("recipient", "ip", "edge"), "München")],
)
def test_sources_are_asked_in_the_site_s_order(tmp_path: Path, order: Sequence[str], city: str) -> None:
    world = World(tmp_path, order=order)
    values = world.values(MUNICH, params={"city": "Ulm"}, place={"country": "DE", "city": "Cologne"})
    assert values["city"] == city


def test_a_country_alone_gives_way_to_a_place_in_it(world: World) -> None:
    assert world.values(MUNICH, place={"country": "DE"})["city"] == "München"
    assert world.values(MUNICH, params={"country": "DE"})["city"] == "München"
    elsewhere = world.values(MUNICH, params={"country": "AT"})
    assert (elsewhere["country"], elsewhere["source"]) == ("AT", "param")
    assert "city" not in elsewhere


def test_an_answer_is_kept_for_a_minute_and_then_dated_anew(world: World) -> None:
    first = world.readings(MUNICH)
    assert world.readings(MUNICH, now=NOW + 59) is first
    later = world.readings(MUNICH, now=NOW + 61)
    assert later["geo.city"].as_of == NOW + 61
    assert world.readings(MUNICH, now=NOW)["geo.city"].as_of == NOW, "an earlier instant never sees a later reading"


def test_files_report_name_and_age(tmp_path: Path) -> None:
    files = World(tmp_path, apple=True, postcodes=True).source.files
    assert [file.name for file in files] == ["city_file", "apple_egress_file", "postcode_file"]
    assert all(file.as_of and file.as_of > 1_700_000_000 for file in files)


words = st.text(max_size=120) | st.sampled_from(
    ["DE", "München", "48.1", "11.5", "nan", "1e999", "-0", "XX", "Europe/Berlin"]
)


FUZZED = GeoSource(
    addresses=AddressBook(egress=Swapped("apple", FIXTURES / "egress-ip-ranges.csv", read_egress)),
    cities=CITIES,
    countries=COUNTRIES,
    postcodes=Swapped("postcodes", FIXTURES / "postcodes.csv", Postcodes),
    home="DE",
)
for file in FUZZED.files:
    file.refresh()


@given(
    address=st.none() | st.text(max_size=60) | st.ip_addresses().map(str),
    via=st.sampled_from(VIAS) | st.text(max_size=10),
    params=st.dictionaries(st.sampled_from(sorted(PLACE_WORDS)), words),
    place=st.dictionaries(st.sampled_from([*sorted(PLACE_WORDS), "region", "time_zone", "continent"]), words),
    recipient=st.none() | st.dictionaries(st.sampled_from(PROFILE_WORDS), words),
    flags=st.tuples(st.booleans(), st.booleans(), st.booleans()),
)
def test_no_request_breaks_it_and_every_value_is_of_its_kind(
    *,
    address: str | None,
    via: str,
    params: dict[str, str],
    place: dict[str, str],
    recipient: dict[str, str] | None,
    flags: tuple[bool, bool, bool],
) -> None:
    opened = Open("hero", NOW, address=address, params=params, place=place)
    readings = FUZZED.read(
        opened,
        via=via,
        prefetch=flags[0],
        machine=flags[1],
        location_allowed=flags[2],
        declared=PLACE_WORDS,
        recipient=recipient,
    )
    assert list(readings) == [signal.name for signal in GEO]
    for name, reading in readings.items():
        kind = float if name in {"geo.latitude", "geo.longitude", "geo.accuracy_km"} else str
        assert isinstance(reading.value, kind) if reading.known else reading.why_unknown is not None

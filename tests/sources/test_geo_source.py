"""Where an open is: whom `geo.*` believes, how far, and why it says nothing where it does not know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from app.engine.opens import Open
from app.engine.readings import FOREVER, Name, Reading, Why
from app.engine.signals import GEO, VIAS
from app.sources.geo.address import AddressBook
from app.sources.geo.apple import read_egress
from app.sources.geo.cities import Cities
from app.sources.geo.city_file import CityFile
from app.sources.geo.country import Countries
from app.sources.geo.declared import PROFILE_WORDS
from app.sources.geo.postcodes import Postcodes
from app.sources.geo.source import ORDER, GeoSource
from app.sources.geo.swap import Swapped
from tests.support.city_files import (
    HAMBURG,
    HAMBURG_RECORD,
    MUNICH,
    SOMEWHERE_IN_AMERICA,
    SOMEWHERE_IN_BAVARIA,
    write_city_file,
)

FIXTURES = Path(__file__).parent.parent / "fixtures" / "geo"
NOW = 1_795_000_000.0
RELAY_IN_BAVARIA = "172.224.226.1"
GOOGLE, MICROSOFT = "66.249.84.1", "40.107.218.12"
TELEKOM = "217.0.0.1"  # a German provider, known to the table in the wheel
CITIES, COUNTRIES = Cities(), Countries()
PLACE_WORDS = frozenset({"city", "country", "postal_code", "latitude", "longitude"})


class World:
    """A site with a City file, and the ways an open reaches it."""

    def __init__(
        self, folder: Path, *, apple: bool = False, postcodes: bool = False, city: bool = True, **site: Any
    ) -> None:
        self.path = write_city_file(folder / "city.mmdb")
        city_file = Swapped("city_file", self.path, CityFile) if city else None
        egress = Swapped("apple_egress_file", FIXTURES / "egress-ip-ranges.csv", read_egress) if apple else None
        self.source = GeoSource(
            addresses=AddressBook(city_file=city_file, egress=egress),
            cities=CITIES,
            countries=COUNTRIES,
            postcodes=Swapped("postcode_file", FIXTURES / "postcodes.csv", Postcodes) if postcodes else None,
            **{"home": "DE", "language": "de", **site},
        )
        for file in self.source.files:
            file.refresh()

    def readings(
        self,
        address: str | None = None,
        *,
        via: str = "direct",
        prefetch: bool = False,
        machine: bool = False,
        now: float = NOW,
        params: Mapping[str, str] | None = None,
        place: Mapping[str, str] | None = None,
        declared: frozenset[str] = PLACE_WORDS,
        **read: Any,
    ) -> Mapping[str, Reading]:
        opened = Open("hero", now, address=address, params=params or {}, place=place or {})
        return self.source.read(opened, via=via, prefetch=prefetch, machine=machine, declared=declared, **read)

    def values(self, address: str | None = None, **how: Any) -> dict[str, Any]:
        readings = self.readings(address, **how)
        return {name.removeprefix("geo."): reading.value for name, reading in readings.items() if reading.known}

    def whys(self, address: str | None = None, **how: Any) -> set[Why | None]:
        return {reading.why_unknown for reading in self.readings(address, **how).values() if not reading.known}


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_an_address_of_munich_is_munich(world: World) -> None:
    assert world.values(MUNICH) == {
        "country": "DE",
        "country_name": "Deutschland",
        "region": "DE-BY",
        "city": "München",
        "postal_code": "80331",
        "latitude": 48.137,
        "longitude": 11.575,
        "accuracy_km": 10.0,
        "time_zone": "Europe/Berlin",
        "continent": "EU",
        "source": "ip",
    }


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


@pytest.mark.parametrize("via", ["gmail", "yahoo", "other-proxy", "apple-privacy"])
def test_behind_a_mail_proxy_neither_address_nor_cdn_tell_a_place(world: World, via: str) -> None:
    hints = {"country": "US", "city": "Mountain View"}
    assert world.values(MUNICH, via=via, place=hints) == {}
    assert world.whys(MUNICH, via=via, place=hints) == {Why.HIDDEN_BY_PROXY}


@pytest.mark.parametrize("how", [{"prefetch": True}, {"machine": True}])
def test_what_nobody_looked_at_has_no_place(world: World, how: dict[str, bool]) -> None:
    assert world.whys(MUNICH, place={"country": "DE", "city": "Ulm"}, **how) == {Why.PREFETCHED}
    assert world.values(MUNICH, params={"city": "Ulm"}, **how)["city"] == "Ulm", "the template still knows"


@pytest.mark.parametrize("address", [GOOGLE, MICROSOFT, "17.58.0.1"])
def test_an_address_of_a_mail_provider_is_not_the_reader_s(world: World, address: str) -> None:
    for via in ("direct", "outlook-web"):
        assert world.whys(address, via=via) == {Why.HIDDEN_BY_PROXY}


def test_outlook_on_the_web_that_loads_from_the_reader_s_address_is_believed(world: World) -> None:
    assert world.values(MUNICH, via="outlook-web")["city"] == "München"


def test_apple_s_privacy_fetch_has_the_region_of_apple_s_list_and_no_more(tmp_path: Path) -> None:
    world = World(tmp_path, apple=True)
    assert world.values(RELAY_IN_BAVARIA, via="apple-privacy") == {
        "country": "DE",
        "country_name": "Deutschland",
        "region": "DE-BY",
        "time_zone": "Europe/Berlin",
        "continent": "EU",
        "source": "apple",
    }
    assert world.whys(RELAY_IN_BAVARIA, via="apple-privacy") == {Why.TOO_COARSE}
    assert world.whys(MUNICH, via="apple-privacy") == {Why.HIDDEN_BY_PROXY}


def test_a_person_behind_private_relay_is_where_apple_s_list_says(tmp_path: Path) -> None:
    values = World(tmp_path, apple=True).values(RELAY_IN_BAVARIA, place={"country": "DE", "city": "Nürnberg"})
    assert (values["region"], values["source"]) == ("DE-BY", "apple")
    assert "city" not in values


def test_with_apple_s_list_other_addresses_of_its_hosts_are_ordinary_ones(tmp_path: Path) -> None:
    assert World(tmp_path, apple=True).whys("104.28.1.1") == {Why.NOT_LOCATED}


def test_with_apple_s_list_it_can_be_told_whose_an_address_is_not(tmp_path: Path) -> None:
    egress = Swapped("apple_egress_file", FIXTURES / "egress-ip-ranges.csv", read_egress)
    book = AddressBook(egress=egress)
    assert book.apples(RELAY_IN_BAVARIA) is None  # nothing is read yet
    egress.refresh()
    assert [book.apples(address) for address in (RELAY_IN_BAVARIA, MUNICH, None, "x")] == [True, False, None, None]


def test_the_address_of_somebody_unknown_is_nobody_s_place(tmp_path: Path) -> None:
    world = World(tmp_path, apple=True)
    assert world.whys(MUNICH, via="", place={"country": "DE", "city": "Nürnberg"}) == {Why.HIDDEN_BY_PROXY}


def test_a_coarse_address_is_only_as_good_as_its_accuracy(world: World) -> None:
    bavaria, america = world.values(SOMEWHERE_IN_BAVARIA), world.values(SOMEWHERE_IN_AMERICA)
    assert set(bavaria) == {"country", "country_name", "region", "accuracy_km", "time_zone", "continent", "source"}
    assert set(america) == {"country", "country_name", "accuracy_km", "continent", "source"}
    assert world.whys(SOMEWHERE_IN_AMERICA) == {Why.TOO_COARSE}


def test_a_country_with_one_clock_has_its_zone_whatever_the_accuracy(tmp_path: Path) -> None:
    assert World(tmp_path, city=False).values(TELEKOM)["time_zone"] == "Europe/Berlin"


def test_without_a_city_file_the_country_is_known(tmp_path: Path) -> None:
    values = World(tmp_path, city=False).values(TELEKOM)
    assert (values["country"], values["continent"], values["source"]) == ("DE", "EU", "ip")
    assert "city" not in values


@pytest.mark.parametrize("address", [None, "", "10.0.0.1", "::1", "garbage", "1.2.3.4:80", "\ud800", "fe80::1%eth0"])
def test_no_address_private_ones_and_garbage_are_not_located(tmp_path: Path, address: str | None) -> None:
    for city in (True, False):
        assert World(tmp_path, city=city).whys(address) == {Why.NOT_LOCATED}


def test_without_consent_nothing_is_known_whoever_knows_it(world: World) -> None:
    whys = world.whys(MUNICH, params={"city": "Ulm"}, place={"country": "DE"}, location_allowed=False)
    assert whys == {Why.NOT_PERMITTED}
    assert world.values(MUNICH)["city"] == "München"


def test_the_template_s_city_is_looked_up_and_filled_in(world: World) -> None:
    assert world.values(MUNICH, params={"city": "hamburg"}) == {
        "country": "DE",
        "country_name": "Deutschland",
        "region": "DE-HH",
        "city": "Hamburg",
        "latitude": pytest.approx(53.55, abs=0.1),
        "longitude": pytest.approx(10.0, abs=0.1),
        "accuracy_km": 10.0,
        "time_zone": "Europe/Berlin",
        "continent": "EU",
        "source": "param",
    }


def test_the_template_s_word_counts_behind_a_proxy_too(world: World) -> None:
    assert world.values(GOOGLE, via="gmail", params={"city": "Wien"})["region"] == "AT-9"


def test_a_city_is_shown_as_the_template_wrote_it(world: World) -> None:
    shown = [world.values(params={"city": written})["city"] for written in ("Munich", "MÜNCHEN", "muenchen")]
    assert shown == ["Munich", "München", "München"]


def test_only_declared_parameters_are_looked_at(world: World) -> None:
    assert world.values(MUNICH, params={"city": "Hamburg"}, declared=frozenset({"lang"}))["city"] == "München"
    assert world.values(MUNICH, params={"city": "Hamburg"}, declared=frozenset())["city"] == "München"


def test_a_place_wins_as_a_whole_and_is_never_mixed(world: World) -> None:
    readings = world.readings(MUNICH, params={"city": "Hamburg"})
    assert readings["geo.postal_code"].why_unknown is Why.NOT_IN_URL


def test_a_namesake_is_looked_for_in_the_declared_country_then_in_the_site_s(tmp_path: Path) -> None:
    world = World(tmp_path, home="AT")
    assert world.values(params={"city": "Paris", "country": "us"})["region"] == "US-TX"
    assert world.values(params={"city": "Freistadt"})["country"] == "AT"
    assert world.values(params={"city": "Hamburg"})["country"] == "DE"


@pytest.mark.parametrize(
    "params",
    [
        {"city": ""},
        {"city": "Entenhausen"},
        {"city": "x" * 5_000},
        {"country": "Absurdistan"},
        {"latitude": "48.1"},
        {"latitude": "91", "longitude": "11"},
        {"latitude": "0", "longitude": "0"},
        {"postal_code": "'; DROP TABLE"},
        {"postal_code": "keine"},
    ],
)
def test_garbage_in_the_url_is_as_if_it_were_not_there(world: World, params: dict[str, str]) -> None:
    assert world.values(MUNICH, params=params)["source"] == "ip"


def test_coordinates_tell_country_and_zone(world: World) -> None:
    values = world.values(params={"latitude": "40,71", "longitude": "-74.01"})
    assert (values["country"], values["time_zone"], values["accuracy_km"]) == ("US", "America/New_York", 1.0)
    assert (values["latitude"], values["longitude"]) == (40.71, -74.01)


def test_coordinates_at_sea_have_a_zone_and_no_country(world: World) -> None:
    values = world.values(params={"latitude": "0", "longitude": "-30"})
    assert values["time_zone"] == "Etc/GMT+2"
    assert "country" not in values


def test_coordinates_choose_among_namesakes_and_overrule_a_city_far_away(world: World) -> None:
    oder = world.values(params={"city": "Frankfurt", "latitude": "52.34", "longitude": "14.55"})
    assert oder["region"] == "DE-BB"
    munich = world.values(params={"city": "Hamburg", "latitude": "48.14", "longitude": "11.58"})
    assert (munich["country"], munich["latitude"]) == ("DE", 48.14)
    assert "city" not in munich


def test_coordinates_overrule_a_country_they_do_not_lie_in(world: World) -> None:
    munich = world.values(params={"country": "FR", "latitude": "48.14", "longitude": "11.58"})
    assert (munich["country"], munich["time_zone"]) == ("DE", "Europe/Berlin")
    both = world.values(params={"country": "FR", "city": "München", "latitude": "48.14", "longitude": "11.58"})
    assert (both["country"], both["city"]) == ("DE", "München")


@pytest.mark.parametrize(
    ("country", "latitude", "longitude"),
    [
        ("DE", "48.575", "7.80"),  # the bridge from Kehl to Strasbourg
        ("AT", "47.82", "13.0"),  # Salzburg, seen from Freilassing
        ("VN", "21.03", "105.85"),  # Hanoi, whose zone is Bangkok's
        ("DE", "54.5", "7.0"),  # at sea
        ("US", "21.3", "-157.86"),
    ],
)
def test_a_country_at_its_own_border_or_shore_is_believed(
    world: World, country: str, latitude: str, longitude: str
) -> None:
    values = world.values(params={"country": country, "latitude": latitude, "longitude": longitude})
    assert values["country"] == country


def test_a_postal_code_of_another_place_is_not_mixed_in(tmp_path: Path) -> None:
    world = World(tmp_path, postcodes=True)
    hamburg = world.values(params={"postal_code": "01067", "city": "Hamburg", "country": "DE"})
    assert (hamburg["city"], hamburg["region"]) == ("Hamburg", "DE-HH")
    assert "postal_code" not in hamburg
    munich = world.values(params={"postal_code": "01067", "latitude": "48.14", "longitude": "11.58"})
    assert (munich["latitude"], munich["country"]) == (48.14, "DE")
    assert not {"postal_code", "region", "city"} & set(munich)


def test_a_postal_code_is_looked_up_in_the_operator_s_table(tmp_path: Path) -> None:
    values = World(tmp_path, postcodes=True).values(params={"postal_code": "01067"})
    assert (values["city"], values["region"], values["accuracy_km"]) == ("Dresden", "DE-SN", 5.0)
    assert values["postal_code"] == "01067"


def test_without_a_table_a_postal_code_is_only_itself(world: World) -> None:
    assert world.values(params={"postal_code": "01067"}) == {"postal_code": "01067", "source": "param"}
    assert world.values(params={"postal_code": "01067", "country": "DE"})["country"] == "DE"


def test_a_profile_is_asked_after_the_url(world: World) -> None:
    profile = {"city": "Köln"}
    assert world.values(MUNICH, recipient=profile)["source"] == "recipient"
    assert world.values(MUNICH, recipient=profile, params={"city": "Ulm"})["city"] == "Ulm"
    assert world.values(MUNICH, recipient={"tier": "gold"})["city"] == "München"


@pytest.mark.parametrize(
    ("profile", "country", "region", "zone"),
    [
        ({"region": "de-by"}, "DE", "DE-BY", "Europe/Berlin"),
        ({"time_zone": "Europe/Vienna"}, "AT", None, "Europe/Vienna"),
        ({"time_zone": "America/Denver", "region": "US-CO"}, "US", "US-CO", "America/Denver"),
        ({"city": "Hamburg", "region": "DE-BY", "time_zone": "Asia/Tokyo"}, "DE", "DE-HH", "Europe/Berlin"),
        ({"country": "AT", "region": "DE-BY"}, "AT", None, "Europe/Vienna"),
        ({"region": "XX-1", "time_zone": "Mars/Olympus"}, None, None, None),
    ],
)
def test_a_profile_may_tell_region_and_zone_too(
    world: World, profile: Mapping[str, str], country: str | None, region: str | None, zone: str | None
) -> None:
    values = world.values(recipient=profile)
    assert [values.get(name) for name in ("country", "region", "time_zone")] == [country, region, zone]
    assert values.get("source") == ("recipient" if country else None)


@pytest.mark.parametrize(
    ("order", "city"),
    [(ORDER, "Ulm"), (("ip", "param"), "München"), (("edge", "ip"), "Köln"), (("recipient", "ip", "edge"), "München")],
)
def test_sources_are_asked_in_the_site_s_order(tmp_path: Path, order: Sequence[str], city: str) -> None:
    world = World(tmp_path, order=order)
    values = world.values(MUNICH, params={"city": "Ulm"}, place={"country": "DE", "city": "Cologne"})
    assert values["city"] == city


def test_what_a_trusted_cdn_says_is_put_into_our_words(world: World) -> None:
    hints = {
        "country": "de",
        "region": "by",
        "city": "Nuremberg",
        "latitude": "49.45",
        "longitude": "11.08",
        "postal_code": "90402",
        "time_zone": "Europe/Berlin",
    }
    values = world.values(HAMBURG, place=hints)
    assert (values["region"], values["city"], values["postal_code"]) == ("DE-BY", "Nürnberg", "90402")
    assert (values["accuracy_km"], values["source"]) == (25.0, "edge")
    assert "nuremberg" in values["city"].keys


def test_a_cdn_that_names_only_the_city_is_completed_from_the_table(world: World) -> None:
    values = world.values(place={"country": "DE", "city": "München"})
    assert (values["region"], values["latitude"]) == ("DE-BY", pytest.approx(48.14, abs=0.05))


@pytest.mark.parametrize(
    ("said", "region"), [("DE-BY", "DE-BY"), ("Bavaria", None), ("AT-9", None), ("BY", "DE-BY"), ("", None)]
)
def test_a_cdn_s_region_is_an_iso_code_or_nothing(world: World, said: str, region: str | None) -> None:
    assert world.values(place={"country": "DE", "region": said}).get("region") == region


@pytest.mark.parametrize("country", ["XX", "T1", "", "EU", "Germany"])
def test_a_country_that_is_none_is_unknown(world: World, country: str) -> None:
    assert world.values(MUNICH, place={"country": country, "city": "Ulm"})["source"] == "ip"
    assert world.whys(None, place={"country": country}) == {Why.NOT_LOCATED}


def test_coordinates_of_a_cdn_without_a_city_are_a_centroid(world: World) -> None:
    values = world.values(
        place={"country": "US", "latitude": "37.7", "longitude": "-97.8", "time_zone": "America/Chicago"}
    )
    assert "latitude" not in values
    assert "time_zone" not in values


@pytest.mark.parametrize("zone", ["localtime", "Europe/Atlantis", "../../etc/passwd", "+01:00"])
def test_a_zone_that_does_not_exist_is_not_believed(world: World, zone: str) -> None:
    assert (
        world.values(place={"country": "US", "region": "CO", "city": "Denver", "time_zone": zone})["time_zone"]
        == "America/Denver"
    )


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


def test_a_replaced_city_file_is_seen_at_once_after_a_refresh(world: World) -> None:
    assert world.values(MUNICH)["city"] == "München"
    write_city_file(world.path, {"203.0.113.0/24": HAMBURG_RECORD})
    assert world.source.files[0].refresh()
    assert world.values(MUNICH)["city"] == "Hamburg"


def test_a_broken_city_file_at_the_start_leaves_the_country_table(tmp_path: Path) -> None:
    world = World(tmp_path)
    path = tmp_path / "broken.mmdb"
    path.write_bytes(b"no database")
    source = GeoSource(
        addresses=AddressBook(city_file=Swapped("city_file", path, CityFile)), cities=CITIES, countries=COUNTRIES
    )
    world.source = source
    assert not source.files[0].refresh()
    assert world.values(TELEKOM)["country"] == "DE"
    assert "broken.mmdb" in source.files[0].problem


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

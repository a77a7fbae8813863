"""An address as a place: what it tells, behind whom it tells nothing, and how far it is believed."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.engine.readings import Why
from app.sources.geo.address import AddressBook
from app.sources.geo.apple import read_egress
from app.sources.geo.city_file import CityFile
from app.sources.geo.source import GeoSource
from app.sources.geo.swap import Swapped
from tests.sources.geo.world import CITIES, COUNTRIES, FIXTURES, GOOGLE, MICROSOFT, RELAY_IN_BAVARIA, TELEKOM, World
from tests.support.city_files import HAMBURG_RECORD, MUNICH, SOMEWHERE_IN_AMERICA, SOMEWHERE_IN_BAVARIA, write_city_file


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

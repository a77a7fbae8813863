"""A place that somebody declares: the template in the URL, or the recipient's profile."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.sources.geo.world import GOOGLE, World
from tests.support.city_files import MUNICH


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

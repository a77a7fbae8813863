"""A place that a trusted CDN tells: in our words, completed from the tables, or not believed."""

from __future__ import annotations

import pytest

from app.engine.readings import Why
from tests.sources.geo.world import World
from tests.support.city_files import HAMBURG, MUNICH


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

"""The tables of cities and countries in the wheel."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from app.engine.calendar import find_zone
from app.engine.geodesy import distance_km
from app.sources.geo import cities as module
from app.sources.geo.cities import Cities
from app.sources.geo.country import Countries

CITIES = Cities()
COUNTRIES = Countries()


@pytest.mark.parametrize(
    ("name", "home_name", "region"),
    [
        ("München", "München", "DE-BY"),
        ("MUENCHEN", "München", "DE-BY"),
        ("munchen", "München", "DE-BY"),
        ("Munich", "München", "DE-BY"),
        ("Monaco di Baviera", "München", "DE-BY"),
        ("Мюнхен", "München", "DE-BY"),
        ("慕尼黑", "München", "DE-BY"),
        ("Wien", "Wien", "AT-9"),
        ("Vienna", "Wien", "AT-9"),
        ("Genf", "Genève", "CH-GE"),
        ("Koeln", "Köln", "DE-NW"),
        ("Cologne", "Köln", "DE-NW"),
        ("Halle/Saale", "Halle (Saale)", "DE-ST"),
        ("Halle (Saale)", "Halle (Saale)", "DE-ST"),
        ("Frankfurt", "Frankfurt am Main", "DE-HE"),
        ("Frankfurt a. M.", "Frankfurt am Main", "DE-HE"),
        ("Frankfurt (Oder)", "Frankfurt (Oder)", "DE-BB"),
        ("Mülheim an der Ruhr", "Mülheim", "DE-NW"),
        ("St. Gallen", "Sankt Gallen", "CH-SG"),
        ("Weisswasser", "Weißwasser", "DE-SN"),
        ("Berlin, Deutschland", "Berlin", "DE-BE"),
        ("Łódź", "Łódź", "PL-10"),
        ("l'aquila", "L'Aquila", "IT-65"),
    ],
)
def test_a_city_is_found_by_its_name_in_any_language_and_spelling(name: str, home_name: str, region: str) -> None:
    city = CITIES.find(name)
    assert city is not None
    assert (city.name, city.region) == (home_name, region)


def test_of_namesakes_the_one_with_most_people_is_meant_unless_the_country_is_known() -> None:
    paris, texas = CITIES.find("Paris"), CITIES.find("Paris", country="US")
    assert paris is not None
    assert texas is not None
    assert (paris.country, texas.country, texas.region) == ("FR", "US", "US-TX")
    assert CITIES.find("Paris", country="DE") is None


def test_a_city_s_own_name_counts_more_than_what_a_larger_city_is_also_called() -> None:
    islamabad, geneva = CITIES.find("Islamabad"), CITIES.find("Geneva")
    assert islamabad is not None
    assert geneva is not None
    assert (islamabad.country, geneva.country) == ("PK", "CH")


def test_of_namesakes_the_nearest_is_meant_where_coordinates_are_known() -> None:
    oder = CITIES.find("Frankfurt", country="DE", near=(52.3, 14.5))
    assert oder is not None
    assert oder.name == "Frankfurt (Oder)"


def test_every_german_speaking_town_of_the_table_is_found_by_its_own_name() -> None:
    for name in ("Greifswald", "Lübben", "Calau", "Meißen", "Ibbenbüren", "Dußlingen", "Freiburg", "Biel", "Bregenz"):
        city = CITIES.find(name)
        assert city is not None, name
        assert city.country in {"DE", "AT", "CH"}, name


@pytest.mark.parametrize(
    "name", ["", " ", "Entenhausen", "{{ city }}", "x" * 10_000, "|", "\n", "\0", "\ud800", "a|b\nc"]
)
def test_what_is_no_city_is_none(name: str) -> None:
    assert CITIES.find(name) is None


@given(st.text(max_size=90))
def test_no_text_breaks_the_table(name: str) -> None:
    city = CITIES.find(name, country="DE", near=(50.0, 10.0))
    assert city is None or city.country == "DE"


def test_the_table_is_small_enough_for_the_wheel() -> None:
    assert module.TABLE.stat().st_size < 1_500_000


def test_the_table_lies_beside_the_code_that_reads_it() -> None:
    assert module.TABLE.parent.parent == Path(module.__file__).parent


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("de", "DE"),
        ("DEU", "DE"),
        ("Deutschland", "DE"),
        ("allemagne", "DE"),
        ("Германия", "DE"),
        ("USA", "US"),
        ("UK", "GB"),
        (" Schweiz ", "CH"),
    ],
)
def test_a_country_is_found_by_code_or_name(text: str, code: str) -> None:
    country = COUNTRIES.find(text)
    assert country is not None
    assert country.code == code


@pytest.mark.parametrize("code", ["XX", "T1", "EU", "", "D", "ZZ", "de"])
def test_codes_of_no_country_are_none(code: str) -> None:
    assert COUNTRIES.get(code) is None


def test_a_country_s_name_is_shown_in_one_language_and_equal_in_all() -> None:
    germany = COUNTRIES.get("DE")
    assert germany is not None
    name = germany.name("de")
    assert name == "Deutschland"
    assert {"germany", "allemagne", "niemcy", "ドイツ", "deutschland"} <= name.keys
    assert germany.name("tlh") == "Germany"


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("DE", "Europe/Berlin"),
        ("AT", "Europe/Vienna"),
        ("CH", "Europe/Zurich"),
        ("GB", "Europe/London"),
        ("AR", "America/Argentina/Buenos_Aires"),
        ("US", None),
        ("ES", None),
        ("PT", None),
        ("RU", None),
    ],
)
def test_only_a_country_whose_clocks_all_read_the_same_has_a_zone(code: str, zone: str | None) -> None:
    country = COUNTRIES.get(code)
    assert country is not None
    assert country.zone == zone


def test_every_zone_of_the_table_exists() -> None:
    zones = [
        zone for code in ("DE", "US", "AR", "XK", "RU") if (country := COUNTRIES.get(code)) for zone in country.zones
    ]
    assert zones
    assert all(find_zone(zone) for zone in zones)


def test_a_zone_names_its_country() -> None:
    denver = COUNTRIES.of_zone("America/Denver")
    assert denver is not None
    assert denver.code == "US"
    assert COUNTRIES.of_zone("Etc/GMT+2") is None


def test_the_half_of_the_globe_is_where_most_people_live() -> None:
    assert [code for code in ("DE", "AU", "ZA", "BR", "NG", "AQ") if (c := COUNTRIES.get(code)) and c.southern] == [
        "AU",
        "ZA",
        "BR",
        "AQ",
    ]


def test_distances_are_those_of_the_globe() -> None:
    assert distance_km(48.137, 11.575, 53.55, 10.0) == pytest.approx(612, abs=3)
    assert distance_km(0, 179.5, 0, -179.5) == pytest.approx(111.2, abs=0.5)
    assert distance_km(90, 0, -90, 77) == pytest.approx(20_015, abs=1)
    assert distance_km(10, 20, 10, 20) == 0

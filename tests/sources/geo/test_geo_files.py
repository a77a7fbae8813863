"""The operator's files: City file, Apple's list, postal codes; read, judged, replaced while opens go on."""

from __future__ import annotations

import os
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from app.sources.geo.apple import Exit, read_egress
from app.sources.geo.city_file import CityFile, place_of
from app.sources.geo.networks import mail_networks
from app.sources.geo.place import Place, coordinates
from app.sources.geo.postcodes import Postcodes
from app.sources.geo.ranges import AddressRanges, address_number, network_ends, plain_address
from app.sources.geo.swap import Swapped
from tests.support.city_files import (
    HAMBURG_RECORD,
    MUNICH,
    MUNICH_RECORD,
    SOMEWHERE_IN_AMERICA,
    SOMEWHERE_IN_BAVARIA,
    VIENNA_V6,
    record,
    write_city_file,
)

FIXTURES = Path(__file__).parents[2] / "fixtures" / "geo"


@pytest.fixture
def city_file(tmp_path: Path) -> Path:
    return write_city_file(tmp_path / "city.mmdb")


def number(address: str) -> int:
    found = address_number(address)
    assert found is not None
    return found


def test_an_address_is_known_to_the_city_where_it_is_accurate(city_file: Path) -> None:
    assert CityFile(city_file).find(MUNICH, "de") == Place(
        "ip",
        country="DE",
        region="DE-BY",
        city="München",
        city_names=("München", "Munich", "Monaco di Baviera"),
        postal_code="80331",
        latitude=48.137,
        longitude=11.575,
        accuracy_km=10.0,
        time_zone="Europe/Berlin",
    )


def test_up_to_200_km_the_region_is_known_and_beyond_the_country_alone(city_file: Path) -> None:
    reader = CityFile(city_file)
    assert reader.find(SOMEWHERE_IN_BAVARIA, "de") == Place(
        "ip", country="DE", region="DE-BY", accuracy_km=100.0, time_zone="Europe/Berlin"
    )
    assert reader.find(SOMEWHERE_IN_AMERICA, "de") == Place("ip", country="US", accuracy_km=1000.0)


def test_ipv6_is_known_too(city_file: Path) -> None:
    vienna = CityFile(city_file).find(VIENNA_V6, "en")
    assert vienna is not None
    assert vienna.city == "Vienna"


def test_ipv4_written_as_ipv6_is_the_same_address() -> None:
    assert plain_address("::ffff:192.0.2.1") == plain_address("::FFFF:c000:201") == plain_address("192.0.2.1")
    assert plain_address("2001:db8::1") == "2001:db8::1"
    assert number("::ffff:192.0.2.1") == number("192.0.2.1")


@pytest.mark.parametrize(
    "address", ["8.8.4.4", "", "no address", "1.2.3.4:80", "fe80::1%eth0", "1.2.3.4\0", "\ud800", "٣.1.1.1"]
)
def test_an_address_that_the_file_does_not_know_has_no_place(city_file: Path, address: str) -> None:
    assert CityFile(city_file).find(address, "de") is None


def test_a_city_is_shown_in_the_language_asked_for_else_in_english() -> None:
    portuguese = record("DE", city={"en": "Munich", "pt-BR": "Munique"}, radius=5)
    assert [place.city for tag in ("pt", "nl", "en") if (place := place_of(portuguese, tag))] == [
        "Munique",
        "Munich",
        "Munich",
    ]


def test_a_file_that_states_no_accuracy_is_believed_to_the_city_only_where_it_names_one() -> None:
    with_city, without = (
        place_of(record("DE", city={"en": "Ulm"}, at=(48.4, 10.0)), "en"),
        place_of(record("DE", at=(51.0, 9.0)), "en"),
    )
    assert with_city is not None
    assert without is not None
    assert (with_city.latitude, with_city.accuracy_km) == (48.4, 25.0)
    assert without.only_country


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"country": "DE"},
        {"country": {"iso_code": 7}},
        {"country": {"iso_code": "DE"}, "city": ["Ulm"], "location": "here", "subdivisions": {"0": 1}, "postal": 89073},
        {"country": {"iso_code": "DE"}, "location": {"latitude": "x", "longitude": None, "accuracy_radius": "near"}},
        {"country": {"iso_code": "DE"}, "city": {"names": {"de": None}}, "subdivisions": [7]},
    ],
)
def test_records_of_another_shape_are_read_as_far_as_they_go(content: dict[str, object]) -> None:
    place = place_of(content, "de")
    assert place is None or place.only_country


@pytest.mark.parametrize("keep", [0, 10, 500, -1, -40])
def test_a_truncated_file_is_refused(city_file: Path, tmp_path: Path, keep: int) -> None:
    broken = tmp_path / "broken.mmdb"
    broken.write_bytes(city_file.read_bytes()[:keep])
    with pytest.raises(ValueError, match="not a sound MaxMind database"):
        CityFile(broken)


def test_a_corrupt_file_is_refused(city_file: Path, tmp_path: Path) -> None:
    content = bytearray(city_file.read_bytes())
    tree_end = content.index(b"\0" * 16)
    content[tree_end + 16 : tree_end + 216] = b"\xff" * 200
    broken = tmp_path / "broken.mmdb"
    broken.write_bytes(content)
    with pytest.raises(ValueError, match="not a sound MaxMind database"):
        CityFile(broken)


def test_a_database_of_something_else_is_refused(tmp_path: Path) -> None:
    asn = write_city_file(tmp_path / "asn.mmdb", {"192.0.2.0/24": {"autonomous_system_number": 64496}}, kind="Test-ASN")
    with pytest.raises(ValueError, match=r"Test-ASN.*City file is needed"):
        CityFile(asn)


def test_a_replaced_file_is_read_at_the_next_refresh(tmp_path: Path) -> None:
    path = write_city_file(tmp_path / "city.mmdb", {"203.0.113.0/24": MUNICH_RECORD})
    file = Swapped("city_file", path, CityFile)
    assert file.refresh()
    assert not file.refresh(), "nothing changed"
    assert city_of(file) == "München"
    write_city_file(path, {"203.0.113.0/24": HAMBURG_RECORD})
    assert city_of(file) == "München"
    assert file.refresh()
    assert city_of(file) == "Hamburg"
    assert file.as_of is not None
    assert file.as_of > 1_700_000_000


def city_of(file: Swapped[CityFile]) -> str | None:
    assert file.current is not None
    place = file.current.find(MUNICH, "de")
    return place.city if place else None


def test_a_broken_new_file_keeps_the_old_one_and_says_what_is_wrong(tmp_path: Path) -> None:
    path = write_city_file(tmp_path / "city.mmdb")
    file = Swapped("city_file", path, CityFile)
    file.refresh()
    new = tmp_path / "new"
    new.write_bytes(path.read_bytes()[:-50])
    new.replace(path)
    assert not file.refresh()
    assert str(path) in file.problem
    assert city_of(file) == "München"
    write_city_file(path)
    assert file.refresh()
    assert file.problem == ""


def test_a_file_truncated_or_overwritten_in_place_does_not_disturb_its_readers(tmp_path: Path) -> None:
    path = write_city_file(tmp_path / "city.mmdb")
    file = Swapped("city_file", path, CityFile)
    file.refresh()
    os.truncate(path, 100)
    assert city_of(file) == "München"
    path.write_bytes(b"\xff" * 5_000)
    assert city_of(file) == "München"
    assert not file.refresh()
    path.unlink()
    assert not file.refresh()
    assert "No such file" in file.problem
    assert city_of(file) == "München"


def test_a_missing_file_is_a_problem_until_it_is_there(tmp_path: Path) -> None:
    path = tmp_path / "city.mmdb"
    file = Swapped("city_file", path, CityFile)
    assert not file.refresh()
    assert file.current is None
    assert file.as_of is None
    write_city_file(path)
    assert file.refresh()


@dataclass(frozen=True)
class Leaf:
    as_of: float


def test_a_file_replaced_while_it_is_read_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("1")

    def read(at: Path) -> Leaf:
        text = at.read_text()
        if text == "1":
            at.write_text("22")
        return Leaf(float(text))

    file = Swapped("file", path, read)
    assert not file.refresh()
    assert file.refresh()
    assert file.as_of == 22.0


def test_apple_s_list_gives_region_and_country_and_no_city() -> None:
    egress = read_egress(FIXTURES / "egress-ip-ranges.csv")
    assert egress.get(number("172.224.226.3")) == Exit("DE", "DE-BY")
    assert egress.get(number("172.224.227.200")) == Exit("CH", None)
    assert egress.get(number("2a02:26f7:c9c8:4001::7")) == Exit("DE", "DE-BE")
    assert egress.get(number("172.224.226.8")) is None


def test_apple_s_own_codes_of_british_regions_become_iso_codes() -> None:
    assert read_egress(FIXTURES / "egress-ip-ranges.csv").get(number("172.224.224.40")) == Exit("GB", "GB-ENG")


def test_neighbours_of_one_region_become_one_block() -> None:
    assert len(read_egress(FIXTURES / "egress-ip-ranges.csv")) == 5


@pytest.mark.parametrize(
    "text", ["", "<html><body>blocked</body></html>\n" * 9, "one\ntwo\nthree\n1.2.3.0/24,DE,DE-BY,Munich,\n"]
)
def test_what_is_not_apple_s_list_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "egress.csv"
    path.write_text(text)
    with pytest.raises(ValueError, match=r"egress-ip-ranges\.csv"):
        read_egress(path)


networks = st.builds(
    lambda address, bits: ip_network((address & ((1 << 32) - 1), bits), strict=False),
    st.integers(0, (1 << 16) - 1).map(lambda low: (10 << 24) | low),
    st.integers(16, 32),
)


@given(st.lists(networks, max_size=12, unique=True), st.integers(0, (1 << 16) - 1))
def test_of_nested_blocks_the_innermost_speaks(blocks: list[object], low: int) -> None:
    address = ip_address((10 << 24) | low)
    holding = [block for block in blocks if address in block]  # type: ignore[operator]
    innermost = max(holding, key=lambda block: block.prefixlen, default=None)  # type: ignore[attr-defined]
    ranges = AddressRanges([(*network_ends(str(block)), str(block)) for block in blocks])
    assert ranges.get(number(str(address))) == (str(innermost) if innermost else None)


@pytest.mark.parametrize(
    "text", ["", "1.2.3.4", "1.2.3.4/33", "1.2.3/8", "::/129", "1.2.3.4/-1", "1.2.3.4/+8", "x/8", "1.2.3.4/ 8"]
)
def test_what_is_no_network_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="write it like"):
        network_ends(text)


def test_networks_of_mail_providers_are_known() -> None:
    networks = mail_networks()
    said = {
        address: networks.get(number(address))
        for address in ("66.249.84.1", "40.107.218.12", "17.58.0.1", "217.0.0.1", "2001:4998::1")
    }
    assert said == {
        "66.249.84.1": "google",
        "40.107.218.12": "microsoft",
        "17.58.0.1": "apple",
        "217.0.0.1": None,
        "2001:4998::1": "yahoo",
    }


def test_a_postal_code_is_looked_up_in_its_country() -> None:
    table = Postcodes(FIXTURES / "postcodes.csv")
    vienna = table.find("1010", country="AT", home="DE")
    assert vienna is not None
    assert (vienna.city, vienna.region) == ("Wien", "AT-9")
    assert table.find("1010", country="DE", home="AT") is None


def test_a_postal_code_of_two_countries_is_that_of_the_site_s_or_of_none() -> None:
    table = Postcodes(FIXTURES / "postcodes.csv")
    at_home = table.find("1010", country=None, home="LU")
    assert at_home is not None
    assert at_home.country == "LU"
    assert table.find("1010", country=None, home="DE") is None
    alone = table.find("8001", country=None, home="DE")
    assert alone is not None
    assert alone.country == "CH"


def test_postal_codes_are_compared_without_blanks_case_and_keep_their_zeros() -> None:
    table = Postcodes(FIXTURES / "postcodes.csv")
    dresden = table.find("01067", country=None, home="DE")
    assert table.find("1012ab", country="NL", home=None) is not None
    assert dresden is not None
    assert dresden.region == "DE-SN"


def test_a_table_from_a_german_spreadsheet_is_read_too() -> None:
    munich = Postcodes(FIXTURES / "postcodes_semicolons.csv").find("80331", country="DE", home=None)
    assert munich is not None
    assert (munich.latitude, munich.longitude) == (48.1374, 11.5755)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("DE,80331,München,north,11\n", "line 1: 'north', '11' is no place"),
        ("DE,80331,München,48.1,11.5\nDE,1,Ulm,95,10\n", "line 2: '95', '10' is no place"),
        ("Germany,80331,München,48.1,11.5\n", "line 1: 'Germany' is not a country; write its two letters"),
        ("DE,,München,48.1,11.5\n", "line 1: '' is not a postal code"),
        ("DE\n", "line 1"),
        ("country,zip,city,latitude,longitude\n", "no column 'postal_code'"),
    ],
)
def test_a_mistake_in_the_table_names_line_value_and_remedy(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "postcodes.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message.replace("(", r"\(")):
        Postcodes(path)


def test_a_table_that_is_not_utf8_says_so(tmp_path: Path) -> None:
    path = tmp_path / "postcodes.csv"
    path.write_bytes("DE,80331,München,48.1,11.5\n".encode("latin-1"))
    with pytest.raises(ValueError, match="not UTF-8"):
        Postcodes(path)


@pytest.mark.parametrize(
    ("latitude", "longitude", "place"),
    [
        ("48.1", "11.5", (48.1, 11.5)),
        ("48,1", "11,5", (48.1, 11.5)),
        ("-33.9", "151.2", (-33.9, 151.2)),
        ("0", "0", None),
        ("91", "0", None),
        ("48.1", "181", None),
        ("nan", "11", None),
        ("inf", "11", None),
        ("48.1", "", None),
        ("48.1", None, None),
        ("{{lat}}", "{{lon}}", None),
    ],
)
def test_coordinates_lie_on_the_globe_or_are_none(
    latitude: str, longitude: str | None, place: tuple[float, float] | None
) -> None:
    assert coordinates(latitude, longitude) == place

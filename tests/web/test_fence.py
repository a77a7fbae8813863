"""Whose word counts: client addresses behind proxies, and the place hints of CDNs."""

from ipaddress import ip_network

import pytest
from hypothesis import given, strategies as st

from app.edge.cloudflare import Cloudflare
from app.edge.plain import Plain
from app.web.fence import MAX_FORWARDED, MAX_VALUE, Fence

OURS = [ip_network(network) for network in ("127.0.0.1/32", "10.0.0.0/8", "2001:db8:1::/48")]
PLAIN = Fence(OURS, Plain())
CLOUDFLARE = Fence(OURS, Cloudflare())


def forwarded(*lines: str | bytes) -> list[tuple[bytes, bytes]]:
    return [(b"x-forwarded-for", line if isinstance(line, bytes) else line.encode()) for line in lines]


def address(*lines: str | bytes, peer: str | None = "127.0.0.1") -> str | None:
    return PLAIN.reader(peer, forwarded(*lines))[0]


def test_without_a_proxy_the_peer_is_the_reader():
    assert address(peer="91.64.1.2") == "91.64.1.2"


def test_a_stranger_speaks_for_nobody():
    assert address("8.8.8.8", peer="91.64.1.2") == "91.64.1.2"
    fence = Fence([], Plain())
    assert fence.reader("127.0.0.1", forwarded("8.8.8.8"))[0] == "127.0.0.1"


def test_the_first_address_from_the_right_that_is_not_ours_is_the_reader():
    assert address("91.64.1.2") == "91.64.1.2"
    assert address("91.64.1.2, 10.1.2.3") == "91.64.1.2"
    assert address("91.64.1.2,10.1.2.3, 10.9.9.9 ") == "91.64.1.2"


def test_what_the_reader_wrote_further_left_is_never_looked_at():
    assert address("1.1.1.1, 91.64.1.2, 10.1.2.3") == "91.64.1.2"
    assert address("127.0.0.1, 10.0.0.1, 91.64.1.2") == "91.64.1.2"
    assert address("rubbish, 91.64.1.2") == "91.64.1.2"


def test_several_lines_are_one_list():
    assert address("1.1.1.1", "91.64.1.2", "10.1.2.3") == "91.64.1.2"


def test_where_all_are_ours_the_leftmost_began_it():
    assert address("10.0.0.9, 10.0.0.1") == "10.0.0.9"


@pytest.mark.parametrize(
    ("hop", "spelt"),
    [
        ("91.64.1.2:51234", "91.64.1.2"),
        ("[2003:e5::1]:443", "2003:e5::1"),
        ("[2003:e5::1]", "2003:e5::1"),
        ("2003:00e5:0:0:0:0:0:1", "2003:e5::1"),
        ("::ffff:91.64.1.2", "91.64.1.2"),
        ('"91.64.1.2"', "91.64.1.2"),
        ("\t91.64.1.2 ", "91.64.1.2"),
        ("91.64.1.2,", "91.64.1.2"),
        ("91.64.1.2, , 10.0.0.1", "91.64.1.2"),
    ],
)
def test_addresses_are_read_as_proxies_write_them(hop, spelt):
    assert address(hop) == spelt


@pytest.mark.parametrize(
    "hop",
    [
        "unknown",
        "_hidden",
        "",
        ",",
        "1.2.3",
        "01.02.03.04",
        "fe80::1%eth0",
        "91.64.1.2\0",
        b"\xff\xfe",
        "٣.1.1.1",
        "0x7f000001",
    ],
)
def test_rubbish_is_no_address(hop):
    assert address(hop) is None


def test_a_trusted_peer_that_says_nothing_leaves_the_reader_unknown():
    assert address() is None


def test_the_peer_may_come_as_ipv4_inside_ipv6():
    assert address("91.64.1.2", peer="::ffff:127.0.0.1") == "91.64.1.2"
    assert address("91.64.1.2", peer="2001:db8:1::7") == "91.64.1.2"
    assert address(peer="::ffff:91.64.1.2") == "91.64.1.2"


def test_a_unix_socket_is_trusted_where_any_proxy_is():
    assert address("91.64.1.2", peer=None) == "91.64.1.2"
    assert Fence([], Plain()).reader(None, forwarded("91.64.1.2"))[0] is None


def test_a_peer_without_an_address_of_its_own_is_nobody():
    assert PLAIN.reader("testclient", forwarded("91.64.1.2")) == (None, {})


def test_a_monstrous_header_reads_as_absent():
    assert address("10.0.0.1," * MAX_FORWARDED + "91.64.1.2") is None
    assert address(*["10.0.0.1"] * 500) is None


def cloudflare(peer: str | None = "127.0.0.1", **headers: str | bytes):
    sent = [(name.replace("_", "-").encode(), v if isinstance(v, bytes) else v.encode()) for name, v in headers.items()]
    return CLOUDFLARE.reader(peer, sent)


MUNICH = {
    "cf_connecting_ip": "91.64.1.2",
    "cf_ipcountry": "DE",
    "cf_region_code": "BY",
    "cf_ipcity": "München",
    "cf_iplatitude": "48.13743",
    "cf_iplongitude": "11.57549",
    "cf_postal_code": "80331",
    "cf_timezone": "Europe/Berlin",
    "cf_ipcontinent": "EU",
}


def test_cloudflare_is_heard_from_trusted_peers():
    assert cloudflare(**MUNICH) == (
        "91.64.1.2",
        {
            "country": "DE",
            "region": "DE-BY",
            "city": "München",
            "latitude": "48.13743",
            "longitude": "11.57549",
            "postal_code": "80331",
            "time_zone": "Europe/Berlin",
            "continent": "EU",
        },
    )


def test_cloudflare_is_not_heard_from_strangers():
    assert cloudflare("91.64.9.9", **MUNICH) == ("91.64.9.9", {})


def test_the_plain_dialect_hears_no_place():
    sent = [(name.replace("_", "-").encode(), value.encode()) for name, value in MUNICH.items()]
    assert PLAIN.reader("127.0.0.1", sent) == (None, {})


@pytest.mark.parametrize(
    "city", ["München".encode(), b"M\xfcnchen", b"M%C3%BCnchen", b"M%FCnchen", "MÃ¼nchen".encode()], ids=repr
)
def test_a_city_is_read_in_every_encoding_it_comes_in(city):
    assert cloudflare(cf_ipcountry="DE", cf_ipcity=city)[1]["city"] == "München"


@pytest.mark.parametrize("city", ["São Paulo", "Ålesund", "Łódź", "東京", "Zürich", "Ägypten"])
def test_a_city_that_was_right_stays_as_it_is(city):
    assert cloudflare(cf_ipcity=city)[1]["city"] == city


@pytest.mark.parametrize("country", ["XX", "T1"])
def test_nowhere_is_no_place(country):
    assert cloudflare(**(MUNICH | {"cf_ipcountry": country})) == ("91.64.1.2", {})


@pytest.mark.parametrize(
    ("header", "value", "key"),
    [
        ("cf_ipcountry", "Germany", "country"),
        ("cf_region_code", "Bavaria", "region"),
        ("cf_iplatitude", "91", "latitude"),
        ("cf_iplatitude", "nan", "latitude"),
        ("cf_iplongitude", "1e9", "latitude"),
        ("cf_postal_code", "<script>", "postal_code"),
        ("cf_timezone", "/etc/localtime", "time_zone"),
        ("cf_ipcontinent", "XY", "continent"),
        ("cf_ipcity", "x" * (MAX_VALUE + 1), "city"),
        ("cf_ipcity", b"a\x00b", "city"),
    ],
)
def test_a_hint_that_makes_no_sense_is_left_out(header, value, key):
    place = cloudflare(**(MUNICH | {header: value}))[1]
    assert key not in place
    assert place


def test_the_real_ipv6_counts_before_a_pseudo_ipv4():
    assert cloudflare(cf_connecting_ip="240.0.0.7", cf_connecting_ipv6="2003:e5::1")[0] == "2003:e5::1"


def test_without_cloudflares_own_header_the_forwarding_chain_counts():
    assert cloudflare(x_forwarded_for="91.64.1.2, 10.0.0.1", cf_ipcountry="DE") == ("91.64.1.2", {"country": "DE"})
    assert cloudflare(x_forwarded_for="91.64.1.2", cf_connecting_ip="rubbish")[0] == "91.64.1.2"


def test_a_header_said_twice_is_not_believed():
    twice = [(b"cf-connecting-ip", b"1.1.1.1"), (b"cf-connecting-ip", b"91.64.1.2"), (b"cf-ipcountry", b"DE")]
    assert CLOUDFLARE.reader("127.0.0.1", twice) == (None, {"country": "DE"})


NAMES = [b"x-forwarded-for", *sorted(Cloudflare.heeds), b"host"]


@given(
    st.one_of(st.none(), st.text(max_size=30), st.sampled_from(["127.0.0.1", "::1"])),
    st.lists(st.tuples(st.sampled_from(NAMES), st.binary(max_size=300)), max_size=12),
)
def test_any_request_gets_an_answer(peer, headers):
    reader, place = CLOUDFLARE.reader(peer, headers)
    assert reader is None or "." in reader or ":" in reader
    assert all(isinstance(value, str) and value for value in place.values())

"""Hints from addresses: which provider's network an address lies in."""

from itertools import pairwise

import pytest
import yaml
from hypothesis import given, strategies as st

from app.sources.networks import PROVIDERS, _ranges, hint


@pytest.mark.parametrize(
    ("address", "provider"),
    [
        ("66.249.93.10", "google"),
        ("74.125.0.0", "google"),
        ("74.125.255.255", "google"),
        ("74.126.0.0", None),
        ("2a00:1450:4001:80b::200e", "google"),
        ("40.107.218.12", "microsoft_filter"),
        ("40.104.1.1", "microsoft_exchange"),
        ("52.102.0.1", "microsoft_filter"),
        ("52.98.0.1", "microsoft_exchange"),
        ("17.58.101.1", "apple"),
        ("172.225.10.20", "apple"),
        ("98.139.1.1", "yahoo"),
        ("2001:4998:44:3507::8000", "yahoo"),
        ("188.93.56.7", "mailru"),
        ("::ffff:188.93.56.7", "mailru"),
        ("91.64.1.2", None),
        ("2003:e5::1", None),
        ("", None),
        (None, None),
        ("no address", None),
        ("1.2.3", None),
        ("01.02.03.04", None),
        ("fe80::1%eth0", None),
        ("66.249.93.10\0", None),
    ],
)
def test_an_address_belongs_to_the_provider_whose_range_holds_it(address, provider):
    assert hint(address) == provider


def test_no_two_ranges_overlap():
    for firsts, lasts, _ in _ranges().values():
        for (_, last), (first, _) in pairwise(zip(firsts, lasts, strict=True)):
            assert last < first


def test_all_networks_of_the_shared_table_are_carried_over(shared_data):
    table = yaml.safe_load((shared_data / "networks.yaml").read_text("utf-8"))
    assert {row["id"]: set(row["cidrs"]) for row in table["providers"]} == {
        name: set(networks) for name, networks in PROVIDERS.items()
    }


@given(st.one_of(st.text(max_size=60), st.ip_addresses().map(str)))
def test_any_text_gets_an_answer(text):
    assert hint(text) in (None, *PROVIDERS)

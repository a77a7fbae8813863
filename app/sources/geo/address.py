"""Where an address is: by the operator's City file, by the country table in the wheel, or by Apple's own list.

Most of what it knows is when not to answer. Mail proxies, prefetchers and machines void the place of an address;
Apple's relay is believed by Apple's list alone, and only to the region.
"""

from __future__ import annotations

from typing import Final

from iptocc import country_code

from app.engine.readings import Why
from app.sources.geo.apple import Exit
from app.sources.geo.city_file import CityFile
from app.sources.geo.networks import mail_networks
from app.sources.geo.place import Place
from app.sources.geo.ranges import AddressRanges, address_number, plain_address
from app.sources.geo.swap import Swapped

BLIND: Final = frozenset({"gmail", "yahoo", "other-proxy", ""})
"""Whose address is never the reader's; "" is a stranger, whose address might be anybody's."""
APPLE: Final = "apple-privacy"


class AddressBook:
    """Places addresses. Both files are optional, and replaced while it works."""

    def __init__(
        self, *, city_file: Swapped[CityFile] | None = None, egress: Swapped[AddressRanges[Exit]] | None = None
    ) -> None:
        """`egress` is Apple's list; without it, Apple's privacy fetch has no place."""
        self.files: Final = tuple(file for file in (city_file, egress) if file is not None)
        self._city_file = city_file
        self._egress = egress
        self._networks = mail_networks()

    def judge(self, address: str | None, via: str) -> Place | Why | None:
        """Whether an address, and what a CDN says about it, tells where the reader is: None if it does.

        Else the reason why not, or the region that Apple's list gives for an exit of its relay, through which both
        Apple's privacy fetch and people with Safari's Private Relay come.
        """
        number = address_number(address) if address and via not in BLIND else None
        if number is None:
            return Why.HIDDEN_BY_PROXY if via in BLIND or via == APPLE else None
        ranges = self._egress.current if self._egress is not None else None
        found = ranges.get(number) if ranges is not None else None
        if found is not None:
            return Place("apple", country=found.country, region=found.region)
        provider = self._networks.get(number)
        hidden = via == APPLE or not (provider is None or (provider == "apple" and ranges is not None))
        return Why.HIDDEN_BY_PROXY if hidden else None

    def apples(self, address: str | None) -> bool | None:
        """Whether Apple lets people out at an address; None without Apple's list or an address."""
        ranges = self._egress.current if self._egress is not None else None
        number = address_number(address) if address else None
        return None if ranges is None or number is None else ranges.get(number) is not None

    def place(self, address: str | None, language: str) -> Place | None:
        """Where an address is, its city in `language`: by the City file, or by country without one; None if unknown."""
        if not address or not address.isascii():
            return None
        address = plain_address(address)
        if self._city_file is not None and self._city_file.current is not None:
            return self._city_file.current.find(address, language)
        country = country_code(address)
        return Place("ip", country=country) if country else None

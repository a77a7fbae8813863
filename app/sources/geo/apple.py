"""Apple's own list of where its relay lets people out: the only place an Apple privacy fetch can be believed by.

The file is `egress-ip-ranges.csv` as Apple publishes it: network, country, ISO 3166-2 region, city, nothing. The city
is left out on purpose: the relay chooses an exit for the coarse region, so nobody is in the city it stands for.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.sources.geo.ranges import AddressRanges, Block, network_ends

WORST: Final = 0.5
"""A list of which more than this share cannot be read is not the list."""

_ISO_REGIONS: Final = {"GB-EN": "GB-ENG", "GB-SC": "GB-SCT", "GB-WA": "GB-WLS", "GB-NI": "GB-NIR"}
_COUNTRY_LETTERS: Final = 2


@dataclass(frozen=True, slots=True)
class Exit:
    """Where a block of the relay stands for: ISO 3166-1 country, and ISO 3166-2 region where Apple tells one."""

    country: str
    region: str | None


def read_egress(path: Path) -> AddressRanges[Exit]:
    """The list in memory (ValueError where it is not such a list, OSError where it cannot be read)."""
    good = bad = 0
    exits: dict[tuple[str, str], Exit] = {}
    blocks: list[Block[Exit]] = []
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        for line in file:
            if block := _block(line.rstrip(), exits):
                good += 1
                _append(blocks, block)
            elif line.strip() and not line.startswith("#"):
                bad += 1
    if not good or bad > WORST * (bad + good):
        raise ValueError(
            f"{bad} of {bad + good} lines cannot be read; this should be Apple's egress-ip-ranges.csv, "
            "whose lines look like 172.224.224.0/27,GB,GB-EN,London,"
        )
    return AddressRanges(blocks, as_of=path.stat().st_mtime)


def _block(line: str, exits: dict[tuple[str, str], Exit]) -> Block[Exit] | None:
    network, _, rest = line.partition(",")
    country, _, rest = rest.partition(",")
    region = rest.partition(",")[0]
    if len(country) != _COUNTRY_LETTERS:
        return None
    try:
        first, last = network_ends(network)
    except ValueError:
        return None
    found = exits.get((country, region))
    if found is None:
        found = exits[country, region] = _exit(country, region)
    return first, last, found


def _append(blocks: list[Block[Exit]], block: Block[Exit]) -> None:
    """Neighbouring lines of one region are kept as one block, so that the whole list is never held at once."""
    if blocks and blocks[-1][1] + 1 == block[0] and blocks[-1][2] is block[2]:
        block = (blocks.pop()[0], *block[1:])
    blocks.append(block)


def _exit(country: str, region: str) -> Exit:
    country, region = country.upper(), region.upper()
    region = _ISO_REGIONS.get(region, region)
    return Exit(country, region if region.startswith(f"{country}-") and len(region) > len(country) + 1 else None)

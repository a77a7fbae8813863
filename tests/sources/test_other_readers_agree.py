"""What well-kept libraries make of the same input: our faster readers must not say anything else."""

from __future__ import annotations

from pathlib import Path

import geoip2.database
import pytest
import user_agents

from app.sources.geo.city_file import CityFile
from app.sources.viewer import identify
from tests.support.city_files import HAMBURG, MUNICH, write_city_file

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 "
    "Mobile/15E148 Safari/604.1"
)
PIXEL = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile "
    "Safari/537.36"
)


@pytest.mark.parametrize("address", [HAMBURG, MUNICH])
def test_the_city_file_says_what_geoip2_reads_in_it(address: str, tmp_path: Path) -> None:
    path = write_city_file(tmp_path / "city.mmdb")
    ours = CityFile(path).find(address, "de")
    with geoip2.database.Reader(path, locales=["de"]) as reader:
        theirs = reader.city(address)
    assert ours is not None
    assert ours.country == theirs.country.iso_code
    assert ours.region == f"{theirs.country.iso_code}-{theirs.subdivisions.most_specific.iso_code}"
    assert ours.city == theirs.city.name
    assert (ours.latitude, ours.longitude) == (theirs.location.latitude, theirs.location.longitude)
    assert ours.time_zone == theirs.location.time_zone


@pytest.mark.parametrize("agent", [FIREFOX, CHROME, IPHONE, PIXEL])
def test_ordinary_browsers_are_what_user_agents_says(agent: str) -> None:
    ours, theirs = identify(agent), user_agents.parse(agent)
    assert ours.device_class == ("phone" if theirs.is_mobile else "tablet" if theirs.is_tablet else "desktop")
    assert (ours.os or "").lower() == theirs.os.family.lower()

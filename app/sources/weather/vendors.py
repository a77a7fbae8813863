"""The weather services by the word that the setting uses: a new one is one file and one line here."""

from __future__ import annotations

from app.sources.weather.brightsky import BrightSky
from app.sources.weather.metno import MetNorway
from app.sources.weather.openmeteo import OpenMeteo
from app.sources.weather.openweathermap import OpenWeatherMap
from app.sources.weather.vendor import Vendor


def vendor_named(word: str, *, url: str | None, key: str, user_agent: str) -> Vendor:
    """The vendor of that word, at its own address or another; raises SettingError for an address that is none.

    `user_agent` names the sender, which MET Norway demands.
    """
    at: dict[str, str] = {"url": url.rstrip("/")} if url else {}
    match word:
        case "brightsky":
            return BrightSky(**at)
        case "metno":
            return MetNorway(user_agent=user_agent, **at)
        case "openweathermap":
            return OpenWeatherMap(key=key, **at)
        case _:
            return OpenMeteo(key=key, **at)

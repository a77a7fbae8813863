"""What vendors' codes mean in the catalogue's ten words for the weather.

Tables from the vendors' own documentation. Decided here: showers are rain; sleet is rain, for what falls as rain and
snow together leaves people wet and lies as neither; wind says nothing about the sky, so the clouds decide. A code
nobody has heard of is None, never an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# WMO code table 4677 as Open-Meteo serves it (28 codes; 96 and 99 only in Central Europe).
_WMO: Final[Mapping[int, str]] = {
    **dict.fromkeys((0, 1), "clear"),
    2: "partly_cloudy",
    3: "cloudy",
    **dict.fromkeys((45, 48), "fog"),
    **dict.fromkeys((51, 53, 55), "drizzle"),
    **dict.fromkeys((56, 57, 66, 67), "freezing_rain"),
    **dict.fromkeys((61, 63, 65, 80, 81, 82), "rain"),
    **dict.fromkeys((71, 73, 75, 77, 85, 86), "snow"),
    **dict.fromkeys((95, 96, 99), "thunderstorm"),
}
# OpenWeatherMap's ranges of weather[].id. 701 to 771 are mist, smoke, haze, dust, sand, ash, squalls: fog is the
# nearest word for all that hides the view. 781 is a tornado, for which there is no word.
_OWM: Final = (
    (200, 232, "thunderstorm"),
    (300, 321, "drizzle"),
    (500, 504, "rain"),
    (511, 511, "freezing_rain"),
    (520, 531, "rain"),
    (600, 602, "snow"),
    (611, 616, "rain"),
    (620, 622, "snow"),
    (701, 771, "fog"),
    (800, 800, "clear"),
    (801, 802, "partly_cloudy"),
    (803, 804, "cloudy"),
)
_BRIGHTSKY: Final[Mapping[str, str]] = {
    "clear-day": "clear",
    "clear-night": "clear",
    "partly-cloudy-day": "partly_cloudy",
    "partly-cloudy-night": "partly_cloudy",
    "cloudy": "cloudy",
    "fog": "fog",
    "rain": "rain",
    "sleet": "rain",
    "snow": "snow",
    "hail": "hail",
    "thunderstorm": "thunderstorm",
}
_MET_SKY: Final[Mapping[str, str]] = {
    "clearsky": "clear",
    "fair": "clear",
    "partlycloudy": "partly_cloudy",
    "cloudy": "cloudy",
    "fog": "fog",
}
_MET_FALLING: Final[Mapping[str, str]] = {"rain": "rain", "sleet": "rain", "snow": "snow"}
_MET_LIGHT: Final[Mapping[str, bool]] = {"day": True, "night": False, "polartwilight": False}
_CLEAR_BELOW: Final = 25.0
_CLOUDY_FROM: Final = 80.0

WET: Final = frozenset({"drizzle", "rain", "freezing_rain", "snow", "thunderstorm", "hail"})
RAINY: Final = WET - {"snow"}


def from_wmo(code: object) -> str | None:
    """The word for a WMO weather interpretation code."""
    return _WMO.get(int(code)) if isinstance(code, int | float) and code == code // 1 else None


def from_owm(code: object) -> str | None:
    """The word for an OpenWeatherMap condition id."""
    if not isinstance(code, int | float):
        return None
    return next((word for low, high, word in _OWM if low <= code <= high), None)


def from_brightsky(icon: object) -> str | None:
    """The word for a Bright Sky `icon` or `condition`; `dry` and `wind` leave it to the clouds."""
    return _BRIGHTSKY.get(icon) if isinstance(icon, str) else None


def from_met(symbol: object) -> str | None:
    """The word for a MET Norway symbol code, with or without its suffix for day and night.

    The codes are put together: (light|heavy)(rain|sleet|snow)(showers)(andthunder). Two real ones double an s:
    `lightssnowshowersandthunder`, `lightssleetshowersandthunder`.
    """
    if not isinstance(symbol, str):
        return None
    name = symbol.partition("_")[0]
    if name in _MET_SKY:
        return _MET_SKY[name]
    rest = name.removesuffix("andthunder")
    falling = rest.removesuffix("showers").removeprefix("light").removeprefix("heavy")
    if falling in ("ssnow", "ssleet") and rest != name:
        falling = falling[1:]
    word = _MET_FALLING.get(falling)
    return "thunderstorm" if word is not None and rest != name else word


def met_light(symbol: object) -> bool | None:
    """Whether the sun is up, where a symbol code says so."""
    return _MET_LIGHT.get(symbol.partition("_")[2]) if isinstance(symbol, str) else None


def from_clouds(percent: float | None) -> str | None:
    """The word for a dry sky by its cloud cover: clear below two eighths, cloudy where Bright Sky's icon is."""
    if percent is None:
        return None
    if percent < _CLEAR_BELOW:
        return "clear"
    return "partly_cloudy" if percent < _CLOUDY_FROM else "cloudy"

"""Public holidays by country and region, from the `holidays` package (MIT), a year at a time.

Not a calendar of shop hours or school holidays. The law it keeps: a holiday that only some regions have is unknown
where the region is, and one that only some towns of a region have is unknown in that region. `holidays` costs 0.1 s to
import, so that is done at the first question, or early through `warm`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from app.engine.readings import Why

YEARS_KEPT: Final = 2_048

_ISO: Final = re.compile(r"[A-Z0-9]{1,3}", re.ASCII)  # towns and school zones have names, regions have codes
_REGIONS_THAT_DIFFER: Final[Mapping[str, Mapping[str, Sequence[str]]]] = {
    # Where the package lists departments or provinces, but a region of ISO 3166-2's first level is what can be known.
    # Alsace and Moselle keep two holidays more (Code du travail L3134-13); South Tyrol keeps Whit Monday. The other
    # French entries are countries of their own in ISO 3166-1, the other Italian ones patron saints of single towns.
    "FR": {"GES": ("57", "6AE")},
    "IT": {"32": ("BZ",)},
}
_COUNTRIES_OF_THEIR_OWN: Final[Mapping[str, Sequence[str]]] = {
    # Listed as regions by the package, but ISO 3166-1 countries to everybody who knows a reader's place.
    "US": ("AS", "GU", "MP", "PR", "UM", "VI"),
}
_TOWNS_DIFFER: Final[Mapping[str, str]] = {
    # Assumption Day and Corpus Christi hold in the Catholic towns of Bavaria, Saxony and Thuringia only
    # (BayFTG Art. 1, SächsSFG § 1, ThürFtG § 2).
    "DE": "catholic",
}
_TOWNS: Final[Mapping[str, Mapping[str, Sequence[str]]]] = {
    # Towns that the package lists beside the regions, for days of their own (Augsburg's Peace Festival on 8 August),
    # which put their region in doubt, but not the country. Italy's are left out: each town there has a patron saint.
    "BR": {"SP": ("São Paulo Capital",)},
    "CH": {"ZH": ("Stadt Zurich",)},
    "DE": {"BY": ("Augsburg",)},
    "ES": {"CT": ("Barcelona",)},
    "NZ": {"CAN": ("South Canterbury",)},
}
_Days = frozenset[date]


class HolidayTable:
    """Answers whether a local day is a public holiday; keeps what it has worked out, bounded."""

    def __init__(self) -> None:
        """Nothing is loaded yet."""
        # A plain dict: its single steps are atomic, and checks in a thread ask while opens do.
        self._years: dict[tuple[str, str | None, int], tuple[_Days, _Days] | None] = {}

    def status(self, day: date, country: str, region: str | None) -> bool | Why:
        """Whether `day` is a holiday in that country (ISO 3166-1) and region (ISO 3166-2 such as DE-BY, or None)."""
        key = (country, region, day.year)
        try:
            found = self._years[key]
        except KeyError:
            if len(self._years) >= YEARS_KEPT:
                self._years.clear()
            found = self._years[key] = _work_out(country, region, day.year)
        if found is None:
            return Why.NOT_OFFERED
        certain, possible = found
        if day in certain:
            return True
        return Why.TOO_COARSE if day in possible else False

    def warm(self, countries: Iterable[str], years: Iterable[int]) -> None:
        """Work out these countries' years, region unknown, before anybody asks."""
        for year in years:
            for country in countries:
                self.status(date(year, 1, 1), country, None)


def _work_out(country: str, region: str | None, year: int) -> tuple[_Days, _Days] | None:
    """The days that are holidays for certain and those that may be; None for a country the package does not know."""
    try:
        return _days(country, (region or "").removeprefix(f"{country}-"), year)
    except Exception:  # third-party tables of 150 countries: a wrong entry of one must not reach an open
        return None


def _days(country: str, region: str, year: int) -> tuple[_Days, _Days] | None:
    from holidays import list_supported_countries

    listed = list_supported_countries(include_aliases=False).get(country)
    if listed is None:
        return None
    parts = _parts(country, region, listed)
    if parts == [region]:
        days = [_of(country, place, year) for place in (region, *_TOWNS.get(country, {}).get(region, ()))]
        return frozenset.intersection(*days), _of(country, region, year, _TOWNS_DIFFER.get(country)).union(*days)
    nation = _of(country, None, year)
    days = [_of(country, part, year) for part in parts]
    return nation.intersection(*days), nation.union(*days)


def _parts(country: str, region: str, listed: Sequence[str]) -> Sequence[str]:
    """The subdivisions among which the place may be; none where the whole country is meant to be alike."""
    differing = _REGIONS_THAT_DIFFER.get(country)
    if differing is not None:
        return differing.get(region, ()) if region else [part for parts in differing.values() for part in parts]
    apart = _COUNTRIES_OF_THEIR_OWN.get(country, ())
    regions = [code for code in listed if _ISO.fullmatch(code) and code not in apart]
    return [region] if region in regions else regions


def _of(country: str, subdivision: str | None, year: int, category: str | None = None) -> _Days:
    """The days of one year that one subdivision (or the nation: None) has off."""
    from holidays import country_holidays

    found = country_holidays(country, subdiv=subdivision, years=year, categories=("public", category or "public"))
    return frozenset(day for day in found if day.year == year)
